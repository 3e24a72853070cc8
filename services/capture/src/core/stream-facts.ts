import { Role, Transport, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Attributes } from './attributes.ts';

/** What the capture filter's configuration says about a stream, before its first message. */
export interface StreamFacts {
  readonly role: Role;
  readonly transport: Transport;
  readonly migration: string;
  /** Empty when Envoy does not know it on this side; the request's own headers may then tell. */
  readonly group: string;
  readonly universe: Universe;
  readonly deployment: string;
  /** The proxy's node id; empty when not given. */
  readonly node: string;
  /** When the proxy began with the request, by its own clock; undefined when not given. */
  readonly begunMs?: number;
}

export type Metadata = Readonly<Record<string, string | string[] | undefined>>;

const roles: ReadonlyMap<string, Role> = new Map([
  ['authority', Role.AUTHORITY],
  ['shadow', Role.SHADOW],
  ['second', Role.SECOND],
]);
const universes: ReadonlyMap<string, Universe> = new Map([
  ['legacy', Universe.LEGACY],
  ['modern', Universe.MODERN],
]);

/**
 * From the gRPC stream's initial metadata, where the filter's formatters may write them (`%UPSTREAM_METADATA(chronos:deployment)%` …). Envoy
 * evaluates those when it has chosen the host and before it connects, so they are there for exchanges that end in a reset, too.
 */
export function streamFacts(metadata: Metadata): StreamFacts {
  const text = (name: string) => {
    const value = metadata[name];
    return typeof value === 'string' ? value : (value?.[0] ?? '');
  };
  const route = text('x-chronos-route');
  return {
    role: roles.get(text('x-chronos-role')) ?? Role.UNSPECIFIED,
    transport: text('x-chronos-transport') === 'tcp' ? Transport.TCP : Transport.UNSPECIFIED,
    migration: text('x-chronos-migration') || migrationOfRoute(route),
    group: groupOfRoute(route),
    universe: universes.get(text('x-chronos-universe')) ?? Universe.UNSPECIFIED,
    deployment: text('x-chronos-deployment'),
    node: text('x-chronos-node'),
  };
}

/** The same with what the filter's attributes add; they win over the metadata. */
export function withAttributes(facts: StreamFacts, attributes: Attributes): StreamFacts {
  const host = 'xds.upstream_host_metadata.filter_metadata.chronos';
  const begunMs = timeOf(attributes.get('request.time'));
  return {
    ...facts,
    universe: universes.get(attributes.get(`${host}.universe`) ?? '') ?? facts.universe,
    deployment: attributes.get(`${host}.deployment`) ?? facts.deployment,
    node: attributes.get('xds.node.id') ?? facts.node,
    ...(begunMs !== undefined && { begunMs }),
  };
}

/** Envoy writes RFC 3339 with microseconds, `2026-11-23T17:33:42.829544+00:00`. */
function timeOf(text: string | undefined): number | undefined {
  const ms = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Routes are named `<migration>/<group>`. */
export function groupOfRoute(route: string): string {
  return route.slice(route.indexOf('/') + 1);
}

export function migrationOfRoute(route: string): string {
  return route.slice(0, Math.max(0, route.indexOf('/')));
}
