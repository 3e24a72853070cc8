import { expect, test } from '@jest/globals';
import { ProxyClocks } from './proxy-clocks.ts';

/** A proxy whose clock is `aheadMs` ahead, and requests that capture sees late by `lateMs`; how far each begin is off. */
function errors(clocks: ProxyClocks, lateMs: readonly number[], aheadMs = 0, fromMs = 1_000_000) {
  return lateMs.map((late, nth) => {
    const trueMs = fromMs + nth * 1_000;
    const begunMs = clocks.begunMs('node', trueMs + aheadMs, trueMs + late);
    return begunMs === undefined ? undefined : begunMs - trueMs;
  });
}

test.each([0, 3_600_000, -3_600_000])(
  'lateness is taken off, whatever the proxy’s clock says (%i ms ahead)',
  (aheadMs) => {
    expect(errors(new ProxyClocks(), [1, 67, 400, 2], aheadMs)).toEqual([1, 1, 1, 1]);
  },
);

test('before anything came in time, a begin is where this process saw it at the latest', () => {
  expect(errors(new ProxyClocks(), [67, 80, 1, 67])).toEqual([67, 67, 1, 1]);
});

test('of each proxy its own clock is known', () => {
  const clocks = new ProxyClocks();
  expect(clocks.begunMs('a', 1_000, 1_001)).toBe(1_001);
  expect(clocks.begunMs('b', 500_000, 1_001)).toBe(1_001);
  expect(clocks.begunMs('a', 1_000, 1_050)).toBe(1_001);
});

test('a clock that was set back is not believed, then known anew', () => {
  const clocks = new ProxyClocks();
  errors(clocks, Array(200).fill(1));
  const after = errors(clocks, Array(400).fill(1), -60_000, 2_000_000);
  expect(after[0]).toBeUndefined();
  expect(after.at(-1)).toBe(1);
});

test('a clock that was set forward is known at once', () => {
  const clocks = new ProxyClocks();
  errors(clocks, Array(200).fill(1));
  expect(errors(clocks, [1, 67], 60_000, 2_000_000)).toEqual([1, 1]);
});

test('what came in time is remembered over quiet hours', () => {
  const clocks = new ProxyClocks();
  errors(clocks, [1]);
  const later = Array.from({ length: 5 }, (_, hour) => errors(clocks, [67], 0, hour * 3_600_000));
  expect(later.flat()).toEqual([1, 1, 1, 1, 1]);
});

test('of more proxies than are kept, one that goes on is known, and one that stopped is not', () => {
  const clocks = new ProxyClocks();
  clocks.begunMs('stopped', 1_000, 1_001);
  for (let nth = 0; nth < 3_000; nth += 1) {
    clocks.begunMs('goes on', 1_000, 1_001);
    expect(clocks.begunMs(`started ${nth}`, 1_000, 1_001)).toBe(1_001);
  }
  expect(clocks.begunMs('goes on', 1_000, 1_050)).toBe(1_001);
  expect(clocks.begunMs('stopped', 1_000, 1_050)).toBe(1_050);
});
