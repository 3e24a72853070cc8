import type { Field, Pair } from '../field.ts';
import { fitRatio } from '../fit-ratio.ts';
import type { Family, Hypothesis } from '../hypothesis.ts';
import { numberText } from '../nice-number.ts';
import { around, modernUnit, numbersOf } from '../number-window.ts';
import { type NumericFact as Fact, numericFacts } from '../numeric-facts.ts';
import { add, compare, equal, magnitude, multiply, ONE, type Rational, subtract } from '../rational.ts';
import { ratesOf } from './request-rate.ts';

/** Modern's value, or its distance from legacy's, is a constant times a number of the request: a rate, a fee, a copied field. */
export const ofTheRequest: Family = (field) => {
  const facts = numericFacts(field.differing);
  const choice = Math.log2(1 + facts.length);
  return facts.flatMap((fact) => {
    const pairs = field.differing.filter((pair) => numbersOf(pair) && fact.of(pair));
    return [...ratesOf(field, pairs, fact, choice), ...shares(field, pairs, fact, choice)];
  });
};

function shares(field: Field, pairs: readonly Pair[], fact: Fact, choice: number): Hypothesis[] {
  const unit = modernUnit(field);
  const apart = (pair: Pair): Rational => subtract(numbersOf(pair)!.modern, numbersOf(pair)!.legacy);
  const fitted = fitRatio(pairs.map((pair) => ({ x: fact.of(pair)!, ...around(apart(pair), unit) })));
  if (!fitted || fitted.value.n === 0n) return [];
  const size = magnitude(fitted.value);
  const times = equal(size, ONE) ? '' : ` × ${numberText(size)}`;
  return [
    {
      name: 'share-of-request',
      formula: `modern = legacy ${fitted.value.n < 0n ? '−' : '+'} ${fact.name}${times}`,
      parameters: { fact: fact.name, rate: numberText(fitted.value) },
      bits: fitted.bits + choice + 1,
      check: (pair) => {
        const x = fact.of(pair);
        const numbers = numbersOf(pair);
        if (!x || !numbers) return 'silent';
        const exact = add(numbers.legacy, multiply(x, fitted.value));
        const { lo, hi } = around(numbers.modern, unit);
        return compare(lo, exact) <= 0 && compare(exact, hi) <= 0 ? 1 : 'wrong';
      },
    },
  ];
}
