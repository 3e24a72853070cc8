import { create } from '@bufbuild/protobuf';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { IdentifierKind } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { type Exchange, ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { keyedHashOf } from '../../shell/keyed-hash.ts';
import { maskExchange } from './mask-exchange.ts';
import { compileMaskRules } from './rules.ts';
import { exchangeOf, type Said } from './testing.ts';

const hash = keyedHashOf('a key for tests, of 32 characters', 'shop');
const secret = 'tk4fbc442950caf79189';
const made = [
  { route: 'POST /login', at: 'body.ticket', modernAt: 'header.x-ticket' },
  { route: 'POST /links', at: 'header.location' },
];
const used = [
  { at: 'header.x-ticket' },
  { at: 'query.t' },
  { route: 'GET /t/*', at: 'path.2' },
  { route: 'POST /pay', at: 'body.by' },
];

/** An exchange after masking by a migration that declares these places for a kind. */
function masked(exchange: Exchange, kind: IdentifierKind): string {
  const spec = { identifiers: { bijections: [{ name: 'tickets', kind, made, used }] } };
  maskExchange(exchange, compileMaskRules(create(JudgingRulesSchema, { spec }), hash), codecs);
  return Buffer.from(
    JSON.stringify(exchange, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString() : typeof value === 'bigint' ? '' : value,
    ),
  ).toString();
}

const json = 'application/json';
test.each<[string, string, string, Said, Said]>([
  ['made, in a body', 'POST', '/login', {}, { body: `{"ticket":"${secret}"}`, type: json }],
  ['made, where modern has it', 'POST', '/login', {}, { headers: [['x-ticket', secret]] }],
  ['made, in a link', 'POST', '/links', {}, { headers: [['location', `/t/${secret}`]] }],
  ['used, in a header', 'GET', '/items', { headers: [['x-ticket', secret]] }, {}],
  ['used, in the query', 'GET', `/items?t=${secret}`, { headers: [[':path', `/items?t=${secret}`]] }, {}],
  ['used, in the path', 'GET', `/t/${secret}`, { headers: [[':path', `/t/${secret}`]] }, {}],
  ['used, in a body', 'POST', '/pay', { body: `{"by":"${secret}"}`, type: json }, {}],
])('a declared token is masked where it is %s; an id is not', (_, method, path, request, response) => {
  const exchange = () =>
    create(ExchangeSchema, { ...exchangeOf(request, response), method, path, migration: 'shop' });
  expect(masked(exchange(), IdentifierKind.TOKEN)).not.toContain(secret);
  expect(masked(exchange(), IdentifierKind.ID)).toContain(secret);
});

test('what stands at the place on another route is not a token', () => {
  const other = create(ExchangeSchema, {
    ...exchangeOf({}, { body: `{"ticket":"${secret}"}`, type: json }),
    method: 'GET',
    path: '/tickets',
  });
  expect(masked(other, IdentifierKind.TOKEN)).toContain(secret);
});

test('masks of before and after the declaration are not compared', () => {
  const version = (kind: IdentifierKind) =>
    compileMaskRules(
      create(JudgingRulesSchema, {
        spec: { identifiers: { bijections: [{ name: 't', kind, made, used }] } },
      }),
      hash,
    ).version;
  expect(version(IdentifierKind.TOKEN)).not.toBe(version(IdentifierKind.ID));
  expect(version(IdentifierKind.ID)).toBe(compileMaskRules(create(JudgingRulesSchema), hash).version);
});
