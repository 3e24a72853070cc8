import { join } from 'node:path';
import { startKafka } from '@chronos/local/kafka.ts';
import { sharedToolchain, temporaryDir } from '@chronos/local/testing.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bus, ReceivedRecord } from './bus.ts';
import { connectBus } from './kafka.ts';

let bus: Bus;
let broker: Awaited<ReturnType<typeof startKafka>>;
let dir: Awaited<ReturnType<typeof temporaryDir>>;
const value = (n: number) => Buffer.from(String(n));
const numbers = (records: readonly ReceivedRecord[]) =>
  records.map((r) => Number(r.value.toString())).sort((a, b) => a - b);

beforeAll(async () => {
  dir = await temporaryDir('bus');
  broker = await startKafka({ toolchain: await sharedToolchain(), dir: join(dir.path, 'broker') });
  bus = connectBus({ brokers: [broker.bootstrap], clientId: 'test', log: () => {} });
}, 120_000);

afterAll(async () => {
  await bus?.close();
  await broker?.stop();
  await dir?.dispose();
}, 60_000);

async function produce(topic: string, from: number, to: number): Promise<void> {
  const producer = await bus.producer();
  const records = Array.from({ length: to - from }, (_, i) => ({
    key: `k${from + i}`,
    value: value(from + i),
    headers: { traceparent: 't' },
  }));
  await producer.send(topic, records);
  await producer.close();
}

describe('the bus on a real broker', () => {
  test('a group reads all, and a successor goes on from the last commit', async () => {
    await bus.ensureTopics([{ topic: 'a', partitions: 4 }]);
    await bus.ensureTopics([{ topic: 'a', partitions: 4 }]);
    await produce('a', 0, 100);
    const bounds = [...(await bus.bounds('a')).values()];
    expect(bounds.map(({ first }) => first)).toEqual([0n, 0n, 0n, 0n]);
    expect(bounds.reduce((sum, { end }) => sum + end, 0n)).toBe(100n);
    const read = async (want: number, commit: boolean) => {
      const got: ReceivedRecord[] = [];
      const assigned: number[] = [];
      const done = Promise.withResolvers<void>();
      const consumer = await bus.consume({
        topic: 'a',
        groupId: 'g',
        onAssigned: async (partitions) => void assigned.push(...partitions),
        onBatch: async ({ partition, records }) => {
          expect(assigned).toContain(partition);
          got.push(...records);
          const last = records.at(-1);
          if (commit && last) await consumerReady.then((c) => c.commit(partition, last.offset + 1n));
          if (got.length >= want) done.resolve();
        },
      });
      resolveConsumer(consumer);
      await done.promise;
      await consumer.close();
      return got;
    };
    let resolveConsumer: (c: Awaited<ReturnType<Bus['consume']>>) => void = () => {};
    let consumerReady = new Promise<Awaited<ReturnType<Bus['consume']>>>(
      (resolve) => (resolveConsumer = resolve),
    );
    const first = await read(100, true);
    expect(numbers(first)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(first[0]?.headers.traceparent).toBe('t');
    await produce('a', 100, 150);
    consumerReady = new Promise((resolve) => (resolveConsumer = resolve));
    expect(numbers(await read(50, false))).toEqual(Array.from({ length: 50 }, (_, i) => 100 + i));
  }, 60_000);

  test('offsets kept elsewhere decide where reading starts', async () => {
    await bus.ensureTopics([{ topic: 'b', partitions: 1 }]);
    await produce('b', 0, 20);
    const got: ReceivedRecord[] = [];
    const done = Promise.withResolvers<void>();
    const consumer = await bus.consume({
      topic: 'b',
      groupId: 'stored',
      startOffset: () => 15n,
      onBatch: async ({ records }) => {
        got.push(...records);
        if (got.length >= 5) done.resolve();
      },
    });
    await done.promise;
    await consumer.close();
    expect(numbers(got)).toEqual([15, 16, 17, 18, 19]);
  }, 60_000);

  test('reading back ends at the end as of the call, from the time asked', async () => {
    await bus.ensureTopics([{ topic: 'c', partitions: 3 }]);
    await produce('c', 0, 30);
    const all: ReceivedRecord[] = [];
    await bus.readBack({
      topic: 'c',
      partitions: [0, 1, 2],
      fromTimestampMs: 0,
      onRecord: (r) => all.push(r),
    });
    expect(numbers(all)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    const one: ReceivedRecord[] = [];
    await bus.readBack({ topic: 'c', partitions: [1], fromTimestampMs: 0, onRecord: (r) => one.push(r) });
    expect(numbers(one)).toEqual(numbers(all.filter((r) => r.partition === 1)));
    const later: ReceivedRecord[] = [];
    await bus.readBack({
      topic: 'c',
      partitions: [0, 1, 2],
      fromTimestampMs: Date.now() + 60_000,
      onRecord: (r) => later.push(r),
    });
    expect(later).toEqual([]);
  }, 60_000);

  test('a failed batch is handed out again, without a second preparation', async () => {
    await bus.ensureTopics([{ topic: 'd', partitions: 1 }]);
    await produce('d', 0, 3);
    let assigned = 0;
    let fail = true;
    const done = Promise.withResolvers<number[]>();
    const consumer = await bus.consume({
      topic: 'd',
      groupId: 'failing',
      onAssigned: async () => void assigned++,
      onBatch: async ({ records }) => {
        if (fail) {
          fail = false;
          throw new Error('planted');
        }
        done.resolve(numbers(records));
      },
    });
    expect(await done.promise).toEqual([0, 1, 2]);
    expect(assigned).toBe(1);
    await consumer.close();
  }, 60_000);

  test('a preparation that failed is tried again before the first batch', async () => {
    await bus.ensureTopics([{ topic: 'f', partitions: 1 }]);
    await produce('f', 0, 3);
    let tries = 0;
    const done = Promise.withResolvers<number[]>();
    const consumer = await bus.consume({
      topic: 'f',
      groupId: 'unprepared',
      onAssigned: async () => {
        if (++tries === 1) throw new Error('planted');
      },
      onBatch: async ({ records }) => done.resolve(numbers(records)),
    });
    expect(await done.promise).toEqual([0, 1, 2]);
    expect(tries).toBe(2);
    await consumer.close();
  }, 60_000);

  test('what the client gives up for ever, in a group and when following, goes on and loses nothing', async () => {
    await bus.ensureTopics([{ topic: 'h', partitions: 1 }]);
    await produce('h', 0, 3);
    // One of the errors on which kafkajs ends a consumer without trying again.
    const fatal = () => Object.assign(new Error('planted'), { name: 'KafkaJSNotImplemented' });
    let [groupFails, followerFails] = [true, true];
    const inGroup = Promise.withResolvers<number[]>();
    const consumer = await bus.consume({
      topic: 'h',
      groupId: 'given-up',
      onBatch: async ({ records }) => {
        if (groupFails) {
          groupFails = false;
          throw fatal();
        }
        inGroup.resolve(numbers(records));
      },
    });
    const followed: ReceivedRecord[] = [];
    const follower = await bus.readAll({
      topic: 'h',
      onRecord: (record) => {
        if (followerFails) {
          followerFails = false;
          throw fatal();
        }
        followed.push(record);
      },
    });
    expect(numbers(followed)).toEqual([0, 1, 2]);
    expect(await inGroup.promise).toEqual([0, 1, 2]);
    await Promise.all([consumer.close(), follower.close()]);
  }, 60_000);

  test('following a topic survives a restart of the broker, and nothing sent is lost or doubled', async () => {
    await bus.ensureTopics([{ topic: 'e', partitions: 2, config: { 'cleanup.policy': 'compact' } }]);
    await produce('e', 0, 5);
    const got: ReceivedRecord[] = [];
    let wake = () => {};
    const follower = await bus.readAll({
      topic: 'e',
      onRecord: (r) => {
        got.push(r);
        wake();
      },
    });
    expect(numbers(got)).toEqual([0, 1, 2, 3, 4]);
    const producer = await bus.producer();
    const port = Number(broker.bootstrap.split(':')[1]);
    await broker.stop();
    const sending = producer.send('e', [{ key: 'late', value: value(5) }]);
    broker = await startKafka({ toolchain: await sharedToolchain(), dir: join(dir.path, 'broker'), port });
    await sending;
    await producer.send('e', [{ key: 'later', value: value(6) }]);
    while (got.length < 7) await new Promise<void>((resolve) => (wake = resolve));
    expect(numbers(got)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await producer.close();
    await follower.close();
  }, 120_000);
});
