import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '@chronos/local/free-port.ts';
import { startPart } from '@chronos/local/start-part.ts';

/** Envoy's JSON configuration, of which only a few corners are looked at here. */
export type Json = { readonly [key: string]: unknown };

export interface DataPlaneSpec {
  /** The Envoy binary. */
  readonly envoy: string;
  /** For its configuration and log. */
  readonly dir: string;
  readonly legacyPort: number;
  readonly modernPort: number;
  /** Copies each request to legacy. */
  readonly mirror: boolean;
  /** Upstream filters of each side, before the codec. */
  readonly filters: (role: 'authority' | 'shadow') => readonly Json[];
  /** Of the listener. */
  readonly accessLog?: readonly Json[];
  /** The collector's cluster `capture` leads here. */
  readonly capturePort: number;
}

export interface DataPlane {
  readonly port: number;
  readonly pid: number;
  /** One of Envoy's counters; 0 when it does not exist. */
  counter(name: string): Promise<number>;
  stop(): Promise<void>;
}

/** A real Envoy in front of two services as Chronos sets it up, in the small: modern answers, legacy is its failover and gets the copies. */
export async function startDataPlane(spec: DataPlaneSpec): Promise<DataPlane> {
  const [port, adminPort] = (await freePorts(2)) as [number, number];
  const config = join(spec.dir, 'envoy.json');
  await writeFile(config, JSON.stringify(bootstrap(spec, port, adminPort)));
  const admin = (path: string) => fetch(`http://127.0.0.1:${adminPort}${path}`);
  const part = await startPart(
    {
      name: 'envoy',
      command: spec.envoy,
      args: ['-c', config, '--use-dynamic-base-id', '--concurrency', '1', '-l', 'error'],
      ready: async () => (await admin('/ready')).ok,
      restart: false,
    },
    join(spec.dir, 'envoy.log'),
  );
  return {
    port,
    pid: part.process.pid,
    async counter(name) {
      const stats = await (await admin(`/stats?filter=^${name.replaceAll('.', '\\.')}$`)).text();
      return Number(/: (\d+)/.exec(stats)?.[1] ?? 0);
    },
    stop: part.stop,
  };
}

const type = (name: string) => ({ '@type': `type.googleapis.com/envoy.${name}` });

const hostMetadata = 'xds.upstream_host_metadata.filter_metadata.chronos';

/** The capture filter as control-plane/src/core/translate/capture-filter.ts makes it. */
export function extProc(role: 'authority' | 'shadow', settings: Json = {}): Json {
  return {
    name: 'envoy.filters.http.ext_proc',
    typed_config: {
      ...type('extensions.filters.http.ext_proc.v3.ExternalProcessor'),
      grpc_service: {
        envoy_grpc: { cluster_name: 'capture' },
        timeout: '0s',
        initial_metadata: [{ key: 'x-chronos-role', value: role }],
      },
      observability_mode: true,
      failure_mode_allow: true,
      // Longer than this a busy collector may not be behind; a reset is told this much later.
      deferred_close_timeout: '2s',
      request_attributes: [
        'xds.node.id',
        `${hostMetadata}.universe`,
        `${hostMetadata}.deployment`,
        'request.time',
      ],
      processing_mode: {
        request_header_mode: 'SEND',
        response_header_mode: 'SEND',
        request_body_mode: 'STREAMED',
        response_body_mode: 'STREAMED',
        request_trailer_mode: 'SEND',
        response_trailer_mode: 'SEND',
      },
      ...settings,
    },
  };
}

/**
 * No watermark on the way to the collector: at one, ext_proc stops reading from the client, though it only observes, and Envoy 1.39.3 ends with a
 * segmentation fault when the collector goes on after the exchange is over. The keepalive bounds what a hung collector can make Envoy hold.
 */
const unlimited = 2_147_483_647;

function bootstrap(spec: DataPlaneSpec, port: number, adminPort: number): Json {
  const { mirror, filters, legacyPort, modernPort, capturePort } = spec;
  return {
    node: { id: 'node-1', cluster: 'test' },
    admin: { address: address(adminPort) },
    static_resources: {
      listeners: [listener(port, spec.accessLog ?? [])],
      clusters: [
        leaf('legacy', legacyPort),
        leaf('modern', modernPort),
        leaf('legacy_shadow', legacyPort, {
          ...upstreamFilters(filters('shadow')),
          common_http_protocol_options: { max_stream_duration: '5s' },
        }),
        parent('modern_first', ['modern', 'legacy'], {
          ...(mirror && { request_mirror_policies: [mirrorTo('legacy_shadow')] }),
          ...upstreamFilters(filters('authority')),
        }),
        {
          name: 'capture',
          type: 'STATIC',
          connect_timeout: '1s',
          per_connection_buffer_limit_bytes: unlimited,
          load_assignment: loadAssignment('capture', capturePort),
          typed_extension_protocol_options: httpOptions({
            explicit_http_config: {
              http2_protocol_options: {
                initial_stream_window_size: unlimited,
                initial_connection_window_size: unlimited,
                connection_keepalive: { interval: '1s', timeout: '2s' },
              },
            },
          }),
          circuit_breakers: { thresholds: [{ max_pending_requests: 4096, max_requests: 4096 }] },
        },
      ],
    },
  };
}

function listener(port: number, accessLog: readonly Json[]): Json {
  const overwrite = (key: string, value: string) => ({
    header: { key, value },
    append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
  });
  return {
    name: 'bank',
    address: address(port),
    filter_chains: [
      {
        filters: [
          {
            name: 'envoy.filters.network.http_connection_manager',
            typed_config: {
              ...type('extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'),
              stat_prefix: 'bank',
              access_log: accessLog,
              http_protocol_options: { enable_trailers: true },
              route_config: {
                name: 'bank',
                request_headers_to_add: [
                  overwrite('x-chronos-request-id', '%UNIQUE_ID%'),
                  overwrite('x-chronos-route', 'bank/all'),
                ],
                virtual_hosts: [
                  {
                    include_request_attempt_count: true,
                    name: 'all',
                    domains: ['*'],
                    routes: [{ match: { prefix: '/' }, route: route() }],
                  },
                ],
              },
              http_filters: [
                {
                  name: 'envoy.filters.http.router',
                  typed_config: type('extensions.filters.http.router.v3.Router'),
                },
              ],
            },
          },
        ],
      },
    ],
  };
}

function route(): Json {
  return {
    cluster: 'modern_first',
    timeout: '10s',
    retry_policy: {
      retry_on: '5xx,reset,connect-failure',
      num_retries: 1,
      retry_back_off: { base_interval: '0.001s', max_interval: '0.002s' },
      retry_priority: {
        name: 'envoy.retry_priorities.previous_priorities',
        typed_config: {
          ...type('extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig'),
          update_frequency: 1,
        },
      },
    },
  };
}

function leaf(name: string, port: number, options: Json = {}): Json {
  return {
    name,
    type: 'STATIC',
    connect_timeout: '1s',
    load_assignment: loadAssignment(name, port, { filter_metadata: { chronos: hostOf(name) } }),
    typed_extension_protocol_options: httpOptions(options),
  };
}

function hostOf(cluster: string): Json {
  const universe = cluster.startsWith('legacy') ? 'legacy' : 'modern';
  return { universe, deployment: `${universe}@1` };
}

function parent(name: string, clusters: readonly string[], options: Json): Json {
  return {
    name,
    connect_timeout: '1s',
    lb_policy: 'CLUSTER_PROVIDED',
    cluster_type: {
      name: 'envoy.clusters.aggregate',
      typed_config: { ...type('extensions.clusters.aggregate.v3.ClusterConfig'), clusters },
    },
    typed_extension_protocol_options: httpOptions(options),
  };
}

function mirrorTo(cluster: string): Json {
  return {
    cluster,
    disable_shadow_host_suffix_append: true,
    request_headers_mutations: [
      {
        append: {
          header: { key: 'x-chronos-copy', value: '1' },
          append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
        },
      },
    ],
  };
}

function upstreamFilters(filters: readonly Json[]): Json {
  if (filters.length === 0) return {};
  const codec = {
    name: 'envoy.filters.http.upstream_codec',
    typed_config: type('extensions.filters.http.upstream_codec.v3.UpstreamCodec'),
  };
  return { http_filters: [...filters, codec] };
}

function httpOptions(options: Json): Json {
  return {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
      ...type('extensions.upstreams.http.v3.HttpProtocolOptions'),
      explicit_http_config: { http_protocol_options: { enable_trailers: true } },
      ...options,
    },
  };
}

function loadAssignment(cluster: string, port: number, metadata: Json = {}): Json {
  const endpoint = { endpoint: { address: address(port) }, metadata };
  return { cluster_name: cluster, endpoints: [{ lb_endpoints: [endpoint] }] };
}

function address(port: number): Json {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}
