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
import { PreviousPrioritiesConfigSchema } from '@chronos/envoy/api/envoy/extensions/retry/priority/previous_priorities/v3/previous_priorities_config_pb.js';
import type { MigrationIr, TcpGroupIr } from '../../ir.ts';
import { type Init, plugin } from '../messages.ts';
import {
  METADATA,
  ROUTE_HEADER,
  riftName,
  routeName,
  SOURCE_HEADER,
  tcpScope,
  universeCluster,
  weightKeyPrefix,
} from '../names.ts';
import { type NamedResource, resource } from '../resource.ts';
import { hashOfHeader, split } from '../route-split.ts';
import { leaveTunnel } from './tunnel.ts';

type RouteActionInit = Init<typeof RouteActionSchema>;

/** The one route of a TCP group's tunnel: where a connection goes is decided when it is made. */
export function tcpRoutes(migration: MigrationIr, group: TcpGroupIr): NamedResource<RouteConfiguration> {
  const scope = tcpScope(migration.name, group.name);
  const name = riftName(scope);
  return resource(
    name,
    create(RouteConfigurationSchema, {
      name,
      virtualHosts: [
        { name, domains: ['*'], includeRequestAttemptCount: true, routes: [route(migration, group, scope)] },
      ],
    }),
  );
}

function route(migration: MigrationIr, group: TcpGroupIr, scope: string): Init<typeof RouteSchema> {
  const name = routeName(migration.name, group.name);
  return {
    name,
    match: { pathSpecifier: { case: 'prefix', value: '/' } },
    metadata: {
      filterMetadata: {
        [METADATA]: { migration: migration.name, group: group.name, mode: countedAs[group.mode] },
      },
    },
    requestHeadersToAdd: [
      {
        header: { key: ROUTE_HEADER, value: name },
        appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
      },
    ],
    action: {
      case: 'route',
      value: {
        ...destination(migration, group, scope),
        // A connection lasts as long as its two ends want.
        timeout: durationFromMs(0),
      },
    },
  };
}

/** How connections of a group are counted; see accounting.ts. */
const countedAs = { 'legacy-only': 'legacy', mirrored: 'mirrored', sealed: 'sealed' } as const;

function destination(migration: MigrationIr, group: TcpGroupIr, scope: string): RouteActionInit {
  switch (group.mode) {
    case 'legacy-only':
      return {
        clusterSpecifier: { case: 'cluster', value: universeCluster(scope, 'legacy') },
        ...leaveTunnel,
      };
    case 'sealed':
      return {
        clusterSpecifier: { case: 'cluster', value: universeCluster(scope, 'modern') },
        ...leaveTunnel,
      };
    case 'mirrored':
      return {
        ...split(
          scope,
          weightKeyPrefix(migration.name, group.name),
          group.sticky === 'source' ? hashOfHeader(SOURCE_HEADER) : null,
        ),
        ...connectFailover,
      };
  }
}

/**
 * The hop says 503 when its universe does not take the connection. The client's first byte is read only once one has; up to then there is nothing
 * that could be lost.
 */
const connectFailover: Pick<RouteActionInit, 'retryPolicy'> = {
  retryPolicy: {
    retryOn: 'gateway-error,connect-failure,refused-stream',
    numRetries: 1,
    retryPriority: plugin('envoy.retry_priorities.previous_priorities', PreviousPrioritiesConfigSchema, {
      updateFrequency: 1,
    }),
    retryBackOff: { baseInterval: durationFromMs(1), maxInterval: durationFromMs(2) },
  },
};
