import { create, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { headerBytes } from '@chronos/capture/core/identifiers/header-values.ts';
import { frame } from '@chronos/capture/core/mask/mask-frames.ts';
import { file_bank_v1_bank, ListTransactionsRequestSchema } from '@chronos/proto/bank/v1/bank_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { HttpMessageSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { describe, expect, test } from '@jest/globals';
import { wantedInBody, wantedInHead } from './copy.ts';
import { compileIdentifiers, type IdentifierRules, planOf } from './plan.ts';
import type { Resolve } from './resolve.ts';
import { translateBody } from './translate-body.ts';
import { translateHead } from './translate-head.ts';
import { Untranslatable } from './translator.ts';

const rules = compile([
  {
    name: 'orders',
    made: [{ route: 'POST /orders', at: 'body.id' }],
    used: [
      { route: 'GET /orders/*', at: 'path.2' },
      { at: 'query.order' },
      { at: 'header.x-order' },
      { at: 'body.order_id' },
      { at: 'body.lines[*].ref' },
    ],
  },
  {
    name: 'sessions',
    made: [{ route: 'POST /login', at: 'cookie.sid' }],
    used: [{ at: 'cookie.sid' }, { at: 'header.authorization' }],
  },
  { name: 'customers', made: [{ route: 'POST /customers', at: 'body.id' }], anywhere: true },
]);

interface Declared {
  name: string;
  made: { route?: string; at: string }[];
  used?: { route?: string; at: string }[];
  anywhere?: boolean;
}

function compile(bijections: Declared[]): IdentifierRules {
  const compiled = compileIdentifiers(create(JudgingRulesSchema, { spec: { identifiers: { bijections } } }));
  if (compiled === undefined) throw new Error('declares identifiers');
  return compiled;
}

const known: Record<string, Record<string, { value: string; isNumber: boolean }>> = {
  orders: {
    'O-17': { value: '9f3c', isNumber: false },
    'O/1 8': { value: 'a/b c', isNumber: false },
    '5': { value: '70', isNumber: true },
  },
  sessions: { s3cret: { value: 'oth3r', isNumber: false } },
  customers: { 'C-1': { value: '42', isNumber: true }, '9f3c': { value: 'wrong', isNumber: false } },
};
const resolve: Resolve = (bijection, value) => known[bijection]?.[value];

const head = (method: string, path: string, headers: Record<string, string> = {}) =>
  Object.entries({ ':method': method, ':path': path, ...headers }).map(([name, value]) => ({
    $typeName: 'events.v1.Header' as const,
    name,
    value: headerBytes(value),
  }));

function changed(method: string, path: string, headers: Record<string, string> = {}) {
  const plan = planOf(rules, method, path);
  return plan && Object.fromEntries(translateHead(head(method, path, headers), plan, resolve));
}

describe('the head', () => {
  test('path, query, headers, cookies and credentials', () => {
    expect(
      changed('GET', '/orders/O-17?order=O-17&x=O-17', {
        'x-order': 'O-17',
        cookie: 'theme=dark; sid=s3cret; last=C-1',
        authorization: 'Bearer s3cret',
        'x-other': 'O-17',
      }),
    ).toEqual({
      ':path': '/orders/9f3c?order=9f3c&x=O-17',
      'x-order': '9f3c',
      cookie: 'theme=dark; sid=oth3r; last=42',
      authorization: 'Bearer oth3r',
    });
  });

  test('a declared place is of its own route, a value anywhere is a whole part', () => {
    expect(changed('POST', '/orders/O-17')).toEqual({});
    expect(changed('GET', '/customers/C-1/orders?of=C-1&not=xC-1')).toEqual({
      ':path': '/customers/42/orders?of=42&not=xC-1',
    });
  });

  test('escapes are read and written', () => {
    expect(changed('GET', '/orders/O%2F1%208')).toEqual({ ':path': '/orders/a%2Fb%20c' });
    expect(changed('GET', '/orders/list?order=O%2F1+8')).toEqual({ ':path': '/orders/list?order=a/b%20c' });
  });

  test('tells what it needs, and which of it must be known', () => {
    const plan = planOf(rules, 'GET', '/orders/O-99');
    const wanted = plan && wantedInHead(head('GET', '/orders/O-99', { cookie: 'sid=t' }), plan);
    expect(wanted?.all).toEqual([
      { bijection: 'sessions', value: 't', isDeclared: true },
      { bijection: 'customers', value: 'orders', isDeclared: false },
      { bijection: 'orders', value: 'O-99', isDeclared: true },
    ]);
  });
});

describe('the body', () => {
  const message = (body: string, type = 'application/json') =>
    create(HttpMessageSchema, {
      headers: [{ name: 'content-type', value: headerBytes(type) }],
      body: new TextEncoder().encode(body),
    });
  const translated = (body: string, type?: string) => {
    const plan = planOf(rules, 'POST', '/orders');
    const result = plan && translateBody(message(body, type), plan, resolve, codecs);
    return result === undefined ? undefined : new TextDecoder().decode(result.bytes);
  };

  test('only identifiers change; spelling, spaces and the order of keys stay', () => {
    expect(
      translated('{ "order_id" : "O-17",  "n": 1.50, "lines":[{"ref":"O-17"},{"ref":5}], "note":"O-17"}'),
    ).toBe('{ "order_id" : "9f3c",  "n": 1.50, "lines":[{"ref":"9f3c"},{"ref":70}], "note":"O-17"}');
  });

  test('a number stands where the other universe has one, keys stay texts', () => {
    expect(translated('{"who":"C-1","by":{"C-1":true}}')).toBe('{"who":42,"by":{"42":true}}');
  });

  test('what one kind has become is not taken for another kind', () => {
    expect(translated('{"order_id":"O-17","who":"C-1"}')).toBe('{"order_id":"9f3c","who":42}');
  });

  test('forms', () => {
    expect(translated('order_id=O-17&x=1', 'application/x-www-form-urlencoded')).toBe('order_id=9f3c&x=1');
  });

  test('gRPC, field by field on the wire, texts and numbers; other fields keep their bytes', () => {
    const set = create(FileDescriptorSetSchema, { file: [file_bank_v1_bank.proto] });
    const call = '/bank.v1.BankService/ListTransactions';
    const accounts = compileIdentifiers(
      create(JudgingRulesSchema, {
        descriptorSets: [toBinary(FileDescriptorSetSchema, set)],
        spec: {
          identifiers: {
            bijections: [
              {
                name: 'orders',
                made: [{ at: 'body.id' }],
                used: [{ route: call, at: 'body.account_id' }, { at: 'body.limit' }],
              },
            ],
          },
        },
      }),
    );
    const plan = accounts && planOf(accounts, 'POST', call);
    const request = (accountId: string, limit: number) =>
      create(HttpMessageSchema, {
        headers: [{ name: 'content-type', value: headerBytes('application/grpc') }],
        body: frame(
          0,
          toBinary(
            ListTransactionsRequestSchema,
            create(ListTransactionsRequestSchema, { accountId, limit }),
          ),
        ),
      });
    const result = plan && translateBody(request('O-17', 5), plan, resolve, codecs);
    expect(Buffer.from(result?.bytes ?? [])).toEqual(Buffer.from(request('9f3c', 70).body));
  });

  test('nothing known changes nothing', () => {
    expect(translated('{"order_id":"O-1000"}')).toBeUndefined();
  });

  test('a body that claims to be JSON and is none cannot be translated', () => {
    expect(() => translated('{"order_id":')).toThrow(Untranslatable);
  });

  test('tells what it needs', () => {
    const plan = planOf(rules, 'POST', '/orders');
    const wanted = plan && wantedInBody(message('{"order_id":"O-1","x":"y"}'), plan, codecs);
    const shown = wanted?.all.map(
      ({ bijection, value, isDeclared }) => `${bijection} ${value} ${isDeclared}`,
    );
    expect(shown?.sort()).toEqual([
      'customers O-1 false',
      'customers order_id false',
      'customers x false',
      'customers y false',
      'orders O-1 true',
    ]);
  });
});
