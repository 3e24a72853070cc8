import { parseLsn } from '../../core/change/lsn.ts';
import { type Column, type TableName, tableText } from '../../core/change/source-event.ts';
import type { SerialSql } from './serial-sql.ts';

export interface Columns {
  readonly columns: Map<string, readonly Column[]>;
  /** Where the WAL stood when they were read. */
  readonly lsn: bigint;
}

/** The tables' columns as any publication tells them: without generated ones. The position is read first: a change after it is told again. */
export async function readColumns(sql: SerialSql, tables: readonly TableName[]): Promise<Columns> {
  const { rows: positions } = await sql.query<{ lsn: string }>(
    'SELECT pg_current_wal_insert_lsn()::text AS lsn',
  );
  const { rows } = await sql.query<{ table_name: string; columns: Column[] }>(
    `SELECT n.nspname || '.' || c.relname AS table_name,
       json_agg(json_build_object('name', a.attname, 'typeId', a.atttypid::bigint) ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname || '.' || c.relname = ANY($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY 1`,
    [tables.map(tableText)],
  );
  return {
    columns: new Map(rows.map(({ table_name, columns }) => [table_name, columns])),
    lsn: parseLsn(positions[0]?.lsn ?? '0/0'),
  };
}

/** Names of the generated columns, by table: a publication tells the stored ones if it is to. */
export async function readGeneratedNames(
  sql: SerialSql,
  tables: readonly TableName[],
): Promise<Map<string, ReadonlySet<string>>> {
  const { rows } = await sql.query<{ table_name: string; names: string[] }>(
    `SELECT n.nspname || '.' || c.relname AS table_name, array_agg(a.attname::text) AS names
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname || '.' || c.relname = ANY($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated <> '' GROUP BY 1`,
    [tables.map(tableText)],
  );
  return new Map(rows.map(({ table_name, names }) => [table_name, new Set(names)]));
}
