import { Side } from '../judge/value/side.ts';
import { readDecimal } from './decimal-text.ts';
import type { FactNumber, Pair } from './field.ts';
import { multiply, type Rational, toNumber } from './rational.ts';

/** A number that each request brings. */
export interface NumericFact {
  readonly name: string;
  of(pair: Pair): Rational | undefined;
}

const FACTS_MAX = 16;
/** Fewer different numbers would make a rate of them indistinguishable from a constant. */
const DISTINCT_MIN = 3;

/** Facts that are numbers in at least nine of ten of the pairs and vary among them. */
export function numericFacts(pairs: readonly Pair[]): NumericFact[] {
  const paths = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const pair of pairs) {
    for (const [path, raw] of pair.facts) {
      if (factNumber(pair, path) === undefined) continue;
      counts.set(path, (counts.get(path) ?? 0) + 1);
      const seen = paths.get(path) ?? new Set();
      if (seen.size < DISTINCT_MIN) seen.add(raw);
      paths.set(path, seen);
    }
  }
  return [...paths]
    .filter(([path, seen]) => seen.size >= DISTINCT_MIN && (counts.get(path) ?? 0) >= 0.9 * pairs.length)
    .slice(0, FACTS_MAX)
    .map(([name]) => ({ name, of: (pair) => factNumber(pair, name)?.value }));
}

/** The facts themselves, and the products of two of them: quantity × price, amount × rate. */
export function operands(pairs: readonly Pair[]): NumericFact[] {
  const facts = numericFacts(pairs).slice(0, 8);
  const products = facts.flatMap((a, index) =>
    facts.slice(index + 1).map((b): NumericFact => {
      return {
        name: `${a.name} × ${b.name}`,
        of: (pair) => {
          const [x, y] = [a.of(pair), b.of(pair)];
          return x && y && multiply(x, y);
        },
      };
    }),
  );
  return [...facts, ...products];
}

/** The fact as a number, read once a pair. */
export function factNumber({ facts, numbers }: Pair, path: string): FactNumber | undefined {
  const known = numbers.get(path);
  if (known !== undefined || numbers.has(path)) return known;
  const value = readDecimal(new Side(facts.get(path)))?.value;
  const number = value && { value, float: toNumber(value) };
  numbers.set(path, number);
  return number;
}
