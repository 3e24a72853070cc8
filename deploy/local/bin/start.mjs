// npm start: `chronos run` with the bank's migration file, once what it runs on is there.
import { calm, node24 } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { command, inherit } from './step.mjs';

const bank = ['-f', 'deploy/migrations/bank.yaml'];
const namesFile = (argument) => /^(-f|--file(=|$)|--migration(=|$))/.test(argument);

await command(async () => {
  await prepare();
  const args = process.argv.slice(2);
  return inherit(node24, [...calm, 'cli/src/main.ts', 'run', ...(args.some(namesFile) ? [] : bank), ...args]);
});
