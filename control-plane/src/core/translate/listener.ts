import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ApiVersion } from '@chronos/envoy/api/envoy/config/core/v3/config_source_pb.js';
import { type Listener, ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { RouterSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/router/v3/router_pb.js';
import {
  HttpConnectionManager_CodecType,
  HttpConnectionManager_ServerHeaderTransformation,
  HttpConnectionManagerSchema,
} from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import { UuidRequestIdConfigSchema } from '@chronos/envoy/api/envoy/extensions/request_id/uuid/v3/uuid_pb.js';
import type { DataPlane, MigrationIr } from '../ir.ts';
import { requestCounter } from './accounting.ts';
import { socketAddress } from './addresses.ts';
import { customerClaim } from './customer-claim.ts';
import { identifyRequest } from './header-mutations.ts';
import { packed, plugin } from './messages.ts';
import { type NamedResource, resource } from './resource.ts';
import { tracing } from './tracing.ts';

/** Envoy's own default, written down: retried and mirrored bodies are held up to this size. */
const bufferBytesMax = 1_048_576;
const requestHeadersKibMax = 60;
/** A client that has not finished its headers by then is cut off. */
const requestHeadersMs = 10_000;

/** Where the clients of a migration arrive: HTTP/1.1 and HTTP/2 on one port. */
export function listener(ir: DataPlane, migration: MigrationIr): NamedResource<Listener> {
  return resource(
    migration.name,
    create(ListenerSchema, {
      name: migration.name,
      address: socketAddress(migration.listen),
      // With SO_REUSEPORT a second proxy would take a share of this one's clients instead of failing to start.
      enableReusePort: false,
      perConnectionBufferLimitBytes: bufferBytesMax,
      filterChains: [
        {
          filters: [
            plugin(
              'envoy.filters.network.http_connection_manager',
              HttpConnectionManagerSchema,
              connectionManager(ir, migration),
            ),
          ],
        },
      ],
    }),
  );
}

function connectionManager(
  ir: DataPlane,
  migration: MigrationIr,
): MessageInitShape<typeof HttpConnectionManagerSchema> {
  return {
    statPrefix: migration.name,
    codecType: HttpConnectionManager_CodecType.AUTO,
    routeSpecifier: {
      case: 'rds',
      value: {
        routeConfigName: migration.name,
        configSource: {
          resourceApiVersion: ApiVersion.V3,
          configSourceSpecifier: { case: 'ads', value: {} },
        },
      },
    },
    httpFilters: [
      ...(migration.customer?.kind === 'jwt-claim' ? [customerClaim(migration.customer.name)] : []),
      plugin('envoy.filters.http.router', RouterSchema, { suppressEnvoyHeaders: true }),
    ],
    earlyHeaderMutationExtensions: [identifyRequest()],
    accessLog: [requestCounter()],
    tracing: tracing(ir, migration),
    // The edge: x-forwarded-for gets the client's address, and its x-envoy-* headers, which ask for retries and time limits past the protection of
    // writes, are taken away.
    useRemoteAddress: true,
    // The services' own headers stay as they are: nobody shall notice the proxy.
    serverHeaderTransformation: HttpConnectionManager_ServerHeaderTransformation.PASS_THROUGH,
    preserveExternalRequestId: true,
    requestIdExtension: {
      typedConfig: packed(UuidRequestIdConfigSchema, {
        // Envoy would write its sampling decision into the client's id.
        packTraceReason: false,
        useRequestIdForTraceSampling: false,
      }),
    },
    normalizePath: true,
    maxRequestHeadersKb: requestHeadersKibMax,
    requestHeadersTimeout: durationFromMs(requestHeadersMs),
    httpProtocolOptions: { acceptHttp10: true },
    http2ProtocolOptions: { allowConnect: true },
    upgradeConfigs: [{ upgradeType: 'websocket' }],
  };
}
