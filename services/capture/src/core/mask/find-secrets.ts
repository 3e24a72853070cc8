import { CARD_DIGITS_MAX, CARD_DIGITS_MIN, isCardNumber } from './card.ts';
import { hasIbanCheck, ibanLength } from './iban.ts';

export type SecretLabel = 'card' | 'iban' | 'jwt' | 'bearer';

/** A secret that its value alone gives away. */
export interface Secret {
  readonly label: SecretLabel;
  readonly start: number;
  readonly end: number;
  /** Without separators, which mean nothing in it. */
  readonly canonical: string;
}

/**
 * What may stand beside a secret. In text a number does not go on in letters or digits; in bytes that are read as text, the length or the tag
 * beside it may happen to be a letter's or a digit's byte.
 */
export type Around = 'words' | 'anything';

/** No secret that is recognised by value is shorter. */
export const SECRET_CHARS_MIN = CARD_DIGITS_MIN;

/**
 * Card numbers, IBANs, JWTs and bearer tokens in a text, from left to right. One pass and no regular expression: the text is whatever
 * strangers sent.
 */
export function findSecrets(text: string, around: Around = 'words'): Secret[] {
  const found: Secret[] = [];
  if (text.length < SECRET_CHARS_MIN) return found;
  const isLoose = around === 'anything';
  // Whoever begins a JWT within a run that is the beginning of none fails like the run itself: without this, `eyJ-eyJ-…` would cost its square.
  let noJwtBefore = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      const secret = isLoose ? looseCardAt(text, at) : cardAt(text, at);
      if (secret) found.push(secret);
      at = secret?.end ?? digitsEnd(text, at);
    } else if (isLetter(code)) {
      const begins = isLoose || isBoundary(text, at);
      const isJwt = begins && at >= noJwtBefore && text.startsWith(JWT_START, at);
      const secret =
        (isJwt ? jwtAt(text, at) : undefined) ?? (begins ? wordSecretAt(text, at, isLoose) : undefined);
      if (isJwt && secret === undefined) noJwtBefore = base64UrlEnd(text, at);
      if (secret) found.push(secret);
      at = secret?.end ?? (isLoose ? at + 1 : lettersEnd(text, at));
    } else {
      at += 1;
    }
  }
  return found;
}

function wordSecretAt(text: string, at: number, isLoose: boolean): Secret | undefined {
  const first = text[at];
  const bearer = first === 'b' || first === 'B' ? bearerAt(text, at) : undefined;
  return bearer ?? ibanAt(text, at, isLoose);
}

/** How cards are printed and typed in. */
const GROUPINGS: readonly (readonly number[])[] = [
  [4, 4, 4, 4, 3],
  [4, 4, 4, 4],
  [4, 6, 5],
  [4, 6, 4],
];

/** `at` is the first digit of a run; the fraction of a number is no card. */
function cardAt(text: string, at: number): Secret | undefined {
  if (text[at - 1] === '.' && isDigit(text.charCodeAt(at - 2))) return undefined;
  const end = digitsEnd(text, at);
  const length = end - at;
  if (length >= CARD_DIGITS_MIN) {
    const digits = text.slice(at, end);
    const isCard = length <= CARD_DIGITS_MAX && isCardNumber(digits);
    return isCard ? { label: 'card', start: at, end, canonical: digits } : undefined;
  }
  if (length !== 4) return undefined;
  for (const grouping of GROUPINGS) {
    const secret = groupedCardAt(text, at, grouping);
    if (secret) return secret;
  }
  return undefined;
}

/** More digits at a stretch are no number with a few stray bytes beside it. */
const LOOSE_DIGITS_MAX = 64;

/** Any part of a run of digits. */
function looseCardAt(text: string, from: number): Secret | undefined {
  const runEnd = digitsEnd(text, from);
  if (runEnd - from > LOOSE_DIGITS_MAX) return undefined;
  for (let start = from; start < runEnd; start++) {
    for (let end = Math.min(runEnd, start + CARD_DIGITS_MAX); end - start >= CARD_DIGITS_MIN; end--) {
      const canonical = text.slice(start, end);
      if (isCardNumber(canonical)) return { label: 'card', start, end, canonical };
    }
    if (runEnd - start > 4) continue;
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
  const separator = text[start + 4];
  if (separator !== ' ' && separator !== '-') return undefined;
  let digits = '';
  let at = start;
  for (const [index, length] of grouping.entries()) {
    if (index > 0) {
      if (text[at] !== separator) return undefined;
      at += 1;
    }
    const isLast = index === grouping.length - 1;
    const end = digitsEnd(text, at);
    if (isLoose && isLast ? end < at + length : end !== at + length) return undefined;
    digits += text.slice(at, at + length);
    at += length;
  }
  return isCardNumber(digits) ? { label: 'card', start, end: at, canonical: digits } : undefined;
}

/** Groups may stand apart by one space or dash. */
function ibanAt(text: string, start: number, isLoose: boolean): Secret | undefined {
  if (!isDigit(text.charCodeAt(start + 2)) || !isDigit(text.charCodeAt(start + 3))) return undefined;
  const length = ibanLength(text.slice(start, start + 2));
  if (length === undefined) return undefined;
  let canonical = '';
  let at = start;
  while (canonical.length < length) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || isLetter(code)) canonical += text[at];
    else if ((code !== SPACE && code !== DASH) || !isWord(text.charCodeAt(at - 1))) return undefined;
    at += 1;
  }
  if ((!isLoose && isWord(text.charCodeAt(at))) || !hasIbanCheck(canonical)) return undefined;
  return { label: 'iban', start, end: at, canonical };
}

const JWT_START = 'eyJ';

/** RFC 7519 in the compact form of RFC 7515 and 7516: `eyJ` is how `{"` begins in base64url. Three parts, of an encrypted one five. */
function jwtAt(text: string, start: number): Secret | undefined {
  let at = base64UrlEnd(text, start);
  let parts = 1;
  while (parts < 5 && text[at] === '.') {
    at = base64UrlEnd(text, at + 1);
    parts += 1;
  }
  if (parts < 3) return undefined;
  return { label: 'jwt', start, end: at, canonical: text.slice(start, at) };
}

const BEARER = 'bearer ';
/** Shorter words after `bearer` are prose. */
const TOKEN_CHARS_MIN = 16;

/** RFC 6750, section 2.1: the token after the word; the word stays. */
function bearerAt(text: string, start: number): Secret | undefined {
  if (text.slice(start, start + BEARER.length).toLowerCase() !== BEARER) return undefined;
  const from = start + BEARER.length;
  let end = from;
  while (isToken68(text.charCodeAt(end))) end += 1;
  if (end - from < TOKEN_CHARS_MIN) return undefined;
  return { label: 'bearer', start: from, end, canonical: text.slice(from, end) };
}

const SPACE = 0x20;
const DASH = 0x2d;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isWord(code: number): boolean {
  return isDigit(code) || isLetter(code);
}

/** base64url's own characters: `-` and `_`. */
function isBase64Url(code: number): boolean {
  return isWord(code) || code === DASH || code === 0x5f;
}

/** RFC 9110's token68, padding included: `-._~+/=`. */
function isToken68(code: number): boolean {
  return (
    isBase64Url(code) || (code >= 0x2d && code <= 0x2f) || code === 0x7e || code === 0x2b || code === 0x3d
  );
}

/** Neither a letter nor a digit stands before. */
function isBoundary(text: string, at: number): boolean {
  return at === 0 || !isWord(text.charCodeAt(at - 1));
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at += 1;
  return at;
}

function lettersEnd(text: string, from: number): number {
  let at = from;
  while (isLetter(text.charCodeAt(at))) at += 1;
  return at;
}

function base64UrlEnd(text: string, from: number): number {
  let at = from;
  while (isBase64Url(text.charCodeAt(at))) at += 1;
  return at;
}
