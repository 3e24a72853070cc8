import { create, toBinary } from '@bufbuild/protobuf';
import { RouteConfigurationSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import { RuntimeSchema } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';
import { layerName, ownName, type Scenario, sharedCount, sharedName } from './scenario.ts';

/** Keys of the runtime layer: what a dozen route groups have. */
const KEYS = 24;

/**
 * All resources of a scenario as both servers read them, each after its length in four bytes: the runtime layer, the routes that all
 * proxies share, and one of each proxy if the shape asks for it.
 */
export function encodeResources(scenario: Scenario): Buffer {
  const messages: Uint8Array[] = [toBinary(RuntimeSchema, layer())];
  for (let n = 0; n < sharedCount(scenario); n += 1) messages.push(route(sharedName(n)));
  if (scenario.shape !== 'shared')
    for (let proxy = 0; proxy < scenario.proxies; proxy += 1) messages.push(route(ownName(proxy)));
  return Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return [length, message];
    }),
  );
}

export function decodeResources(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    messages.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return messages;
}

/** The weight of one group is a key of this layer. */
function layer() {
  const fields = Object.fromEntries(Array.from({ length: KEYS }, (_, n) => [`chronos.weight.${n}`, 0]));
  return create(RuntimeSchema, { name: layerName, layer: fields });
}

/** A route configuration as Chronos translates a small service: one host, two routes, weighted clusters, about 300 bytes. */
function route(name: string): Uint8Array {
  const weighted = (prefix: string) => ({
    match: { pathSpecifier: { case: 'prefix' as const, value: prefix } },
    action: {
      case: 'route' as const,
      value: {
        clusterSpecifier: {
          case: 'weightedClusters' as const,
          value: {
            clusters: ['legacy', 'modern'].map((universe) => ({
              name: `${name}.${universe}_first`,
              weight: 5_000,
            })),
            runtimeKeyPrefix: `chronos.weight.${name}`,
          },
        },
        timeout: { seconds: 15n },
      },
    },
  });
  return toBinary(
    RouteConfigurationSchema,
    create(RouteConfigurationSchema, {
      name,
      virtualHosts: [{ name: 'all', domains: ['*'], routes: [weighted('/api'), weighted('/')] }],
    }),
  );
}
