import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareAnswers, differencesOf, type RuleParts, summary } from '../../testing/compare.ts';
import type { Answer } from '../../testing/exchanges.ts';

type Row = readonly [title: string, legacy: Answer, modern: Answer, expected: string, rules?: RuleParts];

const json = (body: string, headers: Answer['headers'] = []): Answer => ({
  body,
  headers: [['content-type', 'application/json'], ...(headers ?? [])],
});
const typed = (type: string, body: string | Uint8Array): Answer => ({
  body,
  headers: [['content-type', type]],
});
const bare = (...headers: [string, string][]): Answer => ({ headers });
const bytes = (text: string) => new TextEncoder().encode(text);

function table(rows: readonly Row[]): void {
  for (const [title, legacy, modern, expected, rules] of rows) {
    test(title, () => {
      expect(summary(compareAnswers(legacy, modern, rules))).toBe(expected);
    });
  }
}

describe('status', () => {
  table([
    ['the same', { status: 404 }, { status: 404 }, 'identical'],
    ['another', { status: 200 }, { status: 500 }, 'mismatch | status'],
    [
      'ignored',
      { status: 200 },
      { status: 201 },
      'equivalent | status (ignore:status)',
      { ignore: ['status'] },
    ],
  ]);
});

describe('JSON', () => {
  table([
    ['the same bytes', json('{"a":1}'), json('{"a":1}'), 'identical'],
    [
      'keys in another order, other white space',
      json('{"a":1,"b":2}'),
      json('{ "b": 2, "a": 1 }'),
      'identical',
    ],
    ['escapes are spelling', json('"\\u00e9\\/"'), json('"é/"'), 'identical'],
    [
      'a number in another spelling',
      json('{"a":1.10}'),
      json('{"a":1.1}'),
      'equivalent | body.a (decimal-equal)',
    ],
    [
      'beyond what a float can tell',
      json('{"a":9007199254740993}'),
      json('{"a":9007199254740992}'),
      'mismatch | body.a',
    ],
    ['an amount as text is not a number', json('{"a":"1.10"}'), json('{"a":"1.1"}'), 'mismatch | body.a'],
    ['a number is not a text', json('{"a":1}'), json('{"a":"1"}'), 'mismatch | body.a'],
    ['null is not absent', json('{"a":null}'), json('{}'), 'mismatch | body.a'],
    ['a field more', json('{}'), json('{"a":{"b":1}}'), 'mismatch | body.a'],
    ['one element inserted', json('[1,2,3]'), json('[1,9,2,3]'), 'mismatch | body[1]'],
    ['one element removed', json('[1,2,3]'), json('[2,3]'), 'mismatch | body[0]'],
    ['another order', json('{"a":[1,2]}'), json('{"a":[2,1]}'), 'mismatch | body.a'],
    [
      'another order, declared',
      json('{"a":[1,2]}'),
      json('{"a":[2,1]}'),
      'equivalent | body.a (unordered:body.a)',
      { unordered: ['body.a'] },
    ],
    [
      'unordered, one differs',
      json('{"a":[1,2,3]}'),
      json('{"a":[3,1,4]}'),
      'mismatch | body.a[1]',
      { unordered: ['body.a'] },
    ],
    [
      'unordered is a multiset',
      json('[1,1,2]'),
      json('[1,2,2]'),
      'mismatch | body[1]',
      { unordered: ['body'] },
    ],
    [
      'unordered elements found by what is not ignored',
      json('[{"id":1,"n":"a"},{"id":2,"n":"b"}]'),
      json('[{"id":8,"n":"b"},{"id":9,"n":"a"}]'),
      'equivalent | body (unordered:body) | body[1].id (ignore:body[*].id) | body[0].id (ignore:body[*].id)',
      { unordered: ['body'], ignore: ['body[*].id'] },
    ],
    [
      'ignored field',
      json('{"t":1,"a":2}'),
      json('{"t":5,"a":2}'),
      'equivalent | body.t (ignore:body.t)',
      { ignore: ['body.t'] },
    ],
    [
      'ignored field, another differs',
      json('{"t":1,"a":2}'),
      json('{"t":5,"a":3}'),
      'mismatch | body.a | body.t (ignore:body.t)',
      { ignore: ['body.t'] },
    ],
    [
      'ignored where one has none',
      json('{"t":1}'),
      json('{}'),
      'equivalent | body.t (ignore:body.t)',
      { ignore: ['body.t'] },
    ],
    ['malformed in modern', json('{"a":1}'), json('{"a":1'), 'mismatch | body'],
    ['duplicate key in modern', json('{"a":1}'), json('{"a":1,"a":1}'), 'mismatch | body'],
    ['malformed in both, not the same', json('{"a":1'), json('{"a":2'), 'mismatch | body'],
    ['empty in modern', json('{}'), json(''), 'mismatch | body'],
    [
      'problem+json',
      typed('application/problem+json', '{"a":1,"b":2}'),
      typed('application/problem+json', '{"b":2,"a":1}'),
      'identical',
    ],
  ]);

  test('any JSON is the same as itself with keys reversed, and not the same as itself with one leaf changed', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([k, v]) => [k, reversed(v)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ value });
        expect(
          summary(compareAnswers(json(text), json(JSON.stringify({ value: reversed(value) }, null, 1)))),
        ).toBe('identical');
        expect(summary(compareAnswers(json(text), json(JSON.stringify({ value: [value] }))))).toMatch(
          /^mismatch/,
        );
      }),
    );
  });

  test('differences say where and what, for people and for counting', () => {
    const differences = differencesOf(json('{"i":[{"x":1},{"x":2.50}]}'), json('{"i":[{"x":1},{"x":2.49}]}'));
    expect(differences).toEqual([
      expect.objectContaining({
        path: 'body.i[*].x',
        pointer: 'body.i[1].x',
        legacy: '2.50',
        modern: '2.49',
        legacyJson: '2.50',
        modernJson: '2.49',
        cut: false,
      }),
    ]);
  });

  test('the first 100 differences are listed, the rest summed up', () => {
    const list = (from: number) => json(JSON.stringify(Array.from({ length: 150 }, (_, i) => from + i)));
    const differences = differencesOf(list(0), list(1_000));
    expect(differences).toHaveLength(101);
    expect(differences[100]?.explanation).toBe('50 more differences are not listed.');
  });

  test('long values are cut, never within a character', () => {
    const body = (first: string) => json(JSON.stringify(`${first}${'😀'.repeat(400)}`));
    const differences = differencesOf(body('a'), body('b'));
    expect(differences[0]?.legacy.length).toBeLessThanOrEqual(256);
    expect(differences[0]?.legacy.isWellFormed()).toBe(true);
  });
});

describe('media types and charsets', () => {
  table([
    [
      'charset is no difference',
      typed('application/json', '1'),
      typed('Application/JSON; charset="UTF-8"', '1'),
      'identical',
    ],
    ['another type', typed('text/plain', 'a'), typed('text/html', 'a'), 'mismatch | header.content-type'],
    [
      'JSON as text, another type',
      typed('application/json', '{"a":1}'),
      typed('text/plain', '{"a":1}'),
      'mismatch | header.content-type',
    ],
    [
      'another parameter',
      typed('text/plain; format=flowed', 'a'),
      typed('text/plain', 'a'),
      'mismatch | header.content-type',
    ],
    [
      'latin1 and utf-8 say the same',
      typed('text/plain; charset=iso-8859-1', Uint8Array.of(0xe9)),
      typed('text/plain; charset=utf-8', 'é'),
      'identical',
    ],
    [
      'utf-16 and utf-8 say the same',
      typed('text/plain; charset=utf-16le', Uint8Array.of(0x61, 0, 0xe9, 0)),
      typed('text/plain', 'aé'),
      'identical',
    ],
    [
      'utf-16 by its byte order mark',
      typed('text/plain; charset=utf-16', Uint8Array.of(0xfe, 0xff, 0, 0x61)),
      typed('text/plain', 'a'),
      'identical',
    ],
    [
      'utf-16 that nothing but its byte order mark tells',
      typed('text/plain', Uint8Array.of(0xff, 0xfe, 0x61, 0)),
      typed('text/plain', 'a'),
      'identical',
    ],
    [
      'other charsets of the Encoding Standard',
      typed('text/plain; charset=iso-8859-15', Uint8Array.of(0xa4)),
      typed('text/plain', '€'),
      'identical',
    ],
    [
      'bytes that are no utf-8',
      typed('text/plain', Uint8Array.of(0xe9)),
      typed('text/plain', 'é'),
      'mismatch | body',
    ],
    [
      'an unknown charset, the same bytes',
      typed('text/plain; charset=x', 'a'),
      typed('text/plain; charset=x', 'a'),
      'identical',
    ],
  ]);
});

describe('text, forms and bytes', () => {
  const form = 'application/x-www-form-urlencoded';
  table([
    ['line ends are text', typed('text/plain', 'a\nb'), typed('text/plain', 'a\r\nb'), 'mismatch | body'],
    ['form: keys in another order', typed(form, 'a=1&b=2'), typed(form, 'b=2&a=1'), 'identical'],
    ['form: spelling', typed(form, 'a=x+y'), typed(form, 'a=x%20y'), 'identical'],
    [
      'form: one key, values in another order',
      typed(form, 'a=1&a=2'),
      typed(form, 'a=2&a=1'),
      'mismatch | body.a',
    ],
    [
      'bytes',
      typed('image/png', Uint8Array.of(1, 2)),
      typed('image/png', Uint8Array.of(1, 3)),
      'mismatch | body',
    ],
    [
      'bytes of other length',
      typed('image/png', Uint8Array.of(1)),
      typed('image/png', Uint8Array.of(1, 3)),
      'mismatch | body',
    ],
    [
      'the whole body ignored',
      typed('image/png', Uint8Array.of(1)),
      typed('image/png', 'x'),
      'equivalent | body (ignore:body)',
      { ignore: ['body'] },
    ],
  ]);

  test('a text difference far into the text shows its surroundings', () => {
    const text = (end: string) => typed('text/plain', `${'x'.repeat(5_000)}${end}`);
    const differences = differencesOf(text('one'), text('two'));
    expect(differences[0]?.legacy).toMatch(/one$/);
    expect(differences[0]?.explanation).toBe('The texts differ from line 1, column 5001 on.');
  });
});

describe('content encodings', () => {
  const text = '{"a":1,"b":[1,2,3]}';
  const as = (encoding: string, body: Uint8Array): Answer => ({
    body,
    headers: [
      ['content-type', 'application/json'],
      ['content-encoding', encoding],
    ],
  });
  const bomb = gzipSync(Buffer.alloc(32 << 20, '1'));
  table([
    ['gzip', as('gzip', gzipSync(text)), json(text), 'identical'],
    ['br', as('br', brotliCompressSync(text)), json(text), 'identical'],
    ['deflate with zlib head', as('deflate', deflateSync(text)), json(text), 'identical'],
    ['deflate without', as('deflate', deflateRawSync(text)), json(text), 'identical'],
    ['zstd', as('zstd', zstdCompressSync(text)), json(text), 'identical'],
    ['two of them, in order', as('gzip, br', brotliCompressSync(gzipSync(text))), json(text), 'identical'],
    ['identity', as('identity', bytes(text)), json(text), 'identical'],
    ['decoded and not the same', as('gzip', gzipSync('{"a":2}')), json('{"a":1}'), 'mismatch | body.a'],
    ['corrupt in modern', json(text), as('gzip', bytes(text)), 'mismatch | body'],
    ['unknown, the same bytes', as('compress', bytes('x')), as('compress', bytes('x')), 'identical'],
    ['unknown, other bytes', as('compress', bytes('x')), json(text), 'lost unknown-encoding'],
    ['a bomb', as('gzip', bomb), json(text), 'lost body-too-large'],
    ['a bomb behind another status', { ...as('gzip', bomb), status: 500 }, json(text), 'mismatch | status'],
  ]);
});

describe('truncated bodies', () => {
  table([
    [
      'cannot be compared',
      { ...json('[1'), truncated: true },
      { ...json('[1'), truncated: true },
      'lost body-too-large',
    ],
    ['the status alone convicts', { ...json('[1'), truncated: true }, { status: 500 }, 'mismatch | status'],
    [
      'ignored anyway',
      { ...json('[1'), truncated: true },
      json('[1]'),
      'equivalent | body (ignore:body)',
      { ignore: ['body'] },
    ],
  ]);
});

describe('headers', () => {
  table([
    [
      'of the hop, the moment and the implementation',
      bare(['date', 'a'], ['server', 'x'], ['content-length', '0'], ['x-envoy-upstream-service-time', '3']),
      bare(['date', 'b'], ['via', 'y']),
      'identical',
    ],
    ['location', bare(['location', '/a']), bare(['location', '/b']), 'mismatch | header.location'],
    ['missing', bare(['etag', '"1"']), bare(), 'mismatch | header.etag'],
    ['weak is not strong', bare(['etag', '"1"']), bare(['etag', 'W/"1"']), 'mismatch | header.etag'],
    [
      'cache-control is a set',
      bare(['cache-control', 'max-age=60, Public']),
      bare(['cache-control', 'public,max-age="60"']),
      'identical',
    ],
    [
      'cache-control differs',
      bare(['cache-control', 'max-age=60']),
      bare(['cache-control', 'max-age=61']),
      'mismatch | header.cache-control',
    ],
    ['allow is a set', bare(['allow', 'GET, PUT']), bare(['allow', 'PUT,GET']), 'identical'],
    [
      'vary in any case, in several lines',
      bare(['vary', 'Accept, Origin']),
      bare(['vary', 'origin'], ['vary', 'accept']),
      'identical',
    ],
    [
      'www-authenticate',
      bare(['www-authenticate', 'Basic realm="a"']),
      bare(['www-authenticate', 'Basic realm="b"']),
      'mismatch | header.www-authenticate',
    ],
    [
      'content-disposition',
      bare(['content-disposition', 'attachment; filename="a.pdf"; size=1']),
      bare(['content-disposition', 'Attachment; size=1; filename=a.pdf']),
      'identical',
    ],
    [
      'access-control',
      bare(['access-control-allow-origin', '*']),
      bare(),
      'mismatch | header.access-control-allow-origin',
    ],
    ['an unknown header is not compared', bare(['x-app', '1']), bare(['x-app', '2']), 'identical'],
    [
      'unless declared',
      bare(['x-app', '1']),
      bare(['x-app', '2']),
      'mismatch | header.x-app',
      { headers: ['X-App'] },
    ],
    [
      'ignored',
      bare(['etag', '"1"']),
      bare(['etag', '"2"']),
      'equivalent | header.etag (ignore:header.ETag)',
      { ignore: ['header.ETag'] },
    ],
    [
      'cookies: attributes in another order',
      bare(['set-cookie', 'a=1; Path=/; HttpOnly']),
      bare(['set-cookie', 'a=1; httponly; path=/']),
      'identical',
    ],
    [
      'cookies: in another order',
      bare(['set-cookie', 'a=1'], ['set-cookie', 'b=2']),
      bare(['set-cookie', 'b=2'], ['set-cookie', 'a=1']),
      'identical',
    ],
    [
      'cookies: value',
      bare(['set-cookie', 'a=1']),
      bare(['set-cookie', 'a=2']),
      'mismatch | header.set-cookie.a.value',
    ],
    [
      'cookies: attribute',
      bare(['set-cookie', 'a=1; Secure']),
      bare(['set-cookie', 'a=1']),
      'mismatch | header.set-cookie.a.secure',
    ],
    [
      'cookies: one attribute ignored',
      bare(['set-cookie', 'a=1; Expires=x']),
      bare(['set-cookie', 'a=1; Expires=y']),
      'equivalent | header.set-cookie.a.expires (ignore:header.set-cookie.a.expires)',
      { ignore: ['header.set-cookie.a.expires'] },
    ],
  ]);
});
