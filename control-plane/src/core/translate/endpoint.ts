import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type ClusterLoadAssignment,
  ClusterLoadAssignmentSchema,
} from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import type { MigrationIr, UniverseIr, UniverseName } from '../ir.ts';
import { isIpAddress, socketAddress } from './addresses.ts';
import { METADATA, universeCluster } from './names.ts';
import { type NamedResource, resource } from './resource.ts';

/** Percent. Any healthy endpoint takes all of its priority's traffic; at Envoy's 140 a universe that lost a third would share with legacy. */
const overprovisioningFactor = 10_000;

/** The endpoints of both universes, each shared by the cluster that answers and the one that takes copies. */
export function endpoints(
  migration: MigrationIr,
  universes: readonly UniverseName[],
): NamedResource<ClusterLoadAssignment>[] {
  return universes
    .filter((universe) => isDiscovered(migration[universe]))
    .map((universe) => {
      const name = universeCluster(migration.name, universe);
      return resource(
        name,
        create(ClusterLoadAssignmentSchema, loadAssignment(name, universe, migration[universe])),
      );
    });
}

/** Whether the endpoints travel by endpoint discovery; else they stand in the cluster, which resolves their names. */
export function isDiscovered(universe: UniverseIr): boolean {
  return universe.endpoints.every(({ address }) => isIpAddress(address.host));
}

/** Endpoints with the metadata by which capture learns who got a request. */
export function loadAssignment(
  clusterName: string,
  universe: UniverseName,
  { endpoints }: UniverseIr,
): MessageInitShape<typeof ClusterLoadAssignmentSchema> {
  return {
    clusterName,
    policy: { overprovisioningFactor },
    endpoints: [
      {
        lbEndpoints: endpoints.map(({ address, deployment }) => ({
          hostIdentifier: { case: 'endpoint', value: { address: socketAddress(address) } },
          metadata: { filterMetadata: { [METADATA]: { universe, deployment } } },
        })),
      },
    ],
  };
}
