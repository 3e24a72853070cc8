import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ApiVersion } from '@chronos/envoy/api/envoy/config/core/v3/config_source_pb.js';
import { type Listener, ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { TcpProxySchema } from '@chronos/envoy/api/envoy/extensions/filters/network/tcp_proxy/v3/tcp_proxy_pb.js';
import type { DataPlane, MigrationIr, TcpGroupIr, UniverseName } from '../../ir.ts';
import { requestCounter } from '../accounting.ts';
import { socketAddress } from '../addresses.ts';
import { identifyConnection } from '../header-mutations.ts';
import { plugin } from '../messages.ts';
import { copyName, riftName, SOURCE_HEADER, tcpScope } from '../names.ts';
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
  return [entrance, rift, copyListener(migration, scope, 'legacy'), copyListener(migration, scope, 'modern')];
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

/** Makes a connection of a copy again. The deadline begins when the client has said all: a copy that hangs after that is not waited for. */
function copyListener(
  { copyDeadlineMs }: MigrationIr,
  scope: string,
  universe: UniverseName,
): NamedResource<Listener> {
  const name = copyName(scope, universe);
  return internalListener(name, {
    routeSpecifier: {
      case: 'routeConfig',
      value: {
        name,
        virtualHosts: [
          {
            name,
            domains: ['*'],
            routes: [
              {
                name,
                match: { pathSpecifier: { case: 'prefix', value: '/' } },
                action: {
                  case: 'route',
                  value: {
                    clusterSpecifier: { case: 'cluster', value: name },
                    timeout: durationFromMs(copyDeadlineMs),
                    ...leaveTunnel,
                  },
                },
              },
            ],
          },
        ],
      },
    },
  });
}
