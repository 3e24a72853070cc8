/** The queries of a verification, for one entity in one universe. Texts that they yield are canonical. */
import { matchedFields } from '../identifiers/matched-rows.ts';
import type { Universe } from '../mapping/catalog.ts';
import type { CompiledEntity } from '../mapping/entity.ts';
import { holds } from '../mapping/holds.ts';
import { identifier } from '../mapping/sql.ts';
import { keyBound } from './key-bound.ts';
import { type KeyOrder, orderSql } from './key-order.ts';

/** A canonical key: texts of the key's fields in their order. */
export type Key = readonly string[];

/** Keys from `from` up to, not with, `to`; undefined is the beginning or the end. */
export interface KeyRange {
  readonly from: Key | undefined;
  readonly to: Key | undefined;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly (string | number | null | readonly (string | null)[])[];
}

/**
 * What a verification asks of one side. The checksum of rows is the sum of the first 64 bits of MD5 over each row's compared fields: it does not depend on
 * the order, and two that differ have the same with a chance of 2^-64.
 */
export class VerifyStatements {
  readonly #entity: CompiledEntity;
  readonly #universe: Universe;
  readonly #orders: readonly KeyOrder[];
  readonly #from: string;
  readonly #order: string[];
  readonly #key: string;
  readonly #hash: string;
  readonly #ids: string;
  readonly #columns: string;

  constructor(entity: CompiledEntity, universe: Universe, orders: readonly KeyOrder[]) {
    this.#entity = entity;
    this.#universe = universe;
    this.#orders = orders;
    const side = entity.side(universe);
    this.#from = `FROM ${side.from} WHERE ${side.where}`;
    this.#order = orderSql(orders, universe);
    this.#key = `ARRAY[${orders.map(({ field }) => field[universe].sql).join(', ')}]`;
    const compared = entity.fields.filter((field) => field.compared).map((field) => field[universe].sql);
    // The text of a row says where each field ends, and tells null from nothing (manual, 8.16.6).
    this.#hash = `md5(ROW(${compared.join(', ')})::text)`;
    const ids = matchedFields(entity).map((field) => field[universe].sql);
    this.#ids = ids.length === 0 ? 'NULL' : `ARRAY[${ids.join(', ')}]`;
    const versions = ['t', ...side.lookups.map(({ name }) => identifier(`l_${name}`))].map(
      (alias) => `coalesce(${alias}.xmin::text || ${alias}.ctid::text, '')`,
    );
    const fields = entity.fields.map((field, at) => `${field[universe].sql} AS f${at}`);
    this.#columns = `${versions.join(' || ')} AS version, ${fields.join(', ')}`;
  }

  /** `rows`, `sum`. */
  checksum(range: KeyRange): Statement {
    const { sql, values } = this.#within(range);
    return {
      text: `SELECT count(*)::text AS rows, coalesce(sum(('x' || left(${this.#hash}, 16))::bit(64)::bigint), 0)::text AS sum ${this.#from}${sql}`,
      values,
    };
  }

  /** `key` of the row that stands `offset` rows into the range; no row when the range is shorter. */
  boundary(range: KeyRange, offset: number): Statement {
    const { sql, values } = this.#within(range);
    return {
      text: `SELECT ${this.#key} AS key ${this.#from}${sql} ORDER BY ${this.#order.join(', ')} OFFSET ${offset} LIMIT 1`,
      values,
    };
  }

  /** Up to `limit` rows of the range in the order of their keys, as {@link rows} has them. */
  page(range: KeyRange, limit: number): Statement {
    const { sql, values } = this.#within(range);
    return {
      text: `SELECT ${this.#columns} ${this.#from}${sql} ORDER BY ${this.#order.join(', ')} LIMIT ${limit}`,
      values,
    };
  }

  /** Whether there is any row, as `filled`. */
  filled(): Statement {
    return { text: `SELECT EXISTS (SELECT ${this.#from}) AS filled`, values: [] };
  }

  /** `key`, `hash` of each row of the range; of matched fields the `ids` in their order, which are no part of the hash. */
  hashes(range: KeyRange): Statement {
    const { sql, values } = this.#within(range);
    return { text: `${this.#selectHashes()}${sql}`, values };
  }

  /** The same of the rows with these keys. */
  hashesOf(keys: readonly Key[]): Statement | undefined {
    const found = this.#withKeys(keys);
    return found && { text: `${this.#selectHashes()} AND ${found.sql}`, values: found.values };
  }

  /**
   * The rows with these keys: `version`, which changes whenever the row does, and the canonical text of field i as `f<i>`. Keys that this side cannot
   * write have no row.
   */
  rows(keys: readonly Key[], lock: 'lock' | 'free' = 'free'): Statement | undefined {
    const found = this.#withKeys(keys);
    if (found === undefined) return undefined;
    const text = `SELECT ${this.#columns} ${this.#from} AND ${found.sql}${lock === 'lock' ? ' FOR UPDATE OF t' : ''}`;
    return { text, values: found.values };
  }

  /** Up to `limit` rows with these canonical values, as {@link rows} answers them. */
  alike(values: ReadonlyMap<string, string | null>, limit: number): Statement {
    const conditions = [...values.keys()].map(
      (name, at) => ` AND ${this.#entity.field(name)?.[this.#universe].sql} IS NOT DISTINCT FROM $${at + 1}`,
    );
    return {
      text: `SELECT ${this.#columns} ${this.#from}${conditions.join('')} LIMIT ${limit}`,
      values: [...values.values()],
    };
  }

  #selectHashes(): string {
    return `SELECT ${this.#key} AS key, ${this.#ids} AS ids, ${this.#hash} AS hash ${this.#from}`;
  }

  #withKeys(keys: readonly Key[]): (Pick<Statement, 'values'> & { readonly sql: string }) | undefined {
    const [name, ...others] = this.#entity.keyFields;
    if (name !== undefined && others.length === 0 && !this.#isList(name)) {
      const single = keys.flatMap((key) => this.#written(key)?.slice(0, 1) ?? []);
      // One parameter and one look into the index, however many keys there are.
      const sql = `${this.#column(name)} = ANY($1)`;
      return single.length === 0 ? undefined : { sql, values: [single] };
    }
    const values: (string | null)[] = [];
    const matches = keys.flatMap((key) => {
      const written = this.#written(key);
      if (written === undefined) return [];
      const columns = this.#entity.keyFields.map((name, at) => {
        values.push(written[at] ?? null);
        return `${this.#column(name)} = $${values.length}`;
      });
      return [`(${columns.join(' AND ')})`];
    });
    return matches.length === 0 ? undefined : { sql: `(${matches.join(' OR ')})`, values };
  }

  #within({ from, to }: KeyRange): { sql: string; values: (string | null)[] } {
    const values: (string | null)[] = [];
    const bound = (operator: '>=' | '<', key: Key | undefined): string =>
      key === undefined
        ? ''
        : ` AND ${keyBound({ entity: this.#entity, universe: this.#universe, orders: this.#orders, values }, operator, key)}`;
    const sql = bound('>=', from) + bound('<', to);
    return { sql, values };
  }

  /** Undefined where the columns cannot have such a key: there is no such row then. */
  #written(key: Key): (string | null)[] | undefined {
    try {
      const written = this.#entity.keyFields.map((name, at): string | null | undefined => {
        const field = this.#entity.field(name);
        if (field === undefined) return null;
        const text = this.#entity.written(this.#universe, field, key[at] ?? null);
        return holds(field[this.#universe].column, text) ? text : undefined;
      });
      return written.every((text) => text !== undefined) ? written : undefined;
    } catch {
      return undefined;
    }
  }

  /** ANY takes a list of lists for one of their items. */
  #isList(name: string): boolean {
    return this.#entity.field(name)?.[this.#universe].column.array === true;
  }

  /** An enum as its text: another text than its labels would fail the query. */
  #column(name: string): string {
    const column = this.#entity.field(name)?.[this.#universe].column;
    return `t.${identifier(column?.name ?? name)}${column?.kind === 'enum' ? '::text' : ''}`;
  }
}
