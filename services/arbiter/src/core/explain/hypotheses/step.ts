import type { Field, Pair } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { numberText } from '../nice-number.ts';
import { numbersOf } from '../number-window.ts';
import { divide, equal, multiply, type Rational, rational } from '../rational.ts';
import { ROUNDING_MODES, roundToUnits } from '../rounding.ts';

/** Coarse steps that amounts are rounded to; powers of ten below one are decimals, which have a hypothesis of their own. */
const STEPS: readonly Rational[] = [
  rational(1n, 20n),
  rational(1n, 4n),
  rational(1n, 2n),
  ...[1n, 5n, 10n, 25n, 50n, 100n, 1000n].map((step) => rational(step)),
];

/** modern = legacy rounded to a multiple of 0.05, 5, 100 …, while still written with all its decimals. */
export const step: Family = (field) => STEPS.flatMap((size) => rounded(field, size));

function rounded(field: Field, size: Rational): Hypothesis[] {
  const pairs = field.differing.filter((pair) => isMultiple(pair, size));
  if (pairs.length < 2 || pairs.length * 2 < field.differing.length) return [];
  const best = ROUNDING_MODES.map((mode) => {
    const check = (pair: Pair): Check => {
      const numbers = numbersOf(pair);
      if (!numbers) return 'silent';
      const units = { n: roundToUnits(divide(numbers.legacy, size), 0, mode), d: 1n };
      return equal(multiply(units, size), numbers.modern) ? 0 : 'wrong';
    };
    return { mode, check, count: pairs.filter((pair) => check(pair) === 0).length };
  }).reduce((a, b) => (b.count > a.count ? b : a));
  if (best.count === 0) return [];
  return [
    {
      name: 'step',
      formula: `modern = legacy rounded to a multiple of ${numberText(size)} (${best.mode})`,
      parameters: { step: numberText(size), mode: best.mode },
      bits: Math.log2(STEPS.length) + 3,
      check: best.check,
    },
  ];
}

function isMultiple(pair: Pair, size: Rational): boolean {
  const numbers = numbersOf(pair);
  return numbers !== undefined && divide(numbers.modern, size).d === 1n;
}
