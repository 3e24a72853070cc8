import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  type CapturedStream,
  type Collector,
  startCollector,
} from '../../../testdata/translate/collector.ts';
import { type Scene, startScene } from '../../../testdata/translate/scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

const attributeNames = {
  node: 'xds.node.id',
  universe: 'xds.upstream_host_metadata.filter_metadata.chronos.universe',
  deployment: 'xds.upstream_host_metadata.filter_metadata.chronos.deployment',
  attempt: 'upstream.request_attempt_count',
};

function headersOf(stream: CapturedStream, kind: 'requestHeaders' | 'responseHeaders'): Map<string, string> {
  const request = stream.messages.find((message) => message.request.case === kind)?.request;
  if (request?.case !== kind) return new Map();
  const headers = request.value.headers?.headers ?? [];
  return new Map(headers.map(({ key, rawValue }) => [key, Buffer.from(rawValue).toString()]));
}

/** One attempt in a line: who tried what for whom, and what came of it. */
function summary(stream: CapturedStream) {
  const attributes = stream.messages[0]?.attributes['envoy.filters.http.ext_proc'] ?? {};
  const body = (kind: 'requestBody' | 'responseBody') =>
    Buffer.concat(
      stream.messages.flatMap(({ request }) => (request.case === kind ? [request.value.body] : [])),
    );
  return {
    role: stream.role,
    node: attributes[attributeNames.node],
    universe: attributes[attributeNames.universe],
    deployment: attributes[attributeNames.deployment],
    attempt: attributes[attributeNames.attempt],
    route: headersOf(stream, 'requestHeaders').get('x-chronos-route'),
    sentBytes: body('requestBody').length,
    status: headersOf(stream, 'responseHeaders').get(':status'),
    answer: body('responseBody').toString(),
  };
}

describe('capture', () => {
  let collector: Collector;
  let scene: Scene;
  beforeAll(async () => {
    collector = await startCollector();
    const { host, port } = collector.address;
    scene = await startScene({
      plane: { capture: collector.address },
      metricsAddress: `${host}:${port}`,
      group: { perTryTimeoutMs: 1_000 },
    });
    await scene.setWeight(10_000);
  });
  afterAll(async () => {
    await scene.dispose();
    collector.close();
  });

  const captured = (path: string) =>
    collector.streams.filter((stream) => headersOf(stream, 'requestHeaders').get(':path') === path);

  test('sees the answer and the copy, whole, with who gave them', async () => {
    await scene.send('/both', { method: 'POST', body: 'x'.repeat(300_000), headers: { 'x-customer': 'a' } });
    await collector.until(() => captured('/both').filter(({ ended }) => ended).length === 2);
    const common = { node: 'test', attempt: 1, route: 'shop/all', sentBytes: 300_000, status: '200' };
    expect(
      captured('/both')
        .map(summary)
        .sort((a, b) => a.role.localeCompare(b.role)),
    ).toEqual([
      { role: 'authority', universe: 'modern', deployment: 'new@1', answer: 'modern', ...common },
      { role: 'shadow', universe: 'legacy', deployment: 'old@1', answer: 'legacy', ...common },
    ]);
    const ids = captured('/both').map((stream) =>
      headersOf(stream, 'requestHeaders').get('x-chronos-request-id'),
    );
    expect(new Set(ids).size).toBe(1);
    await collector.until(() => total() >= 1);
    expect(total()).toBe(1);
  });

  test('is told by Envoy’s own clock when it began with the request, and when with the copy', async () => {
    const sentMs = Date.now();
    await scene.get('/when', { 'x-customer': 'a' });
    const answeredMs = Date.now();
    await collector.until(() => captured('/when').filter(({ ended }) => ended).length === 2);
    for (const { messages } of captured('/when')) {
      const text = messages[0]?.attributes['envoy.filters.http.ext_proc']?.['request.time'];
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/);
      // The same machine's clock, but for its rounding.
      expect(Date.parse(String(text))).toBeGreaterThanOrEqual(sentMs - 1);
      expect(Date.parse(String(text))).toBeLessThanOrEqual(answeredMs + 1);
    }
  });

  test('sees each attempt of a request that failed over; the total counts it once', async () => {
    const before = total();
    await scene.get('/failover', { 'x-customer': 'a', 'x-modern': '503' });
    await scene.get('/failover', { 'x-customer': 'a', 'x-modern': 'reset' });
    await scene.get('/failover', { 'x-customer': 'a', 'x-modern': 'hang' });
    await collector.until(() => captured('/failover').filter(({ ended }) => ended).length === 9);
    const attempts = captured('/failover')
      .map(summary)
      .map(({ role, universe, attempt, status }) => `${role} ${universe} ${attempt} ${status}`);
    expect(attempts.sort()).toEqual([
      ...Array(3).fill('authority legacy 2 200'),
      'authority modern 1 503',
      ...Array(2).fill('authority modern 1 undefined'),
      ...Array(3).fill('shadow legacy 1 200'),
    ]);
    await collector.until(() => total() >= before + 3);
    expect(total()).toBe(before + 3);
  });

  const total = () =>
    [...collector.requests]
      .filter(([labels]) => labels.startsWith('migration=shop,group=all,mode=mirrored,'))
      .reduce((sum, [, value]) => sum + value, 0);

  test('the total says who answered', async () => {
    const answered = (universe: string) =>
      collector.requests.get(`migration=shop,group=all,mode=mirrored,universe=${universe}`) ?? 0;
    const before = answered('modern');
    await Promise.all(Array.from({ length: 25 }, () => scene.get('/', { 'x-customer': 'a' })));
    await collector.until(() => answered('modern') >= before + 25);
    expect(answered('modern')).toBe(before + 25);
  });
});

test('a collector that takes connections and never reads does not touch clients, large bodies neither', async () => {
  const sockets = new Set<Socket>();
  const hung = createServer({ pauseOnConnect: true }, (socket) => sockets.add(socket));
  hung.listen(0, '127.0.0.1');
  await once(hung, 'listening');
  const address = hung.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP address');
  const scene = await startScene({ plane: { capture: { host: '127.0.0.1', port: address.port } } });
  try {
    const upload = () =>
      scene.send('/', { method: 'POST', body: Buffer.alloc(3_000_000), headers: { 'x-customer': 'a' } });
    const answers = await Promise.all(Array.from({ length: 20 }, upload));
    expect(answers.map(({ status, text }) => `${status} ${text}`)).toEqual(Array(20).fill('200 legacy'));
  } finally {
    await scene.dispose();
    for (const socket of sockets) socket.destroy();
    hung.close();
  }
});
