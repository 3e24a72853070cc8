/**
 * A dump is a few files: `tables.json` (a {@link DumpIndex}), `before.sql` and `after.sql` (DDL; the second runs once the rows are in),
 * and for each table a file of rows: gzip, one JSON array of the columns' text (Postgres' own notation) or null a line.
 */
export interface DumpIndex {
  readonly format: 1;
  readonly database: string;
  readonly serverVersion: string;
  /** WAL position of the snapshot: all tables are of this one moment. */
  readonly snapshotLsn: string;
  readonly tables: readonly DumpedTable[];
  /** What the database has besides and the dump does not hold, by kind. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export interface DumpedTable extends TableColumns {
  readonly rows: number;
  readonly file: string;
}

export interface TableColumns {
  readonly schema: string;
  readonly table: string;
  /** Its rows are those of all its partitions, which find their place again when they are restored. */
  readonly partitioned: boolean;
  /** Those that can be written; `type` as a cast takes it. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export const dumpFiles = { index: 'tables.json', before: 'before.sql', after: 'after.sql' } as const;

/** Settings of a session whose text is written or read: names qualified, numbers, instants and bytes exact and the same everywhere. */
export const dumpSession = `
  SET search_path = ''; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET bytea_output = 'hex';
  SET extra_float_digits = 1; SET check_function_bodies = off; SET client_encoding = 'UTF8'; SET row_security = off;
  SET statement_timeout = 0; SET standard_conforming_strings = on`;

/** File of a table's rows, by its place. */
export function rowsFile(index: number): string {
  return `rows-${String(index + 1).padStart(4, '0')}.jsonl.gz`;
}

/** Statements of DDL as one text that a session runs as it is. */
export function script(statements: readonly string[]): string {
  return statements.map((statement) => `${statement.trimEnd()};\n`).join('\n');
}

export function selectRows({ schema, table, partitioned, columns }: TableColumns): string {
  const texts = columns.map(({ name }) => `${quoted(name)}::text`).join(', ');
  return `SELECT json_build_array(${texts})::text AS row FROM ${partitioned ? '' : 'ONLY '}${quoted(schema)}.${quoted(table)}`;
}

/** Takes one array of text a column; identities and serials keep their values. */
export function insertRows({ schema, table, columns }: TableColumns): string {
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const given = columns.map((_, index) => `c${index + 1}`).join(', ');
  const cast = columns.map(({ type }, index) => `c${index + 1}::${type}`).join(', ');
  return `INSERT INTO ${quoted(schema)}.${quoted(table)} (${names}) OVERRIDING SYSTEM VALUE
    SELECT ${cast} FROM unnest(${arrays}) AS given (${given})`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
