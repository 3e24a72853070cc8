import type { Resource, TypeResources } from '../snapshot.ts';
import { covers } from './subscription.ts';
import { contentKnown, type Rejection, type TypeState } from './type-state.ts';

/** One resource that a client asked for, or still holds, as far as the server knows. */
export interface ResourceStatus {
  readonly typeUrl: string;
  readonly name: string;
  /** `absent`: the client asked for it, nothing of that name is published, and the client knows that. */
  readonly standing: 'requested' | 'absent' | 'accepted' | 'rejected';
  /** `unsent`: it will be, or is kept from this client; `unanswered`: it was sent. */
  readonly sync: 'synced' | 'unsent' | 'unanswered' | 'rejected';
  /** What the client runs. */
  readonly accepted: Resource | undefined;
  /** When the client last accepted anything of the type; undefined when it brought its resources along. */
  readonly acceptedAtMs: number | undefined;
  /** Set with `rejected`: why, and what was offered; without it where the resource was to be removed. */
  readonly rejection: Rejection | undefined;
  readonly rejected: Resource | undefined;
}

/**
 * What one stream's client runs of one type, by name: everything that it subscribes to, and what it may still hold of it.
 * @param wanted what was published last, which a rollout may keep from this client
 */
export function* resourceStatuses(
  state: TypeState,
  wanted: TypeResources | undefined,
): Iterable<ResourceStatus> {
  for (const name of namesOf(state, wanted)) {
    const accepted = held(state, name);
    const rejection = state.rejection?.names.has(name) ? state.rejection : undefined;
    const sync = rejection === undefined ? syncOf(state, name, accepted, wanted) : 'rejected';
    const absent = accepted === undefined && sync === 'synced';
    yield {
      typeUrl: state.typeUrl,
      name,
      standing:
        rejection !== undefined ? 'rejected' : absent ? 'absent' : accepted ? 'accepted' : 'requested',
      sync,
      accepted,
      acceptedAtMs: state.acked?.atMs,
      rejection,
      rejected: rejection?.target.byName.get(name),
    };
  }
}

function namesOf(state: TypeState, wanted: TypeResources | undefined): ReadonlySet<string> {
  const { subscription, target, good } = state;
  if (!subscription.wildcard) return subscription.names;
  const names = new Set(subscription.names);
  for (const type of [wanted, target, good]) {
    for (const name of type?.names ?? []) if (covers(subscription, name)) names.add(name);
  }
  return names;
}

/** The content that was accepted last may have been told in part: what is owed behind it, and what could not be taken back, goes before it. */
function held(state: TypeState, name: string): Resource | undefined {
  const known = state.owed.get(name);
  if (known !== undefined) return contentKnown(known);
  return state.retained.has(name) ? state.retained.get(name) : state.good?.byName.get(name);
}

function syncOf(
  { exchange, owed, target }: TypeState,
  name: string,
  accepted: Resource | undefined,
  wanted: TypeResources | undefined,
): ResourceStatus['sync'] {
  if (exchange.kind === 'awaiting' && exchange.offer.names.has(name)) return 'unanswered';
  if (target === undefined || owed.has(name)) return 'unsent';
  return accepted?.version === wanted?.byName.get(name)?.version ? 'synced' : 'unsent';
}
