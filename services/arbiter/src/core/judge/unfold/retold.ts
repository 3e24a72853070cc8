import { parseJson } from '../../compare/json.ts';
import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import type { Observed } from '../bugs/rule.ts';
import type { Episode, Triple } from '../episode.ts';
import { isSecret } from '../value/roles.ts';
import { rawOf, type Side } from '../value/side.ts';
import { stoppedTime, stoppedTimes, TIMES_SURE } from '../value/stopped-times.ts';
import { constantPrefix } from './prefixed.ts';
import { readEncodedText, readEscapedJson, readHstore, readPostgresArray, readPython } from './printed.ts';
import {
  readAttributes,
  readConnection,
  readElements,
  readExtendedJson,
  readMoment,
  readMoney,
  readResource,
  readUnion,
  readWrapped,
} from './typed-json.ts';
import { readXmlAs } from './xml-object.ts';

/** A public way of telling a value that is told otherwise on the other side, which it is given for its kind alone. */
interface Retelling {
  readonly name: string;
  /** What a program prints for itself is a slip where modern has it. */
  readonly ofLegacyOnly?: true;
  /** It makes a text readable that was not: of a secret that is no other notation. */
  readonly open?: true;
  /** Nothing else looks so: what is open about what it says is asked. */
  readonly sure?: true;
  readonly read: (value: Value, other: Value) => Value | undefined;
}

const text =
  (read: (text: string) => Value | undefined, fits: (other: Value) => boolean): Retelling['read'] =>
  (value, other) =>
    typeof value === 'string' && value.length >= 2 && fits(other) ? read(value) : undefined;

const isTree = (value: Value) => isArray(value) || isObject(value);
/** Only texts, lists and objects are told in a notation. */
const mayBeTold = ({ text, value }: Side) =>
  text !== undefined || (value !== undefined && value !== null && isTree(value));

/** A text that legacy encodes and modern tells: as JSON where modern has an object or list, else where modern’s is the same or no code itself. */
const plain =
  (read: (text: string) => string | undefined): Retelling['read'] =>
  (value, other) => {
    const told = typeof value === 'string' ? read(value) : undefined;
    if (told === undefined || told === '') return undefined;
    if (typeof other === 'string')
      return told === other || /[^A-Za-z0-9+/=_-]/.test(other) ? told : undefined;
    const parsed = isTree(other) && /^[[{]/.test(told) ? parseJson(told) : undefined;
    return parsed?.ok ? parsed.value : undefined;
  };

/** The number behind the name of its type, in base64 (Relay): T3JkZXI6MTIz, which is Order:123. */
const globalId: Retelling['read'] = (value, other) => {
  if (!(other instanceof NumberText) && !(typeof other === 'string' && /^[0-9]+$/.test(other)))
    return undefined;
  const told = typeof value === 'string' ? readEncodedText(value) : undefined;
  const number = /^[A-Za-z]\w*:([0-9]{1,18})$/.exec(told ?? '')?.[1];
  return number === undefined || typeof other === 'string' ? number : new NumberText(number);
};

const RETELLINGS: readonly Retelling[] = [
  { name: 'a text in base64', ofLegacyOnly: true, open: true, read: plain(readEncodedText) },
  { name: 'JSON escaped for a URL', ofLegacyOnly: true, open: true, read: plain(readEscapedJson) },
  { name: 'a number behind its type', read: globalId },
  {
    name: 'a value of Python',
    ofLegacyOnly: true,
    read: text(readPython, (other) => other !== null && typeof other !== 'string'),
  },
  { name: 'an array of PostgreSQL', ofLegacyOnly: true, read: text(readPostgresArray, isArray) },
  { name: 'keys and values of PostgreSQL', ofLegacyOnly: true, read: text(readHstore, isObject) },
  {
    name: 'an element of XML',
    read: (value, other) =>
      typeof value === 'string' && isTree(other) ? readXmlAs(value, other) : undefined,
  },
  { name: 'Extended JSON', ofLegacyOnly: true, read: readExtendedJson },
  { name: 'typed attributes', ofLegacyOnly: true, read: readAttributes },
  { name: 'values of a union', read: readUnion },
  { name: 'elements of XML', ofLegacyOnly: true, read: readElements },
  { name: 'a connection', read: (value, other) => (isArray(other) ? readConnection(value) : undefined) },
  {
    name: 'a list within an object',
    read: (value, other) => (isArray(other) ? readWrapped(value) : undefined),
  },
  {
    name: 'a resource',
    read: (value, other) => (isObject(other) && !other.has('attributes') ? readResource(value) : undefined),
  },
  {
    name: 'a moment by its numbers',
    read: (value, other) => (typeof other === 'string' ? readMoment(value) : undefined),
  },
  { name: 'an amount in billionths', sure: true, read: readMoney },
];

/** The same episodes with one side told as the other is, where all of its values can be. */
export function* retold(
  episode: Episode,
  all: readonly Observed[],
): Generator<{ name: string; sure?: true; episode: Episode }> {
  if (!all.some(({ legacy, modern }) => mayBeTold(legacy) || mayBeTold(modern))) return;
  for (const { name, ofLegacyOnly, open, sure, read } of RETELLINGS) {
    if (open === true && isSecret(episode.field)) continue;
    const sides = ofLegacyOnly ? (['legacy'] as const) : (['legacy', 'modern'] as const);
    for (const side of sides) {
      const observations = convert(all, side, read);
      if (observations !== undefined)
        yield { name, ...(sure && { sure }), episode: { ...episode, observations } };
    }
  }
  const bare = constantPrefix(all);
  if (bare !== undefined)
    yield { name: 'words behind one prefix', episode: { ...episode, observations: bare } };
  if (stoppedTimes(all) >= TIMES_SURE)
    yield { name: 'times with a full stop', episode: { ...episode, observations: all.map(withColon) } };
}

function withColon({ legacy, modern, legacy2 }: Observed): Triple {
  const told = (side: Side | undefined) => {
    const time = side && stoppedTime(side);
    return time === undefined ? side?.raw : JSON.stringify(time);
  };
  const [ours, again] = [told(legacy), told(legacy2)];
  const theirs = modern.text === undefined ? modern.raw : JSON.stringify(modern.text.padStart(5, '0'));
  return {
    ...(ours !== undefined && { legacy: ours }),
    ...(theirs !== undefined && { modern: theirs }),
    ...(again !== undefined && { legacy2: again }),
  };
}

function convert(
  all: readonly Observed[],
  side: 'legacy' | 'modern',
  read: Retelling['read'],
): readonly Triple[] | undefined {
  const observations: Triple[] = [];
  const raw = (ours: Side | undefined, other: Side): string | undefined | null => {
    if (ours === undefined || ours.absent || ours.value === null) return ours?.raw;
    if (ours.value === undefined) return null;
    const told = other.value === undefined ? undefined : read(ours.value, other.value);
    return told === undefined ? null : rawOf(told);
  };
  let any = false;
  for (const { legacy, modern, legacy2 } of all) {
    const other = side === 'legacy' ? modern : legacy;
    const ours = raw(side === 'legacy' ? legacy : modern, other);
    const again = side === 'legacy' ? raw(legacy2, other) : legacy2?.raw;
    if (ours === null || again === null) return undefined;
    any ||= ours !== undefined && ours !== 'null';
    const kept =
      side === 'legacy' ? { legacy: ours, modern: modern.raw } : { legacy: legacy.raw, modern: ours };
    observations.push({
      ...(kept.legacy !== undefined && { legacy: kept.legacy }),
      ...(kept.modern !== undefined && { modern: kept.modern }),
      ...(again !== undefined && { legacy2: again }),
    });
  }
  return any ? observations : undefined;
}
