import { isArray, isObject, type Value } from '../compare/value.ts';
import { columnsOf, sameCells, sameNames } from './bugs/records-changed.ts';
import type { Observed } from './bugs/rule.ts';
import { shown } from './bugs/shown.ts';
import type { Episode } from './episode.ts';
import type { Judgement } from './judgement.ts';
import { provePair } from './pair.ts';
import { UNKNOWN_FIELD } from './profile.ts';
import { unpacked } from './proofs/bytes-notation.ts';
import { KEYS_RENAMED } from './rearranged.ts';
import { areRingsTurned, areSameRecords, areSorted, isInverted } from './told-in-order.ts';
import { DAY, DAY_NS, readInstantText } from './value/instants.ts';
import { rawOf, type Side } from './value/side.ts';
import { wordsOf } from './value/text.ts';

/** Larger lists are left to the rules. */
const ITEMS_MAX = 200;

interface Way {
  readonly of: string;
  readonly holds: (legacy: Side, modern: Side) => boolean;
  /** What one of the requests has to show at least. */
  readonly shows?: (legacy: Side, modern: Side) => boolean;
}

/** Ways to tell the same, in each of which nothing is lost that could be told from these values; whether a client minds, a person knows. */
const WAYS: readonly Way[] = [
  { of: 'The same records stand in another order.', holds: haveSameRecords, shows: areReordered },
  { of: 'The records of a text stand in another order.', holds: areSameRecords, shows: areSorted },
  { of: 'A closed ring begins at another of its corners.', holds: areRingsTurned },
  { of: 'A relation is told from its other side.', holds: isInverted },
  { of: 'Periods that follow each other are told as one.', holds: areJoined },
  { of: 'The two ends of mutual relations have changed places.', holds: areTurned },
  {
    of: 'Rows of the same words and moments became objects, and moments are told in another zone.',
    holds: areTakenApart,
    shows: haveMovedMoments,
  },
  {
    of: 'Only the name of an encoding is left out, and what was encoded is told as it is.',
    holds: isDecoded,
  },
];

/** The doubt where each difference is one of one way to tell the same, before any rule looks at its parts. */
export function toldOtherwise(episode: Episode, unproven: readonly Observed[]): Judgement | undefined {
  const [first] = unproven;
  if (first === undefined || unproven.some(({ varies }) => varies)) return undefined;
  const way = WAYS.find(
    ({ holds, shows = holds }) =>
      unproven.every(({ legacy, modern }) => holds(legacy, modern)) &&
      unproven.some(({ legacy, modern }) => shows(legacy, modern)),
  );
  if (way === undefined) return undefined;
  const example = `${shown(first.legacy)} and ${shown(first.modern)}`;
  return {
    verdict: 'ask',
    rule: KEYS_RENAMED,
    severity: '',
    explanation: `${way.of} Legacy and modern have ${example}.`,
    question: `May ${episode.field || 'this field'} be ${example} for the same request?`,
  };
}

/** Lists under names, and a list of the records that they make up. */
function haveSameRecords(legacy: Side, modern: Side): boolean {
  if ((legacy.items === undefined) === (modern.items === undefined)) return false;
  const [ours, theirs] = [columnsOf(legacy), columnsOf(modern)];
  if (ours === undefined || theirs === undefined || !sameNames(ours, theirs)) return false;
  const names = [...ours.keys()].toSorted();
  const records = (columns: typeof ours) => {
    const lists = names.map((name) => columns.get(name) ?? []);
    if (lists.some(({ length }) => length !== lists[0]?.length)) return '';
    return (lists[0] ?? [])
      .map((_, i) => lists.map((cells) => rawOf(cells[i] ?? null)).join('\n'))
      .toSorted()
      .join('\n\n');
  };
  return records(ours) !== '' && records(ours) === records(theirs);
}

function areReordered(legacy: Side, modern: Side): boolean {
  const [ours, theirs] = [columnsOf(legacy), columnsOf(modern)];
  return ours !== undefined && theirs !== undefined && !sameCells(ours, theirs);
}

/** One begins the day after another ends, or with it: whether the last day belongs to a period, nobody tells. */
function areJoined({ items: ours }: Side, { items: theirs }: Side): boolean {
  if (ours === undefined || theirs === undefined || theirs.length > ours.length) return false;
  const [before, after] = [joined(ours), joined(theirs)];
  return before !== undefined && before === after;
}

function joined(items: readonly Value[]): string | undefined {
  const found: [from: number, to: number][] = [];
  for (const item of items.slice(0, ITEMS_MAX + 1)) {
    const [from, to, more] = isObject(item) ? [...item.values()].map(dayOf) : [];
    if (from === undefined || to === undefined || more !== undefined || to < from) return undefined;
    if (!isObject(item) || item.size !== 2) return undefined;
    const last = found.at(-1);
    if (last !== undefined && from >= last[1] && from - last[1] <= 1) last[1] = to;
    else found.push([from, to]);
  }
  return items.length > ITEMS_MAX ? undefined : found.map((ends) => ends.join(' ')).join('\n');
}

function dayOf(value: Value): number | undefined {
  const [day, ...others] = typeof value === 'string' ? readInstantText(value) : [];
  return day?.precision === DAY && others.length === 0 ? Number(day.ns / DAY_NS) : undefined;
}

/** Relations that say the same from either side. */
const MUTUAL =
  /^(?:(?:is )?(?:married|engaged|related|connected)(?: to| with)?|joint [a-z]+(?: with)?|(?:[a-z]+ )?(?:partner|spouse|sibling|cousin|colleague|neighbou?r|co owner)s?(?: of)?)$/;

function areTurned(legacy: Side, modern: Side): boolean {
  const [ours, theirs] = [legacy.items, modern.items];
  if (ours === undefined || theirs === undefined)
    return (
      legacy.fields !== undefined &&
      modern.fields !== undefined &&
      isMutual(new Map(legacy.fields), modern.fields)
    );
  if (ours.length !== theirs.length || ours.length > ITEMS_MAX) return false;
  return ours.every((item, i) => {
    const other = theirs[i] ?? null;
    return rawOf(item) === rawOf(other) || (isObject(item) && isObject(other) && isMutual(item, other));
  });
}

/** Two members change places around a word of such a relation (Ann is married to Bo, Bo to Ann), all else is as it was. */
function isMutual(ours: ReadonlyMap<string, Value>, theirs: ReadonlyMap<string, Value>): boolean {
  const told = (of: ReadonlyMap<string, Value>, name: string) => rawOf(of.get(name) ?? null);
  const turned = [...ours.keys()].filter((name) => told(ours, name) !== told(theirs, name));
  const [a, b] = turned;
  if (a === undefined || b === undefined || turned.length !== 2 || ours.size !== theirs.size) return false;
  const isSaid = [...ours.values()].some((value) => typeof value === 'string' && MUTUAL.test(wordsOf(value)));
  return isSaid && told(ours, a) === told(theirs, b) && told(ours, b) === told(theirs, a);
}

/** As many texts as objects, one by one. */
function areTakenApart({ items: ours }: Side, { items: theirs }: Side): boolean {
  if (ours === undefined || theirs === undefined || ours.length !== theirs.length) return false;
  if (ours.length === 0 || ours.length > ITEMS_MAX) return false;
  return ours.every((item, i) => {
    const other = theirs[i] ?? null;
    return typeof item === 'string' && isObject(other) && bagOf([item]) === bagOf([...other.values()]);
  });
}

/** What moves no moment is proven, or judged member by member. */
function haveMovedMoments({ items: ours = [] }: Side, { items: theirs = [] }: Side): boolean {
  return ours.some((item, i) => {
    const other = theirs[i] ?? null;
    const told = isObject(other) ? [...other.values()] : [];
    return wordsIn([item]).toSorted().join(' ') !== wordsIn(told).toSorted().join(' ');
  });
}

function wordsIn(values: readonly Value[]): readonly string[] {
  return values.flatMap((value) =>
    (typeof value === 'string' ? value : rawOf(value)).toLowerCase().split(/[\s|;]+/),
  );
}

/** The words, numbers and moments of texts, in whatever order; moments in whatever zone. */
function bagOf(values: readonly Value[]): string {
  return wordsIn(values)
    .map((part) => {
      const [found] = part.length < 16 ? [] : readInstantText(part.toUpperCase());
      return found?.zoned === true ? String(found.ns) : part;
    })
    .toSorted()
    .join(' ');
}

/** How other members are written. */
const ENCODING =
  /^(?:(?:u?int(?:8|16|32|64)|float(?:32|64))(?:[_-]?[lb]e)?|base(?:16|32|64)(?:url)?|hex|gzip|deflate)$/i;

/** The member that names how another one is written is gone, and the other is what it says. */
function isDecoded({ fields: ours }: Side, { fields: theirs }: Side): boolean {
  if (ours === undefined || theirs === undefined || theirs.size !== ours.size - 1) return false;
  const [encoding] = [...ours].filter(([key]) => !theirs.has(key)).map(([, value]) => value);
  if (typeof encoding !== 'string' || !ENCODING.test(encoding)) return false;
  const changed = [...theirs].filter(([key, value]) => rawOf(value) !== rawOf(ours.get(key) ?? null));
  return (
    changed.length > 0 && changed.every(([key, value]) => isDecodedAs(ours.get(key) ?? null, value, encoding))
  );
}

function isDecodedAs(ours: Value, theirs: Value, encoding: string): boolean {
  return typeof ours === 'string' && isArray(theirs)
    ? unpacked(ours, theirs, /^int16/i.test(encoding)) !== undefined
    : provePair(rawOf(ours), rawOf(theirs), UNKNOWN_FIELD) !== undefined;
}
