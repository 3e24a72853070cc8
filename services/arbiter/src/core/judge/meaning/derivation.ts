import type { Observed } from '../bugs/rule.ts';
import { type Atoms, atomsOf, without } from '../value/atoms.ts';
import { hasExclusiveEnd } from './exclusive-end.ts';

/** Numbers of a value that are held against each other; more of them fit anything. */
const NUMBERS_MAX = 8;
/** Rows beyond the numbers of legacy before a relation is more than chance. */
const ROWS_BEYOND = 3;
const TRIES_MAX = 24;
/** A number this many of its last digits off is no matter of rounding, of a carry or of a calendar. */
const FAR = 5;
/** Share of the rows that a relation must explain. */
const SHARE_MIN = 0.6;

interface Row {
  readonly at: Observed;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /**
   * What rounding may take of each number of modern: one in the last digit, half of it here and half in what the factors come from; half of a
   * whole number.
   */
  readonly slack: readonly number[];
  readonly renamed: boolean;
}

/** A number of modern as a sum of multiples of legacy's: 25 56 36 as 25 + 56/60 + 36/3600. */
export interface Derivation {
  readonly factors: readonly number[];
  readonly rows: readonly Observed[];
  readonly exceptions: readonly Observed[];
}

/**
 * The ways in which modern's numbers follow from legacy's in other words or another structure, each in most rows of one shape. Only those that
 * are a conversion: several numbers of legacy in one, or one of them times a factor where the words (the units) are others.
 */
export function derivationsOf(all: readonly Observed[]): readonly Derivation[] {
  if (all.length <= ROWS_BEYOND) return [];
  const groups = Map.groupBy(all.flatMap(rowOf), ({ shape }) => shape);
  return [...groups.values()].flatMap((group) => {
    const rows = group.map(({ row }) => row);
    const places = rows[0]?.theirs.length ?? 0;
    return Array.from({ length: places }, (_, place) => place).flatMap((place) => derive(rows, place));
  });
}

/** Every unproven difference is explained, without exception. */
export function isDerived(all: readonly Observed[], unproven: readonly Observed[]): boolean {
  const found = derivationsOf(all);
  if (found.length === 0 || found.some(({ exceptions }) => exceptions.length > 0)) return false;
  const explained = new Set(found.flatMap(({ rows }) => rows));
  return unproven.every((at) => explained.has(at));
}

function rowOf(at: Observed): readonly { readonly shape: string; readonly row: Row }[] {
  if (at.varies || !at.differs || (at.legacy.isNumber && at.modern.isNumber)) return [];
  if (isOneNumber(at.legacy.text ?? '') || hasExclusiveEnd(at) || isOfCalendar(at)) return [];
  const [ours, theirs] = [atomsOf(at.legacy), atomsOf(at.modern)];
  if (ours === undefined || theirs === undefined || !isFew(ours) || !isFew(theirs)) return [];
  const words = (atoms: Atoms) => atoms.words.filter((word) => word.length > 1).join(' ');
  const shape = [ours.numbers.length, words(ours), theirs.numbers.length, words(theirs)].join('|');
  const lost = without(ours.words, [...theirs.words, ...theirs.keyWords]);
  const row = {
    at,
    ours: ours.numbers.map(Number),
    theirs: theirs.numbers.map(Number),
    slack: theirs.raw.map((text) => (text.includes('.') ? 10 ** -(text.split('.')[1] ?? '').length : 0.51)),
    renamed: lost.length > 0,
  };
  return [...row.ours, ...row.theirs].every(Number.isSafeInteger) ||
    [...row.ours, ...row.theirs].every((number) => Number.isFinite(number) && number < 1e12)
    ? [{ shape, row }]
    : [];
}

/** One number with a comma is not two of which the second counts hundredths here and tenths there; nor is one with a sign between its thousands. */
function isOneNumber(text: string): boolean {
  return /^[^0-9]*(?:[0-9][0-9.]*,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)[^0-9,.]*$/.test(text);
}

/** A month or day of the calendar is no sum of multiples: months end, and years begin anew. */
function isOfCalendar({ legacy, modern }: Observed): boolean {
  return [legacy, modern].some(({ raw = '' }) => CALENDAR.test(raw));
}

const CALENDAR =
  /(?<![0-9])(?:(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?|[0-3][0-9]\.(?:0[1-9]|1[0-2])\.(?:19|20)[0-9]{2})(?![0-9])/;

function isFew({ numbers }: Atoms): boolean {
  return numbers.length > 0 && numbers.length <= NUMBERS_MAX;
}

function derive(rows: readonly Row[], place: number): readonly Derivation[] {
  const count = rows[0]?.ours.length ?? 0;
  const distinct = new Set(rows.map(({ ours }) => ours.join(' '))).size;
  if (distinct < count + ROWS_BEYOND) return [];
  let best: { factors: readonly number[]; fits: readonly Row[] } | undefined;
  for (let from = 0; from + count <= rows.length && from < TRIES_MAX; from++) {
    const rough = solve(rows.slice(from, from + count), place, count);
    if (rough === undefined) continue;
    const near = rows.filter(
      (row) => distance(row, rough, place) <= 4 * slackOf(row, place) + 0.005 * size(row, place),
    );
    const factors = solve(near, place, count);
    const fits = factors && rows.filter((row) => distance(row, factors, place) <= slackOf(row, place));
    if (factors !== undefined && fits !== undefined && fits.length > (best?.fits.length ?? 0))
      best = { factors, fits };
    if (best?.fits.length === rows.length) break;
  }
  if (best === undefined || best.fits.length < Math.max(count + ROWS_BEYOND, rows.length * SHARE_MIN))
    return [];
  if (!isConversion(best.factors, best.fits)) return [];
  const fits = new Set(best.fits);
  const { factors } = best;
  const others = rows.filter((row) => !fits.has(row));
  const far = others.filter((row) => distance(row, factors, place) > FAR * slackOf(row, place));
  if (far.length < others.length) return [];
  return [{ factors, rows: best.fits.map(({ at }) => at), exceptions: far.map(({ at }) => at) }];
}

function isConversion(factors: readonly number[], rows: readonly Row[]): boolean {
  const used = factors.filter((factor) => Math.abs(factor) > 1e-7);
  if (used.length > 1) return true;
  return Math.abs((used[0] ?? 1) - 1) > 1e-6 && used.length === 1 && rows.every(({ renamed }) => renamed);
}

function slackOf({ slack }: Row, place: number): number {
  return slack[place] ?? 0;
}

function size({ theirs }: Row, place: number): number {
  return Math.abs(theirs[place] ?? 0);
}

function distance({ ours, theirs }: Row, factors: readonly number[], place: number): number {
  const sum = factors.reduce((total, factor, i) => total + factor * (ours[i] ?? 0), 0);
  return Math.abs(sum - (theirs[place] ?? 0));
}

/** Least squares by the normal equations, Gaussian elimination; undefined when the rows do not determine the factors. */
function solve(rows: readonly Row[], place: number, count: number): readonly number[] | undefined {
  const matrix = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count + 1 }, (_, j) =>
      rows.reduce(
        (sum, { ours, theirs }) => sum + (ours[i] ?? 0) * ((j < count ? ours[j] : theirs[place]) ?? 0),
        0,
      ),
    ),
  );
  for (let i = 0; i < count; i++) {
    const pivot = matrix.slice(i).reduce((a, b) => (Math.abs(b[i] ?? 0) > Math.abs(a[i] ?? 0) ? b : a));
    const top = pivot[i] ?? 0;
    if (Math.abs(top) < 1e-9) return undefined;
    matrix.splice(matrix.indexOf(pivot), 1);
    matrix.splice(i, 0, pivot);
    for (const [at, row] of matrix.entries()) {
      if (at === i) continue;
      const factor = (row[i] ?? 0) / top;
      for (let j = i; j <= count; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return matrix.map((row, i) => (row[count] ?? 0) / (row[i] ?? 1));
}
