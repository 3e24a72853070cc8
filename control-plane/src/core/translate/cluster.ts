import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Cluster,
  Cluster_DiscoveryType,
  Cluster_LbPolicy,
  ClusterSchema,
} from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { ApiVersion } from '@chronos/envoy/api/envoy/config/core/v3/config_source_pb.js';
import { ClusterConfigSchema } from '@chronos/envoy/api/envoy/extensions/clusters/aggregate/v3/cluster_pb.js';
import type { MigrationIr, SecondRunIr, UniverseName } from '../ir.ts';
import { isIpAddress } from './addresses.ts';
import { captureFilter } from './capture-filter.ts';
import { breaker, shadowBreaker } from './circuit-breakers.ts';
import { isDiscovered, loadAssignment, type Side } from './endpoint.ts';
import { markCopy, restoreCopy } from './header-mutations.ts';
import { identifierFilter } from './identifier-filter.ts';
import { extension, type Init } from './messages.ts';
import {
  firstCluster,
  hopCluster,
  SECOND_HEADER,
  secondCluster,
  shadowCluster,
  translatedFirstCluster,
  universeCluster,
} from './names.ts';
import { ejectFailing } from './outlier-detection.ts';
import { type NamedResource, resource } from './resource.ts';
import { httpOptions } from './upstream-protocol.ts';

const connectTimeoutMs = 1_000;

export type ClusterInit = Init<typeof ClusterSchema>;

/** Whether requests are copied to the other universe; `under-way`: no more, but the last copies have not been answered yet. */
export type Copies = 'made' | 'under-way' | 'none';

/** The clusters of one migration that its groups can lead to. */
export function clusters(
  migration: MigrationIr,
  universes: readonly UniverseName[],
  copies: Copies,
): NamedResource<Cluster>[] {
  const mirrored = copies === 'made';
  // Without a legacy to fall back to, ejecting modern's last endpoint would only turn its errors into more errors.
  const plain = universes.map((universe) =>
    plainCluster(migration, universe, mirrored && universe === 'modern'),
  );
  if (copies === 'none') return plain;
  const shadows = [
    ...plain,
    shadow(migration, 'legacy'),
    shadow(migration, 'modern'),
    ...(migration.second === undefined ? [] : [secondRun(migration, migration.second)]),
  ];
  if (!mirrored) return shadows;
  return [
    ...shadows,
    ...answeringPair(migration, firstCluster, universeCluster),
    ...(isTranslated(migration) ? answeringPair(migration, translatedFirstCluster, hopCluster) : []),
  ];
}

function plainCluster(
  migration: MigrationIr,
  universe: UniverseName,
  ejecting: boolean,
): NamedResource<Cluster> {
  return cluster(universeCluster(migration.name, universe), {
    ...membership(migration.name, universe, migration[universe]),
    circuitBreakers: breaker,
    ...(ejecting ? { outlierDetection: ejectFailing } : {}),
    typedExtensionProtocolOptions: httpOptions({ protocol: migration[universe].protocol }),
  });
}

/** Takes copies. No mirror policy of its own: two that point at each other end Envoy with a segmentation fault. */
function shadow(migration: MigrationIr, universe: UniverseName): NamedResource<Cluster> {
  const { name, identifiers } = migration;
  return cluster(shadowCluster(migration.name, universe), {
    ...membership(migration.name, universe, migration[universe]),
    circuitBreakers: shadowBreaker,
    typedExtensionProtocolOptions: httpOptions({
      protocol: migration[universe].protocol,
      filters: [
        restoreCopy(),
        // Before capture, which then sees what was sent.
        ...(identifiers === undefined ? [] : [identifierFilter(name, universe, identifiers)]),
        captureFilter('shadow'),
      ],
      // A shadow that hangs would stall the client's upload behind it for ever.
      streamMsMax: migration.copyDeadlineMs,
    }),
  });
}

/**
 * Takes copies for legacy's second run. Its endpoint stands in the cluster: it belongs to no deployment, and nothing of a universe depends on
 * it.
 */
function secondRun(migration: MigrationIr, { address }: SecondRunIr): NamedResource<Cluster> {
  const name = secondCluster(migration.name);
  const endpoint = { address, deployment: `${address.host}:${address.port}@second` };
  const discovery = isIpAddress(address.host)
    ? Cluster_DiscoveryType.STATIC
    : Cluster_DiscoveryType.STRICT_DNS;
  return cluster(name, {
    clusterDiscoveryType: { case: 'type', value: discovery },
    loadAssignment: loadAssignment(name, 'legacy', { endpoints: [endpoint] }),
    circuitBreakers: shadowBreaker,
    typedExtensionProtocolOptions: httpOptions({
      protocol: migration.legacy.protocol,
      filters: [restoreCopy(), captureFilter('second')],
      streamMsMax: migration.copyDeadlineMs,
    }),
  });
}

type ClusterName = (migration: string, universe: UniverseName) => string;

/** Modern first and legacy first. */
function answeringPair(migration: MigrationIr, first: ClusterName, member: ClusterName) {
  return [
    answering(migration, 'modern', ['modern', 'legacy'], 'legacy', first, member),
    answering(migration, 'legacy', ['legacy'], 'modern', first, member),
  ];
}

/** Some mirrored group's requests are translated on their way to the universe that answers. */
function isTranslated({ identifiers, groups }: MigrationIr): boolean {
  return (
    identifiers !== undefined && groups.some(({ mode, translated }) => translated && mode === 'mirrored')
  );
}

/** Answers clients: tries its members in order and copies each request once to the other universe. */
function answering(
  migration: MigrationIr,
  universe: UniverseName,
  members: readonly UniverseName[],
  copyTo: UniverseName,
  first: ClusterName,
  memberOf: ClusterName,
): NamedResource<Cluster> {
  return cluster(first(migration.name, universe), {
    lbPolicy: Cluster_LbPolicy.CLUSTER_PROVIDED,
    clusterDiscoveryType: {
      case: 'clusterType',
      value: extension('envoy.clusters.aggregate', ClusterConfigSchema, {
        clusters: members.map((member) => memberOf(migration.name, member)),
      }),
    },
    // The budget of retries is what makes them one-way: modern's failures go on to legacy, legacy's go to the client.
    circuitBreakers: {
      thresholds: [{ ...breaker.thresholds[0], ...(members.length === 1 ? { maxRetries: 0 } : {}) }],
    },
    typedExtensionProtocolOptions: httpOptions({
      protocol: migration[universe].protocol,
      filters: [captureFilter('authority')],
      mirror: [
        { cluster: shadowCluster(migration.name, copyTo), ...asCopy },
        // Where the header is missing there is no such copy: routes say which requests may be done twice.
        ...(migration.second === undefined ? [] : [{ clusterHeader: SECOND_HEADER, ...asCopy }]),
      ],
    }),
  });
}

const asCopy = { disableShadowHostSuffixAppend: true, requestHeadersMutations: markCopy() };

/** How a cluster learns its endpoints: those of `universeCluster(scope, universe)`. */
export function membership(scope: string, universe: UniverseName, side: Side): ClusterInit {
  const name = universeCluster(scope, universe);
  const panic: ClusterInit = {
    // No healthy endpoint means no endpoint, never "any endpoint".
    commonLbConfig: { healthyPanicThreshold: { value: 0 } },
  };
  if (!isDiscovered(side)) {
    return {
      ...panic,
      clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.STRICT_DNS },
      loadAssignment: loadAssignment(name, universe, side),
    };
  }
  return {
    ...panic,
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.EDS },
    edsClusterConfig: {
      serviceName: name,
      edsConfig: {
        resourceApiVersion: ApiVersion.V3,
        configSourceSpecifier: { case: 'ads', value: {} },
      },
    },
  };
}

export function cluster(name: string, init: ClusterInit): NamedResource<Cluster> {
  return resource(
    name,
    create(ClusterSchema, {
      name,
      // Envoy takes what stands before the first dot for the cluster's name in statistics.
      altStatName: name.replace('.', '/'),
      connectTimeout: durationFromMs(connectTimeoutMs),
      ...init,
    }),
  );
}
