import type { DeltaRequest, SotwRequest } from './request.ts';

/**
 * What a client wants of one type (xDS protocol, "How the client specifies what resources to return").
 *
 * S1. A client that never named anything has a wildcard for the full-state types (the old style); "*" is a wildcard for any type.
 * S2. Once a name, or "*", was given or taken back, an empty list means no interest, never a wildcard again.
 * S3. State-of-the-world requests replace the list; delta requests change it.
 * S4. A name that is newly subscribed to is owed, also where the wildcard covers it; in delta so is one that is subscribed to again,
 *     whatever the server believes the client to hold ("Subscribing to Resources").
 * S5. Delta: a name given up while the wildcard still may cover it is owed, so that the client learns whether to keep it
 *     ("Unsubscribing from Resources"); one that was never subscribed to is passed over.
 */
export interface Subscription {
  readonly wildcard: boolean;
  readonly names: ReadonlySet<string>;
  /** A name, or "*", was given or taken back on this stream (S2). */
  readonly explicit: boolean;
}

/** A subscription after a request, and what the request made due. */
export interface SubscriptionChange {
  readonly subscription: Subscription;
  /** Names that the next response must state. */
  readonly owed: ReadonlySet<string>;
  readonly wildcardAdded: boolean;
}

const noNames: ReadonlySet<string> = new Set();
const nothing: Subscription = { wildcard: false, names: noNames, explicit: false };
const everything: Subscription = { ...nothing, wildcard: true };

export function covers(subscription: Subscription, name: string): boolean {
  return subscription.wildcard || subscription.names.has(name);
}

export function subscribeSotw(
  before: Subscription | undefined,
  request: SotwRequest,
  fullState: boolean,
): SubscriptionChange {
  const old = before ?? nothing;
  if (request.names.length === 0 && !old.explicit) return implicit(old, fullState);
  const { wildcard, names } = listed(request.names);
  if (old.explicit && wildcard === old.wildcard && sameNames(old.names, names)) return unchanged(old);
  return {
    subscription: { wildcard, names, explicit: true },
    owed: old.names.size === 0 ? names : new Set([...names].filter((name) => !old.names.has(name))),
    wildcardAdded: wildcard && !old.wildcard,
  };
}

export function subscribeDelta(
  before: Subscription | undefined,
  request: DeltaRequest,
  fullState: boolean,
): SubscriptionChange {
  const old = before ?? nothing;
  const { subscribe, unsubscribe } = request;
  if (subscribe.length === 0 && !unsubscribe.includes('*')) {
    if (!old.explicit) return implicit(old, fullState);
    if (unsubscribe.length === 0) return unchanged(old);
  }
  const added = listed(subscribe);
  if (unsubscribe.length === 0 && old.names.size === 0) {
    const wildcard = old.wildcard || added.wildcard;
    const { names } = added;
    return { subscription: { wildcard, names, explicit: true }, owed: names, wildcardAdded: added.wildcard };
  }
  const names = new Set(old.names);
  let wildcard = old.wildcard;
  const owed = new Set<string>();
  for (const name of unsubscribe) {
    if (name === '*') wildcard = false;
    else if (names.delete(name) && old.wildcard) owed.add(name);
  }
  wildcard ||= added.wildcard;
  for (const name of added.names) {
    owed.add(name);
    names.add(name);
  }
  return {
    subscription: { wildcard, names, explicit: true },
    owed: new Set([...owed].filter((name) => wildcard || names.has(name))),
    wildcardAdded: added.wildcard,
  };
}

/** S1: the first request without a name opens the wildcard of the full-state types; later ones go on with it. */
function implicit(old: Subscription, fullState: boolean): SubscriptionChange {
  if (!fullState || old.wildcard) return unchanged(old);
  return { subscription: everything, owed: noNames, wildcardAdded: true };
}

function unchanged(subscription: Subscription): SubscriptionChange {
  return { subscription, owed: noNames, wildcardAdded: false };
}

interface Listed {
  readonly wildcard: boolean;
  readonly names: ReadonlySet<string>;
}

const lists = new WeakMap<readonly string[], Listed>();

/** A list of names as a set, made once for each list: equal lists of all streams are one object (name-lists.ts). */
function listed(list: readonly string[]): Listed {
  let known = lists.get(list);
  if (known === undefined) {
    const names = new Set(list);
    known = { wildcard: names.delete('*'), names };
    lists.set(list, known);
  }
  return known;
}

function sameNames(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const name of a) if (!b.has(name)) return false;
  return true;
}
