// npm start: `chronos run` with a bank's migration file, once what it runs on is there.
import { calm, node24 } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { command, inherit, UserError } from './step.mjs';

/** The demo's migrations by the legacy bank that they begin with. */
const migrations = new Map([
  ['standard', 'deploy/migrations/bank.yaml'],
  ['1990', 'deploy/migrations/bank-1990.yaml'],
]);
const namesFile = (argument) => /^(-f|--file(=|$)|--migration(=|$))/.test(argument);

/** The arguments without `--legacy WHICH`, and the migration file that it stands for. */
function withoutLegacy(args) {
  const rest = [];
  let legacy = 'standard';
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === '--legacy') {
      at += 1;
      legacy = args[at] ?? '';
    } else if (args[at].startsWith('--legacy=')) legacy = args[at].slice('--legacy='.length);
    else rest.push(args[at]);
  }
  if (!migrations.has(legacy))
    throw new UserError(`--legacy ${legacy}: accepted are ${[...migrations.keys()].join(', ')}`);
  return { rest, file: migrations.get(legacy) };
}

await command(async () => {
  const { rest, file } = withoutLegacy(process.argv.slice(2));
  await prepare();
  if (rest.some((argument) => argument === '--help' || argument === '-h'))
    console.log(
      `npm start is chronos run with the demo's bank, and takes besides:\n  --legacy <${[...migrations.keys()].join('|')}>  the bank to begin with; 1990 is Python, SQLite and XML, never instrumented (default: standard)\n`,
    );
  const bank = rest.some(namesFile) ? [] : ['-f', file];
  return inherit(node24, [...calm, 'cli/src/main.ts', 'run', ...bank, ...rest]);
});
