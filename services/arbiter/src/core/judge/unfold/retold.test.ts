import { describe, expect, test } from '@jest/globals';
import { judgeEpisode } from '../judge-episode.ts';
import { many, twins } from '../testing/twins.ts';

const day = (i: number) => `2024-03-${String(10 + i)}`;

describe('what stores and languages print', () => {
  const python = (i: number) =>
    `{'name': 'Ann', 'n': ${i + 5}, 'on': True, 'x': None, 'sum': Decimal('${i}.10')}`;
  const told = (i: number, on = true) => ({ name: 'Ann', n: i + 5, on, x: null, sum: `${i}.10` });
  twins([
    ['a dictionary of Python', 'harmless', 'x', many(4, (i) => [python(i), told(i)])],
    ['a dictionary of Python, a truth turned', 'bug', 'x', many(4, (i) => [python(i), told(i, i !== 2)])],
    [
      'a list that modern prints as Python does',
      'ask',
      'x',
      many(4, (i) => [['a', `b${i}`], `['a', 'b${i}']`]),
    ],
    ['an array', 'harmless', 'x', many(4, (i) => [`{street,"a, ${i}"}`, ['street', `a, ${i}`]])],
    [
      'an array that loses an element',
      'bug',
      'x',
      many(4, (i) => [`{street,river,x${i}}`, ['street', 'river']]),
    ],
    [
      'keys and values',
      'harmless',
      'x',
      many(4, (i) => [`"a"=>"${i + 3}", "b"=>NULL`, { a: `${i + 3}`, b: null }]),
    ],
    [
      'keys and values, one another',
      'bug',
      'x',
      many(4, (i) => [`"a"=>"${i + 13}", "b"=>"x"`, { a: `${i + 14}`, b: 'x' }]),
    ],
    [
      'an identifier of a document store',
      'harmless',
      'x',
      many(4, (i) => [{ $oid: `65003694fc47dabac523396${i}` }, `65003694fc47dabac523396${i}`]),
    ],
    [
      'a number that loses its cents',
      'bug',
      'x',
      many(4, (i) => [{ $numberDecimal: `${i + 20}.45` }, i + 20]),
    ],
    [
      'typed attributes',
      'harmless',
      'x',
      many(4, (i) => [
        { a: { S: 'x' }, n: { N: `${i + 7}` } },
        { a: 'x', n: i + 7 },
      ]),
    ],
    [
      'a typed attribute that is another',
      'bug',
      'x',
      many(4, (i) => [
        { a: { S: 'x' }, n: { N: `${i * 7 + 20}` } },
        { a: 'x', n: i * 7 + 23 },
      ]),
    ],
    [
      'an element of XML',
      'harmless',
      'x',
      many(4, (i) => [`<item id="${i + 100}"><name>Ann</name></item>`, { id: `${i + 100}`, name: 'Ann' }]),
    ],
    [
      'an element of XML without its attribute',
      'bug',
      'x',
      many(4, (i) => [`<item id="${i + 100}"><name>Ann</name></item>`, { name: 'Ann' }]),
    ],
  ]);
});

describe('what formats wrap', () => {
  const rows = (i: number) => [{ name: 'street' }, { name: `river ${i}` }];
  const edges = (i: number) => rows(i).map((node) => ({ node, cursor: `c${i}` }));
  twins([
    ['a connection', 'harmless', 'x', many(4, (i) => [rows(i), { edges: edges(i) }])],
    ['a connection without a node', 'bug', 'x', many(4, (i) => [rows(i), { edges: edges(i).slice(1) }])],
    ['a list with its count', 'harmless', 'x', many(4, (i) => [rows(i), { items: rows(i), total: 2 }])],
    ['a list beside another count', 'ask', 'x', many(4, (i) => [rows(i), { items: rows(i), total: 3 }])],
    ['a list that loses a row', 'bug', 'x', many(4, (i) => [rows(i), { items: rows(i).slice(1), total: 1 }])],
    [
      'a resource',
      'harmless',
      'x',
      many(4, (i) => [
        { id: i + 9, name: 'Ann' },
        { type: 'people', id: `${i + 9}`, attributes: { name: 'Ann' } },
      ]),
    ],
  ]);
});

describe('moments and amounts by their numbers', () => {
  const date = (i: number, month = 3) => ({ year: 2024, month, day: 10 + i });
  const money = (i: number, nanos: number) => ({ currencyCode: 'EUR', units: `${i + 4}`, nanos });
  twins([
    ['a day', 'harmless', 'x', many(4, (i) => [day(i), date(i)])],
    ['a day whose months count from zero', 'bug', 'x', many(4, (i) => [day(i), date(i, 2)])],
    ['a list of numbers', 'harmless', 'x', many(4, (i) => [[2024, 3, 10 + i, 9, 30], `${day(i)}T09:30:00`])],
    [
      'a list of numbers, a month off',
      'bug',
      'x',
      many(4, (i) => [[2024, 4, 10 + i, 9, 30], `${day(i)}T09:30:00`]),
    ],
    [
      'seconds and nanoseconds',
      'harmless',
      'x',
      many(4, (i) => [`${day(i)}T00:00:00Z`, { seconds: Date.parse(day(i)) / 1000, nanos: 0 }]),
    ],
    [
      'billionths',
      'harmless',
      'x',
      many(4, (i) => [{ amount: `${i + 4}.05`, currency: 'EUR' }, money(i, 50_000_000)]),
    ],
    [
      'billionths, ten times',
      'bug',
      'x',
      many(4, (i) => [{ amount: `${i + 4}.05`, currency: 'EUR' }, money(i, 500_000_000)]),
    ],
    [
      'an amount with a currency that nobody told',
      'ask',
      'x',
      many(4, (i) => [i + 4.25, money(i, 250_000_000)]),
    ],
    [
      'what JavaScript prints',
      'harmless',
      'x',
      many(4, (i) => [
        `Sun Mar ${10 + i} 2024 14:47:00 GMT+0100 (Central European Standard Time)`,
        `${day(i)}T13:47:00Z`,
      ]),
    ],
    [
      'what JavaScript prints, without its zone',
      'bug',
      'x',
      many(4, (i) => [
        `Sun Mar ${10 + i} 2024 14:47:00 GMT+0100 (Central European Standard Time)`,
        `${day(i)}T14:47:00Z`,
      ]),
    ],
    [
      'what SQL Server prints',
      'harmless',
      'x',
      many(4, (i) => [`Mar ${10 + i} 2024 12:47:05PM`, `${day(i)}T12:47:05`]),
    ],
    [
      'what SQL Server prints, noon as midnight',
      'bug',
      'x',
      many(4, (i) => [`Mar ${10 + i} 2024 12:47:05PM`, `${day(i)}T00:47:05`]),
    ],
    ['days and hours', 'harmless', 'x', many(4, (i) => [`${i + 2} days 04:12:00`, `P${i + 2}DT4H12M`])],
    ['days and hours, without the days', 'bug', 'x', many(4, (i) => [`${i + 2} days, 4:12:00`, 'PT4H12M'])],
  ]);
});

describe('names and places', () => {
  const states = ['ACTIVE', 'CLOSED', 'PENDING'];
  const state = (i: number) => states[i % 3] ?? '';
  twins([
    [
      'words behind the name of their enumeration',
      'harmless',
      'x',
      many(9, (i) => [state(i), `ORDER_STATUS_${state(i)}`]),
    ],
    [
      'words behind it, one another',
      'bug',
      'x',
      many(9, (i) => [state(i), `ORDER_STATUS_${i === 4 ? 'ACTIVE' : state(i)}`]),
    ],
    ['symbols', 'harmless', 'x', many(9, (i) => [`:${state(i).toLowerCase()}`, state(i).toLowerCase()])],
    ['one word alone', 'ask', 'x', many(4, () => ['ACTIVE', 'STATUS_ACTIVE'])],
    ['identifiers behind a prefix', 'ask', 'x', many(4, (i) => [i + 4000, `ord_${i + 4000}`])],
    [
      'a point',
      'harmless',
      'x',
      many(4, (i) => [`POINT(13.${i + 2} 49.5)`, { lat: 49.5, lng: Number(`13.${i + 2}`) }]),
    ],
    [
      'a point, turned',
      'bug',
      'x',
      many(4, (i) => [`POINT(13.${i + 2} 49.5)`, { lat: Number(`13.${i + 2}`), lng: 49.5 }]),
    ],
    ['a colour as its number', 'harmless', 'x', many(4, (i) => [16711680 + i, `#ff000${i}`])],
    ['a colour as its number, red for blue', 'bug', 'x', many(4, (i) => [16711680 + i, `#0${i}00ff`])],
    [
      'a ULID as UUID',
      'harmless',
      'x',
      [['47HP9MW7WJG3Q5PFK4MNE6ZV0G', '878d934e-1f92-80ee-5b3e-64a55c6fec10']],
    ],
    [
      'bytes of PostgreSQL',
      'harmless',
      'x',
      many(4, (i) => [
        `\\xc39aaacd375658af82637d0${i}`,
        Buffer.from(`c39aaacd375658af82637d0${i}`, 'hex').toString('base64'),
      ]),
    ],
  ]);
});

describe('texts behind a code', () => {
  const text = (i: number) => `Ring twice, floor ${i}`;
  const coded = (told: string) => Buffer.from(told).toString('base64');
  twins([
    ['a text in base64', 'harmless', 'note', many(4, (i) => [coded(text(i)), text(i)])],
    ['a text in base64, cut', 'bug', 'note', many(4, (i) => [coded(text(i)), text(i).slice(0, -3)])],
    ['a secret that can be read now', 'bug', 'password', many(4, (i) => [coded(text(i)), text(i)])],
    [
      'an object in base64',
      'harmless',
      'x',
      many(4, (i) => [coded(JSON.stringify({ id: i, on: true })), { id: i, on: true }]),
    ],
    [
      'JSON escaped for a URL',
      'harmless',
      'x',
      many(4, (i) => [encodeURIComponent(JSON.stringify({ id: i + 5 })), JSON.stringify({ id: i + 5 })]),
    ],
    [
      'JSON escaped for a URL, one another',
      'bug',
      'x',
      many(4, (i) => [encodeURIComponent(JSON.stringify({ id: 7 * i + 50 })), { id: 7 * i + 56 }]),
    ],
    ['a number behind its type', 'harmless', 'x', many(4, (i) => [i + 4000, coded(`Order:${i + 4000}`)])],
  ]);
});

test('what cannot be read is told in no notation, and is judged at once', () => {
  const observations = [{ legacy: '"[1]"', modern: '{79' }];
  expect(judgeEpisode({ id: 'e', field: 'x', observations }).verdict).not.toBe('harmless');
});

test('a cookie of many attributes that is none is refused at once', () => {
  const text = JSON.stringify(`a=b${'; x'.repeat(40)};;`);
  const observations = [{ legacy: text, modern: text.replace('a', 'c') }];
  expect(judgeEpisode({ id: 'e', field: 'x', observations }).verdict).not.toBe('harmless');
});
