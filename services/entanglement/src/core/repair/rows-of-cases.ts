import type { RepairCase } from './repair-case.ts';

/** Cases by the rows that they are about, by `rowId`. */
export type CasesByRow = ReadonlyMap<string, readonly RepairCase[]>;

/** @param open only rows that are not proven equal yet */
export function casesByRow(cases: readonly RepairCase[], open = false): CasesByRow {
  const byRow = new Map<string, RepairCase[]>();
  for (const each of cases) {
    for (const [id, { proven }] of each.rows) {
      if (open && proven) continue;
      const known = byRow.get(id);
      if (known === undefined) byRow.set(id, [each]);
      else known.push(each);
    }
  }
  return byRow;
}
