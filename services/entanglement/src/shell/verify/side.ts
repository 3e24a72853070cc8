import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import type { Key, KeyRange } from '../../core/verify/statements.ts';

/** A row and a word that changes whenever the row does. */
export interface SideRow {
  readonly values: Values;
  readonly version: string;
}

export interface Page {
  readonly rows: readonly SideRow[];
  /** This side's own key of the row behind them; undefined: there is none. */
  readonly next: Key | undefined;
}

/**
 * One database as a verification and a copy read it. Keys and values are canonical; ids that are matched through pairs stand under their common names
 * (`core/identifiers/partners.ts`). What is a connection's error is thrown as it is.
 */
export interface Side {
  /** Number of rows in the range, and a checksum over their compared fields. */
  checksum(entity: CompiledEntity, range: KeyRange): Promise<{ readonly rows: number; readonly sum: string }>;
  /** Key of the row that stands `offset` rows into the range; undefined when the range is shorter. */
  boundary(entity: CompiledEntity, range: KeyRange, offset: number): Promise<Key | undefined>;
  /** A hash of each row of the range, by {@link keyText}. Of entities with a matched key the range is one of this side's own keys. */
  hashes(entity: CompiledEntity, range: KeyRange): Promise<ReadonlyMap<string, string>>;
  /** The same of the rows with these keys; those that are not there are missing. */
  hashesOf(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, string>>;
  /** Rows by {@link keyText}; those that are not there are missing. */
  rows(entity: CompiledEntity, keys: readonly Key[]): Promise<ReadonlyMap<string, SideRow>>;
  /** The first rows of the range in the order of their keys: `limit`, or fewer where they are large. */
  page(entity: CompiledEntity, range: KeyRange, limit: number): Promise<Page>;
  /** Up to `limit` rows with these canonical values, in no order; of a large table it takes long. */
  alike(
    entity: CompiledEntity,
    values: ReadonlyMap<string, string | null>,
    limit: number,
  ): Promise<readonly SideRow[]>;
  /** Whether the entity has any row. */
  isFilled(entity: CompiledEntity): Promise<boolean>;
  /** Estimate of how many rows the entity has. */
  estimate(entity: CompiledEntity): Promise<number>;
}

export function keyText(key: Key): string {
  return JSON.stringify(key);
}

export function keyOf(text: string): Key {
  const key: unknown = JSON.parse(text);
  if (!Array.isArray(key)) throw new TypeError(`${text} is no key`);
  return key.map(String);
}
