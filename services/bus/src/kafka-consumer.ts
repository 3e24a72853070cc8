import { type Consumer, type EachBatchPayload, type Kafka, PartitionAssigners } from 'kafkajs';
import { type BusConsumer, BusError, type ConsumeOptions } from './bus.ts';
import { FetchProgress } from './fetch-progress.ts';
import { received } from './kafka-record.ts';
import { keepRunning } from './keep-running.ts';

/** A member of a consumer group whose offsets move only by {@link BusConsumer.commit}. Survives broker restarts by itself. */
export async function consumeGroup(kafka: Kafka, options: ConsumeOptions): Promise<BusConsumer> {
  const sessionTimeout = options.sessionTimeoutMs ?? 15_000;
  const consumer = kafka.consumer({
    groupId: options.groupId,
    partitionAssigners: [PartitionAssigners.roundRobin],
    sessionTimeout,
    heartbeatInterval: Math.floor(sessionTimeout / 5),
    // The broker gathers what arrives within this time: a fetch for every single record cost more than its handling.
    minBytes: options.promptly === true ? 1 : 256 << 10,
    maxWaitTimeInMs: 150,
    maxBytesPerPartition: 1 << 20,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 12, restartOnFailure: async () => true },
  });
  const prepared = new Map<number, Promise<void>>();
  const behind = new Map<number, bigint>();
  const progress = new FetchProgress();
  consumer.on('consumer.fetch_start', ({ payload, timestamp }) => progress.begins(payload.nodeId, timestamp));

  consumer.on('consumer.group_join', ({ payload }) => {
    progress.beginsAnew();
    const assigned = payload.memberAssignment[options.topic] ?? [];
    const gone = [...prepared.keys()].filter((p) => !assigned.includes(p));
    for (const partition of gone) {
      prepared.delete(partition);
      behind.delete(partition);
    }
    if (gone.length > 0) options.onRevoked?.(gone);
    const fresh = assigned.filter((p) => !prepared.has(p));
    if (fresh.length === 0) return;
    seekToStored(consumer, options, fresh);
    prepare(fresh);
  });
  const prepare = (partitions: readonly number[]) => {
    const ready = options.onAssigned?.(partitions) ?? Promise.resolve();
    ready.catch(() => {}); // reported where it is awaited: at the partition's first batch
    for (const partition of partitions) prepared.set(partition, ready);
  };

  const eachBatch = async ({ batch, heartbeat, isRunning, isStale }: EachBatchPayload) => {
    const { partition } = batch;
    const beat = setInterval(() => heartbeat().catch(() => {}), Math.floor(sessionTimeout / 5));
    try {
      await prepared.get(partition)?.catch((error) => {
        prepare([partition]); // for the batch's next try
        throw error;
      });
      if (!isRunning() || isStale()) return;
      const records = batch.messages.map((message) => received(partition, message));
      const highWatermark = BigInt(batch.highWatermark);
      await options.onBatch({ partition, records, highWatermark });
      behind.set(partition, highWatermark - BigInt(batch.lastOffset()) - 1n);
    } finally {
      clearInterval(beat);
    }
  };

  let running: { close(): Promise<void> };
  try {
    const subscription = { topic: options.topic, fromBeginning: true };
    running = await keepRunning(consumer, subscription, {
      autoCommit: false,
      partitionsConsumedConcurrently: 4,
      eachBatch,
    });
  } catch (error) {
    await consumer.disconnect().catch(() => {});
    throw BusError.from(`consuming ${options.topic} failed`, error);
  }
  return {
    async commit(partition, nextOffset) {
      try {
        await consumer.commitOffsets([{ topic: options.topic, partition, offset: String(nextOffset) }]);
      } catch (error) {
        throw BusError.from(`committing ${options.topic}/${partition} at ${nextOffset} failed`, error);
      }
    },
    lag: () => new Map(behind),
    readToMs: () => progress.readToMs,
    close: () => running.close(),
  };
}

function seekToStored(consumer: Consumer, options: ConsumeOptions, partitions: readonly number[]): void {
  for (const partition of partitions) {
    const offset = options.startOffset?.(partition);
    if (offset !== undefined) consumer.seek({ topic: options.topic, partition, offset: String(offset) });
  }
}
