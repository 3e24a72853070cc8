/** What a verification says of rows that cases are about, and when that ends a case. */
import { dueOf, settled, sumOf } from './due.ts';
import type { RowPair } from './plan.ts';
import { type CaseRow, type Deltas, type RepairCase, rowId } from './repair-case.ts';
import { added, rowOf, sameRow } from './truth.ts';
import { isWholeEntity } from './whole-entity.ts';

/** The rows of the cases that there were when a verification began, by case: all that these are about had been committed by then. */
export type Witness = ReadonlyMap<string, RepairCase['rows']>;

/** What a verification has found. Rows by `rowId`. */
export interface Verified {
  /** The verification's id. */
  readonly by: string;
  /** Entities that it has gone through from their first row to their last. */
  readonly entities: ReadonlySet<string>;
  /** Rows that it did not find equal, nor made so. */
  readonly unequal: ReadonlySet<string>;
  /** Rows that it has made equal. */
  readonly made: ReadonlySet<string>;
  /** Somebody had said whose rows are right: what the other universe alone had is not due any more. */
  readonly isSaid: boolean;
}

/** The word of a verification on a row of a case; it ends with the next thing that is known of the row. */
export type Word = Pick<Verified, 'by' | 'isSaid'>;

/**
 * The case with the verification's word on each of its rows that is as it was when that began; undefined: it has none on them. The word alone settles no
 * row: it was read while requests may have been at work on it ({@link provenBy}). Only what was gone through as a whole is over with it, as with any other
 * going through.
 */
export function withWord(
  each: RepairCase,
  then: RepairCase['rows'] | undefined,
  found: Verified,
): RepairCase | undefined {
  const told = [...each.rows].flatMap(([id, row]): (readonly [string, CaseRow])[] => {
    if (row.proven || then?.get(id) !== row) return [];
    const verified: Word = { by: found.by, isSaid: found.isSaid };
    if (found.entities.has(row.entity) && isWholeEntity(id))
      return isAllEqual(row.entity, found) ? [[id, { ...row, verified, proven: true }]] : [];
    // Written over by a row that had all that its universe's answers did; what the other one's did was said to be wrong.
    if (found.isSaid && found.made.has(id)) return [[id, { ...settled(row, false), verified }]];
    return found.entities.has(row.entity) && !found.unequal.has(id) ? [[id, { ...row, verified }]] : [];
  });
  return told.length === 0 ? undefined : { ...each, rows: new Map([...each.rows, ...told]) };
}

function isAllEqual(entity: string, { unequal }: Verified): boolean {
  return ![...unequal].some((id) => id.startsWith(`${entity}\n`));
}

/** Whether a verification has its word on a row of the case that is not settled. */
export function hasWord({ rows }: RepairCase): boolean {
  return [...rows.values()].some(({ proven, verified }) => !proven && verified !== undefined);
}

/**
 * A row on which a verification has its word is settled for the cases of then: nobody is at work on it, and it is equal but for what cases of later lack.
 * Returns those of the cases with the row settled; none: it is not proven.
 *
 * @param pair as it was read while nobody was at work on the row
 * @param cases all that are about the row
 */
export function provenBy(pair: RowPair, cases: readonly RepairCase[]): RepairCase[] {
  const id = rowId(pair.entity.name, pair.key);
  const open = cases.filter(({ rows }) => rows.get(id)?.proven === false);
  const told = open.filter((each) => rowOf(each, id).verified !== undefined);
  if (told.length === 0 || !isProven(pair, id, open, told)) return [];
  return told.map((each) => ({
    ...each,
    rows: new Map(each.rows).set(id, settled(rowOf(each, id), true)),
  }));
}

function isProven(
  pair: RowPair,
  id: string,
  cases: readonly RepairCase[],
  ofThen: readonly RepairCase[],
): boolean {
  const ofLater = cases.filter((each) => rowOf(each, id).verified === undefined);
  const unsaid = ofThen.filter((each) => rowOf(each, id).verified?.isSaid !== true);
  // Equal, and each universe may still lack the same that the other one's clients were told.
  if (new Set(unsaid.filter((each) => isDue(each, id)).map(({ authority }) => authority)).size > 1)
    return false;
  const { entity, legacy, modern } = pair;
  const lacked = { legacy: lackedBy('legacy', id, ofLater), modern: lackedBy('modern', id, ofLater) };
  if (lacked.legacy === undefined || lacked.modern === undefined) {
    const all = [...unsaid, ...ofLater];
    return (
      new Set(all.map(({ authority }) => authority)).size < 2 && sameRow(entity, legacy.values, modern.values)
    );
  }
  if (lacked.legacy.size + lacked.modern.size === 0) return sameRow(entity, legacy.values, modern.values);
  const [left, right] = [
    legacy.values && added(legacy.values, lacked.legacy),
    modern.values && added(modern.values, lacked.modern),
  ];
  return left !== undefined && right !== undefined && sameRow(entity, left, right);
}

function isDue(each: RepairCase, id: string): boolean {
  const due = dueOf(rowOf(each, id));
  return due !== undefined && due.size > 0;
}

function lackedBy(
  universe: RepairCase['authority'],
  id: string,
  cases: readonly RepairCase[],
): Deltas | undefined {
  return sumOf(cases.filter(({ authority }) => authority !== universe).map((each) => dueOf(rowOf(each, id))));
}

/** In words, of a case that is over; undefined: it ended by itself. */
export function settledBy({ rows }: RepairCase): string | undefined {
  const by = new Set([...rows.values()].flatMap(({ verified }) => verified?.by ?? []));
  return by.size === 0 ? undefined : `settled by verification ${[...by].join(', ')}`;
}
