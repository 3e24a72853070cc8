import type { Universe } from '../mapping/catalog.ts';
import type { Values } from '../mapping/entity.ts';
import { canonicalNumber, sum } from '../mapping/numbers.ts';
import { dueOf, sumOf } from './due.ts';
import type { OpenRows } from './open-rows.ts';
import { type CaseRow, type Deltas, other, type RepairCase, rowId } from './repair-case.ts';

/** An entity as far as its repair is concerned. */
export interface EntityShape {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly compared: boolean }[];
}

/** A row as it was read; `version` changes with every transaction that writes the row. Both are undefined where there is none. */
export interface RowRead {
  readonly version: string | undefined;
  readonly values: Values | undefined;
}

export interface RowPair {
  readonly entity: EntityShape;
  readonly key: string;
  readonly legacy: RowRead;
  readonly modern: RowRead;
}

/** What is to be written. `row` only if the row still is the version it was computed from; `add` whatever it is meanwhile. */
export type Write =
  | {
      readonly kind: 'row';
      readonly entity: string;
      readonly key: string;
      readonly version: string | undefined;
      readonly before: Values | undefined;
      readonly after: Values | undefined;
    }
  | { readonly kind: 'add'; readonly entity: string; readonly key: string; readonly add: Deltas };

export interface Plan {
  readonly writes: Readonly<Record<Universe, readonly Write[]>>;
  /** Rows that are equal in both universes once all is written. */
  readonly proven: ReadonlySet<string>;
  /** Rows whose numbers are compensated, and of which cases. */
  readonly compensated: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rows that somebody is still at work on. */
  readonly busy: ReadonlySet<string>;
  /** What forbids to write anything: neither universe has all that those who answered have added, or nobody knows who is right. */
  readonly conflict: string | undefined;
}

export interface PlanContext {
  /** {@link OpenRows.now} before the rows were read. */
  readonly since: number;
  /** Numbers of rows that somebody is at work on are compensated. */
  readonly compensate: boolean;
  /** Both universes answer clients, or did a moment ago: what is still open may have either as its authority. */
  readonly both: boolean;
}

/**
 * What to write so that these rows agree. Rows that nobody is at work on become what the authority has. Of the others, numbers are compensated if
 * `compensate` says so: what is added commutes with what is still to come, and stands in line with the authority's own order on that row.
 */
export function planOf(
  pairs: readonly RowPair[],
  cases: readonly RepairCase[],
  open: OpenRows,
  { since, compensate, both }: PlanContext,
): Plan {
  const writes: Record<Universe, Write[]> = { legacy: [], modern: [] };
  const proven = new Set<string>();
  const busy = new Set<string>();
  let unknown: string | undefined;
  const compensated = new Map<string, Set<string>>();
  const counting = baseOfCountedRows(pairs, cases);
  // Where both answer, the next plan may have to take them from the other universe: it must not find them half done.
  const together =
    (both || new Set(cases.map(({ authority }) => authority)).size > 1) &&
    pairs.some(({ entity, key }) => counting.bases.has(entity.name) && open.isOpen(entity.name, key, since));
  for (const pair of pairs) {
    const { entity, key } = pair;
    const id = rowId(entity.name, key);
    const own = cases.filter((each) => each.rows.has(id));
    if (!open.isOpen(entity.name, key, since) && !(counting.bases.has(entity.name) && together)) {
      if (
        own.every(({ undecided }) => undecided) &&
        !sameRow(entity, pair.legacy.values, pair.modern.values)
      ) {
        unknown ??= `${entity.name} ${key}: it was changed outside of any request while both universes answer clients`;
        continue;
      }
      proven.add(id);
      const truth = truthOf(pair, own, counting.bases.get(entity.name));
      for (const universe of ['legacy', 'modern'] as const) {
        const { version, values } = pair[universe];
        if (!sameRow(entity, values, truth))
          writes[universe].push({
            kind: 'row',
            entity: entity.name,
            key,
            version,
            before: values,
            after: truth,
          });
      }
      continue;
    }
    busy.add(id);
    if (!compensate) continue;
    for (const universe of ['legacy', 'modern'] as const) {
      const { values } = pair[universe];
      if (values === undefined) continue;
      const ready = own.filter((each) => each.authority === other(universe) && inLine(each, pair, open));
      const add = new Map<string, string>();
      for (const each of ready) {
        const due = dueOf(rowOf(each, id));
        const total = sumOf([add, due]);
        if (due === undefined || total === undefined || due.size === 0) continue;
        add.clear();
        for (const [field, delta] of total) add.set(field, delta);
        compensated.set(id, (compensated.get(id) ?? new Set()).add(each.id));
      }
      if (add.size > 0) writes[universe].push({ kind: 'add', entity: entity.name, key, add });
    }
  }
  return { writes, proven, compensated, busy, conflict: counting.conflict ?? unknown };
}

/** Its turn: whoever committed on the row before it, in the universe that is right, has been judged. */
function inLine({ authority, authorityLsn }: RepairCase, { entity, key }: RowPair, open: OpenRows): boolean {
  return !open.isOpenBefore(entity.name, key, authority, authorityLsn);
}

/**
 * Entities whose rows have keys of each universe's own counting (a posting's number): all of them are taken from one universe, for one by one they would
 * overwrite each other. It must be one that has whatever the authorities have added.
 */
function baseOfCountedRows(
  pairs: readonly RowPair[],
  cases: readonly RepairCase[],
): { readonly bases: ReadonlyMap<string, Universe>; readonly conflict: string | undefined } {
  const bases = new Map<string, Universe>();
  for (const pair of pairs) {
    const id = rowId(pair.entity.name, pair.key);
    const adders = cases
      .filter((each) => each.rows.get(id)?.deed === 'added')
      .map(({ authority }) => authority);
    if (new Set(adders).size > 1 && !sameRow(pair.entity, pair.legacy.values, pair.modern.values))
      return { bases, conflict: twoRows(pair.entity.name) };
  }
  const rows = cases.flatMap((each) =>
    [...each.rows.values()].map((row) => ({ row, authority: each.authority })),
  );
  for (const entity of new Set(rows.filter(({ row }) => row.as !== undefined).map(({ row }) => row.entity))) {
    const own = rows.filter(({ row }) => row.entity === entity && row.as === undefined && !row.proven);
    const needed = new Set(own.filter(({ row }) => !isEqual(pairs, row)).map(({ authority }) => authority));
    if (needed.size > 1) {
      return { bases, conflict: twoRows(entity) };
    }
    const [base = cases.every(({ authority }) => authority === 'modern') ? 'modern' : 'legacy'] = needed;
    bases.set(entity, base);
  }
  return { bases, conflict: undefined };
}

function twoRows(entity: string): string {
  return `${entity}: legacy and modern each have rows that they alone were asked for, under the same keys`;
}

function isEqual(pairs: readonly RowPair[], { entity, key }: CaseRow): boolean {
  const pair = pairs.find((each) => each.entity.name === entity && each.key === key);
  return pair !== undefined && sameRow(pair.entity, pair.legacy.values, pair.modern.values);
}

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
  return entity.fields.every(({ name, compared }) => !compared || a.get(name) === b.get(name));
}

function rowOf({ rows }: RepairCase, id: string): CaseRow {
  const row = rows.get(id);
  if (row === undefined) throw new RangeError(`the case is not about ${id}`);
  return row;
}
