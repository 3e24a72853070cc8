import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  ListRepairsResponseSchema,
  type RepairCaseSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { unsettledSince } from './unsettled.ts';

type Case = MessageInitShape<typeof RepairCaseSchema>;
const at = (openedMs: number, state: string, reason = ''): Case => ({
  id: `tx:${openedMs}`,
  openedAt: timestampFromMs(openedMs),
  state,
  reason,
});
const since = (unsettled: Case[], totals: object = {}, fromMs: number | undefined = 1_000) =>
  unsettledSince(
    create(ListRepairsResponseSchema, { unsettled, totals }),
    fromMs === undefined ? undefined : timestampFromMs(fromMs),
  );

test.each<[string, Case[], object]>([
  ['nothing is unsettled', [], { kind: 'none' }],
  ['of before: its rows were verified with all others', [at(999, 'outstanding')], { kind: 'none' }],
  ['one that is looked at', [at(1_000, 'open')], { kind: 'open', words: 'tx:1000 is open' }],
  [
    'one that cannot be made equal',
    [at(1_001, 'open'), at(1_002, 'outstanding', 'value too long')],
    { kind: 'left', words: 'tx:1002 and 1 more are outstanding (value too long)' },
  ],
  ['one that is only reported', [at(2_000, 'reported')], { kind: 'left', words: 'tx:2000 is reported' }],
  [
    'one of an unknown time',
    [{ id: 'r1', state: 'outstanding' }],
    { kind: 'left', words: 'r1 is outstanding' },
  ],
])('%s', (_, cases, expected) => expect(since(cases)).toEqual(expected));

test('where it is not known when the verification began, no case is one of before', () => {
  expect(
    unsettledSince(create(ListRepairsResponseSchema, { unsettled: [at(1, 'open')] }), undefined).kind,
  ).toBe('open');
});

test('what a cut list may hide counts', () => {
  expect(since([at(1, 'outstanding')], { outstanding: 3n, settled: 9n })).toEqual({
    kind: 'left',
    words: '2 more cases than can be listed are not settled',
  });
  expect(since([at(1, 'outstanding')], { outstanding: 1n }).kind).toBe('none');
});
