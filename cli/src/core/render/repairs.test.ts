import { create } from '@bufbuild/protobuf';
import { ListRepairsResponseSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { palette } from '../text/palette.ts';
import { outstandingLines } from './repairs.ts';

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
