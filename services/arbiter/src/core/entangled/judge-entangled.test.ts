import { create } from '@bufbuild/protobuf';
import { IdentifierKind } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { DifferenceKind, Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { type ExchangeParts, exchange } from '../../testing/exchanges.ts';
import { outcomeOf } from '../join/settle.ts';
import { harmless } from '../judge/ruling.ts';
import { RouteLabels } from '../verdict/route.ts';
import { compileRules } from '../verdict/rules.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { judgeEntangled } from './judge-entangled.ts';
import type { Pairs } from './pairs.ts';

const rules = compileRules(
  create(JudgingRulesSchema, {
    spec: {
      identifiers: {
        bijections: [
          {
            name: 'orders',
            made: [
              { route: 'POST /orders', at: 'body.order_id' },
              { route: 'POST /orders', at: 'header.location' },
            ],
            used: [{ route: 'GET /orders/*', at: 'path.2' }, { at: 'query.order' }, { at: 'body.of.order' }],
          },
          {
            name: 'numbers',
            made: [
              { route: 'GET /numbers/*', at: 'body.n' },
              { route: 'POST /numbers', at: 'header.location' },
            ],
          },
          { name: 'sessions', kind: IdentifierKind.TOKEN, made: [{ at: 'cookie.sid' }] },
        ],
      },
    },
  }),
);
const known: [string, string, string][] = [
  ['orders', 'ORDER-17', '9f3c-77aa'],
  ['orders', 'ORDER-18', '0bb1-12cd'],
  ['numbers', '5', '70'],
  ['numbers', '6', '71'],
];
const ended = new Set<string>();
const pairs: Pairs = {
  hasEnded: (_, __, legacy) => ended.has(legacy),
  modernOf: (_, name, legacy) => known.find(([n, l]) => n === name && l === legacy)?.[2],
  legacyOf: (_, name, modern) => known.find(([n, , m]) => n === name && m === modern)?.[1],
};

function judged(method: string, path: string, legacy: ExchangeParts, modern: ExchangeParts) {
  const both = [
    exchange({ method, path, ...legacy }),
    exchange({ method, path, role: 'shadow', universe: 'modern', ...modern }),
  ];
  const settled = { requestId: 'r1', outcome: outcomeOf(both) };
  const verdict = verdictOf(settled, { rules, routes: new RouteLabels(), codecs, nowMs: 1, pairs });
  return [Kind[verdict.kind], ...verdict.differences.map(({ path: at, rule }) => `${at} ${rule}`)];
}
const body = (value: unknown) => ({ body: JSON.stringify(value) });

test('ids that belong together are the same, wherever they stand as a whole', () => {
  const answer = (id: string) => body({ id, self: `/orders/${id}?full=1`, lines: [{ of: id }] });
  expect(judged('GET', '/orders/ORDER-17', answer('ORDER-17'), answer('9f3c-77aa'))).toEqual([
    'EQUIVALENT',
    'body.id entangled:orders',
    'body.self entangled:orders',
    'body.lines[*].of entangled:orders',
  ]);
});

test("another one's id is a bug, also within a link", () => {
  expect(judged('GET', '/x', body({ id: 'ORDER-17' }), body({ id: '0bb1-12cd' }))).toEqual([
    'MISMATCH',
    'body.id entangled-other',
  ]);
  expect(judged('GET', '/x', body({ at: '/o/ORDER-17' }), body({ at: '/o/0bb1-12cd' }))).toEqual([
    'MISMATCH',
    'body.at entangled-other',
  ]);
});

test('where what the pair named was removed, either id may be handed out again, but not with another one’s', () => {
  const answer = (legacy: string, modern: string) =>
    judged('POST', '/orders', body({ order_id: legacy }), body({ order_id: modern }));
  const [bug, same] = [
    ['MISMATCH', 'body.order_id entangled-other'],
    ['EQUIVALENT', 'body.order_id entangled:orders'],
  ];
  expect(answer('ORDER-17', 'aaaa-7777')).toEqual(bug);
  expect(answer('ORDER-99', '9f3c-77aa')).toEqual(bug);
  ended.add('ORDER-17');
  expect(answer('ORDER-17', 'aaaa-7777')).toEqual(same);
  expect(answer('ORDER-99', '9f3c-77aa')).toEqual(same);
  expect(answer('ORDER-17', '0bb1-12cd')).toEqual(bug);
  ended.clear();
});

test('what is handed out here is new, and mentioned beside it at once', () => {
  const made = (id: string) => ({
    ...body({ order_id: id, link: `/orders/${id}` }),
    headers: [
      ['content-type', 'application/json'],
      ['location', `/orders/${id}`],
    ] as const,
  });
  expect(judged('POST', '/orders', made('ORDER-99'), made('feed-beef'))).toEqual([
    'EQUIVALENT',
    'header.location entangled:orders',
    'body.order_id entangled:orders',
    'body.link entangled:orders',
  ]);
  expect(judged('POST', '/orders', body({ order_id: 'ORDER-17' }), body({ order_id: 'feed-beef' }))).toEqual([
    'MISMATCH',
    'body.order_id entangled-other',
  ]);
});

test('what the requests carry at one place belongs together, though nobody has told yet, or it is masked', () => {
  const to = (target: string) => ({ requestHeaders: [[':path', target]] as const });
  const masked = 'aa⟨masked:iban:99⟩-7';
  expect(
    judged(
      'GET',
      '/orders/ORDER-55',
      { ...to('/orders/ORDER-55?order=ORDER-17'), ...body({ id: 'ORDER-55', of: 'ORDER-17' }) },
      { ...to('/orders/cafe-1234?order=aa⟨masked:iban:99⟩-7'), ...body({ id: 'cafe-1234', of: masked }) },
    ),
  ).toEqual(['EQUIVALENT', 'body.id entangled:orders', 'body.of entangled:orders']);
  const carrying = (order: string) => ({
    requestHeaders: [['content-type', 'application/json']] as const,
    requestBody: JSON.stringify({ of: { order } }),
    ...body({ id: order }),
  });
  expect(judged('POST', '/pay', carrying('ORDER-55'), carrying('cafe-1234'))[0]).toBe('EQUIVALENT');
});

test('a small number is an id only where it is declared', () => {
  expect(judged('GET', '/numbers/5', body({ n: 5 }), body({ n: 70 }))).toEqual([
    'EQUIVALENT',
    'body.n entangled:numbers',
  ]);
  expect(judged('GET', '/cart', body({ quantity: 5 }), body({ quantity: 70 }))[0]).toBe('MISMATCH');
});

test('a declared link ends in an id, also in a small number; what stands around it has to lead to the same', () => {
  const made = (location: string) => ({
    requestHeaders: [
      [':authority', 'shop.example'],
      [':path', '/numbers'],
    ] as const,
    headers: [['location', location]] as const,
  });
  const links = (legacy: string, modern: string) => judged('POST', '/numbers', made(legacy), made(modern));
  const same = ['EQUIVALENT', 'header.location entangled:numbers'];
  expect(links('/numbers/5', '/numbers/70')).toEqual(same);
  expect(links('/numbers/12', '/numbers/21')).toEqual(same);
  expect(links('http://shop.example/numbers/5?a=1', '/numbers/70?a=1')).toEqual(same);
  expect(links('/numbers/5', '/numbers/71')).toEqual(['MISMATCH', 'header.location entangled-other']);
  expect(links('/numbers/12', '/numbers/70')).toEqual(['MISMATCH', 'header.location entangled-other']);
  expect(links('/numbers/5', '/drafts/70')[0]).toBe('MISMATCH');
  expect(links('/numbers/5?a=1', '/numbers/70?a=2')[0]).toBe('MISMATCH');
});

test('an id that only a header hands out here may be mentioned in the body beside it', () => {
  const made = (id: string) => ({ headers: [['location', `/orders/${id}`]] as const });
  const answer = (id: string) => ({
    headers: [['content-type', 'application/json'], ...made(id).headers] as const,
    body: JSON.stringify({ self: `/orders/${id}` }),
  });
  expect(judged('POST', '/orders', answer('ORDER-99'), answer('feed-beef'))[0]).toBe('EQUIVALENT');
});

test('ids that are bytes, as protobuf has them, are partners or strangers like others', () => {
  const id = (...bytes: number[]) => new Uint8Array([0, 255, ...bytes]);
  const names: readonly string[] = ['base64:AP8B', 'base64:AP8C'];
  const context = {
    rules: rules.entangled ?? { bijections: [] },
    pairs: {
      modernOf: (_: string, __: string, legacy: string) => (legacy === names[0] ? names[1] : undefined),
      legacyOf: () => undefined,
    },
    methods: new Map(),
    codecs,
  };
  const parts = { method: 'POST', path: '/orders' };
  const judge = judgeEntangled(exchange(parts), exchange({ ...parts, universe: 'modern' }), context, () =>
    harmless('inner', ''),
  );
  const at = { parent: { step: 'body' }, step: 'order_id' };
  const ruleOf = (modern: Uint8Array) =>
    judge({ at, kind: DifferenceKind.VALUE, legacy: id(1), modern, explanation: '' }).rule;
  expect(ruleOf(id(2))).toBe('entangled:orders');
  expect(ruleOf(id(3))).not.toMatch(/inner|^entangled:orders$/);
});

test('tokens are each their own, and one that is missing is no token', () => {
  const login = (value: string) => ({ headers: [['set-cookie', `sid=${value}; Path=/`]] as const });
  expect(judged('POST', '/login', login('⟨masked:cookie:aa⟩'), login('⟨masked:cookie:bb⟩'))).toEqual([
    'EQUIVALENT',
    'header.set-cookie.sid.value entangled:sessions',
  ]);
  expect(judged('POST', '/login', login('⟨masked:cookie:aa⟩'), login(''))[0]).toBe('MISMATCH');
});

test('a copy that was not sent is lost by its word', () => {
  const unsent = exchange({ role: 'shadow', universe: 'modern', outcome: 'reset' });
  unsent.notSent = 'unlearned-id';
  expect(outcomeOf([exchange({}), unsent])).toMatchObject({ type: 'lost', reason: 'unlearned-id' });
  unsent.notSent = 'something newer';
  expect(outcomeOf([exchange({}), unsent])).toMatchObject({ type: 'lost', reason: 'untranslatable' });
});
