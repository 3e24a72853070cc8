/** Why a stream ended. */
export type DisconnectCause =
  /** The proxy, or the connection to it. */
  | 'client'
  /** A request that the protocol does not allow. */
  | 'protocol'
  /** No request, or no answer to a response, in time. */
  | 'silent'
  /** What was sent piled up unread. */
  | 'unread'
  /** Too many streams. */
  | 'limit'
  | 'shutdown'
  /** The control plane failed on a request. */
  | 'fault';

/**
 * What happens between the server and its proxies, for logs, metrics and the API. `nodeId` and `nodeGroup` are empty where nobody is named:
 * a stream that ended before its first request, a rollout without a canary.
 */
export type XdsEvent = { readonly nodeId: string; readonly nodeGroup: string; readonly atMs: number } & (
  | { readonly kind: 'connected'; readonly variant: 'sotw' | 'delta' }
  | { readonly kind: 'disconnected'; readonly cause: DisconnectCause; readonly reason: string }
  | { readonly kind: 'sent'; readonly typeUrl: string; readonly version: string; readonly bytes: number }
  | { readonly kind: 'ack'; readonly typeUrl: string; readonly version: string }
  | {
      readonly kind: 'nack';
      readonly typeUrl: string;
      readonly version: string;
      readonly error: string;
    }
  | RolloutTold
);

/** What became of a published snapshot (R1–R7 of core/xds/rollout-state.ts); `nodeId` is the proxy it was tried on. */
export interface RolloutTold {
  readonly kind: 'rollout';
  readonly what: 'trying' | 'accepted' | 'refused' | 'silent' | 'left' | 'opened';
  /** Of the snapshot. */
  readonly version: string;
  /** Why it was refused; empty otherwise. */
  readonly error: string;
}
