import { outliveLostConnections } from '@chronos/observability/lost-connections.ts';
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { DomainError } from '../../core/domain-error.ts';

/** A connection inside a transaction, or the pool itself: anything that runs one query. */
export interface Queryable {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<{ readonly rows: Row[] }>;
}

/**
 * A pool bounded in size and time: a database that hangs must not hang the control plane. One that is gone or hangs is a DomainError
 * `unavailable`; what it says itself (a constraint, say) comes as it is.
 */
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
    return await answered(this.#pool.query<Row>(text, [...values]));
  }

  /** Commits when `work` resolves, rolls back when it rejects. */
  async transaction<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const client = await answered(this.#pool.connect());
    let broken: Error | undefined;
    // A connection that breaks between two queries says so here, and the next query fails; unheard it would end the process.
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await answered(client.query('BEGIN'));
      const result = await work(queryable(client));
      await answered(client.query('COMMIT'));
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
      answered(client.query<Row>(text, [...values])),
  };
}

/** What pg says of a connection that does not come about, breaks or is silent; it has no codes for these. */
const silences = /^(timeout exceeded when trying to connect|Query read timeout|Connection terminated\b)/;
/** The network's codes, and Postgres' own: connection exceptions, too many of them, shutting down, a statement that took too long. */
const silentCodes = /^(E[A-Z]+|08\d\d\d|53300|57P0\d|57014)$/;

/** @throws DomainError `unavailable` in place of an error that means that nobody answered. */
async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    // Jest's realms: an error of node: is no instance of Error there.
    const { message = '', code = '' } = cause as { readonly message?: string; readonly code?: string };
    if (!silences.test(message) && !silentCodes.test(code)) throw cause;
    throw new DomainError('unavailable', "Chronos' database does not answer; try again", { cause });
  }
}
