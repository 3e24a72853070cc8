import { once } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  createServer,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  DiscoveryRequestSchema,
  DiscoveryResponseSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import {
  Health,
  HealthCheckRequestSchema,
  type HealthCheckResponse,
  HealthCheckResponse_ServingStatus as Serving,
} from '@chronos/proto/grpc/health/v1/health_pb.js';
import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CLUSTER_TYPE } from '../../core/xds/resource-types.ts';
import { snapshotOf } from './digest.ts';
import { GrpcStream } from './grpc-stream.ts';
import { createXdsServer, type XdsServer } from './server.ts';
import { node } from './testing/ads-client.ts';
import { grpcService } from './testing/grpc-service.ts';
import { smallPlane } from './testing/resources.ts';

const ads = '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources';

describe('gRPC as the xDS server speaks it', () => {
  let server: XdsServer;
  let session: ClientHttp2Session;

  beforeEach(async () => {
    server = await createXdsServer({ listen: '127.0.0.1:0' });
    server.setSnapshot(
      { group: 'g' },
      snapshotOf(smallPlane({ listenPort: 1, clusters: { a: 2 }, to: 'a' })),
    );
    session = connect(`http://127.0.0.1:${server.port}`);
  });
  afterEach(async () => {
    session.destroy();
    await server.close();
  });

  const call = (headers: OutgoingHttpHeaders = {}): ClientHttp2Stream =>
    session.request({
      ':method': 'POST',
      ':path': ads,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
  const trailersOf = async (stream: ClientHttp2Stream) => {
    stream.resume();
    const [trailers] = await once(stream, 'trailers');
    return { status: Number(trailers['grpc-status']), message: trailers['grpc-message'] };
  };
  const framed = (message: Uint8Array, flag = 0) => {
    const prefix = Buffer.alloc(5);
    prefix[0] = flag;
    prefix.writeUInt32BE(message.length, 1);
    return Buffer.concat([prefix, message]);
  };
  const wanted = framed(
    toBinary(DiscoveryRequestSchema, create(DiscoveryRequestSchema, { node, typeUrl: CLUSTER_TYPE })),
  );

  test('a request that comes byte by byte is answered by one whole message', async () => {
    const stream = call();
    for (const byte of wanted) stream.write(Buffer.of(byte));
    const received: Buffer[] = [];
    for await (const chunk of stream) {
      received.push(chunk);
      const bytes = Buffer.concat(received);
      if (bytes.length < 5 || bytes.length < 5 + bytes.readUInt32BE(1)) continue;
      const response = fromBinary(DiscoveryResponseSchema, bytes.subarray(5));
      expect(response).toMatchObject({ typeUrl: CLUSTER_TYPE, nonce: '1' });
      expect(response.resources).toHaveLength(1);
      break;
    }
  });

  test('a client that ends its side gets the status OK', async () => {
    const stream = call();
    stream.end(wanted);
    expect(await trailersOf(stream)).toMatchObject({ status: status.OK });
    expect(server.proxies()).toMatchObject([{ nodeId: 'n1', connected: false }]);
  });

  test('a message that is too long is refused before it is read', async () => {
    const stream = call();
    stream.write(Buffer.from([0, 0, 0x40, 0, 1]));
    expect(await trailersOf(stream)).toEqual({
      status: status.RESOURCE_EXHAUSTED,
      message: expect.stringContaining('4194305 bytes'),
    });
  });

  test('compression is refused, by flag and by header', async () => {
    const flagged = call();
    flagged.write(framed(Buffer.of(1), 1));
    expect(await trailersOf(flagged)).toMatchObject({ status: status.UNIMPLEMENTED });
    const announced = call({ 'grpc-encoding': 'gzip' });
    const [headers] = await once(announced, 'response');
    expect(headers['grpc-accept-encoding']).toBe('identity');
    expect(await trailersOf(announced)).toMatchObject({ status: status.UNIMPLEMENTED });
  });

  test('bytes that are no request end this stream only', async () => {
    const other = call();
    other.write(wanted);
    await once(other, 'data');
    const broken = call();
    broken.write(framed(Buffer.from([0x0a, 0xff])));
    expect((await trailersOf(broken)).status).not.toBe(status.OK);
    expect(server.proxies().filter((proxy) => proxy.connected)).toHaveLength(1);
  });

  test('a stream that is refused while it opens is told so, and so is whoever refused it', async () => {
    const gone: string[] = [];
    const refusing = createServer();
    refusing.on('stream', (stream, headers) => {
      new GrpcStream(stream, headers, 100, (opening) => {
        opening.close(status.RESOURCE_EXHAUSTED, 'one too many: 100 %');
        const never = () => gone.push('called after the end');
        return { message: never, drained: never, halfClosed: never, gone: (reason) => gone.push(reason) };
      });
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const other = connect(`http://127.0.0.1:${(refusing.address() as AddressInfo).port}`);
    const stream = other.request({ ':method': 'POST', ':path': '/', 'content-type': 'application/grpc' });
    stream.write(wanted);
    expect(await trailersOf(stream)).toEqual({
      status: status.RESOURCE_EXHAUSTED,
      message: 'one too many: 100 %25',
    });
    expect(gone).toEqual(['one too many: 100 %']);
    other.destroy();
    refusing.close();
  });

  test("a call's own deadline ends it", async () => {
    expect(await trailersOf(call({ 'grpc-timeout': '20m' }))).toMatchObject({
      status: status.DEADLINE_EXCEEDED,
    });
  });

  test('polling is not offered, health is', async () => {
    const client = new Client(`127.0.0.1:${server.port}`, credentials.createInsecure());
    const fetched = await new Promise<ServiceError | null>((resolve) => {
      const path = '/envoy.service.cluster.v3.ClusterDiscoveryService/FetchClusters';
      const bytes = (buffer: Buffer) => buffer;
      client.makeUnaryRequest(path, bytes, bytes, Buffer.alloc(0), (error) => resolve(error));
    });
    expect(fetched).toMatchObject({ code: status.UNIMPLEMENTED });
    const { path, requestSerialize, responseDeserialize } = grpcService(Health).Check!;
    const service = 'envoy.service.discovery.v3.AggregatedDiscoveryService';
    const health = await new Promise<HealthCheckResponse | undefined>((resolve, reject) => {
      const request = create(HealthCheckRequestSchema, { service });
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, answer) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
    expect(health?.status).toBe(Serving.SERVING);
    client.close();
  });
});
