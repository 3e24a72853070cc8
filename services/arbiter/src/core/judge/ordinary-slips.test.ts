import { describe, expect, test } from '@jest/globals';
import { judgeEpisode } from './judge-episode.ts';
import { many, type Row, twins } from './testing/twins.ts';

const MESSAGES = [
  'The order could not be found',
  'Your card was declined',
  'Please try again later',
  'The amount is too small',
];
const kept = (...texts: readonly unknown[]): readonly Row[] => texts.map((text) => [text, text]);

describe('what a service says to its clients', () => {
  twins([
    ...[
      'java.lang.NullPointerException: null',
      'ERROR: relation "orders" does not exist',
      'dial tcp 10.1.2.3:6379: i/o timeout',
      'upstream http://orders.prod.svc.cluster.local:8080/v1 timed out',
      "Duplicate entry 'a@b.example' for key 'users.email'",
      '/srv/app/src/orders/service.js:88',
    ].map((told) => [`internals: ${told}`, 'bug', 'x', [...kept(...MESSAGES), [MESSAGES[0], told]]] as const),
    [
      'internals where legacy makes its text anew',
      'bug',
      'x',
      many(4, (i) => [
        `Quote reference ${i}97D${i}C`,
        `ORA-0094${i}: no such table`,
        `Quote reference ${i}11B${i}A`,
      ]),
    ],
    [
      'a version in a text',
      'ask',
      'x',
      many(4, (i) => [`Error ${i}, see the manual`, `Fault ${i}, see our manual`]),
    ],
    [
      'the key of a label',
      'bug',
      'x',
      [...kept('Shipped', 'On hold'), ['Ready for collection', 'order.status.ready']],
    ],
    [
      'labels as codes',
      'ask',
      'x',
      [
        ['Shipped', 'shipped.v2'],
        ['Open', 'open.v2'],
      ],
    ],
    [
      'files named in place of titles',
      'ask',
      'x',
      [
        ['The terms of use', 'terms.pdf'],
        ['The prices', 'prices.pdf'],
      ],
    ],
    [
      'another language in two requests',
      'bug',
      'x',
      [
        ...kept('Vielen Dank für Ihre Bestellung.', 'Der Artikel ist nicht lieferbar.'),
        ['Die Sitzung ist abgelaufen.', 'The session has expired.'],
        ['Bitte prüfen Sie Ihre Eingabe.', 'Please check your input.'],
      ],
    ],
    [
      'legacy speaks both',
      'ask',
      'x',
      [
        ...kept('The order is on its way to you.'),
        ['Die Sitzung ist abgelaufen.', 'The session has expired.'],
        ['Bitte prüfen Sie Ihre Eingabe.', 'Please check your input.'],
      ],
    ],
  ]);
});

test('a text of which legacy’s own tell as much shows nothing', () => {
  const observations = ['orders', 'users', 'items'].map((name) => ({
    legacy: JSON.stringify(`ORA-00942: no table ${name}`),
    modern: JSON.stringify(`ERROR: relation "${name}" does not exist`),
  }));
  expect(judgeEpisode({ id: 'e', field: 'x', observations }).rule).not.toBe('internals-shown');
});

describe('numbers and days', () => {
  const decimals = ['1.25', '3.4', '2.11', '4.5', '1.7', '9.3', '7.75', '6.2'];
  twins([
    [
      'the tenth version',
      'bug',
      'x',
      [...['1.2', '2.11', '1.12', '3.13', '4.7'].map((text): Row => [text, Number(text)]), ['4.20', 4.2]],
    ],
    [
      'a version by its name',
      'bug',
      'softwareVersion',
      [
        ['1.2', 1.2],
        ['1.12', 1.12],
        ['1.10', 1.1],
      ],
    ],
    [
      'decimals as they come',
      'ask',
      'x',
      [...decimals.map((text): Row => [text, Number(text)]), ['4.20', 4.2]],
    ],
    ['amounts', 'harmless', 'x', many(6, (i) => [`${i}.${i}0`, i + i / 10])],
    [
      'no day as the first of days',
      'bug',
      'x',
      [
        ['20140618', '2014-06-18'],
        ['00000000', '0001-01-01', '00000000'],
      ],
    ],
    [
      'no day as none',
      'harmless',
      'x',
      [
        ['20140618', '2014-06-18'],
        ['00000000', null, '00000000'],
      ],
    ],
    [
      'born tomorrow',
      'bug',
      'GEB-DAT',
      [
        ['670510', '1967-05-10'],
        ['311231', '2031-12-31'],
      ],
    ],
    [
      'born in time',
      'ask',
      'GEB-DAT',
      [
        ['670510', '1967-05-10'],
        ['991231', '1999-12-31'],
      ],
    ],
    [
      'sorted by amounts in texts',
      'bug',
      'x',
      many(4, (i) => [
        ['879.00', '1035.00', `15${i}5.00`],
        [1035, 1500 + i * 10 + 5, 879],
      ]),
    ],
    [
      'an hour and a half in minutes',
      'ask',
      'x',
      [
        ['01:30', 90],
        ['00:45', 45],
        ['10:05', 605],
      ],
    ],
    [
      'its figures',
      'bug',
      'x',
      [
        ['01:30', 130],
        ['00:45', 45],
        ['10:05', 1005],
      ],
    ],
    [
      'weeks of a year',
      'harmless',
      'x',
      [
        ['10/2024', '2024-W10'],
        ['48/2023', '2023-W48'],
      ],
    ],
    [
      'the week after',
      'bug',
      'x',
      [
        ['10/2024', '2024-W11'],
        ['48/2023', '2023-W49'],
      ],
    ],
    [
      'months as weeks',
      'ask',
      'x',
      [
        ['10/2024', '2024-W10'],
        ['11/2023', '2023-W11'],
      ],
    ],
    [
      'the end of a card',
      'harmless',
      'card.expiry',
      [
        ['0327', '2027-03'],
        ['1128', '2028-11'],
      ],
    ],
    [
      'another end of it',
      'bug',
      'card.expiry',
      [
        ['0327', '2027-04'],
        ['1128', '2028-12'],
      ],
    ],
    [
      'figures of no card',
      'ask',
      'x',
      [
        ['0327', '2027-03'],
        ['1128', '2028-11'],
      ],
    ],
    [
      'an interval',
      'harmless',
      'x',
      [
        ['1 year 2 mons 3 days', 'P1Y2M3D'],
        ['00:15:00', 'PT15M'],
      ],
    ],
    [
      'another interval',
      'bug',
      'x',
      [
        ['1 year 2 mons 3 days', 'P1Y3M2D'],
        ['00:15:00', 'PT15M'],
      ],
    ],
    [
      'a moment as it is spoken',
      'harmless',
      'x',
      [
        ['Mar 5, 2024 1:02:03 PM', '2024-03-05T13:02:03'],
        ['Monday, January 9, 2023 12:30 AM', '2023-01-09T00:30:00'],
      ],
    ],
    ['half a day off', 'bug', 'x', [['Mar 5, 2024 1:02:03 PM', '2024-03-05T01:02:03']]],
    ['bytes of PostgreSQL', 'harmless', 'x', [['\\x0102030405060708', '0102030405060708']]],
    ['other bytes', 'bug', 'x', [['\\x0102030405060708', '0102030405060709']]],
  ]);
});

describe('slots, masks, letters', () => {
  const slot = (...names: string[]) => names.map((name) => name.padEnd(12));
  twins([
    [
      'slots that are not filled',
      'ask',
      'x',
      [
        [slot('Anna', '', 'Lars'), ['Anna', 'Lars']],
        [slot('', '', ''), []],
      ],
    ],
    [
      'a filled slot is lost',
      'bug',
      'x',
      [
        [slot('Anna', '', 'Lars'), ['Anna']],
        [slot('', '', ''), []],
      ],
    ],
    [
      'what the mask leaves',
      'ask',
      'x',
      [
        ['************0004', '0004'],
        ['************1111', '1111'],
      ],
    ],
    [
      'more than it leaves',
      'bug',
      'x',
      [
        ['************0004', '20004'],
        ['************1111', '11111'],
      ],
    ],
    ['nothing but a mask', 'bug', 'x', [...kept(105_000, 90_000), ['#####', 137_000]]],
    [
      'letters by their names in markup',
      'harmless',
      'x',
      [
        ['<p>Sm&oslash;rrebr&oslash;d, &frac12; price</p>', '<p>Smørrebrød, ½ price</p>'],
        ['<b>Tom</b>', '<b>Tom</b>'],
      ],
    ],
    ['another letter in it', 'bug', 'x', [['<p>Sm&oslash;rrebr&oslash;d</p>', '<p>Smörrebröd</p>']]],
    ['initials', 'ask', 'x', [...kept('Penicillin', 'Latex'), ['NKA', 'no known allergies']]],
    [
      'groups of three',
      'ask',
      'x',
      [
        ['$1,234.50', 1234.5],
        ['-$7.00', -7],
      ],
    ],
  ]);
});

describe('names and answers of others', () => {
  const customers = ['James Silva', 'Ahmed Murphy', 'Eva Maier', 'Sam Novak', 'Ida Lund'];
  const profile = (i: number) => ({ customerNo: 291_494 + i * 7_117, name: customers[i] });
  const own = customers.map((_, i): Row => [profile(i), profile(i)]);
  const asked = (legacy: number, modern: number, again: boolean): Row =>
    again ? [legacy, modern, legacy] : [legacy, modern];
  const cents = (again: boolean): readonly Row[] => [
    ...many(8, (i) => asked(i + 0.25, i + 0.25, again)),
    asked(12.35, 12.34, again),
    asked(77.45, 77.44, again),
  ];
  twins([
    ['another customer', 'bug', 'x', [...own.slice(0, 4), [profile(4), profile(1)]]],
    [
      'a state that several have',
      'ask',
      'x',
      many(6, (i) => [
        { code: `A${i % 2}`, label: ['waiting for goods', 'sent to customers'][i % 2] },
        { code: `B${i % 2}`, label: ['waiting for wares', 'sent to our customer'][i % 2] },
      ]),
    ],
    ['escaped for a page', 'bug', 'x', [...kept('Ann Fox', 'Bob Lee'), ['Fox & Sons', 'Fox &amp; Sons']]],
    ['escaped within a page', 'ask', 'x', [...kept('<b>Ann</b> Fox'), ['Fox & Sons', 'Fox &amp; Sons']]],
    ['a name without its apostrophe', 'bug', 'x', [...kept('Ann Fox'), ["Pat O'Brien", 'Pat OBrien']]],
    ['a name with another apostrophe', 'ask', 'x', [...kept('Ann Fox'), ["Pat O'Brien", 'Pat O’Brien']]],
    [
      'a name of which the case is not known',
      'ask',
      'x',
      [
        ['ANN FOX', 'Ann Fox'],
        ['PAT MCDONALD', 'Pat Mcdonald'],
        ['Eva McKay', 'Eva Mckay'],
      ],
    ],
    ['minutes of one figure', 'bug', 'x', [...kept('10:15'), ['07:05', '7:5']]],
    ['cents that legacy repeats', 'bug', 'x', cents(true)],
    ['cents that legacy was not asked for again', 'ask', 'x', cents(false)],
    ['binary noise in a sentence', 'ask', 'x', [['8.30', '8.299999999999999']]],
  ]);
});

describe('figures of a fixed width in the units of their currency', () => {
  const verdict = (rows: readonly (readonly [string, string, string])[]) =>
    judgeEpisode({
      id: 'e',
      field: 'x',
      observations: rows.map(([figures, currency, amount]) => ({
        legacy: JSON.stringify({ amount: figures, currency }),
        modern: `{"amount":${amount},"currency":"${currency}"}`,
      })),
    }).verdict;
  const dollars = [
    ['000000002442', 'USD', '24.42'],
    ['000000059534', 'USD', '595.34'],
    ['000000009964', 'USD', '99.64'],
  ] as const;

  test.each([
    ['harmless', '41477'],
    ['bug', '414.77'],
    ['bug', '4147.7'],
  ])('%s: yen as %s', (expected, amount) => {
    expect(verdict([...dollars, ['000000041477', 'JPY', amount]])).toBe(expected);
  });

  test('dollars alone do not tell that the figures are cents', () => {
    expect(verdict(dollars)).toBe('ask');
  });
});
