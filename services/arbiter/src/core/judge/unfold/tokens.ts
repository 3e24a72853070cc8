import { isObject, NumberText, type Value } from '../../compare/value.ts';
import { readUrl } from '../value/url.ts';
import { jsonIn, withSets } from '../value/web-tokens.ts';
import type { Members } from './headers.ts';

/** A JSON Web Token (RFC 7519): header, claims and signature. */
export function readWebToken(text: string): Members | undefined {
  const [, head = '', body = '', signature = ''] =
    /^(?:Bearer )?(eyJ[A-Za-z0-9_-]{2,2048})\.(eyJ[A-Za-z0-9_-]{2,8192})\.([A-Za-z0-9_-]{16,1024})$/.exec(
      text,
    ) ?? [];
  const [header, claims] = [head, body].map(jsonIn);
  if (!isMembers(header) || !isMembers(claims)) return undefined;
  return new Map<string, Value>([
    ['header', header],
    ['claims', withSets(claims)],
    ['signature', signature],
  ]);
}

/** What a password is kept as: the scheme with its cost, and salt and hash, which are new each time. */
export function readPasswordHash(text: string): Members | undefined {
  const [, letter = '', cost = '', rest = ''] =
    /^\$2([abxy])\$([0-9]{2})\$([./A-Za-z0-9]{53})$/.exec(text) ?? [];
  if (rest !== '') {
    // Today's bcrypt writes 2a, 2b or 2y for the same hash; 2x is the one with the fault in its letters.
    const scheme = letter === 'x' ? 'bcrypt 2x' : 'bcrypt';
    return new Map<string, Value>([
      ['scheme', scheme],
      ['cost', count(cost)],
      ['hash', rest.replaceAll('.', '-').replaceAll('/', '_')],
    ]);
  }
  const phc =
    /^\$(argon2(?:id|i|d))\$v=([0-9]+)\$m=([0-9]+),t=([0-9]+),p=([0-9]+)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,172})$/.exec(
      text,
    );
  if (phc !== null) {
    const [, scheme = '', version = '', memory = '', passes = '', lanes = '', salt = '', hash = ''] = phc;
    return new Map<string, Value>([
      ['scheme', scheme],
      ['version', count(version)],
      ['memory', count(memory)],
      ['passes', count(passes)],
      ['lanes', count(lanes)],
      ['salt', salt],
      ['hash', hash],
    ]);
  }
  const [, kind = '', rounds = '', salt = '', hash = ''] =
    /^(pbkdf2_sha(?:1|256|512))\$([0-9]{1,9})\$([A-Za-z0-9]{8,64})\$([A-Za-z0-9+/]{20,128}={0,2})$/.exec(
      text,
    ) ?? [];
  if (kind === '') return undefined;
  return new Map<string, Value>([
    ['scheme', kind],
    ['rounds', count(rounds)],
    ['salt', salt],
    ['hash', hash.replace(/=+$/, '')],
  ]);
}

/** An object of JSON in base64 (a cursor of pages, a state). */
export function readEncodedObject(text: string): Members | undefined {
  const value = /^eyJ[A-Za-z0-9+/_-]{4,4096}={0,2}$/.test(text) ? jsonIn(text) : undefined;
  return isMembers(value) ? value : undefined;
}

/** A link with parameters, of which some are new each time (a signature, when it ends). */
export function readLink(text: string): Members | undefined {
  const url = text.startsWith('http') ? readUrl(text) : undefined;
  if (url === undefined || url.query === '') return undefined;
  const pairs = url.query
    .split('&')
    .map((part) => [part.split('=', 1)[0] ?? '', part.slice(part.indexOf('=') + 1)] as const);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length || pairs.length > 16) return undefined;
  const address = `${url.scheme}://${url.user}@${url.host}${url.path}#${url.fragment}`;
  return new Map<string, Value>([
    ['address', address],
    ['parameters', new Map(pairs)],
  ]);
}

function isMembers(value: Value | undefined): value is Members {
  return value !== undefined && isObject(value) && value.size > 0;
}

function count(digits: string): NumberText {
  return new NumberText(String(Number(digits)));
}
