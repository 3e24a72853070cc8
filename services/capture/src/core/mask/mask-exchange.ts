import { decodeHeader } from '@chronos/arbiter/core/compare/charset.ts';
import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { splitOutsideQuotes } from '@chronos/arbiter/core/compare/media-type.ts';
import {
  type Exchange,
  type Header,
  type HttpMessage,
  Transport,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { maskBody } from './mask-body.ts';
import { maskHeaders } from './mask-headers.ts';
import { maskOpaque } from './mask-protobuf.ts';
import { maskTarget } from './mask-target.ts';
import { Masker } from './masker.ts';
import { type Cursor, enterField, type Half } from './paths.ts';
import type { MaskRules } from './rules.ts';

/** Names of headers come from clients: what was masked is told of so many places. */
const NOTES_MAX = 32;

/**
 * Masks what is secret in an exchange, in place, before anything else sees it. Invariants:
 *
 * 1. A secret that is declared, or recognised while recognition is on, is not in the exchange any more, wherever it stood.
 * 2. Equal values have equal masks, different ones have different masks: what the arbiter finds equal was equal.
 * 3. What is not secret keeps its bytes; a body that was compressed is stored plain if something in it was masked.
 * 4. What cannot be read cannot be searched: it is replaced by its hash.
 */
export function maskExchange(exchange: Exchange, rules: MaskRules, codecs: Codecs): void {
  const masker = new Masker(rules);
  const method = rules.methods.get(exchange.path);
  if (exchange.transport === Transport.TCP) {
    maskConnection(exchange, masker);
  } else {
    const [request, response] = [
      secretsOf(exchange, 'request', rules),
      secretsOf(exchange, 'response', rules),
    ];
    const scope = { rules, masker, codecs };
    if (exchange.request)
      maskHalf(exchange.request, { ...scope, half: 'request', cursor: request, type: method?.input });
    if (exchange.response)
      maskHalf(exchange.response, { ...scope, half: 'response', cursor: response, type: method?.output });
    exchange.path = maskTarget(exchange.path, request, masker, 'request') ?? exchange.path;
  }
  exchange.clientRequestId =
    masker.within(exchange.clientRequestId, 'request.header.x-request-id') ?? exchange.clientRequestId;
  exchange.maskingVersion = rules.version;
  exchange.masking = masker.notes.slice(0, NOTES_MAX);
}

/** Root of what is declared secret in one half of this exchange. */
function secretsOf({ method, path }: Exchange, half: Half, rules: MaskRules): Cursor {
  const here = rules.tokens.filter((places) => places.half === half && places.matches(method, path));
  return here.length === 0 ? rules[half] : [...rules[half], ...here.flatMap(({ cursor }) => cursor)];
}

interface HalfScope {
  readonly half: Half;
  readonly cursor: Cursor;
  readonly type: Parameters<typeof maskBody>[1]['type'];
  readonly rules: MaskRules;
  readonly masker: Masker;
  readonly codecs: Codecs;
}

function maskHalf(message: HttpMessage, { half, cursor, type, rules, masker, codecs }: HalfScope): void {
  const body = maskBody(message, {
    cursor: enterField(cursor, 'body'),
    masker,
    place: `${half}.body`,
    records: rules.records,
    codecs,
    type,
  });
  const scope = { half, cursor, masker, claims: rules.claims };
  message.headers = maskHeaders(message.headers, { ...scope, kind: 'header' });
  message.trailers = maskHeaders(message.trailers, { ...scope, kind: 'trailer' });
  if (body?.is === 'dropped') {
    message.body = new Uint8Array();
    message.bodyTruncated = true;
  } else if (body !== undefined) {
    message.body = body.bytes;
    if (body.plain) message.headers = message.headers.filter(({ name }) => name !== 'content-encoding');
    if (body.utf8) message.headers = message.headers.map(saidToBeUtf8);
  }
}

/** Of the content type all but its charset stays. */
function saidToBeUtf8(header: Header): Header {
  if (header.name !== 'content-type') return header;
  const parts = splitOutsideQuotes(decodeHeader(header.value), ';').filter(
    (part) => !/^\s*charset\s*=/i.test(part),
  );
  return { ...header, value: utf8.encode(`${parts.join(';')}; charset=utf-8`) };
}

const utf8 = new TextEncoder();

/** Of a raw connection nothing is known but its bytes. */
function maskConnection(exchange: Exchange, masker: Masker): void {
  for (const half of ['request', 'response'] as const) {
    const message = exchange[half];
    if (message === undefined) continue;
    message.body = maskOpaque(message.body, { masker, place: `${half}.body` }) ?? message.body;
  }
}
