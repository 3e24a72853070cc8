import type { UniverseName } from '../ir.ts';

/** Where services/capture is reached. */
export const CAPTURE_CLUSTER = 'chronos.capture';
/** The same for TCP connections, each of which holds its streams for as long as it lives: those of requests must not run out. */
export const TCP_CAPTURE_CLUSTER = 'chronos.capture_tcp';
/** Where services/identifiers is reached. */
export const IDENTIFIERS_CLUSTER = 'chronos.identifiers';
/** Where traces go. */
export const OTLP_CLUSTER = 'chronos.otlp';
/** The one runtime layer; the proxies' bootstrap subscribes to it by this name. */
export const RUNTIME_LAYER = 'chronos';

/** Fresh for every request of a client, the same on retries and copies: what everything is joined by. */
export const REQUEST_ID_HEADER = 'x-chronos-request-id';
/** `<migration>/<group>`: a copy has no route of its own that capture could ask for. */
export const ROUTE_HEADER = 'x-chronos-route';
/** Names the cluster of the second run, on requests that go there, too. */
export const SECOND_HEADER = 'x-chronos-second';
/** Marks the copy. */
export const COPY_HEADER = 'x-chronos-copy';
/** The customer as read from a token; set by the proxy only. */
export const CUSTOMER_HEADER = 'x-chronos-customer';
/** A hop says by it that the universe behind was never asked. */
export const NOT_ASKED_HEADER = 'x-chronos-not-asked';
/** Carries the probe's secret. */
export const PROBE_HEADER = 'x-chronos-probe';
/** The client's x-forwarded-for on its way past the mirror, which would append to it. */
export const FORWARDED_HEADER = 'x-chronos-forwarded-for';

/** The IP address of a TCP client, on its way into the tunnel. */
export const SOURCE_HEADER = 'x-chronos-source';

/** Metadata namespace of endpoints and routes. */
export const METADATA = 'chronos';

/** The cluster that holds a universe's endpoints; also the name of its endpoints. */
export const universeCluster = (migration: string, universe: UniverseName) => `${migration}.${universe}`;
/** The cluster that answers clients of this universe: its endpoints first, then the legacy's. */
export const firstCluster = (migration: string, universe: UniverseName) => `${migration}.${universe}_first`;
/** The same for groups whose requests are translated on their way to either universe. */
export const translatedFirstCluster = (migration: string, universe: UniverseName) =>
  `${firstCluster(migration, universe)}_translated`;
/** The cluster that leads to a universe through the translator. */
export const hopCluster = (migration: string, universe: UniverseName) => `${migration}.${universe}_hop`;
/** Of one deployment: the listener within the process that translates, and the cluster behind it. */
export const hopName = (migration: string, universe: UniverseName, index: number) =>
  `${hopCluster(migration, universe)}_${index + 1}`;
/** The cluster that copies go to. */
export const shadowCluster = (migration: string, universe: UniverseName) => `${migration}.${universe}_shadow`;
/** The cluster of legacy's second run. */
export const secondCluster = (migration: string) => `${migration}.legacy_second`;

/**
 * What stands for the migration's name in the names of a TCP group's clusters: `<migration>.<group>`, which no migration can be called.
 */
export const tcpScope = (migration: string, group: string) => `${migration}.${group}`;
/** The way from a TCP group's port into its tunnel: a cluster, an internal listener, and that listener's routes. */
export const riftName = (scope: string) => `${scope}.rift`;
/** Where a TCP connection leaves the tunnel for the universe that answers it: an internal listener, and the cluster that leads to it. */
export const answerName = (scope: string, universe: UniverseName) => `${scope}.${universe}_answer`;
/** Where a copy of a TCP connection leaves its tunnel: an internal listener, and the cluster behind it. */
export const copyName = (scope: string, universe: UniverseName) => `${scope}.${universe}_copy`;

export const routeName = (migration: string, group: string) => `${migration}/${group}`;

/** Envoy appends `.` and the cluster's name to it to find a cluster's weight. */
export const weightKeyPrefix = (migration: string, group: string) => `chronos.${migration}.${group}`;
/** The same for requests that name no customer. */
export const anonymousKeyPrefix = (migration: string, group: string) =>
  `${weightKeyPrefix(migration, group)}.anonymous`;
/** 100 while any client of the group reaches modern, else 0. */
export const probeKey = (migration: string, group: string) => `${weightKeyPrefix(migration, group)}.probe`;
/** Answers 200 while connections of a TCP group may stand on modern; the proxy asks itself. */
export const gatePath = (group: string) => `/.well-known/chronos/gate/${group}`;
/** The path of a group's probe. */
export const probePath = (group: string) => `/.well-known/chronos/probe/${group}`;
