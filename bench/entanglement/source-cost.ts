import { cpus } from 'node:os';
import { type Rig, startRig, until } from '@chronos/entanglement/testing/rig.ts';
import { runCommand } from '@chronos/local/run-command.ts';
import { findOnPath } from '@chronos/local/unprivileged.ts';
import pg from 'pg';
import { cpuMs } from '../capture/child.ts';
import { quantile, table } from '../table.ts';
import { childrenOf, postmasterOf, treeCpuMs } from './cpu.ts';
import { arrange, atStart, entanglement, modernTables, settings, type Way, ways } from './source-ways.ts';
import { type Load, pgbench, tpcb } from './tpcb.ts';

const caughtUpWithinMs = 120_000;
/** Of what the untouched database carries: a rate at which a core has time for both. */
const halfRate = 0.5;

export interface SourceCost {
  /** What made the load. */
  readonly load: string;
  /** The database and the load had a core to themselves, Chronos and its broker another. */
  readonly pinned: boolean;
  readonly rounds: number;
  /** As many transactions as it can. */
  readonly full: readonly WayCost[];
  /** Half as many as the untouched database carries. */
  readonly half: { readonly rate: number; readonly ways: readonly (WayCost & Latency)[] };
}

interface Latency {
  readonly p50_ms: number;
  readonly p99_ms: number;
}

interface WayCost {
  readonly way: string;
  readonly tps: number;
  /** Less than the first way in the same round, percent. */
  readonly cost_percent: { readonly p50: number; readonly least: number; readonly most: number };
  /** CPU for a transaction, microseconds: the database but for the walsender, the walsender, which decodes for Chronos, and the process that reads it. */
  readonly backends_us: number;
  readonly walsender_us: number;
  readonly chronos_us: number;
  /** More of the backends' than the first way in the same round, percent. */
  readonly backends_percent: number;
}

export interface SourceCostOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly note: (line: string) => void;
}

interface Measure {
  readonly tps: number;
  readonly latenciesMs: readonly number[];
  readonly backendsUs: number;
  readonly walsenderUs: number;
  readonly chronosUs: number;
}

/** A way at full speed, or at a rate. */
interface Turn {
  readonly way: Way;
  readonly isHalf: boolean;
}

/** TPC-B on a legacy database: each way once a round, in turn forward and backward, so that what drifts falls on all alike. */
export async function benchSourceCost({ rounds, seconds, note }: SourceCostOptions): Promise<SourceCost> {
  const program = await findOnPath('pgbench');
  const load = program === undefined ? tpcb : pgbench(program);
  const isPinned = (await findOnPath('taskset')) !== undefined && cpus().length > 1;
  if (program === undefined)
    note('no pgbench on PATH (Debian: postgresql-contrib): a TPC-B of our own instead');
  const [untouched] = ways;
  if (untouched === undefined) throw new Error('there is no way to hold the others against');
  const turns = ways.flatMap((way): Turn[] =>
    way === untouched || way.tag === 'with BEGIN' || (way.watched && way.tag === 'none')
      ? [
          { way, isHalf: false },
          { way, isHalf: true },
        ]
      : [{ way, isHalf: false }],
  );
  const rig = await startRig(
    entanglement,
    { legacy: 'SELECT 1', modern: modernTables },
    'pgoutput',
    settings,
  );
  const measured = new Map(turns.map((turn) => [turn, [] as Measure[]]));
  try {
    await load.prepare(rig.legacyUrl);
    await rig.legacy('ALTER TABLE pgbench_history ADD id bigserial PRIMARY KEY');
    await arrange(rig, atStart, untouched);
    // Fills caches; its rate says what half of it is.
    const { tps } = await measure(rig, load, untouched, { seconds, isPinned });
    const rate = Math.round(tps * halfRate);
    let standing = untouched;
    for (let round = 0; round < rounds; round += 1) {
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
        await arrange(rig, standing, turn.way);
        standing = turn.way;
        const limit = turn.isHalf ? rate : undefined;
        measured.get(turn)?.push(await measure(rig, load, turn.way, { seconds, isPinned, rate: limit }));
      }
      note(`round ${round + 1} of ${rounds}`);
    }
    const of = (isHalf: boolean) => [...measured].filter(([turn]) => turn.isHalf === isHalf);
    const costs = (turns: readonly (readonly [Turn, readonly Measure[]])[]) =>
      turns.map(([{ way }, figures]) => costOf(way, figures, turns[0]?.[1] ?? []));
    return {
      load: load.name,
      pinned: isPinned,
      rounds,
      full: costs(of(false)),
      half: {
        rate,
        ways: costs(of(true)).map((cost, at) => ({ ...cost, ...latencyOf(of(true)[at]?.[1] ?? []) })),
      },
    };
  } finally {
    await rig.close();
  }
}

function costOf(way: Way, figures: readonly Measure[], first: readonly Measure[]): WayCost {
  const median = (of: (measure: Measure) => number) => Math.round(quantile(figures.map(of), 0.5));
  const against = (of: (measure: Measure) => number) =>
    figures.map((each, round) => (of(each) / of(first[round] ?? each) - 1) * 100);
  const costs = against(({ tps }) => tps).map((more) => -more);
  return {
    way: way.name,
    tps: median(({ tps }) => tps),
    cost_percent: { p50: quantile(costs, 0.5), least: Math.min(...costs), most: Math.max(...costs) },
    backends_us: median(({ backendsUs }) => backendsUs),
    walsender_us: median(({ walsenderUs }) => walsenderUs),
    chronos_us: median(({ chronosUs }) => chronosUs),
    backends_percent: quantile(
      against(({ backendsUs }) => backendsUs),
      0.5,
    ),
  };
}

/** Of all rounds together. */
function latencyOf(figures: readonly Measure[]): Latency {
  const all = figures.flatMap(({ latenciesMs }) => latenciesMs);
  return { p50_ms: quantile(all, 0.5), p99_ms: quantile(all, 0.99) };
}

async function measure(
  rig: Rig,
  load: Load,
  way: Way,
  options: { readonly seconds: number; readonly isPinned: boolean; readonly rate?: number | undefined },
): Promise<Measure> {
  const { seconds, isPinned, rate } = options;
  const postmaster = await postmasterOf(rig.legacyUrl);
  if (isPinned) {
    for (const pid of [postmaster, ...(await childrenOf(postmaster))]) await pin(pid, 0);
    for (const pid of [rig.kafka().process.pid, rig.pid()]) if (pid !== undefined) await pin(pid, 1);
  }
  const walsender = await prepared(rig);
  const usedNow = async () => ({
    tree: await treeCpuMs(postmaster),
    walsender: walsender === undefined ? 0 : await cpuMs(walsender),
    chronos: way.watched ? await cpuMs(rig.pid() ?? 0) : 0,
  });
  const before = await usedNow();
  const core = isPinned ? 0 : undefined;
  const driven = await load.run(rig.legacyUrl, { seconds, tag: way.tag, core, rate });
  // What is still to be decoded belongs to these transactions.
  if (way.watched) await decoded(rig);
  const after = await usedNow();
  const walsenderMs = after.walsender - before.walsender;
  const each = (ms: number) => (ms * 1_000) / driven.transactions;
  return {
    tps: driven.tps,
    latenciesMs: driven.latenciesMs,
    backendsUs: each(after.tree - before.tree - walsenderMs),
    walsenderUs: each(walsenderMs),
    chronosUs: each(after.chronos - before.chronos),
  };
}

/**
 * Gives each measure the same start: a checkpoint (the full images of pages that follow one are each measure's own) and no dead rows of the one before.
 * Returns the process that decodes.
 */
async function prepared(rig: Rig): Promise<number | undefined> {
  const sql = new pg.Client({ connectionString: rig.legacySuperUrl });
  await sql.connect();
  try {
    await sql.query('VACUUM pgbench_branches, pgbench_tellers');
    await sql.query('CHECKPOINT');
    const { rows } = await sql.query<{ pid: number }>('SELECT pid FROM pg_stat_replication');
    return rows[0]?.pid;
  } finally {
    await sql.end();
  }
}

async function decoded(rig: Rig): Promise<void> {
  const lsn = (await rig.legacy('SELECT pg_current_wal_lsn()::text AS lsn')).rows[0].lsn;
  await until(
    'everything is decoded',
    async () =>
      (await rig.legacy(`SELECT bool_and(confirmed_flush_lsn >= '${lsn}') AS done FROM pg_replication_slots`))
        .rows[0].done === true,
    caughtUpWithinMs,
  );
}

async function pin(pid: number, core: number): Promise<void> {
  // A process may have ended since it was listed.
  await runCommand('taskset', ['-a', '-c', '-p', String(core), String(pid)]).catch(() => undefined);
}

export function sourceCostTable({ load, pinned, rounds, full, half }: SourceCost): string {
  const where = pinned
    ? 'the database and its load on one core, Chronos and Kafka on another'
    : 'everything on the same cores';
  const isFirst = (way: string) => way === full[0]?.way;
  const signed = (percent: number) => `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
  const cpu = (way: WayCost) => [
    way.backends_us,
    isFirst(way.way) ? '' : signed(way.backends_percent),
    way.walsender_us === 0 ? '' : way.walsender_us,
    way.chronos_us === 0 ? '' : way.chronos_us,
  ];
  const rows = full.map((each) => {
    const { p50, least, most } = each.cost_percent;
    const cost = isFirst(each.way) ? '' : `${signed(-p50)} (${signed(-least)} to ${signed(-most)})`;
    return [each.way, each.tps, cost, ...cpu(each)];
  });
  const used = ["backends' CPU µs each", 'more', "walsender's", 'Chronos’'];
  const header = ['', 'transactions/s', 'cost', ...used];
  const latencies = half.ways.map((each) => [
    each.way,
    each.tps,
    each.p50_ms.toFixed(2),
    each.p99_ms.toFixed(2),
    ...cpu(each),
  ]);
  return `${load}, ${rounds} rounds; ${where}
${table(header, rows)}

at ${half.rate} transactions/s, half of what it carries
${table(['', 'transactions/s', 'p50 ms', 'p99 ms', ...used], latencies)}`;
}
