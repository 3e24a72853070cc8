import type { OverlappingKind } from '../../core/orchestrator/overlap.ts';
import type { Queryable } from './database.ts';

/** What services/identifiers keeps in its schema of the same database; read only here. */
export class PairStore {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  /** Pairs and conflicts of each kind, by its name. */
  async counts(migration: string): Promise<ReadonlyMap<string, PairCounts>> {
    const { rows } = await this.#read<{ bijection: string } & PairCounts>(
      `SELECT bijection, count(*)::text AS pairs, max(learned_at) AS learned,
         (SELECT count(*) FROM identifiers.conflicts c WHERE c.migration = $1 AND c.bijection = p.bijection)::text AS conflicts
       FROM identifiers.pairs p WHERE migration = $1 GROUP BY bijection`,
      [migration],
    );
    return new Map(rows.map((row) => [row.bijection, row]));
  }

  /** The newest ones; texts of tokens are empty. */
  async conflicts(migration: string, bijection: string, limit: number): Promise<StoredConflict[]> {
    const { rows } = await this.#read<StoredConflict>(
      `SELECT ${text('legacy')}, ${text('modern')}, request_id AS request, known_request_id AS known, seen_at AS seen
       FROM identifiers.conflicts WHERE migration = $1 AND bijection = $2 ORDER BY seen_at DESC LIMIT $3`,
      [migration, bijection, limit],
    );
    return rows;
  }

  /** Pairs in which the id stands. Ids have no index of their own text: this reads the migration's pairs. */
  async find(migration: string, id: string): Promise<StoredPair[]> {
    const { rows } = await this.#read<StoredPair>(
      `SELECT bijection, ${text('legacy')}, ${text('modern')}, request_id AS request, learned_at AS learned, used_at AS used
       FROM identifiers.pairs WHERE migration = $1 AND NOT sealed AND convert_to($2, 'UTF8') IN (legacy, modern)
       ORDER BY bijection, learned_at LIMIT 100`,
      [migration, id],
    );
    return rows;
  }

  /** Of each migration the kinds of which one id is one thing in legacy and another in modern. */
  async overlapping(): Promise<ReadonlyMap<string, readonly OverlappingKind[]>> {
    const { rows } = await this.#read<OverlappingKind & { readonly migration: string }>(
      `SELECT migration, bijection, coalesce(convert_from(id, 'UTF8'), '') AS id FROM identifiers.overlaps ORDER BY seen_at, bijection`,
      [],
    );
    return Map.groupBy(rows, ({ migration }) => migration);
  }

  /** Nothing, as long as services/identifiers has not made its tables. */
  async #read<Row extends object>(sql: string, values: readonly unknown[]): Promise<{ rows: Row[] }> {
    const { rows } = await this.#db.query<{ made: boolean }>(
      `SELECT to_regclass('identifiers.overlaps') IS NOT NULL AS made`,
    );
    return rows[0]?.made === true ? this.#db.query<Row>(sql, values) : { rows: [] };
  }
}

export interface PairCounts {
  readonly pairs: string;
  readonly learned: Date;
  readonly conflicts: string;
}

export interface StoredPair {
  readonly bijection: string;
  readonly legacy: string;
  readonly modern: string;
  readonly request: string;
  readonly learned: Date;
  readonly used: Date;
}

export interface StoredConflict {
  readonly legacy: string;
  readonly modern: string;
  readonly request: string;
  readonly known: string;
  readonly seen: Date;
}

function text(column: 'legacy' | 'modern'): string {
  return `CASE WHEN sealed OR ${column} IS NULL THEN '' ELSE convert_from(${column}, 'UTF8') END AS ${column}`;
}
