import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type ClusterLoadAssignment,
  ClusterLoadAssignmentSchema,
} from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import type { EndpointIr, SocketAddress, UniverseName } from '../ir.ts';
import { isIpAddress, socketAddress } from './addresses.ts';
import { METADATA, universeCluster } from './names.ts';
import { type NamedResource, resource } from './resource.ts';

/** Percent. Any healthy endpoint takes all of its priority's traffic; at Envoy's 140 a universe that lost a third would share with legacy. */
const overprovisioningFactor = 10_000;

/** Where a universe serves. */
export interface Side {
  readonly endpoints: readonly EndpointIr[];
  /** Whoever answers here says whether they may be used; default: nobody is asked. */
  readonly healthCheckedAt?: SocketAddress;
}

/** The endpoints of both universes, each shared by the cluster that answers and the one that takes copies. `scope`: see names.ts. */
export function endpoints(
  scope: string,
  sides: Readonly<Record<UniverseName, Side>>,
  universes: readonly UniverseName[],
): NamedResource<ClusterLoadAssignment>[] {
  return universes
    .filter((universe) => isDiscovered(sides[universe]))
    .map((universe) => {
      const name = universeCluster(scope, universe);
      return resource(
        name,
        create(ClusterLoadAssignmentSchema, loadAssignment(name, universe, sides[universe])),
      );
    });
}

/** Whether the endpoints travel by endpoint discovery; else they stand in the cluster, which resolves their names. */
export function isDiscovered({ endpoints }: Side): boolean {
  return endpoints.every(({ address }) => isIpAddress(address.host));
}

/** Endpoints with the metadata by which capture learns who got a request. */
export function loadAssignment(
  clusterName: string,
  universe: UniverseName,
  { endpoints, healthCheckedAt }: Side,
): MessageInitShape<typeof ClusterLoadAssignmentSchema> {
  return {
    clusterName,
    policy: { overprovisioningFactor },
    endpoints: [
      {
        lbEndpoints: endpoints.map(({ address, deployment }) => ({
          hostIdentifier: {
            case: 'endpoint',
            value: {
              address: socketAddress(address),
              ...(healthCheckedAt && { healthCheckConfig: { address: socketAddress(healthCheckedAt) } }),
            },
          },
          metadata: { filterMetadata: { [METADATA]: { universe, deployment } } },
        })),
      },
    ],
  };
}
