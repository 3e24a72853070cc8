import { setTimeout as delay } from 'node:timers/promises';
import { create, fromJson } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import { HomeHistory } from '@chronos/entanglement/core/repair/home-history.ts';
import { noPairs } from '@chronos/entanglement/shell/identifiers/pair-source.ts';
import { MigrationRepairs } from '@chronos/entanglement/shell/repair/migration-repairs.ts';
import { repairDatabase } from '@chronos/entanglement/shell/repair/repair-database.ts';
import { RepairStore } from '@chronos/entanglement/shell/repair/repair-store.ts';
import { entanglementSchema } from '@chronos/entanglement/shell/store/capture-store.ts';
import { withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { MigrationStateSchema, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Operation, WatermarkSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { UnattributedChangeSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import pg from 'pg';
import { cpuMs } from '../capture/child.ts';
import { table } from '../table.ts';
import { postmasterOf, treeCpuMs } from './cpu.ts';
import { declared, tables } from './verification.ts';

/** As the capture sends them while a database is at work. */
const heartbeatMs = 100;

/** What modern's table holds when legacy's batch of unknown extent is carried over. */
type Before = 'emptied' | 'changed';

export interface CarryOver {
  readonly before: Before;
  readonly rows: number;
  readonly seconds: number;
  readonly rows_per_second: number;
  /** CPU for a thousand rows, milliseconds. */
  readonly cpu_a_thousand: { readonly legacy: number; readonly modern: number; readonly chronos: number };
}

/** Rows of one entity that are carried over in the background, after changes of which no rows are known: all of them missing, or all different. */
export async function benchCarryOver(rows: number, note: (line: string) => void): Promise<CarryOver[]> {
  const settings = { shared_buffers: '256MB', max_wal_size: '4GB', fsync: 'on', synchronous_commit: 'on' };
  const clusters = await Promise.all([withPostgres({ settings }), withPostgres({ settings })]);
  const [legacy, modern] = clusters.map(({ url }) => new pg.Pool({ connectionString: url, max: 2 })) as [
    pg.Pool,
    pg.Pool,
  ];
  // Its end comes while a connection says goodbye.
  for (const pool of [legacy, modern]) pool.on('error', () => undefined);
  const own = new Database(clusters[1].url);
  try {
    await migrateSchema(own, entanglementSchema);
    await legacy.query(tables.legacy(rows));
    await modern.query(tables.modern(rows));
    await Promise.all([legacy.query('VACUUM ANALYZE konto'), modern.query('VACUUM ANALYZE accounts')]);
    const results: CarryOver[] = [];
    for (const before of ['emptied', 'changed'] as const) {
      await modern.query(
        before === 'emptied' ? 'TRUNCATE accounts' : 'UPDATE accounts SET balance = balance + 1',
      );
      await modern.query('VACUUM ANALYZE accounts');
      const postmasters = [await postmasterOf(clusters[0].url), await postmasterOf(clusters[1].url)];
      const used = () => Promise.all([...postmasters.map(treeCpuMs), cpuMs(process.pid)]);
      const [cpuBefore, begunMs] = [await used(), performance.now()];
      await carryOver({ legacy: clusters[0].url, modern: clusters[1].url }, own, before, results.length);
      const seconds = (performance.now() - begunMs) / 1_000;
      const [l = 0, m = 0, c = 0] = (await used()).map(
        (ms, at) => ((ms - (cpuBefore[at] ?? 0)) / rows) * 1_000,
      );
      const { rows: left } = await modern.query<{ wrong: string }>(
        'SELECT count(*)::text AS wrong FROM accounts WHERE balance <> (id * 37 % 100000000) / 100.0',
      );
      const there = Number((await modern.query('SELECT count(*)::int AS n FROM accounts')).rows[0].n);
      if (left[0]?.wrong !== '0' || there !== rows)
        throw new Error(`${there} rows, ${left[0]?.wrong} of them wrong`);
      results.push({
        before,
        rows,
        seconds,
        rows_per_second: Math.round(rows / seconds),
        cpu_a_thousand: { legacy: l, modern: m, chronos: c },
      });
      note(`${before}: ${Math.round(rows / seconds)} rows/s`);
    }
    return results;
  } finally {
    await Promise.all([legacy.end(), modern.end(), own.close()]);
    await Promise.all(clusters.map((cluster) => cluster.dispose()));
  }
}

/** The reconciler of a migration in shadow, told of it as the arbiter tells. */
async function carryOver(
  urls: { readonly legacy: string; readonly modern: string },
  own: Database,
  before: Before,
  lsn: number,
): Promise<void> {
  const name = 'books';
  const state = create(MigrationStateSchema, {
    spec: { name, entanglement: fromJson(EntanglementSchema, declared) },
    groups: [{ name: 'all', stage: Stage.SHADOW }],
  });
  const repairs = new MigrationRepairs(
    {
      state,
      homes: new HomeHistory([
        { group: 'all', from: undefined, to: Stage.SHADOW, atMs: Date.now() - 1_000_000, ackMs: 0 },
      ]),
    },
    {
      name,
      store: new RepairStore(own, name),
      partitions: 1,
      openCopy: async () => undefined,
      unread: async () => [],
      databases: {
        legacy: repairDatabase(urls.legacy, 'legacy'),
        modern: repairDatabase(urls.modern, 'modern'),
      },
      pairsOf: () => noPairs,
      mask: (text) => text,
      count: () => undefined,
      log: () => undefined,
    },
  );
  let offset = 0n;
  const beating = setInterval(() => {
    const watermark = create(WatermarkSchema, { emittedAt: timestampFromMs(Date.now()) });
    for (const universe of [Universe.LEGACY, Universe.MODERN])
      repairs.changed(
        { migration: name, universe, what: { case: 'watermark', value: watermark } },
        { partition: 0, offset: offset++ },
      );
  }, heartbeatMs);
  try {
    repairs.start();
    repairs.unattributed(
      create(UnattributedChangeSchema, {
        migration: name,
        universe: before === 'emptied' ? Universe.MODERN : Universe.LEGACY,
        commitLsn: BigInt(lsn + 1),
        committedAt: timestampFromMs(Date.now()),
        changes: [
          { entity: 'account', op: before === 'emptied' ? Operation.TRUNCATE : Operation.UNSPECIFIED },
        ],
        moreChanges: before === 'emptied' ? 0n : 1_000_000n,
      }),
    );
    while (repairs.figures.open + repairs.figures.outstanding > 0) await delay(20);
  } finally {
    clearInterval(beating);
    await repairs.stop();
  }
}

export function carryOverTable(figures: readonly CarryOver[]): string {
  return table(
    ['modern’s rows', 'rows', 'rows/s', 'CPU ms a thousand: legacy', 'modern', 'process'],
    figures.map(({ before, rows, rows_per_second, cpu_a_thousand: { legacy, modern, chronos } }) => [
      before === 'emptied' ? 'are missing' : 'are different',
      rows,
      rows_per_second,
      legacy.toFixed(1),
      modern.toFixed(1),
      chronos.toFixed(1),
    ]),
  );
}
