import { delimitersIn } from '../judge/episode-cost.ts';
import { NESTING_MAX } from '../judge/value/side.ts';
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

/**
 * Parts (elements, members, words) of the unproven differences that every rule for bugs may look into: each part is held against others, and
 * judged like a field of its own where both sides have it.
 */
export const PARTS_LOOKED_INTO_MAX = 4_000;

/** Parts of one difference, as far as they count. */
const PARTS_MAX = PARTS_LOOKED_INTO_MAX + 1;
/** Words of a text that are judged one by one; a text of more of them is judged as a whole, unless it holds a structure. */
const WORDS_MAX = 64;

/** Parts of both values; what is no structure and has no delimiters is one. */
export function partsOf(legacy: Value | undefined, modern: Value | undefined): number {
  return parts(legacy, PARTS_MAX) + parts(modern, PARTS_MAX);
}

function parts(value: Value | undefined, most: number): number {
  if (typeof value === 'string')
    return (
      1 + (/^\s*[[{<]/.test(value) ? inText(value, most) : delimitersIn(value, Math.min(most, WORDS_MAX)))
    );
  if (value === undefined || value === null || typeof value !== 'object') return 1;
  if (!isArray(value) && !isObject(value)) return 1;
  let total = 1;
  for (const item of isArray(value) ? value : value.values()) {
    if (total >= most) return most;
    total += parts(item, most - total);
  }
  return total;
}

/** Elements are judged against each other as well. */
const NESTED = 8;
const SMALLEST = 100;
/** Deeper ones are not followed. */
const LEVELS_MAX = NESTING_MAX + 1;

/** Cost of judging two values; gone through no further than the bound. */
export function judgingCost(legacy: Value | undefined, modern: Value | undefined): number {
  return SMALLEST + weight(legacy) + weight(modern);
}

function weight(value: Value | undefined): number {
  if (typeof value === 'string')
    return value.length + (STRUCTURE.test(value) ? NESTED * inText(value, JUDGING_COST_MAX) : 0);
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof NumberText) return value.text.length;
  if (value === undefined || value === null || typeof value !== 'object') return 0;
  return NESTED * nested(value, JUDGING_COST_MAX);
}

/** A text that holds JSON is read anew on each level of it. */
const STRUCTURE = /^\s*[[{]/;

/** Delimiters, as often as they are read. */
function inText(text: string, most: number): number {
  let [level, levels] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '{' || sign === '[') levels = Math.max(levels, ++level);
    else if (sign === '}' || sign === ']') level -= 1;
  }
  // Rows of one list are read once.
  return Math.min(most, delimitersIn(text, most) * Math.min(Math.max(levels - 1, 1), LEVELS_MAX));
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
