// npm run bench: every measurement, or the one named by --only.
import { calm, node24 } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { command, inherit } from './step.mjs';

await command(async () => {
  await prepare();
  return inherit(node24, [...calm, 'bench/main.ts', ...process.argv.slice(2)]);
});
