import {
  add,
  ceilingOf,
  compare,
  floorOf,
  magnitude,
  multiply,
  negate,
  ONE,
  powerOfTen,
  type Rational,
  rational,
  subtract,
  toNumber,
  ZERO,
} from './rational.ts';

/** A closed range of numbers. */
export interface Interval {
  readonly lo: Rational;
  readonly hi: Rational;
}

/** A number a person would have written, and what it costs to name it, in bits. */
export interface NiceNumber {
  readonly value: Rational;
  readonly bits: number;
}

const DECIMALS_MAX = 10;
/** To say that a factor is a surcharge or a discount. */
const SHARE_BITS = 4;
const BITS_A_DIGIT = Math.log2(10);

/**
 * The cheapest name of any number within the interval: a short decimal (1.025), the reciprocal of one (1/1.19), or a small fraction (2/3).
 * Cost in bits is what makes a wide interval prefer 1.02 and a narrow one prove 1.0247. Undefined when only a number longer than ten
 * decimals would do.
 */
export function nicestIn({ lo, hi }: Interval): NiceNumber | undefined {
  if (compare(lo, hi) > 0) return undefined;
  if (lo.n <= 0n && hi.n >= 0n) return { value: ZERO, bits: 1 };
  if (hi.n < 0n) {
    const positive = nicestIn({ lo: negate(hi), hi: negate(lo) });
    return positive && { value: negate(positive.value), bits: positive.bits + 1 };
  }
  const names: NiceNumber[] = [];
  const decimal = shortestDecimal(lo, hi);
  if (decimal) names.push(decimal);
  const inverse = shortestDecimal(rational(hi.d, hi.n), rational(lo.d, lo.n));
  if (inverse) names.push({ value: rational(inverse.value.d, inverse.value.n), bits: inverse.bits + 3 });
  const fraction = simplestFraction(lo, hi);
  if (fraction.d <= 1000n) {
    // Nobody writes 290/283: fractions of large numbers cost more than their digits.
    const size = Math.log2(Number(fraction.d)) + Math.log2(1 + Math.min(Number(fraction.n), 2 ** 64));
    const bits = 5 + 1.4 * size;
    names.push({ value: fraction, bits });
  }
  return names.sort((a, b) => a.bits - b.bits)[0];
}

/** As {@link nicestIn}, where a surcharge of 0.25 % is as good a name for 1.0025 as the number itself. */
export function nicestFactorIn(interval: Interval): NiceNumber | undefined {
  const plain = nicestIn(interval);
  const share = nicestIn({ lo: subtract(interval.lo, ONE), hi: subtract(interval.hi, ONE) });
  if (!plain || !share || share.bits + SHARE_BITS >= plain.bits) return plain;
  return { value: add(share.value, ONE), bits: share.bits + SHARE_BITS };
}

/** Fewest decimals first (10 and 100 have fewer than none), then the one nearest the middle. */
function shortestDecimal(lo: Rational, hi: Rational): NiceNumber | undefined {
  const largest = Math.ceil(Math.log10(Math.max(toNumber(hi), 1e-12))) + 1;
  for (let decimals = -Math.min(Math.max(largest, 0), 30); decimals <= DECIMALS_MAX; decimals += 1) {
    const scale = powerOfTen(decimals);
    const first = ceilingOf(multiply(lo, scale));
    const last = floorOf(multiply(hi, scale));
    if (first > last) continue;
    const units = (first + last) / 2n;
    const digits = units.toString().replace(/0+$/, '').length;
    return {
      value: multiply({ n: units, d: 1n }, powerOfTen(-decimals)),
      bits:
        2 + BITS_A_DIGIT * (digits === 1 ? leadingCost(units) : digits) + Math.log2(1 + Math.abs(decimals)),
    };
  }
  return undefined;
}

/** A power of ten, the most usual of all factors, costs less than a 7. */
function leadingCost(units: bigint): number {
  return units.toString().startsWith('1') ? 0.3 : 1;
}

/** The fraction of smallest denominator in [lo, hi], both positive: the continued fractions of both ends as far as they agree. */
export function simplestFraction(lo: Rational, hi: Rational): Rational {
  const whole = floorOf(lo);
  if (whole * lo.d === lo.n) return { n: whole, d: 1n };
  if (compare({ n: whole + 1n, d: 1n }, hi) <= 0) return { n: whole + 1n, d: 1n };
  const rest = (a: Rational): Rational => rational(a.d, a.n - whole * a.d);
  const inner = simplestFraction(rest(hi), rest(lo));
  return rational(whole * inner.n + inner.d, inner.n);
}

/** As a decimal when it ends within `decimals` digits: `1.025`, `-0.5`, `100`; undefined otherwise. */
export function decimalText(value: Rational, decimals = 9): string | undefined {
  for (let scale = 0; scale <= decimals; scale += 1) {
    const scaled = value.n * 10n ** BigInt(scale);
    if (scaled % value.d === 0n) return unitsText(scaled / value.d, scale);
  }
  return undefined;
}

/** `12345` at scale 2 is `123.45`. */
export function unitsText(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** A number for people: a decimal when it ends, else a fraction. */
export function numberText(value: Rational): string {
  return decimalText(value) ?? `${value.n}/${value.d}`;
}

/** `× 1.025`, `÷ 1.19`, `× 15/14`: whichever reads best. */
export function timesText(factor: Rational): string {
  const direct = decimalText(factor, 6);
  const inverse = factor.n === 0n ? undefined : decimalText(rational(factor.d, factor.n), 6);
  if (direct !== undefined && (inverse === undefined || direct.length <= inverse.length + 2))
    return `× ${direct}`;
  if (inverse !== undefined) return `÷ ${inverse}`;
  return magnitude(factor).d === 1n ? `× ${factor.n}` : `× ${factor.n}/${factor.d}`;
}
