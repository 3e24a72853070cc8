import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  DeltaDiscoveryRequestSchema,
  DeltaDiscoveryResponseSchema,
  DiscoveryRequestSchema,
  DiscoveryResponseSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SECRET_TYPE, shortTypeName } from '../../core/xds/resource-types.ts';
import { DISCOVERY_METHODS, DISCOVERY_SERVICES, type DiscoveryMethod } from '../../core/xds/services.ts';
import { snapshotOf } from './digest.ts';
import { createXdsServer, type XdsServer } from './server.ts';
import { smallPlane } from './testing/resources.ts';

const node = { id: 'n1', cluster: 'g' };
const bytes = (buffer: Buffer) => buffer;

describe('the services of one type, over the wire', () => {
  let server: XdsServer;
  let client: Client;

  beforeAll(async () => {
    server = await createXdsServer({ listen: '127.0.0.1:0' });
    const plane = { listenPort: 10_000, clusters: { a: 10_001 }, to: 'a' };
    server.setSnapshot({ group: 'g' }, snapshotOf(smallPlane(plane)));
    client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
  });
  afterAll(async () => {
    client.close();
    await server.close();
  });

  /** Asks for everything of a stream's type, without naming it, and gives the first answer: names of types, and how many. */
  async function ask(path: string, { variant }: DiscoveryMethod): Promise<string> {
    const stream = client.makeBidiStreamRequest(path, bytes, bytes);
    const answer = new Promise<Buffer>((resolve, reject) => {
      stream.on('data', resolve);
      stream.on('error', reject);
    });
    const request =
      variant === 'sotw'
        ? toBinary(DiscoveryRequestSchema, create(DiscoveryRequestSchema, { node, resourceNames: ['*'] }))
        : toBinary(
            DeltaDiscoveryRequestSchema,
            create(DeltaDiscoveryRequestSchema, { node, resourceNamesSubscribe: ['*'] }),
          );
    stream.write(Buffer.from(request));
    const message = await answer;
    stream.removeAllListeners('error').on('error', () => undefined);
    stream.cancel();
    const { typeUrl, resources } =
      variant === 'sotw'
        ? fromBinary(DiscoveryResponseSchema, message)
        : fromBinary(DeltaDiscoveryResponseSchema, message);
    return `${shortTypeName(typeUrl)} ${resources.length}`;
  }

  test.each([...DISCOVERY_METHODS].filter(([, { typeUrl }]) => typeUrl !== undefined))(
    '%s answers with its type',
    async (path, method) => {
      const count = method.typeUrl === SECRET_TYPE ? 0 : 1;
      expect(await ask(path, method)).toBe(`${shortTypeName(method.typeUrl ?? '')} ${count}`);
    },
  );

  test('why a stream ends reaches its client as it was written', async () => {
    const path = '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources';
    const stream = client.makeBidiStreamRequest(path, bytes, bytes);
    const ended = new Promise<ServiceError>((resolve) => stream.on('error', resolve));
    for (const id of ['n1', 'n2']) {
      const request = create(DiscoveryRequestSchema, { node: { ...node, id }, typeUrl: SECRET_TYPE });
      stream.write(Buffer.from(toBinary(DiscoveryRequestSchema, request)));
    }
    const details =
      'the stream belongs to node.id "n1" of node.cluster "g"; another node needs a stream of its own';
    expect(await ended).toMatchObject({ code: status.INVALID_ARGUMENT, details });
  });

  test('polling (the Fetch methods) is not offered, and says so', async () => {
    const paths = DISCOVERY_SERVICES.flatMap(([service]) =>
      service.methods
        .filter(({ methodKind }) => methodKind === 'unary')
        .map(({ name }) => `/${service.typeName}/${name}`),
    );
    expect(paths).toHaveLength(6);
    for (const path of paths) {
      const error = await new Promise<ServiceError | null>((resolve) => {
        client.makeUnaryRequest(path, bytes, bytes, Buffer.alloc(0), resolve);
      });
      expect(error?.code).toBe(status.UNIMPLEMENTED);
    }
  });

  test('a stream beyond the limit ends with the reason, and the others go on', async () => {
    const small = await createXdsServer({ listen: '127.0.0.1:0', streamsMax: 1 });
    const other = new Client(`127.0.0.1:${small.port}`, credentials.createInsecure());
    const path = '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources';
    const first = other.makeBidiStreamRequest(path, bytes, bytes);
    first.on('error', () => undefined);
    await new Promise((resolve) => first.on('metadata', resolve));
    const second = other.makeBidiStreamRequest(path, bytes, bytes);
    const error = await new Promise<ServiceError>((resolve) => second.on('error', resolve));
    expect(error).toMatchObject({ code: status.RESOURCE_EXHAUSTED, details: 'more than 1 streams' });
    first.cancel();
    other.close();
    await small.close();
  });
});
