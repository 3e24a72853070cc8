import { anyUnpack } from '@bufbuild/protobuf/wkt';
import type { Cluster } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import {
  type HttpProtocolOptions,
  HttpProtocolOptionsSchema,
} from '@chronos/envoy/api/envoy/extensions/upstreams/http/v3/http_protocol_options_pb.js';

const optionsKey = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

/**
 * Clusters that take copies and copy them on. Mirror policies that lead back to where they began end Envoy with a segmentation fault, and a chain
 * would send a request three times; so no cluster that is mirrored to may mirror.
 */
export function mirrorProblems(clusters: readonly Cluster[]): string[] {
  const targets = new Map(clusters.map((cluster) => [cluster.name, mirrorTargets(cluster)]));
  return [...targets].flatMap(([name, mirroredTo]) =>
    mirroredTo
      .filter((target) => (targets.get(target) ?? []).length > 0)
      .map((target) => `cluster "${name}" mirrors to "${target}", which mirrors itself`),
  );
}

function mirrorTargets(cluster: Cluster): string[] {
  return options(cluster)?.requestMirrorPolicies.map((policy) => policy.cluster) ?? [];
}

function options(cluster: Cluster): HttpProtocolOptions | undefined {
  const any = cluster.typedExtensionProtocolOptions[optionsKey];
  return any === undefined ? undefined : anyUnpack(any, HttpProtocolOptionsSchema);
}
