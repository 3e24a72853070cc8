import { fromBinary } from '@bufbuild/protobuf';
import type { Batch, Bus, BusConsumer } from '@chronos/bus/bus.ts';
import { VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { loadOffsets } from '../store/offset-store.ts';
import type { EncodedVerdict } from '../store/verdict-store.ts';
import type { Engine } from './engine.ts';
import { verdictsTopic } from './rules-publisher.ts';
import { pause } from './tasks.ts';
import { type Taken, takeIn } from './verdict-intake.ts';

const groupId = 'chronos-control-plane';
const retryMs = 1_000;
/** One reader at a time, and its offsets are in the database: a dead one's partitions are taken as soon as brokers allow by default. */
const sessionTimeoutMs = 6_000;

export interface VerdictHandlers {
  readonly taken: (taken: Taken, lag: number) => void;
  readonly undecodable: (what: string) => void;
}

/** Reads verdicts as long as this replica leads. Where to go on is in the database, beside what was made of them; Kafka's own commit is
 * only for those who watch its lag. */
export async function consumeVerdicts(
  engine: Engine,
  bus: Bus,
  handlers: VerdictHandlers,
  signal: AbortSignal,
): Promise<void> {
  let consumer: BusConsumer | undefined;
  while (consumer === undefined && !signal.aborted) {
    consumer = await begin(engine, bus, handlers).catch((error: unknown) => {
      engine.log(`verdicts are not read yet, trying again: ${String(error)}`);
      return undefined;
    });
    if (consumer === undefined) await pause(retryMs, signal);
  }
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await consumer?.close();
}

async function begin(engine: Engine, bus: Bus, handlers: VerdictHandlers): Promise<BusConsumer> {
  const offsets = await loadOffsets(engine.database, verdictsTopic);
  const commits: { consumer?: BusConsumer } = {};
  const onBatch = async (batch: Batch): Promise<void> => {
    const last = batch.records.at(-1);
    if (last === undefined) return;
    const nextOffset = last.offset + 1n;
    const verdicts = batch.records.flatMap((record) => decoded(record.value, handlers));
    const taken = await takeIn(engine, {
      topic: verdictsTopic,
      partition: batch.partition,
      nextOffset,
      verdicts,
    });
    offsets.set(batch.partition, nextOffset);
    handlers.taken(taken, Number(batch.highWatermark - nextOffset));
    // A commit that fails costs nothing: the next one covers it.
    commits.consumer?.commit(batch.partition, nextOffset).catch(() => {});
  };
  const consumer = await bus.consume({
    topic: verdictsTopic,
    groupId,
    startOffset: (partition) => offsets.get(partition),
    onBatch,
    sessionTimeoutMs,
  });
  commits.consumer = consumer;
  return consumer;
}

function decoded(value: Uint8Array, handlers: VerdictHandlers): EncodedVerdict[] {
  try {
    return [{ verdict: fromBinary(VerdictSchema, value), bytes: value }];
  } catch (error) {
    handlers.undecodable(String(error));
    return [];
  }
}
