import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  RouteAction_HashPolicySchema,
  RouteActionSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import { type CustomerSource, TOTAL_WEIGHT_BP } from '../ir.ts';
import type { Init } from './messages.ts';
import { CUSTOMER_HEADER, firstCluster } from './names.ts';

type RouteActionInit = Init<typeof RouteActionSchema>;
type HashPolicy = MessageInitShape<typeof RouteAction_HashPolicySchema>;

/**
 * Splits between the universes by the weights at a runtime key. With something to hash the split is sticky: a customer stays where it is, and
 * who is with modern at 10 % is with it at 25 %, because the clusters' order and the total never change. Without, chance decides.
 *
 * The weights written here hold only until the proxy knows the runtime's: everything to legacy.
 */
export function split(
  scope: string,
  runtimeKeyPrefix: string,
  stickyBy: HashPolicy | null,
  first: typeof firstCluster = firstCluster,
): Pick<RouteActionInit, 'clusterSpecifier' | 'hashPolicy'> {
  return {
    clusterSpecifier: {
      case: 'weightedClusters',
      value: {
        runtimeKeyPrefix,
        clusters: [
          { name: first(scope, 'modern'), weight: 0 },
          { name: first(scope, 'legacy'), weight: TOTAL_WEIGHT_BP },
        ],
        ...(stickyBy === null
          ? {}
          : { randomValueSpecifier: { case: 'useHashPolicy', value: { value: true } } }),
      },
    },
    hashPolicy: stickyBy === null ? [] : [stickyBy],
  };
}

export function hashOfCustomer({ kind, name }: CustomerSource): HashPolicy {
  switch (kind) {
    case 'header':
      return hashOfHeader(name);
    case 'cookie':
      return { policySpecifier: { case: 'cookie', value: { name } } };
    case 'jwt-claim':
      return hashOfHeader(CUSTOMER_HEADER);
  }
}

export function hashOfHeader(headerName: string): HashPolicy {
  return { policySpecifier: { case: 'header', value: { headerName } } };
}
