import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { toBinary } from '@bufbuild/protobuf';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { LoginResponseSchema } from '@chronos/proto/bank/v1/bank_pb.js';
import { type Exchange, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keyedHashOf } from '../../shell/keyed-hash.ts';
import { recordOf } from '../record.ts';
import { frame } from '../testing.ts';
import { toBinaryText } from './binary.ts';
import { maskExchange } from './mask-exchange.ts';
import { exchangeOf, rulesFor, type Said } from './testing.ts';

/** Whatever secret stands wherever in whatever encoding: it is not in the bytes of the record, nor in any simple decoding of them. */

const hash = keyedHashOf('a key for tests, of 32 characters', 'bank');

const digits = (length: number) =>
  fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((d) => d.join(''));

function luhnDigit(payload: string): number {
  const sum = [...payload].reverse().reduce((total, d, at) => {
    const value = Number(d) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

const cards = fc
  .tuple(fc.constantFrom('4', '51', '2221', '6011'), digits(15), fc.constantFrom('', ' ', '-', ' - ', '  '))
  .map(([prefix, rest, separator]) => {
    const payload = (prefix + rest).slice(0, 15);
    return (payload + luhnDigit(payload)).match(/.{4}/g)!.join(separator);
  });
const ibans = fc.tuple(digits(18), fc.constantFrom('', ' ')).map(([account, separator]) => {
  const check = 98n - (BigInt(`${account}131400`) % 97n);
  return `DE${String(check).padStart(2, '0')}${account}`.match(/.{1,4}/g)!.join(separator);
});
const base64Url = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const jwts = digits(12).map(
  (n) => `${base64Url('{"alg":"none"}')}.${base64Url(`{"sub":"${n}"}`)}.${base64Url(n)}`,
);
const secrets = fc.oneof(cards, ibans, jwts);

const unicodeEscapes = (text: string) =>
  [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const percent = (text: string) =>
  [...text].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const references = (text: string) => [...text].map((c) => `&#x${c.charCodeAt(0).toString(16)};`).join('');

/** Bodies with the secret somewhere in them. */
const bodies: readonly ((secret: string) => Said)[] = [
  (s) => ({ type: 'application/json', body: `{"a":[{"b":"x ${s}."}]}` }),
  (s) => ({ type: 'application/json', body: `["${unicodeEscapes(s)}"]` }),
  (s) => ({ type: 'application/json', body: `{"${s}":1}` }),
  (s) => ({
    type: 'application/json',
    body: JSON.stringify({ raw: JSON.stringify({ deep: JSON.stringify([s]) }) }),
  }),
  (s) => ({ type: 'application/json', body: `{"cut":"${s}` }),
  (s) => ({
    type: 'application/json',
    body: Uint8Array.of(0x22, 0xff, ...new TextEncoder().encode(`${s}"`)),
  }),
  (s) => ({
    type: 'application/json; charset=utf-16',
    body: new Uint8Array(Buffer.from(`["${s}"]`, 'utf16le')),
  }),
  (s) => ({ body: `{"sniffed":"${unicodeEscapes(s)}"}` }),
  (s) => ({ type: 'application/x-ndjson', body: `1\n{"a":"${s}"}\n` }),
  (s) => ({ type: 'text/event-stream', body: `data: {"a":"${s}"}\n\n` }),
  (s) => ({ type: 'application/x-www-form-urlencoded', body: `a=1&b=${percent(s)}` }),
  (s) => ({
    type: 'multipart/form-data; boundary=B',
    body: `--B\r\nContent-Disposition: form-data; name="x"\r\n\r\n${s}\r\n--B--`,
  }),
  (s) => ({
    type: 'application/xml',
    body: `<a b="${references(s)}">${references(s)}<![CDATA[${s}]]><!--${s}--></a>`,
  }),
  (s) => ({ type: 'text/plain', body: `key: ${s}\n` }),
  (s) => ({ type: 'text/plain', body: new Uint8Array(Buffer.from(`key: ${s}\n`, 'utf16le')) }),
  (s) => ({
    type: 'application/octet-stream',
    body: Uint8Array.of(0xff, 1, ...Buffer.from(s, 'utf16le').swap16(), 0xff),
  }),
  (s) => ({ type: 'application/json', body: JSON.stringify({ xml: `<a b="${references(s)}"/>` }) }),
  (s) => ({
    type: 'multipart/related; boundary=B',
    body: `--B\r\nContent-Type: application/json\r\n\r\n["${unicodeEscapes(s)}"]\r\n--B--`,
  }),
  (s) => ({ type: 'text/html', body: `<p>${s}<br></p>` }),
  (s) => ({
    type: 'application/octet-stream',
    body: Uint8Array.of(0, 0xff, ...new TextEncoder().encode(s), 0),
  }),
  (s) => ({
    type: 'application/grpc',
    body: frame(
      toBinary(LoginResponseSchema, {
        $typeName: 'bank.v1.LoginResponse',
        token: 't',
        customerId: s,
        segment: `in ${s}`,
        accounts: [s],
      }),
    ),
  }),
];

const codings: readonly [string, (bytes: string | Uint8Array) => Uint8Array][] = [
  ['', (bytes) => new Uint8Array(Buffer.from(bytes))],
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['gzip, deflate', (bytes) => deflateSync(gzipSync(bytes))],
];

function expectNowhere(exchange: Exchange, secret: string): void {
  maskExchange(exchange, rulesFor({}, hash), codecs);
  const record = toBinaryText(recordOf(exchange, '').value);
  const unescaped = record
    .replaceAll(/(?:\\+u|&#x)([0-9a-f]{2,4});?/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/%([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  for (const text of [record, unescaped, unescaped.replaceAll('\0', '')]) {
    expect(text).not.toContain(secret);
    expect(text.replaceAll(/[ -]/g, '')).not.toContain(secret.replaceAll(/[ -]/g, ''));
  }
}

const runs = { numRuns: 400 };

test('in bodies, compressed or not, of a known method or not', () => {
  fc.assert(
    fc.property(
      secrets,
      fc.constantFrom(...bodies),
      fc.constantFrom(...codings),
      fc.boolean(),
      (secret, make, [coding, compress], known) => {
        const said = make(secret);
        const coded: Said = {
          ...said,
          body: compress(said.body ?? ''),
          headers: coding === '' ? [] : [['content-encoding', coding]],
        };
        expectNowhere(exchangeOf(coded, coded, known ? { path: '/bank.v1.BankService/Login' } : {}), secret);
      },
    ),
    runs,
  );
});

test('binary metadata and status messages', () => {
  fc.assert(
    fc.property(secrets, (secret) => {
      const trailers = [
        ['grpc-status-details-bin', btoa(`\b\u0003\u0012${secret}`)],
        ['grpc-message', percent(`no ${secret}`)],
      ] as const;
      const exchange = exchangeOf({}, { trailers });
      expectNowhere(exchange, secret);
      expect(atob(new TextDecoder().decode(exchange.response?.trailers[0]?.value))).not.toContain(secret);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ['eyJ-'],
  ['eyJ.'],
  ['eyJ'],
  ['4'],
  ['4111 '],
  ['bearer '],
  ['DE89'],
  ['{"a":'],
  ['"\\'],
  ['<a '],
  ['<a>'],
  ['&a='],
  ['; name='],
  ['[[[['],
  ['<<<<'],
  ['name=name='],
  ['4111\n'],
  ['--password '],
  ['pin is: '],
  ['password: |\n'],
  ['name: pin value: '],
  ['{"fields":['],
  ['["--password",'],
  ['<name>pin</name>'],
  ['a,pin\n'],
  ['|554='],
  ['p\0'],
  ['"{",'],
])('a megabyte of %j ends', (part) => {
  const body = part.repeat(1_000_000 / part.length);
  for (const type of [
    'application/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
    'application/grpc',
    'multipart/form-data; boundary=a',
  ]) {
    const exchange = exchangeOf({}, { type, body });
    maskExchange(exchange, rulesFor({}, hash), codecs);
    expect(exchange.maskingVersion).not.toBe('');
  }
});

test('in headers, trailers, targets and raw connections', () => {
  const places: readonly ((secret: string) => Exchange)[] = [
    (s) => exchangeOf({ headers: [['x-note', `see ${s}, please`]] }, { trailers: [['x-end', s]] }),
    (s) =>
      exchangeOf(
        { headers: [['referer', `https://x/y?z=${percent(s)}`]] },
        { headers: [['set-cookie', `a=${s}; Path=/`]] },
      ),
    (s) =>
      exchangeOf(
        { headers: [[':path', `/a/${percent(s)}?q=${percent(s)}#${s}`]] },
        {},
        { path: `/a/${percent(s)}`, clientRequestId: s },
      ),
    (s) => exchangeOf({ body: `${s}\n` }, { body: `ok ${s}\n` }, { transport: Transport.TCP }),
  ];
  fc.assert(
    fc.property(secrets, fc.constantFrom(...places), (secret, make) => expectNowhere(make(secret), secret)),
    runs,
  );
});

test('under the name of a secret, or declared', () => {
  const words = fc.stringMatching(/^[a-zA-Z0-9]{12,20}$/);
  const told = { fields: ['body.acct', 'header.x-acct', 'query.acct'] };
  fc.assert(
    fc.property(words, fc.constantFrom('password', 'client_secret', 'acct'), (word, name) => {
      const xml = { type: 'application/xml', body: `<r><${name} v="1">${references(word)}</${name}></r>` };
      for (const body of [
        { type: 'application/json', body: `{"${name}":{"x":["${unicodeEscapes(word)}"]}}` },
        { type: 'application/x-www-form-urlencoded', body: `${name}=${word}` },
        xml,
      ]) {
        const exchange = exchangeOf(
          {
            ...body,
            headers: [
              [':path', `/?${name}=${word}`],
              [`x-${name.replace('_', '-')}`, word],
            ],
          },
          body,
        );
        maskExchange(exchange, rulesFor(told, hash), codecs);
        expect(toBinaryText(recordOf(exchange, '').value)).not.toContain(word);
      }
    }),
    { numRuns: 100 },
  );
});

test('whatever it is given, masking neither fails nor changes what holds no secret', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        'application/json',
        'application/xml',
        'application/grpc',
        'application/x-www-form-urlencoded',
        'text/plain',
        'multipart/form-data; boundary=B',
        '',
      ),
      fc.oneof(
        fc.string({
          unit: fc.constantFrom(
            '{',
            '}',
            '"',
            '[',
            ']',
            ',',
            ':',
            '<',
            '>',
            '/',
            '=',
            '&',
            ';',
            '\\',
            'u',
            '1',
            'a',
            ' ',
            '\n',
          ),
        }),
        fc.json(),
      ),
      (type, body) => {
        const exchange = exchangeOf({}, { type, body });
        maskExchange(exchange, rulesFor({}, hash), codecs);
        const isJson = type === 'application/json' && parses(body);
        if (isJson) expect(new TextDecoder().decode(exchange.response?.body)).toBe(body);
      },
    ),
    runs,
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
