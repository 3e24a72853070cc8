import type { Snapshot } from '../snapshot.ts';
import { oweAgain } from './interest.ts';
import type { Names } from './name-sets.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE } from './resource-types.ts';
import { covers } from './subscription.ts';
import type { TypeState } from './type-state.ts';

/**
 * "Resource warming": a cluster that was added or updated becomes warm only by an endpoint assignment that arrives after it. One that the
 * client already asked for is sent again; others are awaited.
 */
export function warm(
  types: Map<string, TypeState>,
  clusters: TypeState,
  upserts: Names,
  awaited: ReadonlySet<string>,
): ReadonlySet<string> {
  const needed = endpointNames(clusters, upserts);
  const endpoints = types.get(ENDPOINT_TYPE);
  if (endpoints !== undefined) types.set(ENDPOINT_TYPE, oweAgain(endpoints, needed));
  const missing = [...needed].filter(
    (name) => endpoints === undefined || !covers(endpoints.subscription, name),
  );
  return missing.length === 0 ? awaited : new Set([...awaited, ...missing]);
}

function endpointNames(clusters: TypeState, names: Names): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of names.keys()) {
    for (const reference of clusters.target?.byName.get(name)?.references ?? []) {
      if (reference.typeUrl === ENDPOINT_TYPE) found.add(reference.name);
    }
  }
  return found;
}

/** What is still awaited after a request: not what was asked for, and nothing of clusters that the client rejected. */
export function stillAwaited(
  awaited: ReadonlySet<string>,
  after: TypeState,
  rejected: boolean,
): ReadonlySet<string> {
  if (after.typeUrl === ENDPOINT_TYPE) return keepNames(awaited, (name) => !covers(after.subscription, name));
  return after.typeUrl === CLUSTER_TYPE && rejected ? new Set() : awaited;
}

/** What is still awaited of a newer snapshot. */
export function stillThere(awaited: ReadonlySet<string>, snapshot: Snapshot): ReadonlySet<string> {
  const endpoints = snapshot.types.get(ENDPOINT_TYPE)?.byName;
  return keepNames(awaited, (name) => endpoints?.has(name) === true);
}

function keepNames(names: ReadonlySet<string>, keep: (name: string) => boolean): ReadonlySet<string> {
  return names.size === 0 ? names : new Set([...names].filter(keep));
}
