import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { commandFiles } from './command-files.ts';
import { testIo } from './commands/testing.ts';
import { runCli } from './program.ts';

test.each(commandFiles.filter(({ names }) => names.length > 0))(
  'the file of $names has these and no others',
  async ({ names, load }) => {
    const program = new Command();
    (await load())(program, testIo({}));
    expect(program.commands.map((command) => command.name())).toEqual(names);
  },
);

test('help lists every command, and a command that is not one is compared with all of them', async () => {
  const help = testIo({});
  expect(await runCli(['--help'], help)).toBe(0);
  for (const name of [...commandFiles.flatMap(({ names }) => names), 'completion'])
    expect(help.stdout()).toContain(`\n  ${name} `);
  const misspelt = testIo({});
  expect(await runCli(['kil'], misspelt)).toBe(2);
  expect(misspelt.stderr()).toContain('Did you mean kill?');
  const ofOne = testIo({});
  expect(await runCli(['help', 'kill'], ofOne)).toBe(0);
  expect(ofOne.stdout()).toContain('chronos kill [options] [migration]');
});
