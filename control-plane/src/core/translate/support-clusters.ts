import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Cluster,
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import type { DataPlane, SocketAddress } from '../ir.ts';
import { isIpAddress, socketAddress } from './addresses.ts';
import { captureBreaker } from './circuit-breakers.ts';
import { CAPTURE_CLUSTER, OTLP_CLUSTER } from './names.ts';
import { type NamedResource, resource } from './resource.ts';
import { httpOptions } from './upstream-protocol.ts';

const connectTimeoutMs = 1_000;

/** The clusters that serve the proxy itself rather than its clients; both speak gRPC. */
export function supportClusters({ capture, otlp }: DataPlane): NamedResource<Cluster>[] {
  return [
    supportCluster(CAPTURE_CLUSTER, capture),
    ...(otlp === null ? [] : [supportCluster(OTLP_CLUSTER, otlp)]),
  ];
}

function supportCluster(name: string, address: SocketAddress): NamedResource<Cluster> {
  return resource(
    name,
    create(ClusterSchema, {
      name,
      altStatName: name.replace('.', '/'),
      connectTimeout: durationFromMs(connectTimeoutMs),
      clusterDiscoveryType: {
        case: 'type',
        value: isIpAddress(address.host) ? Cluster_DiscoveryType.STATIC : Cluster_DiscoveryType.STRICT_DNS,
      },
      loadAssignment: {
        clusterName: name,
        endpoints: [
          {
            lbEndpoints: [
              { hostIdentifier: { case: 'endpoint', value: { address: socketAddress(address) } } },
            ],
          },
        ],
      },
      circuitBreakers: captureBreaker,
      typedExtensionProtocolOptions: httpOptions({ protocol: 'http2' }),
    }),
  );
}
