// npm run check: what every commit must pass, and how long each took.
import { calm, node24, root } from './paths.mjs';
import { ensureGenerated, prepare } from './prepare.mjs';
import { command, quiet, step } from './step.mjs';

const bin = (name) => `${root}/node_modules/.bin/${name}`;

const steps = [
  ['generated code up to date', ensureGenerated],
  ['format and lint', () => quiet(bin('biome'), ['ci', '--colors=off', '.'])],
  ['types', () => quiet(bin('tsc'), ['-p', 'tsconfig.json'])],
  ['types of the page', () => quiet(bin('tsc'), ['-p', 'services/mission-control/tsconfig.json'])],
  [
    'unit tests',
    () =>
      quiet(node24, [
        ...calm,
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        '--selectProjects',
        'unit',
        '--silent',
      ]),
  ],
];

await command(async () => {
  await prepare();
  let failed = 0;
  for (const [name, run] of steps) {
    try {
      await step(name, run);
    } catch (error) {
      failed += 1;
      console.log(error.message);
    }
  }
  return failed === 0 ? 0 : 1;
});
