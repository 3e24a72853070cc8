/** An exact number: a fraction in lowest terms, the denominator positive. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A number that cannot be computed exactly within the bounds; the message is for people. */
export class NumberError extends Error {
  override readonly name = 'NumberError';
}

/** Bits of a numerator or denominator: about a thousand decimal digits, so that no chain of operations grows without end. */
export const BITS_MAX = 3_400;

/** Characters of a number that is computed with. */
const TEXT_CHARS_MAX = 1_000;
const EXPONENT_MAX = 1_000;
/** Digits after the point that may be asked for. */
export const SCALE_MAX = 100;

const DECIMAL = /^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,9}))?$/;
const LIMIT = 1n << BigInt(BITS_MAX);

/** @throws NumberError when the text is no decimal number, or one beyond the bounds; nothing is expanded before that is known. */
export function parseRational(text: string): Rational {
  if (text.length > TEXT_CHARS_MAX)
    throw new NumberError(`a number of ${text.length} characters is too long; at most ${TEXT_CHARS_MAX}`);
  const match = DECIMAL.exec(text);
  if (!match) throw new NumberError(`${JSON.stringify(text)} is no decimal number`);
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) > EXPONENT_MAX) throw new NumberError(`${text} is too large or too small`);
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return exponent >= 0
    ? rational(digits * 10n ** BigInt(exponent), 1n)
    : rational(digits, 10n ** BigInt(-exponent));
}

/** @throws NumberError on division by zero and beyond the bounds. */
export function rational(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 0n) throw new NumberError('division by zero');
  const divisor = gcd(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  const n = (sign * numerator) / divisor;
  const d = (sign * denominator) / divisor;
  if (n >= LIMIT || -n >= LIMIT || d >= LIMIT)
    throw new NumberError('the number has more than a thousand digits');
  return { numerator: n, denominator: d };
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function negate(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * What becomes of the digits cut off: `half-up` away from zero at a tie (commercial), `half-even` to the even digit (bankers'), `half-down`
 * towards zero at a tie, `up` away from zero, `down` towards it, `ceiling` and `floor` towards the infinities.
 */
export const ROUNDING_MODES = [
  'half-up',
  'half-even',
  'half-down',
  'up',
  'down',
  'ceiling',
  'floor',
] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** The multiple of 10^-scale that stands for `a`; a negative scale rounds to tens, hundreds …
 * @throws NumberError when the scale is out of bounds.
 */
export function round(a: Rational, scale: number, mode: RoundingMode): Rational {
  if (!Number.isInteger(scale) || Math.abs(scale) > SCALE_MAX)
    throw new NumberError(`${scale} is no number of digits; accepted: -${SCALE_MAX} to ${SCALE_MAX}`);
  const unit = 10n ** BigInt(Math.abs(scale));
  const [numerator, denominator] =
    scale >= 0 ? [a.numerator * unit, a.denominator] : [a.numerator, a.denominator * unit];
  const size = numerator < 0n ? -numerator : numerator;
  const cut = size / denominator;
  const rest = size % denominator;
  const magnitude =
    rest !== 0n && awayFromZero(cut, 2n * rest, denominator, numerator < 0n, mode) ? cut + 1n : cut;
  const signed = numerator < 0n ? -magnitude : magnitude;
  return scale >= 0 ? rational(signed, unit) : rational(signed * unit, 1n);
}

function awayFromZero(
  cut: bigint,
  twiceRest: bigint,
  one: bigint,
  isNegative: boolean,
  mode: RoundingMode,
): boolean {
  switch (mode) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'ceiling':
      return !isNegative;
    case 'floor':
      return isNegative;
    case 'half-up':
      return twiceRest >= one;
    case 'half-down':
      return twiceRest > one;
    case 'half-even':
      return twiceRest > one || (twiceRest === one && cut % 2n === 1n);
  }
}

/** The shortest plain decimal text of the number (`1`, `-0.05`), or with exactly `scale` digits after the point; undefined when it has none. */
export function decimalText(a: Rational, scale?: number): string | undefined {
  const places = scale ?? placesOf(a.denominator);
  if (places === undefined) return undefined;
  const scaled = a.numerator * 10n ** BigInt(places);
  if (scaled % a.denominator !== 0n) return undefined;
  const units = scaled / a.denominator;
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Decimal places that a fraction with this denominator needs; undefined: it has no end (the denominator has a factor besides 2 and 5). */
function placesOf(denominator: bigint): number | undefined {
  const [withoutTwos, twos] = factorsOut(denominator, 2n);
  const [rest, fives] = factorsOut(withoutTwos, 5n);
  return rest === 1n ? Math.max(twos, fives) : undefined;
}

function factorsOut(of: bigint, factor: bigint): [rest: bigint, count: number] {
  let rest = of;
  let count = 0;
  while (rest % factor === 0n) {
    rest /= factor;
    count += 1;
  }
  return [rest, count];
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
