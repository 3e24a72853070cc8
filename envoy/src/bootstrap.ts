/** What a proxy must know before it has asked anyone. Everything else comes from the control plane. */
export interface BootstrapOptions {
  /** Unique among the proxies; appears in ListProxies, verdicts and totals. */
  readonly nodeId: string;
  /** The group of proxies that get the same configuration, such as `time-rift`. */
  readonly cluster: string;
  /** host:port of the control plane's xDS server. */
  readonly xdsAddress: string;
  /** Port of the admin interface, on loopback only. */
  readonly adminPort: number;
  /** Envoy refuses requests above this; default 1 GiB. */
  readonly heapBytesMax?: number;
}

/** Bootstrap configuration in the JSON form of envoy.config.bootstrap.v3.Bootstrap. */
export type Bootstrap = Readonly<Record<string, unknown>>;

/** The cluster of the control plane; the only one that is not delivered by it. */
export const XDS_CLUSTER = 'chronos.xds';
/** The runtime layer that holds the weights. */
const runtimeLayer = 'chronos';
const heapBytesMaxDefault = 1_073_741_824;
const downstreamConnectionsMax = 50_000;

/** Below the weights: what Envoy itself must do differently. */
export const staticLayer = {
  name: 'static',
  static_layer: {
    // Back pressure from the capture stream to the request it watches. In an upstream filter of 1.39.3 it ends Envoy with a segmentation fault on
    // the first body that outgrows the stream's buffer (64 KiB) while capture is being connected to, slow, or dead; and capture is not to slow down
    // anyone anyway. What Envoy holds for it is bounded by the breaker of its cluster.
    envoy: { reloadable_features: { grpc_side_stream_flow_control: false } },
  },
};
const type = (name: string) => ({ '@type': `type.googleapis.com/${name}` });
const fromAds = { resource_api_version: 'V3', ads: {} };

/**
 * The configuration a proxy starts with: one delta ADS stream for clusters, endpoints, listeners, routes and runtime, metrics to the same server,
 * limits, and the admin interface.
 * @throws RangeError when xdsAddress is not host:port.
 */
export function bootstrap(options: BootstrapOptions): Bootstrap {
  return {
    node: { id: options.nodeId, cluster: options.cluster },
    admin: {
      address: { socket_address: { address: '127.0.0.1', port_value: options.adminPort } },
      // Whoever looks into an overloaded proxy must get in.
      ignore_global_conn_limit: true,
    },
    dynamic_resources: {
      ads_config: {
        api_type: 'DELTA_GRPC',
        transport_api_version: 'V3',
        set_node_on_first_message_only: true,
        grpc_services: [{ envoy_grpc: { cluster_name: XDS_CLUSTER } }],
      },
      cds_config: fromAds,
      lds_config: fromAds,
    },
    layered_runtime: {
      layers: [
        staticLayer,
        {
          name: runtimeLayer,
          // Zero waits for ever: no listener serves before it knows the weights.
          rtds_layer: { name: runtimeLayer, rtds_config: { ...fromAds, initial_fetch_timeout: '0s' } },
        },
      ],
    },
    // TCP routes lead through internal listeners, which Envoy has only when they are asked for here.
    bootstrap_extensions: [
      {
        name: 'envoy.bootstrap.internal_listener',
        typed_config: type('envoy.extensions.bootstrap.internal_listener.v3.InternalListener'),
      },
    ],
    static_resources: { clusters: [xdsCluster(options.xdsAddress)] },
    ...metrics(),
    overload_manager: overload(options.heapBytesMax ?? heapBytesMaxDefault),
  };
}

function xdsCluster(address: string) {
  const { host, port } = parse(address);
  return {
    name: XDS_CLUSTER,
    alt_stat_name: XDS_CLUSTER.replace('.', '/'),
    type: /^[\d.]+$/.test(host) || host.includes(':') ? 'STATIC' : 'STRICT_DNS',
    connect_timeout: '1s',
    load_assignment: {
      cluster_name: XDS_CLUSTER,
      endpoints: [
        {
          lb_endpoints: [{ endpoint: { address: { socket_address: { address: host, port_value: port } } } }],
        },
      ],
    },
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        ...type('envoy.extensions.upstreams.http.v3.HttpProtocolOptions'),
        explicit_http_config: {
          // A control plane that vanished without a word is noticed, and the stream begun anew.
          http2_protocol_options: { connection_keepalive: { interval: '10s', timeout: '5s' } },
        },
      },
    },
  };
}

/** Counters once a second, absolute, so that a lost message loses nothing. */
function metrics() {
  return {
    stats_flush_interval: '1s',
    stats_sinks: [
      {
        name: 'envoy.stat_sinks.metrics_service',
        typed_config: {
          ...type('envoy.config.metrics.v3.MetricsServiceConfig'),
          transport_api_version: 'V3',
          grpc_service: { envoy_grpc: { cluster_name: XDS_CLUSTER } },
          report_counters_as_deltas: false,
          emit_tags_as_labels: true,
          histogram_emit_mode: 'SUMMARY',
        },
      },
    ],
    stats_config: {
      // A sink gets all statistics there are. These say nothing that is needed, once for each cluster.
      stats_matcher: {
        exclusion_list: {
          patterns: [
            ...['.total_match_count', '.warming_state', '.membership_excluded', '.membership_degraded'],
            ...['.max_host_weight', '.bind_errors', '.assignment_stale', '.assignment_timeout_received'],
          ]
            .map((suffix): object => ({ suffix }))
            .concat({ contains: 'thread_local_cluster_manager' }, { contains: '.lb_' }),
        },
      },
    },
  };
}

function overload(heapBytesMax: number) {
  const monitor = 'envoy.resource_monitors.';
  const pressure = (threshold: number) => [{ name: `${monitor}fixed_heap`, threshold: { value: threshold } }];
  return {
    refresh_interval: '0.25s',
    resource_monitors: [
      {
        name: `${monitor}fixed_heap`,
        typed_config: {
          ...type('envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig'),
          max_heap_size_bytes: heapBytesMax,
        },
      },
      {
        name: `${monitor}global_downstream_max_connections`,
        typed_config: {
          ...type('envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig'),
          max_active_downstream_connections: downstreamConnectionsMax,
        },
      },
    ],
    actions: [
      { name: 'envoy.overload_actions.shrink_heap', triggers: pressure(0.9) },
      { name: 'envoy.overload_actions.stop_accepting_requests', triggers: pressure(0.97) },
    ],
  };
}

function parse(address: string): { host: string; port: number } {
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(address);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) throw new RangeError(`the xDS address "${address}" is not host:port`);
  return { host, port: Number(match?.[3]) };
}
