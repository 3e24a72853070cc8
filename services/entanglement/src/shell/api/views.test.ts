import { expect, test } from '@jest/globals';
import { isReady } from './views.ts';

const skewMs = 1_000;
const sinceUs = 60_000_000n;

test.each<[string, number, Partial<Parameters<typeof isReady>[0]>, boolean]>([
  ['a request that begins now may be taken for one from before the stream', 61_999, {}, false],
  ['not even by two clocks that are apart', 62_000, {}, true],
  ['it does not stream any more', 70_000, { state: 'waiting' }, false],
  ['no heartbeat has come back yet', 70_000, { heartbeatAtUs: undefined }, false],
  ['heartbeats do not come back any more', 70_000, { heartbeatAtUs: 64_000_000n }, false],
])('ready for a start: %s', (_what, nowMs, changed, ready) => {
  const status = {
    state: 'streaming' as const,
    completeSinceUs: sinceUs,
    heartbeatAtUs: BigInt(nowMs) * 1_000n,
    ...changed,
  };
  expect(isReady(status, skewMs, nowMs)).toBe(ready);
});
