import type { Resource, TypeResources } from '../snapshot.ts';
import { diffTypes } from '../snapshot-diff.ts';
import { subscribed } from './name-sets.ts';
import { unknownOf } from './owed.ts';
import { covers } from './subscription.ts';
import { contentKnown, type Held, type Known, type TypeState } from './type-state.ts';

/** What another content makes due on one stream (T4, T5 of type-state.ts). */
export function oweChanges(
  state: TypeState,
  { target, seq }: { readonly target: TypeResources; readonly seq: number },
): TypeState {
  if (state.target === undefined) return oweFirst(state, target, seq);
  const diff = diffTypes(state.target, target);
  const changed = subscribed(diff.changed, state.subscription);
  const removed = subscribed(diff.removed, state.subscription);
  if (changed.size === 0 && removed.size === 0) return unchanged(state, target, seq);
  // T6: it runs what it settled until it answers this; back behind that it has settled nothing.
  const aimed = { ...state, target, seq, settledSeq: Math.min(state.settledSeq, seq - 1) };
  const nothingElse = state.owed.size === 0 && state.retained.size === 0 && removed.size === 0;
  return nothingElse ? { ...aimed, owed: changed } : { ...aimed, ...merged(state, target, changed, removed) };
}

/** What was owed before and the change together; what changed back meanwhile is owed no more (T4). */
function merged(
  state: TypeState,
  target: TypeResources,
  changed: ReadonlyMap<string, Resource | null>,
  removed: ReadonlyMap<string, Resource>,
): Pick<TypeState, 'owed' | 'retained'> {
  const owed = new Map(state.owed);
  const retained = new Map(state.retained);
  const knownOf = (name: string, before: Known) => {
    if (owed.has(name)) return owed.get(name);
    return retained.get(name) ?? before;
  };
  for (const [name, before] of changed) {
    const known = knownOf(name, before);
    if (known?.version === target.byName.get(name)?.version) owed.delete(name);
    else owed.set(name, known);
    retained.delete(name);
  }
  for (const [name, before] of removed) {
    const known = inDoubt(state, name) ? undefined : knownOf(name, before);
    if (known === null) {
      owed.delete(name);
      continue;
    }
    owed.set(name, known);
    // Never the version that the client was not yet told, or rejected: it goes on with the one before.
    if (known === undefined) keepGood(retained, name, state.good);
    else retained.set(name, contentKnown(known));
  }
  return { owed, retained };
}

function inDoubt({ exchange }: TypeState, name: string): boolean {
  return exchange.kind !== 'idle' && exchange.doubt?.names.has(name) === true;
}

/** Nothing that this client subscribes to changed: what it has ACKed, or is about to, is the other content as well. */
function unchanged(state: TypeState, target: TypeResources, seq: number): TypeState {
  const { exchange } = state;
  const carried =
    exchange.kind === 'awaiting' && exchange.offer.complete && exchange.offer.seq === state.seq
      ? { ...exchange, offer: { ...exchange.offer, seq } }
      : exchange;
  return { ...state, target, seq, settledSeq: Math.min(state.settledSeq, seq), exchange: carried };
}

/** The first content: all of it is owed but what the client already holds in this version. */
function oweFirst(state: TypeState, target: TypeResources, seq: number): TypeState {
  const { held, subscription } = state;
  const base = { ...state, target, seq, held: nothingHeld };
  if (held.version === target.version) {
    return { ...base, good: target, acked: { version: target.version } };
  }
  if (held.byName.size === 0) {
    // Without a wildcard, all that it subscribes to is owed already.
    if (!subscription.wildcard) return base;
    const all = unknownOf(target.names);
    return { ...base, owed: state.owed.size === 0 ? all : new Map([...all, ...state.owed]) };
  }
  const owed = new Map(state.owed);
  const retained = new Map<string, Resource | undefined>();
  for (const [name, resource] of target.byName) {
    if (!covers(subscription, name)) continue;
    const version = held.byName.get(name);
    if (version !== resource.version) owed.set(name, brought(version));
  }
  for (const [name, version] of held.byName) {
    if (!covers(subscription, name) || target.byName.has(name)) continue;
    owed.set(name, brought(version));
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

/** T4 holds for what a client brought along as well: should the content come back to it before it was told, there is nothing to send. */
function brought(version: string | undefined): Known {
  return version === undefined ? undefined : { version };
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
