import type { Client } from 'pg';
import pg from 'pg';
import { parseLsn } from '../../core/change/lsn.ts';
import type { TableName } from '../../core/change/source-event.ts';
import { sqlName } from './identity.ts';
import type { SerialSql } from './serial-sql.ts';

type Sql = Pick<Client, 'query'>;

export interface SlotMeasure {
  /** WAL that the database keeps because of the slot. */
  readonly retainedBytes: number;
  /** WAL written since what was confirmed. */
  readonly behindBytes: number;
  readonly confirmedLsn: bigint;
}

/** How the comment of a publication begins that Chronos made; its slot's name follows. */
export const publicationMark = 'made by Chronos for slot ';

/** Exactly these tables, none that inherit from them, with all their changes. Row by row of a partitioned table as if it were one. */
export async function ensurePublication(
  sql: Sql,
  name: string,
  {
    exists,
    tables,
    missing,
    slot,
    generated = false,
  }: {
    readonly exists: boolean;
    readonly tables: readonly TableName[];
    readonly missing: readonly TableName[];
    /** Which slot it is made for: said in its comment. */
    readonly slot: string;
    /** Stored generated columns are told: what only Postgres 18 and later can. */
    readonly generated?: boolean;
  },
): Promise<void> {
  const publication = pg.escapeIdentifier(name);
  if (!exists)
    // One transaction: never one of ours without our mark. Generated columns, lest a table with replica identity FULL refuses its own writes, also one
    // that gets such a column later.
    await sql.query(
      `CREATE PUBLICATION ${publication} FOR TABLE ${tables.map(only).join(', ')}
         WITH (publish_via_partition_root = true${generated ? ', publish_generated_columns = stored' : ''});
       COMMENT ON PUBLICATION ${publication} IS ${pg.escapeLiteral(`${publicationMark}${slot}`)}`,
    );
  else if (missing.length > 0)
    await sql.query(`ALTER PUBLICATION ${publication} ADD TABLE ${missing.map(only).join(', ')}`);
}

/** Without it tables that inherit are published too, and those without a key then refuse their own updates. */
function only(table: TableName): string {
  return `ONLY ${sqlName(table)}`;
}

/** Waits for the transactions that are open at this moment: a consistent start needs their end. Returns where it starts. */
export async function createSlot(sql: Sql, name: string): Promise<bigint> {
  const { rows } = await sql.query<{ lsn: string }>(
    `SELECT lsn::text FROM pg_create_logical_replication_slot($1, 'pgoutput')`,
    [name],
  );
  return parseLsn(rows[0]?.lsn ?? '0/0');
}

/** Slots' names are the server's, the slots are a database's: only of the one that is meant is any measured, or dropped. */
const ofThisDatabase = 'FROM pg_replication_slots WHERE slot_name = $1 AND database = current_database()';

/** Ends whoever reads it, and removes it; true when this database had one. */
export async function dropSlot(sql: Sql, name: string): Promise<boolean> {
  await sql.query(`SELECT pg_terminate_backend(active_pid) ${ofThisDatabase} AND active_pid IS NOT NULL`, [
    name,
  ]);
  for (let attempt = 1; ; attempt++) {
    try {
      const { rowCount } = await sql.query(`SELECT pg_drop_replication_slot(slot_name) ${ofThisDatabase}`, [
        name,
      ]);
      return (rowCount ?? 0) > 0;
    } catch (error) {
      // Still active: the reader's process takes a moment to end.
      if (!isInUse(error) || attempt === 20) throw error;
      await sql.query('SELECT pg_sleep(0.1)');
    }
  }
}

/** Removes it if Chronos made it; false when there is none of ours. */
export async function dropPublication(sql: Sql, name: string): Promise<boolean> {
  if ((await slotOfPublication(sql, name)) === undefined) return false;
  await sql.query(`DROP PUBLICATION IF EXISTS ${pg.escapeIdentifier(name)}`);
  return true;
}

export async function hasPublication(sql: Sql, name: string): Promise<boolean> {
  const { rows } = await sql.query('SELECT FROM pg_publication WHERE pubname = $1', [name]);
  return rows.length > 0;
}

/** For which slot Chronos made this publication; undefined: it is none of ours. */
export async function slotOfPublication(sql: Sql, name: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ comment: string | null }>(
    `SELECT obj_description(oid, 'pg_publication') AS comment FROM pg_publication WHERE pubname = $1`,
    [name],
  );
  const comment = rows[0]?.comment ?? '';
  return comment.startsWith(publicationMark) ? comment.slice(publicationMark.length) : undefined;
}

/** Undefined when this database has no such slot. */
export async function measureSlot(
  sql: Pick<SerialSql, 'query'>,
  name: string,
): Promise<SlotMeasure | undefined> {
  const { rows } = await sql.query<{ retained: string; behind: string; confirmed: string | null }>(
    `SELECT coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::text AS retained,
       coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn), 0)::text AS behind, confirmed_flush_lsn::text AS confirmed
     ${ofThisDatabase}`,
    [name],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    retainedBytes: Number(row.retained),
    behindBytes: Number(row.behind),
    confirmedLsn: parseLsn(row.confirmed ?? '0/0'),
  };
}

/** Whose a slot of this name is, on the whole server: this database (`isHere`), another one, or none (a physical slot). */
export async function databaseOfSlot(
  sql: Sql,
  name: string,
): Promise<{ readonly database: string | undefined; readonly isHere: boolean } | undefined> {
  const { rows } = await sql.query<{ database: string | null; here: boolean | null }>(
    'SELECT database, database = current_database() AS here FROM pg_replication_slots WHERE slot_name = $1',
    [name],
  );
  const [row] = rows;
  return row && { database: row.database ?? undefined, isHere: row.here === true };
}

/** Who the server is, and its timeline: another after a failover, or when it was brought back to an earlier moment. */
export async function readServer(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ server: string }>(
    `SELECT system_identifier || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS server FROM pg_control_system()`,
  );
  return rows[0]?.server ?? '';
}

/** SQLSTATE 55006: somebody reads the slot. */
export function isInUse(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '55006';
}
