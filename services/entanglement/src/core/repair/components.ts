import type { RepairCase } from './repair-case.ts';
import { isWholeEntity, wholeEntities } from './whole-entity.ts';

/** Cases that share rows are repaired together: each row of them is written once, by all that is known of it. */
export interface Component {
  readonly cases: readonly RepairCase[];
  /** Ids of the rows that are not proven equal yet. */
  readonly rows: readonly string[];
  /** Cases that there were when it was put together, those included that wait because it would be too large with them. */
  readonly known?: ReadonlySet<string>;
}

/** Of the rows that are known one by one, the oldest cases first. A case that would make a component larger than `rowsMax` rows waits for the next round. */
export function componentsOf(cases: readonly RepairCase[], rowsMax: number): Component[] {
  const groups: { cases: RepairCase[]; rows: Set<string> }[] = [];
  const byRow = new Map<string, (typeof groups)[number]>();
  for (const each of cases.toSorted((a, b) => a.openedMs - b.openedMs || (a.id < b.id ? -1 : 1))) {
    const rows = [...each.rows].filter(([id, { proven }]) => !proven && !isWholeEntity(id)).map(([id]) => id);
    if (rows.length === 0 && wholeEntities(each).length > 0) continue;
    const touched = [...new Set(rows.flatMap((id) => byRow.get(id) ?? []))];
    const total = new Set([...rows, ...touched.flatMap((group) => [...group.rows])]);
    if (touched.length > 0 && total.size > rowsMax) continue;
    const [first = { cases: [], rows: new Set<string>() }] = touched;
    for (const group of touched.slice(1)) {
      first.cases.push(...group.cases);
      groups.splice(groups.indexOf(group), 1);
    }
    if (touched.length === 0) groups.push(first);
    first.cases.push(each);
    first.rows = total;
    for (const id of total) byRow.set(id, first);
  }
  return groups.map(({ cases, rows }) => ({ cases, rows: [...rows] }));
}
