import type { DatabaseSync } from 'node:sqlite';
import { quoted } from '../../../core/change/sqlite/log-schema.ts';
import type { Catalog, Column, NativeKind, Table } from '../../../core/mapping/catalog.ts';
import { tableName } from '../../../core/mapping/catalog.ts';

/** `hidden` of table_xinfo (https://sqlite.org/pragma.html#pragma_table_xinfo): this of a virtual table's, more of generated columns, which table_info leaves out. */
const hiddenVirtual = 1;

/**
 * What the file says of these tables, as Postgres' catalogue is read. Columns are of what their declared type stands for
 * (https://sqlite.org/datatype3.html, section 3.1): whole numbers, text and bytes; REAL and NUMERIC have no text that is the value's own, so that they
 * cannot be compared exactly.
 */
export function readSqliteCatalog(database: DatabaseSync, tables: readonly string[]): Catalog {
  return new Map(
    tables.flatMap((id): [string, Table][] => {
      const { schema, table } = tableName(id);
      const columns = database
        .prepare(`PRAGMA table_xinfo(${quoted(table)})`)
        .all()
        .filter(({ hidden }) => Number(hidden) !== hiddenVirtual);
      if (columns.length === 0) return [];
      const collation = collationOf(database, table);
      const key = columns.filter(({ pk }) => Number(pk) > 0).toSorted((a, b) => Number(a.pk) - Number(b.pk));
      return [
        [
          id,
          {
            schema,
            name: table,
            columns: new Map(
              columns.map((column) => [String(column.name), columnOf(column, collation, key.length)]),
            ),
            uniqueKeys: [
              ...(key.length > 0 ? [key.map(({ name }) => String(name))] : []),
              ...uniqueIndexes(database, table),
            ],
            rows: Number(database.prepare(`SELECT count(*) AS rows FROM ${quoted(table)}`).get()?.rows ?? 0),
          },
        ],
      ];
    }),
  );
}

function uniqueIndexes(database: DatabaseSync, table: string): string[][] {
  return database
    .prepare(`PRAGMA index_list(${quoted(table)})`)
    .all()
    .filter(({ unique, partial }) => Number(unique) === 1 && Number(partial) === 0)
    .map(({ name }) =>
      database
        .prepare(`PRAGMA index_info(${quoted(String(name))})`)
        .all()
        .map((column) => String(column.name)),
    );
}

/**
 * BINARY compares the bytes that the file stores: of UTF-16 they stand in an order of their own. A table in whose statement COLLATE stands may have
 * another; which of its columns, no PRAGMA tells.
 */
function collationOf(database: DatabaseSync, table: string): string | undefined {
  const encoding = String(database.prepare('PRAGMA encoding').get()?.encoding);
  const made = database
    .prepare(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE`)
    .get(table);
  return encoding === 'UTF-8' && !/\bcollate\b/i.test(String(made?.sql ?? 'collate'))
    ? 'sqlite:BINARY'
    : undefined;
}

function columnOf(
  column: Readonly<Record<string, unknown>>,
  collation: string | undefined,
  keyColumns: number,
): Column {
  const type = String(column.type);
  const isRowId = Number(column.pk) > 0 && keyColumns === 1 && /^INTEGER$/i.test(type);
  return {
    name: String(column.name),
    type,
    kind: kindOf(type.toUpperCase()),
    array: false,
    untyped: true,
    nullable: Number(column.notnull) === 0 && !isRowId,
    hasDefault: column.dflt_value !== null,
    fresh: freshSql(column.dflt_value, isRowId),
    computed: Number(column.hidden) > hiddenVirtual,
    sequence: undefined,
    identityAlways: false,
    collation,
  };
}

/** A row id is given where none is (https://sqlite.org/autoinc.html). */
function freshSql(byDefault: unknown, isRowId: boolean): string | undefined {
  if (byDefault !== null) return String(byDefault);
  return isRowId ? 'NULL' : undefined;
}

function kindOf(type: string): NativeKind | undefined {
  if (type.includes('INT')) return 'integer';
  if (/CHAR|CLOB|TEXT/.test(type)) return 'text';
  return type === '' || type.includes('BLOB') ? 'bytea' : undefined;
}
