import { relateNumbers } from '../meaning/numbers.ts';
import type { Decimal } from '../value/decimal.ts';
import type { Context, Observed } from './rule.ts';

export interface NumberPair {
  readonly at: Observed;
  readonly legacy: Decimal;
  readonly modern: Decimal;
}

/** The unproven observations in which both sides are numbers and not the same, while legacy repeats itself. */
export function numberPairs(context: Context): NumberPair[] {
  const pairs: NumberPair[] = [];
  for (const at of context.unproven) {
    if (at.varies) continue;
    const found = relateNumbers(at.legacy, at.modern, context.profile);
    if (found?.is === 'different') pairs.push({ at, legacy: found.legacy, modern: found.modern });
  }
  return pairs;
}
