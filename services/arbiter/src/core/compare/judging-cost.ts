import { isArray, isObject, NumberText, type Value } from './value.ts';

/**
 * What judging one answer may cost, in characters gone through: twenty thousand small differences that are proven, or a few large lists.
 * Counted, so that the same answers always get the same verdict; a million differences judged one by one would stall all other requests.
 */
export const JUDGING_COST_MAX = 2 << 20;

/**
 * Differences of one answer that every rule for bugs may look into; of what stands beyond them only proofs are tried, which take a tenth of
 * the time. More than a verdict lists, so that what it lists has its reason.
 */
export const LOOKED_INTO_MAX = 300;

/** What stands beyond those has been through every proof in vain: it costs so many times as much again. The verdict stands as it is. */
export const UNPROVEN_COST = 4;

/** Elements are judged against each other as well. */
const NESTED = 8;
const SMALLEST = 100;

/** Cost of judging two values; gone through no further than the bound. */
export function judgingCost(legacy: Value | undefined, modern: Value | undefined): number {
  return SMALLEST + weight(legacy) + weight(modern);
}

function weight(value: Value | undefined): number {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length;
  if (value instanceof NumberText) return value.text.length;
  if (value === undefined || value === null || typeof value !== 'object') return 0;
  return NESTED * nested(value, JUDGING_COST_MAX);
}

function nested(value: Value, most: number): number {
  if (!isArray(value) && !isObject(value)) return 1 + weight(value);
  let total = 1;
  for (const item of isArray(value) ? value : value.values()) {
    if (total > most) return total;
    total += nested(item, most - total);
  }
  return total;
}
