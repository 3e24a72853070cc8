import { type CaseRow, type RepairCase, rowId } from './repair-case.ts';

/**
 * The case with rows under the keys that they are known by now, since the pair of their ids was learned; undefined: it has none of them. What is due on a
 * row is due under one name, or it would be written twice.
 *
 * @param names new key by {@link rowId}
 */
export function renamed(each: RepairCase, names: ReadonlyMap<string, string>): RepairCase | undefined {
  if (![...each.rows.keys()].some((id) => names.has(id))) return undefined;
  const rows = new Map<string, CaseRow>();
  for (const [id, row] of each.rows) {
    const key = names.get(id) ?? row.key;
    const at = rowId(row.entity, key);
    // Of the same row under both names, the one that was named in common from the beginning knows more.
    if (!rows.has(at) || key === row.key) rows.set(at, { ...row, key });
  }
  return { ...each, rows };
}
