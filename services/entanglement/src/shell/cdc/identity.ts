import pg from 'pg';
import type { TableName } from '../../core/change/source-event.ts';
import { inTransaction, onTable } from './in-transaction.ts';

/**
 * REPLICA IDENTITY FULL: the WAL gets whole rows as they were before each change. Of a partitioned table each partition has its own. Waits at
 * most so long for the lock, which nobody may hold in a bank's way.
 */
export async function setFullIdentity(sql: Pick<pg.Client, 'query'>, table: TableName): Promise<void> {
  await inTransaction(sql, () => makeFullIdentity(sql, table));
}

/** {@link setFullIdentity} within a transaction that is begun. */
export async function makeFullIdentity(sql: Pick<pg.Client, 'query'>, table: TableName): Promise<void> {
  const { rows } = await sql.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.oid IN (SELECT $1::regclass UNION SELECT relid FROM pg_partition_tree($1::regclass)) AND c.relreplident <> 'f'`,
    [sqlName(table)],
  );
  for (const row of rows)
    await onTable(sqlName(row), 'all', () => sql.query(`ALTER TABLE ${sqlName(row)} REPLICA IDENTITY FULL`));
}

/** Tables of these, and their partitions, with replica identity FULL. */
export async function fullIdentities(
  sql: Pick<pg.Client, 'query'>,
  tables: readonly TableName[],
): Promise<TableName[]> {
  const { rows } = await sql.query<TableName>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relreplident = 'f' AND c.oid IN (
       SELECT t.oid FROM unnest($1::text[]) named JOIN LATERAL (SELECT to_regclass(named) AS root) r ON true
       JOIN LATERAL (SELECT r.root AS oid UNION SELECT relid FROM pg_partition_tree(r.root)) t ON true)
     ORDER BY 1, 2`,
    [tables.map(sqlName)],
  );
  return rows;
}

export function sqlName({ schema, name }: TableName): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
}
