import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { temporaryDir } from '@chronos/local/testing.ts';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MissionControlService, Role } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { RpcServer } from '@chronos/rpc-server/serve.ts';
import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from '@connectrpc/connect-node';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { Story } from '../../core/mission-control/story.ts';
import { memoryEngine } from '../../testing/memory-engine.ts';
import { Access } from '../mission-control/access.ts';
import { missionControl } from '../mission-control/mission-control.ts';
import { serveApi } from './api-server.ts';
import { VerdictFeed } from './verdict-feed.ts';

const token = (name: string, role: 'viewer' | 'operator') => ({
  name,
  role,
  sha256: createHash('sha256').update(`${name}-token`).digest('hex'),
});

let dir: Awaited<ReturnType<typeof temporaryDir>>;
let page = '';
const servers: RpcServer[] = [];
let open: RpcServer;
let guarded: RpcServer;

async function serve(pageDir: string, tokens?: readonly ReturnType<typeof token>[]): Promise<RpcServer> {
  const { engine } = memoryEngine();
  const proxies = () => [];
  const access = new Access(tokens, new Uint8Array(32), () => Date.now());
  const story = new Story();
  const made = missionControl(engine, {
    proxies,
    story,
    pageDir,
    access,
    maskingKey: undefined,
    replaySecrets: new Map(),
    traceAddress: 'http://127.0.0.1:9411/zipkin/traces/{trace}',
  });
  const parts = { engine, feed: new VerdictFeed(), proxies, missionControl: made };
  const server = await serveApi('127.0.0.1:0', parts, new Registry());
  servers.push(server);
  return server;
}

/** node:http sends paths as they are; fetch would tidy them up. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET', server = open) {
  const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false });
  asked.end();
  const [response]: IncomingMessage[] = await once(asked, 'response');
  const parts: Buffer[] = [];
  for await (const part of response ?? []) parts.push(part);
  const body = Buffer.concat(parts);
  return { status: response?.statusCode, headers: response?.headers ?? {}, body };
}

const url = (server: RpcServer) => `http://${server.address}`;
const http1 = (server: RpcServer) =>
  createConnectTransport({ baseUrl: url(server), httpVersion: '1.1', useBinaryFormat: true });

async function firstOf<T>(stream: AsyncIterable<T>): Promise<T> {
  for await (const message of stream) return message;
  throw new Error('the stream ended');
}
async function codeOf(call: Promise<unknown>): Promise<Code | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => ConnectError.from(error).code,
  );
}

beforeAll(async () => {
  dir = await temporaryDir('page');
  page = join(dir.path, 'dist');
  await mkdir(join(page, 'assets'), { recursive: true });
  await writeFile(join(page, 'index.html'), '<!doctype html>');
  await writeFile(join(page, 'assets/main-1a2b.js'), 'console.log(1)');
  await writeFile(join(page, 'assets/main-1a2b.js.gz'), gzipSync('console.log(1)'));
  await writeFile(join(dir.path, 'secret.json'), '{}');
  open = await serve(page);
  guarded = await serve(page, [token('ada', 'operator'), token('bob', 'viewer')]);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close({ graceMs: 100 })));
  await dir.dispose();
});

describe('the page', () => {
  test.each(['/', '/m/bank', '/m/bank/mismatches?group=a', '/index.html'])(
    'is served at %s',
    async (path) => {
      const { status, headers, body } = await ask(path);
      expect([status, body.toString()]).toEqual([200, '<!doctype html>']);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      });
    },
  );

  test('hashed files are kept for ever, and sent as they were compressed', async () => {
    const { headers, body } = await ask('/assets/main-1a2b.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      vary: 'accept-encoding',
    });
    expect(body).toEqual(gzipSync('console.log(1)'));
    const plain = await ask('/assets/main-1a2b.js', { 'accept-encoding': 'gzip;q=0' });
    expect([plain.headers['content-encoding'], plain.body.toString()]).toEqual([undefined, 'console.log(1)']);
  });

  test('what is known already is not sent again', async () => {
    const { headers } = await ask('/');
    const again = await ask('/', { 'if-none-match': String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  test.each(['/../secret.json', '/assets/../../secret.json', '/%2e%2e/secret.json', '/assets/gone.js'])(
    '%s is not there',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  test('says how it is built where it is not', async () => {
    const { status, body } = await ask('/', {}, 'GET', await serve(join(dir.path, 'nothing')));
    expect([status, body.toString()]).toEqual([503, expect.stringContaining('npm run generate')]);
  });
});

test.each<[string, Record<string, string>, number]>([
  ['its own origin', { origin: 'http://localhost:1', host: 'localhost:1' }, 200],
  ['another site', { origin: 'https://evil.example', host: 'localhost:1' }, 403],
  ['a name that was made to point here', { host: 'evil.example:7400' }, 421],
])('a request from %s', async (_, headers, status) => {
  expect((await ask('/', headers)).status).toBe(status);
});

describe('watches', () => {
  const ways: [string, () => Transport][] = [
    ['Connect, as browsers do', () => http1(open)],
    ['Connect with JSON', () => createConnectTransport({ baseUrl: url(open), httpVersion: '1.1' })],
    ['Connect over HTTP/2', () => createConnectTransport({ baseUrl: url(open), httpVersion: '2' })],
    ['gRPC-Web', () => createGrpcWebTransport({ baseUrl: url(open), httpVersion: '1.1' })],
    ['gRPC', () => createGrpcTransport({ baseUrl: url(open) })],
  ];
  test.each(ways)('are the same by %s', async (_, transport) => {
    const client = createClient(MissionControlService, transport());
    const { migrations } = await firstOf(client.watchOverview({}));
    expect(migrations.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    const { message } = await firstOf(
      client.watch({ topics: [{ topic: { case: 'migration', value: { name: 'b' } } }] }),
    );
    expect(message).toMatchObject({ case: 'migration', value: { state: { spec: { name: 'b' } } } });
  });

  test.each(ways.slice(0, 2))('say what is wrong, by %s', async (_, transport) => {
    const client = createClient(MissionControlService, transport());
    expect(await codeOf(firstOf(client.watchSeries({ migration: 'z' })))).toBe(Code.NotFound);
    expect(await codeOf(firstOf(client.watchSeries({})))).toBe(Code.InvalidArgument);
    expect(await codeOf(firstOf(client.watch({ topics: [] })))).toBe(Code.InvalidArgument);
  });

  test('several topics come on one stream', async () => {
    const client = createClient(MissionControlService, http1(open));
    const wanted = new Set<string | undefined>(['overview', 'proxies', 'migration']);
    const stream = client.watch({
      topics: [
        { topic: { case: 'overview', value: {} } },
        { topic: { case: 'proxies', value: {} } },
        { topic: { case: 'migration', value: { name: 'a' } } },
      ],
    });
    for await (const { message } of stream) {
      wanted.delete(message.case);
      if (wanted.size === 0) break;
    }
    expect(wanted.size).toBe(0);
  });

  test('end with the server, at once', async () => {
    const server = await serve(page);
    const stream = createClient(MissionControlService, http1(server)).watchOverview({});
    const watch = stream[Symbol.asyncIterator]();
    await watch.next();
    const ended = codeOf(
      (async () => {
        for (;;) if ((await watch.next()).done) return;
      })(),
    );
    await server.close({ graceMs: 10_000 });
    expect(await ended).toBe(Code.Unavailable);
  });
});

describe('with tokens', () => {
  const withHeader = (name: string, value: string) =>
    createConnectTransport({
      baseUrl: url(guarded),
      httpVersion: '1.1',
      useBinaryFormat: true,
      interceptors: [
        (next) => (call) => {
          call.header.set(name, value);
          return next(call);
        },
      ],
    });

  test('nobody sees anything without one, by whatever way', async () => {
    const client = createClient(MissionControlService, http1(guarded));
    expect(await codeOf(firstOf(client.watchOverview({})))).toBe(Code.Unauthenticated);
    expect(await codeOf(client.getVersion({}))).toBe(Code.Unauthenticated);
    expect(await client.getSession({})).toMatchObject({ name: '', tokensRequired: true });
    expect((await ask('/', {}, 'GET', guarded)).status).toBe(200);
  });

  test('a viewer logs in, watches, and changes nothing', async () => {
    let cookie = '';
    const client = createClient(MissionControlService, http1(guarded));
    await client.logIn(
      { token: 'bob-token' },
      { onHeader: (headers) => (cookie = headers.get('set-cookie') ?? '') },
    );
    const transport = withHeader('cookie', cookie.split(';')[0] ?? '');
    const viewer = createClient(MissionControlService, transport);
    expect(await viewer.getSession({})).toMatchObject({ name: 'bob', role: Role.VIEWER });
    expect((await firstOf(viewer.watchOverview({}))).migrations).toHaveLength(3);
    const migrations = createClient(MigrationService, transport);
    await expect(migrations.pauseMigration({ name: 'a' })).rejects.toThrow(/needs the role operator/);
  });

  test('an operator’s token opens everything', async () => {
    const operator = createClient(MissionControlService, withHeader('authorization', 'Bearer ada-token'));
    expect(await operator.getSession({})).toMatchObject({ name: 'ada', role: Role.OPERATOR });
    expect((await firstOf(operator.watchOverview({}))).migrations).toHaveLength(3);
  });
});
