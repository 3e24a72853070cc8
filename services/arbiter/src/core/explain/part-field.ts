import { type Field, fieldOf, type Pair } from './field.ts';
import type { Check, Family, Hypothesis } from './hypothesis.ts';
import type { Sample } from './sample.ts';

/** A part of both values that can be looked at by itself: a number within a text, a field within an object. */
export interface Parts {
  /** The parts that differ, by name; nothing else may differ. */
  readonly changed: readonly string[];
  /** Both sides of a part, with facts that its surroundings add. */
  sample(part: string): Sample;
}

/** Parts looked at; a value with more that differ is explained as a whole or not at all. */
const PARTS_MAX = 8;

/**
 * Explains a part by what explains whole values. A sample counts where this part alone differs; with two that differ, one reason would be
 * half of it.
 */
export function ofParts(
  field: Field,
  partsOf: (pair: Pair) => Parts | undefined,
  families: readonly Family[],
  within: (hypothesis: Hypothesis, part: string) => Pick<Hypothesis, 'name' | 'formula'>,
): Hypothesis[] {
  const parts = new Map<Pair, Parts>();
  for (const pair of field.pairs) {
    const found = partsOf(pair);
    if (found) parts.set(pair, found);
  }
  const names = new Set([...parts.values()].flatMap(({ changed }) => changed));
  return [...names].slice(0, PARTS_MAX).flatMap((part) => {
    const inner = fieldOf(field.pairs.map((pair) => parts.get(pair)?.sample(part) ?? {}));
    const check = (hypothesis: Hypothesis, pair: Pair): Check => {
      const found = parts.get(pair);
      const innerPair = inner.pairs[pair.index];
      if (!found || !innerPair) return 'silent';
      if (found.changed.length > 1 || (found.changed.length === 1 && found.changed[0] !== part))
        return 'wrong';
      return hypothesis.check(innerPair);
    };
    return families
      .flatMap((family) => family(inner))
      .map((hypothesis) => ({
        ...hypothesis,
        ...within(hypothesis, part),
        bits: hypothesis.bits + 1,
        check: (pair: Pair) => check(hypothesis, pair),
      }));
  });
}
