import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { type Exchange, Outcome, Role, Transport, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Assembly, type AssemblyOptions } from './assemble.ts';
import { BodyBudget } from './bounded-body.ts';
import { GrpcFrames, MalformedStream } from './grpc-frames.ts';
import { type Observation, parseObservation } from './observation.ts';
import { ProxyClocks } from './proxy-clocks.ts';
import type { StreamFacts } from './stream-facts.ts';
import { body, bytes, concat, type Fields, frame, headers, processingRequest, trailers } from './testing.ts';

const facts: StreamFacts = {
  role: Role.SHADOW,
  transport: Transport.UNSPECIFIED,
  migration: 'bank',
  group: 'Transfer',
  universe: Universe.MODERN,
  deployment: 'v1@1',
  node: 'node-1',
};
const get: Fields = [
  [':method', 'GET'],
  [':path', '/accounts/1?full=1'],
  ['x-chronos-request-id', 'id-1'],
  ['x-request-id', 'client-1'],
  ['x-envoy-attempt-count', '2'],
  ['traceparent', '00-aa-bb-01'],
];
const ok: Fields = [[':status', '200']];

function assembly(options: Partial<AssemblyOptions> = {}) {
  return new Assembly({
    facts,
    bodyBytesMax: 100,
    budget: new BodyBudget(1000),
    clocks: new ProxyClocks(),
    epochMs: 1_700_000_000_250.5,
    monotonicMs: 1000,
    ...options,
  });
}

function observed(observations: readonly Observation[], options?: Parameters<typeof assembly>[0]) {
  const under = assembly(options);
  observations.forEach((observation, i) => {
    under.observe(observation, 1001 + i);
  });
  return under;
}

function exchangeOf(under: Assembly): Exchange {
  const finished = under.finish(5000);
  if (!('exchange' in finished)) throw new Error(`lost: ${finished.lost}`);
  return finished.exchange;
}

describe('a TCP connection', () => {
  const tcp = { facts: { ...facts, transport: Transport.TCP } };
  const tunnelled: Fields = [
    [':method', 'POST'],
    [':path', '/'],
    ['x-chronos-request-id', 'id-1'],
  ];

  test('has no method and no path, but what either side said', () => {
    const exchange = exchangeOf(
      observed(
        [
          headers('request', tunnelled),
          headers('response', [...ok, ['date', 'now']]),
          body('request', 'BAL'),
          body('response', 'OK 7'),
          body('request', '\n', true),
          body('response', '\n', true),
        ],
        tcp,
      ),
    );
    expect(exchange).toMatchObject({
      method: '',
      path: '',
      transport: Transport.TCP,
      requestEnded: true,
      outcome: Outcome.COMPLETE,
    });
    expect(exchange.request).toMatchObject({ headers: [], body: bytes('BAL\n') });
    expect(exchange.response?.headers.map(({ name }) => name)).toEqual([':status']);
    expect(exchange.response?.body).toEqual(bytes('OK 7\n'));
  });

  test('tells whether its client had ended', () => {
    const open = [headers('request', tunnelled), headers('response', ok), body('response', 'BYE', true)];
    expect(exchangeOf(observed(open, tcp))).toMatchObject({ requestEnded: false, outcome: Outcome.COMPLETE });
  });
});

describe('a whole exchange', () => {
  test('all of a body of declared length is an answer, though its end is never told', () => {
    const long = (length: string) => headers('response', [...ok, ['content-length', length]]);
    const outcomeOf = (...answer: Observation[]) =>
      exchangeOf(observed([headers('request', get, true), ...answer])).outcome;
    expect(outcomeOf(long('4'), body('response', 'wh'), body('response', 'le'))).toBe(Outcome.COMPLETE);
    expect(outcomeOf(long('0'))).toBe(Outcome.COMPLETE);
    expect(outcomeOf(long('5'), body('response', 'hole'))).toBe(Outcome.RESET);
    expect(outcomeOf(long('3'), body('response', 'hole'))).toBe(Outcome.RESET);
    expect(outcomeOf(long(''))).toBe(Outcome.RESET);
    expect(outcomeOf(headers('response', ok), body('response', 'hole'))).toBe(Outcome.RESET);
  });

  test('holds nothing that authorises a request', () => {
    const under = observed([
      headers('request', [...get, ['authorization', 'Bearer h.claims.signature']], true),
      headers('response', ok, true),
    ]);
    const authorization = exchangeOf(under).request?.headers.find((h) => h.name === 'authorization');
    expect(authorization?.value).toEqual(bytes('Bearer h.claims.[redacted]'));
  });

  test('says who, what, where and how long', () => {
    const under = observed([
      headers('request', get, true),
      headers('response', ok),
      body('response', 'hi', true),
    ]);
    expect(under.settled).toBe(true);
    expect(exchangeOf(under)).toMatchObject({
      requestId: 'id-1',
      clientRequestId: 'client-1',
      migration: 'bank',
      group: 'Transfer',
      method: 'GET',
      path: '/accounts/1',
      role: Role.SHADOW,
      universe: Universe.MODERN,
      deployment: 'v1@1',
      attempt: 2,
      traceparent: '00-aa-bb-01',
      startedAt: { seconds: 1_700_000_000n, nanos: 250_500_000 },
      duration: { seconds: 0n, nanos: 3_000_000 },
      outcome: Outcome.COMPLETE,
      node: 'node-1',
      request: { bodyBytes: 0n, bodyTruncated: false },
      response: { body: bytes('hi'), bodyBytes: 2n, bodyTruncated: false },
    });
  });

  test('keeps headers and trailers in their order, repeated ones apart', () => {
    const { response } = exchangeOf(
      observed([
        headers('request', get, true),
        headers('response', [...ok, ['set-cookie', 'a=1'], ['set-cookie', 'b=2']]),
        body('response', 'm'),
        trailers('response', [['grpc-status', '0']]),
      ]),
    );
    const names = (fields: { name: string; value: Uint8Array }[] = []) =>
      fields.map((f) => `${f.name}=${new TextDecoder().decode(f.value)}`);
    expect(names(response?.headers)).toEqual([':status=200', 'set-cookie=a=1', 'set-cookie=b=2']);
    expect(names(response?.trailers)).toEqual(['grpc-status=0']);
  });

  test('takes migration and group from the request when the filter does not know them', () => {
    const request: Fields = [...get, ['x-chronos-route', 'bank/Login']];
    const unknown = { ...facts, migration: '', group: '' };
    const under = observed([headers('request', request, true)], { facts: unknown });
    expect(exchangeOf(under)).toMatchObject({ migration: 'bank', group: 'Login' });
  });

  test('says when the proxy began with it, by the proxy’s own word', () => {
    const clocks = new ProxyClocks();
    // The machines' clocks are two seconds apart; this request is 67.5 ms late.
    clocks.begunMs('node-2', 1_699_999_990_000, 1_699_999_992_000);
    const attributes = new Map([
      ['xds.node.id', 'node-2'],
      ['request.time', '2023-11-14T22:13:18.183123+00:00'],
    ]);
    const told = { ...headers('request', get, true), attributes } as Observation;
    expect(exchangeOf(observed([told], { clocks }))).toMatchObject({
      startedAt: { seconds: 1_700_000_000n, nanos: 250_500_000 },
      begunAt: { seconds: 1_700_000_000n, nanos: 183_000_000 },
    });
    expect(exchangeOf(observed([headers('request', get, true)])).begunAt).toBeUndefined();
    const garbled = new Map([['request.time', 'noon']]);
    const other = { ...headers('request', get, true), attributes: garbled } as Observation;
    expect(exchangeOf(observed([other])).begunAt).toBeUndefined();
  });

  test('takes the host from the attributes that came with the request', () => {
    const attributes = new Map([
      ['xds.node.id', 'node-2'],
      ['xds.upstream_host_metadata.filter_metadata.chronos.universe', 'legacy'],
      ['xds.upstream_host_metadata.filter_metadata.chronos.deployment', 'old@3'],
    ]);
    const under = observed([{ ...headers('request', get, true), attributes } as Observation]);
    expect(exchangeOf(under)).toMatchObject({
      node: 'node-2',
      universe: Universe.LEGACY,
      deployment: 'old@3',
    });
  });
});

describe('how it ended', () => {
  const begun = [headers('request', get), body('request', 'x')];
  test.each<[string, Observation[], Outcome, boolean]>([
    ['no answer', begun, Outcome.RESET, false],
    [
      'an answer without its end',
      [...begun, headers('response', ok), body('response', 'h')],
      Outcome.RESET,
      false,
    ],
    ['an early answer', [...begun, headers('response', ok, true)], Outcome.COMPLETE, false],
    [
      'both ended',
      [...begun, body('request', '', true), headers('response', ok, true)],
      Outcome.COMPLETE,
      true,
    ],
    [
      'both ended, the request last',
      [...begun, headers('response', ok, true), trailers('request', [])],
      Outcome.COMPLETE,
      true,
    ],
  ])('%s', (_, observations, outcome, settled) => {
    const under = observed(observations);
    expect(under.settled).toBe(settled);
    expect(exchangeOf(under).outcome).toBe(outcome);
  });

  test('an exchange without an answer has none', () => {
    expect(exchangeOf(observed(begun)).response).toBeUndefined();
  });

  test.each([
    ['ended before Envoy closed its stream, which it does late', 4_500, 1_500],
    ['ended not before the last that was seen of it', 1_900, 2],
  ])('an exchange without an answer %s', (_, closedAtMs, milliseconds) => {
    const finished = observed(begun).finish(closedAtMs);
    expect('exchange' in finished && finished.exchange.duration).toMatchObject(durationFromMs(milliseconds));
  });

  test.each<[string, Observation[], string]>([
    ['nothing came', [], 'no-request'],
    ['Envoy did not mark the request', [headers('request', [[':method', 'GET']], true)], 'no-request-id'],
  ])('lost: %s', (_, observations, lost) => {
    expect(observed(observations).finish(5000)).toEqual({ lost });
  });
});

describe('order', () => {
  const begun = headers('request', get);
  test.each<[string, Observation[]]>([
    ['an answer before its request', [headers('response', ok)]],
    ['a body before its headers', [body('request', 'x')]],
    ['headers twice', [begun, begun]],
    ['a body after the end', [headers('request', get, true), body('request', 'x')]],
    ['trailers after the end', [begun, body('request', 'x', true), trailers('request', [])]],
    ["the answer's body before its headers", [begun, body('response', 'x')]],
  ])('%s is malformed', (_, observations) => {
    expect(() => observed(observations)).toThrow(MalformedStream);
  });
});

describe('bodies', () => {
  test('beyond the limit only the size is kept, from the beginning', () => {
    const under = observed(
      [headers('request', get), body('request', 'abcd'), body('request', 'efgh'), body('request', 'i', true)],
      { bodyBytesMax: 6 },
    );
    expect(exchangeOf(under).request).toMatchObject({
      body: bytes('abcdef'),
      bodyBytes: 9n,
      bodyTruncated: true,
    });
  });

  test('the budget bounds all open exchanges, and is given back', () => {
    const budget = new BodyBudget(6);
    const first = observed([headers('request', get), body('request', 'abcd')], { budget });
    const second = observed([headers('request', get), body('request', 'efgh')], { budget });
    expect(budget.heldBytes).toBe(6);
    expect(exchangeOf(second).request).toMatchObject({
      body: bytes('ef'),
      bodyBytes: 4n,
      bodyTruncated: true,
    });
    first.observe(body('request', 'ij'), 1);
    expect(exchangeOf(first).request).toMatchObject({ body: bytes('abcdij'), bodyTruncated: false });
    expect(budget.heldBytes).toBe(0);
  });

  test('what follows a gap is not kept, though there is room again', () => {
    const budget = new BodyBudget(4);
    const other = observed([headers('request', get), body('request', 'wxyz')], { budget });
    const under = observed([headers('request', get), body('request', 'abcd')], { budget });
    other.discard();
    under.observe(body('request', 'efgh'), 1);
    expect(exchangeOf(under).request).toMatchObject({ body: bytes(''), bodyBytes: 8n, bodyTruncated: true });
  });

  test('any split of bodies and of the stream gives the same exchange', () => {
    const parts = fc.array(fc.string({ maxLength: 30 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        parts,
        parts,
        fc.integer({ min: 1, max: 97 }),
        fc.nat(60),
        (up, down, cut, bodyBytesMax) => {
          const whole = (pieces: string[]) => [pieces.join('')];
          const run = (request: string[], response: string[], chunkBytes: number) => {
            const observations = [
              headers('request', get),
              ...request.map((text) => body('request', text)),
              body('request', '', true),
              headers('response', ok),
              ...response.map((text) => body('response', text)),
              trailers('response', [['grpc-status', '0']]),
            ];
            const stream = concat(observations.map((o) => frame(processingRequest(o))));
            const frames = new GrpcFrames();
            const under = assembly({ bodyBytesMax });
            for (let at = 0; at < stream.length; at += chunkBytes) {
              for (const message of frames.push(stream.subarray(at, at + chunkBytes))) {
                under.observe(parseObservation(message), 2000);
              }
            }
            return exchangeOf(under);
          };
          expect(run(up, down, cut)).toEqual(run(whole(up), whole(down), 1_000_000));
        },
      ),
      { numRuns: 60 },
    );
  });
});
