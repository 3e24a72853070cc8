import { CARD_DIGITS_MAX, CARD_DIGITS_MIN, isCardNumber } from './card.ts';
import { gapAt, isDigit, runEnd } from './chars.ts';
import type { Secret } from './secret.ts';

/** How cards are printed and typed in. */
const GROUPINGS: readonly (readonly number[])[] = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
];

/** `at` is the first digit of a run; the fraction of a number is no card. */
export function cardAt(text: string, at: number): Secret | undefined {
  if (text[at - 1] === '.' && isDigit(text.charCodeAt(at - 2))) return undefined;
  const end = digitsEnd(text, at);
  const length = end - at;
  if (length >= CARD_DIGITS_MIN) {
    const digits = text.slice(at, end);
    const isCard = length <= CARD_DIGITS_MAX && isCardNumber(digits);
    return isCard ? withTrack(text, { label: 'card', start: at, end, canonical: digits }) : undefined;
  }
  if (length !== 4 || gapAt(text, end) === '') return undefined;
  for (const grouping of GROUPINGS) {
    const secret = groupedCardAt(text, at, grouping);
    if (secret) return secret;
  }
  return undefined;
}

/** More digits at a stretch are no number with a few stray bytes beside it. */
const LOOSE_DIGITS_MAX = 64;

/** Any part of a run of digits. */
export function looseCardAt(text: string, from: number): Secret | undefined {
  const digitsTo = digitsEnd(text, from);
  if (digitsTo - from > LOOSE_DIGITS_MAX) return undefined;
  for (let start = from; start < digitsTo; start++) {
    for (let end = Math.min(digitsTo, start + CARD_DIGITS_MAX); end - start >= CARD_DIGITS_MIN; end--) {
      const canonical = text.slice(start, end);
      if (isCardNumber(canonical)) return { label: 'card', start, end, canonical };
    }
    if (digitsTo - start > 4 || (digitsTo - start === 4 && gapAt(text, digitsTo) === '')) continue;
    const grouped = GROUPINGS.map((grouping) => groupedCardAt(text, start, grouping, true)).find(
      (found) => found,
    );
    if (grouped) return grouped;
  }
  return undefined;
}

function groupedCardAt(
  text: string,
  start: number,
  grouping: readonly number[],
  isLoose = false,
): Secret | undefined {
  let digits = '';
  let at = start;
  const gaps: string[] = [];
  for (const [index, length] of grouping.entries()) {
    if (index > 0) {
      const gap = gapAt(text, at);
      if (gap === '') return undefined;
      gaps.push(gap);
      at += gap.length;
    }
    const isLast = index === grouping.length - 1;
    const end = digitsEnd(text, at);
    if (isLoose && isLast ? end < at + length : end !== at + length) return undefined;
    digits += text.slice(at, at + length);
    at += length;
  }
  return goTogether(gaps) && isCardNumber(digits)
    ? { label: 'card', start, end: at, canonical: digits }
    : undefined;
}

/**
 * Blanks and dashes may stand in one number; dots do so alone, for amounts of four decimals hold them too. A line ends once in it: numbers of four digits on
 * lines of their own are a list.
 */
function goTogether(gaps: readonly string[]): boolean {
  const dots = gaps.filter((gap) => gap.includes('.')).length;
  const lineEnds = gaps.filter((gap) => gap.includes('\n')).length;
  return lineEnds <= (gaps.length > 1 ? 1 : 0) && (dots === 0 || dots + lineEnds === gaps.length);
}

/** ISO/IEC 7813: what follows the number on a card's magnetic stripe, of which a copy could be made. */
const TRACK = /[=D]\d{7,32}|\^[^^\n]{2,26}\^\d{4,64}/y;

function withTrack(text: string, card: Secret): Secret {
  TRACK.lastIndex = card.end;
  if (!TRACK.test(text)) return card;
  const end = TRACK.lastIndex;
  return { ...card, end, canonical: card.canonical + text.slice(card.end, end).replace('D', '=') };
}

export function digitsEnd(text: string, from: number): number {
  return runEnd(text, from, isDigit);
}
