import type { Client } from 'pg';
import { openSql } from './open-sql.ts';

/** A connection for as long as `work` takes. */
export async function withSql<T>(url: string, work: (sql: Client) => Promise<T>): Promise<T> {
  const sql = await openSql(url);
  try {
    return await work(sql);
  } finally {
    await sql.end().catch(() => undefined);
  }
}
