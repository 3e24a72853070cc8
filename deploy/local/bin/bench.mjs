// npm run bench: every measurement, or the one named by --only. bench:api, bench:entanglement, bench:xds, bench:judge and train:drift have commands of their own.
import { calm, node24 } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { command, inherit } from './step.mjs';

const mains = {
  api: 'bench/api/main.ts',
  entanglement: 'bench/entanglement/main.ts',
  xds: 'bench/xds/main.ts',
  judge: 'bench/judge/main.ts',
  train: 'bench/judge/train.ts',
};

await command(async () => {
  await prepare();
  const own = Object.hasOwn(mains, process.argv[2] ?? '') ? mains[process.argv[2]] : undefined;
  return inherit(node24, [...calm, own ?? 'bench/main.ts', ...process.argv.slice(own ? 3 : 2)]);
});
