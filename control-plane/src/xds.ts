/**
 * An xDS control plane for Envoy and gRPC, for use without Chronos: `@chronos/control-plane/xds.ts`. README.md is its documentation. Nothing
 * that is reachable from here knows of migrations (`xds.test.ts`).
 */
export { consistent, type NamedMessage, type ResourceSet, type Snapshot } from './core/snapshot.ts';
export { type StoredTotals, Totals, type TotalsReport } from './core/totals.ts';
export {
  CLUSTER_TYPE,
  ENDPOINT_TYPE,
  LISTENER_TYPE,
  ROUTE_TYPE,
  RUNTIME_TYPE,
  SECRET_TYPE,
} from './core/xds/resource-types.ts';
export type { RolloutStanding } from './core/xds/rollout-standing.ts';
export type { RolloutOptions } from './core/xds/rollout-state.ts';
export type { AckResult } from './shell/xds/ack-waiter.ts';
export type { SnapshotTarget } from './shell/xds/audiences.ts';
export { snapshotOf } from './shell/xds/digest.ts';
export type { DisconnectCause, RolloutTold, XdsEvent } from './shell/xds/events.ts';
export type { ProxyResourceStatus, ProxyStatus } from './shell/xds/proxy-status.ts';
export { createXdsServer, type XdsServer, type XdsServerOptions } from './shell/xds/server.ts';
