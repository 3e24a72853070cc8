import type { Universe } from '../mapping/catalog.ts';
import type { Values } from '../mapping/entity.ts';
import { canonicalNumber, sum } from '../mapping/numbers.ts';
import { dueOf, sumOf } from './due.ts';
import type { EntityShape, RowPair } from './plan.ts';
import { type CaseRow, type Deltas, type RepairCase, rowId } from './repair-case.ts';

/**
 * What the row is by those who answered. One authority: its row. Where both answered requests on the row, the row of the last of them, plus what the
 * others did more in their own universe than there; whether the row exists at all is up to the last who added or removed it.
 */
export function truthOf(pair: RowPair, cases: readonly RepairCase[], counted?: Universe): Values | undefined {
  const id = rowId(pair.entity.name, pair.key);
  const inOrder = cases.toSorted((a, b) => a.committedMs - b.committedMs);
  const decisive =
    inOrder.findLast((each) => ['added', 'removed'].includes(rowOf(each, id).deed)) ?? inOrder.at(-1);
  const base: Universe = counted ?? decisive?.authority ?? 'legacy';
  const values = pair[base].values;
  if (values === undefined) return undefined;
  const elsewhere = sumOf(
    inOrder.filter(({ authority }) => authority !== base).map((each) => dueOf(rowOf(each, id)) ?? new Map()),
  );
  if (elsewhere === undefined || elsewhere.size === 0) return values;
  return added(values, elsewhere) ?? values;
}

/** The row with numbers added; undefined where one of them is none. */
export function added(values: Values, deltas: Deltas): Values | undefined {
  const result = new Map(values);
  for (const [field, delta] of deltas) {
    const value = values.get(field);
    const total =
      typeof value === 'string' && canonicalNumber(value) === value ? sum(value, delta) : undefined;
    if (total === undefined) return undefined;
    result.set(field, total);
  }
  return result;
}

/** Equal in every field that is compared; so are two rows that do not exist. */
export function sameRow(entity: EntityShape, a: Values | undefined, b: Values | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return entity.fields.every(
    ({ name, compared, matched }) => !(compared || matched) || a.get(name) === b.get(name),
  );
}

export function rowOf({ rows }: RepairCase, id: string): CaseRow {
  const row = rows.get(id);
  if (row === undefined) throw new RangeError(`the case is not about ${id}`);
  return row;
}
