import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  RouteAction_HashPolicySchema,
  RouteActionSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import { type CustomerSource, type MigrationIr, TOTAL_WEIGHT_BP } from '../ir.ts';
import type { Init } from './messages.ts';
import { CUSTOMER_HEADER, firstCluster } from './names.ts';

type RouteActionInit = Init<typeof RouteActionSchema>;

/**
 * Splits between the universes by the weights at a runtime key. With a customer the split is by hash: a customer stays where it is, and who is
 * with modern at 10 % is with it at 25 %, because the clusters' order and the total never change. Without one all weight is on one side.
 *
 * The weights written here hold only until the proxy knows the runtime's: everything to legacy.
 */
export function split(
  migration: MigrationIr,
  runtimeKeyPrefix: string,
  customer: CustomerSource | null,
): Pick<RouteActionInit, 'clusterSpecifier' | 'hashPolicy'> {
  return {
    clusterSpecifier: {
      case: 'weightedClusters',
      value: {
        runtimeKeyPrefix,
        clusters: [
          { name: firstCluster(migration.name, 'modern'), weight: 0 },
          { name: firstCluster(migration.name, 'legacy'), weight: TOTAL_WEIGHT_BP },
        ],
        ...(customer === null
          ? {}
          : { randomValueSpecifier: { case: 'useHashPolicy', value: { value: true } } }),
      },
    },
    hashPolicy: customer === null ? [] : [hashOf(customer)],
  };
}

function hashOf({ kind, name }: CustomerSource): MessageInitShape<typeof RouteAction_HashPolicySchema> {
  switch (kind) {
    case 'header':
      return { policySpecifier: { case: 'header', value: { headerName: name } } };
    case 'cookie':
      return { policySpecifier: { case: 'cookie', value: { name } } };
    case 'jwt-claim':
      return { policySpecifier: { case: 'header', value: { headerName: CUSTOMER_HEADER } } };
  }
}
