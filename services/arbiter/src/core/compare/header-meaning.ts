import { mediaTypeMeaning, splitOutsideQuotes, unquote } from './media-type.ts';

/**
 * Response headers on which a client acts, and how each is read. Others are the hop's (Connection, Transfer-Encoding, Content-Length, Via,
 * x-envoy-*), the moment's (Date, Age) or the implementation's (Server): a migration changes them and nobody notices.
 */
const MEANINGS: Readonly<Record<string, (text: string) => string>> = {
  'accept-ranges': tokenSet,
  'access-control-allow-credentials': trimmed,
  'access-control-allow-headers': tokenSet,
  'access-control-allow-methods': caseSensitiveSet,
  'access-control-allow-origin': trimmed,
  'access-control-expose-headers': tokenSet,
  'access-control-max-age': trimmed,
  allow: caseSensitiveSet,
  'cache-control': directiveSet,
  'clear-site-data': caseSensitiveSet,
  'content-digest': trimmed,
  'content-disposition': parameterized,
  'content-language': tokenSet,
  'content-location': trimmed,
  'content-md5': trimmed,
  'content-range': trimmed,
  'content-security-policy': trimmed,
  'content-type': mediaTypeMeaning,
  'cross-origin-embedder-policy': trimmed,
  'cross-origin-opener-policy': trimmed,
  'cross-origin-resource-policy': trimmed,
  digest: trimmed,
  etag: trimmed,
  expires: trimmed,
  'last-modified': trimmed,
  link: listInOrder,
  location: trimmed,
  'permissions-policy': trimmed,
  pragma: tokenSet,
  'proxy-authenticate': listInOrder,
  'referrer-policy': tokenList,
  refresh: trimmed,
  'repr-digest': trimmed,
  'retry-after': trimmed,
  'strict-transport-security': trimmed,
  vary: tokenSet,
  'www-authenticate': listInOrder,
  'x-content-type-options': trimmed,
  'x-frame-options': trimmed,
  'x-robots-tag': tokenSet,
  // How much more there is, and where: not standardised, and what many clients page by.
  ...Object.fromEntries(
    ['count', 'has-more', 'limit', 'next-cursor', 'next-page', 'offset', 'page', 'page-count', 'page-size']
      .concat(['pagination', 'per-page', 'prev-page', 'total', 'total-count', 'total-pages'])
      .map((name) => [`x-${name}`, trimmed]),
  ),
};

/** Compared besides {@link isCompared} by attribute; see set-cookie.ts. */
export const SET_COOKIE = 'set-cookie';

/** Whether a client acts on it. */
export function isCompared(name: string): boolean {
  return name === SET_COOKIE || Object.hasOwn(MEANINGS, name);
}

/** A text that two values of this header share exactly when they tell a client the same. Declared headers are compared as they stand. */
export function headerMeaning(name: string, text: string): string {
  return Object.hasOwn(MEANINGS, name) ? (MEANINGS[name]?.(text) ?? text) : trimmed(text);
}

function trimmed(text: string): string {
  return text.trim();
}

function elements(text: string): string[] {
  return splitOutsideQuotes(text, ',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

function listInOrder(text: string): string {
  return elements(text).join(', ');
}

/** The last one that a browser knows is the one it takes. */
function tokenList(text: string): string {
  return listInOrder(text.toLowerCase());
}

function caseSensitiveSet(text: string): string {
  return [...new Set(elements(text))].sort().join(', ');
}

function tokenSet(text: string): string {
  return caseSensitiveSet(text.toLowerCase());
}

/**
 * Cache-Control: a set; names in any case, a quoted value the same as a plain one (RFC 9111, section 5.2). Of a directive that is given twice with different
 * values the first counts (section 4.2.1), so their order stays.
 */
function directiveSet(text: string): string {
  const byName = new Map<string, Set<string>>();
  for (const each of elements(text).map(directive)) {
    const name = each.split('=', 1)[0] ?? '';
    byName.set(name, (byName.get(name) ?? new Set()).add(each));
  }
  return [...byName.values()]
    .map((values) => [...values].join(' then '))
    .sort()
    .join(', ');
}

/** Content-Disposition: the first word, then a set of parameters (RFC 6266). */
function parameterized(text: string): string {
  const [type = '', ...parameters] = splitOutsideQuotes(text, ';').map((part) => part.trim());
  return [
    type.toLowerCase(),
    ...parameters
      .filter((part) => part !== '')
      .map(directive)
      .sort(),
  ].join('; ');
}

function directive(text: string): string {
  const equals = text.indexOf('=');
  if (equals < 0) return text.toLowerCase();
  return `${text.slice(0, equals).trim().toLowerCase()}=${unquote(text.slice(equals + 1).trim())}`;
}
