import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Outbox, type OutboxOptions, type OutboxRecord, type Sink } from './outbox.ts';

const record = (key: string, size = 10): OutboxRecord => ({ key, value: new Uint8Array(size), headers: {} });

class TooLarge extends Error {}

/** A Kafka that can be away, slow, and picky. */
class FakeKafka implements Sink {
  away = false;
  recordBytesMax = Number.POSITIVE_INFINITY;
  readonly batches: string[][] = [];
  closed = false;

  async send(records: readonly OutboxRecord[]): Promise<void> {
    if (this.away) throw new Error('no broker');
    if (records.some((r) => r.value.length > this.recordBytesMax)) throw new TooLarge();
    this.batches.push(records.map((r) => r.key));
    waiters.splice(0).forEach((check) => {
      check();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  get keys(): string[] {
    return this.batches.flat();
  }
}

let kafka: FakeKafka;
let outbox: Outbox;
let dropped: Record<string, number>;
let sent: number;
let troubles: number;
let waiters: (() => void)[];

function open(options: Partial<OutboxOptions> = {}): void {
  outbox = new Outbox({
    connect: async () => {
      if (kafka.away) throw new Error('no broker');
      return kafka;
    },
    bytesMax: 100_000,
    recordsMax: 5,
    lingerMs: 1,
    shrink: (r) => (r.value.length > 0 ? { ...r, value: new Uint8Array(0) } : undefined),
    isTooLarge: (error) => error instanceof TooLarge,
    onSent: (n) => {
      sent += n;
    },
    onDropped: (reason, n) => {
      dropped[reason] = (dropped[reason] ?? 0) + n;
    },
    onTrouble: () => {
      troubles += 1;
      if (troubles === 2) kafka.away = false;
    },
    ...options,
  });
}

async function arrived(count: number): Promise<void> {
  while (kafka.keys.length < count) await new Promise<void>((resolve) => waiters.push(resolve));
}

beforeEach(() => {
  kafka = new FakeKafka();
  dropped = {};
  sent = 0;
  troubles = 0;
  waiters = [];
});
afterEach(() => outbox.close(0));

test('sends together what came together, in order', async () => {
  open({ lingerMs: 5 });
  for (const key of ['a', 'b', 'c']) outbox.offer(record(key));
  await arrived(3);
  expect(kafka.batches).toEqual([['a', 'b', 'c']]);
  outbox.offer(record('d'));
  await arrived(4);
  await outbox.close(1000);
  expect({ sent, dropped, held: outbox.held, closed: kafka.closed }).toEqual({
    sent: 4,
    dropped: {},
    held: { records: 0, bytes: 0 },
    closed: true,
  });
});

test('waits out an absence of Kafka and loses nothing within its bounds', async () => {
  kafka.away = true;
  open();
  for (const key of ['a', 'b', 'c', 'd', 'e']) outbox.offer(record(key));
  await arrived(5);
  expect(kafka.keys).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(troubles).toBe(2);
});

test.each([
  ['records', { recordsMax: 2 }],
  ['bytes', { bytesMax: 300 }],
])('full by %s, refuses the newest and counts it', async (_, bounds) => {
  open(bounds);
  for (const key of ['a', 'b', 'c', 'd']) outbox.offer(record(key));
  expect(dropped).toEqual({ 'queue-full': 2 });
  await arrived(2);
  expect(kafka.keys).toEqual(['a', 'b']);
});

test('a batch stays below what a broker takes', async () => {
  open({ bytesMax: 10_000_000 });
  for (const key of ['a', 'b', 'c']) outbox.offer(record(key, 400_000));
  await arrived(3);
  expect(kafka.batches).toEqual([['a'], ['b'], ['c']]);
});

test('what the broker refuses for its size goes without its bodies; its neighbours are whole', async () => {
  kafka.recordBytesMax = 100;
  open();
  outbox.offer(record('small', 50));
  outbox.offer(record('large', 500));
  await arrived(2);
  await outbox.close(1000);
  expect({ keys: kafka.keys, sent, dropped }).toEqual({ keys: ['small', 'large'], sent: 2, dropped: {} });
  expect(outbox.held).toEqual({ records: 0, bytes: 0 });
});

test('what cannot be made smaller is dropped and counted', async () => {
  kafka.recordBytesMax = 100;
  open({ shrink: () => undefined });
  outbox.offer(record('large', 500));
  outbox.offer(record('small'));
  await arrived(1);
  expect(kafka.keys).toEqual(['small']);
  expect(dropped).toEqual({ 'too-large': 1 });
});

test('closing sends what is held', async () => {
  open({ lingerMs: 60_000 });
  outbox.offer(record('a'));
  await outbox.close(5000);
  expect(kafka.keys).toEqual(['a']);
  outbox.offer(record('late'));
  expect(dropped).toEqual({ shutdown: 1 });
});

test('closing without Kafka ends in time and counts what it gave up', async () => {
  open({
    connect: async () => {
      throw new Error('no broker');
    },
  });
  outbox.offer(record('a'));
  outbox.offer(record('b'));
  await outbox.close(20);
  expect(dropped).toEqual({ shutdown: 2 });
});
