import type { BusConsumer } from '@chronos/bus/bus.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { RouteLabels } from '../core/verdict/route.ts';
import { ArbiterMetrics } from './metrics.ts';
import { PairsTable } from './pairs-table.ts';
import { type PartitionPorts, PartitionWorker } from './partition-worker.ts';
import { RulesTable } from './rules-table.ts';
import { StateReader } from './state-reader.ts';
import { Strays } from './strays.ts';
import { DB_STATE_UPDATES, SHADOW_REQUESTS, TOPICS, UNATTRIBUTED_CHANGES, VERDICTS } from './topics.ts';

export interface ArbiterOptions {
  readonly brokers: readonly string[];
  readonly group: string;
  readonly log: (line: string) => void;
}

export interface Arbiter {
  readonly metrics: ArbiterMetrics;
  /** Finishes the running batches, commits, leaves the group. */
  close(): Promise<void>;
}

/** A dead arbiter's partitions pass to the others after this long. */
const SESSION_TIMEOUT_MS = 10_000;

const TICK_MS = 250;

/** A read back that a broker's restart has stranded must not hold its partition for ever: it fails, and the partition is taken up anew. */
const READ_BACK_DEADLINE_MS = 15_000;

/** One member of the arbiters' group: a worker for each partition that the group gives it. */
export async function startArbiter({ brokers, group, log }: ArbiterOptions): Promise<Arbiter> {
  const bus = connectBus({ brokers, clientId: 'chronos-arbiter', log });
  const workers = new Map<number, PartitionWorker>();
  const sum = (of: (worker: PartitionWorker) => number) =>
    [...workers.values()].reduce((total, worker) => total + of(worker), 0);
  const lag = () =>
    Number([...(consumer?.lag().values() ?? [])].reduce((total, behind) => total + behind, 0n));
  const metrics = new ArbiterMetrics({
    pending: () => sum((w) => w.pending),
    ignored: () => sum((w) => w.ignored),
    lag,
  });
  let consumer: BusConsumer | undefined;
  try {
    await bus.ensureTopics(TOPICS);
    const pairs = new PairsTable(bus, log);
    const rules = new RulesTable(log, pairs);
    const follower = await rules.follow(bus);
    const producer = await bus.producer();
    const routes = new RouteLabels();

    const changes = new StateReader(bus, rules.lasting, ({ partition, offset }, error) => {
      metrics.unreadable.inc();
      log(`${DB_STATE_UPDATES}/${partition} at ${offset} is no change: ${String(error)}`);
    });
    const strays = new Strays({
      changes,
      rules,
      pairs,
      now: Date.now,
      send: (records) => producer.send(UNATTRIBUTED_CHANGES, records),
      onReported: ({ migration, universe }) => metrics.stray(migration, universe),
    });

    const portsOf = (partition: number): PartitionPorts => ({
      partition,
      changes,
      rules,
      routes,
      pairs,
      now: Date.now,
      readBack: (fromTimestampMs, onRecord) =>
        withinDeadline(bus.readBack({ topic: VERDICTS, partitions: [partition], fromTimestampMs, onRecord })),
      send: (verdicts) => producer.send(VERDICTS, verdicts),
      readToMs: () => consumer?.readToMs() ?? Number.NEGATIVE_INFINITY,
      commit: async (nextOffset) => consumer?.commit(partition, nextOffset),
      onVerdict: (verdict) => metrics.verdict(verdict),
      onMissed: (migration, reason) => metrics.missed(migration, reason),
      onUnreadable: ({ offset }, error) => {
        metrics.unreadable.inc();
        log(`${SHADOW_REQUESTS}/${partition} at ${offset} is no exchange: ${String(error)}`);
      },
    });
    const stop = async (partition: number) => {
      const worker = workers.get(partition);
      workers.delete(partition);
      await worker?.stop();
    };

    consumer = await bus.consume({
      topic: SHADOW_REQUESTS,
      groupId: group,
      sessionTimeoutMs: SESSION_TIMEOUT_MS,
      onAssigned: async (partitions) => {
        for (const partition of partitions) {
          // The worker before may still be writing what its successor must find when it reads back.
          await stop(partition);
          workers.set(partition, new PartitionWorker(portsOf(partition)));
        }
      },
      onRevoked: (partitions) => {
        for (const partition of partitions) void stop(partition);
      },
      onBatch: async (batch) => workers.get(batch.partition)?.batch(batch),
    });

    const ticker = startTicker(async () => {
      const results = await Promise.allSettled([...workers.values()].map((worker) => worker.tick()));
      for (const result of results) if (result.status === 'rejected') log(String(result.reason));
      await changes.keepReading().catch((error: unknown) => log(String(error)));
      await strays.report([...workers.keys()]).catch((error: unknown) => log(String(error)));
    });
    return {
      metrics,
      async close() {
        await ticker.stop();
        await Promise.allSettled([...workers.values()].map((worker) => worker.tick()));
        await Promise.all([...workers.keys()].map(stop));
        await changes.close();
        await follower.close();
        await bus.close();
      },
    };
  } catch (error) {
    await bus.close();
    throw error;
  }
}

/** Runs `work` every so often, never twice at once. */
function startTicker(work: () => Promise<void>): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();
  let stopped = false;
  const next = () => {
    timer = setTimeout(() => {
      running = work().finally(() => {
        if (!stopped) next();
      });
    }, TICK_MS);
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
  };
}

async function withinDeadline(work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const message = `reading back ${VERDICTS} took longer than ${READ_BACK_DEADLINE_MS} ms`;
  const timer = setTimeout(() => late.reject(new Error(message)), READ_BACK_DEADLINE_MS);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
