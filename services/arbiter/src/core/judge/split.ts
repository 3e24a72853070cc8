import { isObject } from '../compare/value.ts';
import type { Episode, Triple } from './episode.ts';
import { pairRenamed, sideOf } from './paired-members.ts';
import { KEYS, PARTS_MAX, type Sides, splitLists, splitSentences } from './split-lists.ts';
import { areOfOneStyle } from './value/names.ts';
import { rawOf, Side } from './value/side.ts';
import { wordsOf } from './value/text.ts';

const NONE: ReadonlySet<Episode> = new Set();

/** The parts of a structure, and whether what is found in them decides; else they can only prove that all is harmless. */
export interface Split {
  readonly parts: readonly Episode[];
  readonly decides: boolean;
  /** Parts of one side alone, while the other side has others of its own: perhaps the same under another name, perhaps not. */
  readonly unpaired: ReadonlySet<Episode>;
  /** Parts that each side has under a name of its own, of which one may be a form of the other or another word (cash and cashback). */
  readonly perhapsRenamed: ReadonlySet<Episode>;
  /** A measure has another unit in its name, and is told with it as a text. */
  readonly measured?: boolean;
}

/**
 * The fields of objects, or the elements of lists that keep their length and order, as episodes of their own; undefined when the values
 * are no such structures. What is known of a part (its vocabulary, its noise) then decides about the part.
 */
export function splitEpisode(episode: Episode): Split | undefined {
  if (isOneWord(episode.observations[0])) return undefined;
  const read = episode.observations.map(sidesOf);
  // A structure that becomes a text is no structure any more for who reads it.
  if (
    episode.observations.some(
      ({ legacy, modern }) => isStructure(legacy) && modern?.trimStart().startsWith('"'),
    )
  )
    return undefined;
  const present = read.flatMap((sides) =>
    KEYS.flatMap((key) => (sides[key].raw === undefined ? [] : [sides[key]])),
  );
  const whole = (parts: readonly Episode[] | undefined, decides: boolean) =>
    parts && { parts, decides, unpaired: NONE, perhapsRenamed: NONE };
  if (present.every(({ fields }) => fields !== undefined)) return splitObjects(episode, read);
  if (present.every(({ items }) => items !== undefined)) {
    const objects = present.every(({ items }) => items?.every((item) => isObject(item)));
    return whole(splitLists(episode, read), objects);
  }
  return whole(splitSentences(episode, read), false);
}

/** Neither a structure nor a sentence on one of the two sides, whatever the other observations are. */
function isOneWord(first: Triple | undefined): boolean {
  return [first?.legacy, first?.modern].some((raw) => raw !== undefined && !/[[{ \\]/.test(raw));
}

function isStructure(raw: string | undefined): boolean {
  return raw !== undefined && /^\s*[[{]/.test(raw);
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

function splitObjects(episode: Episode, read: readonly Sides[]): Split | undefined {
  if (read.some(({ legacy, modern }) => legacy.absent || modern.absent)) return undefined;
  const distinct = read.every(
    (sides) => KEYS.every((key) => hasDistinctWords(sides[key])) && isOneStyle(sides.legacy, sides.modern),
  );
  const parts = new Map<string, Triple[]>();
  for (const [index, sides] of read.entries()) {
    for (const key of KEYS) {
      for (const [name, value] of sides[key].fields ?? []) {
        const part = distinct ? wordsOf(name) : name;
        const series = parts.get(part) ?? emptySeries(read.length);
        parts.set(part, series);
        series[index] = { ...series[index], [key]: rawOf(value) };
      }
    }
  }
  if (parts.size === 0 || parts.size > PARTS_MAX) return undefined;
  const { all: paired, measured, weak } = pairRenamed(parts);
  const episodes = paired.map(({ name, observations }) => ({
    ...episode,
    field: `${episode.field}.${name}`,
    observations,
  }));
  const sides = new Set(episodes.map(sideOf));
  const isOpen = sides.has('legacy') && sides.has('modern');
  const unpaired = new Set(isOpen ? episodes.filter((part) => sideOf(part) !== 'both') : []);
  const perhapsRenamed = new Set(episodes.filter((_, i) => weak.has(paired[i]?.name ?? '')));
  return { parts: episodes, decides: true, unpaired, perhapsRenamed, measured };
}

function isOneStyle({ fields: ours }: Side, { fields: theirs }: Side): boolean {
  return ours === undefined || theirs === undefined || areOfOneStyle([...ours.keys()], [...theirs.keys()]);
}

/** Keys in another case style are one key, unless an object has both. */
function hasDistinctWords({ fields }: Side): boolean {
  return fields === undefined || new Set([...fields.keys()].map(wordsOf)).size === fields.size;
}

function emptySeries(length: number): Triple[] {
  return Array.from({ length }, () => ({}));
}
