import type { Value } from '../../compare/value.ts';
import { changesAlike } from '../bugs/alike.ts';
import { fillsGroups } from '../bugs/filled-groups.ts';
import { kindOf } from '../bugs/kind-changed.ts';
import { looksLikeClock, looksLikeKeys } from '../bugs/nature.ts';
import type { Observed } from '../bugs/rule.ts';
import { isTranslated } from '../bugs/translated.ts';
import { isDerived } from '../meaning/derivation.ts';
import { hasExclusiveEnd } from '../meaning/exclusive-end.ts';
import { relateInstants } from '../meaning/instants.ts';
import { isPointMoved } from '../meaning/point-moved.ts';
import type { Reading } from '../observe.ts';
import { provePair } from '../pair.ts';
import { DEFAULT_PARAMETERS } from '../parameters.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { sameReading } from '../readings/relate.ts';
import { abbreviates } from '../value/abbreviations.ts';
import { countsMinutes } from '../value/durations.ts';
import { readNothing } from '../value/nothing.ts';
import { isRenotated } from '../value/renotations.ts';
import { rawOf, type Side, Side as SideOf } from '../value/side.ts';
import { commonEnds, isToken, shapeOf } from '../value/tokens.ts';
import { namesItsWeekday } from '../value/told-weekday.ts';
import { type Kept, keptOf } from './kept.ts';
import { areOwnTags } from './own-tags.ts';

/** Differing observations that are looked at; more of them say the same. */
const PAIRS_MAX = 64;

/** What is looked at in one differing observation: 1 where it holds, else 0; an episode has the share. */
const OF_PAIR: Readonly<Record<string, (at: Pair) => boolean>> = {
  numbersNone: ({ kept }) => kept.numbers === 'none',
  numbersSame: ({ kept }) => kept.numbers === 'same',
  numbersAlike: ({ kept }) => kept.numbers === 'alike',
  numbersMore: ({ kept }) => kept.numbers === 'more',
  numbersFewer: ({ kept }) => kept.numbers === 'fewer',
  numbersOthers: ({ kept }) => kept.numbers === 'others',
  someNumbersKept: ({ kept }) => kept.someNumbers,
  numbersMoved: ({ kept }) => kept.numbersMoved,
  wordsNone: ({ kept }) => kept.words === 'none',
  wordsSame: ({ kept }) => kept.words === 'same',
  wordsAlike: ({ kept }) => kept.words === 'alike',
  wordsMore: ({ kept }) => kept.words === 'more',
  wordsFewer: ({ kept }) => kept.words === 'fewer',
  wordsOthers: ({ kept }) => kept.words === 'others',
  someWordsKept: ({ kept }) => kept.someWords,
  wordsMoved: ({ kept }) => kept.wordsMoved,
  allKept: ({ kept }) => isWhole(kept),
  doubled: ({ kept }) => kept.doubled,
  scaled: ({ kept }) => kept.scaled,
  flagsMore: ({ kept }) => kept.flags > 0,
  flagsFewer: ({ kept }) => kept.flags < 0,
  bothTexts: ({ kinds: [l, m] }) => l === 'text' && m === 'text',
  textToTree: ({ kinds: [l, m] }) => l === 'text' && isTree(m),
  treeToText: ({ kinds: [l, m] }) => isTree(l) && m === 'text',
  bothTrees: ({ kinds: [l, m] }) => isTree(l) && isTree(m),
  sameTree: ({ kinds: [l, m] }) => isTree(l) && l === m,
  number: ({ kinds }) => kinds.includes('number'),
  shorter: ({ legacy, modern }) => charsOf(modern) * 1.5 < charsOf(legacy),
  longer: ({ legacy, modern }) => charsOf(legacy) * 1.5 < charsOf(modern),
  token: ({ legacy }) => legacy.text !== undefined && isToken(legacy.text),
  sentence: ({ legacy }) => (legacy.text?.split(/\s+/).length ?? 0) >= 4,
};

/** Shares that tell more by being neither none nor all: a condition is at work that a notation does not know. */
const MIXED: readonly string[] = [
  'allKept',
  'numbersFewer',
  'numbersOthers',
  'numbersMore',
  'numbersMoved',
  'wordsFewer',
  'wordsOthers',
  'wordsMore',
  'wordsMoved',
  'doubled',
];

interface Pair {
  readonly legacy: Side;
  readonly modern: Side;
  readonly kept: Kept;
  readonly kinds: readonly [string, string];
}

export const FEATURES: readonly string[] = [
  ...Object.keys(OF_PAIR),
  ...MIXED.flatMap((name) => [`${name}:mixed`, `${name}:any`]),
  'oneRequest',
  'someEqual',
  'someProven',
  'manyToOne',
  'oneToMany',
  'vocabulary',
];

/** What an episode shows, 0 to 1 each, in the order of {@link FEATURES}; undefined where legacy does not repeat itself or nothing can be said. */
export function featuresOf(read: Reading): readonly number[] | undefined {
  const { all, unproven } = read;
  if (all.some(({ varies }) => varies)) return undefined;
  const pairs = unproven.slice(0, PAIRS_MAX).flatMap(pairOf);
  if (pairs.length === 0 || mayRightlyDiffer(read)) return undefined;
  const shares = new Map(
    Object.entries(OF_PAIR).map(([name, holds]) => [name, pairs.filter(holds).length / pairs.length]),
  );
  const differing = all.filter(({ differs }) => differs).length;
  const images = relation(all);
  return [
    ...shares.values(),
    ...MIXED.flatMap((name) => {
      const share = shares.get(name) ?? 0;
      return [bit(share > 0 && share < 1), bit(share > 0)];
    }),
    bit(all.length === 1),
    bit(differing < all.length),
    bit(unproven.length < differing),
    bit(images.manyToOne),
    bit(images.oneToMany),
    bit(all.length > 3 && images.distinct * 2 <= all.length),
  ];
}

/**
 * Keys and clocks of each system's own; identifiers that all gain or lose the same letters, or zeros that fill up their groups; figures that are all
 * converted alike; words that all have one word each; values that only gain something.
 */
function mayRightlyDiffer(read: Reading): boolean {
  return (
    looksLikeKeys(read.all) ||
    looksLikeClock(read.unproven, DEFAULT_PARAMETERS.clockLagMsMax) ||
    changesAlike(read) ||
    fillsGroups(read) ||
    isDerived(read.all, read.unproven) ||
    isRecoded(read.all) ||
    isOnlyMore(read) ||
    isReworded(read) ||
    read.unproven.some(hasExclusiveEnd) ||
    read.unproven.every((at) => areOwnTags(at) || isOpenInstant(at, read)) ||
    read.unproven.every((at) => isPointMoved(at) || mayBeSame(at.legacy, at.modern))
  );
}

/** The same moment as far as both tell it, and nothing but a person knows whether what one does not tell may be lost. */
function isOpenInstant({ legacy, modern }: Observed, { profile }: Reading): boolean {
  return relateInstants(legacy, modern, profile)?.is === 'open';
}

/** Nothing proves them the same, and what differs is what other notations of one thing differ in; of objects, each member. */
function mayBeSame(legacy: Side, modern: Side): boolean {
  if (isRenotated(legacy, modern) || namesItsWeekday(modern) === true) return true;
  if (sameReading(legacy, modern) !== undefined) return true;
  const [ours, theirs] = [legacy.fields, modern.fields];
  if (ours === undefined || theirs === undefined) return false;
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  if (keys.size > MEMBERS_MAX || ![...keys].some((key) => ours.has(key) && theirs.has(key))) return false;
  return [...keys].every((key) => {
    const [l, m] = [ours.get(key), theirs.get(key)].map(
      (value) => new SideOf(value === undefined ? undefined : rawOf(value)),
    ) as [Side, Side];
    return (
      l.raw === m.raw ||
      (readNothing(l) !== undefined && readNothing(m) !== undefined) ||
      isRenotated(l, m) ||
      isPointMoved({ legacy: l, modern: m }) ||
      sameReading(l, m) !== undefined ||
      provePair(l.raw, m.raw, UNKNOWN_FIELD) !== undefined
    );
  });
}

const MEMBERS_MAX = 24;

/** A vocabulary: every value comes again or is one of several, and has one value of modern's, which is no other's. */
function isRecoded(all: readonly Observed[]): boolean {
  if (all.some(({ legacy, modern }) => isTree(kindOf(legacy)) || isTree(kindOf(modern)))) return false;
  const { manyToOne, oneToMany, distinct } = relation(all);
  return (
    !manyToOne && !oneToMany && distinct > 1 && distinct < all.length && all.every(({ differs }) => differs)
  );
}

/** A vocabulary in other words, or codes and what they stand for, each with one of its own: nothing is found again, and nothing is to be. */
function isReworded(read: Reading): boolean {
  return (
    isTranslated(read) &&
    read.unproven.slice(0, PAIRS_MAX).every(({ legacy, modern }) => {
      const kept = keptOf(legacy, modern);
      return kept?.words === 'others' && !kept.someWords && kept.numbers === 'none';
    })
  );
}

/** Nothing of legacy is missing in any request. */
function isOnlyMore({ all, unproven }: Reading): boolean {
  const isKept = (fate: Kept['numbers']) => fate === 'none' || fate === 'same' || fate === 'more';
  return (
    unproven.length === all.length &&
    unproven.slice(0, PAIRS_MAX).every(({ legacy, modern }) => {
      const kept = keptOf(legacy, modern);
      if (kept === undefined || kept.doubled || kept.flags < 0) return false;
      return (kept.numbers === 'more' || kept.words === 'more') && isKept(kept.numbers) && isKept(kept.words);
    })
  );
}

/**
 * Left out is what the shape of two values says nothing about: a number without its word, numbers beside numbers (they have rules of their own), something beside nothing,
 * sentences that say everything in other words, and identifiers of one shape that are wholly other.
 */
function pairOf({ legacy, modern }: Observed): readonly Pair[] {
  if ((legacy.isNumber && modern.isNumber) || isNothing(legacy) || isNothing(modern)) return [];
  const kept = isOtherToken(legacy, modern) ? undefined : keptOf(legacy, modern);
  if (
    kept === undefined ||
    isSentenceReworded(legacy, modern, kept) ||
    areInitials(legacy, modern) ||
    areZones(legacy, modern) ||
    countsMinutes(legacy.text, modern.raw) ||
    isBareNumber(legacy, modern, kept)
  )
    return [];
  return [{ legacy, modern, kept, kinds: [kindOf(legacy), kindOf(modern)] }];
}

function isNothing(side: Side): boolean {
  return side.absent || readNothing(side) !== undefined;
}

/** A zone of Windows is that of several countries. */
function areZones({ text: l = '' }: Side, { text: m = '' }: Side): boolean {
  return l.endsWith(' Standard Time') && /^[A-Z][A-Za-z]+\/[A-Z]/.test(m);
}

/** NKA and no known allergies. */
function areInitials({ text: code = '' }: Side, { text = '' }: Side): boolean {
  return /^[A-Z]{2,6}$/.test(code) && /\S\s\S/.test(text) && abbreviates(code, text);
}

/** 56 Punkte and 56: only the word of what is counted is left out. */
function isBareNumber({ text }: Side, modern: Side, { numbers, words }: Kept): boolean {
  return text !== undefined && modern.isNumber && numbers === 'same' && words === 'fewer';
}

function isSentenceReworded(legacy: Side, modern: Side, { numbers, words }: Kept): boolean {
  if (words !== 'others' || !/none|same/.test(numbers)) return false;
  if (legacy.fields !== undefined && modern.fields !== undefined)
    return isMemberReworded(legacy.fields, modern.fields);
  const isSentence = ({ text = '' }: Side) => text.trim().split(/\s+/).length >= 3;
  return isSentence(legacy) && isSentence(modern);
}

/** All other members are the same: a code that stays beside a message in other words. */
function isMemberReworded(ours: Fields, theirs: Fields): boolean {
  if (ours.size !== theirs.size || ours.size < 2) return false;
  const changed = [...ours].filter(([key, value]) => rawOf(theirs.get(key) ?? null) !== rawOf(value));
  const texts = changed.map(([key, value]) => [value, theirs.get(key)] as const);
  return texts.every(([l, m]) => {
    const counts = [l, m].map((text) => (typeof text === 'string' ? text.trim().split(/\s+/).length : 0));
    return Math.min(...counts) >= 2 && Math.max(...counts) >= 3;
  });
}

type Fields = ReadonlyMap<string, Value>;

function isOtherToken({ text: l }: Side, { text: m }: Side): boolean {
  if (l === undefined || m === undefined || !isToken(l) || !isToken(m) || shapeOf(l) !== shapeOf(m))
    return false;
  const { start, end } = commonEnds(l, m);
  return (start + end) * 2 < l.length;
}

/** Whether each text of legacy has one text of modern, and the other way round. */
function relation(all: readonly Observed[]): { manyToOne: boolean; oneToMany: boolean; distinct: number } {
  const pairs = new Set(all.map(({ legacy, modern }) => `${legacy.raw}\0${modern.raw}`)).size;
  const ours = new Set(all.map(({ legacy }) => legacy.raw)).size;
  const theirs = new Set(all.map(({ modern }) => modern.raw)).size;
  return { manyToOne: theirs < pairs, oneToMany: ours < pairs, distinct: ours };
}

function isWhole({ numbers, words }: Kept): boolean {
  return (numbers === 'none' || numbers === 'same') && (words === 'none' || words === 'same');
}

function isTree(kind: string): boolean {
  return kind === 'list' || kind === 'object';
}

function charsOf({ raw = '' }: Side): number {
  return raw.length;
}

function bit(holds: boolean): number {
  return holds ? 1 : 0;
}
