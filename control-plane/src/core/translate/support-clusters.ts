import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import {
  type Cluster,
  Cluster_DiscoveryType,
  ClusterSchema,
} from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import type { DataPlane, SocketAddress } from '../ir.ts';
import { isIpAddress, socketAddress } from './addresses.ts';
import { captureBreaker, tcpCaptureBreaker } from './circuit-breakers.ts';
import { CAPTURE_CLUSTER, IDENTIFIERS_CLUSTER, OTLP_CLUSTER, TCP_CAPTURE_CLUSTER } from './names.ts';
import { type NamedResource, resource } from './resource.ts';
import { httpOptions } from './upstream-protocol.ts';

const connectTimeoutMs = 1_000;

/** The clusters that serve the proxy itself rather than its clients; all speak gRPC. */
export function supportClusters({
  capture,
  identifiers,
  otlp,
  migrations,
}: DataPlane): NamedResource<Cluster>[] {
  const toCapture = {
    perConnectionBufferLimitBytes: unlimited,
    typedExtensionProtocolOptions: httpOptions({ protocol: 'http2', http2: withoutWatermarks }),
  };
  return [
    supportCluster(CAPTURE_CLUSTER, capture, toCapture),
    ...(migrations.some(({ tcp }) => tcp.length > 0)
      ? [supportCluster(TCP_CAPTURE_CLUSTER, capture, { ...toCapture, circuitBreakers: tcpCaptureBreaker })]
      : []),
    ...(identifiers !== undefined && migrations.some((migration) => migration.identifiers !== undefined)
      ? [
          supportCluster(IDENTIFIERS_CLUSTER, identifiers, {
            typedExtensionProtocolOptions: httpOptions({ protocol: 'http2', http2: { connectionKeepalive } }),
          }),
        ]
      : []),
    ...(otlp === null
      ? []
      : [
          supportCluster(OTLP_CLUSTER, otlp, {
            typedExtensionProtocolOptions: httpOptions({ protocol: 'http2' }),
          }),
        ]),
  ];
}

/**
 * Nothing on the way to capture may ever fill up: with Envoy's default limits a collector that hung (SIGSTOP) stalled clients' 8 MiB uploads
 * for more than 5 s, and Envoy 1.39.3 ended with a segmentation fault at the 6th of 60; without limits 60 of 60 passed. What bounds the memory
 * instead is the breaker, and the keepalive that drops a hung collector within 3 s.
 */
const unlimited = 2 ** 31 - 1;
/** A service that hangs is noticed within 3 s. */
const connectionKeepalive = { interval: durationFromMs(1_000), timeout: durationFromMs(2_000) };
const withoutWatermarks = {
  initialStreamWindowSize: unlimited,
  initialConnectionWindowSize: unlimited,
  connectionKeepalive,
};

function supportCluster(
  name: string,
  address: SocketAddress,
  options: Pick<
    MessageInitShape<typeof ClusterSchema>,
    'perConnectionBufferLimitBytes' | 'typedExtensionProtocolOptions' | 'circuitBreakers'
  >,
): NamedResource<Cluster> {
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
      ...options,
    }),
  );
}
