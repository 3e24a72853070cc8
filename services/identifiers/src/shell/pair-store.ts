import type { Pool } from 'pg';

/** One side of a pair as it is kept. */
export interface StoredValue {
  /** Keyed hash of the value. */
  readonly key: Buffer;
  /** Text of an id, a sealed token, or null where it is never sent. */
  readonly content: Buffer | null;
  readonly isNumber: boolean;
}

export interface StoredPair {
  readonly migration: string;
  readonly bijection: string;
  readonly requestId: string;
  readonly isSealed: boolean;
  readonly legacy: StoredValue;
  readonly modern: StoredValue;
}

/** What became of a pair: `conflict` says that one of the two has another partner already, which stands. */
export type Learned = 'new' | 'known' | 'conflict';

interface PairRow {
  readonly bijection: string;
  readonly legacy_key: Buffer;
  readonly modern_key: Buffer;
  readonly legacy: Buffer | null;
  readonly modern: Buffer | null;
  readonly sealed: boolean;
  readonly legacy_number: boolean;
  readonly modern_number: boolean;
  readonly request_id: string;
}

export interface Forgotten {
  /** None of tokens. */
  readonly legacyIds: readonly string[];
  /** Of both sides. */
  readonly keys: readonly Buffer[];
}

export class PairStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Never replaces a pair. Learning one again is harmless, and tells more where a side shows now that it is a number: headers and cookies do not. */
  async learn(pair: StoredPair): Promise<Learned> {
    const { migration, bijection, legacy, modern, isSealed, requestId } = pair;
    const keys = [migration, bijection, legacy.key, modern.key];
    const inserted = await this.#pool.query(
      `INSERT INTO identifiers.pairs (migration, bijection, legacy_key, modern_key, legacy, modern, sealed,
         legacy_number, modern_number, request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
      [...keys, legacy.content, modern.content, isSealed, legacy.isNumber, modern.isNumber, requestId],
    );
    if (inserted.rowCount === 1) return 'new';
    const { rows } = await this.#pool.query<PairRow>(
      `SELECT legacy_key, modern_key, legacy_number, modern_number, request_id FROM identifiers.pairs
       WHERE migration = $1 AND bijection = $2 AND (legacy_key = $3 OR modern_key = $4)`,
      keys,
    );
    const [known] = rows;
    if (known?.legacy_key.equals(legacy.key) && known.modern_key.equals(modern.key)) {
      const tellsMore =
        (legacy.isNumber && !known.legacy_number) || (modern.isNumber && !known.modern_number);
      if (tellsMore)
        await this.#pool.query(
          `UPDATE identifiers.pairs SET legacy_number = legacy_number OR $5, modern_number = modern_number OR $6
           WHERE migration = $1 AND bijection = $2 AND legacy_key = $3 AND modern_key = $4`,
          [...keys, legacy.isNumber, modern.isNumber],
        );
      return 'known';
    }
    const conflict = await this.#pool.query(
      `INSERT INTO identifiers.conflicts (migration, bijection, legacy_key, modern_key, legacy, modern, sealed,
         request_id, known_request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [...keys, legacy.content, modern.content, isSealed, requestId, known?.request_id ?? ''],
    );
    return conflict.rowCount === 1 ? 'conflict' : 'known';
  }

  /** All pairs of one migration in which one of the keys stands on either side. */
  async find(migration: string, bijection: string, keys: readonly Buffer[]): Promise<StoredPair[]> {
    const { rows } = await this.#pool.query<PairRow>(
      `SELECT * FROM identifiers.pairs WHERE migration = $1 AND bijection = $2 AND legacy_key = ANY($3)
       UNION
       SELECT * FROM identifiers.pairs WHERE migration = $1 AND bijection = $2 AND modern_key = ANY($3)`,
      [migration, bijection, keys],
    );
    return rows.map((row) => ({
      migration,
      bijection,
      requestId: row.request_id,
      isSealed: row.sealed,
      legacy: { key: row.legacy_key, content: row.legacy, isNumber: row.legacy_number },
      modern: { key: row.modern_key, content: row.modern, isNumber: row.modern_number },
    }));
  }

  /** Pairs that were used just now. */
  async touch(migration: string, bijection: string, legacyKeys: readonly Buffer[]): Promise<void> {
    await this.#pool.query(
      `UPDATE identifiers.pairs SET used_at = now()
       WHERE migration = $1 AND bijection = $2 AND legacy_key = ANY($3)`,
      [migration, bijection, legacyKeys],
    );
  }

  /** Forgets what was used longest ago beyond `pairsMax`. */
  async forget(migration: string, bijection: string, pairsMax: number): Promise<Forgotten> {
    const { rows } = await this.#pool.query<Pick<PairRow, 'legacy' | 'sealed' | 'legacy_key' | 'modern_key'>>(
      `DELETE FROM identifiers.pairs WHERE migration = $1 AND bijection = $2 AND legacy_key IN (
         SELECT legacy_key FROM identifiers.pairs WHERE migration = $1 AND bijection = $2
         ORDER BY used_at DESC OFFSET $3)
       RETURNING legacy, sealed, legacy_key, modern_key`,
      [migration, bijection, pairsMax],
    );
    return {
      legacyIds: rows.flatMap(({ legacy, sealed }) =>
        legacy === null || sealed ? [] : [legacy.toString('utf8')],
      ),
      keys: rows.flatMap(({ legacy_key, modern_key }) => [legacy_key, modern_key]),
    };
  }

  /** Keeps the newest conflicts of a kind. */
  async trimConflicts(migration: string, bijection: string, conflictsMax: number): Promise<void> {
    await this.#pool.query(
      `DELETE FROM identifiers.conflicts WHERE migration = $1 AND bijection = $2 AND ctid IN (
         SELECT ctid FROM identifiers.conflicts WHERE migration = $1 AND bijection = $2 ORDER BY seen_at DESC OFFSET $3)`,
      [migration, bijection, conflictsMax],
    );
  }

  async offsets(): Promise<Map<number, bigint>> {
    const { rows } = await this.#pool.query<{ partition: number; next_offset: string }>(
      'SELECT partition, next_offset FROM identifiers.offsets',
    );
    return new Map(rows.map((row) => [row.partition, BigInt(row.next_offset)]));
  }

  async saveOffset(partition: number, nextOffset: bigint): Promise<void> {
    await this.#pool.query(
      `INSERT INTO identifiers.offsets VALUES ($1, $2)
       ON CONFLICT (partition) DO UPDATE SET next_offset = greatest(identifiers.offsets.next_offset, excluded.next_offset)`,
      [partition, nextOffset.toString()],
    );
  }
}
