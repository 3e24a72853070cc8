import { apiKeyEnd, privateKeyEnd } from './api-keys.ts';
import { DASH, isBase64Url, isDigit, isLetter, isToken68, isWord, runEnd } from './chars.ts';
import {
  cookieAt,
  fixPasswordAt,
  identifiedBy,
  loginAt,
  optionAt,
  oraclePasswordAt,
  saidAt,
  saidOfDigits,
  urlPasswordAt,
} from './credentials-in-text.ts';
import { cardAt, digitsEnd, looseCardAt } from './find-card.ts';
import { ibanAt } from './iban.ts';
import { type NamedValue, namedValueAt } from './named-secrets.ts';
import type { Secret } from './secret.ts';
import { contentAt, fieldValueAt } from './tagged-secrets.ts';

/**
 * What may stand beside a secret. In text a number does not go on in letters or digits; in bytes that are read as text, the length or the tag
 * beside it may happen to be a letter's or a digit's byte.
 */
export type Around = 'words' | 'anything';

/** No secret is recognised in a shorter text: `pin=1`. */
const SECRET_CHARS_MIN = 5;

/**
 * Card numbers, IBANs, JWTs, bearer tokens, keys of known issuers, private keys, passwords in URLs and what stands beside the name of a secret, from left
 * to right. One pass, bounded at each place: the text is whatever strangers sent.
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
      const end = digitsEnd(text, at);
      const secret =
        (isLoose ? looseCardAt(text, at) : cardAt(text, at)) ??
        named(text, saidOfDigits(text, at, end), isLoose);
      if (secret) found.push(secret);
      at = secret?.end ?? end;
    } else if (isLetter(code)) {
      const begins = isLoose || isBoundary(text, at) || isSubfield(text, at);
      const isJwt = begins && at >= noJwtBefore && text.startsWith(JWT_START, at);
      const secret =
        (isJwt ? jwtAt(text, at) : undefined) ?? (begins ? wordSecretAt(text, at, isLoose) : undefined);
      if (isJwt && secret === undefined) noJwtBefore = base64UrlEnd(text, at);
      if (secret) found.push(secret);
      at = secret?.end ?? (isLoose ? at + 1 : runEnd(text, at, isLetter));
    } else {
      const secret = besideSign(text, at, code, isLoose);
      if (secret) found.push(secret);
      at = secret?.end ?? at + 1;
    }
  }
  return found;
}

function wordSecretAt(text: string, at: number, isLoose: boolean): Secret | undefined {
  const first = text[at];
  const bearer = first === 'b' || first === 'B' ? bearerAt(text, at) : undefined;
  if (bearer) return bearer;
  const basic = first === 'b' || first === 'B' ? basicAt(text, at) : undefined;
  if (basic) return basic;
  const said = wordedAt(text, at, first);
  if (said) return { ...said, canonical: text.slice(said.start, said.end) };
  const end = apiKeyEnd(text, at);
  if (end !== undefined) return { label: 'api-key', start: at, end, canonical: text.slice(at, end) };
  return ibanAt(text, first === 'I' && text.startsWith('IBAN', at) ? at + 4 : at, isLoose);
}

/** What words announce, `first` being the first letter of one. */
function wordedAt(text: string, at: number, first: string | undefined): NamedValue | undefined {
  const second = text[at + 1];
  if ((first === 'i' && second === 's') || (first === 'l' && second === 'a')) return saidAt(text, at);
  return (first === 'p' || first === 'P') && (second === 'a' || second === 'A')
    ? loginAt(text, at)
    : undefined;
}

/** What a sign announces: a value behind `=` or `:`, a URL's password, a field of HTML, an element's text, a private key. */
function besideSign(text: string, at: number, code: number, isLoose: boolean): Secret | undefined {
  switch (code) {
    case 0x22: // "
    case 0x27: // '
      return named(text, namedValueAt(text, at) ?? identifiedBy(text, at), isLoose);
    case 0x3d: // =
      return named(text, namedValueAt(text, at) ?? fixPasswordAt(text, at), isLoose);
    case 0x3a: // :
      return named(text, behindColon(text, at), isLoose);
    case 0x3c: // <
      return named(text, fieldValueAt(text, at), isLoose);
    case 0x3e: // >
      return named(text, contentAt(text, at), isLoose);
    case DASH: {
      const end = privateKeyEnd(text, at);
      if (end === undefined) return named(text, optionAt(text, at), isLoose);
      // Lines may be broken anywhere, and their ends spelt out.
      const canonical = text.slice(at, end).replaceAll(/\s|\\[nr]/g, '');
      return { label: 'private-key', start: at, end, canonical };
    }
    default:
      return undefined;
  }
}

function behindColon(text: string, at: number): NamedValue | undefined {
  return (
    urlPasswordAt(text, at) ?? cookieAt(text, at) ?? oraclePasswordAt(text, at) ?? namedValueAt(text, at)
  );
}

/** As what it is by itself, if it is a secret by itself: so it has one mask wherever it stands. */
function named(text: string, value: NamedValue | undefined, isLoose: boolean): Secret | undefined {
  if (value === undefined) return undefined;
  const { start, end } = value;
  const own = isDigit(text.charCodeAt(start))
    ? cardAt(text, start)
    : ((text.startsWith(JWT_START, start) ? jwtAt(text, start) : undefined) ??
      wordSecretAt(text, start, isLoose));
  return own && own.end >= end ? own : { ...value, canonical: text.slice(start, end) };
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
  const end = runEnd(text, from, isToken68);
  if (end - from < TOKEN_CHARS_MIN) return undefined;
  return { label: 'bearer', start: from, end, canonical: text.slice(from, end) };
}

const BASIC = 'basic ';
const BASIC_CHARS_MIN = 8;
const BASIC_CHARS_MAX = 1_024;

/** RFC 7617, section 2: base64 of `user:password` after the word; other words after it are prose. */
function basicAt(text: string, start: number): Secret | undefined {
  if (text.slice(start, start + BASIC.length).toLowerCase() !== BASIC) return undefined;
  const from = start + BASIC.length;
  const end = runEnd(text, from, isToken68, BASIC_CHARS_MAX);
  if (end - from < BASIC_CHARS_MIN) return undefined;
  const canonical = text.slice(from, end);
  return isUserAndPassword(canonical) ? { label: 'token', start: from, end, canonical } : undefined;
}

function isUserAndPassword(base64: string): boolean {
  try {
    const pair = atob(base64);
    // Text has no control characters, and of UTF-8's bytes none is 0xff.
    return pair.includes(':') && [...pair].every((character) => character >= ' ' && character !== '\u00ff');
  } catch {
    return false;
  }
}

/** MT940's field 86: subfields begin with `?31`. */
function isSubfield(text: string, at: number): boolean {
  return text[at - 3] === '?' && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at - 2));
}

/** Neither a letter nor a digit stands before. */
function isBoundary(text: string, at: number): boolean {
  return at === 0 || !isWord(text.charCodeAt(at - 1));
}

function base64UrlEnd(text: string, from: number): number {
  return runEnd(text, from, isBase64Url);
}
