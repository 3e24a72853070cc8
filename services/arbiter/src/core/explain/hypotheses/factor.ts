import { integerBits } from '../bits.ts';
import type { Field, Pair } from '../field.ts';
import { fitRatio, type Point } from '../fit-ratio.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { nicestFactorIn, numberText, timesText } from '../nice-number.ts';
import {
  around,
  legacyUnit,
  modernUnit,
  numbersOf,
  unroundedOf,
  WINDOWS,
  type Window,
  writtenAs,
} from '../number-window.ts';
import {
  add,
  compare,
  equal,
  magnitude,
  multiply,
  ONE,
  type Rational,
  rational,
  toNumber,
} from '../rational.ts';

/**
 * modern = legacy × f. First with legacy taken as exact and modern rounded to its decimals (to the nearest, cut, or up), then with both
 * rounded from values that nobody sees; the exact rational f comes from the overlap of all quotients by continued fractions.
 */
export const factor: Family = (field) => {
  const pairs = field.differing.filter((pair) => numbersOf(pair)?.legacy.n);
  if (pairs.length === 0) return [];
  const found: Hypothesis[] = [];
  for (const window of WINDOWS) {
    const fitted = fitRatio(
      pairs.map((pair) => pointOf(pair, field, window)),
      { name: nicestFactorIn },
    );
    if (fitted && !equal(fitted.value, ONE)) found.push(scaled(field, fitted.value, fitted.bits, window));
  }
  const loose = fitRatio(
    pairs.flatMap((pair) => loosePoint(pair, field)),
    { name: nicestFactorIn },
  );
  if (loose && !equal(loose.value, ONE) && loose.value.n !== 0n)
    found.push(looselyScaled(field, loose.value, loose.bits));
  return found;
};

function pointOf(pair: Pair, field: Field, window: Window): Point {
  const { legacy, modern } = numbersOf(pair)!;
  return { x: legacy, ...unroundedOf(modern, pair.modern.decimal!.scale, modernUnit(field), window) };
}

/** Legacy may be half a unit off; a legacy value of that size says nothing. */
function loosePoint(pair: Pair, field: Field): readonly Point[] {
  const { legacy, modern } = numbersOf(pair)!;
  const half = multiply(legacyUnit(field), rational(1n, 2n));
  const size = magnitude(legacy);
  if (compare(size, multiply(half, rational(4n))) < 0) return [];
  // m ± u/2 over l ± v/2 is within (m ± (u/2 + |m|·v/2|l|)) / l to first order, which is all a proposal needs.
  const tail = rational(magnitude(modern).n * half.n * size.d, magnitude(modern).d * half.d * size.n);
  const { lo, hi } = around(modern, add(multiply(modernUnit(field), rational(1n, 2n)), tail));
  return [{ x: legacy, lo, hi }];
}

function scaled(field: Field, value: Rational, bits: number, window: Window): Hypothesis {
  const unit = modernUnit(field);
  const check = (pair: Pair): Check => {
    const numbers = numbersOf(pair);
    if (!numbers) return 'silent';
    return writtenAs(
      multiply(numbers.legacy, value),
      numbers.modern,
      pair.modern.decimal!.scale,
      unit,
      window,
    )
      ? 0
      : 'wrong';
  };
  const how = window === 'nearest' ? '' : window === 'down' ? ', cut' : ', rounded up';
  const parameters = { factor: numberText(value), rounding: window };
  if (equal(value, rational(-1n)))
    return { name: 'sign', formula: 'modern = −legacy', parameters: { factor: '-1' }, bits: 1, check };
  if (value.n === 0n)
    return { name: 'zero', formula: 'modern = 0', parameters: { factor: '0' }, bits: 1, check };
  return {
    name: 'factor',
    formula: `modern = legacy ${timesText(value)}${how}${unitHint(field, value)}`,
    parameters,
    bits: bits + (window === 'nearest' ? 0.5 : 2),
    check,
  };
}

function looselyScaled(field: Field, value: Rational, bits: number): Hypothesis {
  const half = rational(1n, 2n);
  const slack = add(
    multiply(modernUnit(field), half),
    multiply(magnitude(value), multiply(legacyUnit(field), half)),
  );
  const open = integerBits(toNumber(slack) * 10 ** field.modernScale) - 1;
  return {
    name: 'factor',
    formula: `modern = legacy ${timesText(value)} before rounding`,
    parameters: { factor: numberText(value), rounding: 'both' },
    bits: bits + 2,
    check: (pair) => {
      const numbers = numbersOf(pair);
      if (!numbers) return 'silent';
      const { lo, hi } = around(multiply(numbers.legacy, value), slack);
      return compare(numbers.modern, lo) >= 0 && compare(numbers.modern, hi) <= 0 ? open : 'wrong';
    },
  };
}

/** What a power of ten usually means; the values decide between money and ratios. */
function unitHint(field: Field, value: Rational): string {
  const small = field.differing.every((pair) => {
    const numbers = numbersOf(pair);
    return !numbers || compare(magnitude(numbers.legacy), ONE) <= 0;
  });
  if (equal(value, rational(100n))) return small ? ' (percent for a fraction)' : ' (cents for whole units)';
  if (equal(value, rational(1n, 100n))) return ' (whole units for cents, or a fraction for percent)';
  if (equal(value, rational(1000n)))
    return field.legacyScale === 3 && field.modernScale === 0
      ? ' (the decimal point is lost, or thousandths)'
      : ' (thousandths)';
  if (equal(value, rational(1n, 1000n))) return ' (thousands, or seconds for milliseconds)';
  return '';
}
