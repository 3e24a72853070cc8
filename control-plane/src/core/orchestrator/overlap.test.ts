import { create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { expect, test } from '@jest/globals';
import { overlapHold } from './overlap.ts';

const spec = create(MigrationSchema, {
  identifiers: {
    bijections: [
      { name: 'orders', made: [{ at: 'body.id' }], used: [{ at: 'body.order' }] },
      { name: 'links', made: [{ at: 'body.link' }], anywhere: true },
      { name: 'receipts', made: [{ at: 'body.receipt' }] },
    ],
  },
});

test.each<[string, string, RegExp | undefined]>([
  ['a kind that requests carry', 'orders', /^ids of "orders" that tell whose they are: 5 is one thing/],
  ['one that they may carry anywhere', 'links', /^ids of "links"/],
  ['one that only answers hold', 'receipts', undefined],
  ['one that is declared no more', 'gone', undefined],
])('%s', (_, bijection, why) => {
  const held = overlapHold(spec, [{ bijection, id: '5' }]);
  if (why === undefined) expect(held).toBeUndefined();
  else expect(held).toMatch(why);
});

test('the value of a token is not shown, and without a declaration nothing is held', () => {
  expect(overlapHold(spec, [{ bijection: 'orders', id: '' }])).toMatch(/: a token is one thing/);
  expect(overlapHold(create(MigrationSchema), [{ bijection: 'orders', id: '5' }])).toBeUndefined();
});
