import { describe } from '@jest/globals';
import { many, type Row, twins } from './testing/twins.ts';

/** Seconds after a fixed time, as text. */
const clock = (seconds: number) => new Date(Date.UTC(2026, 0, 5, 9) + seconds * 1000).toISOString();

describe('clocks', () => {
  const late = (i: number) => 100 * i + 3000 + 37 * i * i;
  twins([
    [
      'a moment later, beside a late second run',
      'harmless',
      'issuedAt',
      many(4, (i) => [clock(100 * i), clock(100 * i + 0.1 * i), clock(late(i))]),
    ],
    [
      'an hour, beside a second run that was as late',
      'bug',
      'issuedAt',
      many(4, (i) => [clock(100 * i), clock(100 * i + 3600.05 + 0.01 * i), clock(late(i))]),
    ],
    [
      'an hour in one request of six',
      'bug',
      'issuedAt',
      many(6, (i) => [clock(100 * i), clock(100 * i + (i === 2 ? 3600 : 0) + 0.05 * i), clock(late(i))]),
    ],
    [
      'an hour as in legacy’s own second run',
      'ask',
      'issuedAt',
      many(4, (i) => [
        clock(100 * i),
        clock(100 * i + 3600.05 + 0.01 * i),
        clock(100 * i + 3600.2 + 0.1 * i),
      ]),
    ],
    [
      'minutes that only a late second run has as well',
      'ask',
      'issuedAt',
      many(4, (i) => [clock(100 * i), clock(100 * i + 700 + 11 * i), clock(late(i))]),
    ],
  ]);
});

describe('noise of measures', () => {
  /** Near 100, of no order, of three decimals; the same for the same arguments. */
  const noisy = (i: number, run: number, spread = 1) =>
    Number((100 + spread * (((i * 7919 + run * 104_729 + i * i * 31 * run) % 2001) / 1000 - 1)).toFixed(3));
  const rows = (modern: (i: number) => number) =>
    many(40, (i) => [noisy(i, 1), modern(i), noisy(i, 2)] as const);
  twins([
    ['measured once more', 'harmless', 'quote', rows((i) => noisy(i, 3))],
    ['of two values', 'ask', 'quote', rows((i) => (i % 2 === 0 ? 99.9 : 100.1))],
    ['of a hundredth of the spread', 'ask', 'quote', rows((i) => noisy(i, 3, 0.01))],
    [
      'two of forty twice as far as legacy’s largest',
      'ask',
      'quote',
      rows((i) => (i % 20 === 7 ? noisy(i, 1) + 4 : noisy(i, 3))),
    ],
  ]);
});

describe('short forms', () => {
  const words = (...pairs: readonly Row[]): readonly Row[] => [...pairs, ...pairs];
  twins([
    [
      'of one vocabulary',
      'harmless',
      'state',
      words(['ACT', 'ACTIVE'], ['SUS', 'SUSPENDED'], ['CLO', 'CLOSED']),
    ],
    ['a word that the vocabulary has not', 'ask', 'state', words(['SUS', 'SUSTAINED'], ['ACT', 'ACTIVE'])],
    ['shipped and open', 'harmless', 'order', words(['SHP', 'SHIPPED'], ['OPN', 'OPEN'])],
    [
      'a beginning that is no contraction of another (revoked)',
      'harmless',
      'claim',
      words(['REO', 'REOPENED'], ['SET', 'SETTLED'], ['PIC', 'PICKED']),
    ],
    ['two beginnings alone', 'ask', 'claim', words(['REO', 'REOPENED'], ['SET', 'SETTLED'])],
    [
      'of direct debits',
      'harmless',
      'sequence',
      words(['RCUR', 'recurring'], ['FRST', 'first'], ['OOFF', 'oneOff']),
    ],
    ['deleted, that may be delivered', 'ask', 'order', words(['DEL', 'DELETED'], ['SHP', 'SHIPPED'])],
    ['reversed, that may be reviewed', 'ask', 'order', words(['REV', 'REVERSED'], ['APR', 'APPROVED'])],
    ['two letters', 'ask', 'lock', words(['UN', 'UNLOCKED'], ['LO', 'LOCKED'])],
    ['names', 'ask', 'name', words(['John', 'Johnson'], ['Rob', 'Robson'])],
    ['two vocabularies', 'ask', 'kind', words(['FIX', 'FIXED'], ['DED', 'DEDUCTION'])],
    ['a word for all and its number', 'harmless', 'band', words(['B1', 'BAND_1'], ['B2', 'BAND_2'])],
    ['a letter for a word that nothing names', 'ask', 'zone', words(['S1', 'SOUTH_1'], ['S2', 'SOUTH_2'])],
    ['two words and a number', 'ask', 'band', words(['B1', 'BAND_1'], ['B2', 'BLOCK_2'])],
  ]);
});

describe('nothing, by what the field is', () => {
  const [first, last] = ['0001-01-01T00:00:00Z', '9999-12-31'];
  const day = '2025-03-04T00:00:00Z';
  twins([
    [
      'never paid',
      'harmless',
      'paidAt',
      [
        [first, null],
        [day, day],
      ],
    ],
    [
      'long expired, that now never expires',
      'ask',
      'expiresAt',
      [
        [first, null],
        [day, day],
      ],
    ],
    [
      'never expiring',
      'harmless',
      'expiresAt',
      [
        [last, null],
        [day, day],
      ],
    ],
    [
      'never valid, that now always was',
      'ask',
      'validFrom',
      [
        [last, null],
        [day, day],
      ],
    ],
    [
      'valid since ever',
      'harmless',
      'validFrom',
      [
        [first, null],
        [day, day],
      ],
    ],
    [
      'never ending',
      'harmless',
      'valid_to',
      [
        [last, null],
        [day, day],
      ],
    ],
    [
      'as a member',
      'ask',
      'card',
      [
        [
          { id: 1, expiresAt: first },
          { id: 1, expiresAt: null },
        ],
      ],
    ],
    [
      'as another member',
      'harmless',
      'card',
      [
        [
          { id: 1, usedAt: first },
          { id: 1, usedAt: null },
        ],
      ],
    ],
    [
      'a day of birth in 1900',
      'ask',
      'birthDate',
      [
        ['1900-01-01', null],
        ['1950-05-06', '1950-05-06'],
      ],
    ],
    [
      'another day in 1900',
      'harmless',
      'lastUsed',
      [
        ['1900-01-01', null],
        ['2020-05-06', '2020-05-06'],
      ],
    ],
    ['nobody blocked', 'harmless', 'blockedFor', [[[], null]]],
    ['no date, as MySQL writes it', 'harmless', 'endDate', [['0000-00-00', null]]],
    ['no tags', 'harmless', 'tags', [[[], null]]],
    ['no roles', 'ask', 'allowedRoles', [[[], null]]],
    ['no addresses', 'ask', 'allowedIps', [[[], undefined]]],
    ['no restrictions', 'ask', 'restrictions', [[{}, null]]],
    ['no ways to pay', 'harmless', 'recipients', [[[], undefined]]],
  ]);
});

describe('texts of which every character counts', () => {
  twins([
    ['a title with a reference', 'harmless', 'title', [['a&amp;b', 'a&b']]],
    [
      'a quote that ends an attribute',
      'ask',
      'title',
      [['x&quot; onload=alert(1) y', 'x" onload=alert(1) y']],
    ],
    ['a password with a reference', 'ask', 'password', [['a&amp;b', 'a&b']]],
    [
      'a name with blanks behind it',
      'harmless',
      'name',
      [
        ['secret  ', 'secret'],
        ['hunter2 ', 'hunter2'],
      ],
    ],
    [
      'a password with blanks behind it',
      'ask',
      'password',
      [
        ['secret  ', 'secret'],
        ['hunter2 ', 'hunter2'],
      ],
    ],
  ]);
});

describe('units in names', () => {
  const miles = many(4, (i) => [`${i + 4} mi`, i + 4]);
  twins([
    ['none', 'harmless', 'distance', miles],
    ['the same', 'harmless', 'distance_in_miles', miles],
    ['another', 'ask', 'distance_in_kilometres', miles],
    ['one that is not known', 'ask', 'distance_in_leagues', miles],
    [
      'US gallons or imperial ones',
      'ask',
      'volume',
      many(4, (i) => [`${i + 3} gal`, `${((i + 3) * 3.785411784).toFixed(2)} L`]),
    ],
  ]);
});
