import { dueOf } from './due.ts';
import type { CaseRow, RepairCase } from './repair-case.ts';
import { isWholeEntity, wholeEntities } from './whole-entity.ts';

/** Cases that share rows are repaired together: each row of them is written once, by all that is known of it. */
export interface Component {
  readonly cases: readonly RepairCase[];
  /** Ids of the rows that are not proven equal yet. */
  readonly rows: readonly string[];
  /** Cases that there were when it was put together, those included that wait because it would be too large with them. */
  readonly known?: ReadonlySet<string>;
}

interface Group {
  readonly cases: RepairCase[];
  readonly rows: Set<string>;
}

/**
 * Of the rows that are known one by one, in the order of the cases. A component has `rowsMax` rows at most, or what `limitOf` says of one of its cases,
 * unless one case alone has more: a case that would make it larger waits, and {@link planOf} is told what it is about. Cases of which nothing is due
 * any more are not written as a whole: their rows only wait to be seen equal, in as many components as there are.
 */
export function componentsOf(
  cases: readonly RepairCase[],
  rowsMax: number,
  limitOf: (each: RepairCase) => number = () => rowsMax,
): Component[] {
  const grouping = new Grouping();
  const loose: (readonly [RepairCase, readonly string[]])[] = [];
  for (const each of cases) {
    const open = [...each.rows].filter(([id, { proven }]) => !proven && !isWholeEntity(id));
    if (open.length === 0 && wholeEntities(each).length > 0) continue;
    const ids = open.map(([id]) => id);
    if (open.length > 0 && open.every(([, row]) => isNothingDue(row))) loose.push([each, ids]);
    else grouping.join(each, ids, Math.min(rowsMax, limitOf(each)));
  }
  for (const [each, ids] of loose) if (!grouping.join(each, ids, rowsMax)) grouping.spread(each, ids);
  return grouping.components;
}

/** The other database has all that is known to be due on it: it is to be seen equal yet. */
export function isNothingDue(row: CaseRow): boolean {
  return dueOf(row)?.size === 0;
}

class Grouping {
  readonly #limits = new Map<Group, number>();
  readonly #byRow = new Map<string, Group>();

  get components(): Component[] {
    return [...this.#limits.keys()].map(({ cases, rows }) => ({ cases, rows: [...rows] }));
  }

  /** False: the component would be too large with it. */
  join(each: RepairCase, ids: readonly string[], limit: number): boolean {
    const touched = [...new Set(ids.flatMap((id) => this.#byRow.get(id) ?? []))];
    const fresh = ids.filter((id) => !this.#byRow.has(id));
    const size = touched.reduce((sum, { rows }) => sum + rows.size, fresh.length);
    const allowed = Math.min(limit, ...touched.map((group) => this.#limits.get(group) ?? limit));
    if (touched.length > 0 && size > allowed) return false;
    // The smaller ones go into the largest, so that no row is moved often.
    const [into = { cases: [], rows: new Set<string>() }, ...others] = touched.toSorted(
      (a, b) => b.rows.size - a.rows.size,
    );
    for (const group of others) {
      into.cases.push(...group.cases);
      for (const id of group.rows) this.#put(into, id);
      this.#limits.delete(group);
    }
    into.cases.push(each);
    for (const id of fresh) this.#put(into, id);
    this.#limits.set(into, allowed);
    return true;
  }

  /** With each of its rows where that is, and with the rest by itself. */
  spread(each: RepairCase, ids: readonly string[]): void {
    for (const group of new Set(ids.flatMap((id) => this.#byRow.get(id) ?? []))) group.cases.push(each);
    const fresh = ids.filter((id) => !this.#byRow.has(id));
    if (fresh.length > 0) this.join(each, fresh, Number.POSITIVE_INFINITY);
  }

  #put(group: Group, id: string): void {
    group.rows.add(id);
    this.#byRow.set(id, group);
  }
}
