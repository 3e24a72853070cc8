import { expect, test } from '@jest/globals';
import { nextPlan } from './plan.ts';
import { rollout } from './rollout.ts';
import { rolloutStanding, upToDate } from './rollout-standing.ts';
import { emptyRollout, type RolloutEvent } from './rollout-state.ts';
import { fakeSnapshot } from './testing/fake-snapshot.ts';

test('where a rollout has each proxy, from the first snapshot to a refusal', () => {
  const options = { deadlineMs: 1_000, triesMax: 3 };
  let state = emptyRollout;
  const on = (event: RolloutEvent) => {
    state = rollout(state, event, options).state;
    return ['a', 'b'].map((nodeId) => rolloutStanding(state, nodeId));
  };
  const good = nextPlan(undefined, fakeSnapshot({ clusters: { c: '1' } }), 1);
  const bad = nextPlan(good, fakeSnapshot({ clusters: { c: '2' } }), 2);
  const waiting = { stage: 'waiting', canary: '', error: '' };
  expect(on({ kind: 'published', plan: good, nowMs: 0 })).toEqual([upToDate, upToDate]);
  expect(on({ kind: 'answered', nodeId: 'a', standing: 'accepted', nowMs: 0 })).toEqual([upToDate, upToDate]);
  expect(on({ kind: 'published', plan: bad, nowMs: 0 })).toEqual([waiting, waiting]);
  expect(on({ kind: 'candidates', nodeIds: ['a', 'b'], nowMs: 0 })).toEqual([
    { stage: 'canary', canary: '', error: '' },
    { ...waiting, canary: 'a' },
  ]);
  const refused = { stage: 'refused', canary: 'a', error: 'no' };
  expect(on({ kind: 'answered', nodeId: 'a', standing: 'rejected', error: 'no', nowMs: 0 })).toEqual([
    refused,
    refused,
  ]);
  expect(on({ kind: 'published', plan: good, nowMs: 0 })).toEqual([upToDate, upToDate]);
});
