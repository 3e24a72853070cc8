import type { Pool, PoolClient } from 'pg';

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
  /** Its thing was removed: either id may be handed out again. */
  readonly isEnded?: boolean;
}

/**
 * What became of a pair: `conflict` says that one of the two has another partner already, which stands; `replaced` that it had one whose thing was
 * removed before, which may be the same.
 */
export type Learned = 'new' | 'known' | 'replaced' | 'conflict';

export interface StoredLearned {
  readonly learned: Learned;
  /** What the pair has taken the place of. */
  readonly gone?: Forgotten;
}

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
  readonly ended_at: Date | null;
}

export interface Forgotten {
  /** None of tokens. */
  readonly legacyIds: readonly string[];
  /** Of both sides. */
  readonly keys: readonly Buffer[];
}

/** The pair has taken the place of itself. */
const AGAIN: StoredLearned = { learned: 'replaced', gone: { legacyIds: [], keys: [] } };

export class PairStore {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Replaces none but pairs that have {@link end}ed. Learning one again is harmless, and tells more where a side shows now that it is a number: headers and
   * cookies do not.
   *
   * @param seenMs when the earlier of the two answers was seen: one from before the removal says nothing of what came after it
   */
  async learn(pair: StoredPair, seenMs: number): Promise<StoredLearned> {
    const { migration, bijection, legacy, modern, isSealed, requestId } = pair;
    const keys = [migration, bijection, legacy.key, modern.key];
    if (await insert(this.#pool, pair)) return { learned: 'new' };
    const { rows } = await this.#pool.query<PairRow>(
      `SELECT legacy_key, modern_key, legacy_number, modern_number, request_id, ended_at FROM identifiers.pairs
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
      return (await this.#again(pair, known.ended_at, seenMs)) ? AGAIN : { learned: 'known' };
    }
    if (rows.length > 0 && rows.every(({ ended_at }) => ended_at !== null && ended_at.getTime() <= seenMs)) {
      const gone = await this.#replace(pair);
      if (gone !== undefined) return { learned: 'replaced', gone };
    }
    const conflict = await this.#pool.query(
      `INSERT INTO identifiers.conflicts (migration, bijection, legacy_key, modern_key, legacy, modern, sealed,
         request_id, known_request_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [...keys, legacy.content, modern.content, isSealed, requestId, known?.request_id ?? ''],
    );
    return { learned: conflict.rowCount === 1 ? 'conflict' : 'known' };
  }

  /** Whether the pair had ended, and both universes have handed out the same two ids again since. */
  async #again(
    { migration, bijection, legacy, modern }: StoredPair,
    endedAt: Date | null,
    seenMs: number,
  ): Promise<boolean> {
    if (endedAt === null || endedAt.getTime() > seenMs) return false;
    const { rowCount } = await this.#pool.query(
      `UPDATE identifiers.pairs SET ended_at = NULL
       WHERE migration = $1 AND bijection = $2 AND legacy_key = $3 AND modern_key = $4 AND ended_at <= to_timestamp($5::bigint / 1000.0)`,
      [migration, bijection, legacy.key, modern.key, String(Math.floor(seenMs))],
    );
    return rowCount === 1;
  }

  /** In the place of pairs that have ended; undefined: another process has changed something meanwhile. */
  async #replace(pair: StoredPair): Promise<Forgotten | undefined> {
    const { migration, bijection, legacy, modern } = pair;
    const client = await this.#pool.connect();
    try {
      await client.query('BEGIN');
      const { rows } = await client.query<PairRow>(
        `DELETE FROM identifiers.pairs WHERE migration = $1 AND bijection = $2 AND (legacy_key = $3 OR modern_key = $4)
           AND ended_at IS NOT NULL RETURNING legacy, sealed, legacy_key, modern_key`,
        [migration, bijection, legacy.key, modern.key],
      );
      const isMade = await insert(client, pair);
      await client.query(isMade ? 'COMMIT' : 'ROLLBACK');
      return isMade ? forgotten(rows) : undefined;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  /** The things with these ids were removed, asked for at `atMs`: their pairs stand until newer ones take their place. Returns them. */
  async end(
    migration: string,
    bijection: string,
    side: 'legacy' | 'modern',
    keys: readonly Buffer[],
    atMs: number,
  ): Promise<StoredPair[]> {
    const { rows } = await this.#pool.query<PairRow>(
      `UPDATE identifiers.pairs SET ended_at = to_timestamp($4::bigint / 1000.0)
       WHERE migration = $1 AND bijection = $2 AND ${side}_key = ANY($3) AND ended_at IS NULL RETURNING *`,
      [migration, bijection, keys, String(Math.floor(atMs))],
    );
    return rows.map((row) => storedPair(migration, row));
  }

  /** All pairs of one migration in which one of the keys stands on either side. */
  async find(migration: string, bijection: string, keys: readonly Buffer[]): Promise<StoredPair[]> {
    const { rows } = await this.#pool.query<PairRow>(
      `SELECT * FROM identifiers.pairs WHERE migration = $1 AND bijection = $2 AND legacy_key = ANY($3)
       UNION
       SELECT * FROM identifiers.pairs WHERE migration = $1 AND bijection = $2 AND modern_key = ANY($3)`,
      [migration, bijection, keys],
    );
    return rows.map((row) => storedPair(migration, row));
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
    return forgotten(rows);
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

async function insert(database: Pool | PoolClient, pair: StoredPair): Promise<boolean> {
  const { migration, bijection, legacy, modern, isSealed, requestId } = pair;
  const { rowCount } = await database.query(
    `INSERT INTO identifiers.pairs (migration, bijection, legacy_key, modern_key, legacy, modern, sealed,
       legacy_number, modern_number, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    [
      ...[migration, bijection, legacy.key, modern.key, legacy.content, modern.content, isSealed],
      ...[legacy.isNumber, modern.isNumber, requestId],
    ],
  );
  return rowCount === 1;
}

function storedPair(migration: string, row: PairRow): StoredPair {
  return {
    migration,
    bijection: row.bijection,
    requestId: row.request_id,
    isSealed: row.sealed,
    legacy: { key: row.legacy_key, content: row.legacy, isNumber: row.legacy_number },
    modern: { key: row.modern_key, content: row.modern, isNumber: row.modern_number },
    isEnded: row.ended_at !== null,
  };
}

function forgotten(
  rows: readonly Pick<PairRow, 'legacy' | 'sealed' | 'legacy_key' | 'modern_key'>[],
): Forgotten {
  return {
    legacyIds: rows.flatMap(({ legacy, sealed }) =>
      legacy === null || sealed ? [] : [legacy.toString('utf8')],
    ),
    keys: rows.flatMap(({ legacy_key, modern_key }) => [legacy_key, modern_key]),
  };
}
