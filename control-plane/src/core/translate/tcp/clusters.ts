import { create } from '@bufbuild/protobuf';
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
import { cluster, membership } from '../cluster.ts';
import { markCopy } from '../header-mutations.ts';
import { extension } from '../messages.ts';
import {
  answerName,
  copyName,
  firstCluster,
  METADATA,
  riftName,
  shadowCluster,
  tcpScope,
  universeCluster,
} from '../names.ts';
import type { NamedResource } from '../resource.ts';
import { httpOptions } from '../upstream-protocol.ts';
import { modernGate, sides, universesOf } from './gate.ts';
import { tunnelWindows } from './tunnel.ts';

/** The clusters of one TCP group: the way into its tunnel, and out of it to either universe. */
export function tcpClusters(migration: MigrationIr, group: TcpGroupIr): NamedResource<Cluster>[] {
  const scope = tcpScope(migration.name, group.name);
  const always = [
    tunnelTo(riftName(scope), riftName(scope), breaker),
    ...universesOf(group).map((universe) => plain(migration, group, universe)),
  ];
  if (group.mode !== 'mirrored') return always;
  return [
    ...always,
    ...copying(migration, group, 'legacy'),
    ...copying(migration, group, 'modern'),
    tunnelTo(answerName(scope, 'legacy'), answerName(scope, 'legacy'), breaker, 'legacy'),
    tunnelTo(answerName(scope, 'modern'), answerName(scope, 'modern'), breaker, 'modern'),
    inOrder(scope, 'modern', ['modern', 'legacy']),
    inOrder(scope, 'legacy', ['legacy']),
  ];
}

/** The universe itself. While the group is mirrored, what it is told goes to the other one as well. */
function plain(migration: MigrationIr, group: TcpGroupIr, universe: UniverseName): NamedResource<Cluster> {
  const scope = tcpScope(migration.name, group.name);
  return cluster(universeCluster(scope, universe), {
    ...membership(scope, universe, sides(migration, group)[universe]),
    circuitBreakers: breaker,
    ...(universe === 'modern' ? modernGate(migration, group) : {}),
    ...(group.mode === 'mirrored'
      ? {
          typedExtensionProtocolOptions: httpOptions({
            protocol: 'http2',
            filters: [captureFilter('authority', 'tcp')],
            mirror: [
              {
                cluster: shadowCluster(scope, universe === 'legacy' ? 'modern' : 'legacy'),
                disableShadowHostSuffixAppend: true,
                requestHeadersMutations: markCopy(),
              },
            ],
          }),
        }
      : {}),
  });
}

/**
 * Tries its members in order until one takes the connection. They are hops of their own, each with its own mirror: a modern that does not take
 * the connection ends its hop and so the copy that legacy was about to get, before the client's first byte. Otherwise legacy would be told
 * everything twice, as answerer and as shadow, and a connection has no idempotency key.
 */
function inOrder(
  scope: string,
  universe: UniverseName,
  members: readonly UniverseName[],
): NamedResource<Cluster> {
  return cluster(firstCluster(scope, universe), {
    lbPolicy: Cluster_LbPolicy.CLUSTER_PROVIDED,
    clusterDiscoveryType: {
      case: 'clusterType',
      value: extension('envoy.clusters.aggregate', ClusterConfigSchema, {
        clusters: members.map((member) => answerName(scope, member)),
      }),
    },
    circuitBreakers: {
      thresholds: [{ ...breaker.thresholds[0], ...(members.length === 1 ? { maxRetries: 0 } : {}) }],
    },
    typedExtensionProtocolOptions: httpOptions({ protocol: 'http2', http2: tunnelWindows }),
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
    tunnelTo(shadowCluster(scope, universe), copyName(scope, universe), copyBreaker),
    cluster(copyName(scope, universe), {
      ...membership(scope, universe, sides(migration, group)[universe]),
      circuitBreakers: copyBreaker,
      perConnectionBufferLimitBytes: copyBufferBytesMax,
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
/** What a copy that does not read holds until then, beside its window in the tunnel; as many of them as the breaker lets through. */
const copyBufferBytesMax = 262_144;
const giveUpOnUnread: SocketOption = create(SocketOptionSchema, {
  description: 'TCP_USER_TIMEOUT',
  level: 6n,
  name: 18n,
  value: { case: 'intValue', value: BigInt(unreadMsMax) },
  state: SocketOption_SocketState.STATE_PREBIND,
});

/** HTTP/2 to an internal listener: nothing outside the process can reach it. */
function tunnelTo(
  name: string,
  listener: string,
  circuitBreakers: typeof breaker,
  universe?: UniverseName,
): NamedResource<Cluster> {
  return cluster(name, {
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.STATIC },
    circuitBreakers,
    typedExtensionProtocolOptions: httpOptions({ protocol: 'http2', http2: tunnelWindows }),
    loadAssignment: {
      clusterName: name,
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
              // By which connections are counted; see accounting.ts.
              ...(universe === undefined
                ? {}
                : { metadata: { filterMetadata: { [METADATA]: { universe } } } }),
            },
          ],
        },
      ],
    },
  });
}
