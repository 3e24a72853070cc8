/** Exact decimal: `units` × 10^-`scale`. Money is never a binary float. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads plain decimal text such as `1234.50`; the scale is the number of digits after the point.
 *
 * @throws RangeError for anything else (no exponent, no plus sign, no spaces).
 */
export function decimal(text: string): Decimal {
  const match = TEXT.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a decimal number`);
  const [, sign = '', whole = '', fraction = ''] = match;
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

/** Writes the number with exactly its scale's digits after the point. */
export function format({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: at(a, scale) + at(b, scale), scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, { units: -b.units, scale: b.scale });
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** The quotient rounded to `scale` digits, half away from zero. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  return {
    units: roundedQuotient(a.units * 10n ** BigInt(scale + b.scale), b.units * 10n ** BigInt(a.scale)),
    scale,
  };
}

/** The number with `scale` digits after the point, rounded half away from zero (commercial rounding, as Postgres rounds `numeric`). */
export function round(a: Decimal, scale: number): Decimal {
  return divide(a, { units: 1n, scale: 0 }, scale);
}

/** Negative, zero or positive, as a is less than, equal to or greater than b. */
export function compare(a: Decimal, b: Decimal): number {
  const difference = subtract(a, b).units;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function at({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}

function roundedQuotient(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const magnitude = (2n * n + d) / (2n * d);
  return negative ? -magnitude : magnitude;
}
