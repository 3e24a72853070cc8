import { create } from '@bufbuild/protobuf';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { type ExchangeParts, exchange } from '../../testing/exchanges.ts';
import { outcomeOf } from '../join/settle.ts';
import { ROUTES_MAX, RouteLabels, routeLabel } from './route.ts';
import { compileRules, type MigrationRules } from './rules.ts';
import { VERDICT_BODY_BYTES_MAX, verdictOf } from './verdict.ts';

const rules = compileRules(
  create(JudgingRulesSchema, {
    rulesVersion: 'v7',
    spec: {
      name: 'm',
      routes: [{ name: 'g', compare: { ignore: ['header.etag'] } }],
      policy: { joinDeadline: { seconds: 2n, nanos: 500_000_000 } },
      segments: [
        { name: 'tier', source: { case: 'header', value: 'X-Tier' } },
        { name: 'role', source: { case: 'jwtClaim', value: 'role' } },
      ],
    },
  }),
);
const judged = (parts: ExchangeParts[], known: MigrationRules | undefined = rules) =>
  verdictOf(
    { requestId: 'r1', outcome: outcomeOf(parts.map(exchange)) },
    { rules: known, routes: new RouteLabels(), codecs, nowMs: 5_000 },
  );
const token = `x.${btoa('{"role":"vip"}').replaceAll('=', '')}.y`;

test.each([
  ['a cookie that scripts may read now', 'set-cookie', 'sid=1; Secure; HttpOnly', 'sid=1; Secure'],
  ['a cookie that is sent in clear now', 'set-cookie', 'sid=1; Secure; HttpOnly', 'sid=1; HttpOnly'],
  ['addresses told to everybody', 'referrer-policy', 'no-referrer', 'unsafe-url'],
  ['a camera for everybody', 'permissions-policy', 'camera=()', 'camera=*'],
])('%s is no equivalent answer', (_, name, legacy, modern) => {
  const verdict = judged([
    { headers: [[name, legacy]] },
    { role: 'shadow', universe: 'modern', headers: [[name, modern]] },
  ]);
  expect(verdict?.kind).toBe(Kind.MISMATCH);
});

describe('the verdict', () => {
  test('carries who was compared, by which rules, and about what request', () => {
    const verdict = judged([
      {
        requestHeaders: [
          ['x-tier', 'gold'],
          ['authorization', `Bearer ${token}`],
        ],
      },
      { role: 'shadow', universe: 'modern' },
    ]);
    expect(verdict).toMatchObject({
      requestId: 'r1',
      clientRequestId: 'client-r1',
      migration: 'm',
      group: 'g',
      route: 'GET /accounts/*',
      kind: Kind.IDENTICAL,
      answeredBy: Universe.LEGACY,
      legacyDeployment: 'legacy@1',
      modernDeployment: 'modern@1',
      legacyStatus: 200,
      modernStatus: 200,
      rulesVersion: 'v7',
      segments: { tier: 'gold', role: 'vip' },
    });
    expect(rules.joinDeadlineMs).toBe(2_500);
  });

  test('a group has its own rules besides those of the migration', () => {
    const etag = (value: string) => ({ headers: [['etag', value]] as const });
    expect(judged([etag('1'), { ...etag('2'), role: 'shadow', universe: 'modern' }]).kind).toBe(
      Kind.EQUIVALENT,
    );
  });

  test('modern that gives no answer is a mismatch, never agreement and never lost', () => {
    const verdict = judged([{}, { role: 'shadow', universe: 'modern', outcome: 'reset' }]);
    expect(verdict).toMatchObject({ kind: Kind.MISMATCH, modernStatus: 0, lostReason: '' });
    expect(verdict.differences[0]).toMatchObject({ path: 'answer', ruling: Ruling.BUG });
  });

  test('without rules nothing is judged', () => {
    const parts: ExchangeParts[] = [{}, { role: 'shadow', universe: 'modern' }];
    const outcome = outcomeOf(parts.map(exchange));
    const context = { rules: undefined, routes: new RouteLabels(), codecs, nowMs: 0 };
    expect(verdictOf({ requestId: 'r1', outcome }, context)).toMatchObject({
      kind: Kind.LOST,
      lostReason: 'rules-unknown',
    });
  });

  test('what was masked differently is not compared; a second run that was is no evidence', () => {
    const versions = (legacy: string, modern: string, second: string) => {
      const parts: ExchangeParts[] = [
        { body: '{"a":"1"}' },
        { role: 'shadow', universe: 'modern', body: '{"a":"2"}' },
        { role: 'second', body: '{"a":"3"}' },
      ];
      const masked = [legacy, modern, second];
      const outcome = outcomeOf(
        parts.map((part, at) => ({ ...exchange(part), maskingVersion: masked[at] ?? '' })),
      );
      const context = { rules, routes: new RouteLabels(), codecs, nowMs: 0 };
      return verdictOf({ requestId: 'r1', outcome }, context);
    };
    expect(versions('v', 'w', 'v')).toMatchObject({ kind: Kind.LOST, lostReason: 'masked-differently' });
    expect(versions('v', 'v', 'v').differences).toMatchObject([{ hasSecond: true, secondJson: '"3"' }]);
    expect(versions('v', 'v', 'w').differences).toMatchObject([{ hasSecond: false }]);
  });

  test('of a body that is not read alike the second run is told as that body, not as what could be read of it', () => {
    const same = '{"a":1}';
    const html = { headers: [['content-type', 'text/html']] as const, body: '<p>1</p>' };
    const second = (body: string) =>
      judged([
        { body: same },
        { role: 'shadow', universe: 'modern', ...html },
        { role: 'second', body },
      ]).differences.find(({ path }) => path === 'body');
    expect(second(same)).toMatchObject({ hasSecond: true, secondJson: JSON.stringify(same) });
    expect(second('{"a":2}')).toMatchObject({ secondJson: JSON.stringify('{"a":2}') });
  });

  test('a masked part of a path is an id', () => {
    expect(routeLabel('GET', '/a/⟨masked:value:abcdefabcdefabcd⟩/b', false)).toBe('GET /a/*/b');
  });

  test('a gRPC status counts as its HTTP equivalent', () => {
    const grpc = (status: string): ExchangeParts => ({
      headers: [['content-type', 'application/grpc']],
      trailers: [['grpc-status', status]],
    });
    const verdict = judged([grpc('0'), { ...grpc('14'), role: 'shadow', universe: 'modern' }]);
    expect([verdict.legacyStatus, verdict.modernStatus]).toEqual([200, 503]);
  });

  test('long bodies are cut, their size kept', () => {
    const body = 'x'.repeat(VERDICT_BODY_BYTES_MAX + 1);
    const verdict = judged([{ body }, { body, role: 'shadow', universe: 'modern' }]);
    expect(verdict.kind).toBe(Kind.IDENTICAL);
    expect(verdict.legacy?.response).toMatchObject({ bodyTruncated: true, bodyBytes: BigInt(body.length) });
    expect(verdict.legacy?.response?.body.length).toBe(VERDICT_BODY_BYTES_MAX);
  });
});

describe('route labels', () => {
  test.each([
    ['GET', '/accounts/17/balance', 'GET /accounts/*/balance'],
    ['GET', '/v1/users/0af76519-16cd-43dd-8448-eb211c80319c', 'GET /v1/users/*'],
    ['PUT', '/files/deadbeef01', 'PUT /files/*'],
    ['GET', '/customers/C-00042', 'GET /customers/*'],
    ['GET', '/', 'GET /'],
    ['GET', '/decade/facade', 'GET /decade/facade'],
    ['GET', `/x/${'y'.repeat(70)}`, 'GET /x/*'],
    ['POST', '/bank.v1.BankService/Transfer', '/bank.v1.BankService/Transfer'],
  ])('%s %s: %s', (method, path, label) => {
    expect(routeLabel(method, path, false)).toBe(label);
  });

  test('their number is bounded', () => {
    const labels = new RouteLabels();
    for (let i = 0; i < ROUTES_MAX; i++) expect(labels.bounded('m', 'g', `GET /${i}`)).toBe(`GET /${i}`);
    expect(labels.bounded('m', 'g', 'GET /more')).toBe('other');
    expect(labels.bounded('m', 'g', 'GET /3')).toBe('GET /3');
    expect(labels.bounded('m', 'h', 'GET /more')).toBe('GET /more');
  });
});
