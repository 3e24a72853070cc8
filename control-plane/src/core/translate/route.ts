import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { HeaderValueOption_HeaderAppendAction } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import type {
  RouteActionSchema,
  RouteSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import {
  type RouteConfiguration,
  RouteConfigurationSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import type { CustomerSource, GroupIr, MatchIr, MigrationIr, UniverseName } from '../ir.ts';
import type { Init } from './messages.ts';
import {
  anonymousKeyPrefix,
  firstCluster,
  hopCluster,
  METADATA,
  NOT_ASKED_HEADER,
  PROBE_HEADER,
  ROUTE_HEADER,
  routeName,
  SECOND_HEADER,
  secondCluster,
  translatedFirstCluster,
  universeCluster,
  weightKeyPrefix,
} from './names.ts';
import { type NamedResource, resource } from './resource.ts';
import { failover } from './retry.ts';
import { customerMatch, type HeaderMatch, pathMatch, upgradeMatch, variantHeaders } from './route-match.ts';
import { gateRoutes, probeRoutes } from './route-probe.ts';
import { hashOfCustomer, split } from './route-split.ts';
import { streamVariants, type Variant, variants } from './route-variants.ts';

type RouteInit = Init<typeof RouteSchema>;
type RouteActionInit = Init<typeof RouteActionSchema>;

/** How requests of a route are counted; see accounting.ts. */
type CountedAs = 'mirrored' | 'legacy' | 'sealed' | 'upgrade' | 'unmatched';

/** Envoy ends a stream that is silent for this long, by default. */
const silenceMsMax = 300_000;

/** All routes of a migration, in the order in which they are tried. */
export function routes(migration: MigrationIr): NamedResource<RouteConfiguration> {
  return resource(
    migration.name,
    create(RouteConfigurationSchema, {
      name: migration.name,
      // A route has been found: what led to the probe is no service's business.
      requestHeadersToRemove: [PROBE_HEADER],
      ...(migration.groups.some(({ translated }) => translated)
        ? { responseHeadersToRemove: [NOT_ASKED_HEADER] }
        : {}),
      virtualHosts: [
        {
          name: migration.name,
          domains: ['*'],
          includeRequestAttemptCount: true,
          routes: [
            ...[...migration.groups, ...migration.tcp].flatMap((group) => probeRoutes(migration, group)),
            ...migration.tcp.flatMap((group) => gateRoutes(migration, group)),
            ...migration.groups.flatMap((group) => groupRoutes(migration, group)),
            unmatched(migration),
          ],
        },
      ],
    }),
  );
}

function groupRoutes(migration: MigrationIr, group: GroupIr): RouteInit[] {
  switch (group.mode) {
    case 'legacy-only':
      return group.matches.flatMap((match) => unsplitRoutes(migration, group, match, 'legacy'));
    case 'mirrored':
      return group.matches.flatMap((match) => mirroredRoutes(migration, group, match));
    case 'sealed':
      return group.matches.flatMap((match) => unsplitRoutes(migration, group, match, 'modern'));
  }
}

/** One universe alone: no copy, no capture, no retry. */
function unsplitRoutes(
  migration: MigrationIr,
  group: GroupIr,
  match: MatchIr,
  universe: UniverseName,
): RouteInit[] {
  return streamVariants(match, group).map((variant) =>
    route(migration, group, universe === 'legacy' ? 'legacy' : 'sealed', {
      match: { ...pathMatch(match.path), headers: variantHeaders(variant) },
      action: {
        clusterSpecifier: {
          case: 'cluster',
          value:
            // Clients keep legacy's ids after legacy is gone.
            group.translated && universe === 'modern'
              ? hopCluster(migration.name, universe)
              : universeCluster(migration.name, universe),
        },
        ...deadlines(group, variant),
      },
    }),
  );
}

/** One universe answers, the other gets a copy. */
function mirroredRoutes(migration: MigrationIr, group: GroupIr, match: MatchIr): RouteInit[] {
  const path = pathMatch(match.path);
  // What two sides say on an upgraded connection is no pair of answers: nothing to compare, so it stays where it is until the seal.
  const upgrade = route(migration, group, 'upgrade', {
    match: { ...path, headers: [upgradeMatch()] },
    action: { clusterSpecifier: { case: 'cluster', value: universeCluster(migration.name, 'legacy') } },
  });
  const { customer } = migration;
  const splits = [
    ...(customer === null
      ? []
      : [{ headers: [customerMatch(customer)], key: weightKeyPrefix(migration.name, group.name), customer }]),
    { headers: [], key: anonymousKeyPrefix(migration.name, group.name), customer: null },
  ] satisfies { headers: HeaderMatch[]; key: string; customer: CustomerSource | null }[];
  return [
    upgrade,
    ...variants(match, group).flatMap((variant) =>
      splits.map(({ headers, key, customer }) => ({
        ...route(migration, group, 'mirrored', {
          match: { ...path, headers: [...variantHeaders(variant), ...headers] },
          action: {
            ...split(
              migration.name,
              key,
              customer === null ? null : hashOfCustomer(customer),
              group.translated ? translatedFirstCluster : firstCluster,
            ),
            ...deadlines(group, variant),
            ...failover(variant.tier, group),
          },
        }),
        requestHeadersToAdd: [
          overwritten(ROUTE_HEADER, routeName(migration.name, group.name)),
          ...(goesToSecondRun(migration, variant)
            ? [overwritten(SECOND_HEADER, secondCluster(migration.name))]
            : []),
        ],
      })),
    ),
  ];
}

/** A write would be done twice where the second run shares legacy's database. */
function goesToSecondRun({ second }: MigrationIr, { tier }: Variant): boolean {
  return second !== undefined && (second.writes || tier === 'safe');
}

const overwritten = (key: string, value: string) => ({
  header: { key, value },
  appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
});

/** A stream is bounded by its client's own deadline and by silence, unless the migration file says otherwise. */
function deadlines(group: GroupIr, { stream }: Variant): Pick<RouteActionInit, 'timeout' | 'idleTimeout'> {
  if (stream !== 'none') return { timeout: durationFromMs(0) };
  return {
    timeout: durationFromMs(group.timeoutMs),
    ...(group.timeoutMs > silenceMsMax ? { idleTimeout: durationFromMs(group.timeoutMs) } : {}),
  };
}

/** What no group speaks of goes where it went before; once the legacy is sealed, to the only universe left. A migration of TCP alone has no HTTP. */
function unmatched(migration: MigrationIr): RouteInit {
  if (migration.groups.length === 0) {
    return {
      name: routeName(migration.name, ''),
      match: { pathSpecifier: { case: 'prefix', value: '/' } },
      action: { case: 'directResponse', value: { status: 404 } },
    };
  }
  const left = migration.groups.every((group) => group.mode === 'sealed') ? 'modern' : 'legacy';
  return {
    name: routeName(migration.name, ''),
    match: { pathSpecifier: { case: 'prefix', value: '/' } },
    metadata: metadata(migration.name, '', 'unmatched'),
    action: {
      case: 'route',
      value: {
        clusterSpecifier: { case: 'cluster', value: universeCluster(migration.name, left) },
        timeout: durationFromMs(0),
      },
    },
  };
}

function route(
  { name }: MigrationIr,
  { name: group }: GroupIr,
  countedAs: CountedAs,
  { match, action }: { match: RouteInit['match']; action: RouteActionInit },
): RouteInit {
  return {
    name: routeName(name, group),
    match,
    metadata: metadata(name, group, countedAs),
    action: { case: 'route', value: action },
  };
}

const metadata = (migration: string, group: string, mode: CountedAs): RouteInit['metadata'] => ({
  filterMetadata: { [METADATA]: { migration, group, mode } },
});
