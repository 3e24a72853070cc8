import type { Resource, TypeResources } from '../snapshot.ts';
import type { Names } from './name-sets.ts';
import { keepGood, oweChanges } from './retarget.ts';
import { covers, type Subscription, type SubscriptionChange } from './subscription.ts';

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
 * What a client holds of a name, as far as the server knows: this resource; nothing, and the client knows that (null); undefined: unknown,
 * or it asked for the name, so that it must be told whatever the target says.
 */
export type Known = Resource | null | undefined;

/** Delta clients say what they hold by name; state-of-the-world clients say one version of everything. */
export interface Held {
  readonly byName: ReadonlyMap<string, string>;
  readonly version: string;
}

export interface Rejection {
  readonly version: string;
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

type Handlers = { [K in TypeEvent['kind']]: (state: TypeState, event: TypeEvent & { kind: K }) => TypeState };

const keep = (state: TypeState): TypeState => state;

/** Every state of the exchange times every event; the compiler holds it complete. */
const transitions: Record<Exchange['kind'], Handlers> = {
  // A second answer to an answered response is a change of the subscription, which is applied before this table (T2).
  idle: { ack: keep, nack: keep, plain: keep, stale: keep, retarget: oweChanges },
  awaiting: { ack: settle, nack: reject, plain: keep, stale: keep, retarget: oweChanges },
  // After a NACK a client goes on to name the rejected nonce without an error when it changes its subscription: no ACK (T2).
  rejected: { ack: keep, nack: keep, plain: keep, stale: keep, retarget: offerAgain },
};

export function transition(state: TypeState, event: TypeEvent): TypeState {
  const handlers = transitions[state.exchange.kind];
  // The lookup by `event.kind` pairs handler and event; TypeScript cannot express that for a union.
  return (handlers[event.kind] as (state: TypeState, event: TypeEvent) => TypeState)(state, event);
}

const idle: Exchange = { kind: 'idle' };

/** The state after a type's first request on a stream, before any target. */
export function openType(typeUrl: string, change: SubscriptionChange, held: Held): TypeState {
  return {
    typeUrl,
    subscription: change.subscription,
    target: undefined,
    seq: -1,
    settledSeq: -1,
    owed: firstOwed(change.owed, held),
    retained: new Map(),
    answerDue: change.wildcardAdded && held.byName.size === 0 && held.version === '',
    held,
    exchange: idle,
    lastNonce: '',
    good: undefined,
    acked: undefined,
    rejection: undefined,
  };
}

/** Applies what a later request changes in the subscription. */
export function resubscribe(state: TypeState, change: SubscriptionChange): TypeState {
  const { subscription } = change;
  if (subscription === state.subscription && change.owed.size === 0 && !change.wildcardAdded) return state;
  const wanted = new Map([...state.owed].filter(([name]) => covers(subscription, name)));
  const asked = change.wildcardAdded ? [...change.owed, ...(state.target?.names ?? [])] : change.owed;
  const retained = new Map([...state.retained].filter(([name]) => covers(subscription, name)));
  const answerDue = state.answerDue || change.wildcardAdded;
  const more = answerDue || change.owed.size > 0;
  return {
    ...state,
    subscription,
    owed: withUnknown(wanted, asked),
    retained,
    answerDue,
    ...(more && unsettled(state)),
  };
}

/** More is owed of what the client was to have: not even the answer that is under way settles it (T6). */
function unsettled({ exchange }: TypeState): Pick<TypeState, 'settledSeq' | 'exchange'> {
  if (exchange.kind !== 'awaiting') return { settledSeq: -1, exchange };
  return { settledSeq: -1, exchange: { ...exchange, offer: { ...exchange.offer, complete: false } } };
}

/** Makes resources due again, if the client subscribes to them (T4's exception). */
export function oweAgain(state: TypeState, names: Iterable<string>): TypeState {
  const owes = (name: string) => state.owed.has(name) && state.owed.get(name) === undefined;
  const more = [...names].filter(
    (name) => covers(state.subscription, name) && state.target?.byName.has(name) && !owes(name),
  );
  if (more.length === 0) return state;
  return { ...state, owed: withUnknown(state.owed, more), ...unsettled(state) };
}

/** T6: nothing is owed and nothing unanswered, so the client runs the target. */
export function atRest(state: TypeState): TypeState {
  const { target, seq, acked, rejection } = state;
  const resting = state.exchange.kind === 'idle' && state.owed.size === 0 && !state.answerDue;
  if (!resting || target === undefined || state.settledSeq === seq) return state;
  return {
    ...state,
    settledSeq: seq,
    good: target,
    // Where nothing that it subscribes to changed, the client runs the newer version without having been told its name.
    acked: acked === undefined ? undefined : { ...acked, version: target.version },
    rejection: clearedBy(seq, rejection),
  };
}

function settle(state: TypeState, { atMs }: { readonly atMs: number }): TypeState {
  if (state.exchange.kind !== 'awaiting') return state;
  const { offer, doubt } = state.exchange;
  const accepted = { ...state, good: offer.target, acked: { version: offer.version, atMs } };
  if (doubt !== undefined) return correct({ ...accepted, exchange: { kind: 'rejected', doubt } });
  const settles = offer.complete && offer.seq <= state.seq;
  return {
    ...accepted,
    exchange: idle,
    rejection: clearedBy(offer.seq, state.rejection),
    settledSeq: settles ? Math.max(state.settledSeq, offer.seq) : state.settledSeq,
  };
}

/** Only newer content corrects a rejected one; the last good one, offered again, does not. */
function clearedBy(seq: number, rejection: Rejection | undefined): Rejection | undefined {
  return rejection === undefined || seq > rejection.seq ? undefined : rejection;
}

function reject(state: TypeState, event: { readonly atMs: number; readonly error: string }): TypeState {
  if (state.exchange.kind !== 'awaiting') return state;
  const { offer, doubt } = state.exchange;
  // What was rejected and is gone by now is kept for the client in the version that it accepted, if there was one.
  const retained = new Map(state.retained);
  for (const name of state.retained.keys()) if (offer.names.has(name)) keepGood(retained, name, state.good);
  const rejected: TypeState = {
    ...state,
    retained,
    exchange: {
      kind: 'rejected',
      doubt: {
        names: new Set([...offer.names.keys(), ...(doubt?.names ?? [])]),
        version: offer.target.version,
      },
    },
    rejection: { version: offer.version, error: event.error, atMs: event.atMs, seq: offer.seq },
  };
  return correct(rejected);
}

function offerAgain(state: TypeState, event: TypeEvent & { kind: 'retarget' }): TypeState {
  return correct(oweChanges(state, event));
}

/** T3: once the content is another, what was rejected is owed again, whatever the client made of it. */
function correct(state: TypeState): TypeState {
  if (state.exchange.kind !== 'rejected') return state;
  const { names, version } = state.exchange.doubt;
  if (state.target === undefined || state.target.version === version) return state;
  // A rejected response without names (an empty state of the world) is answered by the next whole state.
  return {
    ...state,
    exchange: idle,
    owed: withUnknown(state.owed, names, (name) => covers(state.subscription, name)),
    answerDue: state.answerDue || names.size === 0,
  };
}

const unknowns = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, undefined>>();

/** These names, nothing known of any: one object for each set, which streams share. */
export function unknownOf(names: ReadonlySet<string>): ReadonlyMap<string, undefined> {
  let all = unknowns.get(names);
  if (all === undefined) {
    all = new Map([...names].map((name) => [name, undefined]));
    unknowns.set(names, all);
  }
  return all;
}

/** What the client says it holds is looked at when the first target is known. */
function firstOwed(names: ReadonlySet<string>, held: Held): ReadonlyMap<string, Known> {
  if (held.byName.size === 0) return unknownOf(names);
  return withUnknown(new Map(), names, (name) => !held.byName.has(name));
}

/** Owes names of which nothing is known, so that they are stated in any case. */
function withUnknown(
  owed: ReadonlyMap<string, Known>,
  names: Iterable<string>,
  which: (name: string) => boolean = () => true,
): ReadonlyMap<string, Known> {
  const more = new Map(owed);
  for (const name of names) if (which(name)) more.set(name, undefined);
  return more;
}
