import type { Pair } from './field.ts';
import { decimalText, type Interval } from './nice-number.ts';
import { factNumber } from './numeric-facts.ts';
import { ceilingOf, compare, multiply, powerOfTen, type Rational } from './rational.ts';
import { grouped, shown } from './wording.ts';

/** One test of a request. */
export interface Atom {
  readonly text: string;
  holds(pair: Pair): boolean;
}

/** Legacy's own value, as if the request had brought it. */
const LEGACY = 'legacy';
/** A fact with more values than these is a name, not a kind. */
const VALUES_MAX = 24;
const ATOMS_MAX = 512;

/** In the order in which people ask: who, what, how; then what legacy answered. */
const ORDER: readonly string[] = ['segment.', 'request.body.', 'request.query.', 'request.path', 'request.'];

/** Tests that hold for the affected samples at least by and large. Both lists are not empty. */
export function atomsOf(affected: readonly Pair[], unaffected: readonly Pair[]): Atom[] {
  const all = [...affected, ...unaffected];
  const paths = new Set(all.flatMap((pair) => [...pair.facts.keys()]));
  const ordered = [...paths].sort((a, b) => rank(a) - rank(b));
  const atoms = [...ordered, LEGACY].flatMap((path) => [
    ...valueAtoms(path, affected, all),
    ...presenceAtoms(path, affected, all),
    ...thresholdAtoms(path, affected, unaffected),
  ]);
  return atoms.slice(0, ATOMS_MAX);
}

function rank(path: string): number {
  const index = ORDER.findIndex((prefix) => path.startsWith(prefix));
  return index < 0 ? ORDER.length : index;
}

function rawOf(pair: Pair, path: string): string | undefined {
  return path === LEGACY ? pair.legacy.raw : pair.facts.get(path);
}

function numberOf(pair: Pair, path: string): Rational | undefined {
  return path === LEGACY ? pair.legacy.decimal?.value : factNumber(pair, path);
}

function valueAtoms(path: string, affected: readonly Pair[], all: readonly Pair[]): Atom[] {
  const values = distinct(all, path);
  const among = distinct(affected, path);
  if (values.length < 2 || (values.length > VALUES_MAX && among.length > 1)) return [];
  const equal = among.map((value): Atom => {
    return { text: `${path} = ${bare(value)}`, holds: (pair) => rawOf(pair, path) === value };
  });
  const not = (values.length > VALUES_MAX ? [] : values)
    .filter((value) => !among.includes(value))
    .map((value): Atom => {
      return {
        text: `${path} ≠ ${bare(value)}`,
        holds: (pair) => rawOf(pair, path) !== undefined && rawOf(pair, path) !== value,
      };
    });
  if (among.length < 2 || among.length > 4 || among.length === values.length) return [...equal, ...not];
  const chosen = new Set(among);
  const oneOf: Atom = {
    text: `${path} in {${among.map(bare).join(', ')}}`,
    holds: (pair) => chosen.has(rawOf(pair, path) ?? ''),
  };
  return [...equal, ...not, oneOf];
}

function presenceAtoms(path: string, affected: readonly Pair[], all: readonly Pair[]): Atom[] {
  if (path === LEGACY) return [];
  const present = all.filter((pair) => rawOf(pair, path) !== undefined).length;
  if (present === 0 || present === all.length) return [];
  const here = affected.filter((pair) => rawOf(pair, path) !== undefined).length * 2 > affected.length;
  return [
    {
      text: here ? `${path} is there` : `${path} is missing`,
      holds: (pair) => (rawOf(pair, path) !== undefined) === here,
    },
  ];
}

/** Above the largest unaffected number, or below the smallest; the threshold is the roundest number in between. */
function thresholdAtoms(path: string, affected: readonly Pair[], unaffected: readonly Pair[]): Atom[] {
  const [inside, outside] = [affected, unaffected].map((pairs) =>
    pairs
      .map((pair) => numberOf(pair, path))
      .filter((number) => number !== undefined)
      .sort(compare),
  ) as [Rational[], Rational[]];
  if (inside.length * 10 < affected.length * 9 || outside.length === 0) return [];
  const found: Atom[] = [];
  const [least, most] = [inside[0]!, inside.at(-1)!];
  const below = outside.filter((number) => compare(number, least) < 0).at(-1);
  const above = outside.find((number) => compare(number, most) > 0);
  if (below) {
    const bound = roundestIn({ lo: below, hi: least });
    found.push({
      text: `${path} ≥ ${numberText(bound)}`,
      holds: (pair) => atLeast(numberOf(pair, path), bound),
    });
  }
  if (above) {
    const bound = roundestIn({ lo: most, hi: above });
    found.push({
      text: `${path} < ${numberText(bound)}`,
      holds: (pair) => lessThan(numberOf(pair, path), bound),
    });
  }
  return found;
}

function atLeast(number: Rational | undefined, bound: Rational): boolean {
  return number !== undefined && compare(number, bound) >= 0;
}

function lessThan(number: Rational | undefined, bound: Rational): boolean {
  return number !== undefined && compare(number, bound) < 0;
}

/** The multiple of the largest power of ten in (lo, hi]. */
function roundestIn({ lo, hi }: Interval): Rational {
  for (let exponent = 18; exponent >= -12; exponent -= 1) {
    const step = powerOfTen(exponent);
    const least = ceilingOf(multiply(lo, powerOfTen(-exponent)));
    for (const units of [least, least + 1n]) {
      const candidate = multiply({ n: units, d: 1n }, step);
      if (compare(candidate, lo) > 0 && compare(candidate, hi) <= 0) return candidate;
    }
  }
  return hi;
}

function distinct(pairs: readonly Pair[], path: string): string[] {
  const values = new Set<string>();
  for (const pair of pairs) {
    const raw = rawOf(pair, path);
    if (raw !== undefined && values.size <= VALUES_MAX) values.add(raw);
  }
  return [...values];
}

function numberText(number: Rational): string {
  return grouped(decimalText(number, 12) ?? `${number.n}/${number.d}`);
}

/** Codes and words without their quotes. */
function bare(raw: string): string {
  return /^"[\w .:/-]+"$/.test(raw) ? raw.slice(1, -1) : shown(raw);
}
