import type { RoundingMode } from '../../judge/value/decimal.ts';
import type { Field, Pair } from '../field.ts';
import { fitRatio } from '../fit-ratio.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { numberText } from '../nice-number.ts';
import { around, modernUnit, numbersOf } from '../number-window.ts';
import { factNumber } from '../numeric-facts.ts';
import { add, equal, multiply, ONE, type Rational, rational, ZERO } from '../rational.ts';
import { roundToUnits } from '../rounding.ts';
import { sameUnits } from './operand-rounding.ts';

const LINES_MAX = 64;
const COLUMNS_MAX = 6;
const MODES: readonly RoundingMode[] = ['half-up', 'half-even', 'down'];
/** Half a unit a line can go astray. */
const PAIRS_MIN = 4;

/** A column of lines in the request: `request.body.lines[*].price`, alone or times another. */
interface Column {
  readonly name: string;
  of(pair: Pair): readonly Rational[];
}

/** The same sum over the request's lines, rounded a line at a time on one side and once in total on the other. */
export const lineRounding: Family = (field) => {
  const pairs = field.pairs.filter(numbersOf);
  if (pairs.length < PAIRS_MIN || field.differing.length === 0) return [];
  const columns = columnsOf(pairs);
  return columns.flatMap((column) => ordersOf(field, pairs, column, Math.log2(1 + columns.length)));
};

function ordersOf(field: Field, pairs: readonly Pair[], column: Column, choice: number): Hypothesis[] {
  const unit = modernUnit(field);
  const rate = fitRatio(
    pairs.map((pair) => {
      const lines = column.of(pair);
      const slack = multiply(unit, rational(BigInt(lines.length + 1), 2n));
      return { x: lines.reduce(add, ZERO), ...around(numbersOf(pair)!.legacy, slack) };
    }),
  );
  if (!rate || rate.value.n === 0n) return [];
  const scale = field.modernScale;
  return MODES.flatMap((mode) => {
    const total = (pair: Pair): bigint =>
      roundToUnits(multiply(column.of(pair).reduce(add, ZERO), rate.value), scale, mode);
    const lines = (pair: Pair): bigint =>
      column.of(pair).reduce((sum, line) => sum + roundToUnits(multiply(line, rate.value), scale, mode), 0n);
    return [
      order(pairs, column, rate.value, scale, mode, { modern: total, legacy: lines }, 'total', choice),
      order(pairs, column, rate.value, scale, mode, { modern: lines, legacy: total }, 'line', choice),
    ].flatMap((found) => found ?? []);
  });
}

type Sum = (pair: Pair) => bigint;

function order(
  pairs: readonly Pair[],
  column: Column,
  rate: Rational,
  scale: number,
  mode: RoundingMode,
  sums: { readonly modern: Sum; readonly legacy: Sum },
  where: 'total' | 'line',
  choice: number,
): Hypothesis | undefined {
  const explainsLegacy = pairs.every((pair) => {
    const numbers = numbersOf(pair)!;
    return column.of(pair).length === 0 || sameUnits(numbers.legacy, sums.legacy(pair), scale);
  });
  if (!explainsLegacy) return undefined;
  const of = equal(rate, ONE) ? column.name : `${column.name} × ${numberText(rate)}`;
  const [here, there] = where === 'total' ? ['once, in total', 'each line'] : ['each line', 'once, in total'];
  return {
    name: 'order-of-rounding',
    formula: `modern rounds the sum of ${of} ${here}; legacy ${there}`,
    parameters: { operand: column.name, rate: numberText(rate), modern: where, mode },
    bits: choice + 3,
    check: (pair): Check => {
      const numbers = numbersOf(pair);
      if (!numbers || column.of(pair).length === 0) return 'silent';
      return sameUnits(numbers.modern, sums.modern(pair), scale) ? 0 : 'wrong';
    },
  };
}

/** Columns of numbers that requests bring as lists, and the products of two columns of the same list. */
function columnsOf(pairs: readonly Pair[]): Column[] {
  const names = new Set<string>();
  for (const pair of pairs)
    for (const path of pair.facts.keys()) {
      const name = path.replace(/\[[0-9]+\]/, '[*]');
      if (name !== path && names.size < COLUMNS_MAX) names.add(name);
    }
  const singles = [...names].map((name) => columnOf(name, [name]));
  const products = singles.flatMap((a, index) =>
    singles
      .slice(index + 1)
      .filter((b) => listOf(a.name) === listOf(b.name))
      .map((b) => columnOf(`${a.name} × ${b.name}`, [a.name, b.name])),
  );
  return [...singles, ...products].filter((column) => pairs.some((pair) => column.of(pair).length > 1));
}

function listOf(name: string): string {
  return name.slice(0, name.indexOf('[*]'));
}

function columnOf(name: string, factors: readonly string[]): Column {
  const read = new Map<Pair, readonly Rational[]>();
  return {
    name,
    of: (pair) => {
      const known = read.get(pair);
      if (known) return known;
      const lines = linesOf(pair, factors);
      read.set(pair, lines);
      return lines;
    },
  };
}

function linesOf(pair: Pair, factors: readonly string[]): Rational[] {
  const lines: Rational[] = [];
  for (let line = 0; line < LINES_MAX; line += 1) {
    const numbers = factors.map((name) => factNumber(pair, name.replace('[*]', `[${line}]`))?.value);
    if (numbers.some((number) => number === undefined)) break;
    lines.push(numbers.reduce<Rational>((product, number) => multiply(product, number!), ONE));
  }
  // Facts may hold the first lines only; a total of some is no total.
  const all = factNumber(pair, `${listOf(factors[0]!)}.length`)?.float ?? lines.length;
  return all === lines.length ? lines : [];
}
