import type pg from 'pg';

export type Sql = Pick<pg.Client, 'query'>;

/** One connection for several askers: each query waits for the one before. The askers bound how many wait: each awaits its own. */
export class SerialSql {
  readonly #client: Sql;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: Sql) {
    this.#client = client;
  }

  query<Row extends pg.QueryResultRow>(
    query: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>> {
    const result = this.#last.then(() => this.#client.query<Row>(query, values));
    this.#last = result.catch(() => undefined);
    return result;
  }
}
