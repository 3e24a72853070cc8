import type { DescService } from '@bufbuild/protobuf';
import { ClusterDiscoveryService } from '@chronos/envoy/api/envoy/service/cluster/v3/cds_pb.js';
import { AggregatedDiscoveryService } from '@chronos/envoy/api/envoy/service/discovery/v3/ads_pb.js';
import { EndpointDiscoveryService } from '@chronos/envoy/api/envoy/service/endpoint/v3/eds_pb.js';
import { ListenerDiscoveryService } from '@chronos/envoy/api/envoy/service/listener/v3/lds_pb.js';
import { RouteDiscoveryService } from '@chronos/envoy/api/envoy/service/route/v3/rds_pb.js';
import { RuntimeDiscoveryService } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';
import { SecretDiscoveryService } from '@chronos/envoy/api/envoy/service/secret/v3/sds_pb.js';
import {
  CLUSTER_TYPE,
  ENDPOINT_TYPE,
  LISTENER_TYPE,
  ROUTE_TYPE,
  RUNTIME_TYPE,
  SECRET_TYPE,
} from './resource-types.ts';

/** A streaming method of a discovery service. */
export interface DiscoveryMethod {
  readonly variant: 'sotw' | 'delta';
  /** The one type of a per-type service; undefined on an aggregated stream. */
  readonly typeUrl: string | undefined;
}

/** The services of section "RPC Services and Methods for Each Variant" that are served, and the type of each. */
export const DISCOVERY_SERVICES: readonly (readonly [DescService, string | undefined])[] = [
  [AggregatedDiscoveryService, undefined],
  [ListenerDiscoveryService, LISTENER_TYPE],
  [RouteDiscoveryService, ROUTE_TYPE],
  [ClusterDiscoveryService, CLUSTER_TYPE],
  [EndpointDiscoveryService, ENDPOINT_TYPE],
  [SecretDiscoveryService, SECRET_TYPE],
  [RuntimeDiscoveryService, RUNTIME_TYPE],
];

/** gRPC path → method. The unary Fetch methods (REST polling) are not offered: a transport answers them, as any other path, UNIMPLEMENTED. */
export const DISCOVERY_METHODS: ReadonlyMap<string, DiscoveryMethod> = new Map(
  DISCOVERY_SERVICES.flatMap(([service, typeUrl]) =>
    service.methods
      .filter((method) => method.methodKind === 'bidi_streaming')
      .map((method): [string, DiscoveryMethod] => [
        `/${service.typeName}/${method.name}`,
        { variant: method.input.name === 'DeltaDiscoveryRequest' ? 'delta' : 'sotw', typeUrl },
      ]),
  ),
);
