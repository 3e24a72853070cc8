import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { connect as connectSocket, type Socket } from 'node:net';
import { type Exchange, Outcome, Role } from '@chronos/proto/events/v1/exchange_pb.js';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Observation } from '../core/observation.ts';
import { body, type Fields, frame, headers, processingRequest } from '../core/testing.ts';
import { type CaptureServer, type LostExchange, serveCapture } from './server.ts';

const path = '/envoy.service.ext_proc.v3.ExternalProcessor/Process';
const get: Fields = [
  [':method', 'GET'],
  [':path', '/'],
  ['x-chronos-request-id', 'id-1'],
];
const whole = [
  headers('request', get, true),
  headers('response', [[':status', '200']]),
  body('response', 'hi', true),
];

let server: CaptureServer;
let socket: Socket;
let envoy: ClientHttp2Session;
let exchanges: Exchange[];
let lost: LostExchange[];
let happened: PromiseWithResolvers<void>;

beforeEach(async () => {
  exchanges = [];
  lost = [];
  happened = Promise.withResolvers();
  const note = () => {
    happened.resolve();
    happened = Promise.withResolvers();
  };
  server = await serveCapture({
    listen: { host: '127.0.0.1', port: 0 },
    bodyBytesMax: 100,
    onExchange(exchange) {
      exchanges.push(exchange);
      note();
    },
    onLost(reason) {
      lost.push(reason);
      note();
    },
  });
  socket = connectSocket(server.address.port, '127.0.0.1');
  envoy = connect('http://capture', { createConnection: () => socket });
  envoy.on('error', () => {});
});

afterEach(async () => {
  envoy.destroy();
  await server.close(0);
});

function open(observations: readonly Observation[], to = path): ClientHttp2Stream {
  const stream = envoy.request({ ':method': 'POST', ':path': to, 'x-chronos-role': 'shadow' });
  stream.on('error', () => {});
  for (const observation of observations) stream.write(frame(processingRequest(observation)));
  return stream;
}

async function grpcStatus(stream: ClientHttp2Stream): Promise<unknown> {
  const [answer] = await once(stream, 'response');
  return answer['grpc-status'];
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await happened.promise;
}

test('a settled exchange is handed on, and its stream is ended', async () => {
  const stream = open(whole);
  expect(await grpcStatus(stream)).toBe('0');
  expect(exchanges).toMatchObject([{ requestId: 'id-1', role: Role.SHADOW, outcome: Outcome.COMPLETE }]);
  expect(lost).toEqual([]);
});

test.each([
  ['half-closes', (stream: ClientHttp2Stream) => stream.end()],
  ['half-closes and resets', (stream: ClientHttp2Stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)],
])('a stream that Envoy %s early is an exchange that was reset', async (_, end) => {
  const stream = open(whole.slice(0, 2));
  // An answer on the same connection shows that what was written before has been read.
  await grpcStatus(open(whole));
  end(stream);
  await until(() => exchanges.length === 2);
  expect(exchanges.map((e) => e.outcome)).toEqual([Outcome.COMPLETE, Outcome.RESET]);
});

test('a stream that Envoy only resets is lost: how the exchange ended was thrown away', async () => {
  const stream = open(whole.slice(0, 2));
  await grpcStatus(open(whole));
  stream.destroy(new Error('no END_STREAM before the reset'));
  await until(() => lost.length > 0);
  expect({ lost, complete: exchanges.length }).toEqual({ lost: ['cut-off'], complete: 1 });
});

test('exchanges of a connection that breaks are lost', async () => {
  open(whole.slice(0, 1));
  await grpcStatus(open(whole));
  socket.destroy();
  await until(() => lost.length > 0);
  expect({ lost, complete: exchanges.length }).toEqual({ lost: ['connection-lost'], complete: 1 });
});

test('what is not ext_proc is refused, and counted once', async () => {
  expect(await grpcStatus(open([body('response', 'early')]))).toBe('3');
  expect(lost).toEqual(['malformed']);
  expect(await grpcStatus(open([], '/other.Service/Method'))).toBe('12');
  expect(exchanges).toEqual([]);
});

test('streams that Envoy resets just as they are ended do no harm', async () => {
  for (let i = 0; i < 200; i += 1) {
    const stream = open(whole);
    setTimeout(() => stream.close(constants.NGHTTP2_INTERNAL_ERROR), i % 25);
  }
  await until(() => exchanges.length === 200);
  expect(await grpcStatus(open(whole))).toBe('0');
  expect(lost).toEqual([]);
});

test('closing waits for open exchanges, for as long as it was told', async () => {
  open(whole.slice(0, 1));
  await grpcStatus(open(whole));
  await server.close(50);
  expect(lost).toEqual(['connection-lost']);
  expect(server.load()).toEqual({ openExchanges: 0, bodyBytes: 0 });
});
