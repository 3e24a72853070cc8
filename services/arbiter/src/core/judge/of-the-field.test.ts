import { describe } from '@jest/globals';
import { many, twins } from './testing/twins.ts';

const clock = (i: number) => Math.floor(Date.UTC(2026, 0, 5, 9) / 1000) + 100 * i;
const told = (i: number) => new Date(clock(i) * 1000).toISOString().replace('.000', '');

describe('blanks', () => {
  twins([
    [
      'behind, to one width',
      'harmless',
      'x',
      [
        ['AB ', 'AB'],
        ['CD ', 'CD'],
      ],
    ],
    ['several behind', 'harmless', 'x', [['AB   ', 'AB']]],
    ['one behind, alone', 'ask', 'x', [['Mr ', 'Mr']]],
    ['in front', 'ask', 'x', [[' kg', 'kg']]],
  ]);
});

describe('lists', () => {
  const list = (...texts: string[]) => texts.map((text) => [text, text.split(/, ?| /)] as const);
  twins([
    ['words that come again', 'harmless', 'tags', list('red blue', 'blue green', 'green red')],
    ['names of two words', 'ask', 'city', list('new york', 'san francisco')],
    ['a comma in each', 'ask', 'company', list('acme,inc', 'allen,ltd')],
    ['bars', 'harmless', 'tags', [['red|blue', ['red', 'blue']]]],
    [
      'lines of one width',
      'harmless',
      'note',
      [
        [
          ['please ring at the door twice', 'and leave it with the porter'],
          'please ring at the door twice and leave it with the porter',
        ],
      ],
    ],
    ['elements', 'ask', 'allergens', [[['peanut butter', 'soy milk'], 'peanut butter soy milk']]],
  ]);
});

describe('one unit for all of a value', () => {
  twins([
    [
      'seconds',
      'harmless',
      'x',
      [
        [
          { read: '5 s', write: '9 s' },
          { read: 5, write: 9 },
        ],
      ],
    ],
    ['seconds since 1970', 'harmless', 'at', many(3, (i) => [told(i), clock(i)])],
    ['milliseconds in one request', 'bug', 'at', many(3, (i) => [told(i), clock(i) * (i === 1 ? 1000 : 1)])],
  ]);
});

describe('keys', () => {
  const keyed = (ours: object, theirs: object) => many(2, () => [ours, theirs]);
  twins([
    ['in another style', 'harmless', 'x', keyed({ First: 1, Last: 2 }, { first: 1, last: 2 })],
    ['of which some change', 'ask', 'x', keyed({ Alice: 5, bob: 7 }, { alice: 5, bob: 7 })],
    ['that are symbols', 'ask', 'x', keyed({ CO: 5, N: 78 }, { Co: 5, N: 78 })],
  ]);
});

describe('without an end', () => {
  const until = (field: string) =>
    [
      field,
      [
        ['9999-12-31', null],
        ['2025-03-04', '2025-03-04'],
      ],
    ] as const;
  twins([
    ['valid', 'harmless', ...until('validUntil')],
    ['expelled', 'ask', ...until('expelledUntil')],
    ['blocked, by what stands before it', 'ask', ...until('blocked.until')],
    ['a contract, by what stands before it', 'harmless', ...until('contract.until')],
    ['nothing says what', 'ask', ...until('until')],
  ]);
});

describe('without an end, beside what is barred', () => {
  const last = '9999-12-31';
  const always = (ours: object, theirs: object) => many(6, () => [ours, theirs]);
  twins([
    ['a ban', 'ask', 'x', always({ until: last, banned: true }, { until: null, banned: true })],
    ['a ban, left out', 'ask', 'x', always({ until: last, banned: true }, { banned: true })],
    ['by the neighbour alone', 'ask', 'x', always({ end: last, banned: true }, { end: null, banned: true })],
    ['by the neighbour, left out', 'ask', 'x', always({ end: last, banned: 'Y' }, { banned: true })],
    ['none', 'harmless', 'x', always({ end: last, banned: false }, { end: null, banned: false })],
    ['of what is active', 'harmless', 'x', always({ end: last, active: true }, { end: null, active: true })],
    [
      'in a list',
      'ask',
      'x',
      always([{ id: 7, end: last, locked: true }], [{ id: 7, end: null, locked: true }]),
    ],
    ['the ban is lifted', 'bug', 'x', always({ until: last, banned: true }, { until: null, banned: false })],
    [
      'the yes means another thing',
      'ask',
      'x',
      always({ until: last, banned: true }, { until: null, active: true }),
    ],
    ['the ban is nothing', 'bug', 'x', always({ until: last, banned: true }, { until: null, banned: null })],
  ]);
});

describe('figures', () => {
  twins([
    [
      'minutes and hours',
      'harmless',
      'worked',
      [
        ['35:48', 35.8],
        ['26:30', 26.5],
      ],
    ],
    [
      'a time of day',
      'bug',
      'departure',
      [
        ['14:30', 14.5],
        ['09:15', 9.25],
      ],
    ],
    ['a day, with its seconds', 'harmless', 'at', many(2, (i) => [clock(i), told(i)])],
    ['an order', 'ask', 'orderNumber', many(2, (i) => [clock(i), told(i)])],
    ['a joint before many figures', 'harmless', 'x', [['AB-1234', 'AB1234']]],
    ['a minus', 'ask', 'reading', [['TEMP-12', 'TEMP12']]],
  ]);
});
