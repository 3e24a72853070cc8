/**
 * The intermediate representation between a migration (the intent) and Envoy's resources (the mechanism): what the proxies shall do, with every
 * default filled in and every stage turned into a way of routing. Plain readonly values; `validateIr` says what is wrong with one.
 */

/** host:port. The host is an IP address or a name; a name is resolved by the proxy. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** Everything that one group of proxies does. */
export interface DataPlane {
  /** Where services/capture takes what Envoy saw (gRPC, HTTP/2). */
  readonly capture: SocketAddress;
  /** Where services/identifiers translates requests (gRPC, HTTP/2); absent: there is no such service. */
  readonly identifiers?: SocketAddress;
  /** Collector of OTLP traces by gRPC; null: trace contexts travel, spans go nowhere. */
  readonly otlp: SocketAddress | null;
  readonly migrations: readonly MigrationIr[];
}

/** One listener and what stands behind it. */
export interface MigrationIr {
  readonly name: string;
  readonly listen: SocketAddress;
  /** null: no request names its customer. */
  readonly customer: CustomerSource | null;
  /** Share of requests traced, 0 to 1, where the client did not decide already. */
  readonly traceSampling: number;
  /** What a probe must show to learn which universe a group's weights lead to. */
  readonly probeSecret: string;
  readonly legacy: UniverseIr;
  readonly modern: UniverseIr;
  /** Groups in order: the first whose route matches takes the request. */
  readonly groups: readonly GroupIr[];
  /** Ports of raw TCP, each a group of its own. */
  readonly tcp: readonly TcpGroupIr[];
  /** Parts of targets are secret: spans do not show them. */
  readonly hidesTargets?: boolean;
  /** Legacy once more, for what it says to be compared with what it says. Absent: there is none. */
  readonly second?: SecondRunIr;
  /** Absent: both universes know the same ids, or nobody declared otherwise. */
  readonly identifiers?: IdentifiersIr;
  /** A copy that takes longer is reset: by then the arbiter has judged the request without it. */
  readonly copyDeadlineMs: number;
}

/** The universes give things ids of their own making: what goes to the other one has to be translated on its way. */
export interface IdentifiersIr {
  /** How long a copy may wait for what it needs to know. */
  readonly waitMs: number;
}

export interface SecondRunIr {
  readonly address: SocketAddress;
  /** It gets writes, too; else only requests that change nothing. */
  readonly writes: boolean;
}

/** Where a request names its customer. */
export interface CustomerSource {
  readonly kind: 'header' | 'cookie' | 'jwt-claim';
  readonly name: string;
}

/**
 * Protocol spoken to a universe. With `same-as-client` clients' requests follow their client, copies always go by HTTP/1.1: Envoy's mirror knows no
 * client. A gRPC service needs `http2` to be compared.
 */
export type UpstreamProtocol = 'http1' | 'http2' | 'same-as-client';

export type UniverseName = 'legacy' | 'modern';

export interface UniverseIr {
  readonly protocol: UpstreamProtocol;
  /** Empty while nothing serves this universe. */
  readonly endpoints: readonly EndpointIr[];
}

export interface EndpointIr {
  readonly address: SocketAddress;
  /** `<build or address>@<n>`: what verdicts and evidence stand for. */
  readonly deployment: string;
}

/**
 * How a group is routed. `legacy-only`: draft, or staying on legacy: no mirror, no capture. `mirrored`: one universe answers, the other gets a
 * copy, both are captured, modern's failures fall back to legacy. `sealed`: modern alone.
 */
export type GroupMode = 'legacy-only' | 'mirrored' | 'sealed';

export interface GroupIr {
  readonly name: string;
  readonly mode: GroupMode;
  /** Customers answered by modern, in basis points (0 to 10000). Only `mirrored` groups have a choice: 0 or 10000 otherwise. */
  readonly modernWeightBp: number;
  readonly matches: readonly MatchIr[];
  /** Deadline of a request as its client sees it. */
  readonly timeoutMs: number;
  /**
   * Whether streams (gRPC, Connect streams, server-sent events) are under `timeoutMs` too. They are when the migration file declares a timeout;
   * the default is meant for ordinary requests and would cut a healthy stream.
   */
  readonly timeoutCoversStreams: boolean;
  /** Requests are translated on their way to the universe that answers, too. */
  readonly translated?: boolean;
  /** How long modern may take before a request that may be retried is sent to legacy as well. */
  readonly perTryTimeoutMs: number;
}

/** One port of raw TCP: `legacy-only`, `mirrored` and `sealed` mean what they do for a group of routes. */
export interface TcpGroupIr {
  readonly name: string;
  readonly mode: GroupMode;
  readonly modernWeightBp: number;
  readonly listen: SocketAddress;
  readonly legacy: TcpSideIr;
  readonly modern: TcpSideIr;
  /** A connection on which nothing moves for this long is closed. */
  readonly idleTimeoutMs: number;
  /** `source`: the connections of one IP address stay together. `none`: chance decides for each connection. */
  readonly sticky: 'source' | 'none';
}

export interface TcpSideIr {
  /** Empty while nothing serves this universe. */
  readonly endpoints: readonly EndpointIr[];
}

export interface MatchIr {
  readonly path: { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string };
  /** Empty: all. */
  readonly methods: readonly string[];
  /** Changes nothing, whatever its method says. */
  readonly safe: boolean;
}

/** The whole of a group's weight: basis points. Constant, so that customers stay where they are as modern's share grows. */
export const TOTAL_WEIGHT_BP = 10_000;
