import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { durationMs, timestampMs } from '@bufbuild/protobuf/wkt';
import type { Bus } from '@chronos/bus/bus.ts';
import { connectBus } from '@chronos/bus/kafka.ts';
import { freePort, freePorts } from '@chronos/local/free-port.ts';
import { startKafka } from '@chronos/local/kafka.ts';
import { sharedToolchain, temporaryDir } from '@chronos/local/testing.ts';
import {
  type Exchange,
  ExchangeSchema,
  type HttpMessage,
  Outcome,
  Role,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Backend, startBackend } from './testing/backend.ts';
import { type CaptureProcess, startCapture } from './testing/capture-process.ts';
import { type DataPlane, extProc, startDataPlane } from './testing/data-plane.ts';
import { publishRules } from './testing/rules.ts';

const bodyBytesMax = 64 * 1024;

let dir: Awaited<ReturnType<typeof temporaryDir>>;
let kafka: Awaited<ReturnType<typeof startKafka>>;
let restartKafka: () => Promise<void>;
let bus: Bus;
let capture: CaptureProcess;
let legacy: Backend;
let modern: Backend;
let envoy: DataPlane;
const exchanges: Exchange[] = [];
const records: string[] = [];
const traceparents = new Map<Exchange, string | undefined>();

beforeAll(async () => {
  const toolchain = await sharedToolchain();
  dir = await temporaryDir('capture');
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const startBroker = () => startKafka({ toolchain, dir: join(dir.path, 'kafka'), port, controllerPort });
  restartKafka = async () => {
    kafka = await startBroker();
  };
  kafka = await startBroker();
  bus = connectBus({ brokers: [kafka.bootstrap], clientId: 'test', log: () => {} });
  const capturePort = await freePort();
  capture = await startCapture({ port: capturePort, brokers: kafka.bootstrap, bodyBytesMax });
  [legacy, modern] = await Promise.all([startBackend('legacy'), startBackend('modern')]);
  envoy = await startDataPlane({
    envoy: toolchain.envoy,
    dir: dir.path,
    legacyPort: legacy.port,
    modernPort: modern.port,
    mirror: true,
    filters: (role) => [extProc(role)],
    capturePort,
  });
  await bus.ensureTopics([{ topic: 'shadow-requests', partitions: 8 }]);
  await publishRules(bus, 'bank', ['body.account', 'query.q']);
  await bus.readAll({
    topic: 'shadow-requests',
    onRecord(record) {
      const exchange = fromBinary(ExchangeSchema, record.value);
      expect(record.key).toBe(exchange.requestId);
      records.push(Buffer.from(record.value).toString('latin1'));
      exchanges.push(exchange);
      traceparents.set(exchange, record.headers.traceparent);
    },
  });
}, 120_000);

afterAll(async () => {
  await envoy?.stop();
  await capture?.stop('SIGKILL');
  await bus?.close();
  await kafka?.stop();
  legacy?.stop();
  modern?.stop();
  await dir?.dispose();
}, 60_000);

async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 100_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what} did not come within ${withinMs} ms`);
    await delay(20);
  }
}

const request = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${envoy.port}${path}`, init);

/** Envoy's to capture. Not how many it made: each of its threads makes one of its own. */
const connectionsDropped = () => envoy.counter('cluster.capture.upstream_cx_destroy');

/** The exchanges of one path, once there are as many. */
async function exchangesOf(path: string, count: number): Promise<Exchange[]> {
  const of = () => exchanges.filter((e) => e.path === path);
  await until(`${count} exchanges of ${path}`, () => of().length >= count);
  return of();
}

async function pairOf(path: string): Promise<{ authority: Exchange; shadow: Exchange }> {
  const [a, b] = (await exchangesOf(path, 2)) as [Exchange, Exchange];
  return a.role === Role.AUTHORITY ? { authority: a, shadow: b } : { authority: b, shadow: a };
}

const textOf = (message: HttpMessage | undefined) => new TextDecoder().decode(message?.body);
const header = (message: HttpMessage | undefined, name: string) => {
  const found = message?.headers.find((h) => h.name === name);
  return found && new TextDecoder().decode(found.value);
};

describe('an exchange of each side', () => {
  test('GET', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const headers = { 'x-request-id': 'mine', 'x-chronos-request-id': 'forged', traceparent };
    expect(await (await request('/get?a=1', { headers })).text()).toBe('modern 0');
    const { authority, shadow } = await pairOf('/get');
    expect(authority).toMatchObject({
      requestId: shadow.requestId,
      clientRequestId: 'mine',
      migration: 'bank',
      group: 'all',
      method: 'GET',
      role: Role.AUTHORITY,
      universe: Universe.MODERN,
      deployment: 'modern@1',
      attempt: 1,
      traceparent,
      outcome: Outcome.COMPLETE,
      node: 'node-1',
    });
    expect(authority.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(shadow).toMatchObject({
      migration: 'bank',
      group: 'all',
      role: Role.SHADOW,
      universe: Universe.LEGACY,
      deployment: 'legacy@1',
      outcome: Outcome.COMPLETE,
    });
    expect([textOf(authority.response), textOf(shadow.response)]).toEqual(['modern 0', 'legacy 0']);
    expect(header(authority.request, ':path')).toBe('/get?a=1');
    expect(header(shadow.request, 'x-chronos-copy')).toBe('1');
    expect(traceparents.get(authority)).toBe(traceparent);
  });

  test('POST with a body, and an answer in chunks', async () => {
    await (await request('/chunked', { method: 'POST', body: 'hello' })).text();
    const { authority, shadow } = await pairOf('/chunked');
    for (const exchange of [authority, shadow]) {
      expect(textOf(exchange.request)).toBe('hello');
      expect(textOf(exchange.response)).toBe('one,two,three');
      expect(header(exchange.response, ':status')).toBe('200');
    }
  });

  test('trailers', async () => {
    await (await request('/trailers')).text();
    const { authority, shadow } = await pairOf('/trailers');
    for (const { response } of [authority, shadow]) {
      expect(response?.trailers.map((t) => t.name)).toEqual(['grpc-status']);
      // No frames, though it says so: not stored, but whether it is the same.
      expect(textOf(response)).toMatch(/^⟨masked:body:bytes:[0-9a-f]{16}⟩$/);
    }
  });

  test('of a body beyond the limit the size is known', async () => {
    await (await request('/upload', { method: 'POST', body: 'x'.repeat(300_000) })).text();
    const { authority, shadow } = await pairOf('/upload');
    for (const { request: captured } of [authority, shadow]) {
      expect(captured).toMatchObject({ bodyBytes: 300_000n, bodyTruncated: true });
      expect(captured?.body.length).toBe(0);
    }
  });
});

test('a request began when Envoy took it, though capture stood still meanwhile', async () => {
  await (await request('/prompt')).text();
  await pairOf('/prompt');
  process.kill(capture.pid, 'SIGSTOP');
  const sentMs = Date.now();
  let answeredMs: number;
  try {
    await (await request('/late')).text();
    answeredMs = Date.now();
    while (Date.now() < sentMs + 300) await delay(20);
  } finally {
    process.kill(capture.pid, 'SIGCONT');
  }
  const { authority, shadow } = await pairOf('/late');
  for (const { begunAt, startedAt, duration } of [authority, shadow]) {
    if (!begunAt || !startedAt || !duration) throw new Error('no times');
    expect(timestampMs(startedAt)).toBeGreaterThanOrEqual(sentMs + 300);
    expect(timestampMs(begunAt)).toBeGreaterThanOrEqual(sentMs - 2);
    // What was seen in time was seen some milliseconds late, too.
    expect(timestampMs(begunAt)).toBeLessThan(Math.max(answeredMs, sentMs + 50));
    expect(timestampMs(startedAt) + durationMs(duration)).toBeGreaterThanOrEqual(answeredMs);
  }
});

test('secrets are in no topic, no log and no metric; equal ones have equal masks', async () => {
  const secrets = [
    '4111111111111111',
    'DE89370400440532013000',
    'hunter-2-pass',
    'A-7734',
    'sid-value',
    'declared-query',
  ];
  const [card, iban, password, account, , query] = secrets;
  await request(`/secrets/${iban}?q=${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-note': `card ${card}`, cookie: 'sid=sid-value' },
    body: JSON.stringify({ account, password, text: `paid from ${card}`, amount: 1.5 }),
  });
  const seen = () => exchanges.filter(({ path }) => path.startsWith('/secrets/'));
  await until('both sides', () => seen().length >= 2);
  const [one, other] = seen();
  expect(one?.path).toMatch(/^\/secrets\/⟨masked:iban:[0-9a-f]{16}⟩$/);
  expect(one?.maskingVersion).toBe(other?.maskingVersion);
  expect(textOf(one?.response)).toBe(textOf(other?.response));
  expect(JSON.parse(textOf(one?.response))).toMatchObject({
    account: expect.stringMatching(/^⟨masked:/),
    amount: 1.5,
  });
  expect(header(one?.response, 'set-cookie')).toMatch(/^sid=⟨masked:cookie:[0-9a-f]{16}⟩; Path=\/$/);
  const metrics = await (await fetch(capture.metricsUrl)).text();
  const everything = [...records, metrics, capture.said()].join('\n');
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
});

describe('answers that do not end', () => {
  test('a reset before the answer, then the failover', async () => {
    expect(await (await request('/reset-modern')).text()).toBe('legacy');
    const all = await exchangesOf('/reset-modern', 3);
    const authority = all.filter((e) => e.role === Role.AUTHORITY).sort((a, b) => a.attempt - b.attempt);
    expect(authority).toMatchObject([
      { attempt: 1, universe: Universe.MODERN, outcome: Outcome.RESET },
      { attempt: 2, universe: Universe.LEGACY, outcome: Outcome.COMPLETE },
    ]);
    expect(authority[0]?.response).toBeUndefined();
    expect(new Set(all.map((e) => e.requestId)).size).toBe(1);
  });

  test('a reset within the answer', async () => {
    await expect(request('/half').then((r) => r.text())).rejects.toThrow();
    const { authority, shadow } = await pairOf('/half');
    for (const exchange of [authority, shadow]) {
      expect(exchange.outcome).toBe(Outcome.RESET);
      expect(textOf(exchange.response)).toBe('abc');
    }
  });
});

describe('under load and in trouble', () => {
  /** All are answered; resolves when they are. */
  async function many(path: string, count: number, inFlight = 16): Promise<void> {
    let next = 0;
    const one = async () => {
      while (next < count) {
        next += 1;
        const response = await request(path);
        expect(response.status).toBe(200);
        await response.text();
      }
    };
    await Promise.all(Array.from({ length: inFlight }, one));
  }

  test('nothing is lost when streams are reset faster than nghttp2 takes by default', async () => {
    // Capture's own word that it is fed up with a connection. (Envoy drops one, too, when a busy capture leaves its pings unanswered for 2 s.)
    const goneAway = () => envoy.counter('cluster.capture.upstream_cx_close_notify');
    const before = await goneAway();
    await many('/many', 1_500);
    const all = await exchangesOf('/many', 3_000);
    expect(all.filter((e) => e.outcome !== Outcome.COMPLETE)).toEqual([]);
    expect(await goneAway()).toBe(before);
  }, 240_000);

  test('Kafka away: what was captured arrives when it is back', async () => {
    await kafka.stop();
    try {
      await many('/outage', 50);
      await until('the queue', async () => (await capture.metric('chronos_capture_queued_records')) >= 100);
    } finally {
      await restartKafka();
    }
    const ids = new Set((await exchangesOf('/outage', 100)).map((e) => `${e.requestId} ${e.role}`));
    expect(ids.size).toBe(100);
    await until('all sent', async () => (await capture.metric('chronos_capture_queued_records')) === 0);
  }, 240_000);

  test('a collector that hangs stalls no upload; what it was too slow to read is lost, not a reset', async () => {
    const uploads = 8;
    const allLost = async () =>
      (await capture.metric('chronos_capture_lost_total{reason="cut-off"}')) +
      (await capture.metric('chronos_capture_lost_total{reason="connection-lost"}'));
    const lostBefore = await allLost();
    const droppedBefore = await connectionsDropped();
    const body = 'x'.repeat(8 * 1024 * 1024);
    for (let i = 0; i < uploads; i += 1) {
      process.kill(capture.pid, 'SIGSTOP');
      try {
        const response = await request('/hung', { method: 'POST', body, signal: AbortSignal.timeout(5_000) });
        expect(await response.text()).toBe(`modern ${body.length}`);
      } finally {
        process.kill(capture.pid, 'SIGCONT');
      }
    }
    const hung = () => exchanges.filter((e) => e.path === '/hung');
    const known = async () => hung().length + (await allLost()) - lostBefore;
    // On a machine so busy that the collector hung for 3 s Envoy dropped the connection, and what it had not sent with it: nobody can count that.
    await until(
      'each end',
      async () => (await known()) === 2 * uploads || (await connectionsDropped()) > droppedBefore,
    );
    expect(await known()).toBeLessThanOrEqual(2 * uploads);
    expect(hung().filter((e) => e.outcome !== Outcome.COMPLETE)).toEqual([]);
  }, 240_000);

  test('a collector that ends sends what it has; while it is dead clients notice nothing', async () => {
    await many('/before', 20);
    expect(await capture.stop()).toBe(0);
    expect(await exchangesOf('/before', 40)).toHaveLength(40);
    await many('/dead', 100);

    capture = await startCapture({ port: capture.port, brokers: kafka.bootstrap, bodyBytesMax });
    await until('capture again', async () => {
      await (await request('/again')).text();
      return exchanges.some((e) => e.path === '/again');
    });
    expect(exchanges.filter((e) => e.path === '/dead')).toEqual([]);
  }, 240_000);

  test('an exchange that Envoy did not live to end is counted, not guessed', async () => {
    const before = await capture.metric('chronos_capture_lost_total{reason="connection-lost"}');
    const answer = request('/hang').catch(() => {});
    // The attempt and the copy.
    await until('open', async () => (await capture.metric('chronos_capture_open_exchanges')) >= 2);
    process.kill(envoy.pid, 'SIGKILL');
    await answer;
    await until(
      'the count',
      async () =>
        (await capture.metric('chronos_capture_lost_total{reason="connection-lost"}')) === before + 2,
    );
    expect(exchanges.filter((e) => e.path === '/hang')).toEqual([]);
  }, 240_000);
});
