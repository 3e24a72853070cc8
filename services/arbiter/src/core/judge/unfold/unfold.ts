import { isObject } from '../../compare/value.ts';
import type { Observed } from '../bugs/rule.ts';
import type { Episode } from '../episode.ts';
import { rawOf, type Side } from '../value/side.ts';
import { isOfTheMoment } from '../value/web-tokens.ts';
import { canonicalXml } from '../value/xml.ts';
import { type Members, readCookie, readDirectives, readPolicy } from './headers.ts';
import { readHtml } from './html.ts';
import { readEncodedObject, readLink, readPasswordHash, readWebToken } from './tokens.ts';

/** A public notation of texts in which order, case or layout mean nothing, or of which only a part is made anew. */
interface Notation {
  readonly name: string;
  readonly read: (text: string) => Members | undefined;
  /** Read only where legacy itself makes something anew: else the text is a value as others. */
  readonly anew?: true;
  /** Of one structure on both sides: other tags are another document, of which nothing is told member by member. */
  readonly alike?: true;
  /** Its names are of a standard: what one side alone has is no member under another name. */
  readonly named?: true;
}

const NOTATIONS: readonly Notation[] = [
  { name: 'cookie', read: readCookie, named: true },
  { name: 'content security policy', read: readPolicy, named: true },
  { name: 'directives', read: readDirectives, named: true },
  { name: 'HTML', read: readHtml, alike: true },
  { name: 'web token', read: readWebToken, anew: true },
  { name: 'password hash', read: readPasswordHash, anew: true },
  { name: 'JSON in base64', read: readEncodedObject, anew: true },
  { name: 'link', read: readLink, anew: true },
];

/** The rule that accepts what is proven member by member. */
export const UNFOLDED = 'read-by-members';

/** Shorter texts say nothing member by member. */
const UNFOLDED_MIN = 8;

export interface Unfolded {
  readonly name: string;
  readonly episode: Episode;
  /** What legacy always says, and modern does not. */
  readonly lost?: string;
}

/** The same episode with each text as the members that it says; undefined unless one notation reads all of them. */
export function unfold(episode: Episode, all: readonly Observed[]): Unfolded | undefined {
  const [first] = all;
  const [ours, theirs] = [first?.legacy.text, first?.modern.text];
  if (ours === undefined || theirs === undefined || ours.length < UNFOLDED_MIN) return undefined;
  const isAnew = all.some(({ varies }) => varies);
  for (const { name, read, anew, alike, named } of NOTATIONS) {
    if (anew === true && !isAnew) continue;
    // Elements of XML tell their letter case apart, and what stands in them by blanks: that is compared as XML.
    if (alike === true && isXml(all)) continue;
    const rows = readAll(all, read);
    if (rows === undefined) continue;
    if (alike === true && !rows.every(areAlike)) {
      const lost = raisedLost(rows);
      return lost === undefined ? undefined : { name, episode, lost };
    }
    if (anew === true && isOfOneMoment(rows)) return undefined;
    const raw = (members: Members | undefined) => members && rawOf(members);
    const observations = rows.map(({ legacy, modern, legacy2 }) => ({
      legacy: rawOf(legacy),
      modern: rawOf(modern),
      ...(legacy2 !== undefined && { legacy2: raw(legacy2) }),
    }));
    const lost = named === true ? lostIn(rows) : undefined;
    return { name, episode: { ...episode, observations }, ...(lost !== undefined && { lost }) };
  }
  return undefined;
}

function isXml(all: readonly Observed[]): boolean {
  const isOne = ({ text }: Side) => text !== undefined && canonicalXml(text) !== undefined;
  return all.some(({ legacy, modern }) => isOne(legacy) && isOne(modern));
}

/** Times of one second in both of legacy's runs of all requests, and of another one in modern's: nothing tells how they vary. */
function isOfOneMoment(rows: readonly Row[]): boolean {
  const times = rows.map(({ legacy, modern, legacy2 }) => [legacy, modern, legacy2 ?? legacy].map(timesIn));
  const names = new Set(times.flatMap(([ours]) => [...(ours?.keys() ?? [])]));
  return [...names].some((name) => {
    const told = times.map((runs) => runs.map((run) => run.get(name) ?? Number.NaN));
    return (
      told.every(([ours, , again]) => ours === again) &&
      told.some(([ours = 0, theirs = 0]) => ours !== theirs) &&
      told.every(([ours = 0, theirs = 0]) => Math.abs(theirs - ours) <= MOMENT_S)
    );
  });
}

const MOMENT_S = 120;

/** Seconds of an epoch, and what claims call a time. */
function timesIn(members: Members): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const collect = (of: Members, path: string) => {
    for (const [name, value] of of) {
      if (isObject(value)) collect(value, `${path}${name}.`);
      const raw = typeof value === 'string' ? value : rawOf(value);
      if (/^1[0-9]{9}$/.test(raw) || (isOfTheMoment(name) && /^[0-9]+$/.test(raw)))
        found.set(`${path}${name}`, Number(raw));
    }
  };
  collect(members, '');
  return found;
}

interface Row {
  readonly legacy: Members;
  readonly modern: Members;
  readonly legacy2: Members | undefined;
}

function readAll(all: readonly Observed[], read: Notation['read']): readonly Row[] | undefined {
  const rows: Row[] = [];
  const membersOf = ({ text }: Side) => (text === undefined ? undefined : read(text));
  for (const { legacy, modern, legacy2 } of all) {
    const [ours, theirs, again] = [membersOf(legacy), membersOf(modern), legacy2 && membersOf(legacy2)];
    if (ours === undefined || theirs === undefined) return undefined;
    if (legacy2 !== undefined && again === undefined) return undefined;
    rows.push({ legacy: ours, modern: theirs, legacy2: again });
  }
  return rows;
}

function areAlike({ legacy, modern, legacy2 }: Row): boolean {
  const names = (members: Members) => [...members.keys()].join('\n');
  return names(legacy) === names(modern) && (legacy2 === undefined || names(legacy2) === names(legacy));
}

/** What stands above or below the line, or is struck out, reads otherwise without it: 2<sup>3</sup> and 23. */
function raisedLost(rows: readonly Row[]): string | undefined {
  const count = (members: Members, tag: string) =>
    [...members.keys()].filter((key) => key.endsWith(` tag ${tag}`)).length;
  return ['sup', 'sub', 'del', 's'].find((tag) =>
    rows.some(
      ({ legacy, modern, legacy2 }) =>
        count(modern, tag) < Math.min(count(legacy, tag), count(legacy2 ?? legacy, tag)),
    ),
  );
}

function lostIn(rows: readonly Row[]): string | undefined {
  for (const { legacy, modern, legacy2 } of rows) {
    const lost = [...legacy.keys()].find((name) => !modern.has(name) && legacy2?.has(name) !== false);
    if (lost !== undefined) return lost;
  }
  return undefined;
}
