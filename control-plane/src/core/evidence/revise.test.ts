import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { applyVerdicts, newEvidence } from './evidence.ts';
import { reviseVerdicts } from './revise.ts';
import { testEpoch, testFact } from './testing.ts';
import type { VerdictFact } from './verdict-fact.ts';

const shadow = { clientsOnModern: false, nowMs: 5_000 };
const outcome = fc.constantFrom<VerdictFact['outcome']>('match', 'mismatch', 'lost', 'race');
const fact = (kind: VerdictFact['outcome'], requestId: string) =>
  testFact({
    requestId,
    outcome: kind,
    segments: { tier: 'vip' },
    ...(kind === 'lost' && { lostReason: 'effects-unknown' }),
  });

test('revised verdicts count as if they had been so from the beginning, whatever they were', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(outcome, outcome), { minLength: 1, maxLength: 20 }), (pairs) => {
      const before = pairs.map(([kind], n) => fact(kind, `r${n}`));
      const after = pairs.map(([, kind], n) => fact(kind, `r${n}`));
      const counted = applyVerdicts(newEvidence(testEpoch), before, shadow);
      const revisions = before.map((was, n) => ({ before: was, after: after[n] ?? was }));
      const revised = reviseVerdicts(counted, revisions, shadow);
      const expected = applyVerdicts(newEvidence(testEpoch), after, shadow);
      expect([revised.compared, revised.mismatched]).toEqual([expected.compared, expected.mismatched]);
      expect(revised.lost['effects-unknown'] ?? 0).toBe(expected.lost['effects-unknown'] ?? 0);
      const none = { compared: 0, mismatched: 0 };
      expect(revised.segments.tier?.vip ?? none).toEqual(expected.segments.tier?.vip ?? none);
    }),
  );
});

test('a match that becomes a mismatch is a bug that a client saw, where modern answered', () => {
  const canary = { clientsOnModern: true, nowMs: 5_000 };
  const was = testFact({ answeredByModern: true });
  const evidence = applyVerdicts(newEvidence(testEpoch), [was], canary);
  expect(evidence.watch.bug).toBeUndefined();
  const after = { ...was, outcome: 'mismatch' as const, field: 'state.account.balance' };
  const revised = reviseVerdicts(evidence, [{ before: was, after }], canary);
  expect(revised.watch.bug).toMatchObject({ requestId: was.requestId, field: 'state.account.balance' });
  expect(revised.rate.decayedCount).toBeLessThanOrEqual(evidence.rate.decayedCount + 1);
});

test('a verdict of another epoch corrects nothing', () => {
  const evidence = applyVerdicts(newEvidence(testEpoch), [testFact()], shadow);
  const old = testFact({ modernDeployment: 'm@0' });
  expect(reviseVerdicts(evidence, [{ before: old, after: { ...old, outcome: 'mismatch' } }], shadow)).toEqual(
    evidence,
  );
});
