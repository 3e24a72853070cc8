import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type BackoffPolicy, decideRestart, defaultBackoff } from './backoff.ts';

const policy: BackoffPolicy = {
  delay_ms_first: 100,
  factor: 2,
  delay_ms_max: 1_000,
  restarts_max: 5,
  window_ms: 10_000,
};

describe('decideRestart', () => {
  test('the first restart waits the first delay, each further one twice as long, up to the limit', () => {
    const delays: number[] = [];
    const restartedAt: number[] = [];
    for (let now = 0; now < 5; now += 1) {
      const decision = decideRestart(policy, restartedAt, now);
      if (decision.kind === 'restart') delays.push(decision.delayMs);
      restartedAt.push(now);
    }
    expect(delays).toEqual([100, 200, 400, 800, 1_000]);
  });

  test('a part that was restarted too often inside the window is given up', () => {
    expect(decideRestart(policy, [1, 2, 3, 4, 5], 6)).toEqual({ kind: 'give-up', restarts: 5 });
  });

  test('restarts before the window are forgotten', () => {
    const now = 10_003;
    expect(decideRestart(policy, [1, 2, 3, 4, 5], now)).toEqual({
      kind: 'restart',
      attempt: 3,
      delayMs: 400,
    });
    expect(decideRestart(policy, [1, 2, 3, 4, 5], 20_000)).toEqual({
      kind: 'restart',
      attempt: 1,
      delayMs: 100,
    });
  });

  test('never restarts more often than allowed in any window, however exits fall', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 200 }), (gaps) => {
        const restartedAt: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (decideRestart(defaultBackoff, restartedAt, now).kind === 'restart') restartedAt.push(now);
        }
        return restartedAt.every(
          (from) =>
            restartedAt.filter((at) => at >= from && at < from + defaultBackoff.window_ms).length <=
            defaultBackoff.restarts_max,
        );
      }),
    );
  });
});
