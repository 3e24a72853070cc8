import { decodeText } from '@chronos/arbiter/core/compare/charset.ts';
import { parseMediaType } from '@chronos/arbiter/core/compare/media-type.ts';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import { describe, expect, test } from '@jest/globals';
import { keyedHashOf } from '../../shell/keyed-hash.ts';
import { toBinaryText } from './binary.ts';
import { maskExchange } from './mask-exchange.ts';
import { exchangeOf, rulesFor, type Said } from './testing.ts';

const hash = keyedHashOf('a key for tests, of 32 characters', 'bank');

type Written = readonly [type: string, body: string | Uint8Array];

/** What is stored: its content type, its bytes, and its text as the arbiter reads it. */
function stored([type, body]: Written, more: Parameters<typeof exchangeOf>[2] = {}, told: Said = {}) {
  const exchange = exchangeOf({}, { ...told, type, body }, more);
  maskExchange(exchange, rulesFor({}, hash), codecs);
  const { headers = [], body: bytes = new Uint8Array() } = exchange.response ?? {};
  const contentType = new TextDecoder().decode(headers.find(({ name }) => name === 'content-type')?.value);
  const read = decodeText(bytes, parseMediaType(contentType).charset);
  return { contentType, bytes, text: read.ok ? read.text : read.reason, notes: exchange.masking };
}

const le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));
const be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16());
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const MARK = '\ufeff';

describe('in whatever charset a body is written, it is masked and compared by what it says', () => {
  const json = '{"name":"Zoë","password":"hunter2","iban":"DE89370400440532013000"}';
  const plain = stored(['application/json', json]).text;

  test.each<[string, Written]>([
    ['UTF-16 as it is said', ['application/json; charset=utf-16le', le(json)]],
    ['UTF-16 the other way round', ['application/json; charset="UTF-16BE"', be(json)]],
    ['UTF-16 with a mark', ['application/json; charset=utf-16', be(MARK + json)]],
    ['UTF-16 that only its mark tells', ['application/json', le(MARK + json)]],
    ['the same, without a type', ['', be(MARK + json)]],
    ['UTF-16 that nothing tells', ['application/json', le(json)]],
    ['UTF-16 that nothing tells, the other way round', ['text/plain', be(json)]],
    ['Latin 1', ['application/json; charset=iso-8859-1', latin1(json)]],
    ['Latin 9', ['application/json; charset=ISO-8859-15', latin1(json)]],
  ])('%s', (_, written) => {
    const { text, contentType, notes } = stored(written);
    expect(text).toBe(plain);
    expect(contentType).toMatch(/; charset=utf-8$/);
    expect(notes.join()).toContain('stored as UTF-8');
  });

  test('a table, a page, XML by its declaration, a form', () => {
    expect(
      stored(['text/csv; charset=utf-16le; header=present', le(`${MARK}a,pin\n1,1234\n`)]),
    ).toMatchObject({
      text: expect.stringMatching(/^a,pin\n1,⟨masked:pin:[0-9a-f]{16}⟩\n$/),
      contentType: 'text/csv; header=present; charset=utf-8',
    });
    const xml = (charset: string) =>
      `<?xml version="1.0" encoding="${charset}"?><a><n>Zoë</n><pin>1234</pin></a>`;
    const said = stored(['application/xml', latin1(xml('ISO-8859-1'))]);
    expect(said.text).toMatch(/<n>Zoë<\/n><pin>⟨masked:pin:[0-9a-f]{16}⟩/);
    expect(stored(['text/html; charset=utf-16be', be('<p>Zoë, password: hunter2x')]).text).toMatch(
      /Zoë, password: ⟨masked/,
    );
    expect(stored(['application/x-www-form-urlencoded; charset=utf-16le', le('pin=1234')]).text).toMatch(
      /^pin=⟨masked/,
    );
  });

  test('without a secret all bytes and headers stay', () => {
    const bytes = le(`${MARK}{"a":1}`);
    expect(stored(['application/json; charset=utf-16', bytes])).toMatchObject({
      bytes,
      contentType: 'application/json; charset=utf-16',
      notes: [],
    });
  });
});

describe('text that cannot be read is its hash', () => {
  /** `PIN 1234` in code page 037. */
  const ebcdic = Uint8Array.of(0xd7, 0xc9, 0xd5, 0x40, 0xf1, 0xf2, 0xf3, 0xf4);
  test.each<[string, Written]>([
    ['a charset nobody knows', ['text/plain; charset=ibm037', ebcdic]],
    ['EBCDIC that nothing tells', ['text/plain', ebcdic]],
    ['the same, without a type', ['', ebcdic]],
    [
      'bytes that are not in their charset',
      ['text/plain; charset=utf-16', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00)],
    ],
    ['UTF-32', ['text/plain', Uint8Array.of(0xff, 0xfe, 0, 0, 0x41, 0, 0, 0)]],
  ])('%s', (_, written) => {
    expect(new TextDecoder().decode(stored(written).bytes)).toMatch(/^⟨masked:body:bytes:[0-9a-f]{16}⟩$/);
  });

  test('of JSON it stays JSON, so that it is said to be none', () => {
    const half = stored(['application/json; charset=utf-16', le('{"pin":"1234"')]);
    expect(half.text).toMatch(/^"⟨masked:body:bytes:[0-9a-f]{16}⟩"$/);
    const unknown = stored(['application/json; charset=ibm037', ebcdic]);
    expect(unknown.contentType).toBe('application/json; charset=ibm037');
  });

  test('pictures and Latin text with a few bytes that are none stay', () => {
    for (const written of [
      ['image/png', ebcdic],
      ['text/plain', latin1('Zoë and René')],
    ] as const) {
      expect(stored(written).bytes).toEqual(written[1] === ebcdic ? ebcdic : latin1('Zoë and René'));
    }
  });
});

describe('UTF-16 within bytes', () => {
  const hidden = 'pwd=hunter2;4111 1111 1111 1111;';
  test.each([
    ['little-endian', le(hidden)],
    ['big-endian', be(hidden)],
  ])('%s: masked at its length', (_, wide) => {
    const body = Uint8Array.of(1, 0xff, 0xfe, 9, ...wide, 0xff, 3);
    for (const more of [{}, { transport: Transport.TCP }]) {
      const { bytes } = stored(['application/octet-stream', body], more);
      const shown = toBinaryText(bytes).replaceAll('\0', '');
      expect(shown).toContain('pwd=[');
      expect(shown).not.toMatch(/hunter2|1111/);
      expect(bytes).toHaveLength(body.length);
    }
  });

  test('what is no secret stays', () => {
    const body = Uint8Array.of(1, 0xff, ...le('name=ann; 4111 1111 1111 1112'), 0, 0, 0);
    expect(stored(['application/octet-stream', body]).bytes).toEqual(body);
  });
});
