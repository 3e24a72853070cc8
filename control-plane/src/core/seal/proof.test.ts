import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  EntanglementStateSchema,
  JobState,
  type VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { notLookedSince, proofOf } from './proof.ts';

const ended = (
  state: JobState,
  more: MessageInitShape<typeof VerificationSchema> = {},
): MessageInitShape<typeof VerificationSchema> => ({
  state,
  endedAt: timestampFromMs(5_000),
  entities: [{ entity: 'account', differences: 2n, unsettled: 3n }, { entity: 'entry' }],
  ...more,
});
const proof = (init: MessageInitShape<typeof EntanglementStateSchema>, sinceMs = 5_000) =>
  proofOf(create(EntanglementStateSchema, init), ['account', 'entry'], sinceMs);

test('a fresh clean verification of all entities proves', () => {
  expect(proof({ lastVerification: ended(JobState.CLEAN) }).kind).toBe('proven');
});

const some = { entities: [{ entity: 'entry' }] };

test.each([
  ['never verified', {}, /never verified/],
  ['of some entities only', { lastVerification: ended(JobState.CLEAN, some) }, /did not compare account$/],
  [
    'stopped in between, and resumed',
    { lastVerification: ended(JobState.CLEAN, { resumed: true }) },
    /went on after a stop/,
  ],
  ['stopped halfway', { lastVerification: ended(JobState.STOPPED) }, /was stopped before its end/],
])('%s is no proof, and that is said', (_what, init, words) => {
  expect(proof(init)).toEqual({ kind: 'none', reason: expect.stringMatching(words) });
});

test('an old one is no proof', () => {
  expect(proof({ lastVerification: ended(JobState.CLEAN) }, 5_001).kind).toBe('none');
});

test.each([
  [JobState.DIFFERENT, /differ in 2 rows: account 2 → chronos repairs .* chronos verify --repair/],
  [JobState.UNSETTLED, /nothing is proven of 3 rows/],
  [JobState.FAILED, /could not be verified: away/],
])('state %s refutes, and says what to do', (state, words) => {
  const found = proof({ lastVerification: ended(state, { failure: 'away' }) });
  expect(found.kind === 'refuted' && found.reason).toMatch(words);
});

test('one that runs is waited for, whatever the last one said', () => {
  expect(proof({ lastVerification: ended(JobState.CLEAN), runningVerification: {} }).kind).toBe('running');
});

test('one since whose beginning a table was rewritten as a whole proves nothing; rewritten before, it does', () => {
  const lastVerification = ended(JobState.CLEAN, { startedAt: timestampFromMs(4_000) });
  const keptSince = (ms: number) => ({ captures: [{}, { tablesKeptSince: timestampFromMs(ms) }] });
  expect(proof({ lastVerification, ...keptSince(4_001) })).toMatchObject({ kind: 'none', isOutdated: true });
  expect(proof({ lastVerification, ...keptSince(4_000) }).kind).toBe('proven');
  // Emptied by hand: that its rows differ is the news.
  const emptied = ended(JobState.DIFFERENT, { startedAt: timestampFromMs(4_000), truncated: true });
  const found = proof({ lastVerification: emptied, ...keptSince(4_001) });
  expect(found.kind === 'refuted' && found.reason).toMatch(/differ in at least 2 rows: account 2/);
});

test('a capture that has not looked at its tables since is found', () => {
  const state = create(EntanglementStateSchema, {
    captures: [{ slot: 'a', tablesLookedAt: timestampFromMs(9) }, { slot: 'b' }],
  });
  expect(notLookedSince(state, 9)?.slot).toBe('b');
  expect(notLookedSince({ captures: state.captures.slice(0, 1) }, 9)).toBeUndefined();
  expect(notLookedSince(state, 10)?.slot).toBe('a');
});
