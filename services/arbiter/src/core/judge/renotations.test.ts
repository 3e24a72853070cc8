import { describe } from '@jest/globals';
import { many, twins } from './testing/twins.ts';

const base64url = (claims: object) => btoa(JSON.stringify(claims)).replaceAll('=', '');
const token = (claims: object, signature: string) =>
  `${base64url({ alg: 'HS256' })}.${base64url(claims)}.${signature}`;

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

describe('one thing in other letters', () => {
  const subject = (sub: string, iat: number) => ({ sub, role: 'user', iat });
  twins([
    ['a host in letters', 'harmless', 'site', [['xn--mnchen-3ya.example', 'münchen.example']]],
    [
      'a host without its mark',
      'bug',
      'site',
      [
        ['xn--mnchen-3ya.example', 'munchen.example'],
        ['xn--bcher-kva.example', 'bucher.example'],
      ],
    ],
    [
      'a calling code',
      'ask',
      'phone',
      [
        ['0171 4407834', '+491714407834'],
        ['030 1234567', '+49301234567'],
      ],
    ],
    [
      'a calling code before the 0',
      'bug',
      'phone',
      [
        ['0171 4407834', '+4901714407834'],
        ['030 1234567', '+490301234567'],
      ],
    ],
    [
      'a shorter mask',
      'ask',
      'iban',
      [
        ['DE37************9047', '**** 9047'],
        ['DE35************3533', '**** 3533'],
      ],
    ],
    [
      'a shorter mask with other digits',
      'bug',
      'iban',
      [
        ['DE37************9047', '**** 9074'],
        ['DE35************3533', '**** 3533'],
      ],
    ],
    [
      'signed anew',
      'ask',
      'session',
      [[token(subject('u1', 1), 'c2lnbmVkLW9uY2U'), token(subject('u1', 2), 'c2lnbmVkLWFnYWlu')]],
    ],
    [
      'another subject',
      'bug',
      'session',
      [[token(subject('u1', 1), 'c2lnbmVkLW9uY2U'), token(subject('u2', 2), 'c2lnbmVkLWFnYWlu')]],
    ],
    [
      'a decimal comma',
      'ask',
      'rate',
      [
        ['4,480 %', '4.48%'],
        ['0,552 %', '0.552%'],
      ],
    ],
    [
      'a number with the letters of its type',
      'ask',
      'bonus',
      [
        ['2404.49s2', 2404.49],
        ['220.84s2', 220.84],
      ],
    ],
    [
      'a seat without its zero',
      'ask',
      'seat',
      [
        ['016E', '16E'],
        ['002A', '2A'],
      ],
    ],
    ['an identifier without its zero', 'bug', 'ref', [['0016AB77', '16AB77']]],
    ['a plate without its last letter', 'bug', 'plate', [['VY60 XRT', 'VY60XR']]],
    ['a plate without its blank', 'harmless', 'plate', [['VY60 XRT', 'VY60XRT']]],
    ['escaped twice at once', 'bug', 'name', [['Smith & Sons', 'Smith &amp;amp; Sons']]],
  ]);
});

describe('one thing in another shape', () => {
  const row = (day: string, balance: string) => [day, balance];
  twins([
    [
      'bits as flags',
      'harmless',
      'rights',
      [
        ['1101', [true, true, false, true]],
        ['0010', [false, false, true, false]],
      ],
    ],
    [
      'bits as flags, turned round',
      'bug',
      'rights',
      [
        ['1101', [true, false, true, true]],
        ['0010', [false, true, false, false]],
      ],
    ],
    [
      'rows as objects',
      'ask',
      'series',
      [[[row('2026-07-29', '12.34')], [{ day: '2026-07-29', balance: 12.34 }]]],
    ],
    [
      'rows as objects of others',
      'bug',
      'series',
      [
        [
          [row('2026-07-29', '12.34'), row('2026-07-30', '5.60')],
          [
            { day: '2026-07-29', balance: 5.6 },
            { day: '2026-07-30', balance: 12.34 },
          ],
        ],
      ],
    ],
    [
      'a name of a passenger',
      'bug',
      'name',
      [['PATEL/AHMED MR', { surname: 'AHMED', given: 'PATEL', title: 'MR' }]],
    ],
    [
      'names in columns',
      'ask',
      'line',
      [['OKAFOR      MIA       004543539', { last: 'OKAFOR', first: 'MIA', cents: 4543539 }]],
    ],
    [
      'the wrong day of the week',
      'bug',
      'day',
      [
        [
          { date: '2025-09-08', dow: 1 },
          { date: '2025-09-08', dow: 'TUESDAY' },
        ],
      ],
    ],
    [
      'the right day of the week',
      'ask',
      'day',
      [
        [
          { date: '2025-09-08', dow: 1 },
          { date: '2025-09-08', dow: 'MONDAY' },
        ],
        [
          { date: '2025-09-09', dow: 2 },
          { date: '2025-09-09', dow: 'TUESDAY' },
        ],
      ],
    ],
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
