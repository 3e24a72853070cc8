import type { RoundingMode } from '../../judge/value/decimal.ts';
import type { Field, Pair } from '../field.ts';
import { fitRatio } from '../fit-ratio.ts';
import type { Hypothesis } from '../hypothesis.ts';
import { numberText } from '../nice-number.ts';
import {
  legacyUnit,
  modernUnit,
  numbersOf,
  unroundedOf,
  WINDOWS,
  type Window,
  writtenAs,
} from '../number-window.ts';
import type { NumericFact as Fact } from '../numeric-facts.ts';
import { compare, equal, magnitude, multiply, ONE, type Rational, subtract } from '../rational.ts';
import { modesOf, roundToUnits } from '../rounding.ts';
import { roundingText } from './digits.ts';
import { sameUnits } from './operand-rounding.ts';

type SideName = 'legacy' | 'modern';

/** A constant times the fact, brought to the decimals of a side: to the nearest, cut, or up. */
interface Rate {
  readonly value: Rational;
  readonly bits: number;
  readonly window: Window;
}

/**
 * Modern's value is a constant times a number of the request (a rate, a fee, a copied field); where legacy's is another one, that too. How they
 * round is told where only one way gives what stands there, and it is not half up on both sides.
 */
export function ratesOf(field: Field, pairs: readonly Pair[], fact: Fact, choice: number): Hypothesis[] {
  const legacy = rateOfAll(field, pairs, fact);
  return WINDOWS.flatMap((window) => {
    const modern = rateOf(field, pairs, fact, 'modern', window);
    if (modern === undefined || modern.value.n === 0n) return [];
    if (legacy !== undefined && isOneRate(field, pairs, fact, legacy, modern)) return [];
    return [hypothesisOf(field, pairs, fact, modern, legacy, choice)];
  });
}

function hypothesisOf(
  field: Field,
  pairs: readonly Pair[],
  fact: Fact,
  modern: Rate,
  legacy: Rate | undefined,
  choice: number,
): Hypothesis {
  const isCopied = equal(modern.value, ONE);
  const check = checkOf(field, fact, 'modern', modern);
  const explained = pairs.filter((pair) => check(pair) === 0);
  const modes = waysOf(field, explained, fact, modern, legacy);
  const times = isCopied ? '' : ` × ${numberText(modern.value)}`;
  const instead =
    legacy === undefined || isCopied ? '' : `, legacy × ${numberText(legacy.value)}${modes.legacy}`;
  return {
    name: isCopied ? 'copied-from-request' : 'rate',
    formula: `modern = ${fact.name}${times}${modes.modern}${instead}`,
    parameters: {
      fact: fact.name,
      rate: numberText(modern.value),
      ...(legacy === undefined ? {} : { legacyRate: numberText(legacy.value) }),
    },
    // That the same fact also gives legacy's value makes it no chance find.
    bits: modern.bits + (modern.window === 'nearest' ? 0 : 2) + (legacy === undefined ? choice : 0),
    check,
  };
}

function checkOf(field: Field, fact: Fact, side: SideName, { value, window }: Rate) {
  const unit = side === 'modern' ? modernUnit(field) : legacyUnit(field);
  return (pair: Pair) => {
    const x = fact.of(pair);
    const numbers = numbersOf(pair);
    if (!x || !numbers) return 'silent';
    const scale = pair[side].decimal!.scale;
    return writtenAs(multiply(x, value), numbers[side], scale, unit, window) ? 0 : 'wrong';
  };
}

function rateOf(
  field: Field,
  pairs: readonly Pair[],
  fact: Fact,
  side: SideName,
  window: Window,
): Rate | undefined {
  const unit = side === 'modern' ? modernUnit(field) : legacyUnit(field);
  const fitted = fitRatio(
    pairs.map((pair) => ({
      x: fact.of(pair)!,
      ...unroundedOf(numbersOf(pair)![side], pair[side].decimal!.scale, unit, window),
    })),
  );
  return fitted && { ...fitted, window };
}

/** The rate that gives all of legacy's values. */
function rateOfAll(field: Field, pairs: readonly Pair[], fact: Fact): Rate | undefined {
  for (const window of WINDOWS) {
    const rate = rateOf(field, pairs, fact, 'legacy', window);
    if (rate === undefined) continue;
    const check = checkOf(field, fact, 'legacy', rate);
    if (pairs.every((pair) => check(pair) === 0)) return rate;
  }
  return undefined;
}

/** Less than a last digit apart they are one rate, which the sides round differently: no hypothesis of two. */
function isOneRate(field: Field, pairs: readonly Pair[], fact: Fact, legacy: Rate, modern: Rate): boolean {
  const between = magnitude(subtract(legacy.value, modern.value));
  const unit = modernUnit(field);
  return pairs.every((pair) => compare(multiply(magnitude(fact.of(pair)!), between), unit) < 0);
}

/** How each side rounds, in words, unless both may round half up, as everybody expects. */
function waysOf(
  field: Field,
  pairs: readonly Pair[],
  fact: Fact,
  modern: Rate,
  legacy: Rate | undefined,
): Readonly<Record<SideName, string>> {
  const modes = (side: SideName, scale: number, rate: Rate): readonly RoundingMode[] =>
    modesOf((mode) =>
      pairs.every((pair) => {
        const exact = multiply(fact.of(pair)!, rate.value);
        return sameUnits(numbersOf(pair)![side], roundToUnits(exact, scale, mode), scale);
      }),
    );
  const theirs = modes('modern', field.modernScale, modern);
  const ours = legacy === undefined ? undefined : modes('legacy', field.legacyScale, legacy);
  if (theirs.includes('half-up') && ours?.includes('half-up') !== false) return { modern: '', legacy: '' };
  // Where cutting gives the same as rounding up, there was nothing to round.
  const told = (modes: readonly RoundingMode[] = []) =>
    modes.length === 0 || (modes.includes('down') && modes.includes('up')) ? '' : ` (${roundingText(modes)})`;
  return { modern: told(theirs), legacy: told(ours) };
}
