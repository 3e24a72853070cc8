import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { quoted, readRowText, valueText } from '../../core/change/sqlite/log-schema.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { columnKind } from '../../core/mapping/column-kind.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { keyOrders } from '../../core/verify/key-order.ts';
import { comparedTexts, rowText, sumOf } from '../../core/verify/row-hash.ts';
import { compareKeys, isWithin } from '../../core/verify/row-order.ts';
import { type SqliteRange, sqliteRange } from '../../core/verify/sqlite-range.ts';
import type { Key, KeyRange } from '../../core/verify/statements.ts';
import { openSqlite } from '../cdc/sqlite/database.ts';
import { rowDecoder } from '../cdc/sqlite/exact-text.ts';
import { PAGE_CHARS_MAX, sizeOf } from './page-rows.ts';
import { keyText, type Page, type Side, type SideRow } from './side.ts';

/** Rows that are read before others in this process have their turn. */
const rowsATurn = 500;

interface Read extends SideRow {
  readonly key: Key;
}

/**
 * A SQLite file as a verification reads it. SQLite has neither MD5 nor the conversions, so that rows are read whole and hashed here, to the very texts
 * that Postgres makes on the other side. A range of keys is found by the key's index; where SQLite has the keys in another order, each question reads the
 * whole table. Keys and ids are the universe's own: {@link CommonNames} gives them the names that both have.
 */
export class SqliteSide implements Side {
  readonly #path: string;
  readonly #universe: Universe;
  /** How often what was being read was ended. */
  #ended = 0;

  constructor(path: string, universe: Universe) {
    this.#path = path;
    this.#universe = universe;
  }

  /** Ends what is being read now: it fails when others have had their turn. */
  cancel(): void {
    this.#ended += 1;
  }

  async checksum(entity: CompiledEntity, range: KeyRange): Promise<{ rows: number; sum: string }> {
    let rows = 0;
    let sum = 0n;
    for await (const { values } of this.#within(entity, range)) {
      rows += 1;
      sum += sumOf(hashOf(entity, values));
    }
    return { rows, sum: String(sum) };
  }

  async boundary(entity: CompiledEntity, range: KeyRange, offset: number): Promise<Key | undefined> {
    let at = 0;
    for await (const { key } of this.#sorted(entity, range)) {
      if (at === offset) return key;
      at += 1;
    }
    return undefined;
  }

  async hashes(entity: CompiledEntity, range: KeyRange): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for await (const { key, values } of this.#within(entity, range))
      found.set(keyText(key), hashOf(entity, values));
    return found;
  }

  async hashesOf(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.rows(entity, keys);
    return new Map([...rows].map(([key, { values }]) => [key, hashOf(entity, values)]));
  }

  async rows(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, SideRow>> {
    const database = openSqlite(this.#path);
    try {
      return new Map(
        keys.flatMap((key): [string, SideRow][] => {
          const row = readSqliteRow(database, entity, this.#universe, key);
          return row === undefined ? [] : [[keyText(key), row]];
        }),
      );
    } finally {
      database.close();
    }
  }

  async page(entity: CompiledEntity, range: KeyRange, limit: number): Promise<Page> {
    const rows: SideRow[] = [];
    let chars = 0;
    for await (const { key, values, version } of this.#sorted(entity, range)) {
      if (rows.length === limit || (rows.length > 0 && chars >= PAGE_CHARS_MAX)) return { rows, next: key };
      rows.push({ values, version });
      chars += sizeOf(values.values());
    }
    return { rows, next: undefined };
  }

  async alike(...[entity, values, limit]: Parameters<Side['alike']>): Promise<readonly SideRow[]> {
    const found: SideRow[] = [];
    for await (const row of this.#within(entity, { from: undefined, to: undefined })) {
      if ([...values].every(([name, value]) => (row.values.get(name) ?? null) === value)) found.push(row);
      if (found.length === limit) break;
    }
    return found;
  }

  async isFilled(entity: CompiledEntity): Promise<boolean> {
    for await (const _ of this.#within(entity, { from: undefined, to: undefined })) return true;
    return false;
  }

  async estimate(entity: CompiledEntity): Promise<number> {
    const database = openSqlite(this.#path);
    try {
      const { table } = entity.side(this.#universe);
      return Number(database.prepare(`SELECT count(*) AS rows FROM ${quoted(table)}`).get()?.rows ?? 0);
    } finally {
      database.close();
    }
  }

  /** In the order of the keys. */
  async *#sorted(entity: CompiledEntity, range: KeyRange): AsyncGenerator<Read> {
    if (sqliteRange(entity, this.#universe, range) !== undefined) {
      yield* this.#within(entity, range);
      return;
    }
    const orders = keyOrders(entity, this.#universe);
    const found: Read[] = [];
    for await (const row of this.#within(entity, range)) found.push(row);
    yield* found.sort((a, b) => compareKeys(orders, a.key, b.key));
  }

  /** The rows of a range as of one moment. */
  async *#within(entity: CompiledEntity, range: KeyRange): AsyncGenerator<Read> {
    const found = sqliteRange(entity, this.#universe, range);
    if (found !== undefined) {
      yield* this.#read(entity, found);
      return;
    }
    const orders = keyOrders(entity, this.#universe);
    for await (const row of this.#read(entity, { sql: '', values: [] }))
      if (isWithin(orders, row.key, range)) yield row;
  }

  async *#read(entity: CompiledEntity, { sql, values }: SqliteRange): AsyncGenerator<Read> {
    const database = openSqlite(this.#path);
    const begun = this.#ended;
    try {
      const rows = database.prepare(`${selectRows(entity, this.#universe)}${sql}`).iterate(...values);
      const decode = rowDecoder(database);
      let count = 0;
      for (const found of rows) {
        const row = readRow(entity, this.#universe, decode(found.row));
        if (row !== undefined) yield { ...row, key: keyOf(entity, row.values) };
        count += 1;
        if (count % rowsATurn === 0) {
          await nextTurn();
          if (this.#ended !== begun) throw new Error(`the reading of ${this.#path} was ended`);
        }
      }
    } finally {
      database.close();
    }
  }
}

/** The row with this canonical key; undefined where there is none, or the file has no such key. */
export function readSqliteRow(
  database: DatabaseSync,
  entity: CompiledEntity,
  universe: Universe,
  key: Key,
): SideRow | undefined {
  const written = writtenKey(entity, universe, key);
  if (written === undefined) return undefined;
  const conditions = Object.keys(written).map((column) => `${quoted(column)} = ?`);
  const found = database
    .prepare(`${selectRows(entity, universe)} WHERE ${conditions.join(' AND ')}`)
    .get(...Object.values(written));
  return found === undefined ? undefined : readRow(entity, universe, rowDecoder(database)(found.row));
}

function selectRows(entity: CompiledEntity, universe: Universe): string {
  const texts = columnsOf(entity, universe).map((column) => valueText(quoted(column)));
  return `SELECT CAST(${texts.join(` || ',' || `)} AS BLOB) AS row FROM ${quoted(entity.side(universe).table)}`;
}

/** Columns of fields and of filters. */
function columnsOf(entity: CompiledEntity, universe: Universe): string[] {
  const own = entity.fields.map((field) => field[universe].column.name);
  return [...new Set([...own, ...entity.side(universe).filters.map(({ column }) => column)])];
}

/** The version is the row's own text: a row that changed and changed back is what it was. */
function readRow(entity: CompiledEntity, universe: Universe, text: string): SideRow | undefined {
  const row = readRowText(text, columnsOf(entity, universe), (column) =>
    columnKind(entity, universe, column),
  );
  return entity.covers(universe, row) ? { values: entity.values(universe, row), version: text } : undefined;
}

function writtenKey(
  entity: CompiledEntity,
  universe: Universe,
  key: Key,
): Record<string, string | null> | undefined {
  try {
    return Object.fromEntries(
      entity.keyFields.map((name, at): [string, string | null] => {
        const field = entity.field(name);
        if (field === undefined) throw new Error(`entity ${entity.name} has no field ${name}`);
        return [field[universe].column.name, entity.written(universe, field, key[at] ?? null)];
      }),
    );
  } catch {
    return undefined;
  }
}

function keyOf(entity: CompiledEntity, values: Values): Key {
  return entity.keyFields.map((name) => values.get(name) ?? '');
}

/** Of the compared fields, as Postgres hashes them. */
export function hashOf(entity: CompiledEntity, values: Values): string {
  return createHash('md5')
    .update(rowText(comparedTexts(entity, values)))
    .digest('hex');
}
