/**
 * Exact decimals: `units × 10^-scale`, the scale as written (`1.10` has scale 2). Money never passes through a binary float here.
 */
export interface Decimal {
  readonly units: bigint;
  /** Digits after the point as written; never negative. */
  readonly scale: number;
}

/** More digits than this, or a larger exponent, is nobody's quantity: such texts are compared as texts. */
export const DIGITS_MAX = 320;

const NUMBER = /^([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?$/;

/** A number in the grammar of JSON, also with a leading `+` or zeros. Undefined when it is none, or beyond {@link DIGITS_MAX}. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > DIGITS_MAX) return undefined;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponentText] = match;
  const exponent = exponentText === undefined ? 0 : Number(exponentText);
  if (Math.abs(exponent) > DIGITS_MAX) return undefined;
  const magnitude = BigInt(whole + fraction);
  const units = sign === '-' ? -magnitude : magnitude;
  const scale = fraction.length - exponent;
  return scale < 0 ? { units: units * power(-scale), scale: 0 } : { units, scale };
}

const POWERS: bigint[] = Array.from({ length: 40 }, (_, n) => 10n ** BigInt(n));

/** 10^n for n ≥ 0. */
export function power(n: number): bigint {
  return POWERS[n] ?? 10n ** BigInt(n);
}

/** Units of the decimal at a scale not smaller than its own. */
export function unitsAt(value: Decimal, scale: number): bigint {
  return value.units * power(scale - value.scale);
}

export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  const left = unitsAt(a, scale);
  const right = unitsAt(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function sameDecimal(a: Decimal, b: Decimal): boolean {
  return compareDecimals(a, b) === 0;
}

/** a − b, exactly. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) - unitsAt(b, scale), scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function negate(value: Decimal): Decimal {
  return { units: -value.units, scale: value.scale };
}

export function absolute(value: Decimal): Decimal {
  return value.units < 0n ? negate(value) : value;
}

/** The value × 10^places. */
export function shift(value: Decimal, places: number): Decimal {
  const scale = value.scale - places;
  return scale < 0 ? { units: value.units * power(-scale), scale: 0 } : { units: value.units, scale };
}

export type RoundingMode = 'half-up' | 'half-even' | 'half-down' | 'down' | 'up' | 'floor' | 'ceiling';

/** Rounded to `scale` digits after the point; `half-up` and `half-down` look at the magnitude, as java.math.RoundingMode does. */
export function roundTo(value: Decimal, scale: number, mode: RoundingMode): Decimal {
  if (value.scale <= scale) return { units: unitsAt(value, scale), scale };
  const divisor = power(value.scale - scale);
  const quotient = value.units / divisor;
  const rest = value.units % divisor;
  if (rest === 0n) return { units: quotient, scale };
  const negative = value.units < 0n;
  const away = negative ? quotient - 1n : quotient + 1n;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  return { units: roundsAway(mode, twice, divisor, quotient, negative) ? away : quotient, scale };
}

function roundsAway(mode: RoundingMode, twice: bigint, divisor: bigint, quotient: bigint, negative: boolean) {
  switch (mode) {
    case 'down':
      return false;
    case 'up':
      return true;
    case 'floor':
      return negative;
    case 'ceiling':
      return !negative;
    case 'half-up':
      return twice >= divisor;
    case 'half-down':
      return twice > divisor;
    case 'half-even':
      return twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  }
}

/** Without trailing zeros after the point. */
export function strip(value: Decimal): Decimal {
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

/** Significant digits as written, leading zeros not counted. */
export function significantDigits(value: Decimal): number {
  const text = value.units < 0n ? (-value.units).toString() : value.units.toString();
  return text === '0' ? 0 : text.length;
}

export function formatDecimal(value: Decimal): string {
  const negative = value.units < 0n;
  const digits = (negative ? -value.units : value.units).toString().padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = value.scale === 0 ? '' : `.${digits.slice(digits.length - value.scale)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

/** Powers of ten that are doubles exactly. */
const TENS: readonly number[] = Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));

/** The nearest binary double: for statistics and for questions about floats, never for money. */
export function toFloat(value: Decimal): number {
  const units = Number(value.units);
  // Both are doubles exactly, so that IEEE 754 rounds their quotient once (Clinger 1990, "How to read floating point numbers accurately").
  if (Number.isSafeInteger(units) && value.scale <= 22) return units / (TENS[value.scale] ?? Number.NaN);
  return Number(`${value.units}e-${value.scale}`);
}
