import pg from 'pg';
import type { Universe } from '../../core/mapping/catalog.ts';
import { tableId } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { keyOrders } from '../../core/verify/key-order.ts';
import { type Key, type KeyRange, type Statement, VerifyStatements } from '../../core/verify/statements.ts';
import { CANONICAL_SESSION } from '../catalog.ts';
import { keyText, type Side, type SideRow } from './side.ts';

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
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}

export class PostgresSide implements Side {
  readonly #pool: pg.Pool;
  readonly #universe: Universe;
  readonly #statements = new Map<string, VerifyStatements>();

  constructor(pool: pg.Pool, universe: Universe) {
    this.#pool = pool;
    this.#universe = universe;
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
    const rows = await this.#query<{ key: string[]; hash: string }>(this.statements(entity).hashes(range));
    return new Map(rows.map(({ key, hash }) => [keyText(key), hash]));
  }

  async rows(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, SideRow>> {
    const found = new Map<string, SideRow>();
    for (let from = 0; from < keys.length; from += KEYS_A_QUERY) {
      const statement = this.statements(entity).rows(keys.slice(from, from + KEYS_A_QUERY));
      const rows = statement === undefined ? [] : await this.#query<RowAnswer>(statement);
      for (const row of rows) {
        const read = sideRow(entity, row);
        found.set(keyText(entity.keyFields.map((name) => read.values.get(name) ?? '')), read);
      }
    }
    return found;
  }

  async page(entity: CompiledEntity, range: KeyRange, limit: number): Promise<readonly SideRow[]> {
    const rows = await this.#query<RowAnswer>(this.statements(entity).page(range, limit));
    return rows.map((row) => sideRow(entity, row));
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
      statements = new VerifyStatements(entity, this.#universe, keyOrders(entity));
      this.#statements.set(entity.name, statements);
    }
    return statements;
  }

  async #query<Row extends object>({ text, values }: Statement): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row>(text, [...values]);
    return rows;
  }
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

/** Names of the compared fields in which the rows differ. */
export function differingFields(entity: CompiledEntity, a: Values, b: Values): string[] {
  return entity.fields
    .filter(({ name, compared }) => compared && a.get(name) !== b.get(name))
    .map(({ name }) => name);
}
