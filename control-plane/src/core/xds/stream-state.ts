import type { Snapshot } from '../snapshot.ts';
import type { CloseCode } from './close-code.ts';
import type { XdsRequest } from './request.ts';
import type { DiscoveryMethod } from './services.ts';
import type { TypeState } from './type-state.ts';

/**
 * One stream ("Aggregated Discovery Service", or of one type: "Four Variants"): each type is a separate exchange (type-state.ts, T1–T6);
 * between the types of one stream stand the gates (gates.ts, G1–G5). Pure: an event comes in, a new state and actions go out.
 *
 * A1. Nothing is sent before there is a plan: a control plane that just started never empties a proxy.
 * A2. A stale request is answered by nothing ("Resource updates"), and it is no ACK or NACK. Its names still count: in delta always
 *     ("Incremental xDS"); in state of the world while a newer response is unanswered, because a client that gives a name up and asks for it
 *     again meanwhile waits for it. A nonce is stale that is not the newest of its type on this stream; before the first response none is.
 * A3. After each event everything that may be sent is sent, in push order: no stream waits for an event that need not come.
 * A4. A type that nobody serves is a type without resources. A request without a type on an aggregated stream, of another type on a stream
 *     of one, with locators, or beyond the bounds, ends the stream.
 * A5. Nothing is sent while the client does not read; when it reads again it is sent the newest.
 * A6. What a client need never ask for is waited for only for a while (`waited`): the endpoints of new clusters (G2), and the types that may
 *     still use what a returning client brought along (G6).
 */
export interface StreamState {
  readonly variant: 'sotw' | 'delta';
  /** The one type of a stream that is not aggregated; a request need not name it. */
  readonly only: string | undefined;
  readonly plan: Plan | undefined;
  readonly types: ReadonlyMap<string, TypeState>;
  readonly noncesUsed: number;
  /** Endpoint names of clusters that were sent and whose endpoints the client has not asked for (G2). */
  readonly awaited: ReadonlySet<string>;
  /** A delta client brought resources along from an earlier stream, and may not have asked for all of its types yet (G6). */
  readonly returning: boolean;
  /** What was sent piles up unread (A5). */
  readonly full: boolean;
}

/** What a stream shall run. */
export interface Plan {
  readonly snapshot: Snapshot;
  /** Type URL → number of the publication that brought its content. */
  readonly seqs: ReadonlyMap<string, number>;
}

export type StreamEvent =
  | { readonly kind: 'request'; readonly request: XdsRequest; readonly nowMs: number }
  | { readonly kind: 'plan'; readonly plan: Plan; readonly nowMs: number }
  | { readonly kind: 'full' }
  | { readonly kind: 'writable'; readonly nowMs: number }
  /** Some time passed in which the stream `isWaiting`. */
  | { readonly kind: 'waited'; readonly nowMs: number };

export type StreamAction =
  | {
      readonly kind: 'send';
      readonly typeUrl: string;
      readonly version: string;
      readonly nonce: string;
      /** Shared among streams; the nonce is to be added (encode.ts). */
      readonly body: Uint8Array;
    }
  | { readonly kind: 'ack'; readonly typeUrl: string; readonly version: string }
  | {
      readonly kind: 'nack';
      readonly typeUrl: string;
      readonly version: string;
      readonly error: string;
    }
  | { readonly kind: 'close'; readonly code: CloseCode; readonly reason: string };

export interface Step {
  readonly state: StreamState;
  readonly actions: readonly StreamAction[];
}

export function openStream({ variant, typeUrl }: DiscoveryMethod): StreamState {
  return {
    variant,
    only: typeUrl,
    plan: undefined,
    types: new Map(),
    noncesUsed: 0,
    awaited: new Set(),
    returning: false,
    full: false,
  };
}

/** Whether something is held back until the client asks for more, which it may never do (A6). */
export function isWaiting(state: StreamState): boolean {
  return state.returning || state.awaited.size > 0;
}
