import { durationMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { type Exchange, Role, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Span } from './in-flight.ts';
import { UNIVERSES } from './transaction.ts';

/** A request that is kept in case that the client asks the same again. */
export interface Alike {
  readonly requestId: string;
  readonly legacy: Exchange | undefined;
  readonly modern: Exchange | undefined;
  /** Nothing more of it can come. */
  readonly isEnded: boolean;
}

interface Kept extends Alike {
  readonly print: string;
  readonly bytes: number;
  /** When the client's own was begun with; its copy was sent no sooner. */
  readonly begunMs: number;
}

const KEPT_MAX = 20_000;
const BYTES_MAX = 32 << 20;
/** A longer request has no print: to keep it would push out too many others. */
const BODY_MAX = 64 << 10;
/** Of one print the newest: what everybody sends all the time must not cost more with each. */
const SAME_MAX = 16;
/** Of a client that asks more often than that at once nothing is explained. */
export const ALIKE_MAX = 6;

/**
 * Requests that are the same to a service: what a client sent, and sent again while a universe was still at work on it. Which of them the service saw
 * first only the network decides. Bounded: of what is forgotten, nothing is explained.
 */
export class AlikeRequests {
  readonly #requests = new Map<string, Kept>();
  readonly #byPrint = new Map<string, Set<string>>();
  readonly #max: number;
  #bytes = 0;
  /** Prints of which several requests are kept. */
  #shared = 0;

  constructor(max = KEPT_MAX) {
    this.#max = max;
  }

  /** A half of a request; the client's own tells what it asked. */
  saw(exchange: Exchange): void {
    const { requestId, role } = exchange;
    const print = role === Role.AUTHORITY ? printOf(exchange) : undefined;
    if (print === undefined || this.#requests.has(requestId)) return;
    this.#add({
      requestId,
      print,
      legacy: undefined,
      modern: undefined,
      isEnded: false,
      bytes: print.length,
      begunMs: spanOf(exchange)?.fromMs ?? Number.NEGATIVE_INFINITY,
    });
  }

  ended(requestId: string, legacy: Exchange | undefined, modern: Exchange | undefined): void {
    const known = this.#requests.get(requestId);
    if (known === undefined) return;
    this.#remove(known);
    const bytes = [legacy, modern].reduce((sum, each) => sum + sizeOf(each), known.print.length);
    this.#add({ ...known, legacy, modern, isEnded: true, bytes });
  }

  /**
   * All that were the same to the service and under way together, in one universe at least, itself among them; and those of which that is not known
   * yet. A single one: nothing is like it, or too many are.
   */
  of(requestId: string): readonly Alike[] {
    const own = this.#requests.get(requestId);
    const same = own && this.#byPrint.get(own.print);
    if (own === undefined || same === undefined || same.size === 1) return own === undefined ? [] : [own];
    const rest = new Set([...same].flatMap((id) => this.#requests.get(id) ?? []));
    rest.delete(own);
    const found: Kept[] = [own];
    for (const one of found) {
      for (const other of rest) {
        if (!mayOverlap(one, other)) continue;
        rest.delete(other);
        found.push(other);
      }
      if (found.length > ALIKE_MAX) return [own];
    }
    return found;
  }

  /** Some are the same. */
  get isUsed(): boolean {
    return this.#shared > 0;
  }

  /** The name under which what they did is known: one and the same for all of them. */
  deedOf(requestId: string): string {
    const own = this.#requests.get(requestId);
    if (own === undefined || !own.isEnded || this.#byPrint.get(own.print)?.size === 1) return requestId;
    const all = this.of(requestId);
    if (all.some(({ isEnded }) => !isEnded)) return requestId;
    return all.map((each) => each.requestId).toSorted()[0] ?? requestId;
  }

  #add(kept: Kept): void {
    this.#requests.set(kept.requestId, kept);
    this.#bytes += kept.bytes;
    const same = this.#byPrint.get(kept.print);
    if (same === undefined) this.#byPrint.set(kept.print, new Set([kept.requestId]));
    else if (same.add(kept.requestId).size === 2) this.#shared += 1;
    const [first = ''] = same ?? [];
    const surplus = (same?.size ?? 0) > SAME_MAX ? this.#requests.get(first) : undefined;
    if (surplus !== undefined) this.#remove(surplus);
    while (this.#requests.size > this.#max || this.#bytes > BYTES_MAX) {
      const oldest = this.#requests.values().next();
      if (oldest.done) return;
      this.#remove(oldest.value);
    }
  }

  #remove({ requestId, print, bytes }: Kept): void {
    this.#requests.delete(requestId);
    this.#bytes -= bytes;
    const same = this.#byPrint.get(print);
    same?.delete(requestId);
    if (same?.size === 1) this.#shared -= 1;
    if (same?.size === 0) this.#byPrint.delete(print);
  }
}

/** Of one that has not ended only its beginning is known. */
function mayOverlap(one: Kept, other: Kept): boolean {
  if (one.isEnded && other.isEnded) return overlap(one, other);
  const isOver = (each: Kept, later: Kept) =>
    each.isEnded && UNIVERSES.every((universe) => (spanOf(each[universe])?.toMs ?? 0) < later.begunMs);
  return !isOver(one, other) && !isOver(other, one);
}

function overlap(one: Alike, other: Alike): boolean {
  return UNIVERSES.some((universe) => {
    const [a, b] = [spanOf(one[universe]), spanOf(other[universe])];
    return a !== undefined && b !== undefined && a.fromMs <= b.toMs && b.fromMs <= a.toMs;
  });
}

/** When a universe was asked, as capture saw it. */
export function spanOf(exchange: Exchange | undefined): Span | undefined {
  if (exchange?.startedAt === undefined) return undefined;
  const startMs = timestampMs(exchange.startedAt);
  const begunMs = exchange.begunAt === undefined ? startMs : timestampMs(exchange.begunAt);
  const lastedMs = exchange.duration === undefined ? 0 : durationMs(exchange.duration);
  return { fromMs: Math.min(begunMs, startMs), toMs: startMs + lastedMs };
}

/** Headers in which two sendings of one request differ: they name the sending, trace it, or belong to the way. */
const OF_THE_SENDING: ReadonlySet<string> = new Set([
  ...['traceparent', 'tracestate', 'baggage', 'b3', 'uber-trace-id', 'sentry-trace', 'x-cloud-trace-context'],
  ...['x-amzn-trace-id', 'x-request-id', 'x-correlation-id', 'request-id', 'x-client-trace-id', 'date'],
  ...['connection', 'keep-alive', 'x-forwarded-port'],
]);
const OF_THE_PROXY = /^x-(?:chronos|envoy|b3|datadog)-/;

/** RFC 9110, section 9.2.1: what changes nothing has no order of its own; what it reads is explained by the rows. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** The same for two requests only if no service can tell them apart by what they say; undefined: not all of it is known, or it changes nothing. */
function printOf({ migration, group, method, path, transport, request }: Exchange): string | undefined {
  if (transport === Transport.TCP || SAFE.has(method) || request === undefined) return undefined;
  if (request.bodyTruncated || request.body.length > BODY_MAX) return undefined;
  const headers = [...request.headers, ...request.trailers]
    .filter(({ name }) => !OF_THE_SENDING.has(name) && !OF_THE_PROXY.test(name))
    .map(({ name, value }) => [name, latin1(value)]);
  return JSON.stringify([migration, group, method, path, headers, latin1(request.body)]);
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function sizeOf(exchange: Exchange | undefined): number {
  let bytes = 512;
  for (const message of [exchange?.request, exchange?.response]) {
    if (message === undefined) continue;
    bytes += message.body.length;
    for (const { name, value } of message.headers) bytes += name.length + value.length + 64;
  }
  return bytes;
}
