import { integerBits, surpriseBits } from '../bits.ts';
import type { Field, Pair } from '../field.ts';
import { fitConstant, fitRatio } from '../fit-ratio.ts';
import type { Family, Hypothesis } from '../hypothesis.ts';
import { decimalText, numberText, timesText } from '../nice-number.ts';
import { modernUnit, numbersOf, unroundedOf, writtenAs } from '../number-window.ts';
import { rangeText } from '../range-text.ts';
import {
  add,
  compare,
  equal,
  magnitude,
  multiply,
  negate,
  ONE,
  type Rational,
  rational,
  subtract,
  toNumber,
} from '../rational.ts';

/** modern = legacy + c, or one unit in the last place either way. */
export const offset: Family = (field) => {
  const pairs = field.differing.filter(numbersOf);
  if (pairs.length === 0) return [];
  const found = frequent(pairs.map(difference))
    .filter(({ n }) => n !== 0n)
    .map((value) => shifted(field, value));
  const last = lastDigit(field, pairs);
  if (last) found.push(last);
  const directions = new Set(pairs.map((pair) => (difference(pair).n > 0n ? 1 : -1)));
  if (directions.size === 1) found.push(oneWay(field, pairs, directions.has(1) ? 1 : -1));
  return found;
};

/** modern = a × legacy + b, the slope from the farthest samples, the constant from all. */
export const linear: Family = (field) => {
  const pairs = field.differing.filter(numbersOf);
  if (pairs.length < 3) return [];
  const sorted = [...pairs].sort((a, b) => compare(numbersOf(a)!.legacy, numbersOf(b)!.legacy));
  const middle = Math.floor(sorted.length / 2);
  const unit = modernUnit(field);
  const slopes = [
    [sorted[0]!, sorted.at(-1)!],
    [sorted[0]!, sorted[middle]!],
    [sorted[middle]!, sorted.at(-1)!],
  ].flatMap(([low, high]) => {
    const [a, b] = [numbersOf(low!)!, numbersOf(high!)!];
    const rise = subtract(b.modern, a.modern);
    return (
      fitRatio([{ x: subtract(b.legacy, a.legacy), lo: subtract(rise, unit), hi: add(rise, unit) }]) ?? []
    );
  });
  return slopes.flatMap(({ value: slope, bits }) => {
    if (slope.n === 0n || equal(slope, ONE)) return [];
    const base = fitConstant(
      pairs.map((pair) => {
        const { lo, hi } = unroundedOf(numbersOf(pair)!.modern, pair.modern.decimal!.scale, unit, 'nearest');
        const product = multiply(numbersOf(pair)!.legacy, slope);
        return { lo: subtract(lo, product), hi: subtract(hi, product) };
      }),
    );
    // A constant below the last digit is a rounding.
    if (!base || compare(magnitude(base.value), unit) < 0) return [];
    return [sloped(field, slope, base.value, bits + base.bits + 2)];
  });
};

function sloped(field: Field, slope: Rational, base: Rational, bits: number): Hypothesis {
  const unit = modernUnit(field);
  return {
    name: 'linear',
    formula: `modern = legacy ${timesText(slope)} ${signed(base)}`,
    parameters: { factor: numberText(slope), offset: numberText(base) },
    bits,
    check: (pair) => {
      const numbers = numbersOf(pair);
      if (!numbers) return 'silent';
      const exact = add(multiply(numbers.legacy, slope), base);
      return writtenAs(exact, numbers.modern, pair.modern.decimal!.scale, unit, 'nearest') ? 0 : 'wrong';
    },
  };
}

function shifted(field: Field, value: Rational): Hypothesis {
  // The binary tail of a float makes the difference as long as itself.
  const scale = 10 ** Math.max(field.legacyScale, field.modernScale, decimalsOf(value));
  return {
    name: 'offset',
    formula: `modern = legacy ${signed(value)}`,
    parameters: { offset: numberText(value) },
    bits: integerBits(toNumber(value) * scale),
    check: (pair) => (numbersOf(pair) ? (equal(difference(pair), value) ? 0 : 'wrong') : 'silent'),
  };
}

/** Roundings that fall either way; in one direction only, it is an offset of one unit. */
function lastDigit(field: Field, pairs: readonly Pair[]): Hypothesis | undefined {
  const unit = modernUnit(field);
  if (field.legacyScale !== field.modernScale || field.modernScale === 0) return undefined;
  const one = (pair: Pair): boolean => equal(magnitude(difference(pair)), unit);
  const up = pairs.filter((pair) => one(pair) && difference(pair).n > 0n).length;
  const down = pairs.filter((pair) => one(pair) && difference(pair).n < 0n).length;
  if (up === 0 || down === 0) return undefined;
  return {
    name: 'last-digit',
    formula: `modern is one unit in the last digit (${numberText(unit)}) away, ${up} times above and ${down} times below`,
    parameters: { unit: numberText(unit), above: String(up), below: String(down) },
    bits: 2,
    check: (pair) => {
      if (!numbersOf(pair)) return 'silent';
      if (!pair.differs) return 'silent';
      return one(pair) ? 1 : 'wrong';
    },
  };
}

/** Always to the same side, by changing amounts: what is skimmed off, or a fee that depends on more than legacy's value. */
function oneWay(field: Field, pairs: readonly Pair[], direction: 1 | -1): Hypothesis {
  const word = direction === 1 ? 'higher' : 'lower';
  return {
    name: 'one-way',
    formula: `modern is always ${word}, ${rangeText(pairs)},`,
    parameters: { direction: word },
    bits: 1,
    check: (pair) => {
      if (!numbersOf(pair)) return 'silent';
      const apart = difference(pair);
      if (apart.n === 0n) return 'silent';
      return apart.n > 0n === direction > 0 ? surpriseBits(pair, field) - 1 : 'wrong';
    },
  };
}

function difference(pair: Pair): Rational {
  const { legacy, modern } = numbersOf(pair)!;
  return subtract(modern, legacy);
}

/** Decimal places of a number that ends. */
function decimalsOf({ d }: Rational): number {
  return (decimalText({ n: 1n, d }, 64)?.length ?? 2) - 2;
}

/** The two commonest values. */
function frequent(values: readonly Rational[]): Rational[] {
  const counts = new Map<string, { value: Rational; count: number }>();
  for (const sum of values) {
    const value = rational(sum.n, sum.d);
    const key = `${value.n}/${value.d}`;
    const entry = counts.get(key);
    if (entry) entry.count += 1;
    else counts.set(key, { value, count: 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, 2)
    .map(({ value }) => value);
}

/** `+ 5`, `− 0.01`. */
export function signed(value: Rational): string {
  return value.n < 0n ? `− ${numberText(negate(value))}` : `+ ${numberText(value)}`;
}
