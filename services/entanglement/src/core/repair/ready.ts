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

/**
 * Cases of which nothing may be written yet: one of their rows is busy and what is due there cannot be added now. Cases that share a row which is to be
 * copied wait together.
 */
export function blockedCases(
  pairs: readonly RowPair[],
  cases: readonly RepairCase[],
  open: OpenRows,
  isBusy: (pair: RowPair) => boolean,
): ReadonlySet<string> {
  const blocked = new Set<string>();
  const copied: string[] = [];
  for (const pair of pairs) {
    const id = rowId(pair.entity.name, pair.key);
    if (!isBusy(pair)) copied.push(id);
    else {
      const unclear = isUnclear(pair, id, cases, open);
      for (const each of cases) if (waits(each, pair, id, open, unclear)) blocked.add(each.id);
    }
  }
  for (let before = -1; before !== blocked.size; ) {
    before = blocked.size;
    for (const id of copied) {
      const own = cases.filter((each) => each.rows.get(id)?.proven === false);
      if (own.some((each) => blocked.has(each.id))) for (const each of own) blocked.add(each.id);
    }
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
