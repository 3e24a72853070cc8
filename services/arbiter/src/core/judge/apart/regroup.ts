import type { Episode, Triple } from '../episode.ts';
import type { Split } from '../split.ts';
import { Side } from '../value/side.ts';

const MEMBERS_MAX = 6;
/** Longer texts are no addresses or names. */
const CHARS_MAX = 400;

type Key = 'legacy' | 'modern';

/**
 * A text of one side that the other side tells in members of their own (`{"street":"Main Street 31"}` and `{"street":"Main Street",
 * "houseNumber":"31"}`; a name, first name and surname) becomes one part: the text beside an object of those members, to be judged as such. Only
 * where the members hold each letter and digit of the text, and no more, in every request: what is lost or cut is left to be found.
 * Of fields that legacy repeats itself.
 */
export function regroup(split: Split): Split {
  const groups = (['legacy', 'modern'] as const).flatMap((side) => groupsOf(split, side));
  if (groups.length === 0) return split;
  const taken = new Set(groups.flatMap(({ members }) => members));
  const open = split.parts.filter((part) => !taken.has(part));
  const unpaired = new Set([...split.unpaired].filter((part) => !taken.has(part)));
  return { ...split, parts: [...open, ...groups.map(({ episode }) => episode)], unpaired };
}

interface Group {
  readonly episode: Episode;
  readonly members: readonly Episode[];
}

/** Texts of one side that others of the other side make up. */
function groupsOf({ parts }: Split, side: Key): readonly Group[] {
  const other: Key = side === 'legacy' ? 'modern' : 'legacy';
  const alone = parts.filter(({ observations }) => observations.every((at) => at[side] === undefined));
  if (alone.length === 0) return [];
  const groups: Group[] = [];
  const taken = new Set<Episode>();
  for (const part of parts) {
    if (part.observations.every((at) => at[side] === at[other])) continue;
    const texts = part.observations.map((at) => new Side(at[side]).text);
    if (!texts.every((text) => text !== undefined && text.length <= CHARS_MAX)) continue;
    const free = alone.filter((one) => one !== part && !taken.has(one) && isWithin(one, texts, other));
    const both = part.observations.some((at) => at[other] !== undefined);
    const members = both ? [part, ...free] : free;
    if (members.length < 2 || members.length > MEMBERS_MAX || !makeUp(members, texts, other)) continue;
    for (const member of free) taken.add(member);
    groups.push({ episode: joined(part, members, side, other), members: [part, ...free] });
  }
  return groups;
}

function isWithin({ observations }: Episode, texts: readonly (string | undefined)[], key: Key): boolean {
  return [RUNS, DECIMALS].some((pattern) => {
    const told = observations.map((at) => wordsIn(scalar(at[key]), pattern));
    const isIn = (words: readonly string[], i: number) => {
      const whole = wordsIn(texts[i], pattern);
      return words.every((word) => whole.includes(word));
    };
    return told.some((words) => words.length > 0) && told.every(isIn);
  });
}

/** The words of the members are the words of the text, with numbers as runs of digits or as decimals. */
function makeUp(members: readonly Episode[], texts: readonly (string | undefined)[], key: Key): boolean {
  return [RUNS, DECIMALS].some((pattern) =>
    texts.every((text, i) => {
      const told = members.flatMap(({ observations }) => wordsIn(scalar(observations[i]?.[key]), pattern));
      return told.toSorted().join(' ') === wordsIn(text, pattern).toSorted().join(' ');
    }),
  );
}

const RUNS = /[\p{L}\p{M}]+|[0-9]+/gu;
const DECIMALS = /[\p{L}\p{M}]+|[0-9]+(?:\.[0-9]+)?/gu;

function wordsIn(text: string | undefined, pattern: RegExp): readonly string[] {
  const words = text?.match(pattern) ?? [];
  return pattern === RUNS ? words : words.map((word) => word.replace(/(?:\.0+|(\.[0-9]*[1-9])0+)$/, '$1'));
}

/** Of a text or a number; of anything else what no text holds. */
function scalar(raw: string | undefined): string | undefined {
  if (raw === undefined || raw === 'null') return undefined;
  const side = new Side(raw);
  return side.text ?? (side.isNumber ? raw : '\u{1F}0');
}

function joined(part: Episode, members: readonly Episode[], side: Key, other: Key): Episode {
  const observations = part.observations.map((at, i): Triple => {
    const entries = members.flatMap(({ field, observations: told }) => {
      const raw = told[i]?.[other];
      return raw === undefined ? [] : [`${JSON.stringify(nameOf(field))}:${raw}`];
    });
    const object = `{${entries.join(',')}}`;
    const [legacy, modern] = side === 'legacy' ? [at.legacy, object] : [object, at.modern];
    return { legacy, modern, ...(at.legacy2 !== undefined && { legacy2: legacy }) } as Triple;
  });
  return { ...part, observations };
}

function nameOf(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1);
}
