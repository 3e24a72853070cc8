import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import {
  type DumpedTable,
  type DumpIndex,
  dumpFiles,
  dumpSession,
  insertRows,
} from '../../core/archive/dump-format.ts';

const rowsAtOnce = 500;
const charactersAtOnce = 4 * 1024 * 1024;

/**
 * Fills an empty database from a dump's folder, in one transaction: all or nothing.
 *
 * @throws Error when the database is not empty, when a table gets other than the rows that were dumped, or with what Postgres says.
 */
export async function restoreDatabase(folder: string, url: string): Promise<DumpIndex> {
  const index: DumpIndex = JSON.parse(await readFile(join(folder, dumpFiles.index), 'utf8'));
  if (index.format !== 1)
    throw new Error(`${folder}: a dump of format ${String(index.format)}; this version reads format 1`);
  const client = new pg.Client({ connectionString: url, application_name: 'chronos-archive' });
  client.on('error', () => undefined); // the query under way fails with it
  await client.connect();
  try {
    await client.query(dumpSession);
    await refuseFilled(client);
    await client.query('BEGIN');
    await client.query(await readFile(join(folder, dumpFiles.before), 'utf8'));
    for (const table of index.tables) await restoreTable(client, folder, table);
    await client.query(await readFile(join(folder, dumpFiles.after), 'utf8'));
    await client.query('COMMIT');
    return index;
  } finally {
    await client.end();
  }
}

async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema' LIMIT 1`,
  );
  if (rows[0] !== undefined)
    throw new Error(`the database is not empty (it has ${rows[0].name}); give an empty one`);
}

async function restoreTable(client: pg.Client, folder: string, table: DumpedTable): Promise<void> {
  const insert = insertRows(table);
  const source = createReadStream(join(folder, table.file));
  const unpacked = createGunzip();
  source.on('error', (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  let batch: (string | null)[][] = [];
  let characters = 0;
  let restored = 0;
  const write = async () => {
    if (batch.length === 0) return;
    if (table.columns.length > 0)
      await client.query(
        insert,
        table.columns.map((_, column) => batch.map((row) => row[column] ?? null)),
      );
    restored += batch.length;
    batch = [];
    characters = 0;
  };
  for await (const line of linesOf(unpacked)) {
    batch.push(JSON.parse(line));
    characters += line.length;
    if (batch.length >= rowsAtOnce || characters >= charactersAtOnce) await write();
  }
  await write();
  if (restored !== table.rows)
    throw new Error(
      `${table.schema}.${table.table}: ${restored} rows in ${table.file}, ${table.rows} were dumped`,
    );
}

/** Only a line feed ends a line here; JSON escapes it, but not the separators at which readline also cuts. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let begun = '';
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder.write(chunk).split('\n');
    begun += first;
    for (const next of others) {
      yield begun;
      begun = next;
    }
  }
}
