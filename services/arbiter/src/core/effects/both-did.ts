import { type Exchange, Outcome } from '@chronos/proto/events/v1/exchange_pb.js';
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import type { Universes } from './state-window.ts';
import type { UniverseName } from './transaction.ts';

/** What is known of a request of which the answers could not be held against each other. */
export interface Doings {
  readonly requestId: string;
  readonly legacy: Exchange | undefined;
  readonly modern: Exchange | undefined;
}

/**
 * Whether both universes are known to have done the request, so that what differs between their databases is a finding although the answers say
 * nothing. Both answered, or of each:
 *
 * - it answered, and what it did is said by its services: all its transactions are told to be the request's (tagged, or by its trace), or it
 *   committed none in a universe that tags;
 * - it was cut off (a client that leaves, a deadline), but committed transactions that are told to be the request's. Of legacy at least as many as
 *   modern: with fewer it may have been stopped in between, which is not modern's fault. A modern that was stopped in between has booked a part.
 *
 * What was only inferred proves nothing here: with a side that did not end its work, another one's transaction on the same rows may have been taken for its own.
 */
export function bothDid({ requestId, legacy, modern }: Doings, universes: Universes): boolean {
  const answered = { legacy: isAnswered(legacy), modern: isAnswered(modern) };
  if (answered.legacy && answered.modern) return true;
  const told = (universe: UniverseName): number | undefined => {
    const own = universes[universe].of(requestId).filter(({ changes }) => changes.length > 0);
    return own.some(({ attribution }) => attribution === Attribution.INFERRED) ? undefined : own.length;
  };
  const commits = { legacy: told('legacy'), modern: told('modern') };
  const did = (universe: UniverseName, cutOffMin: number): boolean => {
    const own = commits[universe];
    if (own === undefined) return false;
    return answered[universe] ? own > 0 || universes[universe].tags : own >= cutOffMin;
  };
  return did('modern', 1) && did('legacy', Math.max(1, commits.modern ?? 0));
}

function isAnswered(exchange: Exchange | undefined): boolean {
  return exchange?.outcome === Outcome.COMPLETE;
}
