import { durationMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { type Exchange, Role } from '@chronos/proto/events/v1/exchange_pb.js';
import { isComplete } from '../join/sides.ts';
import { clientStatus } from '../verdict/client-status.ts';
import type { Span } from './in-flight.ts';

/** What is known of a request once nothing more of it can come. */
export interface Ended {
  readonly requestId: string;
  readonly migration: string;
  readonly legacy: Exchange | undefined;
  readonly modern: Exchange | undefined;
  /** Why the answers could not be compared; empty: they were. */
  readonly lostReason: string;
}

/** A request that modern has answered and legacy, as far as is known, never did. */
export interface LackedRequest {
  readonly migration: string;
  /** When it was under way. */
  readonly flight: Span;
  /** Legacy answered an error of its own: that alone may be its refusal of what modern should have refused, too. */
  readonly refused: boolean;
}

/** Legacy did not answer, or was not known to be asked. */
const UNDONE: ReadonlySet<string> = new Set([
  'shadow-no-response',
  'legacy-no-answer',
  'shadow-not-captured',
]);
const SERVER_ERROR = 500;
const NOTED_MAX = 50_000;
/** How long the window keeps what such requests did, beyond what it keeps anyway: until they are repaired, in all but long outages. */
const KEPT_MS = 10 * 60_000;

/** undefined: legacy did it, or it is modern that has not answered. */
export function lackedOf({ migration, legacy, modern, lostReason }: Ended): LackedRequest | undefined {
  if (modern === undefined || !isComplete(modern) || clientStatus(modern) >= SERVER_ERROR) return undefined;
  const flight = wholeOf([legacy, modern]);
  if (flight === undefined) return undefined;
  const refused = isComplete(legacy) && clientStatus(legacy) >= SERVER_ERROR;
  const isUndone = legacy?.notSent || UNDONE.has(lostReason);
  if (isComplete(legacy) ? !refused : !isUndone) return undefined;
  // Of what legacy itself answered a client, it was asked.
  if (legacy === undefined && modern.role !== Role.AUTHORITY) return undefined;
  return { migration, flight, refused };
}

function wholeOf(exchanges: readonly (Exchange | undefined)[]): Span | undefined {
  const spans = exchanges.flatMap((exchange) => {
    if (exchange?.startedAt === undefined) return [];
    const fromMs = timestampMs(exchange.startedAt);
    return [{ fromMs, toMs: fromMs + (exchange.duration === undefined ? 0 : durationMs(exchange.duration)) }];
  });
  if (spans.length === 0) return undefined;
  return {
    fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...spans.map(({ toMs }) => toMs)),
  };
}

/**
 * Requests that legacy lacks through no fault of modern's, until a repair carries them over: what modern's database has of them is no difference of
 * modern's. Bounded: of what is forgotten nothing is explained.
 */
export class LackedRequests {
  readonly #requests = new Map<string, LackedRequest>();
  readonly #max: number;

  constructor(max = NOTED_MAX) {
    this.#max = max;
  }

  note(ended: Ended): void {
    const lacked = lackedOf(ended);
    if (lacked === undefined) return;
    this.#requests.set(ended.requestId, lacked);
    if (this.#requests.size <= this.#max) return;
    const oldest = this.#requests.keys().next();
    if (!oldest.done) this.#requests.delete(oldest.value);
  }

  /** Some are known. */
  get isUsed(): boolean {
    return this.#requests.size > 0;
  }

  get(requestId: string): LackedRequest | undefined {
    return this.#requests.get(requestId);
  }

  /** Forgets those that have not been carried over for long; returns since when the changes of a migration are still needed. */
  forget(migration: string, beforeMs: number): number {
    let neededMs = beforeMs;
    for (const [requestId, { migration: own, flight }] of this.#requests) {
      if (own !== migration) continue;
      if (flight.fromMs < beforeMs - KEPT_MS) this.#requests.delete(requestId);
      else neededMs = Math.min(neededMs, flight.fromMs);
    }
    return neededMs;
  }
}
