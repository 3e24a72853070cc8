import pg from 'pg';

/** What is at work on the pool's connections is ended where it is at work: a query that waits, or reads a large table, ends only there. */
export class CancelQueries {
  readonly #url: string;
  readonly #busy = new Set<number>();

  constructor(pool: pg.Pool, url: string) {
    this.#url = url;
    pool.on('acquire', (client) => {
      const process = processOf(client);
      if (process !== undefined) this.#busy.add(process);
    });
    pool.on('release', (_error, client) => {
      const process = processOf(client);
      if (process !== undefined) this.#busy.delete(process);
    });
  }

  /** Their callers are told by the query's error; a database that is away has no queries. */
  async cancel(): Promise<void> {
    const processes = [...this.#busy];
    if (processes.length === 0) return;
    // Not of the pool: all of its connections may be busy.
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_000,
      application_name: 'chronos-entanglement',
    });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query('SELECT pg_cancel_backend(pid) FROM unnest($1::integer[]) AS pid', [processes]);
    } catch {
      // Asked for again while they go on.
    } finally {
      await client.end().catch(() => {});
    }
  }
}

/** Of the server; not among the client's declared types. */
function processOf(client: pg.PoolClient): number | undefined {
  return 'processID' in client && typeof client.processID === 'number' ? client.processID : undefined;
}
