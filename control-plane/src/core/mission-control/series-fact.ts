import { type Exchange, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { factOf, type VerdictFact } from '../evidence/verdict-fact.ts';

/** What one verdict adds to the figures of its second. */
export interface SeriesFact {
  readonly endedAtMs: number;
  readonly outcome: VerdictFact['outcome'];
  /** A mismatch that only waits for an answer. */
  readonly asked: boolean;
  readonly answeredByModern: boolean;
  /** Absent where that universe was not seen to get the request. */
  readonly legacy: SideFact | undefined;
  readonly modern: SideFact | undefined;
}

export interface SideFact {
  /** No answer, or status 500 and above. */
  readonly failed: boolean;
  /** Until the answer's end; absent without an answer. */
  readonly ms: number | undefined;
}

export function seriesFactOf(verdict: Verdict): SeriesFact {
  const fact = factOf(verdict);
  return {
    endedAtMs: fact.endedAtMs,
    outcome: fact.outcome,
    asked: verdict.asked,
    answeredByModern: fact.answeredByModern,
    legacy: sideOf(verdict.legacy, fact.legacyStatus, fact.legacyMs),
    modern: sideOf(verdict.modern, fact.modernStatus, fact.modernMs),
  };
}

function sideOf(
  exchange: Exchange | undefined,
  status: number,
  ms: number | undefined,
): SideFact | undefined {
  if (exchange === undefined) return undefined;
  // A connection has no status: it failed if its universe never said anything.
  const isConnection = exchange.transport === Transport.TCP;
  const unanswered = isConnection ? exchange.response === undefined : status === 0;
  return { failed: unanswered || status >= 500, ms: unanswered ? undefined : ms };
}
