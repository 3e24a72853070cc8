import type { MessageInitShape } from '@bufbuild/protobuf';
import { create, toBinary } from '@bufbuild/protobuf';
import { Operation, StateUpdateSchema, type VectorSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeTransaction } from './encode-update.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', 'ä€😀', 'x'.repeat(200), 'y'.repeat(70_000)),
);
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const value = fc.oneof(
  fc.record({ case: fc.constant('text' as const), value: text }),
  fc.record({ case: fc.constant('masked' as const), value: text }),
  fc.record({ case: fc.constantFrom('null' as const, 'unknown' as const), value: fc.boolean() }),
  fc.constant({ case: undefined }),
);
const vector: fc.Arbitrary<MessageInitShape<typeof VectorSchema>> = fc.record({
  fields: fc.array(fc.record({ name: text, value, type: fc.integer({ min: 0, max: 7 }) }), { maxLength: 4 }),
});
const change = fc.record(
  {
    entity: text,
    key: text,
    op: fc.constantFrom(Operation.INSERT, Operation.UPDATE, Operation.DELETE, Operation.TRUNCATE),
    before: vector,
    after: vector,
    lsn: uint64,
    table: text,
  },
  { requiredKeys: ['entity', 'key', 'op'] },
);
const part = fc.record(
  {
    requestId: text,
    attribution: fc.integer({ min: 0, max: 6 }),
    xid: uint64,
    commitLsn: uint64,
    committedAt: fc.record({
      seconds: fc.bigInt({ min: -62_135_596_800n, max: 253_402_300_799n }),
      nanos: fc.integer({ min: 0, max: 999_999_999 }),
    }),
    part: fc.nat(2 ** 32 - 1),
    last: fc.boolean(),
    changes: fc.array(change, { maxLength: 5 }),
    traceparent: text,
    repairId: text,
  },
  { requiredKeys: [] },
);

test('what is written by hand is what the library writes, byte for byte', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 2 }), part, (migration, universe, value) => {
      const update = create(StateUpdateSchema, {
        migration,
        universe,
        what: { case: 'transaction', value },
      });
      if (update.what.case !== 'transaction') throw new Error('no transaction');
      const written = encodeTransaction(update, update.what.value);
      expect(Buffer.compare(Buffer.from(written), Buffer.from(toBinary(StateUpdateSchema, update)))).toBe(0);
    }),
    { numRuns: 300 },
  );
});
