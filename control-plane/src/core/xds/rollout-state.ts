import type { Plan } from './stream-state.ts';

/**
 * How what is published reaches the proxies of one group: first one of them, the canary, then the rest.
 *
 * A structure is everything but the runtime layer. It is accepted once a proxy has ACKed every type that it subscribes to, and subscribes to
 * what its clusters and listeners name, or has not done so by the deadline.
 *
 * R1. The newest runtime (weights, the kill) goes to every proxy at once, whatever becomes of the structure that came with it.
 * R2. While a structure is neither accepted nor refused, at most one proxy runs it; the others run the accepted one.
 * R3. Once the canary accepted it, every proxy is offered it.
 * R4. When the canary rejects it, it is refused: every proxy, the canary too, is offered the accepted one, and a publication of the same
 *     structure is not offered again until its content changes.
 * R5. Nobody is waited for beyond the deadline: a silent canary, or one that left, is passed over for another. When `triesMax` of them said
 *     nothing, the structure goes to all (silence is no reason to hold back a change for ever); when one of them left, it is refused, for
 *     it may be what took them down.
 * R6. A newer structure replaces the one on trial, on the same canary.
 * R7. Before any structure was accepted there is none to go back to: every proxy is offered the newest.
 */
export type RolloutState =
  | { readonly phase: 'empty'; readonly refused: readonly Refusal[] }
  /** The newest structure is accepted or refused. */
  | (Known & { readonly phase: 'settled' })
  /** Every proxy is offered the newest structure, none has accepted it yet (R5, R7). */
  | {
      readonly phase: 'open';
      readonly newest: Plan;
      readonly accepted: Plan | undefined;
      /** The first proxy that ACKed it all, and until when it may still ask for more. */
      readonly acked: { readonly nodeId: string; readonly deadlineMs: number } | undefined;
      readonly refused: readonly Refusal[];
    }
  | Seeking
  | Trying;

interface Known {
  readonly newest: Plan;
  readonly accepted: Plan;
  /** The accepted structure with the newest runtime: what all but the canary run. */
  readonly common: Plan;
  readonly refused: readonly Refusal[];
}

interface Trial extends Known {
  readonly tries: number;
  /** Canaries that went away during their try. */
  readonly lost: number;
  readonly passedOver: ReadonlySet<string>;
}

/** A structure to try and no proxy to try it on. */
export interface Seeking extends Trial {
  readonly phase: 'seeking';
  readonly notBeforeMs: number;
}

export interface Trying extends Trial {
  readonly phase: 'trying';
  /** Node id. */
  readonly canary: string;
  readonly deadlineMs: number;
  /** It ACKed all that it subscribes to, and is expected to ask for more. */
  readonly acked: boolean;
}

export interface Refusal {
  readonly structure: string;
  readonly nodeId: string;
  readonly error: string;
}

export interface RolloutOptions {
  /** A canary that has not answered by then is passed over. */
  readonly deadlineMs: number;
  /** Canaries tried before R5 decides; 0 offers everything to all at once, and still goes back when one rejects it. */
  readonly triesMax: number;
}

/**
 * Where a proxy stands with the newest plan, its runtime apart. `acked`: all that it subscribes to; but its clusters and listeners name endpoints
 * and routes that it has not asked for yet, and may reject.
 */
export type CanaryStanding = 'accepted' | 'acked' | 'rejected' | 'pending';

export type RolloutEvent =
  | { readonly kind: 'published'; readonly plan: Plan; readonly nowMs: number }
  /** The proxies that may be tried, the best first; answers `seek`, and may come whenever one appears. */
  | { readonly kind: 'candidates'; readonly nodeIds: readonly string[]; readonly nowMs: number }
  /** A proxy that is offered the newest plan answered something. */
  | {
      readonly kind: 'answered';
      readonly nodeId: string;
      readonly standing: CanaryStanding;
      readonly error?: string;
      readonly nowMs: number;
    }
  /** The last stream of a proxy ended. */
  | { readonly kind: 'left'; readonly nodeId: string }
  | { readonly kind: 'tick'; readonly nowMs: number };

export type RolloutAction =
  /** Offer `planFor` to a proxy, or to all. */
  | { readonly kind: 'offer'; readonly to: string | 'all' }
  | { readonly kind: 'seek' }
  | {
      readonly kind: 'tell';
      readonly what: 'trying' | 'accepted' | 'refused' | 'silent' | 'left' | 'opened';
      readonly nodeId: string;
      readonly error?: string;
    };

export interface RolloutStep {
  readonly state: RolloutState;
  readonly actions: readonly RolloutAction[];
}

export const emptyRollout: RolloutState = { phase: 'empty', refused: [] };

/** What a proxy shall run (R1, R2). */
export function planFor(state: RolloutState, nodeId: string): Plan | undefined {
  switch (state.phase) {
    case 'empty':
      return undefined;
    case 'settled':
    case 'seeking':
      return state.common;
    case 'open':
      return state.newest;
    case 'trying':
      return state.canary === nodeId ? state.newest : state.common;
  }
}
