import type { Universe } from '../mapping/catalog.ts';
import type { LoneDeed } from './lone-deed.ts';
import type { OneDeed } from './one-deed.ts';
import type { Word } from './verified.ts';
import type { Sweep } from './whole-entity.ts';

/** Why rows may differ. */
export type Cause =
  /** The request did something else in either universe. */
  | 'mismatch'
  /** The request was not compared: a copy that never came, most often. */
  | 'lost'
  /** Only the order of commits explains what differs: nobody is wrong, yet the rows do not agree. */
  | 'race'
  /** A transaction that belongs to no request. */
  | 'unattributed'
  /** Transactions of a request that was never judged. */
  | 'unjudged'
  /** A verification found the row, and its repair was asked for. */
  | 'verification'
  /** Found while an entity was gone through that differs as a whole. */
  | 'entity';

/** Numbers by field, as canonical decimal text. */
export type Deltas = ReadonlyMap<string, string>;

/** A row that a case is about. */
export interface CaseRow {
  readonly entity: string;
  /** Canonical key fields as JSON array text. */
  readonly key: string;
  /** What the authority did to the row's existence. */
  readonly deed: 'added' | 'removed' | 'kept' | 'unknown';
  /** Δauthority − Δother of each number that differs; undefined: not known, or one of the two has no row to add to. */
  readonly desired: Deltas | undefined;
  /** The part of `desired` that the other database already has, by compensation or because the row was copied since. */
  readonly applied: Deltas;
  /** Both rows were read equal at a balanced point since the case was opened or changed. */
  readonly proven: boolean;
  /** The universes keep it under keys of their own counting: this row's key in each. */
  readonly as?: Readonly<Record<Universe, string>>;
  /** The request made the row, or removed it, in one universe alone. */
  readonly lone?: LoneDeed;
  /** What is due may be there already, done for another request. */
  readonly doubtful?: boolean;
  /** What the case is about made the row: of one whose id has no known partner, the other universe has none. */
  readonly made?: boolean;
  /**
   * What the authority's row held before, of one that it alone has changed: if the other universe has it under an id that nobody knows, it holds just
   * this. By field, without what is masked.
   */
  readonly before?: Readonly<Record<string, string | null>>;
  /** A verification that began after all that the case says of the row has found it equal, or made it so. */
  readonly verified?: Word;
  /** Of an entity as a whole: what happened to it, where that is known, and how far it is carried over. */
  readonly about?: string;
  readonly sweep?: Sweep;
}

/** Something after which rows may differ: a diverging request, an unattributed transaction. */
export interface RepairCase {
  /** The request's id; `tx:…` of an unattributed transaction; `verify:…`. */
  readonly id: string;
  readonly cause: Cause;
  /** Of the verdict; a later one replaces what the case says, never what was done about it. */
  readonly revision: number;
  /** The universe that is right: the one that answered. */
  readonly authority: Universe;
  /** Time in ms of the last commit that it is about: the later of two writers is right. */
  readonly committedMs: number;
  /** Commit in the authority, by which compensations of a row stand in line; 0 when the authority committed nothing. */
  readonly authorityLsn: bigint;
  readonly openedMs: number;
  /** A client got an answer that differs from legacy's: traffic goes back before anything is written. */
  readonly revertFirst: boolean;
  /** Both universes answer clients and nobody knows who is right here: shown, unless the rows are equal after all. */
  readonly undecided: boolean;
  /** Set where another request, which has the other authority, asked for the same. */
  readonly deed?: OneDeed;
  /** By {@link rowId}. */
  readonly rows: ReadonlyMap<string, CaseRow>;
}

export function rowId(entity: string, key: string): string {
  return `${entity}\n${key}`;
}

export function other(universe: Universe): Universe {
  return universe === 'legacy' ? 'modern' : 'legacy';
}

/** Rows of a case, to be told apart by {@link rowId}. */
export function rowsById(rows: Iterable<CaseRow>): Map<string, CaseRow> {
  return new Map([...rows].map((row) => [rowId(row.entity, row.key), row]));
}
