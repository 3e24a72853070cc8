/** How a database may stand to Chronos, from untouched to watched, and how it gets from one to the other. */
import type { JsonObject } from '@bufbuild/protobuf';
import { installTriggers, removeTriggers } from '@chronos/entanglement/shell/attribution/install.ts';
import type { Rig } from '@chronos/entanglement/testing/rig.ts';
import pg from 'pg';
import type { Tag } from './tpcb.ts';

/** As a bank runs it: synchronous, with a cache that holds the tables. */
export const settings = {
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

export const entanglement: JsonObject = {
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

export const modernTables = names
  .map((name) => {
    const [key, ...others] = columns[name];
    return `CREATE TABLE ${name} (${key} bigint PRIMARY KEY, ${others.map((column) => `${column} integer`).join(', ')})`;
  })
  .join('; ');

export interface Standing {
  readonly walLevel: 'replica' | 'logical';
  readonly replicaIdentity: 'default' | 'full';
  /** Slot, publication, heartbeats, and Chronos reads. */
  readonly watched: boolean;
  /** Of attribution by the SQL's comments. */
  readonly triggers: boolean;
}

export interface Way extends Standing {
  readonly name: string;
  readonly tag: Tag;
}

const untouched = {
  walLevel: 'replica',
  replicaIdentity: 'default',
  watched: false,
  triggers: false,
} as const;
const prepared = { ...untouched, walLevel: 'logical', replicaIdentity: 'full' } as const;
const watched = { ...prepared, watched: true } as const;

/** Each with one thing more than one before it; the first is what the others are held against. */
export const ways: readonly Way[] = [
  { name: 'without Chronos', tag: 'none', ...untouched },
  { name: 'wal_level logical', tag: 'none', ...untouched, walLevel: 'logical' },
  { name: '… and replica identity full', tag: 'none', ...prepared },
  { name: 'watched, not tagged', tag: 'none', ...watched },
  { name: 'watched, tagged with BEGIN', tag: 'with BEGIN', ...watched },
  { name: 'watched, tagged by a statement', tag: 'own statement', ...watched },
  { name: 'watched, told by comments', tag: 'comments', ...watched, triggers: true },
];

/** How the rig's legacy database stands when it has just been started. */
export const atStart: Standing = { ...untouched, walLevel: 'logical' };

/** Brings the legacy database from one standing to another. */
export async function arrange(rig: Rig, from: Standing, to: Standing): Promise<void> {
  if (from.triggers && !to.triggers) await withSql(rig, (sql) => removeTriggers(sql));
  if (from.watched && !to.watched) await unwatch(rig);
  if (from.walLevel !== to.walLevel) await rig.reconfigureLegacy({ ...settings, wal_level: to.walLevel });
  if (from.replicaIdentity !== to.replicaIdentity)
    for (const name of names)
      await rig.legacy(`ALTER TABLE pgbench_${name} REPLICA IDENTITY ${to.replicaIdentity}`);
  if (to.watched && !from.watched) {
    await rig.start();
    await rig.streaming();
  }
  // A capture that finds the triggers when it begins waits a second for each trace's request, and there are none here.
  if (to.triggers && !from.triggers)
    await withSql(rig, (sql) =>
      installTriggers(
        sql,
        names.map((name) => ({ schema: 'public', name: `pgbench_${name}` })),
        'chronos-comment',
      ),
    );
}

async function unwatch(rig: Rig): Promise<void> {
  await rig.kill('SIGTERM');
  await rig.legacy('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots');
  const { rows } = await rig.legacy('SELECT pubname AS name FROM pg_publication');
  for (const { name } of rows) await rig.legacy(`DROP PUBLICATION "${name}"`);
}

async function withSql(rig: Rig, work: (sql: pg.Client) => Promise<unknown>): Promise<void> {
  const sql = new pg.Client({ connectionString: rig.legacyUrl });
  await sql.connect();
  try {
    await work(sql);
  } finally {
    await sql.end();
  }
}
