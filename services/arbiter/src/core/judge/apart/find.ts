import { provePair } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { plainNumber } from '../value/atoms.ts';
import { namesKey } from './labels.ts';
import type { Leaf } from './leaves.ts';
import { isFigures, type Span, type Token, textAt } from './tokens.ts';

/** Tokens of one value: a date with its time has eleven. */
const SPAN_MAX = 11;
const TRIES_MAX = 80;

/** Where a text says what a member says; of several places those whose word beside them is the name of the member. */
export function spansOf(
  text: string,
  tokens: readonly Token[],
  leaf: Leaf,
  exactly = false,
): readonly Span[] {
  const exact = exactSpans(text, tokens, leaf);
  const found = exactly || exact.length > 0 ? exact : otherSpans(text, tokens, leaf);
  if (found.length < 2) return found;
  const named = found.filter((span) => namesKey(text, tokens, span, leaf.key));
  return named.length > 0 ? named : found;
}

function exactSpans(text: string, tokens: readonly Token[], leaf: Leaf): readonly Span[] {
  const number = /^[+-]?[0-9]+(?:\.[0-9]+)?$/.test(leaf.text) ? plainNumber(leaf.text) : undefined;
  const wanted = leaf.text.toLowerCase();
  const spans: Span[] = [];
  for (const [first, token] of tokens.entries()) {
    if (number !== undefined && isFigures(token) && plainNumber(token.text) === number)
      spans.push({ first, last: first });
    else if (number === undefined && token.text[0]?.toLowerCase() === wanted[0]) {
      const last = tokens.findIndex(({ end }) => end === token.start + wanted.length);
      if (last >= first && textAt(text, tokens, { first, last }).toLowerCase() === wanted)
        spans.push({ first, last });
    }
  }
  return spans;
}

/** The member in another notation, else its number with another sign. */
function otherSpans(text: string, tokens: readonly Token[], leaf: Leaf): readonly Span[] {
  const proven = provenSpans(text, tokens, leaf);
  if (proven.length > 0 || !/^[+-]?[0-9.]+$/.test(leaf.text)) return proven;
  const opposite = leaf.text.startsWith('-') ? leaf.text.slice(1) : `-${leaf.text}`;
  return exactSpans(text, tokens, { ...leaf, text: opposite });
}

/** Spans that are the member in another notation. */
function provenSpans(text: string, tokens: readonly Token[], leaf: Leaf): readonly Span[] {
  const digits = /[0-9]/.test(leaf.text);
  let tries = 0;
  const spans: Span[] = [];
  for (let length = Math.min(SPAN_MAX, tokens.length); length > 0; length--) {
    for (let first = 0; first + length <= tokens.length; first++) {
      const span = { first, last: first + length - 1 };
      if (!isBounded(tokens, span)) continue;
      const part = textAt(text, tokens, span);
      if (/[0-9]/.test(part) !== digits || part.length > leaf.text.length * 4 + 8) continue;
      if (part.length * 4 + 8 < leaf.text.length) continue;
      tries += 1;
      if (tries > TRIES_MAX) return spans;
      if (
        provePair(JSON.stringify(part), leaf.raw, UNKNOWN_FIELD) !== undefined &&
        !spans.some((other) => overlap(other, span))
      )
        spans.push(span);
    }
  }
  return spans;
}

/** No letter goes on in a letter, no figure in a figure; a span neither begins nor ends with a sign that joins. */
function isBounded(tokens: readonly Token[], { first, last }: Span): boolean {
  const [from, to] = [tokens[first], tokens[last]];
  if (from === undefined || to === undefined) return false;
  if (/^[,;:/|^~=)x-]$/.test(to.text) && to.text !== '-') return false;
  if (/^[,;:/|^~=)]$/.test(from.text)) return false;
  const before = tokens[first - 1];
  return !(
    before !== undefined &&
    before.end === from.start &&
    /[\p{L}0-9]/u.test(before.text) &&
    isFigures(before) === isFigures(from)
  );
}

export function overlap(a: Span, b: Span): boolean {
  return a.first <= b.last && b.first <= a.last;
}
