import { createRegistry, type JsonObject, type Message, toJson } from '@bufbuild/protobuf';
import { ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { ClusterLoadAssignmentSchema } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import { ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { RouteConfigurationSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import { file_envoy_config_trace_v3_opentelemetry } from '@chronos/envoy/api/envoy/config/trace/v3/opentelemetry_pb.js';
import { file_envoy_extensions_access_loggers_stats_v3_stats } from '@chronos/envoy/api/envoy/extensions/access_loggers/stats/v3/stats_pb.js';
import { file_envoy_extensions_clusters_aggregate_v3_cluster } from '@chronos/envoy/api/envoy/extensions/clusters/aggregate/v3/cluster_pb.js';
import { file_envoy_extensions_filters_http_ext_proc_v3_ext_proc } from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/ext_proc_pb.js';
import { file_envoy_extensions_filters_http_header_mutation_v3_header_mutation } from '@chronos/envoy/api/envoy/extensions/filters/http/header_mutation/v3/header_mutation_pb.js';
import { file_envoy_extensions_filters_http_lua_v3_lua } from '@chronos/envoy/api/envoy/extensions/filters/http/lua/v3/lua_pb.js';
import { file_envoy_extensions_filters_http_router_v3_router } from '@chronos/envoy/api/envoy/extensions/filters/http/router/v3/router_pb.js';
import { file_envoy_extensions_filters_http_upstream_codec_v3_upstream_codec } from '@chronos/envoy/api/envoy/extensions/filters/http/upstream_codec/v3/upstream_codec_pb.js';
import { file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager } from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import { file_envoy_extensions_filters_network_tcp_proxy_v3_tcp_proxy } from '@chronos/envoy/api/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy_pb.js';
import { file_envoy_extensions_http_early_header_mutation_header_mutation_v3_header_mutation } from '@chronos/envoy/api/envoy/extensions/http/early_header_mutation/header_mutation/v3/header_mutation_pb.js';
import { file_envoy_extensions_request_id_uuid_v3_uuid } from '@chronos/envoy/api/envoy/extensions/request_id/uuid/v3/uuid_pb.js';
import { file_envoy_extensions_retry_priority_previous_priorities_v3_previous_priorities_config } from '@chronos/envoy/api/envoy/extensions/retry/priority/previous_priorities/v3/previous_priorities_config_pb.js';
import { file_envoy_extensions_tracers_opentelemetry_samplers_v3_parent_based_sampler } from '@chronos/envoy/api/envoy/extensions/tracers/opentelemetry/samplers/v3/parent_based_sampler_pb.js';
import { file_envoy_extensions_tracers_opentelemetry_samplers_v3_trace_id_ratio_based_sampler } from '@chronos/envoy/api/envoy/extensions/tracers/opentelemetry/samplers/v3/trace_id_ratio_based_sampler_pb.js';
import { file_envoy_extensions_upstreams_http_v3_http_protocol_options } from '@chronos/envoy/api/envoy/extensions/upstreams/http/v3/http_protocol_options_pb.js';
import { RuntimeSchema } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';

/** Every message that the translation makes, also within an Any. */
const registry = createRegistry(
  ClusterSchema,
  ClusterLoadAssignmentSchema,
  ListenerSchema,
  RouteConfigurationSchema,
  RuntimeSchema,
  file_envoy_config_trace_v3_opentelemetry,
  file_envoy_extensions_access_loggers_stats_v3_stats,
  file_envoy_extensions_clusters_aggregate_v3_cluster,
  file_envoy_extensions_filters_http_ext_proc_v3_ext_proc,
  file_envoy_extensions_filters_http_header_mutation_v3_header_mutation,
  file_envoy_extensions_filters_http_lua_v3_lua,
  file_envoy_extensions_filters_http_router_v3_router,
  file_envoy_extensions_filters_http_upstream_codec_v3_upstream_codec,
  file_envoy_extensions_filters_network_http_connection_manager_v3_http_connection_manager,
  file_envoy_extensions_filters_network_tcp_proxy_v3_tcp_proxy,
  file_envoy_extensions_http_early_header_mutation_header_mutation_v3_header_mutation,
  file_envoy_extensions_request_id_uuid_v3_uuid,
  file_envoy_extensions_retry_priority_previous_priorities_v3_previous_priorities_config,
  file_envoy_extensions_tracers_opentelemetry_samplers_v3_parent_based_sampler,
  file_envoy_extensions_tracers_opentelemetry_samplers_v3_trace_id_ratio_based_sampler,
  file_envoy_extensions_upstreams_http_v3_http_protocol_options,
);

/**
 * A resource in the JSON form that Envoy reads from files and that people read in golden files.
 * @throws Error for a message that the translation does not make.
 */
export function resourceJson(message: Message): JsonObject {
  const schema = registry.getMessage(message.$typeName);
  if (schema === undefined) throw new Error(`${message.$typeName} is not a resource of the translation`);
  const json = toJson(schema, message, { registry, useProtoFieldName: true });
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error(`${message.$typeName} has no JSON object form`);
  }
  return json;
}
