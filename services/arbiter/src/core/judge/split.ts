import { isObject, type Value } from '../compare/value.ts';
import type { Episode, Triple } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { sameElements } from './value/lists.ts';
import { rawOf, Side } from './value/side.ts';
import { wordsOf } from './value/text.ts';

/** Parts that are judged of one structure; a larger one is judged as a whole. */
const PARTS_MAX = 64;
const ELEMENTS_MAX = 5000;

type Key = 'legacy' | 'modern' | 'legacy2';
const KEYS: readonly Key[] = ['legacy', 'modern', 'legacy2'];
type Sides = { readonly [K in Key]: Side };

/**
 * The fields of objects, or the elements of lists that keep their length and order, as episodes of their own; undefined when the values
 * are no such structures. What is known of a part (its vocabulary, its noise) then decides about the part.
 */
export function splitEpisode(episode: Episode): readonly Episode[] | undefined {
  const read = episode.observations.map(sidesOf);
  const present = read.flatMap((sides) =>
    KEYS.flatMap((key) => (sides[key].raw === undefined ? [] : [sides[key]])),
  );
  if (present.every(({ fields }) => fields !== undefined)) return splitObjects(episode, read);
  if (present.every(({ items }) => items !== undefined)) return splitLists(episode, read);
  return undefined;
}

function sidesOf(triple: Triple): Sides {
  const open = (raw: string | undefined) => {
    const side = new Side(raw);
    const text = side.text?.trim();
    return text !== undefined && /^[[{]/.test(text) && new Side(text).value !== undefined
      ? new Side(text)
      : side;
  };
  return { legacy: open(triple.legacy), modern: open(triple.modern), legacy2: open(triple.legacy2) };
}

function splitObjects(episode: Episode, read: readonly Sides[]): readonly Episode[] | undefined {
  if (read.some(({ legacy, modern }) => legacy.absent || modern.absent)) return undefined;
  const parts = new Map<string, Triple[]>();
  for (const [index, sides] of read.entries()) {
    for (const key of KEYS) {
      for (const [name, value] of sides[key].fields ?? []) {
        const part = wordsOf(name);
        const series = parts.get(part) ?? emptySeries(read.length);
        parts.set(part, series);
        series[index] = { ...series[index], [key]: rawOf(value) };
      }
    }
  }
  if (parts.size === 0 || parts.size > PARTS_MAX) return undefined;
  return [...parts].map(([name, observations]) => ({
    ...episode,
    field: `${episode.field}.${name}`,
    observations,
  }));
}

function emptySeries(length: number): Triple[] {
  return Array.from({ length }, () => ({}));
}

function splitLists(episode: Episode, read: readonly Sides[]): readonly Episode[] | undefined {
  const observations: Triple[] = [];
  for (const { legacy, modern, legacy2 } of read) {
    const ours = legacy.items;
    const theirs = modern.items;
    if (ours === undefined || theirs === undefined || ours.length !== theirs.length) return undefined;
    if (legacy2.items !== undefined && legacy2.items.length !== ours.length) return undefined;
    // Another order of the same elements is a question of order.
    if (legacy.raw !== modern.raw && sameElements(ours, theirs)) return undefined;
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
  if (!observations.some(({ legacy }) => legacy !== undefined && isObject(new Side(legacy).value as Value)))
    return undefined;
  return [{ ...episode, field: `${episode.field}[*]`, observations }];
}

const RANK = { bug: 2, ask: 1, harmless: 0 } as const;

/** What is to be thought of the whole when its parts are judged: the worst of them, told with its path. */
export function combine(parts: readonly Episode[], judgements: readonly Judgement[]): Judgement {
  let worst = 0;
  for (let i = 1; i < judgements.length; i++) {
    if (rankOf(judgements[i]) > rankOf(judgements[worst])) worst = i;
  }
  const judgement = judgements[worst];
  const part = parts[worst];
  if (judgement === undefined || part === undefined)
    throw new Error('combine needs a judgement for each part, at least one');
  return { ...judgement, explanation: `At ${part.field}: ${judgement.explanation}` };
}

function rankOf(judgement: Judgement | undefined): number {
  return judgement === undefined
    ? -1
    : RANK[judgement.verdict] * 2 + (judgement.severity === 'critical' ? 1 : 0);
}
