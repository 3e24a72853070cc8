import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Admin, Kafka, logLevel } from 'kafkajs';
import {
  type Bus,
  BusError,
  type ConsumeOptions,
  type Following,
  type ReadAllOptions,
  type ReadBackOptions,
  type TopicSpec,
} from './bus.ts';
import { consumeGroup } from './kafka-consumer.ts';
import { resilientProducer } from './kafka-producer.ts';
import { received } from './kafka-record.ts';
import { keepRunning } from './keep-running.ts';

export interface KafkaOptions {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Connection trouble in one line; default: standard error. Repeats of one line within ten seconds are left out. */
  readonly log?: (line: string) => void;
}

/** Connects lazily: the first use of a part connects it. */
export function connectBus(options: KafkaOptions): Bus {
  const kafka = new Kafka({
    clientId: options.clientId,
    brokers: [...options.brokers],
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    // Roughly 15 s in all: long enough for a broker's restart, short enough to tell the caller.
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 12 },
    logLevel: logLevel.ERROR,
    logCreator: () => quietLog(options.log ?? ((line) => process.stderr.write(`${line}\n`))),
  });
  const open = new Set<{ close(): Promise<void> }>();
  const track = <T extends { close(): Promise<void> }>(part: T): T => {
    open.add(part);
    const close = part.close.bind(part);
    part.close = async () => {
      open.delete(part);
      await close();
    };
    return part;
  };

  return {
    ensureTopics: (topics) => withAdmin(kafka, (admin) => ensureTopics(admin, topics)),
    producer: async () => track(await resilientProducer(kafka)),
    consume: async (consume: ConsumeOptions) => track(await consumeGroup(kafka, consume)),
    readBack: (readBack) => readToEnd(kafka, readBack),
    readAll: async (readAll) => track(await follow(kafka, readAll)),
    bounds: (topic) =>
      withAdmin(kafka, async (admin) => {
        const offsets = await admin.fetchTopicOffsets(topic);
        return new Map(
          offsets.map(({ partition, low, high }) => [partition, { first: BigInt(low), end: BigInt(high) }]),
        );
      }),
    async close() {
      await Promise.allSettled([...open].map((part) => part.close()));
    },
  };
}

const adminRetryMs = 15_000;

/**
 * One administrative question. A partition that was made a moment ago may have no leader yet, and the client's own retry does not cover
 * that for offsets: errors that it calls retriable are asked again.
 */
async function withAdmin<T>(kafka: Kafka, use: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  const deadline = performance.now() + adminRetryMs;
  try {
    await admin.connect();
    for (;;) {
      try {
        return await use(admin);
      } catch (error) {
        if (!isRetriable(error) || performance.now() > deadline) throw error;
        await delay(100);
      }
    }
  } catch (error) {
    throw BusError.from('Kafka administration failed', error);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

function isRetriable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retriable' in error && error.retriable === true;
}

async function ensureTopics(admin: Admin, topics: readonly TopicSpec[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((t) => !existing.has(t.topic));
  if (missing.length === 0) return;
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map((t) => ({
      topic: t.topic,
      numPartitions: t.partitions,
      replicationFactor: t.replicas ?? 1,
      configEntries: Object.entries(t.config ?? {}).map(([name, value]) => ({ name, value })),
    })),
  });
}

/**
 * A throw-away group that never commits; an empty group without commits vanishes from the broker by itself. The session is as short as
 * brokers allow: after a broker's restart the group waits that long for the member that was lost with the connection.
 */
function passingConsumer(kafka: Kafka) {
  return kafka.consumer({
    groupId: `chronos-read-${randomUUID()}`,
    maxWaitTimeInMs: 100,
    sessionTimeout: 6_000,
    heartbeatInterval: 1_500,
  });
}

const readTries = 5;

async function readToEnd(kafka: Kafka, options: ReadBackOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readToEndOnce(kafka, options);
    } catch (error) {
      if (attempt === readTries) throw BusError.from(`reading back ${options.topic} failed`, error);
    }
  }
}

async function readToEndOnce(kafka: Kafka, options: ReadBackOptions): Promise<void> {
  const spans = await withAdmin(kafka, (admin) => offsetsToRead(admin, options));
  if (spans.length === 0) return;
  const remaining = new Map(spans.map((p) => [p.partition, p.end]));
  const wanted = new Set(remaining.keys());
  const consumer = passingConsumer(kafka);
  const done = Promise.withResolvers<void>();
  done.promise.catch(() => {}); // it may be rejected before anybody waits for it
  // A consumer that restarts forgets where it was told to read: the whole reading begins again.
  consumer.on('consumer.crash', ({ payload }) => done.reject(payload.error));
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: options.topic });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch, pause }) => {
        const end = remaining.get(batch.partition);
        if (end === undefined) {
          if (!wanted.has(batch.partition)) pause();
          return;
        }
        for (const message of batch.messages) {
          if (BigInt(message.offset) < end) options.onRecord(received(batch.partition, message));
        }
        if (BigInt(batch.lastOffset()) + 1n < end) return;
        remaining.delete(batch.partition);
        if (remaining.size === 0) done.resolve();
      },
    });
    for (const { partition, start } of spans) {
      consumer.seek({ topic: options.topic, partition, offset: String(start) });
    }
    await done.promise;
  } finally {
    await consumer.disconnect().catch(() => {});
  }
}

async function offsetsToRead(
  admin: Admin,
  { topic, partitions, fromTimestampMs }: ReadBackOptions,
): Promise<{ partition: number; start: bigint; end: bigint }[]> {
  const ends = await admin.fetchTopicOffsets(topic);
  const starts = await admin.fetchTopicOffsetsByTimestamp(topic, fromTimestampMs);
  const startOf = new Map(starts.map((s) => [s.partition, BigInt(s.offset)]));
  return ends
    .filter((end) => partitions.includes(end.partition))
    .map((end) => ({
      partition: end.partition,
      end: BigInt(end.high),
      start: startOf.get(end.partition) ?? BigInt(end.low),
    }))
    .filter((p) => p.start >= 0n && p.start < p.end);
}

async function follow(kafka: Kafka, options: ReadAllOptions): Promise<Following> {
  const { topic, fromTimestampMs } = options;
  const [ends, starts] = await withAdmin(kafka, async (admin) => [
    await admin.fetchTopicOffsets(topic),
    fromTimestampMs === undefined ? [] : await admin.fetchTopicOffsetsByTimestamp(topic, fromTimestampMs),
  ]);
  /** Where to go on in each partition; empty when everything is read. */
  const positions = new Map(
    starts.filter(({ offset }) => BigInt(offset) >= 0n).map((s) => [s.partition, BigInt(s.offset)]),
  );
  const remaining = new Map(
    ends
      .filter((e) => BigInt(e.high) > (positions.get(e.partition) ?? BigInt(e.low)))
      .map((e) => [e.partition, BigInt(e.high)]),
  );
  const caughtUp = Promise.withResolvers<void>();
  if (remaining.size === 0) caughtUp.resolve();
  const consumer = passingConsumer(kafka);
  consumer.on('consumer.group_join', () => {
    for (const [partition, offset] of positions) consumer.seek({ topic, partition, offset: String(offset) });
  });
  let running: { close(): Promise<void> };
  try {
    const subscription = { topic, fromBeginning: true };
    running = await keepRunning(consumer, subscription, {
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const { partition } = batch;
        for (const message of batch.messages) options.onRecord(received(partition, message));
        const next = BigInt(batch.lastOffset()) + 1n;
        if (positions.has(partition)) positions.set(partition, next);
        options.onProgress?.(partition, BigInt(batch.highWatermark) - next);
        const end = remaining.get(partition);
        if (end === undefined || next < end) return;
        remaining.delete(partition);
        if (remaining.size === 0) caughtUp.resolve();
      },
    });
    await caughtUp.promise;
  } catch (error) {
    await consumer.disconnect().catch(() => {});
    throw BusError.from(`reading ${topic} failed`, error);
  }
  return { partitions: ends.length, close: () => running.close() };
}

function quietLog(write: (line: string) => void) {
  const last = new Map<string, number>();
  return ({ namespace, log }: { namespace: string; log: { message: string; error?: string } }) => {
    const line = `kafka ${namespace}: ${log.message}${log.error === undefined ? '' : ` (${log.error})`}`;
    const now = Date.now();
    if (now - (last.get(line) ?? 0) < 10_000) return;
    if (last.size >= 100) last.clear();
    last.set(line, now);
    write(line);
  };
}
