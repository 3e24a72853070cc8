/** Of an emptied table, or of more rows than are kept one by one, a case says that the entity as a whole may differ: a row with the key ''. */
import type { CaseRow, RepairCase } from './repair-case.ts';

/** How far the entity has been gone through for it. */
export interface Sweep {
  /** First what the authority does not have is removed everywhere, then the rest is written: no unique value and no parent stands in the way. */
  readonly pass: 'remove' | 'write';
  /** Canonical key from which it goes on; null: from the beginning of the pass. */
  readonly from: readonly string[] | null;
  /** Rows looked at in this pass, of about how many. */
  readonly looked: number;
  readonly expected: number;
  /** Rows that differed, in both passes. */
  readonly differed: number;
}

export const wholeKey = '';

/** What happened to it, in words, where that is known; else {@link manyRows}. */
export const emptied = 'an emptied table or partition';
const manyRows = 'a change of more rows than are kept one by one';

export function aboutOf({ about }: Pick<CaseRow, 'about'>): string {
  return about ?? manyRows;
}

/** Whether the id of a row means all of its entity. */
export function isWholeEntity(id: string): boolean {
  return id.endsWith('\n');
}

/** The entities that a case says may differ as a whole. */
export function wholeEntities({ rows }: RepairCase): CaseRow[] {
  return [...rows.values()].filter(({ key, proven }) => key === wholeKey && !proven);
}

/** In words: `order: an emptied table is carried over: 40 % (1,200 rows looked at, 300 differed)`. */
export function sweepText(entity: string, about: string, sweep: Sweep): string {
  const { pass, looked, expected, differed } = sweep;
  const share = expected > 0 ? Math.min(1, looked / expected) : 0;
  const percent = Math.floor(((pass === 'remove' ? 0 : 1) + share) * 50);
  const numbers = `${looked.toLocaleString('en')} rows looked at, ${differed.toLocaleString('en')} differed`;
  return `${entity}: ${about} is carried over: ${percent} % (${numbers})`;
}
