import { create, fromBinary } from '@bufbuild/protobuf';
import type { BusRecord } from '@chronos/bus/bus.ts';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Attribution, StateUpdateSchema, WatermarkSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { expect, test } from '@jest/globals';
import type { TransactionRecord } from '../../core/change/assemble.ts';
import { noCause } from '../../core/change/tags.ts';
import { Publisher } from './publisher.ts';

const transaction = (
  commitLsn: bigint,
  options: { attribution?: Attribution; part?: number; changes?: number } = {},
): TransactionRecord => ({
  kind: 'transaction',
  key: `tx:books:1:${commitLsn}`,
  cause: { ...noCause, attribution: options.attribution ?? Attribution.NONE, traceparent: '' },
  commitLsn,
  changes: options.changes ?? 1,
  update: create(StateUpdateSchema, {
    what: { case: 'transaction', value: { commitLsn, xid: commitLsn, part: options.part ?? 0 } },
  }),
});

/** A broker that fails when told to, and keeps what it took. */
function rig(requestOf: () => Promise<string | undefined> = async () => undefined) {
  const taken: BusRecord[] = [];
  const acknowledged: bigint[] = [];
  let failures = 0;
  let gate: Promise<void> = Promise.resolve();
  const publisher = new Publisher({
    migration: 'books',
    universe: Universe.LEGACY,
    topic: 't',
    partitions: 3,
    producer: {
      send: async (_topic, records) => {
        await gate;
        if (failures-- > 0) throw new Error('the broker is away');
        taken.push(...records);
      },
      close: async () => undefined,
    },
    requestOf,
    onAcknowledged: (position) => acknowledged.push(position),
    onSent: () => undefined,
    log: () => undefined,
  });
  const settled = async (position: bigint) => {
    while (!acknowledged.includes(position)) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return {
    publisher,
    taken,
    acknowledged,
    settled,
    fail: (times: number) => {
      failures = times;
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}
const lsns = (records: readonly BusRecord[]) =>
  records.map(({ value, partition }) => {
    const { what } = fromBinary(StateUpdateSchema, value);
    return what.case === 'transaction' ? Number(what.value.commitLsn) : `watermark ${partition}`;
  });

test('in order, watermarks into every partition behind what they promise; acknowledged when the broker has it', async () => {
  const { publisher, taken, settled } = rig();
  const watermark = create(WatermarkSchema, { lsn: 2n });
  await publisher.push([
    transaction(1n),
    { kind: 'watermark', watermark },
    transaction(3n),
    { kind: 'position', position: 3n },
  ]);
  await settled(3n);
  expect(lsns(taken)).toEqual([1, 'watermark 0', 'watermark 1', 'watermark 2', 3]);
  await publisher.close();
});

test('a broker that is away: nothing is acknowledged, nothing overtakes, nothing is lost', async () => {
  const { publisher, taken, acknowledged, settled, fail } = rig();
  fail(1);
  await publisher.push([transaction(1n), { kind: 'position', position: 1n }]);
  await publisher.push([transaction(2n), { kind: 'position', position: 2n }]);
  expect(acknowledged).toEqual([]);
  await settled(2n);
  expect(lsns(taken)).toEqual([1, 2]);
  await publisher.close();
});

test('a broker that is slow makes the database wait', async () => {
  const { publisher, hold, settled } = rig();
  const release = hold();
  let isThrough = false;
  const pushed = publisher
    .push([transaction(1n, { changes: 10_000 }), { kind: 'position', position: 1n }])
    .then(() => {
      isThrough = true;
    });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isThrough).toBe(false);
  release();
  await settled(1n);
  await pushed;
  await publisher.close();
});

test('a broker that never answers does not keep it open, and what it answers later is told nobody', async () => {
  const { publisher, acknowledged, taken, hold } = rig();
  const release = hold();
  await publisher.push([transaction(1n), { kind: 'position', position: 1n }]);
  await new Promise((resolve) => setImmediate(resolve));
  await publisher.close();
  expect(taken).toEqual([]);
  release();
  await new Promise((resolve) => setImmediate(resolve));
  expect(taken).toHaveLength(1);
  expect(acknowledged).toEqual([]);
});

test('all parts of a transaction known by its comment go the way of its request', async () => {
  const answers = ['r-1', 'another'];
  const { publisher, taken, settled } = rig(async () => answers.shift());
  const attribution = Attribution.COMMENT;
  await publisher.push([
    transaction(1n, { attribution }),
    transaction(1n, { attribution, part: 1 }),
    { kind: 'position', position: 1n },
  ]);
  await settled(1n);
  expect(taken.map(({ key }) => key)).toEqual(['r-1', 'r-1']);
  await publisher.close();
});
