import { surpriseBits, textBits } from '../bits.ts';
import type { Field, Pair, Reading } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { numbersOf } from '../number-window.ts';
import { compare, equal, type Rational } from '../rational.ts';

const VALUES_MIN = 2;

/** One side stops at a value beyond which the other goes: a cap or a floor that is new in modern, or missing there. */
export const limit: Family = (field) => {
  const pairs = field.differing.filter(numbersOf);
  return (['modern', 'legacy'] as const).flatMap((side) => {
    const value = commonest(pairs.map((pair) => pair[side]));
    // A side that never says anything else has no limit, it has one value.
    const values = new Set(field.pairs.map((pair) => pair[side].raw));
    if (value === undefined || values.size < VALUES_MIN) return [];
    return [limited(field, side, value, 1), limited(field, side, value, -1)];
  });
};

/** The number, and as it was written. */
interface Limit {
  readonly value: Rational;
  readonly raw: string;
}

/** `beyond` 1: a cap, the other side is larger; -1: a floor. */
function limited(field: Field, side: 'modern' | 'legacy', { value, raw }: Limit, beyond: 1 | -1): Hypothesis {
  const other = side === 'modern' ? 'legacy' : 'modern';
  const kind = beyond === 1 ? 'cap' : 'floor';
  const verb = beyond === 1 ? 'never exceeds' : 'never falls below';
  const check = (pair: Pair): Check => {
    const numbers = numbersOf(pair);
    if (!numbers) return 'silent';
    const passes = compare(numbers[other], value) * beyond > 0;
    if (!passes) return pair.differs ? 'wrong' : 0;
    if (!equal(numbers[side], value)) return 'wrong';
    // Legacy's limit tells that modern is beyond it, not by how much.
    if (side === 'modern') return 0;
    return surpriseBits(pair, field) - 1;
  };
  return {
    name: side === 'modern' ? kind : `${kind}-missing`,
    formula: `${side} ${verb} ${raw}${side === 'modern' ? '' : ', modern does'}`,
    parameters: { [kind]: raw },
    bits: textBits(raw.length) + 2,
    check,
  };
}

/** The number that at least two of the readings share. */
function commonest(readings: readonly Reading[]): Limit | undefined {
  const counts = new Map<string, Limit & { count: number }>();
  for (const { decimal, raw } of readings) {
    if (!decimal || raw === undefined) continue;
    const key = `${decimal.value.n}/${decimal.value.d}`;
    const entry = counts.get(key) ?? { value: decimal.value, raw, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  const best = [...counts.values()].sort((a, b) => b.count - a.count)[0];
  return best && best.count > 1 ? best : undefined;
}
