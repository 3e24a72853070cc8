import { cpus } from 'node:os';
import type { JsonObject } from '@bufbuild/protobuf';
import { type Rig, startRig, until } from '@chronos/entanglement/testing/rig.ts';
import { runCommand } from '@chronos/local/run-command.ts';
import { findOnPath } from '@chronos/local/unprivileged.ts';
import { quantile, table } from '../table.ts';
import { childrenOf, postmasterOf, treeCpuMs } from './cpu.ts';
import { type Load, pgbench, tpcb } from './tpcb.ts';

const caughtUpWithinMs = 120_000;
/** As a bank runs it: synchronous, with a cache that holds the tables. */
const settings = {
  fsync: 'on',
  shared_buffers: '384MB',
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
};
const names = ['accounts', 'tellers', 'branches', 'history'] as const;
const columns = {
  accounts: ['aid', 'bid', 'abalance'],
  tellers: ['tid', 'bid', 'tbalance'],
  branches: ['bid', 'bbalance'],
  history: ['id', 'tid', 'bid', 'aid', 'delta'],
} as const;

const entanglement: JsonObject = {
  retained_wal_max_mib: 8192,
  entities: names.map((name) => ({
    name,
    legacy: { table: `pgbench_${name}` },
    modern: { table: name },
    key: [columns[name][0]],
    fields: columns[name].map((column) => ({ name: column, legacy: column, modern: column })),
  })),
};
const modernTables = names
  .map((name) => {
    const [key, ...others] = columns[name];
    return `CREATE TABLE ${name} (${key} bigint PRIMARY KEY, ${others.map((column) => `${column} integer`).join(', ')})`;
  })
  .join('; ');

export interface SourceCost {
  /** What made the load. */
  readonly load: string;
  /** The database and the load had a core to themselves, Chronos and its broker another. */
  readonly pinned: boolean;
  readonly rounds: number;
  readonly without_tps: number;
  readonly with_tps: number;
  /** Of each pair of neighbours: transactions a second lost, percent. */
  readonly cost_percent: { readonly p50: number; readonly least: number; readonly most: number };
  /** CPU of the database for a transaction, microseconds, its decoding included. */
  readonly without_cpu_us: number;
  readonly with_cpu_us: number;
}

export interface SourceCostOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly note: (line: string) => void;
}

interface Measure {
  readonly tps: number;
  readonly cpuUs: number;
}

/**
 * TPC-B on a legacy database, in turns as it was before Chronos (wal_level replica, no slot, no tag) and watched (logical, full replica identity, slot,
 * heartbeats, a tag in each transaction, all four tables captured).
 */
export async function benchSourceCost({ rounds, seconds, note }: SourceCostOptions): Promise<SourceCost> {
  const program = await findOnPath('pgbench');
  const load = program === undefined ? tpcb : pgbench(program);
  const isPinned = (await findOnPath('taskset')) !== undefined && cpus().length > 1;
  if (program === undefined)
    note('no pgbench on PATH (Debian: postgresql-contrib): a TPC-B of our own instead');
  const rig = await startRig(
    entanglement,
    { legacy: 'SELECT 1', modern: modernTables },
    'pgoutput',
    settings,
  );
  const pairs: { without: Measure; with: Measure }[] = [];
  try {
    await load.prepare(rig.legacyUrl);
    await rig.legacy('ALTER TABLE pgbench_history ADD id bigserial PRIMARY KEY');
    for (let round = 0; round <= rounds; round += 1) {
      // Round 0 fills caches and is not counted.
      const without = await unwatched(rig, load, seconds, isPinned);
      const watching = await watched(rig, load, seconds, isPinned);
      if (round === 0) continue;
      pairs.push({ without, with: watching });
      note(`round ${round} of ${rounds}: ${without.tps.toFixed(0)} without, ${watching.tps.toFixed(0)} with`);
    }
  } finally {
    await rig.close();
  }
  const costs = pairs.map((pair) => (1 - pair.with.tps / pair.without.tps) * 100);
  const median = (of: (pair: (typeof pairs)[number]) => number) => Math.round(quantile(pairs.map(of), 0.5));
  return {
    load: load.name,
    pinned: isPinned,
    rounds,
    without_tps: median((pair) => pair.without.tps),
    with_tps: median((pair) => pair.with.tps),
    cost_percent: { p50: quantile(costs, 0.5), least: Math.min(...costs), most: Math.max(...costs) },
    without_cpu_us: median((pair) => pair.without.cpuUs),
    with_cpu_us: median((pair) => pair.with.cpuUs),
  };
}

async function unwatched(rig: Rig, load: Load, seconds: number, isPinned: boolean): Promise<Measure> {
  await rig.kill('SIGTERM');
  await rig.legacy('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots');
  const published = await rig.legacy('SELECT pubname AS name FROM pg_publication');
  for (const { name } of published.rows) await rig.legacy(`DROP PUBLICATION "${name}"`);
  for (const name of names) await rig.legacy(`ALTER TABLE pgbench_${name} REPLICA IDENTITY DEFAULT`);
  await rig.restartLegacy({ ...settings, wal_level: 'replica' });
  return measured(rig, load, { seconds, isTagged: false, isPinned });
}

async function watched(rig: Rig, load: Load, seconds: number, isPinned: boolean): Promise<Measure> {
  await rig.restartLegacy(settings);
  await rig.start();
  await rig.streaming();
  return measured(rig, load, { seconds, isTagged: true, isPinned });
}

async function measured(
  rig: Rig,
  load: Load,
  { seconds, isTagged, isPinned }: { seconds: number; isTagged: boolean; isPinned: boolean },
): Promise<Measure> {
  const postmaster = await postmasterOf(rig.legacyUrl);
  if (isPinned) {
    for (const pid of [postmaster, ...(await childrenOf(postmaster))]) await pin(pid, 0);
    for (const pid of [rig.kafka().process.pid, rig.pid()]) if (pid !== undefined) await pin(pid, 1);
  }
  // Its start was a crash recovery, which ends with a checkpoint: the full images that follow one are each measure's own.
  const before = await treeCpuMs(postmaster);
  const { transactions, tps } = await load.run(rig.legacyUrl, {
    seconds,
    isTagged,
    core: isPinned ? 0 : undefined,
  });
  // What is still to be decoded belongs to these transactions.
  if (isTagged) await decoded(rig);
  const cpuUs = (((await treeCpuMs(postmaster)) - before) * 1_000) / transactions;
  return { tps, cpuUs };
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

export function sourceCostTable(figures: SourceCost): string {
  const { p50, least, most } = figures.cost_percent;
  const cpu = (figures.with_cpu_us / figures.without_cpu_us - 1) * 100;
  const where = figures.pinned
    ? 'the database and its load on one core, Chronos and Kafka on another'
    : 'everything on the same cores';
  const head = `${figures.load}, ${figures.rounds} pairs; ${where}`;
  const rows = [
    [
      'transactions/s',
      figures.without_tps,
      figures.with_tps,
      `−${p50.toFixed(1)} % (${least.toFixed(1)} to ${most.toFixed(1)})`,
    ],
    ["database's CPU µs a transaction", figures.without_cpu_us, figures.with_cpu_us, `+${cpu.toFixed(1)} %`],
  ];
  return `${head}\n${table(['', 'without Chronos', 'with', 'cost'], rows)}`;
}
