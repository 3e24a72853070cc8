/** A run of figures (with its points, also one in front, commas and the minus of a number), of letters, or one sign; where it stands in the text. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /(?:(?<![\p{L}0-9)\]])-)?(?:[0-9]+(?:[.,][0-9]+)*|(?<![\p{L}0-9.,])\.[0-9]+)|\p{L}+|[^\s\p{L}0-9]/gu;
const TOKENS_MAX = 40;
const CHARS_MAX = 400;

/** Undefined for texts of more parts than can be held against the members of an object. */
export function tokensOf(text: string): readonly Token[] | undefined {
  if (text.length > CHARS_MAX) return undefined;
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    if (tokens.length === TOKENS_MAX) return undefined;
    tokens.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}

export function isWord({ text }: Token): boolean {
  return /^\p{L}/u.test(text);
}

export function isFigures({ text }: Token): boolean {
  return /^-?\.?[0-9]/.test(text);
}

/** From the first to the last of some tokens in a row, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** A span by its places from either end of the text, so that it is found again in texts of other lengths. */
export interface Place {
  readonly first: number;
  readonly last: number;
  readonly firstFromEnd: boolean;
  readonly lastFromEnd: boolean;
  /** Not tokens but parts are counted: those between commas, or between blanks. */
  readonly parts?: Parts;
}

export type Parts = 'commas' | 'blanks';

export function spanAt(place: Place, tokens: readonly Token[]): Span | undefined {
  if (place.parts !== undefined) return partsOf(tokens, place.parts)[place.first];
  const count = tokens.length;
  const first = place.firstFromEnd ? count - place.first : place.first;
  const last = place.lastFromEnd ? count - place.last : place.last;
  return first >= 0 && last < count && first <= last ? { first, last } : undefined;
}

/** The parts of a text between its commas (semicolons, bars), or between its blanks. */
export function partsOf(tokens: readonly Token[], parts: Parts): readonly Span[] {
  const spans: Span[] = [];
  let first = 0;
  for (const [at, token] of tokens.entries()) {
    const isComma = parts === 'commas' && /^[,;|]$/.test(token.text);
    const isBehindBlank = parts === 'blanks' && at > 0 && token.start > (tokens[at - 1]?.end ?? 0);
    if (!isComma && !isBehindBlank) continue;
    spans.push({ first, last: at - 1 });
    first = isComma ? at + 1 : at;
  }
  return [...spans, { first, last: tokens.length - 1 }].filter((span) => span.first <= span.last);
}

/** The ways to say where a span stands, the plainest first. */
export function placesOf({ first, last }: Span, count: number): readonly Place[] {
  return [
    { first, last, firstFromEnd: false, lastFromEnd: false },
    { first, last: count - last, firstFromEnd: false, lastFromEnd: true },
    { first: count - first, last: count - last, firstFromEnd: true, lastFromEnd: true },
  ];
}

export function textAt(text: string, tokens: readonly Token[], { first, last }: Span): string {
  return text.slice(tokens[first]?.start ?? 0, tokens[last]?.end ?? 0);
}
