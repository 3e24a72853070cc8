import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import { Format, Unmapped } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { compareAnswers, type RuleParts, summary } from '../../../testing/compare.ts';
import type { Answer } from '../../../testing/exchanges.ts';

type Mapping = NonNullable<RuleParts['formats']>[number];

const typed = (type: string, body: string): Answer => ({ headers: [['content-type', type]], body });
const json = (body: string) => typed('application/json', body);
const xml = (body: string) => typed('application/xml', body);

const STATEMENT: Mapping = {
  legacy: { format: Format.XML },
  modern: { format: Format.DECLARED },
  map: [
    { legacy: 'body.Statement.@id', modern: 'body.id' },
    { legacy: 'body.Statement.Owner.Name', modern: 'body.owner' },
    { legacy: 'body.Statement.Fee', modern: 'body.fee', unit: Unit.MINOR_UNITS },
    { legacy: 'body.Statement.Rate', modern: 'body.rate', unit: Unit.PERCENT },
    { legacy: 'body.Statement.State', modern: 'body.status', codes: { A: 'ACTIVE', C: 'CLOSED' } },
    { legacy: 'body.Statement.Blocked', modern: 'body.blocked', codes: { J: 'true', N: 'false' } },
    {
      legacy: 'body.Statement.Opened',
      modern: 'body.opened',
      date: { legacy: 'DD.MM.YYYY', modern: 'YYYY-MM-DD' },
    },
    { legacy: 'body.Statement.Currency', modern: 'body.currency', default: 'EUR' },
    { legacy: 'body.Statement.Lines.Line[*].@no', modern: 'body.lines[*].no' },
    { legacy: 'body.Statement.Lines.Line[*].#text', modern: 'body.lines[*].text' },
  ],
};

const LEGACY = `<?xml version="1.0"?>
<b:Statement xmlns:b="urn:bank" id="17">
  <b:Owner><b:Name>Erika &amp; Max</b:Name></b:Owner>
  <b:Fee>1234</b:Fee><b:Rate>19.0</b:Rate><b:State>A</b:State><b:Blocked>N</b:Blocked><b:Opened>02.11.2026</b:Opened>
  <b:Lines><b:Line no="1">Rent</b:Line><b:Line no="2"><![CDATA[<Food>]]></b:Line></b:Lines>
</b:Statement>`;

const modern = (change: object = {}) =>
  json(
    JSON.stringify({
      id: '17',
      owner: 'Erika & Max',
      fee: 12.34,
      rate: 0.19,
      status: 'ACTIVE',
      blocked: false,
      opened: '2026-11-02',
      currency: 'EUR',
      lines: [
        { no: 1, text: 'Rent' },
        { no: 2, text: '<Food>' },
      ],
      ...change,
    }),
  );

const compared = (legacy: Answer, answer: Answer, mapping: Mapping, rules: RuleParts = {}) =>
  summary(compareAnswers(legacy, answer, { ...rules, formats: [mapping] }));
const SAME = 'equivalent | header.content-type (format:xml→declared)';
const OTHER = (pointer: string) => `mismatch | ${pointer} | header.content-type (format:xml→declared)`;

describe('XML held against JSON by a mapping', () => {
  test('codes, units, dates, attributes, entities, lists and defaults', () => {
    expect(compared(xml(LEGACY), modern(), STATEMENT)).toBe(SAME);
  });

  test.each<[string, object, string]>([
    ['an amount', { fee: 12.35 }, 'body.fee'],
    ['a rate that is a percentage still', { rate: 19 }, 'body.rate'],
    ['a code', { status: 'CLOSED' }, 'body.status'],
    ['a boolean', { blocked: true }, 'body.blocked'],
    ['day and month swapped', { opened: '2026-02-11' }, 'body.opened'],
    ['a default', { currency: 'USD' }, 'body.currency'],
    [
      'an element',
      {
        lines: [
          { no: 1, text: 'Rent' },
          { no: 2, text: 'Food' },
        ],
      },
      'body.lines[1].text',
    ],
    ['an element missing', { lines: [{ no: 1, text: 'Rent' }] }, 'body.lines[1]'],
    ['a field that modern adds', { iban: 'DE02' }, 'body.iban'],
  ])('%s is a difference under modern’s path', (_what, change, pointer) => {
    expect(compared(xml(LEGACY), modern(change), STATEMENT)).toBe(OTHER(pointer));
  });

  test('what legacy has and the mapping does not name is a difference, unless said otherwise', () => {
    const more = LEGACY.replace('<b:Fee>', '<b:Branch>7</b:Branch><b:Fee>');
    expect(compared(xml(more), modern(), STATEMENT)).toBe(OTHER('body.Statement.Branch'));
    expect(compared(xml(more), modern(), STATEMENT, { ignore: ['body.Statement.Branch'] })).toContain(
      'equivalent',
    );
    const lenient = { ...STATEMENT, unmapped: Unmapped.IGNORE };
    expect(compared(xml(more), modern({ iban: 'DE02' }), lenient)).toBe(SAME);
    expect(compared(xml(more), modern({ fee: 1, iban: 'DE02' }), lenient)).toBe(OTHER('body.fee'));
  });

  test('a code that is not listed is not guessed', () => {
    const comparison = compareAnswers(xml(LEGACY.replace('>A<', '>X<')), modern(), { formats: [STATEMENT] });
    const [difference] = comparison.kind === Kind.LOST ? [] : comparison.differences;
    expect(difference?.pointer).toBe('body.status');
    expect(difference?.explanation).toBe(
      'Legacy\'s value for body.status cannot be translated: "X" is not among its codes (A, C).',
    );
  });

  test('one element is a list of one, none is an empty list or none', () => {
    const lines = (inner: string) => xml(LEGACY.replace(/<b:Lines>.*<\/b:Lines>/, inner));
    const one = modern({ lines: [{ no: 1, text: 'Rent' }] });
    expect(compared(lines('<b:Lines><b:Line no="1">Rent</b:Line></b:Lines>'), one, STATEMENT)).toBe(SAME);
    for (const none of ['<b:Lines/>', '']) {
      expect(compared(lines(none), modern({ lines: [] }), STATEMENT)).toBe(SAME);
      expect(compared(lines(none), modern({ lines: undefined }), STATEMENT)).toBe(SAME);
    }
    const twice = LEGACY.replace('<b:Fee>', '<b:Fee>1</b:Fee><b:Fee>');
    expect(compared(xml(twice), modern(), STATEMENT)).toBe(OTHER('body.fee'));
  });

  test('approved corrections and ignored paths work on modern’s paths', () => {
    const half = {
      name: 'half',
      why: 'halved',
      path: 'body.fee',
      expect: 'legacy / 2 + decimal(answer.body.Statement.Rate) * 0',
    };
    expect(compared(xml(LEGACY), modern({ fee: 6.17 }), STATEMENT, { approved: [half] })).toContain(
      'body.fee (approved:half)',
    );
    expect(compared(xml(LEGACY), modern({ fee: 1 }), STATEMENT, { ignore: ['body.fee'] })).toContain(
      'body.fee (ignore:body.fee)',
    );
  });

  test('the same XML from both is no agreement where modern was to answer JSON', () => {
    expect(compared(xml(LEGACY), xml(LEGACY), STATEMENT)).toMatch(/^mismatch \| body/);
  });

  test('in latin1, as its declaration says', () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Müller</a>', 'latin1');
    const mapping = { ...STATEMENT, map: [{ legacy: 'body.a', modern: 'body.name' }] };
    expect(compared({ ...xml(''), body: new Uint8Array(bytes) }, json('{"name":"Müller"}'), mapping)).toBe(
      SAME,
    );
  });
});

describe('XML that is none, or hostile, is told with its place', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]><x>&j;</x>`;

  test.each([
    ['cut off', '<a><b>1</b>', 'unclosed tag'],
    ['two roots', '<a/><b/>', 'line 1, column'],
    ['an entity bomb', bomb, 'undefined entity'],
    [
      'an external entity',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      'undefined entity',
    ],
    ['nested too deeply', '<a>'.repeat(100_000), 'nested deeper than 100 at line 1'],
    ['an attribute twice', '<a b="1" b="2"/>', 'duplicate attribute'],
    ['not XML at all', 'HTTP 500', 'line 1'],
  ])('%s', (_what, body, reason) => {
    const comparison = compareAnswers(xml(body), modern(), { formats: [STATEMENT] });
    const words = comparison.kind === Kind.LOST ? [] : comparison.differences.map((d) => d.explanation);
    expect(comparison.kind).toBe(Kind.MISMATCH);
    expect(words.join()).toContain(reason);
  });

  test('names of the prototype are names', () => {
    const mapping = { ...STATEMENT, map: [{ legacy: 'body.a.__proto__.@constructor', modern: 'body.x' }] };
    expect(compared(xml('<a><__proto__ constructor="1"/></a>'), json('{"x":1}'), mapping)).toBe(SAME);
  });
});

describe('forms and fixed-width text', () => {
  test('a form', () => {
    const mapping: Mapping = {
      legacy: { format: Format.FORM },
      modern: { format: Format.JSON },
      map: [
        { legacy: 'body.amt', modern: 'body.amount', factor: '0.001' },
        { legacy: 'body.tag[*]', modern: 'body.tags[*]' },
      ],
    };
    const form = typed('text/plain', 'amt=12500&tag=a&tag=b%26c');
    expect(compared(form, json('{"amount":12.5,"tags":["a","b&c"]}'), mapping)).toMatch(/^equivalent/);
    expect(compared(form, json('{"amount":"12.50","tags":["a","b&c"]}'), mapping)).toMatch(/^equivalent/);
    expect(compared(form, json('{"amount":12.5,"tags":["b&c","a"]}'), mapping)).toContain('body.tags');
  });

  const FIXED: Mapping = {
    legacy: {
      format: Format.FIXED_WIDTH,
      records: [
        { name: 'head', startsWith: 'H', columns: [{ name: 'account', start: 2, length: 8 }] },
        {
          name: 'line',
          startsWith: 'L',
          columns: [
            { name: 'amount', start: 2, length: 9 },
            { name: 'day', start: 11, length: 8 },
            { name: 'text', start: 19, length: 10 },
          ],
        },
      ],
    },
    modern: { format: Format.JSON },
    map: [
      { legacy: 'body.head.account', modern: 'body.account' },
      { legacy: 'body.line[*].amount', modern: 'body.lines[*].amount', unit: Unit.MINOR_UNITS },
      {
        legacy: 'body.line[*].day',
        modern: 'body.lines[*].day',
        date: { legacy: 'YYYYMMDD', modern: 'DD/MM/YYYY' },
      },
      { legacy: 'body.line[*].text', modern: 'body.lines[*].text' },
    ],
  };
  const fixed = (lines: string) => typed('text/plain', lines);
  const lines = 'HDE02    \r\nL00001234520261102Rent      \r\nL-0000050020261130Food\r\n';
  const answer =
    '{"account":"DE02","lines":[{"amount":123.45,"day":"02/11/2026","text":"Rent"},{"amount":-5,"day":"30/11/2026","text":"Food"}]}';

  test('lines of several kinds, implied decimals, dates', () => {
    expect(compared(fixed(lines), json(answer), FIXED)).toMatch(/^equivalent/);
    expect(compared(fixed(lines), json(answer.replace('-5', '5')), FIXED)).toContain(
      'mismatch | body.lines[1].amount',
    );
  });

  test('text that no column covers is not lost unseen', () => {
    expect(compared(fixed(lines.replace('Rent      ', 'Rent      X')), json(answer), FIXED)).toContain(
      'mismatch | body.line[0].29-29',
    );
  });

  test('a line of no kind, an impossible date', () => {
    const words = (text: string) => {
      const comparison = compareAnswers(fixed(text), json(answer), { formats: [FIXED] });
      return comparison.kind === Kind.LOST ? '' : comparison.differences.map((d) => d.explanation).join();
    };
    expect(words(`${lines}X\n`)).toContain('line 4 is of no declared kind: "X"');
    expect(words(lines.replace('20261130', '20261131'))).toContain('is no date in the notation');
  });
});

test('the mapping of another route leaves the answers as they are', () => {
  const mapping = { ...STATEMENT, route: 'POST /other' };
  expect(compared(xml('<a/>'), xml('<a/>'), mapping)).toBe('identical');
});
