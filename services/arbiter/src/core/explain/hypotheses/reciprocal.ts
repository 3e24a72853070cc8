import { integerBits } from '../bits.ts';
import type { Family } from '../hypothesis.ts';
import { around, legacyUnit, modernUnit, numbersOf } from '../number-window.ts';
import { compare, divide, magnitude, multiply, ONE, type Rational, rational, toNumber } from '../rational.ts';

/** modern = 1 / legacy (a rate the wrong way round), and the sign dropped or forced. */
export const reciprocal: Family = (field) => {
  if (!field.differing.some((pair) => numbersOf(pair)?.legacy.n)) return [];
  const half = multiply(modernUnit(field), rational(1n, 2n));
  const legacyHalf = multiply(legacyUnit(field), rational(1n, 2n));
  const slackOf = (legacy: Rational): Rational =>
    rational(
      half.n * legacy.n * legacy.n * legacyHalf.d + legacyHalf.n * legacy.d * legacy.d * half.d,
      half.d * legacyHalf.d * legacy.n * legacy.n,
    );
  return [
    {
      name: 'reciprocal',
      formula: 'modern = 1 / legacy',
      parameters: {},
      bits: 2,
      check: (pair) => {
        const numbers = numbersOf(pair);
        if (!numbers || numbers.legacy.n === 0n) return 'silent';
        const slack = slackOf(numbers.legacy);
        const { lo, hi } = around(divide(ONE, numbers.legacy), slack);
        const open = Math.max(0, integerBits(toNumber(slack) * 10 ** field.modernScale) - 2);
        return compare(lo, numbers.modern) <= 0 && compare(numbers.modern, hi) <= 0 ? open : 'wrong';
      },
    },
    {
      name: 'sign-lost',
      formula: 'modern = |legacy|: the sign is lost',
      parameters: {},
      bits: 2,
      check: (pair) => {
        const numbers = numbersOf(pair);
        if (!numbers) return 'silent';
        return compare(numbers.modern, magnitude(numbers.legacy)) === 0 ? 0 : 'wrong';
      },
    },
  ];
};
