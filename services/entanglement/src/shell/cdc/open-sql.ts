import pg from 'pg';
import { CANONICAL_SESSION } from '../catalog.ts';

/** A connection whose text is canonical; a server that hangs does not hang the capture. */
export async function openSql(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    options: CANONICAL_SESSION,
    application_name: 'chronos entanglement',
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    keepAlive: true,
  });
  // What breaks the connection also fails the query that notices it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
