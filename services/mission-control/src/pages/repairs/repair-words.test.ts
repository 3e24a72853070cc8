import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { emptied, sweepText } from '@chronos/entanglement/core/repair/whole-entity.ts';
import { RepairedRowSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { RepairEntrySchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { expect, test } from '@jest/globals';
import { carriedPercent, caseWords, entitiesIn, listed, unshownWords } from './repair-words.ts';

type What = Exclude<MessageInitShape<typeof RepairEntrySchema>, { $typeName: string }>['what'];
const entry = (what: What) => create(RepairEntrySchema, { what });
const at = timestampFromMs;
const entries = [
  entry({ case: 'repair', value: { id: 'old', writtenAt: at(1_000), rows: [{ entity: 'account' }] } }),
  entry({ case: 'repair', value: { id: 'new', writtenAt: at(9_000), rows: [{ entity: 'posting' }] } }),
  entry({ case: 'unsettled', value: { id: 'b', openedAt: at(9_000), rows: ['posting ["1"]'] } }),
  entry({ case: 'unsettled', value: { id: 'a', openedAt: at(1_000), rows: ['account ["x y"]'] } }),
];

test('repairs newest first, what waits oldest first, of one entity where one is chosen', () => {
  const ids = (entity: string) => {
    const { repairs, unsettled } = listed(entries, entity);
    return [repairs.map(({ id }) => id), unsettled.map(({ id }) => id)];
  };
  expect(ids('')).toEqual([
    ['new', 'old'],
    ['a', 'b'],
  ]);
  expect(ids('account')).toEqual([['old'], ['a']]);
  expect(entitiesIn(entries)).toEqual(['account', 'posting']);
});

test('a request is one, a transaction and a verification are told in words', () => {
  expect(caseWords('9f3c-1')).toEqual({ text: '9f3c-1', isRequest: true });
  expect(caseWords('tx:modern:0/16B3748/2')).toEqual({
    text: 'what modern did without a request (0/16B3748/2)',
    isRequest: false,
  });
  expect(caseWords('verify:1').isRequest).toBe(false);
});

test('a row without a field to show says why', () => {
  const words = (init: MessageInitShape<typeof RepairedRowSchema>) =>
    unshownWords(create(RepairedRowSchema, init));
  expect(words({ hidden: 1 })).toBe('in fields that are sensitive, not shown');
  expect(words({ hidden: 0, added: true })).toBe('what was missing comes to nothing');
  expect(words({})).toBe('in no field that is shown');
});

test('how far an entity is carried over is read from what its case says', () => {
  const sweep = { pass: 'write' as const, from: null, looked: 40, expected: 100, differed: 3 };
  expect(carriedPercent(sweepText('order', emptied, sweep))).toBe(70);
  expect(carriedPercent('modern refuses: 40 % is not a number')).toBeUndefined();
});
