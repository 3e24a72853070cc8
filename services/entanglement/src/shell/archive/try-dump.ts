import pg from 'pg';
import { dumpSession, insertRows, script } from '../../core/archive/dump-format.ts';
import { type Sample, type Structure, withSample } from './dump.ts';

/** Whether a dump of a database could be opened, found out while the database is still there. */
export interface Trial {
  readonly outcome: 'opened' | 'failed' | 'not-tried';
  /** Why it failed or was not tried; else empty. */
  readonly reason: string;
  /** What a dump does not hold: how many, by kind. */
  readonly leftOut: Readonly<Record<string, number>>;
}

const scratch = 'chronos_dump_trial';
/** A trial that hangs (on a function that waits, say) must not keep its caller. */
const statementMs = 20_000;
/** Rows are tried for so long; of a database of very many tables, those of the first. */
const rowsWithinMs = 25_000;
const insufficientPrivilege = '42501';

/** What a role that may not create databases is told; undefined where it may. @throws what Postgres says when it cannot be asked. */
export async function trialHindrance(ownUrl: string): Promise<string | undefined> {
  const own = connection(ownUrl);
  await own.connect();
  try {
    const { rows } = await own.query<{ may: boolean; role: string }>(
      'SELECT rolcreatedb OR rolsuper AS may, rolname::text AS role FROM pg_roles WHERE rolname = current_user',
    );
    return rows[0]?.may === true ? undefined : hindrance(rows[0]?.role ?? '…');
  } finally {
    await own.end();
  }
}

function hindrance(role: string): string {
  return `the role of Chronos' own database may not create databases (ALTER ROLE ${role} CREATEDB lets it)`;
}

/**
 * Makes all that a dump would hold, but of each table only some rows, anew in a scratch database beside `ownUrl`'s, and drops that. Trials wait for each
 * other; a scratch database that a dead process left goes with the next one.
 *
 * @throws what Postgres says when either server cannot be asked.
 */
export async function tryDump(url: string, ownUrl: string): Promise<Trial> {
  let leftOut: Trial['leftOut'] = {};
  try {
    return await withSample(url, async (structure, samples) => {
      leftOut = structure.leftOut;
      const first = await samples.next();
      return tryStructure(structure, chained(first, samples), ownUrl);
    });
  } catch (error) {
    return { outcome: 'failed', reason: postgresWords(error), leftOut };
  }
}

async function* chained<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done !== true) yield first.value;
  yield* rest;
}

async function tryStructure(
  { before, after, leftOut }: Structure,
  samples: AsyncGenerator<Sample>,
  ownUrl: string,
): Promise<Trial> {
  const own = connection(ownUrl);
  await own.connect();
  try {
    // Of the session: ends with it.
    await own.query(`SELECT pg_advisory_lock(hashtext('${scratch}'))`);
    try {
      await drop(own);
      await own.query(`CREATE DATABASE ${scratch} TEMPLATE template0`);
    } catch (error) {
      if (Object(error).code !== insufficientPrivilege) throw error;
      return { outcome: 'not-tried', reason: hindrance('…'), leftOut };
    }
    try {
      const reason = await open(ownUrl, script(before), samples, script(after));
      return { outcome: reason === '' ? 'opened' : 'failed', reason, leftOut };
    } finally {
      await drop(own);
    }
  } finally {
    await own.end();
  }
}

/** @returns what Postgres says against the scripts or the rows; empty when all of it is taken. */
async function open(
  ownUrl: string,
  before: string,
  samples: AsyncGenerator<Sample>,
  after: string,
): Promise<string> {
  const url = new URL(ownUrl);
  url.pathname = `/${scratch}`;
  const client = connection(url.href);
  await client.connect();
  let at = '';
  try {
    await client.query(dumpSession);
    await client.query(`SET statement_timeout = ${statementMs}`);
    await client.query(before);
    const untilMs = Date.now() + rowsWithinMs;
    for await (const { table, rows } of samples) {
      at = `rows of ${table.schema}.${table.table}: `;
      if (rows.length > 0 && table.columns.length > 0) await insert(client, { table, rows });
      if (Date.now() > untilMs) break;
    }
    at = '';
    await client.query(after);
    return '';
  } catch (error) {
    return `${at}${postgresWords(error)}`;
  } finally {
    await client.end();
  }
}

/** What the rows refer to need not be among them: they go again before keys are made. */
async function insert(client: pg.Client, { table, rows }: Sample): Promise<void> {
  await client.query('BEGIN');
  await client.query(
    insertRows(table),
    table.columns.map((_, column) => rows.map((row) => row[column] ?? null)),
  );
  await client.query('ROLLBACK');
}

/** @throws what Postgres did not say itself, e.g. that nobody answers. */
function postgresWords(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.message;
  throw error;
}

async function drop(own: pg.Client): Promise<void> {
  await own.query(`DROP DATABASE IF EXISTS ${scratch} WITH (FORCE)`);
}

function connection(connectionString: string): pg.Client {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: 'chronos-archive',
  });
  client.on('error', () => undefined); // the query under way fails with it
  return client;
}
