import { setTimeout as delay } from 'node:timers/promises';
import { startRig, until } from '@chronos/entanglement/testing/rig.ts';
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import pg from 'pg';
import { table } from '../table.ts';
import { books } from './books.ts';
import { followUpdates } from './updates.ts';

/** One of so many transactions has no tag, so that tagged ones are told from others. */
const untaggedEach = 10;
const connections = 6;
const caughtUpWithinMs = 60_000;
/** A capture that is further behind at the end of a step does not keep up. */
const lagMaxMs = 2_000;

export interface AttributionStep {
  readonly rate_asked: number;
  readonly rate_committed: number;
  readonly tagged: number;
  /** Told with the id of their own request. */
  readonly attributed: number;
  readonly share_percent: number;
  /** Untagged ones that the capture told as tagged; whom the arbiter takes them for, `inference` counts. */
  readonly untagged_told_as_tagged: number;
  /** From the last commit until the last transaction stood on the topic. */
  readonly caught_up_ms: number;
  /** Committed as fast as asked, and captured without falling behind. */
  readonly holds: boolean;
}

export interface AttributionOptions {
  /** Transactions a second, both universes together. */
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly onStep: (step: AttributionStep) => void;
}

/** Raises the rate of transactions until the machine does not carry more; of each one it is known which request it belongs to. */
export async function benchAttribution(options: AttributionOptions): Promise<AttributionStep[]> {
  const rig = await startRig(books.entanglement, books.schema);
  const pools = [rig.legacyUrl, rig.modernUrl].map(
    (connectionString) => new pg.Pool({ connectionString, max: connections }),
  );
  /** By the row it wrote: the request that it was told as, empty for none. */
  const told = new Map<string, string>();
  const steps: AttributionStep[] = [];
  let lastAtMs = 0;
  await rig.start();
  await rig.streaming();
  const updates = await followUpdates(rig.bus, ({ attribution, requestId, changes }, arrivedAtMs) => {
    lastAtMs = arrivedAtMs;
    for (const { key } of changes) told.set(key, attribution === Attribution.TAGGED ? requestId : '');
  });
  try {
    for (const [at, rate] of options.rates.entries()) {
      const { committed, seconds } = await write(pools, `s${at}-`, rate, options.seconds);
      const endedAtMs = Date.now();
      const all = [...committed].map(([row, request]) => ({ key: JSON.stringify([row]), request }));
      // What is lost shows as such: waiting for it ends, and the step does not hold.
      await until('every transaction', () => all.every(({ key }) => told.has(key)), caughtUpWithinMs).catch(
        () => undefined,
      );
      const tagged = all.filter(({ request }) => request !== '');
      const attributed = tagged.filter(({ key, request }) => told.get(key) === request).length;
      const caughtUpMs = Math.max(0, lastAtMs - endedAtMs);
      const share = attributed / tagged.length;
      const achieved = all.length / seconds;
      const step: AttributionStep = {
        rate_asked: rate,
        rate_committed: Math.round(achieved),
        tagged: tagged.length,
        attributed,
        share_percent: share * 100,
        untagged_told_as_tagged: all.filter(({ key, request }) => request === '' && told.get(key) !== '')
          .length,
        caught_up_ms: caughtUpMs,
        holds: achieved > rate * 0.95 && caughtUpMs <= lagMaxMs && share >= 0.999,
      };
      steps.push(step);
      options.onStep(step);
      told.clear();
      if (!step.holds) break;
    }
  } finally {
    await updates.close();
    await Promise.all(pools.map((pool) => pool.end()));
    await rig.close();
  }
  return steps;
}

/** Rows that were committed with the request of each (empty: none), and how long it took. */
async function write(
  pools: readonly pg.Pool[],
  prefix: string,
  rate: number,
  seconds: number,
): Promise<{ committed: ReadonlyMap<string, string>; seconds: number }> {
  const committed = new Map<string, string>();
  const total = rate * seconds;
  const startMs = performance.now();
  let next = 0;
  const worker = async (pool: pg.Pool, universe: number) => {
    const client = await pool.connect();
    try {
      for (let n = next++; n < total; n = next++) {
        const aheadMs = (n / rate) * 1_000 - (performance.now() - startMs);
        if (aheadMs > 1) await delay(aheadMs);
        const row = `${prefix}${n}`;
        const request = n % untaggedEach === 0 ? '' : `request-${row}`;
        // One message of several statements is one transaction.
        const tag = request === '' ? '' : `SELECT pg_logical_emit_message(true, 'chronos', '${request}'); `;
        await client.query(`${tag}${books.insert(universe, row)}`);
        committed.set(row, request);
      }
    } finally {
      client.release();
    }
  };
  await Promise.all(
    pools.flatMap((pool, universe) => Array.from({ length: connections }, () => worker(pool, universe))),
  );
  return { committed, seconds: (performance.now() - startMs) / 1_000 };
}

export function attributionTable(steps: readonly AttributionStep[]): string {
  const header = [
    'transactions/s',
    'committed/s',
    'tagged',
    'attributed',
    'share %',
    'untagged, told as tagged',
    'caught up ms',
    'holds',
  ];
  const rows = steps.map((step) => [
    step.rate_asked,
    step.rate_committed,
    step.tagged,
    step.attributed,
    step.share_percent.toFixed(3),
    step.untagged_told_as_tagged,
    step.caught_up_ms,
    step.holds ? 'yes' : 'no',
  ]);
  return table(header, rows);
}
