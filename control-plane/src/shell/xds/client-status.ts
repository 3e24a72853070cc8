import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ClientResourceStatus } from '@chronos/envoy/api/envoy/admin/v3/config_dump_shared_pb.js';
import {
  type ClientStatusRequest,
  type ClientStatusResponse,
  ClientStatusResponseSchema,
  ConfigStatus,
} from '@chronos/envoy/api/envoy/service/status/v3/csds_pb.js';
import type { ProxyResourceStatus, ProxyStatus } from './proxy-status.ts';

/** Who runs which version, in the words of the client status discovery service: one entry a resource type of each connected proxy. */
export function clientStatus(
  request: ClientStatusRequest,
  proxies: readonly ProxyStatus[],
): ClientStatusResponse {
  const wanted = request.nodeMatchers.flatMap(({ nodeId }) =>
    nodeId?.matchPattern.case === 'exact' ? [nodeId.matchPattern.value] : [],
  );
  const shown = proxies.filter(
    (proxy) => proxy.connected && (request.nodeMatchers.length === 0 || wanted.includes(proxy.nodeId)),
  );
  return create(ClientStatusResponseSchema, {
    config: shown.map((proxy) => ({
      node: { id: proxy.nodeId, cluster: proxy.nodeGroup },
      genericXdsConfigs: proxy.resources.map(genericConfig),
    })),
  });
}

function genericConfig(resource: ProxyResourceStatus) {
  const rejected = resource.versionRejected !== '';
  return {
    typeUrl: resource.typeUrl,
    versionInfo: resource.versionAcked,
    configStatus: configStatus(resource),
    clientStatus: clientStatusOf(resource),
    ...(resource.ackedAtMs === undefined ? {} : { lastUpdated: timestampFromMs(resource.ackedAtMs) }),
    ...(rejected ? { errorState: { details: resource.error, versionInfo: resource.versionRejected } } : {}),
  };
}

function configStatus(resource: ProxyResourceStatus): ConfigStatus {
  if (resource.versionRejected !== '') return ConfigStatus.ERROR;
  if (resource.versionWanted === '') return ConfigStatus.NOT_SENT;
  return resource.versionAcked === resource.versionWanted ? ConfigStatus.SYNCED : ConfigStatus.STALE;
}

function clientStatusOf(resource: ProxyResourceStatus): ClientResourceStatus {
  if (resource.versionRejected !== '') return ClientResourceStatus.NACKED;
  return resource.versionAcked === '' ? ClientResourceStatus.REQUESTED : ClientResourceStatus.ACKED;
}
