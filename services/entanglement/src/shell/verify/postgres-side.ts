import { outliveLostConnections } from '@chronos/observability/lost-connections.ts';
import pg from 'pg';
import {
  hasMatchedKey,
  matchedFields,
  toCommon,
  wantsOfKeys,
  wantsOfRows,
} from '../../core/identifiers/matched-rows.ts';
import { Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { tableId } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { keyOrders } from '../../core/verify/key-order.ts';
import { type Key, type KeyRange, type Statement, VerifyStatements } from '../../core/verify/statements.ts';
import { CANONICAL_SESSION } from '../catalog.ts';
import { noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { askedByOwn } from './asked-keys.ts';
import { readBounded } from './page-rows.ts';
import { keyOf, keyText, type Page, type Side, type SideRow } from './side.ts';

/** Keys of one query; each may have several parts, and Postgres takes 65,535 parameters. */
const KEYS_A_QUERY = 200;

/** A pool for reading and writing rows as canonical text: few connections, so that the bank's own are not crowded out. */
export function entityPool(url: string, max = 3): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options: CANONICAL_SESSION,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 600_000,
    application_name: 'chronos-entanglement',
  });
  outliveLostConnections(pool);
  return pool;
}

export class PostgresSide implements Side {
  readonly #pool: pg.Pool;
  readonly #universe: Universe;
  readonly #pairs: PairSource;
  readonly #statements = new Map<string, VerifyStatements>();

  /** @param pairs by which ids are matched. */
  constructor(pool: pg.Pool, universe: Universe, pairs: PairSource = noPairs) {
    this.#pool = pool;
    this.#universe = universe;
    this.#pairs = pairs;
  }

  async checksum(entity: CompiledEntity, range: KeyRange): Promise<{ rows: number; sum: string }> {
    const [row] = await this.#query<{ rows: string; sum: string }>(this.statements(entity).checksum(range));
    return { rows: Number(row?.rows ?? 0), sum: row?.sum ?? '0' };
  }

  async boundary(entity: CompiledEntity, range: KeyRange, offset: number): Promise<Key | undefined> {
    const [row] = await this.#query<{ key: string[] }>(this.statements(entity).boundary(range, offset));
    return row?.key;
  }

  async hashes(entity: CompiledEntity, range: KeyRange): Promise<ReadonlyMap<string, string>> {
    return this.#hashed(entity, await this.#query<HashedRow>(this.statements(entity).hashes(range)));
  }

  async hashesOf(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, string>> {
    const own = [...(await this.#asked(entity, keys)).keys()].map(keyOf);
    const found: HashedRow[] = [];
    for (let from = 0; from < own.length; from += KEYS_A_QUERY) {
      const statement = this.statements(entity).hashesOf(own.slice(from, from + KEYS_A_QUERY));
      if (statement !== undefined) found.push(...(await this.#query<HashedRow>(statement)));
    }
    return this.#hashed(entity, found);
  }

  /** Keys as they were asked for, by what this universe calls the rows; those that it has no known name for are left out. */
  async #asked(entity: CompiledEntity, keys: readonly Key[]): Promise<Map<string, string>> {
    const partners = hasMatchedKey(entity)
      ? await this.#pairs.partners(wantsOfKeys(entity, keys))
      : new Partners();
    return askedByOwn(entity, this.#universe, keys, partners);
  }

  async rows(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, SideRow>> {
    const asked = await this.#asked(entity, keys);
    const own = [...asked.keys()].map(keyOf);
    const found: SideRow[] = [];
    for (let from = 0; from < own.length; from += KEYS_A_QUERY) {
      const statement = this.statements(entity).rows(own.slice(from, from + KEYS_A_QUERY));
      const rows = statement === undefined ? [] : await this.#query<RowAnswer>(statement);
      found.push(...rows.map((row) => sideRow(entity, row)));
    }
    const common = await this.#common(entity, found);
    return new Map(
      found.flatMap(({ values }, at): [string, SideRow][] => {
        const key = keyText(entity.keyFields.map((name) => values.get(name) ?? ''));
        const row = common[at];
        return row === undefined ? [] : [[asked.get(key) ?? key, row]];
      }),
    );
  }

  async page(entity: CompiledEntity, range: KeyRange, limit: number): Promise<Page> {
    // One row more, which says where the next page begins.
    const { rows, isCut } = await readBounded(this.#pool, this.statements(entity).page(range, limit + 1));
    const read = rows.map((row) => sideRow(entity, row));
    const behind = isCut || read.length > limit ? read.pop() : undefined;
    const next = behind && entity.keyFields.map((name) => behind.values.get(name) ?? '');
    return { rows: await this.#common(entity, read), next };
  }

  async alike(
    entity: CompiledEntity,
    values: ReadonlyMap<string, string | null>,
    limit: number,
  ): Promise<readonly SideRow[]> {
    const rows = await this.#query<RowAnswer>(this.statements(entity).alike(values, limit));
    return this.#common(
      entity,
      rows.map((row) => sideRow(entity, row)),
    );
  }

  async isFilled(entity: CompiledEntity): Promise<boolean> {
    const [row] = await this.#query<{ filled: boolean }>(this.statements(entity).filled());
    return row?.filled === true;
  }

  async estimate(entity: CompiledEntity): Promise<number> {
    const { rows } = await this.#pool.query<{ rows: string }>(
      'SELECT greatest(reltuples, 0)::bigint::text AS rows FROM pg_class WHERE oid = to_regclass($1)',
      [tableId(entity.side(this.#universe))],
    );
    return Number(rows[0]?.rows ?? 0);
  }

  /** The entity's queries on this side, made once. */
  statements(entity: CompiledEntity): VerifyStatements {
    let statements = this.#statements.get(entity.name);
    if (statements === undefined) {
      statements = new VerifyStatements(entity, this.#universe, keyOrders(entity, this.#universe));
      this.#statements.set(entity.name, statements);
    }
    return statements;
  }

  async #common(entity: CompiledEntity, rows: readonly SideRow[]): Promise<readonly SideRow[]> {
    if (matchedFields(entity).length === 0) return rows;
    const wants = wantsOfRows(
      entity,
      this.#universe,
      rows.map(({ values }) => values),
    );
    const partners = await this.#pairs.partners(wants);
    return rows.map((row) => ({ ...row, values: toCommon(entity, this.#universe, row.values, partners) }));
  }

  /** Matched ids come as they are: they are named in common, and then are part of what is compared. */
  async #hashed(entity: CompiledEntity, rows: readonly HashedRow[]): Promise<ReadonlyMap<string, string>> {
    const fields = matchedFields(entity);
    if (fields.length === 0) return new Map(rows.map(({ key, hash }) => [keyText(key), hash]));
    const read = rows.map(({ key, ids, hash }) => {
      const keyed = entity.keyFields.map((name, at) => [name, key[at] ?? ''] as const);
      const matched = fields.map(({ name }, at) => [name, ids?.[at] ?? null] as const);
      return { version: hash, values: new Map<string, string | null>([...keyed, ...matched]) };
    });
    return new Map(
      (await this.#common(entity, read)).map(({ version: hash, values }) => [
        keyText(entity.keyFields.map((name) => values.get(name) ?? '')),
        JSON.stringify([hash, ...fields.map(({ name }) => values.get(name) ?? null)]),
      ]),
    );
  }

  async #query<Row extends object>({ text, values }: Statement): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row>(text, [...values]);
    return rows;
  }
}

interface HashedRow {
  readonly key: string[];
  readonly ids: (string | null)[] | null;
  readonly hash: string;
}

/** Columns as {@link VerifyStatements.rows} names them. */
export type RowAnswer = Readonly<Record<string, string | null>> & { readonly version: string };

export function sideRow(entity: CompiledEntity, row: RowAnswer): SideRow {
  const values: Values = new Map(entity.fields.map(({ name }, at) => [name, row[`f${at}`] ?? null]));
  return { values, version: row.version };
}

export function isSameRow(entity: CompiledEntity, a: Values, b: Values): boolean {
  return differingFields(entity, a, b).length === 0;
}

/** Names of the compared fields in which the rows differ; ids stand under their common names. */
export function differingFields(entity: CompiledEntity, a: Values, b: Values): string[] {
  return entity.fields
    .filter(({ name, compared, matched }) => (compared || matched) && a.get(name) !== b.get(name))
    .map(({ name }) => name);
}
