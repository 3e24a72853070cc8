import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import {
  type Exchange,
  type ExchangeSchema,
  Outcome,
  Transport,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { replayPlan } from './replay-plan.ts';

const shop = {
  name: 'shop',
  routes: [
    {
      name: 'all',
      match: [
        { path: { case: 'prefix', value: '/search' }, methods: ['POST'], safe: true },
        { path: { case: 'regex', value: '/quotes/[0-9]+' }, safe: true },
        { path: { case: 'prefix', value: '/' } },
      ],
    },
  ],
} satisfies MessageInitShape<typeof MigrationSchema>;
const spec = create(MigrationSchema, shop);
const header = (name: string, value: string) => ({ name, value: new TextEncoder().encode(value) });

type ExchangeInit = Exclude<MessageInitShape<typeof ExchangeSchema>, Exchange>;
interface Stored {
  readonly request?: ExchangeInit;
  readonly legacy?: ExchangeInit;
  readonly method?: string;
  readonly path?: string;
}

const withAccount = create(MigrationSchema, {
  ...shop,
  replay: { headers: [{ name: 'authorization', prefix: 'Bearer ', secret: 'AUDIT_TOKEN' }] },
});

function plan(
  { request = {}, legacy = {}, method = 'GET', path = '/orders' }: Stored = {},
  migration = spec,
  secrets: ReadonlyMap<string, string> = new Map(),
) {
  const exchange: ExchangeInit = {
    method,
    path,
    maskingVersion: 'm1',
    request: {
      headers: [
        header(':path', `${path}?page=2`),
        header(':authority', 'shop.example'),
        header('accept', 'application/json'),
        header('x-chronos-request-id', 'r'),
        header('connection', 'close'),
        header('content-length', '0'),
      ],
    },
  };
  const verdict = create(VerdictSchema, {
    group: 'all',
    legacy: { ...exchange, outcome: Outcome.COMPLETE, response: {}, ...legacy },
    modern: { ...exchange, ...request },
  });
  return replayPlan(verdict, migration, { maskingVersion: 'm1', secrets });
}

test('a request is sent as the client sent it, without what was of its connection and of Chronos', () => {
  expect(plan()).toMatchObject({
    request: {
      method: 'GET',
      path: '/orders?page=2',
      authority: 'shop.example',
      headers: [{ name: 'accept', value: 'application/json' }],
    },
  });
});

test.each<[string, Stored]>([
  ['declared safe by prefix', { method: 'POST', path: '/search/all' }],
  ['declared safe by a regular expression', { method: 'POST', path: '/quotes/17' }],
])('what changes something by its method, but is %s, is sent', (_, stored) => {
  expect(plan(stored)).toHaveProperty('request');
});

test.each<[string, Stored, RegExp]>([
  ['a write', { method: 'POST' }, /POST may change something/],
  ['a write beside a safe route', { method: 'POST', path: '/searches' }, /POST may change/],
  ['another method of a safe route', { method: 'DELETE', path: '/search' }, /DELETE may change/],
  ['a part of a safe path', { method: 'POST', path: '/quotes/17/accept' }, /POST may change/],
  ['a connection', { request: { transport: Transport.TCP } }, /TCP/],
  ['a request that is not stored', { request: { request: undefined } }, /not stored/],
  ['a cut body', { request: { request: { bodyTruncated: true } } }, /in part/],
  [
    'a gRPC call',
    { request: { request: { headers: [header('content-type', 'application/grpc+proto')] } } },
    /gRPC/,
  ],
  ['a masked request', { request: { masking: ['request.header.authorization: token'] } }, /authorization/],
  ['an answer that is not stored', { legacy: { response: undefined } }, /nothing to compare/],
  ['an answer that was cut off', { legacy: { outcome: Outcome.RESET } }, /nothing to compare/],
  ['an answer that is stored in part', { legacy: { response: { bodyTruncated: true } } }, /in part/],
  ['an answer under other masks', { legacy: { maskingVersion: 'm0' } }, /masking key/],
])('%s is not sent, and the reason said', (_, stored, reason) => {
  expect(plan(stored)).toEqual({ refusal: expect.stringMatching(reason) });
});

test('a masked answer is no reason: the new one is masked the same', () => {
  expect(plan({ request: { masking: ['response.body.iban: iban'] } })).toHaveProperty('request');
});

describe('a service account', () => {
  const masked = (...masking: string[]): Stored => ({
    request: {
      masking,
      request: { headers: [header('authorization', '[masked]'), header('x-user', '[masked]')] },
    },
  });
  const authorization = 'request.header.authorization: token';
  const secrets = new Map([['AUDIT_TOKEN', 'read-only']]);

  test('stands in for the customer whose credentials are not stored', () => {
    expect(plan(masked(authorization), withAccount, secrets)).toMatchObject({
      request: { headers: [{ name: 'authorization', value: 'Bearer read-only' }, { name: 'x-user' }] },
    });
  });

  test('is not named where the request came without credentials', () => {
    expect(plan({}, withAccount, secrets)).toMatchObject({ request: { headers: [{ name: 'accept' }] } });
  });

  test.each<[string, Stored, ReadonlyMap<string, string>, RegExp]>([
    ['without its secret', masked(authorization), new Map(), /no CHRONOS_REPLAY_SECRET_AUDIT_TOKEN/],
    [
      'for another masked header',
      masked(authorization, 'request.header.x-user: name'),
      secrets,
      /masked \(request\.header\.x-user/,
    ],
    ['for a masked body', masked(authorization, 'request.body.pin: declared'), secrets, /request\.body\.pin/],
    ['for a write', { ...masked(authorization), method: 'POST' }, secrets, /may change something/],
  ])('does not serve %s', (_, stored, given, reason) => {
    expect(plan(stored, withAccount, given)).toEqual({ refusal: expect.stringMatching(reason) });
  });
});
