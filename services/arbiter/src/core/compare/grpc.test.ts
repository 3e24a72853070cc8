import { gzipSync } from 'node:zlib';
import { create, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import {
  file_bank_v1_bank,
  QuoteLoanRequestSchema,
  QuoteLoanResponseSchema,
  TransactionSchema,
} from '@chronos/proto/bank/v1/bank_pb.js';
import { Format } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import { compareAnswers, type RuleParts, summary } from '../../testing/compare.ts';
import type { Answer, HeaderPairs } from '../../testing/exchanges.ts';

const descriptors = [
  toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [file_bank_v1_bank.proto] })),
];
const QUOTE = '/bank.v1.BankService/QuoteLoan';
const STREAM = '/bank.v1.BankService/StreamTransactions';

const quote = (monthlyPayment: string) =>
  toBinary(QuoteLoanResponseSchema, create(QuoteLoanResponseSchema, { approved: true, monthlyPayment }));
const transaction = (number: bigint) => toBinary(TransactionSchema, create(TransactionSchema, { number }));
const frame = (message: Uint8Array, flags = 0) => {
  const out = new Uint8Array(5 + message.length);
  out[0] = flags;
  new DataView(out.buffer).setUint32(1, message.length);
  out.set(message, 5);
  return out;
};
const concat = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const ok: HeaderPairs = [['grpc-status', '0']];
const grpc = (body: Uint8Array, trailers: HeaderPairs = ok, headers: HeaderPairs = []): Answer => ({
  body,
  headers: [['content-type', 'application/grpc'], ...headers],
  trailers,
});
const failed = (status: string, message: string): Answer =>
  grpc(new Uint8Array(), [
    ['grpc-status', status],
    ['grpc-message', message],
  ]);
const typed = (type: string, body: string | Uint8Array, status = 200): Answer => ({
  status,
  body,
  headers: [['content-type', type]],
});
// approved = true, then credit_score = 0 written though it is the default
const explicitDefault = Uint8Array.of(0x08, 1, 0x10, 0);
const approved = Uint8Array.of(0x08, 1);
const unknownField = (value: number) => Uint8Array.of(0x08, 1, 0xa0, 0x06, value);

type Row = readonly [title: string, legacy: Answer, modern: Answer, expected: string, rules?: RuleParts];

describe('gRPC by descriptor', () => {
  const rows: Row[] = [
    [
      'an explicit default is an absent one',
      grpc(frame(explicitDefault)),
      grpc(frame(approved)),
      'identical',
    ],
    [
      'fields in another order',
      grpc(frame(Uint8Array.of(0x10, 5, 0x08, 1))),
      grpc(frame(Uint8Array.of(0x08, 1, 0x10, 5))),
      'identical',
    ],
    [
      'a field differs',
      grpc(frame(quote('10.00'))),
      grpc(frame(quote('10.01'))),
      'mismatch | body.monthlyPayment',
    ],
    [
      'a field ignored',
      grpc(frame(quote('10.00'))),
      grpc(frame(quote('10.01'))),
      'equivalent | body.monthlyPayment (ignore:body.monthlyPayment)',
      { ignore: ['body.monthlyPayment'] },
    ],
    [
      'an unknown field',
      grpc(frame(unknownField(1))),
      grpc(frame(unknownField(2))),
      'mismatch | body.#100[0]',
    ],
    [
      'an unknown field, the same',
      grpc(frame(concat(unknownField(1), Uint8Array.of(0x10, 0)))),
      grpc(frame(unknownField(1))),
      'identical',
    ],
    [
      'compressed or not',
      grpc(frame(gzipSync(quote('1')), 1), ok, [['grpc-encoding', 'gzip']]),
      grpc(frame(quote('1'))),
      'identical',
    ],
    [
      'compressed by an unknown coding',
      grpc(frame(quote('1'), 1), ok, [['grpc-encoding', 'x']]),
      grpc(frame(quote('2'))),
      'lost unknown-encoding',
    ],
    ['not a message', grpc(frame(Uint8Array.of(0xff))), grpc(frame(approved)), 'mismatch | body'],
    [
      'a frame without its end',
      grpc(frame(approved).subarray(0, 6)),
      grpc(frame(approved)),
      'mismatch | body',
    ],
    ['another status', failed('5', 'a'), failed('9', 'a'), 'mismatch | grpc.status'],
    ['another message', failed('5', 'a'), failed('5', 'b'), 'mismatch | trailer.grpc-message'],
    ['a message encoded in another way', failed('5', 'a%20%C3%A9'), failed('5', 'a %c3%a9'), 'identical'],
    [
      'an empty message is none',
      failed('5', ''),
      grpc(new Uint8Array(), [['grpc-status', '5']]),
      'identical',
    ],
    [
      'trailers-only',
      {
        headers: [
          ['content-type', 'application/grpc'],
          ['grpc-status', '5'],
          ['grpc-message', 'a'],
        ],
      },
      failed('5', 'a'),
      'identical',
    ],
    [
      'details with and without padding',
      grpc(new Uint8Array(), [...ok, ['grpc-status-details-bin', 'AQ==']]),
      grpc(new Uint8Array(), [...ok, ['grpc-status-details-bin', 'AQ']]),
      'identical',
    ],
    [
      'a trailer of the service',
      grpc(frame(approved), [...ok, ['x-cost', '1']]),
      grpc(frame(approved), [...ok, ['x-cost', '2']]),
      'mismatch | trailer.x-cost',
    ],
    [
      'no status at all in modern',
      grpc(frame(approved)),
      grpc(frame(approved), []),
      'mismatch | grpc.status',
    ],
  ];
  for (const [title, legacy, modern, expected, rules] of rows) {
    test(title, () => {
      expect(summary(compareAnswers(legacy, modern, { ...rules, descriptors, path: QUOTE }))).toBe(expected);
    });
  }

  test('a stream is a list of messages', () => {
    const stream = (...numbers: bigint[]) => grpc(concat(...numbers.map((n) => frame(transaction(n)))));
    const rules = { descriptors, path: STREAM };
    expect(summary(compareAnswers(stream(1n, 2n), stream(1n, 2n), rules))).toBe('identical');
    expect(summary(compareAnswers(stream(1n, 2n), stream(1n, 3n), rules))).toBe('mismatch | body[1].number');
    expect(summary(compareAnswers(stream(1n), stream(1n, 3n), rules))).toBe('mismatch | body[1]');
  });

  test('without a descriptor the bytes decide', () => {
    expect(
      summary(compareAnswers(grpc(frame(explicitDefault)), grpc(frame(approved)), { path: '/x.Y/Z' })),
    ).toBe('mismatch | body');
    expect(
      summary(
        compareAnswers(grpc(frame(gzipSync(approved)), ok, []), grpc(frame(approved)), { path: '/x.Y/Z' }),
      ),
    ).toBe('mismatch | body');
  });

  test('a descriptor set that cannot be read is set aside', () => {
    const rules = { descriptors: [Uint8Array.of(0xff, 0xff)], path: QUOTE };
    expect(summary(compareAnswers(grpc(frame(approved)), grpc(frame(approved)), rules))).toBe('identical');
  });
});

describe('Connect and gRPC-Web', () => {
  const web = (status: number) =>
    concat(frame(approved), frame(new TextEncoder().encode(`grpc-status:${status}\r\n`), 0x80));
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const streamed = (end: string) =>
    concat(frame(new TextEncoder().encode('{"number":"1"}')), frame(new TextEncoder().encode(end), 2));
  const rows: Row[] = [
    [
      'application/proto',
      typed('application/proto', explicitDefault),
      typed('application/proto', approved),
      'identical',
    ],
    [
      'application/proto, empty: a message of defaults',
      typed('application/proto', ''),
      typed('application/proto', Uint8Array.of(0x10, 0)),
      'identical',
    ],
    [
      'JSON: defaults and numbers as text',
      typed('application/json', '{"creditScore":"5","reason":"","approved":true}'),
      typed('application/json', '{"approved":true,"credit_score":5}'),
      'identical',
    ],
    [
      'JSON: null is absent',
      typed('application/json', '{"reason":null}'),
      typed('application/json', '{}'),
      'identical',
    ],
    [
      'JSON: a field differs',
      typed('application/json', '{"creditScore":5}'),
      typed('application/json', '{"creditScore":6}'),
      'mismatch | body.creditScore',
    ],
    [
      'JSON: an error is no message',
      typed('application/json', '{"code":"internal","reason":""}', 500),
      typed('application/json', '{"code":"internal"}', 500),
      'mismatch | body.reason',
    ],
    [
      'gRPC-Web',
      typed('application/grpc-web+proto', web(0)),
      typed('application/grpc-web+proto', web(0)),
      'identical',
    ],
    [
      'gRPC-Web status',
      typed('application/grpc-web+proto', web(0)),
      typed('application/grpc-web+proto', web(5)),
      'mismatch | grpc.status',
    ],
    [
      'gRPC-Web as text, each frame encoded',
      typed('application/grpc-web-text', base64(web(0))),
      typed('application/grpc-web-text', base64(frame(approved)) + base64(web(0).subarray(7))),
      'identical',
    ],
    [
      'Connect stream end',
      typed('application/connect+json', streamed('{}')),
      typed('application/connect+json', streamed('{"error":{"code":"internal"}}')),
      'mismatch | trailer.error',
    ],
  ];
  for (const [title, legacy, modern, expected, rules] of rows) {
    test(title, () => {
      expect(summary(compareAnswers(legacy, modern, { ...rules, descriptors, path: QUOTE }))).toBe(expected);
    });
  }
});

describe('approved corrections and mappings reach gRPC', () => {
  const halved = {
    path: QUOTE,
    descriptors,
    approved: [{ name: 'half', why: 'halved', path: 'body.monthlyPayment', expect: 'decimal(legacy) / 2' }],
  };

  test('a correction of a field by its JSON name', () => {
    expect(summary(compareAnswers(grpc(frame(quote('10.00'))), grpc(frame(quote('5.00'))), halved))).toBe(
      'equivalent | body.monthlyPayment (approved:half)',
    );
    expect(summary(compareAnswers(grpc(frame(quote('10.00'))), grpc(frame(quote('10.00'))), halved))).toBe(
      'mismatch | body.monthlyPayment',
    );
  });

  test('and one that reads the request message', () => {
    const request = toBinary(QuoteLoanRequestSchema, create(QuoteLoanRequestSchema, { amount: '7.00' }));
    const approved = [
      { name: 'as-asked', why: 'x', path: 'body.monthlyPayment', expect: 'request.body.amount' },
    ];
    const rules: RuleParts = {
      ...halved,
      approved,
      request: { requestHeaders: [['content-type', 'application/grpc']], requestBody: frame(request) },
    };
    expect(summary(compareAnswers(grpc(frame(quote('10.00'))), grpc(frame(quote('7.00'))), rules))).toMatch(
      /^equivalent/,
    );
  });

  test('legacy XML against modern gRPC', () => {
    const formats: RuleParts['formats'] = [
      {
        legacy: { format: Format.XML },
        modern: { format: Format.DECLARED },
        map: [
          { legacy: 'body.Quote.Ok', modern: 'body.approved', codes: { J: 'true', N: 'false' } },
          { legacy: 'body.Quote.Rate', modern: 'body.monthlyPayment' },
        ],
      },
    ];
    const xml = (rate: string) => typed('text/xml', `<Quote><Ok>J</Ok><Rate>${rate}</Rate></Quote>`);
    const rules = { path: QUOTE, descriptors, formats };
    const declared = 'header.content-type (format:xml→declared)';
    expect(summary(compareAnswers(xml('10.00'), grpc(frame(quote('10.00'))), rules))).toBe(
      `equivalent | ${declared}`,
    );
    expect(summary(compareAnswers(xml('10.00'), grpc(frame(quote('10.01'))), rules))).toBe(
      `mismatch | body.monthlyPayment | ${declared}`,
    );
    expect(summary(compareAnswers(xml('10.00'), failed('13', 'oops'), rules))).toContain('grpc.status');
  });
});
