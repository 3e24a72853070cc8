import { create, toBinary } from '@bufbuild/protobuf';
import { IDENTIFIER_PAIRS } from '@chronos/arbiter/shell/topics.ts';
import type { BusRecord } from '@chronos/bus/bus.ts';
import type { Database, Queryable } from '@chronos/control-plane/shell/store/database.ts';
import { type Identifiers, UnknownIdentifier } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { IdentifierPairSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import { type IdPair, type IdWant, Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';

/** Which ids of a migration belong together. */
export interface PairSource {
  /** What is known of these ids. */
  partners(wants: readonly IdWant[]): Promise<Partners>;
  /**
   * Remembers pairs that were made up for rows that are about to be written; it may be called again with the same. False: one of the ids has
   * another partner by now, and nothing was remembered.
   */
  learn(pairs: readonly IdPair[], because: string): Promise<boolean>;
}

/** The pairs of a migration as it is declared now. */
export type FindPairs = (migration: string, spec: Migration | undefined) => PairSource;

/** Of a migration that declares no identifiers. */
export const noPairs: PairSource = {
  partners: async () => new Partners(),
  learn: async () => true,
};

export interface StoredPairsOptions {
  /** Chronos' own Postgres, in which services/identifiers keeps them. */
  readonly database: Database;
  readonly migration: string;
  /** Keyed hash under which an id is found (`<bijection>\0<id>`), the same as services/identifiers takes. */
  readonly hash: (text: string) => Buffer;
  readonly declared: Identifiers | undefined;
  /** Tells the arbiter. */
  readonly publish: (topic: string, records: readonly BusRecord[]) => Promise<void>;
}

/** One of the ids has another partner already. */
class PartnerTakenError extends Error {
  override readonly name = 'PartnerTakenError';
}

/** Ids of one query. */
const WANTS_MAX = 5_000;
/** services/identifiers has not made its tables yet. */
const UNDEFINED_TABLE = '42P01';

/** The pairs that services/identifiers has learned, and those that repairs and copies make. */
export class StoredPairs implements PairSource {
  readonly #options: StoredPairsOptions;
  readonly #same: ReadonlySet<string>;

  constructor(options: StoredPairsOptions) {
    this.#options = options;
    const bijections = options.declared?.bijections ?? [];
    this.#same = new Set(
      bijections.filter(({ unknown }) => unknown === UnknownIdentifier.SAME).map(({ name }) => name),
    );
  }

  async partners(wants: readonly IdWant[]): Promise<Partners> {
    const partners = new Partners([], this.#same);
    for (const [bijection, own] of Map.groupBy(wants, (want) => want.bijection)) {
      const ids = [...new Set(own.map(({ id }) => id))];
      for (let from = 0; from < ids.length; from += WANTS_MAX)
        for (const pair of await this.#find(bijection, ids.slice(from, from + WANTS_MAX))) partners.add(pair);
    }
    return partners;
  }

  async learn(pairs: readonly IdPair[], because: string): Promise<boolean> {
    const { database, migration, publish } = this.#options;
    try {
      for (const [bijection, own] of Map.groupBy(pairs, (pair) => pair.bijection))
        await database.transaction((tx) => this.#insert(tx, bijection, own, because));
    } catch (error) {
      if (error instanceof PartnerTakenError) return false;
      throw error;
    }
    const records = pairs.map((pair) => ({
      key: `${migration}/${pair.bijection}/${pair.legacy}`,
      value: toBinary(IdentifierPairSchema, create(IdentifierPairSchema, { migration, ...pair })),
    }));
    if (records.length > 0) await publish(IDENTIFIER_PAIRS, records);
    return true;
  }

  /** On either side, since ids that were shared once may be another one's in the other universe. */
  async #find(bijection: string, ids: readonly string[]): Promise<IdPair[]> {
    const keys = ids.map((id) => this.#key(bijection, id));
    const select = `SELECT convert_from(legacy, 'UTF8') AS legacy, convert_from(modern, 'UTF8') AS modern FROM identifiers.pairs
      WHERE migration = $1 AND bijection = $2 AND NOT sealed AND legacy IS NOT NULL AND modern IS NOT NULL`;
    try {
      const { rows } = await this.#options.database.query<{ legacy: string; modern: string }>(
        `${select} AND legacy_key = ANY($3) UNION ${select} AND modern_key = ANY($3)`,
        [this.#options.migration, bijection, keys],
      );
      return rows.map((row) => ({ bijection, ...row }));
    } catch (error) {
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === UNDEFINED_TABLE)
        return [];
      throw error;
    }
  }

  async #insert(tx: Queryable, bijection: string, pairs: readonly IdPair[], because: string): Promise<void> {
    const keys = (side: Universe) => pairs.map((pair) => this.#key(bijection, pair[side]));
    const scope = [this.#options.migration, bijection, keys('legacy'), keys('modern')];
    await tx.query(
      `INSERT INTO identifiers.pairs (migration, bijection, legacy_key, modern_key, legacy, modern, sealed, legacy_number, modern_number, request_id)
       SELECT $1, $2, p.*, $9 FROM unnest($3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $10::boolean[], $7::boolean[], $8::boolean[]) p
       ON CONFLICT DO NOTHING`,
      [
        ...scope,
        pairs.map(({ legacy }) => Buffer.from(legacy)),
        pairs.map(({ modern }) => Buffer.from(modern)),
        pairs.map(({ legacy }) => isNumber(legacy)),
        pairs.map(({ modern }) => isNumber(modern)),
        because,
        pairs.map(() => false),
      ],
    );
    const { rows } = await tx.query<{ known: number }>(
      `SELECT count(*)::integer AS known FROM identifiers.pairs p JOIN unnest($3::bytea[], $4::bytea[]) AS made (legacy_key, modern_key)
         ON p.legacy_key = made.legacy_key AND p.modern_key = made.modern_key WHERE p.migration = $1 AND p.bijection = $2`,
      scope,
    );
    if (rows[0]?.known !== pairs.length) throw new PartnerTakenError();
  }

  #key(bijection: string, id: string): Buffer {
    return this.#options.hash(`${bijection}\0${id}`);
  }
}

/** How an answer would most likely spell it. */
function isNumber(id: string): boolean {
  return /^(?:0|[1-9][0-9]{0,14})$/.test(id);
}
