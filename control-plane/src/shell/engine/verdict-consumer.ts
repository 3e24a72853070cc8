import { fromBinary } from '@bufbuild/protobuf';
import type { Batch, Bus, BusConsumer } from '@chronos/bus/bus.ts';
import { gathered } from '@chronos/bus/gather.ts';
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

/** Reads verdicts as long as this replica leads. Where to go on is in the database, beside what was made of them. */
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
  // Partitions that arrive while a transaction is under way share the next one.
  const take = gathered(async (batches: readonly Decoded[]) => {
    const taken = await takeIn(engine, {
      topic: verdictsTopic,
      nextOffsets: new Map(batches.map(({ partition, nextOffset }) => [partition, nextOffset])),
      verdicts: batches.flatMap(({ verdicts }) => verdicts),
    });
    handlers.taken(
      taken,
      batches.reduce((sum, { lag }) => sum + lag, 0),
    );
    return batches;
  });
  const onBatch = async ({ partition, records, highWatermark }: Batch): Promise<void> => {
    const last = records.at(-1);
    if (last === undefined) return;
    const nextOffset = last.offset + 1n;
    const verdicts = records.flatMap((record) => decoded(record.value, handlers));
    await take({ partition, nextOffset, verdicts, lag: Number(highWatermark - nextOffset) });
    offsets.set(partition, nextOffset);
  };
  const consumer = await bus.consume({
    topic: verdictsTopic,
    groupId,
    startOffset: (partition) => offsets.get(partition),
    onBatch,
    sessionTimeoutMs,
  });
  const commits = commitNowAndThen(consumer, offsets);
  return {
    ...consumer,
    async close() {
      commits.stop();
      await consumer.close();
    },
  };
}

interface Decoded {
  readonly partition: number;
  readonly nextOffset: bigint;
  readonly verdicts: readonly EncodedVerdict[];
  readonly lag: number;
}

/** Kafka's own commit is only for those who watch its lag: one a second a partition says enough. */
function commitNowAndThen(consumer: BusConsumer, offsets: ReadonlyMap<number, bigint>): { stop(): void } {
  const committed = new Map<number, bigint>();
  const timer = setInterval(() => {
    for (const [partition, next] of offsets) {
      if (committed.get(partition) === next) continue;
      committed.set(partition, next);
      // A commit that fails costs nothing: the next one covers it.
      consumer.commit(partition, next).catch(() => {});
    }
  }, 1_000);
  return { stop: () => clearInterval(timer) };
}

function decoded(value: Uint8Array, handlers: VerdictHandlers): EncodedVerdict[] {
  try {
    return [{ verdict: fromBinary(VerdictSchema, value), bytes: value }];
  } catch (error) {
    handlers.undecodable(String(error));
    return [];
  }
}
