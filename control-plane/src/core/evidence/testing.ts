import type { Epoch } from './evidence.ts';
import type { VerdictFact } from './verdict-fact.ts';

/** An epoch for tests: deployments `l@1` and `m@1`, rules `r`, from time 0. */
export const testEpoch: Epoch = {
  legacyDeployment: 'l@1',
  modernDeployment: 'm@1',
  rulesVersion: 'r',
  startedAtMs: 0,
  reason: 'test',
  uncapturedBefore: 0,
};

/** A match of {@link testEpoch}, answered by legacy, with some fields set otherwise. */
export function testFact(fields: Partial<VerdictFact> = {}): VerdictFact {
  return {
    requestId: 'id',
    traceparent: '',
    route: '/r',
    outcome: 'match',
    lostReason: '',
    answeredByModern: false,
    legacyDeployment: 'l@1',
    modernDeployment: 'm@1',
    rulesVersion: 'r',
    segments: {},
    startedAtMs: 1_000,
    endedAtMs: 1_010,
    legacyStatus: 200,
    modernStatus: 200,
    legacyMs: 10,
    modernMs: 10,
    field: '',
    ...fields,
  };
}
