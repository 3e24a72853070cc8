import pg from 'pg';
import { dumpSession, script } from '../../core/archive/dump-format.ts';
import { dumpStructure } from './dump.ts';

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
const insufficientPrivilege = '42501';

/**
 * Makes all that a dump would hold, but no rows, anew in a scratch database beside `ownUrl`'s, and drops that. Trials wait for each
 * other; a scratch database that a dead process left goes with the next one.
 *
 * @throws what Postgres says when either server cannot be asked.
 */
export async function tryDump(url: string, ownUrl: string): Promise<Trial> {
  const structure = await dumpStructure(url).catch(postgresWords);
  if (typeof structure === 'string') return { outcome: 'failed', reason: structure, leftOut: {} };
  const { before, after, leftOut } = structure;
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
      const reason =
        "the role of Chronos' own database may not create databases (ALTER ROLE … CREATEDB lets it)";
      return { outcome: 'not-tried', reason, leftOut };
    }
    try {
      const reason = await open(ownUrl, [script(before), script(after)]);
      return { outcome: reason === '' ? 'opened' : 'failed', reason, leftOut };
    } finally {
      await drop(own);
    }
  } finally {
    await own.end();
  }
}

/** @returns what Postgres says against the scripts; empty when they run. */
async function open(ownUrl: string, scripts: readonly string[]): Promise<string> {
  const url = new URL(ownUrl);
  url.pathname = `/${scratch}`;
  const client = connection(url.href);
  await client.connect();
  try {
    await client.query(dumpSession);
    await client.query(`SET statement_timeout = ${statementMs}`);
    for (const text of scripts) await client.query(text);
    return '';
  } catch (error) {
    return postgresWords(error);
  } finally {
    await client.end();
  }
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
