import type { Value } from '../../compare/value.ts';
import { readBytes } from '../value/bytes.ts';

/** What a text of a public notation says, member by member. */
export type Members = ReadonlyMap<string, Value>;

const COOKIE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,128})=([^;\s]*)((?:;[^;]+)+);?$/;
const ATTRIBUTES = new Set([
  'expires',
  'max-age',
  'domain',
  'path',
  'secure',
  'httponly',
  'samesite',
  'partitioned',
]);

/** A Set-Cookie header (RFC 6265): names of attributes have no case and no order, of two alike the last one counts. */
export function readCookie(text: string): Members | undefined {
  const [, name = '', value = '', rest = ''] = COOKIE.exec(text) ?? [];
  if (name === '') return undefined;
  const attributes = new Map<string, Value>();
  for (const part of rest.split(';').slice(1)) {
    const [, key = '', told] = /^\s*([^=\s]+)\s*(?:=\s*(.*?))?\s*$/.exec(part) ?? [];
    const attribute = key.toLowerCase();
    if (!ATTRIBUTES.has(attribute)) return undefined;
    attributes.set(attribute, told === undefined ? true : attributeOf(attribute, told));
  }
  return new Map<string, Value>([['cookie', name], ['value', value], ...attributes]);
}

function attributeOf(name: string, value: string): string {
  if (name === 'samesite') return value.toLowerCase();
  return name === 'domain' ? value.toLowerCase().replace(/^\./, '') : value;
}

const SOURCES =
  /^(?:(?:default|script|style|img|font|connect|media|object|frame|child|worker|manifest|prefetch)-src(?:-elem|-attr)?|base-uri|form-action|frame-ancestors|navigate-to|sandbox|upgrade-insecure-requests|block-all-mixed-content|report-uri|report-to|require-trusted-types-for|trusted-types)$/;

/** A Content-Security-Policy: directives in any order, each a set of sources (CSP level 3, 2.2.1: of two alike the first one counts). */
export function readPolicy(text: string): Members | undefined {
  const directives = new Map<string, Value>();
  for (const part of text.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    const directive = name.toLowerCase();
    if (directive === '') continue;
    if (!SOURCES.test(directive)) return undefined;
    if (directives.has(directive)) continue;
    const nonces = sources.filter((source) => source.startsWith("'nonce-"));
    const others = sources.filter((source) => !source.startsWith("'nonce-"));
    // A nonce is made anew; only one can be told from the others.
    if (nonces.length > 1) return undefined;
    directives.set(directive, [...new Set(others)].sort());
    if (nonces[0] !== undefined) directives.set(`${directive} nonce`, bytesOf(nonces[0].slice(7, -1)));
  }
  return directives.size < 2 ? undefined : directives;
}

/** The bytes of a nonce in base64, as hexadecimal digits or as the digits that they spell. */
function bytesOf(nonce: string): string {
  const [bytes] = readBytes(nonce).filter(({ hex }) => hex.length >= 12);
  if (bytes === undefined) return nonce;
  const text = bytes.hex.replaceAll(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return /^[0-9a-f]+$/i.test(text) ? text : bytes.hex;
}

const TRANSPORT = /^max-age=[0-9]+$|^includesubdomains$|^preload$/i;
const CACHING =
  /^(?:(?:s-)?max-age|max-stale|min-fresh|stale-while-revalidate|stale-if-error)=[0-9]+$|^(?:no-cache|no-store|no-transform|must-revalidate|proxy-revalidate|must-understand|private|public|immutable|only-if-cached)$/i;

/** Strict-Transport-Security (RFC 6797) and Cache-Control (RFC 9111): directives in any order, whose names have no case. */
export function readDirectives(text: string): Members | undefined {
  for (const [delimiter, known] of [
    [';', TRANSPORT],
    [',', CACHING],
  ] as const) {
    const parts = text.split(delimiter).map((part) => part.trim().toLowerCase());
    if (parts.length < 2 || !parts.every((part) => known.test(part))) continue;
    const pairs = parts.map((part) => part.split('='));
    if (new Set(pairs.map(([name]) => name)).size < pairs.length) return undefined;
    return new Map(pairs.map(([name = '', value]) => [name, value ?? true]));
  }
  return undefined;
}
