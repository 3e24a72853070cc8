import { gzipSync } from 'node:zlib';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { DifferenceKind, Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codecs } from '../../shell/codecs.ts';
import { compareAnswers, type RuleParts, summary } from '../../testing/compare.ts';
import { type Answer, exchange, type HeaderPairs } from '../../testing/exchanges.ts';
import { judgeBy, NO_RULES } from '../judge/judge.ts';
import { harmless, TOO_MANY } from '../judge/ruling.ts';
import { RouteLabels } from '../verdict/route.ts';
import { compileRules } from '../verdict/rules.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { Findings } from './findings.ts';
import { LOOKED_INTO_MAX } from './judging-cost.ts';
import { DIFFERENCES_MAX } from './kept-differences.ts';
import { NumberText, type Value } from './value.ts';

/** Each of these took from seconds to hours before it was bounded; here they only have to come to their end. */
const MANY = 30_000;

const list = (of: (i: number) => string, count = MANY) =>
  `[${Array.from({ length: count }, (_, i) => of(i)).join(',')}]`;
const nested = (inner: string, depth: number) => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;
const typed = (type: string, ...more: HeaderPairs): HeaderPairs => [['content-type', type], ...more];
const short = (legacy: Answer, modern: Answer, rules?: RuleParts) =>
  summary(compareAnswers(legacy, modern, rules))
    .split(' | ')
    .slice(0, 2)
    .join(' | ');

function webFrame(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const head = Buffer.from([0x80, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 1);
  return new Uint8Array(Buffer.concat([head, bytes]));
}

describe('hostile bodies end with a verdict', () => {
  const json = (body: string | Uint8Array): Answer => ({ body });
  const form = (body: string): Answer => ({ headers: typed('application/x-www-form-urlencoded'), body });

  test.each<[string, Answer, Answer, string, RuleParts?]>([
    ['nested thirty thousand deep', json(nested('1', MANY)), json(nested('2', MANY)), 'mismatch | body'],
    [
      'a large list in ninety lists',
      json(nested(list(String), 90)),
      json(
        nested(
          list((i) => String(i === 7 ? -1 : i)),
          90,
        ),
      ),
      `mismatch | body${'[0]'.repeat(90)}[7]`,
    ],
    ['every element another', json(list(String)), json(list((i) => String(i + MANY))), 'mismatch | body[0]'],
    [
      'a list without order, turned round',
      json(list(String)),
      json(list((i) => String(MANY - 1 - i))),
      'equivalent | body (unordered:body)',
      { unordered: ['body'] },
    ],
    [
      'a list without order, one element another',
      json(list(String)),
      json(list((i) => String(MANY - i))),
      'mismatch | body[0]',
      { unordered: ['body'] },
    ],
    [
      'a list with order, turned round',
      json(list(String)),
      json(list((i) => String(MANY - 1 - i))),
      'mismatch | body',
    ],
    [
      'ten thousand keys',
      json(`{${list((i) => `"k${i}":1`, 10_000).slice(1, -1)}}`),
      json(`{${list((i) => `"k${i}":2`, 10_000).slice(1, -1)}}`),
      'mismatch | body.k0',
    ],
    [
      'keys of the prototype',
      json('{"__proto__":{"a":1},"constructor":1,"toString":1}'),
      json('{"__proto__":{"a":2},"constructor":1,"toString":1}'),
      'mismatch | body.__proto__.a',
    ],
    ['a key twice', json('{"a":1,"a":2}'), json('{"a":2}'), 'mismatch | body'],
    [
      'a million digits and the same number',
      json('9'.repeat(1e6)),
      json(`${'9'.repeat(1e6)}.0`),
      'equivalent | body (decimal-equal)',
    ],
    [
      'a million digits, one another',
      json('9'.repeat(1e6)),
      json(`8${'9'.repeat(999_999)}`),
      'mismatch | body',
    ],
    [
      'a number that nobody could write out',
      json('1e999999999'),
      json('10e999999998'),
      'equivalent | body (decimal-equal)',
    ],
    ['and another one', json('1e999999999'), json('1e999999998'), 'mismatch | body'],
    [
      'half a character',
      json('{"\\ud800":"\\udc00"}'),
      json('{"\\ud800":"\\udc01"}'),
      'mismatch | body.\ufffd',
    ],
    [
      'no UTF-8',
      json(new Uint8Array([0x22, 0xff, 0x22])),
      json(new Uint8Array([0x22, 0xfe, 0x22])),
      'mismatch | body',
    ],
    ['JSON cut off', json('{"a":[1,'), json('{"a":[1,2]}'), 'mismatch | body'],
    ['a hundred megabytes in a few kilobytes', bomb(0x20), bomb(0x21), 'lost body-too-large'],
    [
      'thirty thousand values of one key',
      form('a=1&'.repeat(MANY)),
      form(`${'a=1&'.repeat(MANY)}a=2`),
      `mismatch | body.a[${MANY}]`,
    ],
    [
      'thirty thousand trailers of one name',
      { headers: typed('application/grpc-web+proto'), body: webFrame('a:\r\n'.repeat(MANY)) },
      { headers: typed('application/grpc-web+proto'), body: webFrame(`${'a:\r\n'.repeat(MANY)}b:1\r\n`) },
      'mismatch | trailer.b',
    ],
  ])('%s', (_what, legacy, modern, expected, ...[rules]) => {
    expect(short(legacy, modern, rules)).toBe(expected);
  });

  function bomb(byte: number): Answer {
    return {
      headers: typed('application/json', ['content-encoding', 'gzip']),
      body: gzipSync(Buffer.alloc(100 << 20, byte)),
    };
  }
});

test('thirty thousand unknown fields of one number', async () => {
  const { decodeMessage } = await import('./protobuf.ts');
  const decoded = decodeMessage(VerdictSchema, unknownFieldsOf(MANY));
  expect(decoded.ok && decoded.value instanceof Map && (decoded.value.get('#99') as unknown[]).length).toBe(
    MANY,
  );

  /** Field 99 as a varint: its tag takes two bytes. */
  function unknownFieldsOf(count: number): Uint8Array {
    return new Uint8Array(Buffer.alloc(count * 3, Buffer.from([0x98, 0x06, 0x01])));
  }
});

describe('what comes of it is bounded', () => {
  test('a key of a megabyte becomes a short path, in a verdict of a few kilobytes', () => {
    const key = 'k'.repeat(1 << 20);
    const comparison = compareAnswers({ body: `{"${key}":1}` }, { body: `{"${key}":2}` });
    const [difference] = comparison.kind === Kind.LOST ? [] : comparison.differences;
    expect(difference?.path).toHaveLength(1_024);
    expect(difference?.explanation.length).toBeLessThanOrEqual(2_048);
  });

  test('a verdict of long keys and long values fits a record', () => {
    const fields = (tail: string) =>
      JSON.stringify(
        Object.fromEntries(
          Array.from({ length: 300 }, (_, i) => [
            `${i}${'鍵'.repeat(2_000)}`,
            `${'值'.repeat(4_000)}${tail}`,
          ]),
        ),
      );
    const comparison = compareAnswers({ body: fields('a') }, { body: fields('b') });
    const differences = comparison.kind === Kind.LOST ? [] : [...comparison.differences];
    const record = toBinary(VerdictSchema, create(VerdictSchema, { differences }));
    expect(record.length).toBeLessThan(3 << 20);
    expect(differences.at(-1)?.path).toBe('more');
  });

  test('only so much is judged; what comes after stands, and is said to be unproven', () => {
    let judged = 0;
    const out = new Findings(() => {
      judged += 1;
      return harmless('all', 'harmless');
    });
    for (let i = 0; i < MANY; i++) {
      const legacy = new NumberText(String(i));
      out.add({ at: { step: 'body' }, kind: DifferenceKind.VALUE, legacy, modern: legacy, explanation: '' });
    }
    expect(judged).toBeLessThan(25_000);
    expect(judged).toBeGreaterThan(15_000);
    expect(out.standing).toBe(MANY - judged);
    const differences = out.differences();
    expect(differences.length).toBeLessThanOrEqual(2 * (DIFFERENCES_MAX + 1));
    expect(differences[0]?.rule).toBe('too-many-differences');
  });

  test('beyond some hundred that stand only proofs are tried, and fewer of them', () => {
    const efforts: string[] = [];
    const out = new Findings((finding, _second, effort = 'every-rule') => {
      efforts.push(effort);
      return finding.legacy === null ? harmless('all', 'harmless') : TOO_MANY;
    });
    const add = (legacy: Value) =>
      out.add({ at: { step: 'body' }, kind: DifferenceKind.VALUE, legacy, modern: false, explanation: '' });
    for (let i = 0; i < 500; i++) add(null);
    for (let i = 0; i < MANY; i++) add(true);
    expect(efforts.filter((effort) => effort === 'every-rule')).toHaveLength(500 + LOOKED_INTO_MAX);
    expect(efforts.slice(500 + LOOKED_INTO_MAX)).not.toContain('every-rule');
    expect(efforts.length).toBeLessThan(6_000);
    expect([out.harmless, out.standing]).toEqual([500, MANY]);
  });

  test('an answer in which everything differs still has what is proven, and is the same verdict each time', () => {
    const judged = () => {
      const out = new Findings(judgeBy(NO_RULES));
      for (let i = 0; i < 2_000; i++) {
        const legacy = new Date(i * 60_000).toISOString();
        const modern = i < 1_000 ? `m${i}` : legacy.replace('.000Z', '+00:00');
        const at = { parent: { step: 'body' }, step: i };
        out.add({ at, kind: DifferenceKind.VALUE, legacy, modern, explanation: '' });
      }
      return out;
    };
    const [first, second] = [judged(), judged()];
    expect([first.standing, first.harmless]).toEqual([1_000, 1_000]);
    expect(second.differences()).toEqual(first.differences());
    expect(first.differences().map(({ rule }) => rule)).toContain('same-instant');
  });

  test('large lists that differ cost more: few are judged', () => {
    let judged = 0;
    const out = new Findings(() => {
      judged += 1;
      return harmless('all', 'harmless');
    });
    const legacy = Array.from({ length: 8_000 }, (_, i) => new NumberText(String(i)));
    for (let i = 0; i < 100; i++) {
      out.add({ at: { step: 'body' }, kind: DifferenceKind.ORDER, legacy, modern: legacy, explanation: '' });
    }
    expect(judged).toBeLessThan(10);
  });
});

const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.json({ noUnicodeString: false }),
  fc.json().map((text) => text.slice(0, -1)),
  fc.constantFrom('{"a":1,"a":2}', '{"\\ud800":1}', '[1e99999999]', '<a>&b;</a>', 'a=%ff&b', '\ufeff{}'),
);
const anyType = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-16',
  'text/plain; charset=nonsense',
  'application/x-www-form-urlencoded',
  'application/grpc',
  'application/grpc-web-text',
  'application/connect+json',
  'application/proto',
  'application/xml',
  'multipart/form-data; boundary="',
  '',
);
const anyCoding = fc.constantFrom(
  '',
  'gzip',
  'br, gzip',
  'zstd',
  'deflate',
  'nonsense',
  'gzip,gzip,gzip,gzip,gzip',
);

const anyAnswer = fc
  .tuple(anyBody, anyType, anyCoding, fc.boolean())
  .map(([body, type, coding, trailers]) => ({
    headers: typed(type, ['content-encoding', coding]),
    body,
    ...(trailers && { trailers: [['grpc-status', '0']] as HeaderPairs }),
  }));

describe('whatever the bytes', () => {
  const rules = compileRules(create(JudgingRulesSchema, { spec: { name: 'm' } }));
  const verdict = (legacy: Answer, modern: Answer) =>
    verdictOf(
      {
        requestId: 'r1',
        outcome: {
          type: 'compare',
          legacy: exchange({ ...legacy, universe: 'legacy' }),
          modern: exchange({ ...modern, universe: 'modern', role: 'shadow' }),
          second: undefined,
          answeredBy: Universe.LEGACY,
        },
      },
      { rules, routes: new RouteLabels(), codecs, nowMs: 1 },
    );

  test('there is a verdict that can be written down', () => {
    fc.assert(
      fc.property(anyAnswer, anyAnswer, (legacy, modern) => {
        const judged = verdict(legacy, modern);
        expect(fromBinary(VerdictSchema, toBinary(VerdictSchema, judged)).kind).toBe(judged.kind);
        if (judged.kind === Kind.MISMATCH) expect(judged.differences[0]?.explanation).not.toBe('');
        if (judged.kind === Kind.LOST) expect(judged.lostReason).not.toBe('');
      }),
      { numRuns: 150 },
    );
  });

  test('an answer never differs from itself', () => {
    fc.assert(
      fc.property(anyAnswer, (answer) => {
        expect(verdict(answer, answer).kind).toBe(Kind.IDENTICAL);
        // The same again without the short cut: a header that tells nothing makes the copies differ.
        const again = { ...answer, headers: [...answer.headers, ['vary', ''] as const] };
        expect([Kind.IDENTICAL, Kind.EQUIVALENT, Kind.LOST]).toContain(
          verdict(again, { ...again, headers: [...answer.headers, ['vary', ' '] as const] }).kind,
        );
      }),
      { numRuns: 150 },
    );
  });
});
