import { createRegistry, fromJson, type JsonObject, type JsonValue } from '@bufbuild/protobuf';
import { ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { ClusterLoadAssignmentSchema } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import { ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { RouteConfigurationSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import { file_envoy_extensions_filters_http_router_v3_router } from '@chronos/envoy/api/envoy/extensions/filters/http/router/v3/router_pb.js';
import { file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager } from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import { RuntimeSchema } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';
import type { ResourceSet } from '../../../core/snapshot.ts';

const registry = createRegistry(
  file_envoy_extensions_filters_http_router_v3_router,
  file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager,
);
const fromAds: JsonObject = { ads: {}, resource_api_version: 'V3' };

export interface SmallPlane {
  readonly listenPort: number;
  /** Cluster → the port its endpoint listens on. */
  readonly clusters: Readonly<Record<string, number>>;
  /** The cluster that the one route leads to. */
  readonly to: string;
  readonly connectTimeout?: string;
  readonly runtime?: Readonly<Record<string, JsonValue>>;
  /** Where endpoints and routes come from (envoy.config.core.v3.ConfigSource); the aggregated stream unless told. */
  readonly source?: JsonObject;
}

/** The smallest set of resources with one of each type: a listener, its route, clusters with endpoints, a runtime layer. */
export function smallPlane(plane: SmallPlane): ResourceSet {
  const clusters = Object.entries(plane.clusters);
  return {
    clusters: clusters.map(([name]) => ({
      name,
      message: fromJson(ClusterSchema, {
        name,
        type: 'EDS',
        connect_timeout: plane.connectTimeout ?? '1s',
        eds_cluster_config: { eds_config: plane.source ?? fromAds },
      }),
    })),
    endpoints: clusters.map(([name, port]) => ({
      name,
      message: fromJson(ClusterLoadAssignmentSchema, {
        cluster_name: name,
        endpoints: [{ lb_endpoints: [{ endpoint: { address: address(port) } }] }],
      }),
    })),
    listeners: [{ name: 'in', message: listener(plane.listenPort, plane.source ?? fromAds) }],
    routes: [{ name: 'way', message: route(plane.to) }],
    runtimes: [
      {
        name: 'chronos',
        message: fromJson(RuntimeSchema, { name: 'chronos', layer: { ...plane.runtime } }),
      },
    ],
  };
}

function address(port: number) {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function listener(port: number, source: JsonObject) {
  const manager = {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'in',
    rds: { route_config_name: 'way', config_source: source },
    http_filters: [
      {
        name: 'envoy.filters.http.router',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
      },
    ],
  };
  const filters = [{ name: 'envoy.filters.network.http_connection_manager', typed_config: manager }];
  return fromJson(
    ListenerSchema,
    { name: 'in', address: address(port), filter_chains: [{ filters }] },
    { registry },
  );
}

function route(cluster: string) {
  return fromJson(RouteConfigurationSchema, {
    name: 'way',
    virtual_hosts: [
      { name: 'all', domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster } }] },
    ],
  });
}
