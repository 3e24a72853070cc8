import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Scene, startScene } from '../../../testdata/translate/scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

describe('over HTTP/1.1', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene({ group: { timeoutMs: 1_000 } });
  });
  afterAll(() => scene.dispose());

  test('an event stream lives longer than the deadline of ordinary requests, which holds for those', async () => {
    const trickle = { 'x-legacy': 'trickle' };
    const events = await scene.get('/', { ...trickle, accept: 'text/event-stream' });
    expect([events.status, events.text]).toEqual([200, 'legacy']);
    await expect(scene.get('/', trickle)).rejects.toThrow();
  });

  test('a WebSocket reaches legacy, at any weight, and nobody gets a copy', async () => {
    await scene.setWeight(10_000);
    const asked = scene.modern.seen.length;
    const request = httpRequest(scene.url, {
      headers: { connection: 'upgrade', upgrade: 'websocket', 'x-customer': 'a' },
    });
    request.end();
    const [, socket, head] = await once(request, 'upgrade');
    let text = String(head);
    for await (const chunk of socket) text += String(chunk);
    expect(text).toBe('legacy');
    expect(scene.modern.seen.length).toBe(asked);
  });

  test('an offer of h2c is no upgrade', async () => {
    const request = httpRequest(scene.url, {
      headers: {
        connection: 'upgrade, http2-settings',
        upgrade: 'h2c',
        'http2-settings': '',
        'x-customer': 'a',
      },
    });
    request.end();
    const [response] = await once(request, 'response');
    response.resume();
    expect(response.headers['x-universe']).toBe('modern');
  });
});

describe('gRPC', () => {
  interface GrpcUniverse {
    readonly server: Http2Server;
    readonly port: number;
    readonly paths: string[];
  }
  let legacy: GrpcUniverse;
  let modern: GrpcUniverse;
  let scene: Scene;

  /** /stream: five messages, 300 ms apart. /unavailable: only modern says so. Anything else: one message, its name. */
  async function startGrpc(name: string): Promise<GrpcUniverse> {
    const paths: string[] = [];
    const server = createServer();
    server.on('stream', async (stream: ServerHttp2Stream, headers) => {
      const path = String(headers[':path']);
      // A copy is reset at its deadline, in the middle of a stream that its client still reads from the other.
      stream.on('error', () => undefined);
      stream.resume();
      await once(stream, 'end');
      paths.push(path);
      const grpc = { ':status': 200, 'content-type': 'application/grpc' };
      if (path === '/unavailable' && name === 'modern') {
        stream.respond({ ...grpc, 'grpc-status': '14' }, { endStream: true });
        return;
      }
      stream.respond(grpc, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      for (let sent = 0; path === '/stream' && sent < 5 && !stream.destroyed; sent += 1) {
        stream.write('.');
        await delay(300);
      }
      if (!stream.destroyed) stream.end(name);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('not a TCP address');
    return { server, port: address.port, paths };
  }

  beforeEach(async () => {
    legacy = await startGrpc('legacy');
    modern = await startGrpc('modern');
    const universe = ({ port }: GrpcUniverse, deployment: string) => ({
      protocol: 'http2' as const,
      endpoints: [{ address: { host: '127.0.0.1', port }, deployment }],
    });
    scene = await startScene({
      migration: { legacy: universe(legacy, 'old@1'), modern: universe(modern, 'new@1') },
      group: {
        timeoutMs: 1_000,
        matches: [{ path: { kind: 'prefix', value: '/' }, methods: [], safe: true }],
      },
    });
    await scene.setWeight(10_000);
  });
  afterEach(async () => {
    await scene.dispose();
    for (const { server } of [legacy, modern]) server.close();
  });

  async function call(path: string) {
    const client = connect(scene.url);
    const stream = client.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      'x-customer': 'a',
    });
    let trailers: Record<string, unknown> = {};
    let headers: Record<string, unknown> = {};
    stream.on('response', (received) => {
      headers = received;
    });
    stream.on('trailers', (received) => {
      trailers = received;
    });
    stream.end('request');
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    client.close();
    return { text, status: trailers['grpc-status'] ?? headers['grpc-status'] };
  }

  test('a server stream lives longer than the deadline of ordinary requests', async () => {
    expect(await call('/stream')).toEqual({ text: '.....modern', status: '0' });
  });

  test('status UNAVAILABLE of modern becomes the answer of legacy, where that is safe', async () => {
    expect(await call('/unavailable')).toEqual({ text: 'legacy', status: '0' });
  });

  test('both universes get the call', async () => {
    expect(await call('/once')).toEqual({ text: 'modern', status: '0' });
    const deadline = performance.now() + 5_000;
    while (!legacy.paths.includes('/once') && performance.now() < deadline) await delay(10);
    expect(legacy.paths).toContain('/once');
  });
});
