/**
 * The resource types that Chronos serves, and the order in which a change reaches a proxy.
 *
 * The order is the make-before-break order of the xDS protocol (section "Eventual consistency considerations"): clusters, their endpoints,
 * then listeners and routes that may name them. Runtime stands first because it carries the weights, so a kill waits for nothing; secrets
 * come before the clusters and listeners that may name them.
 */
const prefix = 'type.googleapis.com/';

export const CLUSTER_TYPE = `${prefix}envoy.config.cluster.v3.Cluster`;
export const ENDPOINT_TYPE = `${prefix}envoy.config.endpoint.v3.ClusterLoadAssignment`;
export const LISTENER_TYPE = `${prefix}envoy.config.listener.v3.Listener`;
export const ROUTE_TYPE = `${prefix}envoy.config.route.v3.RouteConfiguration`;
export const RUNTIME_TYPE = `${prefix}envoy.service.runtime.v3.Runtime`;
/** Served, though Chronos makes no secrets itself. */
export const SECRET_TYPE = `${prefix}envoy.extensions.transport_sockets.tls.v3.Secret`;

/** Type URLs in the order in which they are pushed; a type that is not listed comes last. */
export const PUSH_ORDER: readonly string[] = [
  RUNTIME_TYPE,
  SECRET_TYPE,
  CLUSTER_TYPE,
  ENDPOINT_TYPE,
  LISTENER_TYPE,
  ROUTE_TYPE,
];

const shortNames: ReadonlyMap<string, string> = new Map([
  [CLUSTER_TYPE, 'cluster'],
  [ENDPOINT_TYPE, 'endpoint'],
  [LISTENER_TYPE, 'listener'],
  [ROUTE_TYPE, 'route'],
  [RUNTIME_TYPE, 'runtime'],
  [SECRET_TYPE, 'secret'],
]);

/** `cluster`, `endpoint`, … as people say it; the type URL itself when it is not one of ours. */
export function shortTypeName(typeUrl: string): string {
  return shortNames.get(typeUrl) ?? typeUrl;
}

/**
 * Listeners and clusters: a state-of-the-world response carries all of them, absence means deletion, and a first request without names
 * is a wildcard subscription (sections "Grouping Resources into Responses", "Deleting Resources",
 * "How the client specifies what resources to return").
 */
export function isFullStateType(typeUrl: string): boolean {
  return typeUrl === CLUSTER_TYPE || typeUrl === LISTENER_TYPE;
}
