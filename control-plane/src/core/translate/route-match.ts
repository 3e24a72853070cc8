import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  HeaderMatcherSchema,
  RouteMatchSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import type { StringMatcherSchema } from '@chronos/envoy/api/envoy/type/matcher/v3/string_pb.js';
import type { CustomerSource, MatchIr } from '../ir.ts';
import { CUSTOMER_HEADER } from './names.ts';
import type { Variant } from './route-variants.ts';

export type RouteMatchInit = MessageInitShape<typeof RouteMatchSchema>;
export type HeaderMatch = MessageInitShape<typeof HeaderMatcherSchema>;
type MatchPattern = NonNullable<MessageInitShape<typeof StringMatcherSchema>['matchPattern']>;

/** The path as the migration file means it: exact, by segments, or by regular expression over the whole path. */
export function pathMatch({ kind, value }: MatchIr['path']): Required<Pick<RouteMatchInit, 'pathSpecifier'>> {
  switch (kind) {
    case 'exact':
      return { pathSpecifier: { case: 'path', value } };
    case 'regex':
      return { pathSpecifier: { case: 'safeRegex', value: { regex: value } } };
    case 'prefix':
      // Envoy's segment prefix takes no trailing slash; with one, the plain prefix ends at a segment's border by itself.
      return value.endsWith('/')
        ? { pathSpecifier: { case: 'prefix', value } }
        : { pathSpecifier: { case: 'pathSeparatedPrefix', value } };
  }
}

/** What tells a variant's requests from the others. */
export function variantHeaders({ tier, stream, methods }: Variant): HeaderMatch[] {
  return [
    ...methodMatch(methods),
    ...(tier === 'keyed' ? [present('idempotency-key')] : []),
    ...streamMatch(stream),
  ];
}

/** Requests that name a customer; an empty name is none. */
export function customerMatch({ kind, name }: CustomerSource): HeaderMatch {
  switch (kind) {
    case 'header':
      return matching(name, regex('.+'));
    case 'jwt-claim':
      return matching(CUSTOMER_HEADER, regex('.+'));
    case 'cookie':
      return matching('cookie', regex(`(?:.*;\\s*)?${name}="?[^;"]+.*`));
  }
}

/** WebSocket, over HTTP/1.1 or (RFC 8441) HTTP/2; the only upgrade that the listener lets through. */
export const upgradeMatch = (): HeaderMatch =>
  matching('upgrade', { case: 'exact', value: 'websocket' }, true);

export const headerIs = (name: string, value: string): HeaderMatch =>
  matching(name, { case: 'exact', value });

function methodMatch(methods: readonly string[]): HeaderMatch[] {
  const [only] = methods;
  if (only === undefined) return [];
  return [methods.length === 1 ? headerIs(':method', only) : matching(':method', regex(methods.join('|')))];
}

function streamMatch(stream: Variant['stream']): HeaderMatch[] {
  switch (stream) {
    case 'rpc':
      // gRPC, gRPC-Web and streams of the Connect protocol.
      return [matching('content-type', regex('application/(?:grpc|connect\\+).*'))];
    case 'events':
      return [matching('accept', { case: 'contains', value: 'text/event-stream' })];
    case 'none':
      return [];
  }
}

export const present = (name: string): HeaderMatch => ({
  name,
  headerMatchSpecifier: { case: 'presentMatch', value: true },
});

const regex = (value: string): MatchPattern => ({ case: 'safeRegex', value: { regex: value } });

function matching(name: string, matchPattern: MatchPattern, ignoreCase = false): HeaderMatch {
  return { name, headerMatchSpecifier: { case: 'stringMatch', value: { matchPattern, ignoreCase } } };
}
