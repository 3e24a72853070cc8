import { create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { expect, test } from '@jest/globals';
import { unaskedHold } from './unasked.ts';

const declared = (unattributedMax: number) => create(MigrationSchema, { entanglement: { unattributedMax } });

test.each<[string, Parameters<typeof unaskedHold>, RegExp | undefined]>([
  [
    'a worker of modern’s that books wrongly',
    [declared(0), { transactions: 3, undecided: 0, tags: true }],
    /3 transactions of its own .* were taken back, 0 allowed/,
  ],
  [
    'one single time',
    [declared(0), { transactions: 1, undecided: 0, tags: true }],
    /1 transaction of its own .* was taken back/,
  ],
  ['as often as the file allows', [declared(3), { transactions: 3, undecided: 0, tags: true }], undefined],
  ['more often', [declared(3), { transactions: 4, undecided: 0, tags: true }], /4 transactions .* 3 allowed/],
  [
    'a modern that does not tag: it may be a lost request',
    [declared(0), { transactions: 3, undecided: 9, tags: false }],
    undefined,
  ],
  [
    'a worker whose row never rests',
    [declared(0), { transactions: 0, undecided: 2, tags: true }],
    /^what modern did .* to be held against legacy: 2 of its own .* 0 allowed/,
  ],
  [
    'as many of both as the file allows',
    [declared(3), { transactions: 1, undecided: 2, tags: true }],
    undefined,
  ],
  ['nothing', [declared(0), { transactions: 0, undecided: 0, tags: true }], undefined],
  [
    'a file that gives no number',
    [create(MigrationSchema, { entanglement: {} }), { transactions: 3, undecided: 0, tags: true }],
    undefined,
  ],
  [
    'databases that are left alone',
    [create(MigrationSchema), { transactions: 3, undecided: 0, tags: true }],
    undefined,
  ],
])('%s', (_, question, why) => {
  const held = unaskedHold(...question);
  if (why === undefined) expect(held).toBeUndefined();
  else expect(held).toMatch(why);
});
