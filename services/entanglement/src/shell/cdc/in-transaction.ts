import type pg from 'pg';

/** Changes of a bank's schema: all of `work` or nothing, and no statement waits longer for a lock than nobody minds (3 s). */
export async function inTransaction<T>(sql: Pick<pg.Client, 'query'>, work: () => Promise<T>): Promise<T> {
  await sql.query('BEGIN');
  try {
    await sql.query(`SET LOCAL lock_timeout = '3s'`);
    const done = await work();
    await sql.query('COMMIT');
    return done;
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined);
    throw isLocked(error) ? new Error(locked, { cause: error }) : error;
  }
}

const locked =
  'another transaction holds a lock on a table for more than 3 s; nothing was changed → end it (SELECT * FROM pg_stat_activity WHERE xact_start IS NOT NULL), or try again when it is over';

/** SQLSTATE 55P03: not had within the lock timeout. */
function isLocked(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';
}
