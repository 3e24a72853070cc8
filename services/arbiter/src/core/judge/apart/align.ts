import { overlap, spansOf } from './find.ts';
import { isName, namesKey } from './labels.ts';
import type { Leaf } from './leaves.ts';
import { inOrder } from './roles.ts';
import { isFigures, type Place, partsOf, placesOf, type Span, spanAt, type Token, textAt } from './tokens.ts';

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
  /** It has no one place, but stands somewhere in each text, and only once. */
  readonly free?: boolean;
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
  for (const { member, share } of candidates.toSorted((a, b) => b.share - a.share)) {
    if (share <= 0 || members.some(({ path }) => path === member.path)) continue;
    if (tried.filter((row) => isFree(row, member.path, members)).length >= tried.length * SHARE_MIN)
      members.push({ ...member, free: true });
  }
  const left = [...keys.keys()].filter((path) => !members.some((member) => member.path === path));
  return { members, left };
}

/** Its value stands in the text once, where no other member has its own. */
function isFree(row: Row, path: string, members: readonly Member[]): boolean {
  const leaf = row.leaves.get(path);
  const [span, ...more] = leaf === undefined ? [] : spansOf(row.text, row.tokens, leaf);
  if (span === undefined || more.length > 0) return false;
  return !members.some((member) => {
    const other = spanOf(row, member);
    return other !== undefined && overlap(span, other);
  });
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
  const [one, other] = [spanAt(a.place, tokens), spanAt(b.place, tokens)];
  return one !== undefined && other !== undefined && overlap(one, other);
}

/**
 * Where a text tells a member: at its place, or where its value is found if that meets its place (a name of two words where others have one).
 */
export function spanOf(row: Row, { path, place, free }: Member): Span | undefined {
  const leaf = row.leaves.get(path);
  const span = leaf && spanAt(place, row.tokens);
  if (leaf === undefined || span === undefined) return undefined;
  if (textAt(row.text, row.tokens, span) === leaf.text) return span;
  const exact = spansOf(row.text, row.tokens, leaf, true).filter(
    (found) => free === true || overlap(found, span),
  );
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
 * Gives what is left of the texts to the members that are left: to each the value that has its name beside it, else as many numbers in the order
 * that the names of the members ask for. Undefined when nothing tells which is which. The last that is left for the last is a guess.
 */
export function assignRest(
  rows: readonly Row[],
  members: readonly Member[],
  left: readonly string[],
): readonly Member[] | undefined {
  const [row] = rows;
  if (row === undefined) return undefined;
  if (rows.some(({ tokens }) => tokens.length !== row.tokens.length)) return undefined;
  const rest = restOf(row, members).flatMap((at) => {
    const token = row.tokens[at];
    return token === undefined || /^[^\p{L}0-9-]/u.test(token.text) ? [] : [at];
  });
  const keyOf = (path: string) => row.leaves.get(path)?.key ?? '';
  const named = left.map((path) => rest.filter((at) => isNamedBefore(row, at, keyOf(path))));
  if (named.every(({ length }) => length === 1) && new Set(named.map(([at]) => at)).size === left.length)
    return left.map((path, i) => memberAt(path, keyOf(path), named[i]?.[0] ?? 0, true));
  const figures = rest.filter((at) => row.tokens[at] !== undefined && isFigures(row.tokens[at]));
  if (figures.length !== left.length) return undefined;
  const ordered = left.length > 1;
  const order = left.map((path, i) => ({ key: keyOf(path), at: figures[i] ?? 0 }));
  if (ordered && inOrder(order, row.text) !== true) return undefined;
  return left.map((path, i) => memberAt(path, keyOf(path), figures[i] ?? 0, ordered));
}

function isNamedBefore({ text, tokens }: Row, at: number, key: string): boolean {
  const token = tokens[at];
  return (
    token !== undefined && !isName(token.text, key) && namesKey(text, tokens, { first: at, last: at }, key)
  );
}

function memberAt(path: string, key: string, at: number, found: boolean): Member {
  return { path, key, found, place: { first: at, last: at, firstFromEnd: false, lastFromEnd: false } };
}

/** As many parts between commas or blanks as members, whose names ask for this order: 16 37 28 N, 04 15 28 E and {lat, lon}. */
export function byParts(rows: readonly Row[]): readonly Member[] | undefined {
  const [row] = rows;
  const leaves = [...(row?.leaves.values() ?? [])];
  if (row === undefined || leaves.length < 2) return undefined;
  const order = leaves.map(({ key }, at) => ({ key, at }));
  if (inOrder(order, row.text) !== true) return undefined;
  const parts = (['commas', 'blanks'] as const).find((delimiter) =>
    rows.every(
      ({ tokens, leaves: { size } }) => size === leaves.length && partsOf(tokens, delimiter).length === size,
    ),
  );
  if (parts === undefined) return undefined;
  return leaves.map(({ path, key }, i) => ({
    path,
    key,
    found: true,
    place: { first: i, last: i, firstFromEnd: false, lastFromEnd: false, parts },
  }));
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
