// npm run bench: every measurement, or the one named by --only. npm run bench:xds: those of the xDS server.
import { calm, node24 } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { command, inherit } from './step.mjs';

await command(async () => {
  await prepare();
  const xds = process.argv[2] === 'xds';
  const main = xds ? 'bench/xds/main.ts' : 'bench/main.ts';
  return inherit(node24, [...calm, main, ...process.argv.slice(xds ? 3 : 2)]);
});
