import { clone, create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { expect, test } from '@jest/globals';
import { acceptancesChanged, acceptedOverlaps, overlapHold } from './overlap.ts';

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

test('what somebody has accepted holds nothing, other kinds as ever, and is told with why', () => {
  const kinds = [
    { bijection: 'orders', id: '5' },
    { bijection: 'links', id: '7' },
    { bijection: 'receipts', id: '9' },
  ];
  const words = (why: string) => {
    const accepting = clone(MigrationSchema, spec);
    const [orders, , receipts] = accepting.identifiers?.bijections ?? [];
    if (orders === undefined || receipts === undefined) throw new Error('three kinds are declared');
    orders.overlapAccepted = why;
    receipts.overlapAccepted = why;
    return accepting;
  };
  const accepting = words('only test orders, no client has kept one');
  expect(overlapHold(accepting, kinds.slice(0, 1))).toBeUndefined();
  expect(overlapHold(accepting, kinds)).toMatch(/^ids of "links"/);
  expect(acceptedOverlaps(accepting, kinds)).toEqual([
    'ids of "orders" overlap (5 is one thing in legacy and another in modern), accepted: only test orders, no client has kept one',
  ]);
  expect(acceptedOverlaps(words(''), kinds)).toEqual([]);
});

test('the journal tells what is accepted, and what no more', () => {
  const saying = (overlapAccepted: string) =>
    create(MigrationSchema, { identifiers: { bijections: [{ name: 'orders', overlapAccepted }] } });
  expect(acceptancesChanged(saying(''), saying('why'))).toBe(
    'that ids of "orders" may overlap is accepted: why',
  );
  expect(acceptancesChanged(saying('why'), saying(''))).toBe(
    'that ids of "orders" may overlap is accepted no more',
  );
  expect([
    acceptancesChanged(saying('why'), saying('why')),
    acceptancesChanged(create(MigrationSchema), spec),
  ]).toEqual(['', '']);
});
