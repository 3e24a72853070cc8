import { isArray, isObject, type Value } from '../../compare/value.ts';
import type { Episode } from '../episode.ts';
import { canonical } from '../value/lists.ts';
import { rawOf, Side } from '../value/side.ts';

/** Larger lists are left to other rules. */
const ROWS_MAX = 200;
/** Requests of which legacy gives other values in both runs before they are made anew. */
const REQUESTS_MIN = 3;

type Row = ReadonlyMap<string, Value>;
type Rows = readonly Row[];

/** Rows of which legacy makes some members anew in each run (line ids), and that it gives in no order. */
export type FreshRows =
  | { readonly lost: string; readonly shownBy: number }
  | { readonly lost?: undefined; readonly episode: Episode };

/**
 * Without the members made anew each row is what legacy keeps: as the same rows, each as often, they are brought into one order, so that each row
 * meets its own; a row that is another one tells which. Undefined where legacy keeps an order, or makes no member anew.
 */
export function freshRows(episode: Episode): FreshRows | undefined {
  const read = episode.observations.map(({ legacy, modern, legacy2 }) =>
    [legacy, modern, legacy2].map(rowsOf),
  );
  const runs = read.filter(([, , again]) => again !== undefined && again !== 'other');
  if (runs.length < REQUESTS_MIN || read.some((row) => row.includes('other'))) return undefined;
  const names = new Set(
    runs.flatMap(([ours]) => (isRows(ours) ? ours.flatMap((row) => [...row.keys()]) : [])),
  );
  const fresh = [...names].filter((name) => runs.every(([ours, , again]) => isAnew(name, ours, again)));
  if (fresh.length === 0 || fresh.length === names.size) return undefined;
  const kept = (row: Row) => canonical(new Map([...row].filter(([name]) => !fresh.includes(name))));
  const bag = (rows: Rows | string | undefined, sorted = true) => {
    const all = isRows(rows) ? rows.map(kept) : [];
    return (sorted ? all.toSorted() : all).join('\n');
  };
  if (!runs.every(([ours, , again]) => bag(ours) === bag(again))) return undefined;
  // Where legacy keeps the order, modern's is another one.
  if (runs.every(([ours, , again]) => bag(ours, false) === bag(again, false))) return undefined;
  const changed = read.filter(([ours, theirs]) => bag(ours) !== bag(theirs));
  const [first] = changed;
  if (first !== undefined) {
    const theirs = bag(first[1]).split('\n');
    const lost = bag(first[0])
      .split('\n')
      .find((row) => !theirs.includes(row));
    return { lost: lost ?? 'a row as often', shownBy: changed.length };
  }
  const sorted = (rows: Rows | string | undefined) =>
    isRows(rows) ? rawOf([...rows].sort((a, b) => (kept(a) < kept(b) ? -1 : 1))) : undefined;
  const observations = read.map(([ours, theirs, again]) => ({
    legacy: sorted(ours),
    modern: sorted(theirs),
    ...(isRows(again) && { legacy2: sorted(again) }),
  }));
  return { episode: { ...episode, observations: observations as Episode['observations'] } };
}

function isRows(rows: Rows | string | undefined): rows is Rows {
  return rows !== undefined && typeof rows !== 'string';
}

function rowsOf(raw: string | undefined): Rows | 'other' | undefined {
  if (raw === undefined) return undefined;
  const { items } = new Side(raw);
  if (items === undefined || items.length > ROWS_MAX || !items.every(isRow)) return 'other';
  return items as Rows;
}

function isRow(item: Value): item is Row {
  return isObject(item) && !isArray(item);
}

/** No value of the one run is there in the other, in any row. */
function isAnew(name: string, ours: Rows | string | undefined, again: Rows | string | undefined): boolean {
  if (!isRows(ours) || !isRows(again)) return false;
  const values = (rows: Rows) => rows.flatMap((row) => (row.has(name) ? [rawOf(row.get(name) ?? null)] : []));
  const others = new Set(values(again));
  return (
    values(ours).length === ours.length &&
    values(ours).every((value) => value.length > 8 && !others.has(value))
  );
}
