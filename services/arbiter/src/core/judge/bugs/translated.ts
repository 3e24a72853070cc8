import type { Reading } from '../observe.ts';
import { once } from '../observe.ts';
import { wordsOf } from '../value/text.ts';

const VALUES_MIN = 3;

/**
 * Whether the whole field is told in other words: at least three texts, each with one text of modern's that no other has, none of them kept, and
 * at least half of them without a word in common with theirs. That one of them is a piece of legacy's (normal - 5 Tage as normal) shows no cut then.
 */
export function isTranslated(read: Reading): boolean {
  return once(read, find);
}

function find({ all }: Reading): boolean {
  const told = new Map<string, string>();
  for (const { legacy, modern, varies } of all) {
    const [l, m] = [legacy.text, modern.text];
    if (varies || l === undefined || m === undefined || (told.get(l) ?? m) !== m) return false;
    told.set(l, m);
  }
  if (told.size < VALUES_MIN || new Set(told.values()).size < told.size) return false;
  const others = [...told].filter(([l, m]) => !hasCommonWord(l, m));
  return others.length * 2 >= told.size;
}

function hasCommonWord(legacy: string, modern: string): boolean {
  const theirs = wordsOf(modern).split(' ');
  return wordsOf(legacy)
    .split(' ')
    .some((word) => theirs.includes(word));
}
