import { expect, test } from '@jest/globals';
import { soak } from './soak.ts';

test('what the server holds does not grow with weight changes and reconnects', async () => {
  const seed = Number(process.env.SEED ?? 20_261_122);
  const { samples, ...figures } = await soak({
    changes: 2_000,
    reconnects: 200,
    seed,
    note: () => undefined,
  });
  const settled = samples.slice(samples.length / 2);
  const heaps = settled.map((sample) => sample.heapMb);
  const report = JSON.stringify({ ...figures, settled });
  // 100 bytes a change that stay, or 5 KB a reconnect, would be seen.
  expect({ grownMb: Math.max(...heaps) - Math.min(...heaps) < 0.5, report }).toEqual({
    grownMb: true,
    report,
  });
  const handles = new Set(settled.map((sample) => sample.handles));
  expect({ same: handles.size === 1, report }).toEqual({ same: true, report });
}, 120_000);
