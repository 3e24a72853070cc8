import { type Exchange, Outcome, Role, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { grpcCode, statusSource } from '../compare/grpc-status.ts';
import { readResponse } from '../compare/response.ts';

/** Exchanges kept of one request; Envoy's retries are far fewer, and a flood of forged attempts stays bounded. */
export const EXCHANGES_MAX = 8;

/** One request's exchanges, each role, universe and attempt once. Immutable. */
export type Exchanges = readonly Exchange[];

/** With `next` added. Of duplicates the complete one is kept, so that the order of arrival decides nothing. */
export function withExchange(exchanges: Exchanges, next: Exchange): Exchanges {
  const at = exchanges.findIndex((e) => sameSlot(e, next));
  const before = exchanges[at];
  if (before) {
    if (isComplete(before) || !isComplete(next)) return exchanges;
    return exchanges.with(at, next);
  }
  return exchanges.length >= EXCHANGES_MAX ? exchanges : [...exchanges, next];
}

export function isComplete(exchange: Exchange | undefined): boolean {
  return exchange?.outcome === Outcome.COMPLETE;
}

/** Attempts on the way to the client, in their order. */
export function authority(exchanges: Exchanges): Exchange[] {
  return exchanges.filter((e) => e.role === Role.AUTHORITY).sort((a, b) => a.attempt - b.attempt);
}

export function shadow(exchanges: Exchanges): Exchange | undefined {
  return exchanges.find((e) => e.role === Role.SHADOW);
}

/** What legacy answered when it was asked a second time. */
export function secondOf(exchanges: Exchanges): Exchange | undefined {
  return exchanges.find((e) => e.role === Role.SECOND && isComplete(e));
}

/** The proxy sent it to legacy's second run, too, and nothing is known of that yet. */
export function secondIsOwed(exchanges: Exchanges): boolean {
  if (exchanges.some((e) => e.role === Role.SECOND)) return false;
  return exchanges.some((e) => e.request?.headers.some(({ name }) => name === SECOND_HEADER) ?? false);
}

/** Set by the proxy alone, on the request and its copies. */
const SECOND_HEADER = 'x-chronos-second';

/**
 * The exchange that speaks for a universe: its copy when it was the shadow, else its last attempt. When both are there (legacy's copy and
 * the failover to legacy) the copy is preferred, since it saw the request at the same moment as modern did; an answer before none.
 */
export function sideOf(exchanges: Exchanges, universe: Universe): Exchange | undefined {
  const copy = exchanges.find((e) => e.role === Role.SHADOW && e.universe === universe);
  const attempt = authority(exchanges).findLast((e) => e.universe === universe);
  return isComplete(copy) || !isComplete(attempt) ? (copy ?? attempt) : attempt;
}

/** Whose answer the client got: the last attempt that completed, else the last one seen, whose failure the client saw. */
export function answeredBy(exchanges: Exchanges): Universe {
  const attempts = authority(exchanges);
  return (attempts.findLast(isComplete) ?? attempts.at(-1))?.universe ?? Universe.UNSPECIFIED;
}

/** gRPC statuses that a retry policy may take as a failure of the attempt: CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, INTERNAL, UNAVAILABLE. */
const RETRIABLE_GRPC: ReadonlySet<number> = new Set([1, 2, 4, 8, 13, 14]);

/** Whether Envoy may have tried again after this attempt, so that a later one may still arrive. */
export function mayBeRetried(attempt: Exchange): boolean {
  if (!isComplete(attempt)) return true;
  const { status, headers, trailers } = readResponse(attempt.response);
  if (status < 100 || status >= 500) return true;
  const code = grpcCode(statusSource(headers, trailers));
  return code !== undefined && RETRIABLE_GRPC.has(code);
}

function sameSlot(a: Exchange, b: Exchange): boolean {
  return a.role === b.role && a.universe === b.universe && a.attempt === b.attempt;
}
