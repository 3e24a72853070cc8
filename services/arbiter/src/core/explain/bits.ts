import { type Instant, stepOf } from '../judge/value/instants.ts';
import type { Field, Pair } from './field.ts';
import { magnitude, subtract, toNumber } from './rational.ts';
import { SAMPLES_MAX } from './sample.ts';

/**
 * Costs in bits, for choosing by minimum description length (Rissanen): an explanation stands when saying it, and then what it leaves
 * open, is shorter than saying every difference by itself.
 */

const LOG_FACTORIALS: readonly number[] = logFactorials(SAMPLES_MAX);

/** More than this of one value is no further evidence: the first bits of a text already told which text it is. */
const VALUE_BITS_MAX = 64;

/** log2 of the number of ways to choose k of n; n at most {@link SAMPLES_MAX}. */
export function chooseBits(n: number, k: number): number {
  if (k <= 0 || k >= n) return 0;
  return (LOG_FACTORIALS[n] ?? 0) - (LOG_FACTORIALS[k] ?? 0) - (LOG_FACTORIALS[n - k] ?? 0);
}

/** Which k of n: the count, then the choice. */
export function subsetBits(n: number, k: number): number {
  return Math.log2(n + 1) + chooseBits(n, k);
}

/** A whole number of unknown size with its sign: close to Rissanen's universal prior, so near misses are cheap and far ones dear. */
export function integerBits(value: number): number {
  const log = Math.log2(1 + Math.abs(value));
  return 1 + log + 2 * Math.log2(1 + log);
}

/** A text of so many characters; words and codes carry about four bits a character. */
export function textBits(chars: number): number {
  return Math.min(VALUE_BITS_MAX, 2 + 4 * chars);
}

/**
 * What it costs to say modern's value when legacy's is known and nothing explains the difference: how far it is from legacy's, or which of
 * all values of legacy it is, whatever is shorter.
 */
export function surpriseBits(pair: Pair, field: Field): number {
  const bits = distanceBits(pair, field);
  return field.legacyValues.has(pair.modern.raw)
    ? Math.min(bits, 1 + Math.log2(field.legacyValues.size))
    : bits;
}

function distanceBits(pair: Pair, field: Field): number {
  const { legacy, modern } = pair;
  if (modern.raw === undefined || modern.raw === 'null' || modern.raw === '""') return 6;
  if (legacy.raw === undefined) return Math.min(VALUE_BITS_MAX, textBits(modern.raw.length));
  if (typeof legacy.value === 'boolean') return modern.value === !legacy.value ? 1 : 6;
  if (legacy.decimal && modern.decimal) {
    const scale = Math.max(
      legacy.decimal.scale,
      modern.decimal.scale,
      Math.min(field.legacyScale, field.modernScale),
    );
    const apart = toNumber(magnitude(subtract(modern.decimal.value, legacy.decimal.value)));
    return Math.min(VALUE_BITS_MAX, integerBits(apart * 10 ** scale));
  }
  const text = editBits(legacy.raw, modern.raw);
  return legacy.instant && modern.instant
    ? Math.min(text, instantBits(legacy.instant, modern.instant))
    : text;
}

/** How far apart, in steps of the coarser one. */
function instantBits(legacy: Instant, modern: Instant): number {
  const step = stepOf(Math.min(legacy.precision, modern.precision));
  return Math.min(VALUE_BITS_MAX, integerBits(Number((modern.ns - legacy.ns) / step)));
}

/** What stands in `b` between the common front and the common end, and how much of `a` it replaces. */
function editBits(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let front = 0;
  while (front < shorter && a[front] === b[front]) front += 1;
  let back = 0;
  while (back < shorter - front && a[a.length - 1 - back] === b[b.length - 1 - back]) back += 1;
  const [gone, come] = [a.length - front - back, b.length - front - back];
  return Math.min(VALUE_BITS_MAX, textBits(come) + integerBits(gone));
}

function logFactorials(max: number): number[] {
  const sums = [0];
  for (let n = 1; n <= max; n += 1) sums.push((sums[n - 1] ?? 0) + Math.log2(n));
  return sums;
}
