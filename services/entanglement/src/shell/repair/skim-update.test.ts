import { create, toBinary } from '@bufbuild/protobuf';
import { Operation, StateUpdateSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { expect, test } from '@jest/globals';
import { skimUpdate } from './skim-update.ts';

const fields = [{ name: 'balance', value: { case: 'text' as const, value: '12.5' }, type: 1 }];
const value = {
  requestId: 'r',
  attribution: 1,
  xid: 2n ** 40n,
  commitLsn: 2n ** 63n + 5n,
  committedAt: { seconds: 1_700_000_000n, nanos: 123_456_000 },
  part: 3,
  last: true,
  changes: [
    {
      entity: 'account',
      key: '["ä1"]',
      op: Operation.UPDATE,
      before: { fields },
      after: { fields },
      lsn: 7n,
    },
    { entity: 'order', key: '', op: Operation.TRUNCATE, table: 'public.orders' },
  ],
  traceparent: '00-1-1-01',
};

test('of a transaction everything but its images is there', () => {
  const update = create(StateUpdateSchema, {
    migration: 'books',
    universe: 2,
    what: { case: 'transaction', value },
  });
  const { changes, ...part } = value;
  expect(skimUpdate(toBinary(StateUpdateSchema, update))).toMatchObject({
    migration: 'books',
    universe: 2,
    what: {
      case: 'transaction',
      value: {
        requestId: part.requestId,
        attribution: part.attribution,
        commitLsn: part.commitLsn,
        committedAt: part.committedAt,
        part: part.part,
        changes: changes.map(({ entity, key }) => ({ entity, key })),
      },
    },
  });
});

test('a watermark is whole, and nothing is nothing', () => {
  const watermark = { lsn: 9n, sequence: 4n, paused: true, pauseReason: 'why' };
  const update = create(StateUpdateSchema, { migration: 'b', what: { case: 'watermark', value: watermark } });
  expect(skimUpdate(toBinary(StateUpdateSchema, update)).what).toMatchObject({
    case: 'watermark',
    value: watermark,
  });
  expect(skimUpdate(new Uint8Array())).toEqual({ migration: '', universe: 0, what: { case: undefined } });
});

test('what is cut off is an error, not half an update', () => {
  const bytes = toBinary(
    StateUpdateSchema,
    create(StateUpdateSchema, { migration: 'b', what: { case: 'transaction', value } }),
  );
  expect(() => skimUpdate(bytes.subarray(0, bytes.length - 4))).toThrow();
});
