import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Cluster,
  Cluster_DiscoveryType,
  Cluster_LbPolicy,
} from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import {
  type SocketOption,
  SocketOption_SocketState,
  SocketOptionSchema,
} from '@chronos/envoy/api/envoy/config/core/v3/socket_option_pb.js';
import { ClusterConfigSchema } from '@chronos/envoy/api/envoy/extensions/clusters/aggregate/v3/cluster_pb.js';
import type { MigrationIr, TcpGroupIr, UniverseName } from '../../ir.ts';
import { captureFilter } from '../capture-filter.ts';
import { breaker, copyBreaker } from '../circuit-breakers.ts';
import { type ClusterInit, cluster, membership } from '../cluster.ts';
import { markCopy } from '../header-mutations.ts';
import { extension } from '../messages.ts';
import { copyName, firstCluster, riftName, shadowCluster, tcpScope, universeCluster } from '../names.ts';
import type { NamedResource } from '../resource.ts';
import { httpOptions } from '../upstream-protocol.ts';
import { modernGate, sides, universesOf } from './gate.ts';
import { tunnelWindows } from './tunnel.ts';

/** The clusters of one TCP group: the way into its tunnel, and out of it to either universe. */
export function tcpClusters(migration: MigrationIr, group: TcpGroupIr): NamedResource<Cluster>[] {
  const scope = tcpScope(migration.name, group.name);
  const plain = universesOf(group).map((universe) =>
    cluster(universeCluster(scope, universe), {
      ...membership(scope, universe, sides(migration, group)[universe]),
      circuitBreakers: breaker,
      ...(universe === 'modern' ? modernGate(migration, group) : {}),
    }),
  );
  const rift = cluster(riftName(scope), {
    ...inProcess(riftName(scope)),
    circuitBreakers: breaker,
    typedExtensionProtocolOptions: httpOptions({ protocol: 'http2', http2: tunnelWindows }),
  });
  if (group.mode !== 'mirrored') return [rift, ...plain];
  return [
    rift,
    ...plain,
    ...copying(migration, group, 'legacy'),
    ...copying(migration, group, 'modern'),
    answering(scope, 'modern', ['modern', 'legacy'], 'legacy'),
    answering(scope, 'legacy', ['legacy'], 'modern'),
  ];
}

/** Answers clients: tries its members in order until one takes the connection, and copies what the client says to the other universe. */
function answering(
  scope: string,
  universe: UniverseName,
  members: readonly UniverseName[],
  copyTo: UniverseName,
): NamedResource<Cluster> {
  return cluster(firstCluster(scope, universe), {
    lbPolicy: Cluster_LbPolicy.CLUSTER_PROVIDED,
    clusterDiscoveryType: {
      case: 'clusterType',
      value: extension('envoy.clusters.aggregate', ClusterConfigSchema, {
        clusters: members.map((member) => universeCluster(scope, member)),
      }),
    },
    circuitBreakers: {
      thresholds: [{ ...breaker.thresholds[0], ...(members.length === 1 ? { maxRetries: 0 } : {}) }],
    },
    typedExtensionProtocolOptions: httpOptions({
      protocol: 'http2',
      filters: [captureFilter('authority', 'tcp')],
      mirror: [
        {
          cluster: shadowCluster(scope, copyTo),
          disableShadowHostSuffixAppend: true,
          requestHeadersMutations: markCopy(),
        },
      ],
    }),
  });
}

/** A copy leaves the mirror as an HTTP/2 stream to an internal listener, which makes a connection of it again. */
function copying(
  migration: MigrationIr,
  group: TcpGroupIr,
  universe: UniverseName,
): NamedResource<Cluster>[] {
  const scope = tcpScope(migration.name, group.name);
  return [
    cluster(shadowCluster(scope, universe), {
      ...inProcess(copyName(scope, universe)),
      circuitBreakers: copyBreaker,
      typedExtensionProtocolOptions: httpOptions({ protocol: 'http2', http2: tunnelWindows }),
    }),
    cluster(copyName(scope, universe), {
      ...membership(scope, universe, sides(migration, group)[universe]),
      circuitBreakers: copyBreaker,
      upstreamBindConfig: { socketOptions: [giveUpOnUnread] },
      typedExtensionProtocolOptions: httpOptions({
        protocol: 'http2',
        filters: [captureFilter('shadow', 'tcp')],
      }),
    }),
  ];
}

/**
 * TCP_USER_TIMEOUT (RFC 5482; tcp(7)): the kernel ends a connection whose peer has not taken a byte for this long though there are some, its
 * window being closed counts as well. No timer of Envoy's tells such a copy from one that is merely idle; and for as long as it lives, its full
 * buffers hold up the client behind it.
 */
const unreadMsMax = 1_000;
const giveUpOnUnread: SocketOption = create(SocketOptionSchema, {
  description: 'TCP_USER_TIMEOUT',
  level: 6n,
  name: 18n,
  value: { case: 'intValue', value: BigInt(unreadMsMax) },
  state: SocketOption_SocketState.STATE_PREBIND,
});

/** The one endpoint is an internal listener: nothing outside the process can reach it. */
function inProcess(listener: string): ClusterInit {
  return {
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.STATIC },
    connectTimeout: durationFromMs(1_000),
    loadAssignment: {
      clusterName: listener,
      endpoints: [
        {
          lbEndpoints: [
            {
              hostIdentifier: {
                case: 'endpoint',
                value: {
                  address: {
                    address: {
                      case: 'envoyInternalAddress',
                      value: { addressNameSpecifier: { case: 'serverListenerName', value: listener } },
                    },
                  },
                },
              },
            },
          ],
        },
      ],
    },
  };
}
