import type { Resource, TypeResources } from '../snapshot.ts';
import { diffTypes } from '../snapshot-diff.ts';
import { subscribed, union } from './name-sets.ts';
import { covers } from './subscription.ts';
import type { Held, TypeState } from './type-state.ts';

/** What a newer content makes due on one stream (T4, T5 of type-state.ts). */
export function oweChanges(
  state: TypeState,
  { target, seq }: { readonly target: TypeResources; readonly seq: number },
): TypeState {
  if (state.target === undefined) return oweFirst(state, target, seq);
  const diff = diffTypes(state.target, target);
  const changed = subscribed(diff.changed, state.subscription);
  const removed = subscribed(diff.removed, state.subscription);
  if (changed.size === 0 && removed.size === 0) return unchanged(state, target, seq);
  const retained = new Map(state.retained);
  for (const name of changed) retained.delete(name);
  for (const name of removed) {
    // Never the version that the client was not yet told, or rejected: it goes on with the one before.
    if (state.owed.has(name) || inDoubt(state, name)) keepGood(retained, name, state.good);
    else retained.set(name, state.target.byName.get(name));
  }
  return { ...state, target, seq, retained, owed: union(union(state.owed, changed), removed) };
}

function inDoubt({ exchange }: TypeState, name: string): boolean {
  return exchange.kind !== 'idle' && exchange.doubt?.has(name) === true;
}

/** Nothing that this client subscribes to changed: what it has ACKed, or is about to, is the newer snapshot as well. */
function unchanged(state: TypeState, target: TypeResources, seq: number): TypeState {
  const { exchange } = state;
  const carried =
    exchange.kind === 'awaiting' && exchange.offer.complete && exchange.offer.seq === state.seq
      ? { ...exchange, offer: { ...exchange.offer, seq } }
      : exchange;
  return { ...state, target, seq, exchange: carried };
}

/** The first content: all of it is owed but what the client already holds in this version. */
function oweFirst(state: TypeState, target: TypeResources, seq: number): TypeState {
  const { held, subscription } = state;
  const base = { ...state, target, seq, held: nothingHeld };
  if (held.version === target.version) {
    return { ...base, good: target, acked: { version: target.version } };
  }
  if (held.byName.size === 0) {
    return { ...base, owed: union(state.owed, subscribed(target.names, subscription)) };
  }
  const owed = new Set(state.owed);
  const retained = new Map<string, Resource | undefined>();
  for (const [name, resource] of target.byName) {
    if (covers(subscription, name) && held.byName.get(name) !== resource.version) owed.add(name);
  }
  for (const name of held.byName.keys()) {
    if (!covers(subscription, name) || target.byName.has(name)) continue;
    owed.add(name);
    retained.set(name, undefined);
  }
  const upToDate = owed.size === 0 && !state.answerDue;
  return {
    ...base,
    owed,
    retained,
    acked: upToDate ? { version: target.version } : undefined,
  };
}

const nothingHeld: Held = { byName: new Map(), version: '' };

/** Keeps a name that went for the client in the version that it accepted; not at all, if there was none. */
export function keepGood(
  retained: Map<string, Resource | undefined>,
  name: string,
  good: TypeResources | undefined,
): void {
  const resource = good?.byName.get(name);
  if (resource === undefined) retained.delete(name);
  else retained.set(name, resource);
}
