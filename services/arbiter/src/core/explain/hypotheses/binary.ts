import type { Pair } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { numbersOf } from '../number-window.ts';
import { compare, equal, floorOf, magnitude, type Rational, rational, subtract } from '../rational.ts';

/** What binary number types do to decimals: float32, float64, integers beyond 2^53, integers that wrap around. */
export const binary: Family = () => BINARY;

const FLOAT64_EXACT = rational(2n ** 53n);
/** Digits that tell any two 32-bit floats apart. */
const FLOAT32_DIGITS = 9;
const RELATIVE_FLOAT64 = 2n ** 40n;

const BINARY: readonly Hypothesis[] = [
  fixed(
    'integer-as-float64',
    'modern holds the integer as a 64-bit float, exact only up to 2^53',
    (pair, legacy, modern) => {
      const exact = numbersOf(pair)!.legacy;
      if (exact.d !== 1n || compare(magnitude(exact), FLOAT64_EXACT) <= 0) return 'wrong';
      return Number(legacy) === Number(modern) ? 0 : 'wrong';
    },
  ),
  fixed('float32', 'modern went through a 32-bit float', (_, legacy, modern) => {
    const narrow = Math.fround(Number(legacy));
    const rounded = Number(narrow.toPrecision(FLOAT32_DIGITS));
    if (narrow === Number(legacy)) return 'wrong';
    return Number(modern) === narrow || (Number(modern) === rounded && rounded !== Number(legacy))
      ? 0
      : 'wrong';
  }),
  fixed('float64', 'modern shows the binary error of a 64-bit float', (pair) => {
    const { legacy, modern } = numbersOf(pair)!;
    const apart = magnitude(subtract(modern, legacy));
    if (digits(pair.modern.raw) < 15 && digits(pair.legacy.raw) < 15) return 'wrong';
    return apart.n * magnitude(legacy).d * RELATIVE_FLOAT64 <= magnitude(legacy).n * apart.d ? 2 : 'wrong';
  }),
  ...[8, 16, 32, 64].flatMap((width) => [wrapped(width, true), wrapped(width, false)]),
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 12].map(lastDigits),
];

type TextCheck = (pair: Pair, legacy: string, modern: string) => Check;

function fixed(name: string, formula: string, differing: TextCheck): Hypothesis {
  return {
    name,
    formula,
    parameters: {},
    bits: 1,
    plain: true,
    check: (pair) => {
      if (!numbersOf(pair) || !pair.differs) return 'silent';
      return differing(pair, unquoted(pair.legacy.raw), unquoted(pair.modern.raw));
    },
  };
}

function wrapped(width: number, signed: boolean): Hypothesis {
  const modulus = 2n ** BigInt(width);
  const lowest = signed ? -(modulus / 2n) : 0n;
  const type = `${signed ? 'a signed' : 'an unsigned'} ${width}-bit integer`;
  return {
    name: 'integer-overflow',
    formula: `modern wraps around as ${type}`,
    parameters: { width: String(width), signed: String(signed) },
    bits: 3,
    check: (pair) => {
      const numbers = numbersOf(pair);
      if (numbers?.legacy.d !== 1n) return 'silent';
      return equal(numbers.modern, wrap(numbers.legacy, modulus, lowest)) ? 0 : 'wrong';
    },
  };
}

/** A field of fixed width that is too narrow: the high digits are gone. */
function lastDigits(kept: number): Hypothesis {
  const modulus = 10n ** BigInt(kept);
  return {
    name: 'high-digits-lost',
    formula: `modern keeps the last ${kept} digits before the point`,
    parameters: { digits: String(kept) },
    bits: 4,
    check: (pair) => {
      const numbers = numbersOf(pair);
      if (!numbers) return 'silent';
      const { n, d } = numbers.legacy;
      return equal(numbers.modern, rational(n % (modulus * d), d)) ? 0 : 'wrong';
    },
  };
}

function wrap(value: Rational, modulus: bigint, lowest: bigint): Rational {
  const turns = floorOf(rational(value.n - lowest, modulus));
  return rational(value.n - turns * modulus);
}

function unquoted(raw = ''): string {
  return raw.startsWith('"') ? raw.slice(1, -1) : raw;
}

function digits(raw = ''): number {
  return raw
    .replace(/[eE].*$/, '')
    .replace(/[^0-9]/g, '')
    .replace(/^0+/, '').length;
}
