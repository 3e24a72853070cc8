import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import {
  BankService,
  file_bank_v1_bank,
  GetBalanceRequestSchema,
  GetBalanceResponseSchema,
} from '@chronos/proto/bank/v1/bank_pb.js';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '@chronos/proto/grpc/health/v1/health_pb.js';
import { ServerReflection } from '@chronos/proto/grpc/reflection/v1/reflection_pb.js';
import { ServerReflection as ServerReflectionAlpha } from '@chronos/proto/grpc/reflection/v1alpha/reflection_pb.js';
import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import * as grpc from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RpcServer, serve } from './serve.ts';

/** Handlers of GetBalance wait here when asked for account `slow`. */
let gate: PromiseWithResolvers<void>;
let waiting: PromiseWithResolvers<void>;
let healthChecks: number;
let server: RpcServer;

beforeEach(async () => {
  healthChecks = 0;
  gate = Promise.withResolvers();
  waiting = Promise.withResolvers();
  server = await serve({
    listen: '127.0.0.1:0',
    files: [file_bank_v1_bank],
    maxRequestBytes: 64 * 1024,
    http: (request, response) => {
      if (request.url !== '/healthz') return false;
      healthChecks += 1;
      response.statusCode = 204;
      response.end();
      return true;
    },
    routes: (router, draining) =>
      router.service(BankService, {
        async getBalance({ accountId }, { signal }) {
          if (accountId === 'slow') {
            waiting.resolve();
            await Promise.race([gate.promise, once(signal, 'abort')]);
            signal.throwIfAborted();
          }
          return { accountId, balance: '1.00' };
        },
        async *streamTransactions({ accountId }) {
          yield { number: 1n };
          if (accountId === 'endless') await once(draining, 'abort');
          yield { number: 2n };
        },
      }),
  });
});

afterEach(async () => {
  gate.resolve();
  await server.close({ graceMs: 2_000 });
});

async function allOf<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const url = () => `http://${server.address}`;

type MakeTransport = () => Transport;
const transports: [string, MakeTransport][] = [
  ['gRPC', () => createGrpcTransport({ baseUrl: url() })],
  ['gRPC-Web over HTTP/1.1', () => createGrpcWebTransport({ baseUrl: url(), httpVersion: '1.1' })],
  ['gRPC-Web over HTTP/2', () => createGrpcWebTransport({ baseUrl: url(), httpVersion: '2' })],
  ['Connect JSON over HTTP/1.1', () => createConnectTransport({ baseUrl: url(), httpVersion: '1.1' })],
  [
    'Connect protobuf over HTTP/2',
    () => createConnectTransport({ baseUrl: url(), httpVersion: '2', useBinaryFormat: true }),
  ],
];

describe('one port', () => {
  test.each(transports)('%s: unary, server stream, error', async (_name, transport) => {
    const bank = createClient(BankService, transport());
    expect(await bank.getBalance({ accountId: 'a' })).toMatchObject({ accountId: 'a', balance: '1.00' });
    const numbers = [];
    for await (const { number } of bank.streamTransactions({})) numbers.push(number);
    expect(numbers).toEqual([1n, 2n]);
    await expect(bank.transfer({})).rejects.toMatchObject({ code: Code.Unimplemented });
    await expect(bank.getBalance({ accountId: 'x'.repeat(70_000) })).rejects.toMatchObject({
      code: Code.ResourceExhausted,
    });
  });

  test('@grpc/grpc-js', async () => {
    const client = new grpc.Client(server.address, grpc.credentials.createInsecure());
    const balance = await new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        '/bank.v1.BankService/GetBalance',
        (value: { accountId: string }) =>
          Buffer.from(toBinary(GetBalanceRequestSchema, create(GetBalanceRequestSchema, value))),
        (bytes) => fromBinary(GetBalanceResponseSchema, bytes),
        { accountId: 'a' },
        (error, value) => (error === null ? resolve(value) : reject(error)),
      );
    });
    client.close();
    expect(balance).toMatchObject({ accountId: 'a' });
  });

  test('plain JSON, plain HTTP beside it, and 404', async () => {
    const response = await fetch(`${url()}/bank.v1.BankService/GetBalance`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"accountId":"a"}',
    });
    expect(await response.json()).toEqual({ accountId: 'a', balance: '1.00' });
    expect((await fetch(`${url()}/healthz`)).status).toBe(204);
    expect((await fetch(`${url()}/other`)).status).toBe(404);
  });

  test('first bytes that dribble in are not lost', async () => {
    const socket = connectTcp(server.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.setNoDelay(true);
    for (const byte of 'GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n') {
      await new Promise((resolve) => socket.write(byte, resolve));
    }
    expect(String(Buffer.concat(await socket.toArray()))).toMatch(/^HTTP\/1\.1 204 /);
  });

  test('what is no HTTP is refused, and the server lives on', async () => {
    const socket = connectTcp(server.port, '127.0.0.1');
    socket.end('\u0000\u0001\u0002 what?');
    expect(String(Buffer.concat(await socket.toArray()))).toMatch(/^HTTP\/1\.1 400 /);
    const broken = connectTcp(server.port, '127.0.0.1');
    broken.on('error', () => {});
    broken.write(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${'garbage'.repeat(20)}`);
    broken.resume();
    await once(broken, 'close');
    expect((await fetch(`${url()}/healthz`)).status).toBe(204);
  });

  test('a unix socket left behind by a killed process is taken over, one in use is not', async () => {
    const listen = `unix:${join(tmpdir(), `rpc-server-${process.pid}.sock`)}`;
    const options = { listen, files: [], routes: () => {} };
    const first = await serve(options);
    await expect(serve(options)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close({ graceMs: 100 });
    const second = await serve(options);
    expect(second.address).toBe(listen);
    await second.close({ graceMs: 100 });
  });
});

describe('reflection and health', () => {
  test('reflection v1 and v1alpha list the services and show a symbol’s file', async () => {
    const transport = createGrpcTransport({ baseUrl: url() });
    for (const service of [ServerReflection, ServerReflectionAlpha]) {
      const answers = createClient(service, transport).serverReflectionInfo(
        (async function* () {
          yield { messageRequest: { case: 'listServices' as const, value: '' } };
          yield {
            messageRequest: { case: 'fileContainingSymbol' as const, value: 'bank.v1.BankService.Login' },
          };
        })(),
      );
      const [list, file] = await allOf(answers);
      expect(list?.messageResponse.value).toMatchObject({
        service: [
          { name: 'bank.v1.BankService' },
          { name: 'grpc.health.v1.Health' },
          { name: 'grpc.reflection.v1.ServerReflection' },
          { name: 'grpc.reflection.v1alpha.ServerReflection' },
        ],
      });
      if (file?.messageResponse.case !== 'fileDescriptorResponse') throw new Error('no file');
      const [bytes] = file.messageResponse.value.fileDescriptorProto;
      expect(fromBinary(FileDescriptorProtoSchema, bytes!).name).toBe('bank/v1/bank.proto');
    }
  });

  test('health: check, unknown service, watch until the end', async () => {
    const health = createClient(Health, createGrpcTransport({ baseUrl: url() }));
    expect((await health.check({})).status).toBe(Status.SERVING);
    expect((await health.check({ service: 'bank.v1.BankService' })).status).toBe(Status.SERVING);
    await expect(health.check({ service: 'no.Service' })).rejects.toMatchObject({ code: Code.NotFound });
    const seen: Status[] = [];
    for await (const { status } of health.watch({})) {
      seen.push(status);
      if (seen.length === 1) server.setServing(false);
      if (seen.length === 2) server.setServing(true);
      if (seen.length === 3) void server.close({ graceMs: 2_000 });
    }
    expect(seen).toEqual([Status.SERVING, Status.NOT_SERVING, Status.SERVING, Status.NOT_SERVING]);
  });
});

describe('close', () => {
  test.each(transports)('%s: a request under way is answered', async (_name, transport) => {
    const bank = createClient(BankService, transport());
    const answer = bank.getBalance({ accountId: 'slow' });
    await waiting.promise;
    const closed = server.close({ graceMs: 5_000 });
    gate.resolve();
    expect(await answer).toMatchObject({ accountId: 'slow' });
    await closed;
  });

  test('HTTP/2: under load every request is answered or known to be untouched', async () => {
    const session = connectHttp2(url());
    const outcomes: Promise<unknown>[] = [];
    let closed: Promise<void> | undefined;
    while (!session.closed) {
      const stream = session.request({ ':path': '/healthz' });
      const answered = once(stream, 'response').then(([headers]) => headers[':status']);
      outcomes.push(answered.catch(() => stream.rstCode));
      stream.resume();
      if (outcomes.length === 50) closed = server.close({ graceMs: 5_000 });
      await new Promise(setImmediate);
    }
    const seen = await Promise.all(outcomes);
    expect(seen.filter((outcome) => outcome === 204)).toHaveLength(healthChecks);
    expect(healthChecks).toBeGreaterThanOrEqual(50 - 10);
    expect(seen.filter((outcome) => outcome !== 204 && outcome !== constants.NGHTTP2_REFUSED_STREAM)).toEqual(
      [],
    );
    await closed;
  });

  test.each(transports.filter(([name]) => name.includes('HTTP/1.1')))(
    '%s: a request refused before its end was read holds up nothing',
    async (_name, transport) => {
      const bank = createClient(BankService, transport());
      await expect(bank.getBalance({ accountId: 'x'.repeat(200_000) })).rejects.toMatchObject({
        code: Code.ResourceExhausted,
      });
      const started = performance.now();
      await server.close({ graceMs: 4_000 });
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  test('HTTP/1: a client in the middle of a keep-alive conversation is told to close, never cut', async () => {
    const socket = connectTcp(server.port, '127.0.0.1');
    const ask = async () => {
      socket.write('GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n');
      return String((await once(socket, 'data'))[0]);
    };
    expect(await ask()).not.toMatch(/connection: close/i);
    const closed = server.close({ graceMs: 5_000 });
    expect(await ask()).toMatch(/^HTTP\/1\.1 204 .*connection: close/is);
    await once(socket, 'end');
    socket.end();
    await closed;
  });

  test('streams without an end of their own end by the draining signal', async () => {
    const bank = createClient(BankService, createGrpcTransport({ baseUrl: url() }));
    const numbers = [];
    for await (const { number } of bank.streamTransactions({ accountId: 'endless' })) {
      numbers.push(number);
      if (number === 1n) void server.close({ graceMs: 5_000 });
    }
    expect(numbers).toEqual([1n, 2n]);
  });

  test('what outlives the grace is cancelled, and the client learns why', async () => {
    const bank = createClient(BankService, createGrpcTransport({ baseUrl: url() }));
    const answer = bank.getBalance({ accountId: 'slow' }).catch(ConnectError.from);
    await waiting.promise;
    await server.close({ graceMs: 50 });
    expect(await answer).toMatchObject({ code: Code.Unavailable, rawMessage: 'server is stopping' });
  });

  test('a port in use is an error that names it', async () => {
    await expect(serve({ listen: server.address, files: [], routes: () => {} })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      port: server.port,
    });
  });
});
