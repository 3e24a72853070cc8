import { decodeHeader } from '@chronos/arbiter/core/compare/charset.ts';
import type { Header } from '@chronos/proto/events/v1/exchange_pb.js';
import { fromBinaryText, toBinaryText } from './binary.ts';
import { decoded } from './mask-form.ts';
import { maskOpaque } from './mask-protobuf.ts';
import { maskTarget } from './mask-target.ts';
import { maskToken } from './mask-token.ts';
import type { Masker } from './masker.ts';
import { type Cursor, enterField, type Half, isSecret, NOWHERE } from './paths.ts';
import { secretName } from './secret-names.ts';

export interface HeaderScope {
  readonly half: Half;
  readonly kind: 'header' | 'trailer';
  /** Root of the half's declared paths. */
  readonly cursor: Cursor;
  readonly masker: Masker;
  /** Claims of bearer tokens that segments are told by; the others are nobody's business. */
  readonly claims: ReadonlySet<string>;
}

/** Written by the proxy and by tracing, never by what a client or a service holds. */
const OUR_OWN: ReadonlySet<string> = new Set([
  ...[':method', ':scheme', ':status', 'content-length', 'date', 'traceparent', 'tracestate'],
  ...['x-chronos-request-id', 'x-chronos-route', 'x-chronos-copy', 'x-envoy-attempt-count'],
]);

/** Capture has taken the proof out of them already (credentials.ts): what is left sorts the evidence. */
const AUTHORIZATIONS: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization']);

const URLS: ReadonlySet<string> = new Set([
  ':path',
  'location',
  'content-location',
  'referer',
  'refresh',
  'x-envoy-original-path',
]);

/** The headers (or trailers) with their secrets masked; the same array when there are none. */
export function maskHeaders(headers: Header[], scope: HeaderScope): Header[] {
  let isMasked = false;
  const all = headers.map((header) => {
    const value = OUR_OWN.has(header.name) ? undefined : maskedValue(header, scope);
    if (value === undefined) return header;
    isMasked = true;
    return { ...header, value: encoder.encode(value) };
  });
  return isMasked ? all : headers;
}

function maskedValue({ name, value: bytes }: Header, scope: HeaderScope): string | undefined {
  const { half, kind, masker, cursor } = scope;
  const value = decodeHeader(bytes);
  const place = `${half}.${kind}.${name}`;
  const below = enterField(enterField(cursor, kind), name);
  if (name === 'set-cookie') return maskSetCookie(value, below, masker, place);
  if (half === 'request' && AUTHORIZATIONS.has(name)) {
    return masker.recognise ? maskToken(value, scope.claims, masker, place) : undefined;
  }
  if (name === ':path') return maskTarget(value, cursor, masker, half);
  // Credentials are never passed on, whatever the migration says.
  const reason = isSecret(below) ? masker.reasonOf(name, true, undefined) : credentialName(name);
  if (reason !== undefined) return masker.text(value, reason, place);
  if (name === 'grpc-message') return maskPercentEncoded(value, masker, place);
  if (name.endsWith('-bin')) return maskBinary(value, masker, place);
  if (URLS.has(name)) return maskTarget(value, NOWHERE, masker, place);
  return masker.within(value, place);
}

/** gRPC's status message: UTF-8, percent-encoded. */
function maskPercentEncoded(value: string, masker: Masker, place: string): string | undefined {
  return masker.within(decoded(value), place)?.replaceAll('%', '%25');
}

/** gRPC's binary metadata: base64, with or without padding (`grpc-status-details-bin`). What is not, is a text. */
function maskBinary(value: string, masker: Masker, place: string): string | undefined {
  try {
    const masked = maskOpaque(fromBinaryText(atob(value)), { masker, place });
    return masked && btoa(toBinaryText(masked));
  } catch {
    return masker.within(value, place);
  }
}

/** `authorization` in an answer, `x-api-key`, `x-auth-token`, `x-csrf-token` … */
function credentialName(name: string): string | undefined {
  return AUTHORIZATIONS.has(name) ? 'authorization' : secretName(name);
}

/** The value alone: name and attributes say what a client does with it, and are compared. An empty one deletes the cookie. */
function maskSetCookie(header: string, cursor: Cursor, masker: Masker, place: string): string | undefined {
  const semicolon = header.indexOf(';');
  const pair = semicolon < 0 ? header : header.slice(0, semicolon);
  const equals = pair.indexOf('=');
  const value = (equals < 0 ? pair : pair.slice(equals + 1)).trim();
  const masked = masker.text(value, isSecret(cursor) ? 'value' : 'cookie', place);
  if (masked === undefined) return undefined;
  return `${equals < 0 ? '' : `${pair.slice(0, equals)}=`}${masked}${semicolon < 0 ? '' : header.slice(semicolon)}`;
}

const encoder = new TextEncoder();
