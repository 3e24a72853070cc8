import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ProxyRollout_Stage, type ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import { pageOf } from './pages.ts';

const stages = {
  current: ProxyRollout_Stage.CURRENT,
  canary: ProxyRollout_Stage.CANARY,
  waiting: ProxyRollout_Stage.WAITING,
  refused: ProxyRollout_Stage.REFUSED,
} as const;

/** ProxyService over what the xDS server knows of its streams. */
export function proxyService(proxies: () => readonly ProxyStatus[]): ServiceImpl<typeof ProxyService> {
  return {
    listProxies(request) {
      const { items, nextPageToken } = pageOf('proxies', proxies(), request);
      return {
        proxies: items.map((proxy) => ({
          nodeId: proxy.nodeId,
          nodeCluster: proxy.nodeGroup,
          connected: proxy.connected,
          connectedAt: timestampFromMs(proxy.connectedAtMs),
          userAgentVersion: proxy.userAgentVersion,
          rollout: { ...proxy.rollout, stage: stages[proxy.rollout.stage] },
          resources: proxy.resources.map(({ typeUrl: _, ackedAtMs, rejectedAtMs, ...resource }) => ({
            ...resource,
            ...(rejectedAtMs === undefined ? {} : { rejectedAt: timestampFromMs(rejectedAtMs) }),
            ...(ackedAtMs === undefined ? {} : { ackedAt: timestampFromMs(ackedAtMs) }),
          })),
        })),
        nextPageToken,
      };
    },
  };
}
