import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ComparisonFilter_Op } from '@chronos/envoy/api/envoy/config/accesslog/v3/accesslog_pb.js';
import {
  type Cluster,
  Cluster_DiscoveryType,
} from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { type Listener, ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { RouterSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/router/v3/router_pb.js';
import {
  HttpConnectionManager_CodecType,
  HttpConnectionManager_ServerHeaderTransformation,
  HttpConnectionManagerSchema,
} from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import { UuidRequestIdConfigSchema } from '@chronos/envoy/api/envoy/extensions/request_id/uuid/v3/uuid_pb.js';
import type { EndpointIr, IdentifiersIr, MigrationIr, UniverseName } from '../ir.ts';
import { isIpAddress } from './addresses.ts';
import { breaker } from './circuit-breakers.ts';
import { cluster } from './cluster.ts';
import { loadAssignment } from './endpoint.ts';
import { answeringFilter, NOT_ASKED_STATUS, NOT_HERE_STATUS } from './identifier-filter.ts';
import { packed, plugin } from './messages.ts';
import { hopCluster, hopName, METADATA, NOT_ASKED_HEADER } from './names.ts';
import { ejectFailing } from './outlier-detection.ts';
import { type NamedResource, resource } from './resource.ts';
import { httpOptions } from './upstream-protocol.ts';

/**
 * The way to a universe that answers, for groups whose requests are translated there, too: a cluster that leads to a listener within the process,
 * which asks services/identifiers and goes on to the universe.
 *
 * A hop and not a filter on the answering cluster: there a request that fails over would reach the other universe translated, and one whose
 * translator is dead would not fail over at all. A deployment has a hop of its own, so that capture learns which one got a request.
 */
export function answeringHop(
  migration: MigrationIr,
  universe: UniverseName,
  identifiers: IdentifiersIr,
): { readonly clusters: NamedResource<Cluster>[]; readonly listeners: NamedResource<Listener>[] } {
  const deployments = [...Map.groupBy(migration[universe].endpoints, ({ deployment }) => deployment)];
  const name = (index: number) => hopName(migration.name, universe, index);
  return {
    clusters: [
      entrance(
        migration.name,
        universe,
        deployments.map(([deployment], index) => ({ deployment, listener: name(index) })),
      ),
      ...deployments.map(([, endpoints], index) => exit(name(index), migration, universe, endpoints)),
    ],
    listeners: deployments.map((_, index) => hop(name(index), migration.name, universe, identifiers)),
  };
}

function entrance(
  migration: string,
  universe: UniverseName,
  hops: readonly { readonly deployment: string; readonly listener: string }[],
): NamedResource<Cluster> {
  const name = hopCluster(migration, universe);
  return cluster(name, {
    clusterDiscoveryType: { case: 'type', value: Cluster_DiscoveryType.STATIC },
    commonLbConfig: { healthyPanicThreshold: { value: 0 } },
    circuitBreakers: breaker,
    ...(universe === 'modern' ? { outlierDetection: ejectFailing } : {}),
    typedExtensionProtocolOptions: httpOptions({ protocol: 'http2' }),
    loadAssignment: {
      clusterName: name,
      endpoints: [
        {
          lbEndpoints: hops.map(({ deployment, listener }) => ({
            hostIdentifier: {
              case: 'endpoint',
              value: {
                address: {
                  address: {
                    case: 'envoyInternalAddress',
                    value: { addressNameSpecifier: { case: 'serverListenerName', value: listener } },
                  },
                },
              },
            },
            metadata: { filterMetadata: { [METADATA]: { universe, deployment } } },
          })),
        },
      ],
    },
  });
}

function exit(
  name: string,
  migration: MigrationIr,
  universe: UniverseName,
  endpoints: readonly EndpointIr[],
): NamedResource<Cluster> {
  const isStatic = endpoints.every(({ address }) => isIpAddress(address.host));
  return cluster(name, {
    clusterDiscoveryType: {
      case: 'type',
      value: isStatic ? Cluster_DiscoveryType.STATIC : Cluster_DiscoveryType.STRICT_DNS,
    },
    commonLbConfig: { healthyPanicThreshold: { value: 0 } },
    loadAssignment: loadAssignment(name, universe, { endpoints }),
    circuitBreakers: breaker,
    typedExtensionProtocolOptions: httpOptions({ protocol: migration[universe].protocol }),
  });
}

function hop(
  name: string,
  migration: string,
  universe: UniverseName,
  identifiers: IdentifiersIr,
): NamedResource<Listener> {
  const manager: MessageInitShape<typeof HttpConnectionManagerSchema> = {
    statPrefix: name,
    codecType: HttpConnectionManager_CodecType.HTTP2,
    routeSpecifier: {
      case: 'routeConfig',
      value: {
        name,
        virtualHosts: [
          {
            name,
            domains: ['*'],
            // Only the proxy says so.
            responseHeadersToRemove: [NOT_ASKED_HEADER],
            routes: [
              {
                name,
                match: { pathSpecifier: { case: 'prefix', value: '/' } },
                // The route that led here has its own deadlines.
                action: {
                  case: 'route',
                  value: {
                    clusterSpecifier: { case: 'cluster', value: name },
                    timeout: durationFromMs(0),
                  },
                },
              },
            ],
          },
        ],
      },
    },
    httpFilters: [
      answeringFilter(migration, universe, identifiers),
      plugin('envoy.filters.http.router', RouterSchema, { suppressEnvoyHeaders: true }),
    ],
    localReplyConfig: {
      mappers: [
        neverArrived(flags, 503),
        neverArrived(status(NOT_ASKED_STATUS, 'not_asked'), 503),
        neverArrived(status(NOT_HERE_STATUS, 'not_here'), NOT_HERE_STATUS),
      ],
    },
    serverHeaderTransformation: HttpConnectionManager_ServerHeaderTransformation.PASS_THROUGH,
    generateRequestId: false,
    requestIdExtension: {
      typedConfig: packed(UuidRequestIdConfigSchema, {
        packTraceReason: false,
        useRequestIdForTraceSampling: false,
      }),
    },
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
            plugin('envoy.filters.network.http_connection_manager', HttpConnectionManagerSchema, manager),
          ],
        },
      ],
    }),
  );
}

type Mapper = NonNullable<
  Exclude<
    NonNullable<MessageInitShape<typeof HttpConnectionManagerSchema>['localReplyConfig']>['mappers'],
    undefined
  >
>[number];

/** What Envoy answers itself before anything was sent to the universe: said in a header, so that even a write goes on to the other one. */
function neverArrived(filter: Mapper['filter'], statusCode: number): Mapper {
  return {
    ...(filter === undefined ? {} : { filter }),
    statusCode,
    headersToAdd: [{ header: { key: NOT_ASKED_HEADER, value: '1' } }],
  };
}

/** The connection failed, or there is nobody to connect to. */
const flags: Mapper['filter'] = {
  filterSpecifier: { case: 'responseFlagFilter', value: { flags: ['UF', 'UH'] } },
};
/** Of local replies only the translator's have these statuses. */
function status(defaultValue: number, name: string): Mapper['filter'] {
  const value = { defaultValue, runtimeKey: `chronos.${name}_status` };
  return {
    filterSpecifier: {
      case: 'statusCodeFilter',
      value: { comparison: { op: ComparisonFilter_Op.EQ, value } },
    },
  };
}
