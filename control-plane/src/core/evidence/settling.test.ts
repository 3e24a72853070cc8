import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Settling } from './settling.ts';

const settleMs = 10_000;

/** Plays requests that end at 100 a second; `lost` says which never get a verdict. Returns the estimates, one a second. */
function play(
  seconds: number,
  lost: (index: number) => boolean,
  delayMs: (index: number) => number = () => 500,
) {
  const settling = new Settling(settleMs, { total: 0, verdicts: 0 });
  const verdicts: { readonly dueMs: number; readonly endedMs: number }[] = [];
  const estimates: number[] = [];
  let total = 0;
  for (let ms = 0; ms < seconds * 1_000; ms += 10) {
    total += 1;
    if (!lost(total)) verdicts.push({ dueMs: ms + delayMs(total), endedMs: ms });
    for (const due of verdicts.filter((v) => v.dueMs === ms)) settling.addVerdict(due.endedMs);
    if (ms % 1_000 === 990) {
      settling.addTotal(ms, total);
      estimates.push(settling.uncaptured(ms));
    }
  }
  return { settling, estimates };
}

describe('Settling', () => {
  test('under way is not uncaptured', () => {
    const { settling, estimates } = play(40, () => false);
    expect(Math.max(...estimates)).toBe(0);
    expect(settling.total).toBe(4_000);
    expect(settling.perSecond(40_000)).toBeCloseTo(100);
  });

  test('a loss shows though requests go on coming', () => {
    const { estimates } = play(60, (index) => index > 1_000 && index <= 1_050);
    expect(estimates.at(-1)).toBe(50);
    expect(estimates[15]).toBe(0); // not before it is settled
  });

  test('a late arbiter is forgiven once it has caught up', () => {
    const { estimates } = play(
      60,
      () => false,
      (index) => (index < 1_000 ? 20_000 : 500),
    );
    expect(Math.max(...estimates)).toBeGreaterThan(0);
    expect(estimates.at(-1)).toBe(0);
  });

  test('what waits for an arbiter that stands still is not lost while requests flow; a gap that it passed over is', () => {
    const settling = new Settling(settleMs, { total: 0, verdicts: 0 });
    const second = (s: number, verdicts: number) => {
      for (let n = 0; n < verdicts; n += 1) settling.addVerdict(s * 1_000 + 500);
      settling.addTotal((s + 1) * 1_000, (s + 1) * 100);
    };
    for (let s = 0; s < 40; s += 1) second(s, s === 5 ? 70 : 100);
    expect(settling.vanished(40_000)).toBe(30);
    for (let s = 40; s < 80; s += 1) second(s, 0);
    expect([settling.uncaptured(80_000), settling.vanished(80_000)]).toEqual([2_130, 30]);
    // The last request came at 80 s.
    settling.addTotal(95_000, 8_000);
    settling.addTotal(100_000, 8_000);
    expect(settling.vanished(110_000)).toBe(4_030);
  });

  test('before the first settled total, all that was stored without a verdict counts', () => {
    const settling = new Settling(settleMs, { total: 120, verdicts: 100 });
    expect(settling.uncaptured(1)).toBe(20);
    expect(settling.total).toBe(120);
  });

  test('never negative, whatever comes in whatever order', () => {
    const event = fc.record({ verdict: fc.boolean(), atMs: fc.nat(60_000), total: fc.nat(1_000) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events) => {
        const settling = new Settling(settleMs, { total: 0, verdicts: 0 });
        for (const { verdict, atMs, total } of events) {
          if (verdict) settling.addVerdict(atMs);
          else settling.addTotal(atMs, total);
          expect(settling.uncaptured(atMs)).toBeGreaterThanOrEqual(0);
        }
      }),
      { seed: 20261122 },
    );
  });
});
