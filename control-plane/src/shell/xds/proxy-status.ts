import type { Snapshot } from '../../core/snapshot.ts';
import { PUSH_ORDER, shortTypeName } from '../../core/xds/resource-types.ts';
import type { RolloutStanding } from '../../core/xds/rollout-standing.ts';
import type { TypeState } from '../../core/xds/type-state.ts';
import type { Connection, ProxyNode } from './connection.ts';

/** One resource type on one proxy. Times are milliseconds since the epoch. */
export interface ProxyResourceStatus {
  readonly typeUrl: string;
  /** `cluster`, `endpoint`, `listener`, `route`, `runtime`. */
  readonly type: string;
  /** Of what was published last, also while it is tried on another proxy or was refused. */
  readonly versionWanted: string;
  /** The last version that the proxy accepted: what it runs. */
  readonly versionAcked: string;
  /** The version that it rejected, until it accepts a newer one; the last good one, offered again, leaves it. */
  readonly versionRejected: string;
  readonly error: string;
  readonly rejectedAtMs: number | undefined;
  readonly ackedAtMs: number | undefined;
}

/** One stream of one proxy, open or among the most recent that ended. */
export interface ProxyStatus {
  readonly nodeId: string;
  readonly nodeGroup: string;
  readonly variant: 'sotw' | 'delta';
  readonly connected: boolean;
  readonly connectedAtMs: number;
  readonly userAgentVersion: string;
  readonly rollout: RolloutStanding;
  readonly resources: readonly ProxyResourceStatus[];
}

export function proxyStatus(
  connection: Connection,
  node: ProxyNode,
  wanted: Snapshot | undefined,
  rollout: RolloutStanding,
  connected: boolean,
): ProxyStatus {
  const types = [...connection.state.types.values()];
  types.sort((a, b) => PUSH_ORDER.indexOf(a.typeUrl) - PUSH_ORDER.indexOf(b.typeUrl));
  return {
    nodeId: node.id,
    nodeGroup: node.group,
    variant: connection.state.variant,
    connected,
    connectedAtMs: connection.connectedAtMs,
    userAgentVersion: node.userAgentVersion,
    rollout,
    resources: types.map((type) => resourceStatus(type, wanted)),
  };
}

function resourceStatus(state: TypeState, wanted: Snapshot | undefined): ProxyResourceStatus {
  return {
    typeUrl: state.typeUrl,
    type: shortTypeName(state.typeUrl),
    versionWanted: (wanted?.types.get(state.typeUrl) ?? state.target)?.version ?? '',
    versionAcked: state.acked?.version ?? '',
    versionRejected: state.rejection?.version ?? '',
    error: state.rejection?.error ?? '',
    rejectedAtMs: state.rejection?.atMs,
    ackedAtMs: state.acked?.atMs,
  };
}
