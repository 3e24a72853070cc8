import { create } from '@bufbuild/protobuf';
import { ListRepairsResponseSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { palette } from '../text/palette.ts';
import { outstandingLines, unaskedLines } from './repairs.ts';

test('a status says how many differences of the databases stay, and why the oldest does', () => {
  const plain = palette(false);
  const answer = create(ListRepairsResponseSchema, {
    unsettled: [
      { id: 'a', state: 'open', reason: '' },
      { id: 'b', state: 'outstanding', reason: 'new row for relation "entries" violates check constraint' },
      { id: 'c', state: 'outstanding', reason: 'another' },
    ],
    totals: { open: 1n, outstanding: 1_204n },
  });
  expect(outstandingLines(answer, plain)).toEqual([
    '  1,204 outstanding repairs: new row for relation "entries" violates check constraint',
    '  chronos repairs shows them all',
  ]);
  expect(
    outstandingLines(create(ListRepairsResponseSchema, { totals: { open: 3n, repairs: 9n } }), plain),
  ).toEqual([]);
});

test('a status says what each universe did alone, and what became of it', () => {
  const answer = create(ListRepairsResponseSchema, {
    unasked: [
      { universe: Universe.LEGACY, transactions: 1n, differed: 1n },
      { universe: Universe.MODERN, transactions: 1_204n, differed: 3n, takenBack: 2n },
    ],
    unjudged: 1n,
  });
  expect(unaskedLines(answer, palette(false))).toEqual([
    '  legacy without a request, 24 h: 1 transaction that modern did not do; rows differed after 1',
    '  modern without a request, 24 h: 1,204 transactions that legacy did not do; rows differed after 3, 2 taken back',
    '  1 request changed rows after the verdict, or got none, 24 h: the rows were compared without it',
  ]);
  expect(unaskedLines(create(ListRepairsResponseSchema), palette(false))).toEqual([]);
});
