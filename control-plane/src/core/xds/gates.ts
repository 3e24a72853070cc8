import type { Resource } from '../snapshot.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE, LISTENER_TYPE, ROUTE_TYPE } from './resource-types.ts';
import type { StreamState } from './stream-state.ts';
import type { TypeState } from './type-state.ts';

/**
 * Make before break on one stream (xDS protocol, "Eventual consistency considerations"). Only types that the client asked for count.
 *
 * G1. Runtime (the weights, the kill) and additions of clusters and endpoints wait for nothing.
 * G2. Listeners wait until the clusters and endpoints before them are answered, and until the client asked for the endpoints of each
 *     new cluster: before that the cluster cannot be warm.
 * G3. Routes wait for listeners as well.
 * G4. A route that names a cluster which the client rejected stays back, so that its old version goes on serving; other routes pass.
 * G5. Clusters go away only when listeners and routes are answered and none was rejected; endpoints after their clusters.
 * G6. A client that returns asks for one type after the other, and may still run the routes that it brought along: until it asked for listeners
 *     and their routes, what it brought along stays; likewise endpoints until it asked for clusters.
 */
export interface Clearance {
  /** Additions and changes may be sent. */
  readonly upserts: boolean;
  /** What the client still holds may be taken away. */
  readonly removals: boolean;
  /** G4; absent when nothing is held back. */
  readonly holdsBack?: (resource: Resource) => boolean;
}

const open: Clearance = { upserts: true, removals: true };

/** What the gates look at; as in StreamState. */
export type Gated = Pick<StreamState, 'types' | 'awaited' | 'returning'>;

export function clearance({ types, awaited, returning }: Gated, typeUrl: string): Clearance {
  const clusters = types.get(CLUSTER_TYPE);
  const endpoints = types.get(ENDPOINT_TYPE);
  const listeners = types.get(LISTENER_TYPE);
  switch (typeUrl) {
    case CLUSTER_TYPE:
      return { upserts: true, removals: isUnused(listeners, types.get(ROUTE_TYPE), returning) };
    case ENDPOINT_TYPE:
      return { upserts: true, removals: isQuiet(clusters) && !(returning && clusters === undefined) };
    case LISTENER_TYPE:
    case ROUTE_TYPE: {
      const warm = !isBusy(clusters) && !isBusy(endpoints) && (endpoints === undefined || awaited.size === 0);
      const ready = warm && (typeUrl === LISTENER_TYPE || !isBusy(listeners));
      if (!ready) return { upserts: false, removals: false };
      return typeUrl === ROUTE_TYPE ? { ...open, ...holdBack(clusters) } : open;
    }
    default:
      return open;
  }
}

/** A response is unanswered, or there is an addition or a change to send. */
function isBusy(state: TypeState | undefined): boolean {
  if (state === undefined) return false;
  if (state.exchange.kind === 'awaiting' || state.answerDue) return true;
  for (const name of state.owed.keys()) if (state.target?.byName.has(name)) return true;
  return false;
}

/** Nothing to send or to take away, nothing unanswered, nothing rejected. */
function isQuiet(state: TypeState | undefined): boolean {
  return state === undefined || (state.exchange.kind === 'idle' && !state.answerDue && state.owed.size === 0);
}

/** G5, G6: no listener and no route that the client runs can name what goes. */
function isUnused(
  listeners: TypeState | undefined,
  routes: TypeState | undefined,
  returning: boolean,
): boolean {
  if (!isQuiet(listeners) || !isQuiet(routes)) return false;
  if (!returning || routes !== undefined) return true;
  return listeners !== undefined && !namesRoutes(listeners);
}

function namesRoutes({ target }: TypeState): boolean {
  for (const { references } of target?.byName.values() ?? [])
    if (references.some(({ typeUrl }) => typeUrl === ROUTE_TYPE)) return true;
  return false;
}

function holdBack(clusters: TypeState | undefined): Pick<Clearance, 'holdsBack'> {
  if (clusters?.exchange.kind !== 'rejected') return {};
  const { doubt } = clusters.exchange;
  return {
    holdsBack: (route) =>
      route.references.some((to) => to.typeUrl === CLUSTER_TYPE && doubt.names.has(to.name)),
  };
}
