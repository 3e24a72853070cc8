import type { DeltaRequest, SotwRequest } from './request.ts';

/**
 * What a client wants of one type (xDS protocol, "How the client specifies what resources to return").
 *
 * S1. A first request without names is a wildcard for the full-state types; "*" is a wildcard for any type.
 * S2. Once a name was given, an empty list means no interest, never a wildcard again.
 * S3. State-of-the-world requests replace the list; delta requests change it.
 * S4. Delta: a name subscribed to again is owed again, whatever the server believes the client to hold.
 * S5. Delta: a name given up while the wildcard still may cover it is owed, so that the client learns whether to keep it.
 */
export interface Subscription {
  readonly wildcard: boolean;
  readonly names: ReadonlySet<string>;
  /** A name, or "*", was given on this stream. */
  readonly named: boolean;
}

/** A subscription after a request, and what the request made due. */
export interface SubscriptionChange {
  readonly subscription: Subscription;
  /** Names that the next response must state. */
  readonly owed: readonly string[];
  readonly wildcardAdded: boolean;
}

const nothing: Subscription = { wildcard: false, names: new Set(), named: false };

export function covers(subscription: Subscription, name: string): boolean {
  return subscription.wildcard || subscription.names.has(name);
}

export function subscribeSotw(
  before: Subscription | undefined,
  request: SotwRequest,
  fullState: boolean,
): SubscriptionChange {
  const old = before ?? nothing;
  if (request.names.length === 0 && !old.named) {
    return {
      subscription: { ...nothing, wildcard: fullState },
      owed: [],
      wildcardAdded: fullState && !old.wildcard,
    };
  }
  if (sameNames(old, request.names)) return { subscription: old, owed: [], wildcardAdded: false };
  const names = new Set(request.names);
  const wildcard = names.delete('*');
  return {
    subscription: { wildcard, names, named: true },
    owed: old.wildcard ? [] : [...names].filter((name) => !old.names.has(name)),
    wildcardAdded: wildcard && !old.wildcard,
  };
}

export function subscribeDelta(
  before: Subscription | undefined,
  request: DeltaRequest,
  fullState: boolean,
): SubscriptionChange {
  const old = before ?? nothing;
  if (request.subscribe.length === 0 && request.unsubscribe.length === 0) {
    const implicit = before === undefined && fullState;
    return {
      subscription: implicit ? { ...nothing, wildcard: true } : old,
      owed: [],
      wildcardAdded: implicit,
    };
  }
  const names = new Set(old.names);
  let wildcard = old.wildcard;
  const owed = new Set<string>();
  for (const name of request.unsubscribe) {
    if (name === '*') wildcard = false;
    else if (names.delete(name) && old.wildcard) owed.add(name);
  }
  for (const name of request.subscribe) {
    if (name === '*') wildcard = true;
    else owed.add(name);
    if (name !== '*') names.add(name);
  }
  return {
    subscription: { wildcard, names, named: old.named || request.subscribe.length > 0 },
    owed: [...owed].filter((name) => wildcard || names.has(name)),
    wildcardAdded: wildcard && (!old.wildcard || request.subscribe.includes('*')),
  };
}

/** A client repeats its whole list with every ACK: the usual case must not build a set anew. */
function sameNames(old: Subscription, names: readonly string[]): boolean {
  if (!old.named || names.length !== old.names.size + (old.wildcard ? 1 : 0)) return false;
  return names.every((name) => (name === '*' ? old.wildcard : old.names.has(name)));
}
