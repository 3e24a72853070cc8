import { outliveLostConnections } from '@chronos/observability/lost-connections.ts';
import { Pool, type PoolClient, type PoolConfig } from 'pg';

/** A connection inside a transaction, or the pool itself: anything that runs one query. */
export interface Queryable {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<{ readonly rows: Row[] }>;
}

/** A pool bounded in size and time: a database that hangs must not hang the control plane. */
export class Database implements Queryable {
  readonly #pool: Pool;

  constructor(url: string, options: Pick<PoolConfig, 'max'> = {}) {
    this.#pool = new Pool({
      connectionString: url,
      max: options.max ?? 8,
      connectionTimeoutMillis: 5_000,
      query_timeout: 15_000,
      statement_timeout: 15_000,
      application_name: 'chronos-control-plane',
    });
    outliveLostConnections(this.#pool);
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<{ rows: Row[] }> {
    return this.#pool.query<Row>(text, [...values]);
  }

  /** Commits when `work` resolves, rolls back when it rejects. */
  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    // A connection that breaks between two queries says so here, and the next query fails; unheard it would end the process.
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await client.query('BEGIN');
      const result = await work(queryable(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: unknown) => {
        broken = cause instanceof Error ? cause : new Error(String(cause));
      });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

function queryable(client: PoolClient): Queryable {
  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      client.query<Row>(text, [...values]),
  };
}
