import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ProxyRollout_Stage, type ProxySchema } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import type { ProxyStatus } from '../xds/proxy-status.ts';

const stages = {
  current: ProxyRollout_Stage.CURRENT,
  canary: ProxyRollout_Stage.CANARY,
  waiting: ProxyRollout_Stage.WAITING,
  refused: ProxyRollout_Stage.REFUSED,
} as const;

/** A proxy as the API shows it. */
export function proxyMessage(proxy: ProxyStatus): MessageInitShape<typeof ProxySchema> {
  return {
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
  };
}
