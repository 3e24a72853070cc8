import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import type { Http2ProtocolOptionsSchema } from '@chronos/envoy/api/envoy/config/core/v3/protocol_pb.js';
import { type Listener, ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import type { RouteActionSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import { RouterSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/router/v3/router_pb.js';
import {
  HttpConnectionManager_CodecType,
  HttpConnectionManagerSchema,
} from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import { UuidRequestIdConfigSchema } from '@chronos/envoy/api/envoy/extensions/request_id/uuid/v3/uuid_pb.js';
import { type Init, packed, plugin } from '../messages.ts';
import { type NamedResource, resource } from '../resource.ts';

/**
 * All tunnelled connections share HTTP/2 connections within the process. Each holds at most one window unread; the shared window has no bound of
 * its own, or a copy that is not read would hold up all others. What bounds it are the breakers.
 */
export const tunnelWindows: MessageInitShape<typeof Http2ProtocolOptionsSchema> = {
  initialStreamWindowSize: 262_144,
  initialConnectionWindowSize: 2 ** 31 - 1,
};

type ManagerInit = MessageInitShape<typeof HttpConnectionManagerSchema>;

/** A listener that only this process can connect to: it takes tunnelled connections as HTTP/2 streams. */
export function internalListener(
  name: string,
  manager: Pick<
    Init<typeof HttpConnectionManagerSchema>,
    'routeSpecifier' | 'accessLog' | 'earlyHeaderMutationExtensions' | 'tracing'
  >,
): NamedResource<Listener> {
  const connectionManager: ManagerInit = {
    ...manager,
    statPrefix: name,
    codecType: HttpConnectionManager_CodecType.HTTP2,
    http2ProtocolOptions: { ...tunnelWindows, allowConnect: true },
    httpFilters: [plugin('envoy.filters.http.router', RouterSchema, { suppressEnvoyHeaders: true })],
    generateRequestId: false,
    // Without an id in the headers Envoy would sample nothing by it.
    requestIdExtension: {
      typedConfig: packed(UuidRequestIdConfigSchema, {
        packTraceReason: false,
        useRequestIdForTraceSampling: false,
      }),
    },
    // The port that the client came by watches for silence.
    streamIdleTimeout: durationFromMs(0),
  };
  return resource(
    name,
    create(ListenerSchema, {
      name,
      listenerSpecifier: { case: 'internalListener', value: {} },
      filterChains: [
        {
          filters: [
            plugin(
              'envoy.filters.network.http_connection_manager',
              HttpConnectionManagerSchema,
              connectionManager,
            ),
          ],
        },
      ],
    }),
  );
}

/** Where the tunnel ends: the body of the stream goes on as the bytes of a connection. */
export const leaveTunnel: Pick<Init<typeof RouteActionSchema>, 'upgradeConfigs'> = {
  upgradeConfigs: [{ upgradeType: 'CONNECT', connectConfig: { allowPost: true } }],
};
