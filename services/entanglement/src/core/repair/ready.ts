import { dueOf } from './due.ts';
import type { OpenRows } from './open-rows.ts';
import type { RowPair } from './plan.ts';
import { type RepairCase, rowId } from './repair-case.ts';

/** Its turn on the row: whoever committed there before it, in the universe that is right, has been judged. */
export function inLine(
  { authority, authorityLsn }: RepairCase,
  { entity, key, aliases = [] }: RowPair,
  open: OpenRows,
): boolean {
  return ![key, ...aliases].some((own) => open.isOpenBefore(entity.name, own, authority, authorityLsn));
}

/** Cases of a row: those that are planned, and those beside them, too. */
export interface RowCases {
  readonly own: (pair: RowPair) => readonly RepairCase[];
  readonly all: (pair: RowPair) => readonly RepairCase[];
}

/**
 * Cases of which nothing may be written yet: one of their rows is busy and what is due there cannot be added now. Cases that share a row which is to be
 * copied wait together.
 */
export function blockedCases(
  pairs: readonly RowPair[],
  { own, all }: RowCases,
  open: OpenRows,
  isBusy: (pair: RowPair) => boolean,
): ReadonlySet<string> {
  const blocked = new Set<string>();
  const copied: (readonly RepairCase[])[] = [];
  for (const pair of pairs) {
    const id = rowId(pair.entity.name, pair.key);
    if (!isBusy(pair)) copied.push(own(pair).filter((each) => each.rows.get(id)?.proven === false));
    else {
      const unclear = isUnclear(pair, id, all(pair), open);
      for (const each of own(pair)) if (waits(each, pair, id, open, unclear)) blocked.add(each.id);
    }
  }
  for (let before = -1; before !== blocked.size; ) {
    before = blocked.size;
    for (const sharing of copied)
      if (sharing.some((each) => blocked.has(each.id))) for (const each of sharing) blocked.add(each.id);
  }
  return blocked;
}

/**
 * Somebody wrote the row outside of any request, and what that did is not said in numbers: it may be just what the other cases lack (a build that
 * corrects its own books), and would then be added twice.
 */
function isUnclear(
  { entity, key, aliases = [] }: RowPair,
  id: string,
  cases: readonly RepairCase[],
  open: OpenRows,
): boolean {
  if ([key, ...aliases].some((own) => open.isUnasked(entity.name, own))) return true;
  return cases.some(({ rows }) => {
    const row = rows.get(id);
    return row !== undefined && !row.proven && dueOf(row) === undefined;
  });
}

function waits(each: RepairCase, pair: RowPair, id: string, open: OpenRows, unclear: boolean): boolean {
  const row = each.rows.get(id);
  if (row === undefined || row.proven) return false;
  const due = dueOf(row);
  return due === undefined || (due.size > 0 && (unclear || !inLine(each, pair, open)));
}
