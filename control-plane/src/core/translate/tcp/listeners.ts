import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ApiVersion } from '@chronos/envoy/api/envoy/config/core/v3/config_source_pb.js';
import { type Listener, ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import type { RouteSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import { TcpProxySchema } from '@chronos/envoy/api/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy_pb.js';
import type { DataPlane, MigrationIr, TcpGroupIr } from '../../ir.ts';
import { requestCounter } from '../accounting.ts';
import { socketAddress } from '../addresses.ts';
import { identifyConnection } from '../header-mutations.ts';
import { type Init, plugin } from '../messages.ts';
import { answerName, copyName, riftName, SOURCE_HEADER, tcpScope, universeCluster } from '../names.ts';
import { type NamedResource, resource } from '../resource.ts';
import { tracing } from '../tracing.ts';
import { internalListener, leaveTunnel } from './tunnel.ts';

const bufferBytesMax = 1_048_576;

/** Where a TCP group's clients arrive, and the tunnel behind it. None of them changes with the group's stage: a listener that did would drop its connections. */
export function tcpListeners(
  ir: DataPlane,
  migration: MigrationIr,
  group: TcpGroupIr,
): NamedResource<Listener>[] {
  const scope = tcpScope(migration.name, group.name);
  const rift = internalListener(riftName(scope), {
    routeSpecifier: {
      case: 'rds',
      value: {
        routeConfigName: riftName(scope),
        configSource: {
          resourceApiVersion: ApiVersion.V3,
          configSourceSpecifier: { case: 'ads', value: {} },
        },
      },
    },
    earlyHeaderMutationExtensions: [identifyConnection()],
    accessLog: [requestCounter()],
    tracing: tracing(ir, migration),
  });
  const entrance = clientListener(scope, group);
  if (group.mode !== 'mirrored') return [entrance, rift];
  return [
    entrance,
    rift,
    ...(['legacy', 'modern'] as const).flatMap((universe) => [
      exitListener(answerName(scope, universe), universeCluster(scope, universe), 0),
      // The deadline begins when the client has said all: a copy that hangs after that is not waited for.
      exitListener(copyName(scope, universe), copyName(scope, universe), migration.copyDeadlineMs),
    ]),
  ];
}

/** Each connection becomes one HTTP/2 stream, a POST whose body never says how long it will be. */
function clientListener(scope: string, { listen, idleTimeoutMs }: TcpGroupIr): NamedResource<Listener> {
  return resource(
    scope,
    create(ListenerSchema, {
      name: scope,
      address: socketAddress(listen),
      enableReusePort: false,
      perConnectionBufferLimitBytes: bufferBytesMax,
      filterChains: [
        {
          filters: [
            plugin('envoy.filters.network.tcp_proxy', TcpProxySchema, {
              statPrefix: scope,
              clusterSpecifier: { case: 'cluster', value: riftName(scope) },
              idleTimeout: durationFromMs(idleTimeoutMs),
              tunnelingConfig: {
                hostname: scope,
                usePost: true,
                headersToAdd: [
                  { header: { key: SOURCE_HEADER, value: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%' } },
                ],
              },
            }),
          ],
        },
      ],
    }),
  );
}

/** Where the tunnel ends: makes a connection of a stream again. `timeoutMs`: from the client's last byte; 0: none. */
function exitListener(name: string, cluster: string, timeoutMs: number): NamedResource<Listener> {
  const route: Init<typeof RouteSchema> = {
    name,
    match: { pathSpecifier: { case: 'prefix', value: '/' } },
    action: {
      case: 'route',
      value: {
        clusterSpecifier: { case: 'cluster', value: cluster },
        timeout: durationFromMs(timeoutMs),
        ...leaveTunnel,
      },
    },
  };
  return internalListener(name, {
    routeSpecifier: {
      case: 'routeConfig',
      value: { name, virtualHosts: [{ name, domains: ['*'], routes: [route] }] },
    },
  });
}
