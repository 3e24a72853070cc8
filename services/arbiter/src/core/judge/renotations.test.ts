import { describe } from '@jest/globals';
import { many, twins } from './testing/twins.ts';

describe('marks beside numbers', () => {
  const booked = (amount: string, dc: string) => ({ amount, dc });
  twins([
    [
      'debit and credit lost',
      'bug',
      'balance',
      [
        [booked('35.41', 'C'), 35.41],
        [booked('57.96', 'D'), 57.96],
        [booked('5.96', 'D'), 5.96],
      ],
    ],
    [
      'a debit as a minus',
      'ask',
      'balance',
      [
        [booked('35.41', 'C'), 35.41],
        [booked('57.96', 'D'), -57.96],
        [booked('5.96', 'D'), -5.96],
      ],
    ],
    [
      'kilograms and grams lost',
      'bug',
      'parcel',
      [
        ['12 KG', { weight: 12 }],
        ['900 G', { weight: 900 }],
        ['3 KG', { weight: 3 }],
      ],
    ],
    [
      'a mark that is lost, and nothing where it was',
      'bug',
      'blocked',
      [
        ['X', true],
        [' ', true],
      ],
    ],
    [
      'nothing is no',
      'harmless',
      'blocked',
      [
        ['Y', true],
        ['N', false],
      ],
    ],
  ]);
});

describe('years of two digits', () => {
  twins([
    ['born in 2061', 'bug', 'customer.birthDate', [['12.05.61', '2061-05-12']]],
    ['born in 1961', 'harmless', 'customer.birthDate', [['12.05.61', '1961-05-12']]],
    ['born in 1921 or 2021', 'ask', 'customer.birthDate', [['12.05.21', '1921-05-12']]],
    ['of no name', 'ask', 'F017', [['12.05.61', '1961-05-12']]],
    ['born in 2061, in a proven notation', 'bug', 'dob', [['610512', '2061-05-12']]],
    ['due in 2061', 'harmless', 'dueOn', [['610512', '2061-05-12']]],
    ['a bond that ended in 1947', 'bug', 'maturityDate', [['01-NOV-47', '1947-11-01']]],
    ['a bond that ends in 2047', 'harmless', 'maturityDate', [['01-NOV-47', '2047-11-01']]],
    [
      'neighbouring years in two centuries',
      'bug',
      'F017',
      many(4, (i) => [`${68 + i}0630`, `${i < 2 ? 20 : 19}${68 + i}-06-30`]),
    ],
    [
      'years far apart in two centuries',
      'harmless',
      'F017',
      [10, 30, 75, 95].map((year) => [`${year}0630`, `${year < 70 ? 20 : 19}${year}-06-30`]),
    ],
  ]);
});

describe('units and what they are told for', () => {
  const minor = (currency: string, minorUnits: number) => ({ currency, minorUnits });
  const rate = (per: number, eur: number) => ({ currency: 'JPY', per, eur });
  twins([
    ['yen as hundredths', 'bug', 'fee', [[minor('JPY', 51663), { currency: 'JPY', amount: 516.63 }]]],
    ['yen as they are', 'harmless', 'fee', [[minor('JPY', 51663), { currency: 'JPY', amount: 51663 }]]],
    ['dinars as hundredths', 'bug', 'fee', [[minor('KWD', 51663), { currency: 'KWD', amount: 516.63 }]]],
    [
      'for 100 and for one',
      'harmless',
      'rate',
      [
        [rate(100, 0.67), rate(1, 0.0067)],
        [rate(100, 0.59), rate(1, 0.0059)],
      ],
    ],
    [
      'for 100, called for one',
      'bug',
      'rate',
      [
        [rate(100, 0.67), rate(1, 0.67)],
        [rate(100, 0.59), rate(1, 0.59)],
      ],
    ],
    [
      'basis points',
      'harmless',
      'spread',
      [
        [
          { rate: 58, unit: 'BP' },
          { rate: 0.58, unit: 'PERCENT' },
        ],
      ],
    ],
    [
      'basis points, ten to a percent',
      'bug',
      'spread',
      [
        [
          { rate: 58, unit: 'BP' },
          { rate: 5.8, unit: 'PERCENT' },
        ],
      ],
    ],
    [
      'relabelled in one of two requests',
      'bug',
      'funds',
      [
        [
          { value: 8145, unit: 'THOUSAND EUR' },
          { value: 8145000, unit: 'EUR' },
        ],
        [
          { value: 6452, unit: 'THOUSAND EUR' },
          { value: 6452, unit: 'EUR' },
        ],
      ],
    ],
    ['hours and minutes of a timetable', 'harmless', 'blockTime', [['10H13', 'PT10H13M']]],
    ['hours and minutes read as minutes', 'bug', 'blockTime', [['10H13', 'PT16H53M']]],
  ]);
});

describe('how long the answer took', () => {
  const faster = (i: number) => [88 + 7 * i, 31 + 3 * i] as const;
  twins([
    ['faster', 'ask', 'tookMs', many(5, (i) => faster(i))],
    ['faster, where legacy repeats itself', 'bug', 'tookMs', many(5, (i) => [...faster(i), faster(i)[0]])],
    ['another duration', 'bug', 'callSeconds', many(5, (i) => faster(i))],
  ]);
});

describe('times of other systems', () => {
  twins([
    ['HL7 with its offset', 'harmless', 'at', [['202606060224+0100', '2026-06-06T01:24:00Z']]],
    ['HL7 without its offset', 'bug', 'at', [['202606060224+0100', '2026-06-06T02:24:00Z']]],
    ['$HOROLOG', 'harmless', 'at', [['68190,49800', '2027-09-12T13:50:00']]],
    ['$HOROLOG a day late', 'bug', 'at', [['68190,49800', '2027-09-13T13:50:00']]],
    ['FileMan', 'harmless', 'at', [['3250409.1', '2025-04-09T10:00']]],
    ['FileMan, one o’clock', 'bug', 'at', [['3250409.1', '2025-04-09T01:00']]],
    ['a day of the year', 'harmless', 'day', [['2020/239', '2020-08-26']]],
    ['a day of the year, without the leap day', 'bug', 'day', [['2020/239', '2020-08-27']]],
    ['a tax year', 'harmless', 'year', [['2017/18', '2017-2018']]],
    ['the next tax year', 'bug', 'year', [['2017/18', '2018-2019']]],
    ['hours and minutes as a number', 'harmless', 'opens', many(3, (i) => [600 + i, `06:0${i}`])],
    ['minutes as a number', 'ask', 'waited', [[615, '06:15']]],
    ['years and months', 'harmless', 'service', [['21 years 05 months', 'P21Y5M']]],
    ['years and months, months alone', 'bug', 'service', [['21 years 05 months', 'P5Y21M']]],
    [
      'no day among days',
      'harmless',
      'endsOn',
      [
        ['00000000', null],
        ['20260131', '20260131'],
      ],
    ],
    [
      'no day as today',
      'bug',
      'endsOn',
      [
        ['00000000', '2026-11-23'],
        ['20260131', '2026-01-31'],
      ],
    ],
  ]);
});

describe('doses, bounds and how often', () => {
  const timing = (frequency: number, unit: string) => ({ frequency, period: 1, unit });
  twins([
    ['a point in front', 'bug', 'dose', [['.4 mg', { value: 4, unit: 'mg' }]]],
    ['a point in front, kept', 'harmless', 'dose', [['.4 mg', { value: 0.4, unit: 'mg' }]]],
    ['three times a day', 'harmless', 'timing', [['TID', timing(3, 'd')]]],
    ['three times a week', 'bug', 'timing', [['TID', timing(3, 'wk')]]],
    ['up to', 'harmless', 'range', [['up to 15.4', { high: 15.4 }]]],
    ['up to, as the least', 'bug', 'range', [['up to 15.4', { low: 15.4 }]]],
    ['a share', 'harmless', 'survivorShare', [['2/5', 0.4]]],
    ['the second of five', 'ask', 'dose', [['2/5', 0.4]]],
    [
      'months a month late',
      'bug',
      'paid',
      [
        [
          { 'JUL 2019': 6, 'AUG 2019': 3 },
          { '2019-08': 6, '2019-09': 3 },
        ],
      ],
    ],
    [
      'filled amounts',
      'ask',
      'dispute',
      [
        [{ a: '000000003860' }, { a: 38.6 }],
        [{ a: '000000002131' }, { a: 21.31 }],
      ],
    ],
  ]);
});

describe('points in time a part of a second away', () => {
  const start = Date.UTC(2024, 2, 1, 10);
  const at = (ms: number) => new Date(ms).toISOString();
  /** Ten requests, a day and some seconds after each other. */
  const moved = (by: (i: number) => number) =>
    many(10, (i) => [at(start + i * 86_461_733), at(start + i * 86_461_733 + by(i))]);
  const written = (as: (text: string) => string) =>
    many(10, (i) => [at(start + i * 86_461_733 + 1), as(at(start + i * 86_461_733 + 1))]);
  twins([
    ...[1, 250, 500, 999, -1, -500, -999].map(
      (ms) => [`${ms} ms in all`, 'ask', 'paid_at', moved(() => ms)] as const,
    ),
    ['some milliseconds', 'ask', 'paid_at', moved((i) => ((i * 97) % 998) + 1)],
    ['some milliseconds before or after', 'ask', 'paid_at', moved((i) => ((i * 97) % 998) - 499)],
    ['one whose digits moved, of a clock', 'ask', 'paid_at', [[at(start + 20), at(start + 200)]]],
    [
      'some of which one has its digits moved',
      'ask',
      'paid_at',
      [
        [at(start + 200), at(start + 20)],
        [at(start + 201), at(start + 199)],
      ],
    ],
    ['a second in all', 'bug', 'paid_at', moved(() => 1_000)],
    ['a second before', 'bug', 'paid_at', moved(() => -1_000)],
    ['an hour and some milliseconds', 'bug', 'paid_at', moved((i) => 3_600_000 + i)],
    ['one an hour away among milliseconds', 'bug', 'paid_at', moved((i) => (i === 4 ? 3_600_000 : 250))],
    ['the fraction left out', 'harmless', 'paid_at', written((text) => text.replace(/\.[0-9]+/, ''))],
    ['some of its digits left out', 'harmless', 'paid_at', written((text) => text.replace(/[0-9]{2}Z/, 'Z'))],
    ['zeros in its place', 'ask', 'paid_at', written((text) => text.replace(/\.[0-9]+/, '.000'))],
    [
      'rounded to the next second',
      'ask',
      'paid_at',
      [
        [at(start + 733), at(start + 1_000)],
        [at(start + 86_400_900), at(start + 86_401_000)],
      ],
    ],
    [
      'the fraction cut off the next second',
      'bug',
      'paid_at',
      [
        [at(start + 733), at(start + 2_000).replace('.000', '')],
        [at(start + 86_400_900), at(start + 86_402_000).replace('.000', '')],
      ],
    ],
  ]);
});
