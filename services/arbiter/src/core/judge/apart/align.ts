import { overlap, spansOf } from './find.ts';
import { namesKey } from './labels.ts';
import type { Leaf } from './leaves.ts';
import { inOrder } from './roles.ts';
import { isFigures, type Place, placesOf, type Span, spanAt, type Token, textAt } from './tokens.ts';

/** Requests by which places are found; the others are held against them. */
const ROWS_TRIED = 12;
/** Share of them in which a member stands at its place. */
const SHARE_MIN = 0.6;
const MEMBERS_MAX = 12;

/** A text and an object that may say the same, in one request. */
export interface Row {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly leaves: ReadonlyMap<string, Leaf>;
}

/** A member of the objects and where the texts tell it. */
export interface Member {
  readonly path: string;
  readonly key: string;
  readonly place: Place;
  /** Its value stands there in most requests; else only what is left of the text is left for it. */
  readonly found: boolean;
}

export interface Alignment {
  readonly members: readonly Member[];
  /** Paths for which the text has no place. */
  readonly left: readonly string[];
}

/** Where the texts tell the members of the objects; undefined when hardly any is found. */
export function align(rows: readonly Row[]): Alignment | undefined {
  const keys = new Map(
    rows.flatMap(({ leaves }) => [...leaves.values()].map(({ path, key }) => [path, key] as const)),
  );
  if (keys.size === 0 || keys.size > MEMBERS_MAX) return undefined;
  const tried = [...new Map(rows.map((row) => [row.text, row])).values()].slice(0, ROWS_TRIED);
  const candidates = [...keys].flatMap(([path, key]) => candidatesOf(tried, path, key));
  const members: Member[] = [];
  for (const { member, share } of candidates.toSorted((a, b) => b.share - a.share)) {
    if (share < SHARE_MIN || members.some(({ path }) => path === member.path)) continue;
    if (!tried.some((row) => members.some((other) => meet(row, member, other)))) members.push(member);
  }
  const left = [...keys.keys()].filter((path) => !members.some((member) => member.path === path));
  return { members, left };
}

interface Candidate {
  readonly member: Member;
  /** Of the requests that have the member, and a little for a name beside it. */
  readonly share: number;
}

function candidatesOf(rows: readonly Row[], path: string, key: string): readonly Candidate[] {
  const votes = new Map<string, { place: Place; count: number; named: number }>();
  let present = 0;
  for (const { text, tokens, leaves } of rows) {
    const leaf = leaves.get(path);
    if (leaf === undefined) continue;
    present += 1;
    const told = new Set<string>();
    for (const span of spansOf(text, tokens, leaf)) {
      const named = namesKey(text, tokens, span, key) ? 1 : 0;
      for (const place of placesOf(span, tokens.length)) {
        const name = JSON.stringify(place);
        if (told.has(name)) continue;
        told.add(name);
        const vote = votes.get(name) ?? { place, count: 0, named: 0 };
        votes.set(name, { place, count: vote.count + 1, named: vote.named + named });
      }
    }
  }
  return [...votes.values()].map(({ place, count, named }) => ({
    member: { path, key, place, found: true },
    share: count / present + named / present / 100,
  }));
}

function meet({ tokens, leaves }: Row, a: Member, b: Member): boolean {
  if (!leaves.has(a.path) || !leaves.has(b.path)) return false;
  const [one, other] = [spanAt(a.place, tokens.length), spanAt(b.place, tokens.length)];
  return one !== undefined && other !== undefined && overlap(one, other);
}

/**
 * Where a text tells a member: at its place, or where its value is found if that meets its place (a name of two words where others have one).
 */
export function spanOf(row: Row, { path, place }: Member): Span | undefined {
  const leaf = row.leaves.get(path);
  const span = leaf && spanAt(place, row.tokens.length);
  if (leaf === undefined || span === undefined) return undefined;
  if (textAt(row.text, row.tokens, span) === leaf.text) return span;
  const exact = spansOf(row.text, row.tokens, leaf, true).filter((found) => overlap(found, span));
  return exact.length === 1 ? exact[0] : span;
}

/** The tokens of a row that no member has. */
export function restOf(row: Row, members: readonly Member[]): readonly number[] {
  const spans = members.flatMap((member) => (row.leaves.has(member.path) ? (spanOf(row, member) ?? []) : []));
  return row.tokens.flatMap((_, at) =>
    spans.some(({ first, last }) => at >= first && at <= last) ? [] : [at],
  );
}

/**
 * Gives the numbers that are left of the texts to the members that are left, as many: by the name beside them, else in the order that the names
 * of the members ask for. Undefined when they are not as many, or when nothing tells which is which.
 */
export function assignRest(
  rows: readonly Row[],
  members: readonly Member[],
  left: readonly string[],
): readonly Member[] | undefined {
  const [row] = rows;
  if (row === undefined || rows.some(({ tokens }) => tokens.length !== row.tokens.length)) return undefined;
  const rest = restOf(row, members).filter((at) => {
    const token = row.tokens[at];
    return token !== undefined && isFigures(token);
  });
  if (left.length === 0) return undefined;
  if (rest.length !== left.length) return members.length === 0 ? byCommas(row, left) : undefined;
  const spans = rest.map((at): Span => ({ first: at, last: at }));
  const keyOf = (path: string) => row.leaves.get(path)?.key ?? '';
  const byName = left.map((path) =>
    spans.filter((span) => namesKey(row.text, row.tokens, span, keyOf(path))),
  );
  const named =
    byName.every((found) => found.length === 1) &&
    new Set(byName.map(([span]) => span?.first)).size === left.length;
  const order = left.map((path, i) => ({ key: keyOf(path), at: spans[i]?.first ?? 0 }));
  if (!named && left.length > 1 && inOrder(order, row.text) !== true) return undefined;
  return left.map((path, i) => {
    const first = (named ? byName[i]?.[0]?.first : spans[i]?.first) ?? 0;
    return {
      path,
      key: keyOf(path),
      found: false,
      place: { first, last: first, firstFromEnd: false, lastFromEnd: false },
    };
  });
}

/** As many parts between commas as members whose names ask for this order: 16 37 28 N, 04 15 28 E and {lat, lon}. */
function byCommas(row: Row, left: readonly string[]): readonly Member[] | undefined {
  const commas = row.tokens.flatMap(({ text }, at) => (/^[,;|]$/.test(text) ? [at] : []));
  const members = left.map((path, i): Member => {
    const place = {
      first: (commas[i - 1] ?? -1) + 1,
      last: (commas[i] ?? row.tokens.length) - 1,
      firstFromEnd: false,
      lastFromEnd: false,
    };
    return { path, key: row.leaves.get(path)?.key ?? '', place, found: true };
  });
  const isOrdered = commas.length === left.length - 1 && left.length > 1;
  return isOrdered &&
    inOrder(
      members.map(({ key, place }) => ({ key, at: place.first })),
      '',
    ) === true
    ? members
    : undefined;
}

/** Signs that part values and say nothing. */
const SEPARATOR = /^[,;:/|^()[\]{}=.%'"’°#_x×-]$/;

/** What is left of the texts besides separators, and is the same in all of them; undefined when it is not. */
export function labelsLeft(rows: readonly Row[], members: readonly Member[]): readonly string[] | undefined {
  const texts = rows.map((row) =>
    restOf(row, members).flatMap((at) => {
      const { text = '' } = row.tokens[at] ?? {};
      return SEPARATOR.test(text) && !isSign(row, at) ? [] : [text];
    }),
  );
  const [first = []] = texts;
  return texts.every((words) => words.join(' ') === first.join(' ')) ? first : undefined;
}

/** A sign that belongs to the figures behind it: of a comparison, or a plus or minus with nothing directly before it. */
export function isSign({ text, tokens }: Row, at: number): boolean {
  const [own, behind] = [tokens[at], tokens[at + 1]];
  if (own === undefined || behind === undefined || !isFigures(behind)) return false;
  if (/^[<>≤≥~≈±]$/.test(own.text)) return true;
  if (!/^[+=-]$/.test(own.text) || behind.start !== own.end) return false;
  return !/[\p{L}0-9)]$/u.test(text.slice(0, own.start));
}
