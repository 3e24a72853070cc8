import type { Pair } from './field.ts';
import { factNumber } from './numeric-facts.ts';
import { toNumber } from './rational.ts';
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
/** A longer value of legacy, or one with parts, is no kind either. */
const LEGACY_CHARS_MAX = 40;
const ATOMS_MAX = 512;

/** In the order in which people ask: who, what, how; then what legacy answered. */
const ORDER: readonly string[] = ['segment.', 'request.body.', 'request.query.', 'request.path', 'request.'];

/** Tests that hold for the affected samples at least by and large. Both lists are not empty. */
export function atomsOf(affected: readonly Pair[], unaffected: readonly Pair[], onLegacy: boolean): Atom[] {
  const all = [...affected, ...unaffected];
  const paths = new Set(all.flatMap((pair) => [...pair.facts.keys()]));
  const ordered = [...paths].sort((a, b) => rank(a) - rank(b));
  const atoms = [...ordered, ...(onLegacy ? [LEGACY] : [])].flatMap((path) => [
    ...valueAtoms(path, affected, all),
    ...presenceAtoms(path, affected, all),
    ...thresholdAtoms(path, affected, unaffected),
    ...membershipAtoms(path, affected, all),
  ]);
  return atoms.slice(0, ATOMS_MAX);
}

function rank(path: string): number {
  const index = ORDER.findIndex((prefix) => path.startsWith(prefix));
  return index < 0 ? ORDER.length : index;
}

function rawOf(pair: Pair, path: string): string | undefined {
  if (path !== LEGACY) return pair.facts.get(path);
  const { raw = '' } = pair.legacy;
  return raw.length <= LEGACY_CHARS_MAX && !/^[[{]/.test(raw) ? pair.legacy.raw : undefined;
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
  return [...equal, ...not];
}

/** One of a few values, where no threshold tells them. */
function membershipAtoms(path: string, affected: readonly Pair[], all: readonly Pair[]): Atom[] {
  const among = distinct(affected, path);
  const values = distinct(all, path).length;
  if (values > VALUES_MAX || among.length < 2 || among.length > 4 || among.length === values) return [];
  const chosen = new Set(among);
  return [
    {
      text: `${path} in {${among.map(bare).join(', ')}}`,
      holds: (pair) => chosen.has(rawOf(pair, path) ?? ''),
    },
  ];
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

/**
 * Above the largest unaffected number, or below the smallest; the threshold is the roundest number in between. Binary floats do: nobody
 * sets a threshold at the seventeenth digit.
 */
function thresholdAtoms(path: string, affected: readonly Pair[], unaffected: readonly Pair[]): Atom[] {
  const [inside, outside] = [numbersAt(affected, path), numbersAt(unaffected, path)];
  if (inside.length * 10 < affected.length * 9 || outside.length === 0) return [];
  const [least, most] = [Math.min(...inside), Math.max(...inside)];
  const below = Math.max(...outside.filter((number) => number < least));
  const above = Math.min(...outside.filter((number) => number > most));
  const found: Atom[] = [];
  if (below > Number.NEGATIVE_INFINITY) {
    const bound = roundestIn(below, least);
    const beyond = digitsOf(below) <= digitsOf(bound);
    found.push({
      text: `${path} ${beyond ? '>' : '≥'} ${grouped(String(beyond ? below : bound))}`,
      holds: (pair) => (beyond ? floatAt(pair, path) > below : floatAt(pair, path) >= bound),
    });
  }
  if (above < Number.POSITIVE_INFINITY) {
    const bound = roundestIn(most, above);
    const upTo = digitsOf(most) <= digitsOf(bound);
    found.push({
      text: `${path} ${upTo ? '≤' : '<'} ${grouped(String(upTo ? most : bound))}`,
      holds: (pair) => (upTo ? floatAt(pair, path) <= most : floatAt(pair, path) < bound),
    });
  }
  return found;
}

function numbersAt(pairs: readonly Pair[], path: string): number[] {
  return pairs.map((pair) => floatAt(pair, path)).filter((number) => !Number.isNaN(number));
}

/** NaN, which no comparison holds for, when it is no number. */
function floatAt(pair: Pair, path: string): number {
  if (path !== LEGACY) return factNumber(pair, path)?.float ?? Number.NaN;
  const exact = pair.legacy.decimal?.value;
  return exact === undefined ? Number.NaN : toNumber(exact);
}

/** The multiple of the largest power of ten in (lo, hi]. */
function roundestIn(lo: number, hi: number): number {
  for (let exponent = 15; exponent >= -9; exponent -= 1) {
    const units = Math.floor(lo / 10 ** exponent) + 1;
    const candidate = exponent >= 0 ? units * 10 ** exponent : units / 10 ** -exponent;
    if (candidate > lo && candidate <= hi) return candidate;
  }
  return hi;
}

/** Significant digits: the fewer, the rounder. */
function digitsOf(number: number): number {
  return String(number)
    .replace(/e.*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '').length;
}

function distinct(pairs: readonly Pair[], path: string): string[] {
  const values = new Set<string>();
  for (const pair of pairs) {
    const raw = rawOf(pair, path);
    if (raw !== undefined && values.size <= VALUES_MAX) values.add(raw);
  }
  return [...values];
}

/** Codes and words without their quotes. */
function bare(raw: string): string {
  return /^"[\w .:/-]+"$/.test(raw) ? raw.slice(1, -1) : shown(raw);
}
