import type { RoundingMode } from '../../judge/value/decimal.ts';
import type { Field, Pair } from '../field.ts';
import { fitRatio } from '../fit-ratio.ts';
import type { Family, Hypothesis } from '../hypothesis.ts';
import { type NiceNumber, nicestFactorIn, numberText } from '../nice-number.ts';
import { around, modernUnit, numbersOf } from '../number-window.ts';
import { type NumericFact, operands } from '../numeric-facts.ts';
import { equal, multiply, ONE, type Rational } from '../rational.ts';
import { modeBits, modesOf, roundToUnits } from '../rounding.ts';
import { places, roundingText } from './digits.ts';

/** Fewer samples fit any rate. */
const PAIRS_MIN = 8;
const DIFFERING_MIN = 2;
/** Of all values, on both sides: a rate that does not give them all is none. */
const RATE_SHARE_MIN = 0.95;
/** Most sources fail at the first few samples. */
const PROBED = 16;

/**
 * Both sides round the same number, which the request brings (an amount, or quantity × price, times a constant rate), but differently.
 * The equal samples count as much as the differing ones: each mode must give every value of its side.
 */
export const operandRounding: Family = (field) => {
  const pairs = field.pairs.filter(numbersOf);
  if (pairs.length < PAIRS_MIN || field.differing.length < DIFFERING_MIN) return [];
  if (field.legacyScale !== field.modernScale) return [];
  const sources = operands(pairs);
  return sources.flatMap((source) => roundingsOf(field, pairs, source, Math.log2(1 + sources.length)));
};

function roundingsOf(
  field: Field,
  pairs: readonly Pair[],
  source: NumericFact,
  choice: number,
): Hypothesis[] {
  const usable = pairs.filter((pair) => source.of(pair));
  if (!rateOf(field, usable.slice(0, PROBED), source)) return [];
  const rate = rateOf(field, usable, source);
  if (!rate || rate.value.n === 0n) return [];
  const exact = (pair: Pair): Rational | undefined => {
    const x = source.of(pair);
    return x && multiply(x, rate.value);
  };
  const legacy = fittingModes(usable, exact, 'legacy', field.legacyScale);
  const modern = fittingModes(usable, exact, 'modern', field.modernScale);
  if (legacy.length === 0 || modern.length === 0) return [];
  const scale = field.modernScale;
  const of = equal(rate.value, ONE) ? source.name : `${source.name} × ${numberText(rate.value)}`;
  return [
    {
      name: 'rounding',
      formula: `modern rounds ${of} to ${places(scale)} ${roundingText(modern)}, legacy ${roundingText(legacy)}`,
      parameters: {
        scale: String(scale),
        mode: modern.join(' or '),
        legacyMode: legacy.join(' or '),
        operand: source.name,
        rate: numberText(rate.value),
      },
      bits: choice + modeBits(legacy[0]!) + modeBits(modern[0]!),
      check: (pair) => {
        const numbers = numbersOf(pair);
        const value = exact(pair);
        if (!numbers || !value) return 'silent';
        return sameUnits(numbers.modern, roundToUnits(value, scale, modern[0]!), scale) ? 0 : 'wrong';
      },
    },
  ];
}

/** The rate that gives all values of both sides, to a unit. */
function rateOf(field: Field, pairs: readonly Pair[], source: NumericFact): NiceNumber | undefined {
  const unit = modernUnit(field);
  const points = pairs.flatMap((pair) => {
    const x = source.of(pair)!;
    const { legacy, modern } = numbersOf(pair)!;
    return [
      { x, ...around(legacy, unit) },
      { x, ...around(modern, unit) },
    ];
  });
  // A surcharge of 0.5 % is likelier than a division by 0.995, which gives the same to a unit.
  return fitRatio(points, { shareMin: RATE_SHARE_MIN, name: nicestFactorIn });
}

/** The modes that give every value of a side. */
function fittingModes(
  pairs: readonly Pair[],
  exact: (pair: Pair) => Rational | undefined,
  side: 'legacy' | 'modern',
  scale: number,
): RoundingMode[] {
  return modesOf((mode) =>
    pairs.every((pair) => sameUnits(numbersOf(pair)![side], roundToUnits(exact(pair)!, scale, mode), scale)),
  );
}

export function sameUnits(value: Rational, units: bigint, scale: number): boolean {
  return value.n * 10n ** BigInt(scale) === units * value.d;
}
