import { once, type Reading } from '../observe.ts';
import { commonEnds } from '../value/tokens.ts';
import { textPairs } from './text-pairs.ts';

const TEXTS_MIN = 3;

/**
 * Whether all texts that differ do so in one way: the same letters at the same place, from the start or from the end, are left out, put in
 * or replaced by the same ones (a check letter, a filler, a prefix). Nothing is lost then that tells one value from another.
 */
export function changesAlike(read: Reading): boolean {
  return once(read, findAlike);
}

function findAlike(read: Reading): boolean {
  const pairs = textPairs(read);
  if (new Set(pairs.map(({ legacy }) => legacy)).size < TEXTS_MIN) return false;
  const fromStart = new Set<string>();
  const fromEnd = new Set<string>();
  for (const { legacy, modern } of pairs) {
    const { start, end } = commonEnds(legacy, modern);
    const edit = `${legacy.slice(start, legacy.length - end)}\0${modern.slice(start, modern.length - end)}`;
    fromStart.add(`${start}\0${edit}`);
    fromEnd.add(`${end}\0${edit}`);
  }
  return fromStart.size === 1 || fromEnd.size === 1;
}
