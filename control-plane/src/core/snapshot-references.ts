import { createRegistry, type Message } from '@bufbuild/protobuf';
import { type Any, anyUnpack } from '@bufbuild/protobuf/wkt';
import {
  type Cluster,
  Cluster_DiscoveryType,
  file_envoy_config_cluster_v3_cluster,
} from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import type { GrpcService_EnvoyGrpc } from '@chronos/envoy/api/envoy/config/core/v3/grpc_service_pb.js';
import type { HttpUri } from '@chronos/envoy/api/envoy/config/core/v3/http_uri_pb.js';
import type {
  RouteAction,
  RouteAction_RequestMirrorPolicy,
  WeightedCluster_ClusterWeight,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import {
  type ClusterConfig,
  file_envoy_extensions_clusters_aggregate_v3_cluster,
} from '@chronos/envoy/api/envoy/extensions/clusters/aggregate/v3/cluster_pb.js';
import { file_envoy_extensions_filters_http_ext_proc_v3_ext_proc } from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/ext_proc_pb.js';
import {
  file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager,
  type Rds,
} from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import {
  file_envoy_extensions_filters_network_tcp_proxy_v3_tcp_proxy,
  type TcpProxy,
} from '@chronos/envoy/api/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy_pb.js';
import { file_envoy_extensions_upstreams_http_v3_http_protocol_options } from '@chronos/envoy/api/envoy/extensions/upstreams/http/v3/http_protocol_options_pb.js';
import { CLUSTER_TYPE, ENDPOINT_TYPE, ROUTE_TYPE } from './xds/resource-types.ts';

/** One resource named by another. */
export interface Reference {
  readonly typeUrl: string;
  readonly name: string;
}

/** What may stand in an Any and name other resources; a packed message of another type is not looked into. */
const packed = createRegistry(
  file_envoy_config_cluster_v3_cluster,
  file_envoy_extensions_clusters_aggregate_v3_cluster,
  file_envoy_extensions_filters_http_ext_proc_v3_ext_proc,
  file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager,
  file_envoy_extensions_filters_network_tcp_proxy_v3_tcp_proxy,
  file_envoy_extensions_upstreams_http_v3_http_protocol_options,
);

const cluster = (name: string): Reference[] => (name === '' ? [] : [{ typeUrl: CLUSTER_TYPE, name }]);

/** Message type → the references it holds itself. Messages within it are visited on their own. */
const readers = new Map<string, (message: Message) => readonly Reference[]>();
function reader<M extends Message>(typeName: M['$typeName'], read: (message: M) => readonly Reference[]) {
  readers.set(typeName, (message) => read(message as M));
}

reader<Cluster>('envoy.config.cluster.v3.Cluster', (message) => {
  const discovery = message.clusterDiscoveryType;
  if (discovery.case !== 'type' || discovery.value !== Cluster_DiscoveryType.EDS) return [];
  return [{ typeUrl: ENDPOINT_TYPE, name: message.edsClusterConfig?.serviceName || message.name }];
});
reader<ClusterConfig>('envoy.extensions.clusters.aggregate.v3.ClusterConfig', (message) =>
  message.clusters.flatMap(cluster),
);
reader<RouteAction>('envoy.config.route.v3.RouteAction', ({ clusterSpecifier }) =>
  clusterSpecifier.case === 'cluster' ? cluster(clusterSpecifier.value) : [],
);
reader<WeightedCluster_ClusterWeight>('envoy.config.route.v3.WeightedCluster.ClusterWeight', (message) =>
  cluster(message.name),
);
reader<RouteAction_RequestMirrorPolicy>('envoy.config.route.v3.RouteAction.RequestMirrorPolicy', (message) =>
  cluster(message.cluster),
);
reader<GrpcService_EnvoyGrpc>('envoy.config.core.v3.GrpcService.EnvoyGrpc', (message) =>
  cluster(message.clusterName),
);
reader<HttpUri>('envoy.config.core.v3.HttpUri', ({ httpUpstreamType }) =>
  httpUpstreamType.case === 'cluster' ? cluster(httpUpstreamType.value) : [],
);
reader<TcpProxy>('envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', ({ clusterSpecifier }) =>
  clusterSpecifier.case === 'cluster' ? cluster(clusterSpecifier.value) : [],
);
reader<Rds>('envoy.extensions.filters.network.http_connection_manager.v3.Rds', (message) => [
  { typeUrl: ROUTE_TYPE, name: message.routeConfigName },
]);

/** All resources that a message names, at any depth, each once. */
export function referencesOf(message: Message): readonly Reference[] {
  const found = new Map<string, Reference>();
  const pending: object[] = [message];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (value instanceof Uint8Array) continue;
    if (isMessage(value)) {
      for (const reference of readers.get(value.$typeName)?.(value) ?? []) {
        found.set(`${reference.typeUrl} ${reference.name}`, reference);
      }
      const unpacked = isAny(value) ? anyUnpack(value, packed) : undefined;
      if (unpacked !== undefined) pending.push(unpacked);
    }
    for (const child of Object.values(value))
      if (typeof child === 'object' && child !== null) pending.push(child);
  }
  return [...found.values()];
}

function isMessage(value: object): value is Message {
  return '$typeName' in value && typeof value.$typeName === 'string';
}

function isAny(message: Message): message is Any {
  return message.$typeName === 'google.protobuf.Any';
}
