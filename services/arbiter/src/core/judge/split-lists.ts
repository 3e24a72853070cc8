import { isArray, isObject, type Value } from '../compare/value.ts';
import type { Episode, Triple } from './episode.ts';
import { sameElements } from './value/lists.ts';
import { isReordered } from './value/reordered.ts';
import { rawOf, type Side } from './value/side.ts';

const ELEMENTS_MAX = 5000;
/** Parts that are judged of one structure; a larger one is judged as a whole. */
export const PARTS_MAX = 64;

export type Key = 'legacy' | 'modern' | 'legacy2';
export const KEYS: readonly Key[] = ['legacy', 'modern', 'legacy2'];
export type Sides = { readonly [K in Key]: Side };

export function splitLists(episode: Episode, read: readonly Sides[]): readonly Episode[] | undefined {
  const observations: Triple[] = [];
  for (const { legacy, modern, legacy2 } of read) {
    const ours = legacy.items;
    const theirs = modern.items;
    if (ours === undefined || theirs === undefined || ours.length !== theirs.length) return undefined;
    if (legacy2.items !== undefined && legacy2.items.length !== ours.length) return undefined;
    // Another order of the same elements is a question of order.
    if (
      legacy.raw !== modern.raw &&
      (sameElements(ours, theirs) || isReordered(ours, theirs) || isTurned(ours, theirs))
    )
      return undefined;
    if (legacy2.items !== undefined && legacy2.raw !== legacy.raw && sameElements(ours, legacy2.items))
      return undefined;
    for (let i = 0; i < ours.length; i++) {
      const again = legacy2.items?.[i];
      observations.push({
        legacy: rawOf(ours[i] ?? null),
        modern: rawOf(theirs[i] ?? null),
        ...(again === undefined ? {} : { legacy2: rawOf(again) }),
      });
    }
  }
  if (observations.length === 0 || observations.length > ELEMENTS_MAX) return undefined;
  return [{ ...episode, field: `${episode.field}[*]`, observations }];
}

/** Values of which one side makes objects, in another order. */
function isTurned(ours: readonly Value[], theirs: readonly Value[]): boolean {
  if (ours.some((item) => isObject(item)) === theirs.some((item) => isObject(item))) return false;
  const [a, b] = [ours, theirs].map((items) => items.map((item) => rawOf(only(item)))) as [
    string[],
    string[],
  ];
  return a.join('\n') !== b.join('\n') && a.toSorted().join('\n') === b.toSorted().join('\n');
}

/** The one value of an object of one, in small letters where it is a word. */
function only(item: Value): Value {
  const [value = item] = isObject(item) && !isArray(item) && item.size === 1 ? item.values() : [];
  return typeof value === 'string' ? value.toLowerCase() : value;
}

/** The words at each place of sentences of the same length. */
export function splitSentences(episode: Episode, read: readonly Sides[]): readonly Episode[] | undefined {
  const rows = read.map((sides) => KEYS.map((key) => wordsIn(sides[key].text)));
  const count = rows[0]?.[0]?.length ?? 0;
  if (count < 2 || count > PARTS_MAX) return undefined;
  if (
    !rows.every(
      ([l, m, r], i) =>
        l?.length === count &&
        m?.length === count &&
        (read[i]?.legacy2.absent === true || r?.length === count),
    )
  )
    return undefined;
  return Array.from({ length: count }, (_, place) => ({
    ...episode,
    field: `${episode.field} (word ${place + 1})`,
    observations: rows.map(([l, m, r]) => ({
      legacy: JSON.stringify(l?.[place]),
      modern: JSON.stringify(m?.[place]),
      ...(r === undefined ? {} : { legacy2: JSON.stringify(r[place]) }),
    })),
  }));
}

/** Undefined when anything but single blanks stands between the words: those would be lost. */
function wordsIn(text: string | undefined): string[] | undefined {
  if (text === undefined || /[^\S ]|^ | $| {2}/.test(text)) return undefined;
  return text.split(' ');
}
