import { gzipSync } from 'node:zlib';
import pg from 'pg';
import {
  type DumpedTable,
  type DumpIndex,
  dumpFiles,
  dumpSession,
  rowsFile,
  script,
  selectRows,
  type TableColumns,
} from '../../core/archive/dump-format.ts';
import { leftOutQuery } from '../../core/archive/left-out-query.ts';
import { afterRowsQueries, beforeRowsQueries, tablesQuery } from '../../core/archive/schema-queries.ts';

/** The next bytes of a file of the dump; a file's parts follow each other. */
export interface DumpPart {
  readonly file: string;
  readonly data: Uint8Array;
}

/** Rows in memory at once. */
const rowsAtOnce = 500;

/**
 * The whole database as of one moment, without any program beside this one (embedded Postgres brings no pg_dump). Reads in one
 * repeatable-read transaction: the database goes on being used.
 *
 * @throws what Postgres says, e.g. when the role may not read a table: a dump is never made without it.
 */
export async function* dumpDatabase(url: string): AsyncGenerator<DumpPart> {
  const { client, lost } = await openSnapshot(url);
  try {
    const { before, after, ...database } = await readStructure(client);
    const { rows: found } = await client.query<TableColumns>(tablesQuery);
    const tables: DumpedTable[] = [];
    for (const [index, table] of found.entries()) {
      const file = rowsFile(index);
      const counted = { rows: 0 };
      yield* dumpRows(client, table, file, counted);
      tables.push({ ...table, rows: counted.rows, file });
    }
    lost();
    const index: DumpIndex = { format: 1, ...database, tables };
    yield { file: dumpFiles.before, data: Buffer.from(script(before)) };
    yield { file: dumpFiles.after, data: Buffer.from(script(after)) };
    // Last: a dump without it is not whole.
    yield { file: dumpFiles.index, data: Buffer.from(`${JSON.stringify(index, undefined, 2)}\n`) };
  } finally {
    await client.end();
  }
}

/** All that a database's dump holds but the rows. */
export interface Structure extends Omit<DumpIndex, 'format' | 'tables'> {
  /** DDL before the rows, and after. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Some rows of one table, as texts of its columns. */
export interface Sample {
  readonly table: TableColumns;
  readonly rows: readonly (readonly (string | null)[])[];
}

/** Of each table so many rows at most, and no more once they are so large. */
const sampleRows = 1_000;
const sampleCharacters = 4 * 1024 * 1024;
const sampleAtOnce = 100;

/**
 * Hands a database's structure to `use`, and some rows of each table as it asks for them; each table is asked: that fails wherever a dump would for want
 * of a right. All of one moment.
 *
 * @throws as {@link dumpDatabase}, and what `use` throws
 */
export async function withSample<T>(
  url: string,
  use: (structure: Structure, samples: AsyncGenerator<Sample>) => Promise<T>,
): Promise<T> {
  const { client } = await openSnapshot(url);
  try {
    return await use(await readStructure(client), samplesOf(client));
  } finally {
    await client.end();
  }
}

async function* samplesOf(client: pg.Client): AsyncGenerator<Sample> {
  const { rows: tables } = await client.query<TableColumns>(tablesQuery);
  // Before any row: a right that is missing is known at once.
  for (const table of tables) await client.query(`${selectRows(table)} LIMIT 0`);
  for (const table of tables) {
    const rows: (string | null)[][] = [];
    let characters = 0;
    await client.query(`DECLARE sampled NO SCROLL CURSOR FOR ${selectRows(table)}`);
    while (rows.length < sampleRows && characters < sampleCharacters) {
      const { rows: some } = await client.query<{ row: string }>(`FETCH ${sampleAtOnce} FROM sampled`);
      if (some.length === 0) break;
      characters += some.reduce((sum, { row }) => sum + row.length, 0);
      rows.push(...some.map(({ row }) => JSON.parse(row)));
    }
    await client.query('CLOSE sampled');
    yield { table, rows };
  }
}

async function readStructure(client: pg.Client): Promise<Structure> {
  return {
    ...(await describe(client)),
    before: await statements(client, beforeRowsQueries),
    after: await statements(client, afterRowsQueries),
  };
}

/** `lost` throws once the connection was lost. */
async function openSnapshot(url: string): Promise<{ readonly client: pg.Client; lost(): void }> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'chronos-archive',
  });
  let error: Error | undefined;
  client.on('error', (lost) => {
    error = lost;
  });
  const lost = () => {
    if (error !== undefined) throw error;
  };
  await client.connect();
  try {
    await client.query(dumpSession);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return { client, lost };
  } catch (cause) {
    await client.end();
    throw cause;
  }
}

async function describe(client: pg.Client): Promise<Omit<DumpIndex, 'format' | 'tables'>> {
  const { rows } = await client.query<{ database: string; version: string; lsn: string }>(
    `SELECT current_database() AS database, current_setting('server_version') AS version,
       (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END)::text AS lsn`,
  );
  const leftOut = await client.query<{ kind: string; count: number }>(leftOutQuery);
  return {
    database: rows[0]?.database ?? '',
    serverVersion: rows[0]?.version ?? '',
    snapshotLsn: rows[0]?.lsn ?? '',
    leftOut: Object.fromEntries(leftOut.rows.map(({ kind, count }) => [kind, count])),
  };
}

async function statements(client: pg.Client, queries: readonly string[]): Promise<string[]> {
  const all: string[] = [];
  for (const query of queries) {
    const { rows } = await client.query<{ statement: string }>(query);
    all.push(...rows.map(({ statement }) => statement));
  }
  return all;
}

/** Gzip members that follow each other are one gzip file. */
async function* dumpRows(
  client: pg.Client,
  table: TableColumns,
  file: string,
  counted: { rows: number },
): AsyncGenerator<DumpPart> {
  yield { file, data: gzipSync('') };
  await client.query(`DECLARE archived NO SCROLL CURSOR FOR ${selectRows(table)}`);
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${rowsAtOnce} FROM archived`);
    if (rows.length === 0) break;
    counted.rows += rows.length;
    yield { file, data: gzipSync(rows.map(({ row }) => `${row}\n`).join('')) };
  }
  await client.query('CLOSE archived');
}
