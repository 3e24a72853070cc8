/** The configuration, the rules and their own tests by the real promtool. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ensureDebianPackage } from '@chronos/local/debian-package.ts';
import { expect, test } from '@jest/globals';

const promtool = await ensureDebianPackage('promtool', 'prometheus');
const withPromtool = promtool === undefined ? test.skip : test;

const here = import.meta.dirname;
const filesIn = (folder: string) => readdirSync(join(here, folder)).map((name) => join(here, folder, name));

async function run(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(promtool ?? '', [...args]);
  return stdout + stderr;
}

withPromtool('promtool accepts the configuration and the rules', async () => {
  expect(await run('check', 'config', join(here, 'prometheus.yml'))).not.toContain('FAILED');
  expect(await run('check', 'rules', ...filesIn('rules'))).not.toContain('FAILED');
});

withPromtool(
  'the alerts fire when they should and are silent when they should',
  async () => {
    const output = await run('test', 'rules', ...filesIn('tests'));
    expect(output.match(/SUCCESS/g)).toHaveLength(filesIn('tests').length);
  },
  180_000,
);
