import type pg from 'pg';

type Sql = Pick<pg.Client, 'query'>;

/**
 * Changes of a bank's schema: all of `work` or nothing, and no statement waits longer for a lock than nobody minds (3 s).
 *
 * @throws Error that names the table and who holds it, where a statement of {@link onTable} waited in vain
 */
export async function inTransaction<T>(sql: Sql, work: () => Promise<T>): Promise<T> {
  await sql.query('BEGIN');
  try {
    await sql.query(`SET LOCAL lock_timeout = '3s'`);
    const done = await work();
    await sql.query('COMMIT');
    return done;
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined);
    if (error instanceof TableLocked) throw new Error(await heldBy(sql, error), { cause: error });
    throw isLocked(error) ? new Error(`a table ${held}; ${remedy}`, { cause: error }) : error;
  }
}

/** Whom a statement waits for: `all`, also those that only read (ALTER TABLE, DROP TRIGGER), or `writers` (CREATE TRIGGER). */
export type WaitsFor = 'all' | 'writers';

/** A statement that locks this table, as SQL names it. */
export async function onTable<T>(table: string, waitsFor: WaitsFor, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isLocked(error) ? new TableLocked(table, waitsFor, error) : error;
  }
}

class TableLocked extends Error {
  override readonly name = 'TableLocked';
  readonly table: string;
  readonly waitsFor: WaitsFor;

  constructor(table: string, waitsFor: WaitsFor, cause: unknown) {
    super(`${table} is locked`, { cause });
    this.table = table;
    this.waitsFor = waitsFor;
  }
}

const held = 'is held by another transaction for more than 3 s; nothing was changed';
const remedy =
  'end it (SELECT * FROM pg_stat_activity WHERE xact_start IS NOT NULL), or try again when it is over';

/** Of the table and, where it has some, its partitions. Who that is may be told to roles of the server's own only. */
async function heldBy(sql: Sql, { table, waitsFor }: TableLocked): Promise<string> {
  const { rows } = await sql
    .query<{ pid: number | null; who: string }>(
      `SELECT l.pid, format('%s (%s, role %s, since %s)', coalesce('process ' || l.pid, 'a prepared transaction'), coalesce(nullif(a.application_name, ''), 'without a name'),
         coalesce(a.usename, '?'), coalesce(date_trunc('second', a.xact_start)::text, '?')) AS who
       FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
       WHERE l.granted AND l.pid IS DISTINCT FROM pg_backend_pid() AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND l.relation IN (SELECT $1::regclass UNION SELECT relid FROM pg_partition_tree($1::regclass))
         AND ($2 = 'all' OR l.mode NOT IN ('AccessShareLock', 'RowShareLock'))
       GROUP BY l.pid, a.application_name, a.usename, a.xact_start ORDER BY a.xact_start NULLS LAST LIMIT 4`,
      [table, waitsFor],
    )
    .catch(() => ({ rows: [] }));
  // Meanwhile it is over.
  if (rows.length === 0) return `${table} ${held} → try again`;
  const ends = rows.flatMap(({ pid }) => (pid === null ? [] : [`SELECT pg_terminate_backend(${pid})`]));
  const end = ends.length > 0 ? ends.join('; ') : 'SELECT * FROM pg_prepared_xacts';
  return `${table} is held for more than 3 s by ${rows.map(({ who }) => who).join(', ')}; nothing was changed → try again when it is over, or end it (${end})`;
}

/** SQLSTATE 55P03: not had within the lock timeout. */
function isLocked(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';
}
