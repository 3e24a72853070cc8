import { gzipSync } from 'node:zlib';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import {
  LoginRequestSchema,
  LoginResponseSchema,
  TransactionSchema,
} from '@chronos/proto/bank/v1/bank_pb.js';
import { FixedRecordSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Exchange, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import { describe, expect, test } from '@jest/globals';
import { keyedHashOf } from '../../shell/keyed-hash.ts';
import { frame } from '../testing.ts';
import { maskExchange } from './mask-exchange.ts';
import { exchangeOf, rulesFor, type Said, type Told } from './testing.ts';

const hash = keyedHashOf('a key for tests, of 32 characters', 'bank');
const card = '4111 1111 1111 1111';
const iban = 'DE89 3704 0044 0532 0130 00';
const jwt = `eyJhbGciOiJIUzI1NiJ9.${btoa('{"sub":"C-1","segment":"VIP"}').replaceAll('=', '')}.c2lnbmF0dXJl`;

function masked(response: Said, told: Told = {}, more: Partial<Exchange> = {}, request: Said = {}): Exchange {
  const exchange = exchangeOf(request, response, more);
  maskExchange(exchange, rulesFor(told, hash), codecs);
  return exchange;
}

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
/** Hashes are of no interest here but for being equal: each is numbered in the order of first sight. */
function readable(shown: string, seen = new Map<string, number>()): string {
  return shown.replaceAll(/([:[])([0-9a-f]{12,})(?=[⟩\]])/g, (_, before, digits) => {
    seen.set(digits, seen.get(digits) ?? seen.size + 1);
    return `${before}#${seen.get(digits)}`;
  });
}
const body = (said: Said, told?: Told) => readable(text(masked(said, told).response?.body));
const headers = (exchange: Exchange, half: 'request' | 'response' = 'response') =>
  (exchange[half]?.headers ?? []).map(({ name, value }) => `${name}: ${readable(text(value))}`);

describe('JSON', () => {
  test.each<[string, string, string, Told?]>([
    ['nothing', '{ "a" : 1.50, "a":[] }', '{ "a" : 1.50, "a":[] }'],
    ['a card', `{"n": "${card}", "x":1.0}`, '{"n": "⟨masked:card:#1⟩", "x":1.0}'],
    ['a card as number', '[4111111111111111]', '["⟨masked:card:number:#1⟩"]'],
    [
      'not each long number',
      '[4111111111111112, 1732280000000, 0.4111111111111111]',
      '[4111111111111112, 1732280000000, 0.4111111111111111]',
    ],
    [
      'separators mean nothing',
      `["${iban}","DE89370400440532013000","DE89-3704-0044-0532-0130-00"]`,
      '["⟨masked:iban:#1⟩","⟨masked:iban:#1⟩","⟨masked:iban:#1⟩"]',
    ],
    [
      'case may mean something',
      '["GB82WEST12345698765432","gb82west12345698765432"]',
      '["⟨masked:iban:#1⟩","⟨masked:iban:#2⟩"]',
    ],
    ['within prose', `{"text":"from ${iban}, \\"ok\\""}`, '{"text":"from ⟨masked:iban:#1⟩, \\"ok\\""}'],
    ['by escapes', '{"n":"\\u0034111 1111 1111 1111"}', '{"n":"⟨masked:card:#1⟩"}'],
    ['in a key', '{"4111111111111111":{"open":true}}', '{"⟨masked:card:#1⟩":{"open":true}}'],
    [
      'by the name of its key',
      '{"newPin":"1234","access_token":"abc","pins":"x"}',
      '{"newPin":"⟨masked:pin:#1⟩","access_token":"⟨masked:token:#2⟩","pins":"x"}',
    ],
    [
      'names that end as secrets do',
      '{"userPassword":"a","aws_secret_access_key":"b","webhook-secret":"c","backupCodes":["d"],"jwt":"e"}',
      '{"userPassword":"⟨masked:password:#1⟩","aws_secret_access_key":"⟨masked:secret:#2⟩","webhook-secret":"⟨masked:secret:#3⟩","backupCodes":["⟨masked:one-time:#4⟩"],"jwt":"⟨masked:token:#5⟩"}',
    ],
    [
      'names that only speak of secrets',
      '{"hasPassword":true,"passwordHint":"a","nextPageToken":"b","secretary":"c","spinning":"d","pinTries":2}',
      '{"hasPassword":true,"passwordHint":"a","nextPageToken":"b","secretary":"c","spinning":"d","pinTries":2}',
    ],
    [
      'all below that key',
      '{"password":{"old":"a","new":["b"],"n":null,"e":""}}',
      '{"password":{"old":"⟨masked:password:#1⟩","new":["⟨masked:password:#2⟩"],"n":null,"e":""}}',
    ],
    ['JSON in a text', '{"raw":"{\\"pin\\": \\"1234\\"}"}', '{"raw":"{\\"pin\\": \\"⟨masked:pin:#1⟩\\"}"}'],
    [
      'text and number are not the same',
      '{"pin":1234,"Pin":"1234","PIN":1234.0}',
      '{"pin":"⟨masked:pin:number:#1⟩","Pin":"⟨masked:pin:#2⟩","PIN":"⟨masked:pin:number:#1⟩"}',
    ],
    [
      'declared',
      '{"accounts":[{"id":7,"ok":true},{"id":"7"}],"id":7}',
      '{"accounts":[{"id":"⟨masked:value:number:#1⟩","ok":true},{"id":"⟨masked:value:#2⟩"}],"id":7}',
      { fields: ['body.accounts[*].id'] },
    ],
    ['declared in requests only', '{"id":7}', '{"id":7}', { fields: ['request.body.id'] }],
    [
      'declared, and recognition off',
      `{"id":true,"pin":"1","n":"${card}"}`,
      `{"id":"⟨masked:value:boolean:#1⟩","pin":"1","n":"${card}"}`,
      { fields: ['response.body.id'], recognise: false },
    ],
    ['cannot be read', '{"pin":"1234"', '"⟨masked:body:bytes:#1⟩"'],
  ])('%s', (_, given, expected, told: Told = {}) =>
    expect(body({ body: given, type: 'application/json' }, told)).toBe(expected),
  );

  test('a compressed body is stored plain, if something in it was masked', () => {
    const compressed = (json: string): Said => ({
      body: gzipSync(json),
      type: 'application/json',
      headers: [['content-encoding', 'gzip']],
    });
    const secret = masked(compressed('{"pin":"1234"}'));
    expect(readable(text(secret.response?.body))).toBe('{"pin":"⟨masked:pin:#1⟩"}');
    expect(headers(secret)).toEqual(['content-type: application/json']);
    expect(secret.masking).toContain('response.body: stored without its content-encoding gzip');
    const open = masked(compressed('{"a":1}'));
    expect(open.response?.body).toEqual(new Uint8Array(gzipSync('{"a":1}')));
    expect(headers(open)).toContain('content-encoding: gzip');
  });
});

describe('other bodies', () => {
  test.each<[string, string, string, string, Told?]>([
    [
      'a form',
      'application/x-www-form-urlencoded',
      'a=1&PIN=12%2034&card=4111+1111+1111+1111',
      'a=1&PIN=⟨masked:pin:#1⟩&card=⟨masked:card:#2⟩',
    ],
    [
      'lines of JSON',
      'application/x-ndjson',
      '{"pin":"1"}\n{"a":1}\n',
      '{"pin":"⟨masked:pin:#1⟩"}\n{"a":1}\n',
    ],
    [
      'events',
      'text/event-stream',
      'event: a\ndata: {"pin":"1"}\n\n',
      'event: a\ndata: {"pin":"⟨masked:pin:#1⟩"}\n\n',
    ],
    [
      'XML',
      'application/xml',
      `<?xml version="1.0"?><b:Doc x="${card}"><Pin> 12&#51;4 </Pin><!-- ${card} --><T><![CDATA[${iban}]]></T></b:Doc>`,
      '<?xml version="1.0"?><b:Doc x="⟨masked:card:#1⟩"><Pin> ⟨masked:pin:#2⟩ </Pin><!-- ⟨masked:card:#1⟩ --><T><![CDATA[⟨masked:iban:#3⟩]]></T></b:Doc>',
    ],
    [
      'XML, declared with and without its root',
      'text/xml',
      '<Doc><Items><Item id="1">a</Item><Item id="2"/></Items></Doc>',
      '<Doc><Items><Item id="⟨masked:value:#1⟩">⟨masked:value:#2⟩</Item><Item id="⟨masked:value:#3⟩"/></Items></Doc>',
      { fields: ['body.Doc.Items.Item[*].@id', 'body.Items.Item[0]'] },
    ],
    ['XML that is none', 'text/xml', '<Doc><Pin>1</Doc>', '⟨masked:body:bytes:#1⟩'],
    [
      'a part of a form',
      'multipart/form-data; boundary=X',
      '--X\r\nContent-Disposition: form-data; name="pin"\r\n\r\n1234\r\n--X--\r\n',
      '--X\r\nContent-Disposition: form-data; name="pin"\r\n\r\n⟨masked:pin:#1⟩\r\n--X--\r\n',
    ],
  ])('%s', (_, type, given, expected, told: Told = {}) =>
    expect(body({ body: given, type }, told)).toBe(expected),
  );

  test.each<[string, string, string, string]>([
    ['JSON that calls itself a page', 'text/html', '{"pin":"1234","n":1}', '{"pin":"⟨masked:pin:#1⟩","n":1}'],
    ['JSON in a call', 'application/javascript', 'cb({"holder":"Ada"});', '⟨masked:body:bytes:#1⟩'],
    ['JSON set to a name', 'text/javascript', 'window.state = {"holder":"Ada"};', '⟨masked:body:bytes:#1⟩'],
    ['broken JSON that says nothing of itself', '', '{"holder":"Ada",}', '⟨masked:body:bytes:#1⟩'],
    ['broken JSON behind a guard', 'text/plain', `)]}',\n{"holder":"Ada",}`, '⟨masked:body:bytes:#1⟩'],
    ['a page', 'text/html', '<p>holder Ada<br>', '⟨masked:body:bytes:#1⟩'],
    ['a text that names one', 'text/plain', 'holder (Ada)', '⟨masked:body:bytes:#1⟩'],
    ['a text that names none', 'text/plain', 'welcome (Ada)', 'welcome (Ada)'],
  ])('where fields are declared: %s', (_, type, given, expected) => {
    const said = type === '' ? { body: given } : { body: given, type };
    expect(body(said, { fields: ['body.holder', 'body.pin'] })).toBe(expected);
  });

  test('columns of text stay where they are', () => {
    const shown = text(masked({ body: `A ${iban} 12\n`, type: 'text/plain' }).response?.body);
    expect(shown).toMatch(/^A \[[0-9a-f]{25}\] 12\n$/);
  });

  test('declared columns of declared lines', () => {
    const record = create(FixedRecordSchema, {
      name: 'Account',
      startsWith: 'A',
      columns: [
        { name: 'Id', start: 2, length: 4 },
        { name: 'Holder', start: 6, length: 10 },
        { name: 'Pin', start: 16, length: 4 },
      ],
    });
    const exchange = exchangeOf(
      {},
      { type: 'text/plain', body: 'A0007 Ada      1234\nB0007 Ada      1234\n' },
    );
    const rules = rulesFor({ fields: ['body.Account[*].Holder'] }, hash);
    maskExchange(exchange, { ...rules, records: [record] }, codecs);
    expect(text(exchange.response?.body)).toMatch(
      /^A0007 [0-9a-f]{3} {6}\[[0-9a-f]{2}\]\nB0007 Ada {6}1234\n$/,
    );
  });

  test('a cut body is not stored', () => {
    const exchange = exchangeOf({}, { body: '{"pin":"12', type: 'application/json' });
    exchange.response!.bodyTruncated = true;
    maskExchange(exchange, rulesFor({}, hash), codecs);
    expect(exchange.response?.body).toHaveLength(0);
  });

  test('a raw connection keeps its lengths', () => {
    const exchange = masked({ body: 'PAN=4111111111111111;' }, {}, { transport: Transport.TCP });
    expect(text(exchange.response?.body)).toMatch(/^PAN=\[[0-9a-f]{14}\];$/);
  });
});

describe('protobuf', () => {
  const login = { path: '/bank.v1.BankService/Login' };
  const ofLogin = (told?: Told) => {
    const request = toBinary(LoginRequestSchema, {
      $typeName: 'bank.v1.LoginRequest',
      customerId: 'C-1',
      pin: '1234',
    });
    const response = toBinary(LoginResponseSchema, {
      $typeName: 'bank.v1.LoginResponse',
      token: jwt,
      customerId: 'C-1',
      segment: 'VIP',
      accounts: ['a', iban],
    });
    const exchange = masked({ body: frame(response), type: 'application/grpc' }, told, login, {
      body: request,
      type: 'application/proto',
    });
    return {
      request: fromBinary(LoginRequestSchema, exchange.request!.body),
      response: fromBinary(LoginResponseSchema, exchange.response!.body.subarray(5)),
    };
  };

  test('by names and values', () => {
    const { request, response } = ofLogin();
    expect(request.customerId).toBe('C-1');
    expect(readable(request.pin)).toBe('⟨masked:pin:#1⟩');
    expect(readable(response.token)).toBe('⟨masked:jwt:#1⟩');
    expect(response.accounts.map((a) => readable(a))).toEqual(['a', '⟨masked:iban:#1⟩']);
  });

  test('declared, by either spelling of the name', () => {
    const { request, response } = ofLogin({
      fields: ['request.body.customer_id', 'response.body.accounts[0]'],
      recognise: false,
    });
    expect(readable(request.customerId)).toBe('⟨masked:value:#1⟩');
    expect(response.customerId).toBe('C-1');
    expect(response.accounts.map((a) => readable(a))).toEqual(['⟨masked:value:#1⟩', iban]);
  });

  test('another number stands for a number', () => {
    const numbered = (number: bigint) => {
      const sent = toBinary(TransactionSchema, {
        $typeName: 'bank.v1.Transaction',
        number,
        kind: 'k',
        amount: '',
        balanceAfter: '',
        counterparty: '',
        text: '',
        reference: '',
      });
      const exchange = masked(
        { body: frame(sent), type: 'application/grpc' },
        { fields: ['body.number'] },
        { path: '/bank.v1.BankService/StreamTransactions' },
      );
      return fromBinary(TransactionSchema, exchange.response!.body.subarray(5));
    };
    expect(numbered(7n)).toEqual(numbered(7n));
    expect(numbered(7n).kind).toBe('k');
    expect(numbered(7n).number).not.toBe(7n);
    expect(numbered(7n).number).not.toBe(numbered(8n).number);
    expect(numbered(0n).number).toBe(0n);
  });

  test('of an unknown message what gives itself away, at its length; with declared paths all of it', () => {
    const sent = frame(
      toBinary(LoginRequestSchema, { $typeName: 'bank.v1.LoginRequest', customerId: card, pin: 'a' }),
    );
    const unknown = (told: Told) => masked({ body: sent, type: 'application/grpc' }, told).response!.body;
    const read = fromBinary(LoginRequestSchema, unknown({}).subarray(5));
    expect(read).toMatchObject({ customerId: expect.stringMatching(/^\[[0-9a-f]{17}\]$/), pin: 'a' });
    expect(readable(text(unknown({ fields: ['body.x'] }).subarray(5)))).toBe('⟨masked:body:bytes:#1⟩');
  });

  test('what is no such message is hashed whole', () => {
    const exchange = masked({ body: frame(Uint8Array.of(0x0a, 99)), type: 'application/grpc' }, {}, login);
    expect(readable(text(exchange.response!.body.subarray(5)))).toBe('⟨masked:body:bytes:#1⟩');
    expect(exchange.masking).toContain('response.body: hashed whole: not a bank.v1.LoginResponse');
  });
});

describe('headers and targets', () => {
  test('an answer', () => {
    const answer: Said = {
      headers: [
        ['set-cookie', 'sid=abc; Path=/; HttpOnly'],
        ['set-cookie', 'gone=; Max-Age=0'],
        ['location', `/pay?token=t&n=${card.replaceAll(' ', '%20')}#pin=1`],
        ['x-auth-token', 'abc'],
        ['x-account', 'A1'],
        ['etag', '"1"'],
      ],
      trailers: [['x-proof', `Bearer ${'a'.repeat(20)}`]],
    };
    const exchange = masked(answer, { fields: ['header.X-Account'] });
    expect(headers(exchange)).toEqual([
      'set-cookie: sid=⟨masked:cookie:#1⟩; Path=/; HttpOnly',
      'set-cookie: gone=; Max-Age=0',
      'location: /pay?token=⟨masked:token:#1⟩&n=⟨masked:card:#2⟩#pin=⟨masked:pin:#3⟩',
      'x-auth-token: ⟨masked:token:#1⟩',
      'x-account: ⟨masked:value:#1⟩',
      'etag: "1"',
    ]);
    expect(exchange.response?.trailers.map(({ value }) => readable(text(value)))).toEqual([
      'Bearer ⟨masked:bearer:#1⟩',
    ]);
  });

  test('cookies and credentials, though nothing else is recognised', () => {
    const exchange = masked(
      {
        headers: [
          ['set-cookie', 'sid=abc'],
          ['x-api-key', 'k'],
          ['x-n', card],
        ],
      },
      { recognise: false },
    );
    expect(headers(exchange)).toEqual([
      'set-cookie: sid=⟨masked:cookie:#1⟩',
      'x-api-key: ⟨masked:api-key:#1⟩',
      `x-n: ${card}`,
    ]);
  });

  test('a request: its target, and only the claims that segments need', () => {
    const path = '/accounts/DE89370400440532013000/cards/7';
    const unsigned = jwt.replace(/[^.]*$/, '[redacted]');
    const request: Said = {
      headers: [
        [':path', `${path}?q=1&token=x`],
        ['authorization', `Bearer ${unsigned}`],
        ['traceparent', '00-41111111111111114111111111111111-4111111111111111-01'],
      ],
    };
    const exchange = masked(
      {},
      { claims: ['segment'], fields: ['path.4', 'query.q'] },
      { path, clientRequestId: card },
      request,
    );
    expect(headers(exchange, 'request')).toEqual([
      ':path: /accounts/⟨masked:iban:#1⟩/cards/⟨masked:value:#2⟩?q=⟨masked:value:#3⟩&token=⟨masked:token:#4⟩',
      `authorization: Bearer eyJhbGciOiJIUzI1NiJ9.${btoa('{"segment":"VIP"}').replaceAll('=', '')}.[redacted]`,
      'traceparent: 00-41111111111111114111111111111111-4111111111111111-01',
    ]);
    expect(readable(exchange.path)).toBe('/accounts/⟨masked:iban:#1⟩/cards/⟨masked:value:#2⟩');
    expect(readable(exchange.clientRequestId)).toBe('⟨masked:card:#1⟩');
  });
});

test('another key, another migration, other rules: other masks, other version', () => {
  const others = [
    keyedHashOf('another key for tests, 32 characters', 'bank'),
    keyedHashOf('a key for tests, of 32 characters', 'shop'),
    hash,
  ];
  const versions = new Set(others.map((each) => rulesFor({}, each).version)).add(
    rulesFor({ fields: ['body.a'] }, hash).version,
  );
  expect(new Set(others.map((each) => each('1234'))).size).toBe(3);
  expect(versions.size).toBe(4);
  expect(masked({}).maskingVersion).toBe(rulesFor({}, hash).version);
});
