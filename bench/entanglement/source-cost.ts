import { cpus } from 'node:os';
import type { JsonObject } from '@bufbuild/protobuf';
import { type Rig, startRig, until } from '@chronos/entanglement/testing/rig.ts';
import { runCommand } from '@chronos/local/run-command.ts';
import { findOnPath } from '@chronos/local/unprivileged.ts';
import { quantile, table } from '../table.ts';
import { childrenOf, postmasterOf, treeCpuMs } from './cpu.ts';
import { type Load, type LoadOptions, pgbench, tpcb } from './tpcb.ts';

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
  // No arbiter judges here: what it did not judge within a minute would be made equal.
  repair: 'REPAIR_POLICY_REPORT',
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

/** The first is what the others are held against. */
const ways = {
  'without Chronos': undefined,
  'watched, not tagged': 'none',
  'watched, tagged with BEGIN': 'with BEGIN',
  'watched, tagged by a statement': 'own statement',
} as const;
type Way = keyof typeof ways;
const without: Way = 'without Chronos';

export interface SourceCost {
  /** What made the load. */
  readonly load: string;
  /** The database and the load had a core to themselves, Chronos and its broker another. */
  readonly pinned: boolean;
  readonly rounds: number;
  readonly ways: readonly {
    readonly way: Way;
    readonly tps: number;
    /** Less than without Chronos in the same round, percent. */
    readonly cost_percent: { readonly p50: number; readonly least: number; readonly most: number };
    /** CPU of the database for a transaction, microseconds, its decoding included. */
    readonly cpu_us: number;
  }[];
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
 * heartbeats, all four tables captured).
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
  const measures: Record<Way, Measure>[] = [];
  try {
    await load.prepare(rig.legacyUrl);
    await rig.legacy('ALTER TABLE pgbench_history ADD id bigserial PRIMARY KEY');
    for (let round = 0; round <= rounds; round += 1) {
      const measured = await oneRound(rig, load, seconds, isPinned);
      // Round 0 fills caches and is not counted.
      if (round === 0) continue;
      measures.push(measured);
      note(`round ${round} of ${rounds}`);
    }
  } finally {
    await rig.close();
  }
  const figures = (Object.keys(ways) as Way[]).map((way) => {
    const median = (of: (measure: Measure) => number) =>
      Math.round(
        quantile(
          measures.map((each) => of(each[way])),
          0.5,
        ),
      );
    const costs = measures.map((each) => (1 - each[way].tps / each[without].tps) * 100);
    return {
      way,
      tps: median(({ tps }) => tps),
      cost_percent: { p50: quantile(costs, 0.5), least: Math.min(...costs), most: Math.max(...costs) },
      cpu_us: median(({ cpuUs }) => cpuUs),
    };
  });
  return { load: load.name, pinned: isPinned, rounds, ways: figures };
}

async function oneRound(
  rig: Rig,
  load: Load,
  seconds: number,
  isPinned: boolean,
): Promise<Record<Way, Measure>> {
  const of = (tag: LoadOptions['tag']) => measured(rig, load, { seconds, tag, isPinned });
  await unwatch(rig);
  const before = await of('none');
  await watch(rig);
  return {
    'without Chronos': before,
    'watched, not tagged': await of('none'),
    'watched, tagged with BEGIN': await of('with BEGIN'),
    'watched, tagged by a statement': await of('own statement'),
  };
}

async function unwatch(rig: Rig): Promise<void> {
  await rig.kill('SIGTERM');
  await rig.legacy('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots');
  const published = await rig.legacy('SELECT pubname AS name FROM pg_publication');
  for (const { name } of published.rows) await rig.legacy(`DROP PUBLICATION "${name}"`);
  for (const name of names) await rig.legacy(`ALTER TABLE pgbench_${name} REPLICA IDENTITY DEFAULT`);
  await rig.reconfigureLegacy({ ...settings, wal_level: 'replica' });
}

async function watch(rig: Rig): Promise<void> {
  await rig.reconfigureLegacy(settings);
  await rig.start();
  await rig.streaming();
}

async function measured(
  rig: Rig,
  load: Load,
  { seconds, tag, isPinned }: Pick<LoadOptions, 'seconds' | 'tag'> & { isPinned: boolean },
): Promise<Measure> {
  const postmaster = await postmasterOf(rig.legacyUrl);
  if (isPinned) {
    for (const pid of [postmaster, ...(await childrenOf(postmaster))]) await pin(pid, 0);
    for (const pid of [rig.kafka().process.pid, rig.pid()]) if (pid !== undefined) await pin(pid, 1);
  }
  // It was just stopped, with a checkpoint: the full images that follow one are each measure's own.
  const before = await treeCpuMs(postmaster);
  const { transactions, tps } = await load.run(rig.legacyUrl, {
    seconds,
    tag,
    core: isPinned ? 0 : undefined,
  });
  // What is still to be decoded belongs to these transactions.
  if (rig.pid() !== undefined) await decoded(rig);
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

export function sourceCostTable({ load, pinned, rounds, ways: figures }: SourceCost): string {
  const where = pinned
    ? 'the database and its load on one core, Chronos and Kafka on another'
    : 'everything on the same cores';
  const rows = figures.map(({ way, tps, cost_percent: { p50, least, most }, cpu_us }) => [
    way,
    tps,
    way === without ? '' : `−${p50.toFixed(1)} % (${least.toFixed(1)} to ${most.toFixed(1)})`,
    cpu_us,
    way === without ? '' : `+${((cpu_us / (figures[0]?.cpu_us ?? 1) - 1) * 100).toFixed(1)} %`,
  ]);
  const header = ['', 'transactions/s', 'cost', "database's CPU µs each", 'more'];
  return `${load}, ${rounds} rounds; ${where}\n${table(header, rows)}`;
}
