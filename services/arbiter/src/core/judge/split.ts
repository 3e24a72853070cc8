import { isArray, isObject, type Value } from '../compare/value.ts';
import { isAlike } from './bugs/codes.ts';
import type { Episode, Triple } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { sameReading } from './readings/relate.ts';
import { changedTogether } from './together.ts';
import { measuredUnder } from './unit-names.ts';
import { sameElements } from './value/lists.ts';
import { areNamesAlike, areOfOneStyle, commonWords } from './value/names.ts';
import { isReordered } from './value/reordered.ts';
import { rawOf, Side } from './value/side.ts';
import { wordsOf } from './value/text.ts';

/** Parts that are judged of one structure; a larger one is judged as a whole. */
const PARTS_MAX = 64;
const ELEMENTS_MAX = 5000;

const NONE: ReadonlySet<Episode> = new Set();

type Key = 'legacy' | 'modern' | 'legacy2';
const KEYS: readonly Key[] = ['legacy', 'modern', 'legacy2'];
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
type Sides = { readonly [K in Key]: Side };

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

interface Series {
  readonly name: string;
  readonly observations: readonly Triple[];
}

/** Which side has a part in any request. */
function sideOf({ observations }: Pick<Series, 'observations'>): 'legacy' | 'modern' | 'both' {
  if (observations.every(({ modern }) => modern === undefined)) return 'legacy';
  return observations.every(({ legacy }) => legacy === undefined) ? 'modern' : 'both';
}

/** Parts of one side alone whose names are forms of one another, and of no other such part, are one part. */
function pairRenamed(parts: ReadonlyMap<string, readonly Triple[]>): {
  readonly all: readonly Series[];
  readonly measured: boolean;
  /** Names that are paired by their letters alone. */
  readonly weak: ReadonlySet<string>;
} {
  const all = [...parts].map(([name, observations]) => ({
    name,
    observations,
    side: sideOf({ observations }),
  }));
  const [gone, come] = (['legacy', 'modern'] as const).map((side) => all.filter((one) => one.side === side));
  if (gone === undefined || come === undefined) return { all, measured: false, weak: new Set() };
  const pairs = new Map<Series, Series>();
  for (const ours of gone) {
    const [theirs, ...others] = come.filter(({ name }) => isFormOf(ours.name, name));
    if (theirs === undefined || others.length > 0) continue;
    if (gone.filter(({ name }) => isFormOf(name, theirs.name)).length === 1) pairs.set(ours, theirs);
  }
  const measures = new Map<Series, readonly Triple[]>();
  for (const ours of gone) {
    const open = come.filter((one) => pairs.get(ours) === one || ![...pairs.values()].includes(one));
    for (const theirs of open) {
      const told = measuredUnder([ours.name, ours.observations], [theirs.name, theirs.observations]);
      if (told === undefined) continue;
      measures.set(ours, told);
      pairs.set(ours, theirs);
      break;
    }
  }
  const found = new Set(pairs.values());
  const paired = all
    .filter((one) => !found.has(one))
    .map((ours) => {
      const theirs = pairs.get(ours)?.observations;
      const together = ours.observations.map((triple, i) => ({ ...triple, ...theirs?.[i] }));
      return { name: ours.name, observations: measures.get(ours) ?? together };
    });
  const common = new Set([gone, come].flatMap((side) => [...commonWords(side.map(({ name }) => name))]));
  const weak = [...pairs].filter(
    ([ours, theirs]) => !measures.has(ours) && !isSurelyForm(ours.name, theirs.name, common),
  );
  return { all: paired, measured: measures.size > 0, weak: new Set(weak.map(([ours]) => ours.name)) };
}

/** Two names of one thing in a registry: 1.8.0 and import. */
function areOfRegistry(ours: string, theirs: string): boolean {
  const [code, name] = [ours, theirs].map((text) => new Side(JSON.stringify(text)));
  return (
    code !== undefined &&
    name !== undefined &&
    /[0-9]/.test(ours) &&
    sameReading(code, name)?.domain.name === 'energy-direction'
  );
}

/** Names that can be of nothing else. */
function isSurelyForm(ours: string, theirs: string, common: ReadonlySet<string>): boolean {
  const isCaseAlone = ours !== theirs && ours.toLowerCase() === theirs.toLowerCase();
  return areOfRegistry(ours, theirs) || (!isCaseAlone && areNamesAlike(ours, theirs, common));
}

/** A short form of it (PCT and percent), or its words among others (DATE_FROM and from). */
function isFormOf(ours: string, theirs: string): boolean {
  if (areOfRegistry(ours, theirs)) return true;
  if (/[0-9]/.test(ours + theirs)) return false;
  const [a, b] = [wordsOf(ours).split(' '), wordsOf(theirs).split(' ')];
  return (
    a.every((word) => b.includes(word)) ||
    b.every((word) => a.includes(word)) ||
    isAlike(ours, theirs) ||
    areNamesAlike(ours, theirs)
  );
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

function splitLists(episode: Episode, read: readonly Sides[]): readonly Episode[] | undefined {
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
function splitSentences(episode: Episode, read: readonly Sides[]): readonly Episode[] | undefined {
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

const RANK = { bug: 2, ask: 1, harmless: 0 } as const;

/**
 * What is to be thought of the whole when its parts are judged: the worst of them, told with its path. Parts that only may decide (the words
 * of a sentence) do so when all are harmless, or when one is a bug and none of the others is in doubt: then the rest is the same sentence.
 */
export function combine(
  parts: readonly Episode[],
  judgements: readonly Judgement[],
  decides: boolean,
): { readonly judgement: Judgement; readonly decides: boolean } {
  let worst = 0;
  for (let i = 1; i < judgements.length; i++) {
    if (rankOf(judgements[i]) > rankOf(judgements[worst])) worst = i;
  }
  const bugs = judgements.flatMap(({ verdict }, i) => (verdict === 'bug' && i !== worst ? [i] : []));
  // A number that another is told for: so much for 100, and for one.
  const isBasis = /\b(?:per|basis|base|unit|each)\b/i.test(parts[worst]?.field.split('.').at(-1) ?? '');
  const candidates = bugs.length === 1 && isBasis ? bugs : [worst];
  const together = candidates.map((i) => changedTogether(parts, judgements, i));
  const judgement = together.find((found) => found !== undefined) ?? judgements[worst];
  const part = parts[worst];
  if (judgement === undefined || part === undefined)
    throw new Error('combine needs a judgement for each part, at least one');
  const told = { ...judgement, explanation: `At ${part.field}: ${judgement.explanation}` };
  const count = (verdict: Judgement['verdict']) =>
    judgements.filter((judged) => judged.verdict === verdict).length;
  return { judgement: told, decides: decides || (count('ask') === 0 && count('bug') <= 1) };
}

function rankOf(judgement: Judgement | undefined): number {
  return judgement === undefined
    ? -1
    : judgement.rule === 'identical'
      ? -0.5
      : RANK[judgement.verdict] * 2 + (judgement.severity === 'critical' ? 1 : 0);
}
