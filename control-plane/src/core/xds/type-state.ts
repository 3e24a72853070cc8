import type { Resource, TypeResources } from '../snapshot.ts';
import type { Names } from './name-sets.ts';
import type { Subscription } from './subscription.ts';

/**
 * One resource type on one stream: what the client is owed, and the one response that may be in flight.
 *
 * T1. At most one response of a type is unanswered ("ACK/NACK and resource type instance version"): changes meanwhile coalesce into `owed`.
 * T2. Only the answer that carries the newest nonce, once, is an ACK or NACK; any other changes no exchange
 *     ("Resource updates": stale nonces).
 * T3. After a NACK the same content is not offered again; when the content changes, everything that was rejected is stated again with the
 *     change, because the client may have applied part of it ("ACK and NACK semantics summary").
 * T4. What did not change and was not asked for is not sent ("When to send an update"), also where it changed and changed back before the
 *     client was told; the one exception is an endpoint assignment whose cluster was updated ("Resource warming").
 * T5. A name that does not exist stays subscribed and is sent once it exists ("Knowing When a Requested Resource Does Not Exist").
 * T6. `settledSeq` is n only if the client answered with ACK everything it subscribes to of the content that publication n brought, and was
 *     not told to go back behind it since.
 */
export interface TypeState {
  readonly typeUrl: string;
  readonly subscription: Subscription;
  /** The content that `owed` and `retained` relate to; undefined until the group has a snapshot. */
  readonly target: TypeResources | undefined;
  /** Number of the publication that brought `target`; later ones with the same content leave it. */
  readonly seq: number;
  readonly settledSeq: number;
  /** Names that the next response states, with their resource or as removed, and what the client is known to hold of each. */
  readonly owed: ReadonlyMap<string, Known>;
  /**
   * Names that the target lacks and the client may still hold; with the resource where the server knows it. Without being owed only where the
   * protocol has no word for the removal; then the client holds exactly this.
   */
  readonly retained: ReadonlyMap<string, Resource | undefined>;
  /** A wildcard was asked for: an answer is due even when there is nothing to list. */
  readonly answerDue: boolean;
  /** What the client held when the stream began; used once, when the first target is known. */
  readonly held: Held;
  readonly exchange: Exchange;
  readonly lastNonce: string;
  /** The content of the last response that the client accepted: what it runs where a later one was rejected. */
  readonly good: TypeResources | undefined;
  /** `atMs` is absent when the client brought the version along from an earlier stream. */
  readonly acked: { readonly version: string; readonly atMs?: number } | undefined;
  readonly rejection: Rejection | undefined;
}

/**
 * What a client holds of a name, as far as the server knows: this resource; a version that it brought along from an earlier stream; nothing,
 * and the client knows that (null); undefined: unknown, or it asked for the name, so that it must be told whatever the target says.
 */
export type Known = Resource | BroughtVersion | null | undefined;

/** Delta's `initial_resource_versions` tell the version of what a client holds, not its content. */
export interface BroughtVersion {
  readonly version: string;
  readonly any?: never;
}

/** The content of what a client holds, where the server has it. */
export function contentKnown(known: Known): Resource | undefined {
  return known?.any === undefined ? undefined : known;
}

/** Delta clients say what they hold by name; state-of-the-world clients say one version of everything. */
export interface Held {
  readonly byName: ReadonlyMap<string, string>;
  readonly version: string;
}

export interface Rejection {
  readonly version: string;
  /** The content it was of, and the names that the response stated: which of them the client objects to, only its error tells. */
  readonly target: TypeResources;
  readonly names: Names;
  readonly error: string;
  readonly atMs: number;
  /** Of the content that was rejected: an ACK of what came before it leaves the rejection shown. */
  readonly seq: number;
}

/** A response that waits for its answer. */
export interface Offer {
  readonly nonce: string;
  /** As the client is told it. */
  readonly version: string;
  /** The content that it was made from. */
  readonly target: TypeResources;
  readonly names: Names;
  /** Publication of `target`. */
  readonly madeForSeq: number;
  /** The newest publication that its ACK settles: a later one than `madeForSeq` where that changed nothing for this client. */
  readonly seq: number;
  /** Nothing stayed owed behind it. */
  readonly complete: boolean;
  readonly sentAtMs: number;
}

export type Exchange =
  | { readonly kind: 'idle' }
  /** `doubt`: what was rejected earlier, while this response states only what the client asked for since. */
  | { readonly kind: 'awaiting'; readonly offer: Offer; readonly doubt: Doubt | undefined }
  | { readonly kind: 'rejected'; readonly doubt: Doubt };

/** What a client rejected: it may run some of it, in this version or the one before. */
export interface Doubt {
  readonly names: ReadonlySet<string>;
  /** Version of the content of which it was offered. */
  readonly version: string;
}

export type TypeEvent =
  | { readonly kind: 'ack'; readonly atMs: number }
  | { readonly kind: 'nack'; readonly atMs: number; readonly error: string }
  /** A request that answers no response. */
  | { readonly kind: 'plain' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'retarget'; readonly target: TypeResources; readonly seq: number };

export const idle: Exchange = { kind: 'idle' };
