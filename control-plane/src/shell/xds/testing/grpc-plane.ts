import { createRegistry, fromJson } from '@bufbuild/protobuf';
import { ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { ClusterLoadAssignmentSchema } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import { ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { RouteConfigurationSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import { file_envoy_extensions_filters_http_router_v3_router } from '@chronos/envoy/api/envoy/extensions/filters/http/router/v3/router_pb.js';
import { file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager } from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import type { ResourceSet } from '../../../core/snapshot.ts';

const registry = createRegistry(
  file_envoy_extensions_filters_http_router_v3_router,
  file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager,
);
const type = (name: string) => ({ '@type': `type.googleapis.com/envoy.extensions.filters.${name}` });
const fromAds = { ads: {}, resource_api_version: 'V3' };

export interface GrpcPlane {
  /** Cluster → the port its one endpoint listens on. */
  readonly clusters: Readonly<Record<string, number>>;
  /** The cluster that `xds:///bank` leads to. */
  readonly to: string;
  /** Of the clusters; gRPC rejects what it does not know. */
  readonly lbPolicy?: string;
}

/** What a gRPC client needs to resolve `xds:///bank`: the listener of that name, its route, clusters and endpoints. */
export function grpcPlane({ clusters, to, lbPolicy = 'ROUND_ROBIN' }: GrpcPlane): Partial<ResourceSet> {
  const manager = {
    ...type('network.http_connection_manager.v3.HttpConnectionManager'),
    rds: { route_config_name: 'bank-routes', config_source: fromAds },
    http_filters: [{ name: 'router', typed_config: type('http.router.v3.Router') }],
  };
  const routes = [{ match: { prefix: '' }, route: { cluster: to } }];
  return {
    listeners: [
      {
        name: 'bank',
        message: fromJson(
          ListenerSchema,
          { name: 'bank', api_listener: { api_listener: manager } },
          { registry },
        ),
      },
    ],
    routes: [
      {
        name: 'bank-routes',
        message: fromJson(RouteConfigurationSchema, {
          name: 'bank-routes',
          virtual_hosts: [{ name: 'all', domains: ['*'], routes }],
        }),
      },
    ],
    clusters: Object.keys(clusters).map((name) => ({
      name,
      message: fromJson(ClusterSchema, {
        name,
        type: 'EDS',
        lb_policy: lbPolicy,
        eds_cluster_config: { eds_config: fromAds },
      }),
    })),
    endpoints: Object.entries(clusters).map(([name, port]) => ({ name, message: assignment(name, port) })),
  };
}

function assignment(name: string, port: number) {
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  return fromJson(ClusterLoadAssignmentSchema, {
    cluster_name: name,
    endpoints: [
      {
        // gRPC rejects a locality without a weight.
        locality: { region: 'here' },
        load_balancing_weight: 1,
        lb_endpoints: [{ endpoint: { address } }],
      },
    ],
  });
}
