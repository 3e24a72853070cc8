import {
  absolute,
  compareDecimals,
  type Decimal,
  sameDecimal,
  significantDigits,
  strip,
  subtract,
  toFloat,
} from './decimal.ts';

/** A double tells at most 17 significant digits; a number that shows 15 has been through one, or has been computed. */
const DOUBLE_DIGITS = 15;
/** IEEE 754: as many give every double back. */
const DOUBLE_DIGITS_MAX = 17;
/** Noise of a few operations: 2⁻⁵² is 2.2 · 10⁻¹⁶, sums of hundreds of terms stay below this. */
const NOISE: Decimal = { units: 1n, scale: 12 };

/** Whether two numbers differ by no more than what binary double arithmetic leaves in the last bits, and one of them shows such bits. */
export function isFloatNoise(a: Decimal, b: Decimal): boolean {
  const [long, short] = significantDigits(strip(a)) >= significantDigits(strip(b)) ? [a, b] : [b, a];
  if (strip(long).scale === 0) return false;
  const digits = significantDigits(strip(long));
  // No double is written with more than 17: what both tell exactly is another number.
  if (significantDigits(strip(short)) > DOUBLE_DIGITS_MAX) return false;
  const distance = absolute(subtract(a, b));
  if (short.units === 0n)
    return digits >= DOUBLE_DIGITS - 5 && compareDecimals(absolute(long), { units: 1n, scale: 13 }) < 0;
  if (digits < DOUBLE_DIGITS) return false;
  if (isSingle(long) && !isSingle(short) && digits <= 20) return isNear(distance, absolute(short), 15);
  return isNear(distance, absolute(short), NOISE.scale);
}

function isNear(distance: Decimal, value: Decimal, digits: number): boolean {
  return compareDecimals(distance, { units: value.units, scale: value.scale + digits }) <= 0;
}

function isSingle(value: Decimal): boolean {
  const float = toFloat(value);
  return Math.fround(float) === float;
}

/** Whether `modern` is `legacy` after a stay in a 32-bit float, and not the same number. */
export function isSinglePrecision(legacy: Decimal, modern: Decimal): boolean {
  if (sameDecimal(legacy, modern)) return false;
  const from = toFloat(legacy);
  const to = toFloat(modern);
  if (from === 0 || Math.fround(from) === from || significantDigits(strip(modern)) < 6) return false;
  return Math.fround(to) === Math.fround(from) && (Math.fround(to) === to || nearestSingleText(from, modern));
}

/** The 6 to 9 digits that printers of 32-bit floats write. */
function nearestSingleText(from: number, modern: Decimal): boolean {
  const digits = significantDigits(strip(modern));
  return digits <= 9 && Number(Math.fround(from).toPrecision(digits)) === toFloat(modern);
}

/**
 * Whether `coarse`, told with `scale` digits after the point, is a nearest one to `fine`. A tie may go either way: half-up, half-even and
 * programs that round a binary double differ there.
 */
export function roundsTo(fine: Decimal, coarse: Decimal, scale: number): boolean {
  const distance = absolute(subtract(fine, coarse));
  return compareDecimals({ units: distance.units * 2n, scale: distance.scale }, { units: 1n, scale }) <= 0;
}

/** Whether the difference is at most one part in so many of legacy's value. */
export function isWithin(
  { legacy, modern }: { readonly legacy: Decimal; readonly modern: Decimal },
  parts: bigint,
): boolean {
  const distance = absolute(subtract(modern, legacy));
  return compareDecimals({ units: distance.units * parts, scale: distance.scale }, absolute(legacy)) <= 0;
}
