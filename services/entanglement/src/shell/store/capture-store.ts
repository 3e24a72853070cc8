import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import type { UniverseName } from '../../core/change/declared.ts';
import type { Column } from '../../core/change/source-event.ts';

/** Where the entanglement keeps its own state: in Chronos' Postgres, in a schema of its own. */
export const entanglementSchema = {
  folder: new URL('./schema/', import.meta.url),
  schema: 'entanglement',
  // Any constant that no other part of Chronos locks in this database.
  lock: 4_770_011,
};

export interface CaptureRecord {
  readonly slot: string;
  readonly completeSinceUs: bigint;
}

/** What one capture must remember beyond its process. */
export class CaptureStore {
  readonly #db: Queryable;
  readonly #key: readonly [migration: string, universe: UniverseName];

  constructor(db: Queryable, migration: string, universe: UniverseName) {
    this.#db = db;
    this.#key = [migration, universe];
  }

  async read(): Promise<CaptureRecord | undefined> {
    const { rows } = await this.#db.query<{ slot: string; since_us: string }>(
      `SELECT slot, (extract(epoch FROM complete_since) * 1000000)::bigint::text AS since_us
       FROM entanglement.captures WHERE migration = $1 AND universe = $2`,
      this.#key,
    );
    const [row] = rows;
    return row && { slot: row.slot, completeSinceUs: BigInt(row.since_us) };
  }

  async write({ slot, completeSinceUs }: CaptureRecord): Promise<void> {
    await this.#db.query(
      `INSERT INTO entanglement.captures VALUES ($1, $2, $3, to_timestamp($4::bigint / 1000000.0))
       ON CONFLICT (migration, universe) DO UPDATE SET slot = excluded.slot, complete_since = excluded.complete_since`,
      [...this.#key, slot, String(completeSinceUs)],
    );
  }

  async columns(): Promise<Map<string, readonly Column[]>> {
    const { rows } = await this.#db.query<{ table_name: string; columns: Column[] }>(
      'SELECT table_name, columns FROM entanglement.captured_columns WHERE migration = $1 AND universe = $2',
      this.#key,
    );
    return new Map(rows.map(({ table_name, columns }) => [table_name, columns]));
  }

  async writeColumns(table: string, columns: readonly Column[]): Promise<void> {
    await this.#db.query(
      `INSERT INTO entanglement.captured_columns VALUES ($1, $2, $3, $4)
       ON CONFLICT (migration, universe, table_name) DO UPDATE SET columns = excluded.columns`,
      [...this.#key, table, JSON.stringify(columns)],
    );
  }

  /** The mapping is to be checked against the tables as they are now. */
  async forgetColumns(): Promise<void> {
    await this.#db.query(
      'DELETE FROM entanglement.captured_columns WHERE migration = $1 AND universe = $2',
      this.#key,
    );
  }

  async forget(): Promise<void> {
    await this.forgetColumns();
    await this.#db.query(
      'DELETE FROM entanglement.captures WHERE migration = $1 AND universe = $2',
      this.#key,
    );
  }
}
