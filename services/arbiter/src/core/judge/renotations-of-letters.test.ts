import { describe } from '@jest/globals';
import { twins } from './testing/twins.ts';

const base64url = (claims: object) => btoa(JSON.stringify(claims)).replaceAll('=', '');
const token = (claims: object, signature: string) =>
  `${base64url({ alg: 'HS256' })}.${base64url(claims)}.${signature}`;

describe('one thing in other letters', () => {
  const subject = (sub: string, iat: number) => ({ sub, role: 'user', iat });
  twins([
    ['a host in letters', 'harmless', 'site', [['xn--mnchen-3ya.example', 'münchen.example']]],
    [
      'a host without its mark',
      'ask',
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
