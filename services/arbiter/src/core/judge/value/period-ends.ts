import type { Value } from '../../compare/value.ts';
import { rawOf, type Side } from './side.ts';
import { wordsOf } from './text.ts';

const DAY_MS = 86_400_000;

/** A day under a key that says whether the period includes it. */
export interface PeriodEnd {
  readonly key: string;
  readonly date: string;
}

export function isInclusive(key: string): boolean {
  return wordsOf(key).split(' ').includes('inclusive');
}

function isExclusive(key: string): boolean {
  return wordsOf(key).split(' ').includes('exclusive');
}

/** The day after a day (ISO 8601). */
export function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}

/** The end of a period that one side tells inclusively and the other exclusively, where all else is the same. */
export function soleRenamed(
  { fields: ours }: Side,
  { fields: theirs }: Side,
  isSame: (legacy: string, modern: string) => boolean,
): { readonly ours: PeriodEnd; readonly theirs: PeriodEnd } | undefined {
  if (ours === undefined || theirs === undefined || ours.size !== theirs.size) return undefined;
  const [left, right] = [named(ours), named(theirs)];
  if (left.size !== ours.size || right.size !== theirs.size) return undefined;
  const gone = [...left].filter(([key]) => !right.has(key));
  const come = [...right].filter(([key]) => !left.has(key));
  const [[key, value] = ['', null], [otherKey, other] = ['', null]] = [gone[0], come[0]];
  if (gone.length !== 1 || come.length !== 1 || typeof value !== 'string' || typeof other !== 'string')
    return undefined;
  const isTurned = (isInclusive(key) && isExclusive(otherKey)) || (isExclusive(key) && isInclusive(otherKey));
  if (!isTurned || !isDay(value) || !isDay(other)) return undefined;
  for (const [name, item] of left) {
    const counterpart = right.get(name);
    if (counterpart !== undefined && !isSame(rawOf(item), rawOf(counterpart))) return undefined;
  }
  return { ours: { key, date: value }, theirs: { key: otherKey, date: other } };
}

/** By the words of the keys, in whatever case style. */
function named(fields: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map([...fields].map(([key, value]) => [wordsOf(key), value]));
}

function isDay(text: string): boolean {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
