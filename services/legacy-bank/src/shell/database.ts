import { openLog } from '@chronos/observability/log.ts';
import { outliveLostConnections } from '@chronos/observability/lost-connections.ts';
import { recordSql } from '@chronos/observability/sql-spans.ts';
import pg from 'pg';

const log = openLog('legacy-bank');
const CONNECTIONS_MAX = 8;
const STATEMENT_TIMEOUT_MS = 5_000;

/** Anything that runs SQL: the pool, or the connection of a transaction. */
export type Sql = Pick<pg.ClientBase, 'query'>;

export function openPool(databaseUrl: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'legacy-bank',
  });
  outliveLostConnections(pool, (error) => {
    if (!pool.ending) log.warn({ err: error }, 'database connection lost');
  });
  recordSql(pool);
  return pool;
}

/** Runs `work` in one transaction: committed with its result, rolled back with its error. */
export async function inTransaction<T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
