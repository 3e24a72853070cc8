#!/usr/bin/env node
// The `chronos` command for any Node ≥ 20: runs the command line on the Node 24 that the repository brings along.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onceNpmIsGone } from '../../deploy/local/bin/step.mjs';

const root = new URL('../../', import.meta.url);
const node24 = fileURLToPath(new URL('node_modules/.bin/node', root));
const generated = fileURLToPath(new URL('proto/gen/chronos/v1/migration_pb.js', root));
if (!existsSync(node24) || !existsSync(generated)) {
  const folder = fileURLToPath(root);
  console.error(
    `chronos: the packages in ${folder} are not complete\n  → run there: npm install --no-save && npm run generate (npm start does both)`,
  );
  process.exit(1);
}
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const child = spawn(
  node24,
  [
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=TimeoutNegativeWarning',
    main,
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
  },
);
// Ctrl-C at a terminal reaches the whole foreground group: the child has had it already, and decides when it is over. Any other signal is for it.
process.on('SIGINT', () => {
  if (!process.stdin.isTTY) child.kill('SIGINT');
});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
onceNpmIsGone(() => child.kill('SIGTERM'));
child.on('error', (error) => {
  console.error(`chronos: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => {
  if (signal !== null) process.kill(process.pid, signal);
  else process.exit(code ?? 1);
});
