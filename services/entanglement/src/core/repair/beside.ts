/** Rows that a component shares with cases that are not written with it now: it would be too large with them. */
import { dueOf } from './due.ts';
import type { RowPair } from './plan.ts';
import { type RepairCase, rowId } from './repair-case.ts';
import { type CasesByRow, casesByRow } from './rows-of-cases.ts';
import { rowOf } from './truth.ts';

/** What is done about a row that nobody is at work on. */
export type Sharing =
  /** It is copied: no other case lacks anything there. */
  | 'none'
  /** The component's own numbers are added, as the others' will be: a copy would have theirs, too, and they would then be there twice. */
  | 'add'
  /** It is copied for all cases, and is settled in those beside, too: not everything can be said in numbers. */
  | 'copy';

export class CasesBeside {
  readonly #byRow: CasesByRow;

  constructor(cases: readonly RepairCase[] = []) {
    this.#byRow = casesByRow(cases, true);
  }

  /** Cases that wait, and have the row among those that are not proven equal. */
  of(id: string): readonly RepairCase[] {
    return this.#byRow.get(id) ?? [];
  }

  sharing(pair: RowPair, own: readonly RepairCase[]): Sharing {
    const id = rowId(pair.entity.name, pair.key);
    const due = (cases: readonly RepairCase[]) => cases.map((each) => dueOf(rowOf(each, id)));
    const others = due(this.of(id));
    if (others.every((deltas) => deltas?.size === 0)) return 'none';
    const inNumbers = ![...others, ...due(own)].includes(undefined);
    const both = pair.legacy.values !== undefined && pair.modern.values !== undefined;
    return inNumbers && both ? 'add' : 'copy';
  }
}
