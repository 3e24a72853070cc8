import { describe, expect, test } from '@jest/globals';
import { episodeOf, raw, type Values } from '../../testing/episodes.ts';
import { BUG_RULES } from './bugs/table.ts';
import type { Episode } from './episode.ts';
import { judgeEpisode } from './judge-episode.ts';
import { DEFAULT_PARAMETERS } from './parameters.ts';
import { NO_SCORE } from './score/score.ts';

/** What the named rules say, without the score. */
const byRules = (episode: Episode) => judgeEpisode(episode, DEFAULT_PARAMETERS, NO_SCORE);

const many = (count: number, at: (index: number) => Values): Values[] =>
  Array.from({ length: count }, (_, i) => at(i));
const cents = (units: number) => raw((units / 100).toFixed(2));

/** By bug rule: episodes that it must name. */
const BUGS: Readonly<Record<string, readonly (readonly Values[])[]>> = {
  'notation-broken': [
    [
      ['72 220183 S 038', '72220183S038'],
      ['57 110450 G 566', '57110450G566'],
      ['83 201141 F 009', '83201141F9'],
    ],
    [
      [
        'PEANUT^MILD~IODINE^SEVERE',
        [
          { n: 'PEANUT', s: 'MILD' },
          { n: 'IODINE', s: 'SEVERE' },
        ],
      ],
      ['LATEX^MILD', [{ n: 'LATEX', s: 'MILD' }]],
      ['CODEINE^MILD~LATEX^MILD', [{ n: 'CODEINE', s: 'MILD' }]],
    ],
  ],
  'century-moved': [
    [
      ['31.05.48', '2048-05-31'],
      ['30.06.49', '2049-06-30'],
      ['31.01.51', '1951-01-31'],
      ['28.02.52', '1952-02-28'],
    ],
  ],
  'claims-changed': [
    [
      [
        'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSIsInJvbGUiOiJ1c2VyIn0.c2lnbmF0dXJlLW9uZQ',
        'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSIsInJvbGUiOiJhZG1pbiJ9.c2lnbmF0dXJlLXR3bw',
      ],
    ],
  ],
  'mark-lost': [
    [
      ['57.96 D', 57.96],
      ['35.41 C', 35.41],
      ['12.07 D', 12.07],
    ],
    [
      ['2PC', { allowance: 2 }],
      ['23K', { allowance: 23 }],
      ['1PC', { allowance: 1 }],
    ],
  ],
  'truth-collapsed': [
    [
      ['X', true],
      ['', true],
    ],
  ],
  'words-glued': [
    [['Ring twice<br />\nThank you', 'Ring twiceThank you']],
    [['Call before visit  Anna', 'Callbefore visit Anna']],
  ],
  'derivation-broken': [
    [
      ...many(7, (i) => [`${i + 4} shok ${i + 1} mandel`, `${(i + 4) * 4 + i + 1} garbs`]),
      ['5 shok 11 mandel', '511 garbs'],
      ['6 shok 2 mandel', '26 garbs'],
    ],
  ],
  'segments-mispaired': [
    [
      [
        'Olga Fox 45 %, Ann Bell 55 %',
        [
          { name: 'Olga Fox', percent: 55 },
          { name: 'Ann Bell', percent: 45 },
        ],
      ],
    ],
  ],
  'sixtieths-as-decimals': [[['39:15 h', raw('39.15')]], [['2h14m', 214]], [['03:01:58', 30158]]],
  'parents-changed': [
    [
      [
        { id: 'A', sub: [{ id: 'B', sub: [{ id: 'C' }] }] },
        [
          { id: 'A', parent: null },
          { id: 'B', parent: 'A' },
          { id: 'C', parent: 'A' },
        ],
      ],
    ],
  ],
  'identifier-replaced': [
    [
      ['K2059519', 'K3854841'],
      ['K2430368', 'K2430368'],
      ['K1935673', 'K1935673'],
    ],
  ],
  'words-crossed': [
    [
      ...many(2, (i) => [{ rate: `${i}.25`, per: 'YEAR', fixed: true }, `${i}.25 % p.a.`]),
      ...many(3, (i) => [{ rate: `${i}.50`, per: 'MONTH', fixed: true }, `${i}.50 % p.m.`]),
      ...many(1, () => [{ rate: '7.75', per: 'YEAR', fixed: true }, '7.75 % p.m.']),
      ...many(1, () => [{ rate: '8.75', per: 'YEAR', fixed: true }, '8.75 % p.a.']),
    ],
  ],
  'map-key-lost': [
    [[{ 10: 8.31, 25: 1.46 }, [8.31, 1.46]]],
    [
      [{ a: 8.31 }, [8.31]],
      [
        { a: 7.5, b: 1 },
        { a: 7.5, b: 1 },
      ],
    ],
    [
      [
        { email: ['is missing'], dueDate: ['is past'] },
        [
          { field: 'email', message: 'is missing' },
          { field: 'email', message: 'is past' },
        ],
      ],
    ],
    [
      [
        { R485981: 'Ulm', R227161: 'Bonn' },
        [
          { ref: 'R485981', city: 'Ulm' },
          { ref: 'R485981', city: 'Bonn' },
        ],
      ],
    ],
  ],
  'value-lost': [
    [['payment', null]],
    [
      ['a', 'a'],
      ['b', undefined],
    ],
    [[[1], []]],
  ],
  'secret-revealed': [[['**** **** **** 1111', '4111 1111 1111 1111']]],
  'masked-other': [[['**** **** **** 1234', '**** **** **** 1243']]],
  'markup-changed': [[['<a><b>1</b></a>', '<a><b>2</b></a>']]],
  'truth-inverted': [
    [[true, false]],
    [['Y', 0]],
    [
      ['NO', false],
      ['SE', 'SE'],
    ],
  ],
  'default-put': [
    [['Bob', 'undefined']],
    [['2024-01-01', '1970-01-01']],
    [[raw('12.5'), 0]],
    [['0000-00-00', '1970-01-01']],
  ],
  'value-made-up': [
    [
      [null, 'CHECKING'],
      ['SAVINGS', 'SAVINGS'],
    ],
  ],
  'element-lost': [
    [[['a', 'b'], ['a']]],
    [
      [
        ['a', 'b', 'c'],
        ['c', 'a'],
        ['b', 'a', 'c'],
      ],
    ],
  ],
  'element-doubled': [
    [
      [
        ['a', 'b'],
        ['a', 'b', 'b'],
      ],
    ],
  ],
  'element-added': [[[['user'], ['user', 'admin']]]],
  'element-changed': [
    [
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
    ],
  ],
  'order-broken': [
    [
      [
        [1, 2, 3, 4, 5],
        [1, 2, 4, 3, 5],
      ],
    ],
  ],
  'tuple-reversed': [
    [
      [
        [52.52, 13.4],
        [13.4, 52.52],
      ],
    ],
  ],
  'list-collapsed': [
    [[['Applicant appeared', 'without the deed', 'and left'], 'Applicant appearedwithout the deedand left']],
    [[['a', 'b'], 'a']],
  ],
  'currency-changed': [[['12.50 EUR', '12.50 USD']]],
  'sign-flipped': [[[raw('-8.81'), raw('8.8100')]]],
  'integer-overflow': [[[4370059493, 75092197]], [[300, 44]], [[40000, 32767]]],
  'integer-rounded': [[[raw('3847331338612409824'), raw('3847331338612409856')]]],
  'scale-changed': [
    [
      [163855, '1638.55'],
      [16009, '160.9'],
    ],
    [[163855, raw('1638.55')]],
    [[raw('52.55'), raw('5255')]],
    [[raw('0.025'), raw('2.500')]],
  ],
  'money-float32': [[[raw('1234567.89'), raw('1234567.875')]]],
  reciprocal: [[[raw('0.667942'), raw('1.497136')]]],
  clamped: [
    [
      [raw('585.81'), raw('500')],
      [raw('939.25'), raw('500')],
      [raw('701.13'), raw('500')],
      [raw('12.10'), raw('12.10')],
    ],
  ],
  'value-of-another-request': [
    [
      [raw('551.63'), raw('496.92')],
      [raw('337.27'), raw('551.63')],
      [raw('3309.83'), raw('337.27')],
    ],
  ],
  ratio: [
    [
      [raw('100.00'), raw('102.50')],
      [raw('210.00'), raw('215.25')],
    ],
  ],
  offset: [
    [
      [raw('100.00'), raw('101.50')],
      [raw('210.00'), raw('211.50')],
      [raw('17.00'), raw('18.50')],
    ],
  ],
  'digits-cut': [[[raw('36.389'), raw('36.38')]]],
  'one-sided-rounding': [many(10, (i) => [cents(378 + 100 * i), cents(377 + 100 * i + (i % 2))])],
  'number-changed': [
    [
      [raw('29.517140'), '29.5171'],
      [raw('63.039148'), '63.0391'],
      [raw('54.321977'), '54.3220'],
    ],
    [[raw('-65027221.2646'), raw('-65027871.5433')]],
  ],
  'instant-moved': [
    [['2024-03-26T01:05:48.658Z', '2024-03-26T03:05:48.658Z']],
    [['2024-03-05', '2024-05-03']],
    [['2024-03-05T13:45:00Z', '2024-03-05']],
  ],
  'duration-changed': [[['PT1H', 'PT1M']]],
  'quantity-changed': [
    [['6\'3"', '63 in']],
    [['25,89 ct/kWh', '25.89 EUR/kWh']],
    [
      [
        { analyte: 'Glucose', value: 115, unit: 'mg/dL' },
        { analyte: 'Glucose', value: 1.3, unit: 'mmol/L' },
      ],
    ],
    [['104.54 °F', '104.54 °C']],
  ],
  'coded-value-changed': [[['2024-W05', '2024-W06']], [[16805, '2016-01-04']], [['AT', 'AUS']]],
  'code-read-as-number': [[['12E2', '1200']], [['0456', '0302']]],
  'code-as-number': [
    [
      ['06721', 6721],
      ['46721', 46721],
      ['91834', 91834],
      ['22761', 22761],
      ['81234', 81234],
    ],
  ],
  'leading-zeros-lost': [[['00235278', '235278']], [['00818   ', '818']]],
  'zero-lost': [
    [
      [0, null],
      [null, null],
      [raw('3.71'), raw('3.71')],
    ],
    [
      [0, undefined],
      [0, 0],
    ],
  ],
  'currency-mark': [
    [['A$ 4.60', { amount: raw('4.60'), currency: 'USD' }]],
    [['£ 281.34', { amount: raw('281.34'), currency: 'EUR' }]],
  ],
  'zeros-of-part-lost': [
    [['01198 Osaka', { zip: '1198', city: 'Osaka' }]],
    [
      ['05323 Turin', { zip: '5323', city: 'Turin' }],
      ['64792 Gdansk', { zip: '64792', city: 'Gdansk' }],
    ],
  ],
  'percent-mixed': [
    [
      [raw('0.2000'), '20%'],
      [raw('0.0550'), '0.055%'],
    ],
  ],
  'positions-lost': [[[{ 0: 'C1', 1: 'C2', 2: 'C3' }, ['C2', 'C3']]]],
  'factor-broken': [
    [
      ['16.41 %', raw('0.1641')],
      ['2.19 %', raw('0.0219')],
      ['5.17 %', raw('0.0517')],
      ['0.44 %', raw('0.44')],
    ],
    [['000475221', 16469]],
  ],
  'flags-listed': [
    [[{ read: false, pay: true, close: false }, ['read', 'pay', 'close']]],
    [[{ read: true, pay: true, close: false }, ['read']]],
  ],
  'rows-mispaired': [
    [
      [
        { USD: raw('7.67'), CHF: raw('6.58') },
        [
          { currency: 'CHF', amount: raw('7.67') },
          { currency: 'USD', amount: raw('6.58') },
        ],
      ],
    ],
  ],
  'split-inside': [
    [['Garcia, Sam; Novak, Yuki', ['Garcia', 'Sam; Novak', 'Yuki']]],
    [
      ['Garcia, Sam; Novak, Yuki', ['Garcia, Sam', 'Novak, Yuki']],
      ['Haddad, Ines', ['Haddad', 'Ines']],
    ],
  ],
  'characters-lost': [
    [['8B02CEBF0375AC9E89759EA304DC191D', '8b2cebf375ac9e89759ea34dc191d']],
    [['550e8400-e29b-41d4-a716-446655440000', '55e84-e29b-41d4-a716-44665544']],
    [['Q+XaInSbZ5omjb4WkOgRZTkq2do=', 'QXaInSbZ5omjb4WkOgRZTkq2do']],
  ],
  'words-lost': [[['LARS IVAN TANAKA', 'Lars Tanaka']]],
  'label-replaced': [[['4 - LOW', 'CRITICAL']], [['1 - CRITICAL', 'LOW']]],
  mojibake: [
    [['Müller', 'MÃ¼ller']],
    [['Müller', 'M?ller']],
    [['Müller', 'Muller']],
    [['Müller', 'M\ufffdller']],
  ],
  'escaped-twice': [[['a &amp; b', 'a &amp;amp; b']], [["O'Brien", "O''Brien"]], [['a+b', 'a b']]],
  'text-cut': [
    [['4 Baker Street', 'Baker Street']],
    [['reversal order café account', 'reversal o']],
    [['John Paul Smith', 'John Smith']],
  ],
  'identifier-case': [[['aB3dE9xQ', 'ab3de9xq']]],
  'text-of-another-request': [
    [
      ['São Zürich', 'fee plan'],
      ['fee plan', 'fee plan'],
    ],
  ],
  collapsed: [
    [
      ['EUR account', 'misc'],
      ['CHF account', 'misc'],
    ],
  ],
  unstable: [
    [
      ['settled item', 'settled item'],
      ['settled item', 'open matter'],
    ],
  ],
  'month-moved': [[['10/28', '2028-09-30']], [['2024-03', '2024-02-29']]],
  'impossible-value': [[['6.75', '6:75']], [['2024-03-01', '2024-02-30']], [['12:59 PM', '24:59']]],
  'placeholder-left': [
    [['Dear Sam, your invoice', 'Dear {{firstName}}, your invoice']],
    [['Hello Ann, welcome', 'Hello %s, welcome']],
    [['', 'Test']],
  ],
  'rights-widened': [[['accounts:read', ['accounts:*']]], [['read:/a', 'read:/*']]],
  'places-shifted': [[[[7, 9, 4], { M01: 9, M02: 4, M03: 7 }]], [[[7, 9, 4], { M01: 9, M02: 4 }]]],
  'internals-shown': [[['Unknown customer', "TypeError: Cannot read properties of null (reading 'iban')"]]],
  'word-doubled': [[['Silva, Maria', 'Silva Silva']]],
  'measured-changed': [
    [
      ['611 pts', '325286 points'],
      ['1015 pts', '1015 points'],
      ['2753 pts', '2753 points'],
    ],
  ],
  'names-swapped': [[['Dubois, Paul', { firstName: 'Dubois', lastName: 'Paul', verified: true }]]],
  'words-of-object-lost': [
    [
      ['MILLER, Olga Lee', { firstName: 'Olga', lastName: 'Lee', verified: true }],
      ['ROSSI, Ann', { firstName: 'Ann', lastName: 'Rossi', verified: true }],
    ],
  ],
  'atom-changed': [
    [['76-100 of 379', { first: 75, last: 100, total: 379 }]],
    [['2004-03-26', [2004, 2, 26]]],
    [['Bahnhofstrasse 36c', { street: 'Bahnhofstrasse', houseNumber: '36' }]],
  ],
  'codes-crossed': [
    [
      ['SA', 'PURCHASE'],
      ['PU', 'SALE'],
    ],
    [['X NEG', 'X+']],
  ],
  'code-replaced': [
    [['BLOCKED', 'CLOSED']],
    [['M', 'F']],
    [
      ['ALPHA', 'GAMMA'],
      ['BETA', 'BETA'],
    ],
  ],
  'identifier-changed': [
    [['a@x.com', 'b@x.com']],
    [['DE66843697165466783375', 'FR7630006000011234567890189']],
  ],
  'url-changed': [
    [['https://a.com/x', 'http://a.com/x']],
    [['https://a.com/x?id=5', 'https://a.com/x?id=6']],
    [['https://a.com/orders/7944438', '/orders/4727451']],
    [['https://old.com/documents/654040503', 'https://new.com/documents/475966570']],
  ],
  'characters-changed': [[['a91d7412-3926-4f0f-9696-d8bf6c286128', 'a91d7412-3926-4f0f-9696-d8bf6c286129']]],
  'number-in-text': [[['Your fee is 51.79 EUR', 'Your fee is 0.00 EUR']], [['52.52,13.40', '13.40,52.52']]],
  'parts-changed': [[['NYYY', [true, true, true, false]]], [['A|B|C', ['A', 'B']]]],
  'kind-changed': [[[1200, 'twelve hundred']]],
  'quoting-lost': [[['7;"Silva; Sons";1', '7;Silva; Sons;1']], [["NAD+O?'Hara'QTY+1'", "NAD+O'Hara'QTY+1'"]]],
  'cells-moved': [[['PATEL^LARS^^^MRS', 'PATEL^LARS^MRS']]],
  'number-in-words': [[['thirty-eight thousand and four', 'Thirty Eight Thousand and Five']]],
  'negation-changed': [[['The account is not blocked today', 'The account is blocked today']]],
  'copy-broken': [
    [
      ['604548818', 'US6045488185'],
      ['650968464', 'US6509684642'],
      ['631565371', 'US6315653716'],
      ['355866286', 'US3552668238'],
    ],
  ],
  'parts-lost': [
    [['k=1a; Path=/; Secure', 'Path=/; k=1a']],
    [['Path=/; Max-Age=9900; Secure', 'Secure; Path=/; Max-Age=990']],
    [
      ['read write list', 'write read list'],
      ['write read list', 'admin list read write'],
    ],
  ],
  'records-misaligned': [
    [
      [
        { a: ['x', 'y'], n: [1, 2] },
        [
          { a: 'x', n: 2 },
          { a: 'y', n: 1 },
        ],
      ],
    ],
  ],
  'place-broken': [
    [
      ['POINT (54.60 80.06)', { xy: [raw('54.60'), raw('80.06')], closed: false }],
      ['POINT (51.18 40.39)', { xy: [raw('51.18'), raw('40.39')], closed: false }],
      ['POINT (40.70 32.90)', { xy: [raw('40.70'), raw('32.90')], closed: false }],
      ['POINT (127.52 41.61)', { xy: [raw('41.61'), raw('127.52')], closed: false }],
    ],
  ],
  'unstable-structure': [
    [
      ['D', { debit: true, reversal: false }],
      ['D', { debit: true, reversal: false }],
      ['D', { debit: false, reversal: false }],
    ],
  ],
  'collapsed-structure': [
    [
      ['first kind', { group: 'x' }],
      ['second kind', { group: 'x' }],
    ],
  ],
};

describe('bugs', () => {
  test('every rule has an episode', () => {
    expect(Object.keys(BUGS).sort()).toEqual(BUG_RULES.map(({ name }) => name).sort());
  });

  const rows = Object.entries(BUGS).flatMap(([rule, episodes]) =>
    episodes.map((values) => [rule, JSON.stringify(values), values] as const),
  );
  test.each(rows)('%s: %s', (rule, _, values) => {
    const { explanation, ...judged } = judgeEpisode(episodeOf(...values));
    expect(judged).toMatchObject({ verdict: 'bug', rule });
    expect(explanation).toMatch(/requests\)\.$/);
  });
});

const HARMLESS: readonly [string, string, readonly Values[]][] = [
  [
    'gaps',
    'an enrichment that times out now and then on both sides',
    many(30, (i) => {
      const value = `A${i % 3}`;
      return [i % 7 === 0 ? null : value, i % 7 === 1 ? null : value, i % 7 === 2 ? null : value];
    }),
  ],
  [
    'noise-last-digit',
    'legacy shows its own last digit',
    many(60, (i) => [
      cents(1000 + i),
      cents(1000 + i + (i % 20 === 3 ? 1 : i % 20 === 9 ? -1 : 0)),
      cents(1000 + i + (i % 20 === 5 ? 1 : i % 20 === 7 ? -1 : 0)),
    ]),
  ],
  [
    'clock',
    'a clock',
    [['2025-01-29T07:25:15.385Z', '2025-01-29T07:25:16.276Z', '2025-01-29T07:25:15.750Z']],
  ],
  [
    'token',
    'new UUIDs',
    [
      [
        'a91d7412-3926-4f0f-9696-d8bf6c286128',
        'e5a46d18-60f2-4303-8363-249b0887fb11',
        '8f8fe65b-ead9-4989-8027-012e55a598a4',
      ],
      [
        '8cc23c76-59ef-44bb-a9d4-e2a57b08b1b1',
        'a1492f687918490499f4ad3361b8c39b',
        '56155952-a93d-4e1f-87cc-4a6f0b56b27e',
      ],
    ],
  ],
  [
    'noise-alike',
    'a quote',
    [
      [raw('568.2967'), raw('568.8189'), raw('568.0792')],
      [raw('92.2010'), raw('92.1681'), raw('92.1131')],
      [raw('312.6598'), raw('312.8257'), raw('312.1776')],
      [raw('59.3544'), raw('59.3000'), raw('59.5644')],
    ],
  ],
  [
    'choice',
    'the node that answered',
    many(8, (i) => [
      `node-${'abcd'[i % 4]}`,
      `node-${'abcd'[(i * 3 + 1) % 4]}`,
      `node-${'abcd'[(i + 2) % 4]}`,
    ]),
  ],
  [
    'spelled-out',
    'abbreviations',
    [
      ['PND', 'pending'],
      ['SUS', 'suspended'],
      ['CLS', 'closed'],
    ],
  ],
  [
    'separators-only',
    'a number without its points',
    [
      ['756.6391.0831.12', '7566391083112'],
      ['756.9543.0573.82', '7569543057382'],
      ['756.1111.2222.33', '7561111222233'],
    ],
  ],
  [
    'separators-only',
    'a blank between letters and figures',
    [
      ['SF 25', 'SF25'],
      ['SF 2', 'SF2'],
      ['SF 11', 'SF11'],
    ],
  ],
  ['constant-added', 'a version', many(3, () => [undefined, '2.1'])],
  ['constant-added', 'a region', many(3, () => [undefined, 'eu-west-1'])],
  [
    'decimal-equal',
    'parts of an object',
    [
      [
        { a: raw('1.10').text, n: [1, 2] },
        { a: raw('1.10').text, n: [1, 2] },
      ],
      [
        { a: 'x', n: 1 },
        { a: 'x', n: 1 },
      ],
      [raw('{"a":1.10}'), raw('{"a":1.1}')],
    ],
  ],
];

test('a word of a sentence that is another day, while all others are the same, is a bug', () => {
  const values: Values = ['Due on 2024-03-05 at noon', 'Due on 05.04.2024 at noon'];
  expect(judgeEpisode(episodeOf(values))).toMatchObject({ verdict: 'bug', rule: 'instant-moved' });
});

test('durations in seconds here and milliseconds there are a bug, though each is proven', () => {
  const judged = judgeEpisode(episodeOf(['PT90M', 5_400_000], ['PT60M', 3600]));
  expect(judged).toMatchObject({ verdict: 'bug', rule: 'mixed-units' });
});

test('a blank that moves is not spelled out', () => {
  expect(judgeEpisode(episodeOf(['A 1', 'A1 '], ['B 2', 'B2 '])).verdict).toBe('ask');
});

test('a code of a registry is never spelled out by its letters', () => {
  expect(judgeEpisode(episodeOf(['DE', 'Denmark'], ['FR', 'France'])).verdict).toBe('bug');
});

test.each([
  ['a fraction', '1 3/4', raw('1.75'), raw('1.34')],
  ['an hour of a named zone', '2026-07-01 10:00 CEST', '2026-07-01T08:00:00Z', '2026-07-01T10:00:00Z'],
  ['a colour', '#00FF7F', { r: 0, g: 255, b: 127 }, { r: 0, g: 127, b: 255 }],
  ['a direction', 'SW', 'South-west', 'South-east'],
  ['a day of the year', '24050', '2024-02-19', '2024-02-20'],
  [
    'a time with the code of its format',
    { value: '202609211941', format: '203' },
    '2026-09-21T19:41',
    '2026-09-21T00:00',
  ],
  ['a day with its zone', '1991-09-11+02:00', '1991-09-11', '1991-09-10'],
  [
    'ports in order',
    'DEHAM-JPTYO',
    { portOfLoading: 'DEHAM', portOfDischarge: 'JPTYO' },
    { portOfLoading: 'JPTYO', portOfDischarge: 'DEHAM' },
  ],
  [
    'letters before numbers',
    'L117 W59 H15 CM',
    { length: 117, width: 59, height: 15, unit: 'cm' },
    { length: 117, width: 15, height: 59, unit: 'cm' },
  ],
  ['a point, x first', 'POINT(13.4 52.5)', { lon: 13.4, lat: 52.5 }, { lon: 52.5, lat: 13.4 }],
])('%s', (_, legacy, same, other) => {
  expect(judgeEpisode(episodeOf([legacy, same])).verdict).toBe('harmless');
  expect(judgeEpisode(episodeOf([legacy, other])).verdict).toBe('bug');
});

test('members of which the names are forms of each other are one', () => {
  const episode = episodeOf([
    { DATE_FROM: '2024-01-02', PCT: '5.00' },
    { from: '2024-01-02', percent: 5 },
  ]);
  expect(judgeEpisode(episode).verdict).toBe('harmless');
  const other = episodeOf([
    { DATE_FROM: '2024-01-02', PCT: '5.00' },
    { from: '2024-01-02', percent: 6 },
  ]);
  expect(judgeEpisode(other).verdict).toBe('bug');
});

describe('harmless', () => {
  test.each(HARMLESS)('%s: %s', (rule, _, values) => {
    const judged = judgeEpisode(episodeOf(...values));
    expect(judged.verdict).toBe('harmless');
    if (rule !== 'decimal-equal') expect(judged.rule).toBe(rule);
  });
});

describe('members', () => {
  const says = (...values: Values[]) => judgeEpisode(episodeOf(...values)).verdict;

  test('of which one says in a text what others say apart are judged together', () => {
    const ours = { street: 'Main Street 31', city: 'Ulm' };
    const more: Values = [
      { street: 'Rue du Port 38a', city: 'Lyon' },
      { street: 'Rue du Port', houseNumber: '38a', city: 'Lyon' },
    ];
    expect(says([ours, { street: 'Main Street', houseNumber: '31', city: 'Ulm' }], more)).toBe('harmless');
    expect(says([ours, { street: 'Main Street', houseNumber: '3', city: 'Ulm' }], more)).toBe('bug');
    expect(says([ours, { street: 'Main Street', city: 'Ulm' }], more)).toBe('bug');
    const sum = { sum: '100.50 EUR', id: 1 };
    expect(says([sum, { amount: 100.5, currency: 'EUR', id: 1 }])).toBe('harmless');
    expect(says([sum, { amount: 1005, currency: 'EUR', id: 1 }])).not.toBe('harmless');
  });

  test('that have another unit in their names are converted', () => {
    const knots = { speed_kn: 10, id: 1 };
    expect(says([knots, { speed: { value: 18.52, unit: 'km/h' }, id: 1 }])).toBe('harmless');
    expect(says([knots, { speed: { value: 10, unit: 'km/h' }, id: 1 }])).toBe('bug');
    expect(says([{ TEMP_F: '68' }, { temperature: { value: 20, unit: '°C' } }])).toBe('harmless');
    expect(
      says([
        { weight_g: 500, id: 1 },
        { weight_kg: 0.5, id: 1 },
      ]),
    ).toBe('harmless');
    expect(
      says([
        { weight_g: 500, id: 1 },
        { weight_kg: 500, id: 1 },
      ]),
    ).toBe('bug');
    expect(
      says([
        { weight_g: 512, id: 1 },
        { weight_kg: 0.51, id: 1 },
      ]),
    ).not.toBe('harmless');
    expect(says([{ weightLb: '2.2046' }, { weightKg: 1 }])).toBe('ask');
  });

  test('that stand within another one are not lost', () => {
    const ours = { price: 1999, cur: 'EUR' };
    expect(says([ours, { price: { value: '19.99', currency: 'EUR' } }])).toBe('ask');
    expect(says([ours, { price: { value: '19.99', currency: 'USD' } }])).toBe('bug');
    expect(says([ours, { price: { value: '19.99' } }])).toBe('bug');
  });

  test('that others make up are not lost', () => {
    const line = (qty: number, unitPrice: number) => ({ qty, unitPrice });
    const gone: Values[] = [
      [{ ...line(2, 5), total: 10 }, line(2, 5)],
      [{ ...line(3, 7), total: 21 }, line(3, 7)],
    ];
    expect(says(...gone)).toBe('ask');
    expect(says(...gone, [{ ...line(3, 8), total: 20 }, line(3, 8)])).toBe('bug');
  });

  test('of packs told in pieces are asked', () => {
    const packs = (quantity: string, per: number) => ({ quantity, unit: 'carton', piecesPerCarton: per });
    expect(says([packs('00047', 24), { quantity: 1128, unit: 'piece' }])).toBe('ask');
    expect(says([packs('00047', 24), { quantity: 1129, unit: 'piece' }])).toBe('bug');
  });

  test('that lose a digit beside others are bugs', () => {
    const row = (account: string): Values => [
      '32-10-41 43574460',
      { sortCode: '321041', accountNumber: account },
    ];
    expect(says(row('4357446'))).toBe('bug');
    expect(says(row('43574460'))).not.toBe('bug');
  });

  test('that tell a sign by a word', () => {
    const credit: Values = [{ amount: 20 }, { amount: 20, side: 'CREDIT' }];
    expect(says([{ amount: -50.2 }, { amount: 50.2, side: 'DEBIT' }], credit)).toBe('ask');
    expect(says([{ amount: -50.2 }, { amount: 50.2, side: 'CREDIT' }], credit)).toBe('bug');
    expect(
      says([{ amt: '50.2', dc: 'D' }, { amount: -50.2 }], [{ amt: '20', dc: 'C' }, { amount: 20 }]),
    ).toBe('ask');
  });

  test('that are a percentage by their name', () => {
    expect(says([{ discountPercent: 15 }, { discount: 0.15 }])).toBe('harmless');
    expect(says([{ discountPercent: 15 }, { discount: 1.5 }])).toBe('bug');
  });

  test('that name the unit twice', () => {
    const ours = { amount: 29.01, per: 'QUARTER', code: 'Q' };
    expect(says([ours, { amount: 116.04, per: 'YEAR', code: 'Y' }])).toBe('harmless');
    expect(says([ours, { amount: 29.01, per: 'YEAR', code: 'Y' }])).toBe('bug');
  });

  test('that refuse what the other side grants', () => {
    for (const [no, yes] of [
      ['noAdvertising', 'advertisingAllowed'],
      ['doNotCall', 'mayCall'],
    ] as const) {
      expect(says([{ [no]: true }, { [yes]: true }])).toBe('bug');
      expect(says([{ [no]: true }, { [yes]: false }])).toBe('ask');
    }
  });

  test('that are all flags', () => {
    expect(
      says([
        { a: 'X', b: ' ' },
        { a: true, b: true },
      ]),
    ).toBe('bug');
    expect(
      says([
        { a: 'X', b: ' ' },
        { a: true, b: false },
      ]),
    ).not.toBe('bug');
    expect(says([{ a: 'off', b: 'off' }, []])).toBe('harmless');
    expect(says([{ a: 'off', b: 'on' }, []])).toBe('bug');
  });

  test('that say the same in other words beside the same code', () => {
    const message = 'There is not enough money in the account.';
    expect(
      says([
        { code: 'E4012', message: 'Insufficient funds' },
        { code: 'E4012', message },
      ]),
    ).toBe('ask');
  });
});

const ASKED: readonly [string, readonly Values[]][] = [
  [
    'unknown and null, which modern makes one',
    [
      ['YES', true],
      ['NO', false],
      ['UNKNOWN', null],
      [null, null],
    ],
  ],
  [
    'a number as a member of an object',
    [
      [5, { id: 5 }],
      [7, { id: 7 }],
    ],
  ],
  [
    'a gap at the one value that modern never gives',
    many(30, (i) => {
      const value = `A${i % 7}`;
      return [i % 6 === 0 ? null : value, i % 7 === 1 ? null : value, i % 6 === 2 ? null : value];
    }),
  ],
  [
    'cents that become texts with two digits after the point',
    [
      [163855, '1638.55'],
      [9, '0.09'],
    ],
  ],
  [
    'numbers filled with zeros to one width',
    [
      ['001276086', 1276086],
      ['000000534', 534],
    ],
  ],
  [
    'a word without its number',
    [
      ['4 - LOW', 'LOW'],
      ['1 - CRITICAL', 'CRITICAL'],
      ['HIGH (2)', 'HIGH'],
      ['P3 Medium', 'P3'],
    ],
  ],
  [
    'a truth value under a name that says the opposite',
    [
      [
        { last4: '0281', blocked: false },
        { last4: '0281', usable: true },
      ],
      [
        { last4: '0282', blocked: true },
        { last4: '0282', usable: false },
      ],
    ],
  ],
  [
    'a UUID that legacy repeats',
    [['294b32fc-9518-5fbf-6d56-9adedcce6844', '2bd9a4dd-9f62-1b2c-0c2a-ea7180b201aa']],
  ],
  ['a clock that legacy repeats', [['2025-12-05T08:41:58.715Z', '2025-12-05T08:41:59.049Z']]],
  ['keys in sequence', many(4, (i) => [1_000_000 + i, 1_007_259 + i])],
  ['other words', [['Your fee is 1.49 EUR', 'Fee charged: 1.49 EUR']]],
  [
    'a cent now and then, to both sides',
    many(120, (i) => [cents(5000 + 7 * i), cents(5000 + 7 * i + (i === 30 ? 1 : i === 90 ? -1 : 0))]),
  ],
  [
    'a vocabulary renamed',
    [
      ['CRD', 'PLUS'],
      ['DBT', 'MINUS'],
    ],
  ],
  ['day and month in two orders', [['2024-03-05', '05/03/2024']]],
  [
    'the order of a list',
    [
      [
        ['x', 'b', 'q'],
        ['b', 'q', 'x'],
      ],
    ],
  ],
  [
    'keys renamed',
    [
      [
        { from: 'A', to: 'B' },
        { target: 'A', source: 'B' },
      ],
    ],
  ],
  ['a field added', [[undefined, true]]],
  [
    'separators at places that differ',
    [
      ['A1-2/34', 'A1234'],
      ['A12-3/6', 'A1236'],
      ['A1-23/5', 'A1235'],
    ],
  ],
];

describe('asked, with a question', () => {
  test.each(ASKED)('%s', (_, values) => {
    const judged = byRules(episodeOf(...values));
    expect(judged.verdict).toBe('ask');
    expect(judged.question).toMatch(/\?$/);
  });
});

const NOISE_BUGS: readonly [string, string, readonly Values[]][] = [
  [
    'clock-shifted',
    'an hour in the noise of a clock',
    [['2024-05-25T21:15:02.115Z', '2024-05-25T22:15:02.261Z', '2024-05-25T21:15:02.606Z']],
  ],
  [
    'noise-shifted',
    'a bias in the noise of a quote',
    many(10, (i) => [
      raw(`${100 + i}.00`),
      raw(`${(100 + i) * 1.014}`.slice(0, 6)),
      raw(`${100 + i}.${10 + i}`),
    ]),
  ],
  [
    'noise-constant',
    'one code for all',
    [
      ['919693', '111111', '167913'],
      ['852702', '111111', '149970'],
      ['247402', '111111', '317063'],
    ],
  ],
  [
    'token-part',
    'a signed link to another document',
    [
      ['/d/19027?s=440bf4c2c6', '/d/19028?s=0c8ad094cc', '/d/19027?s=7deba3f1aa'],
      ['/d/47084?s=bba0b4180c', '/d/47085?s=3f0f199fe8', '/d/47084?s=2746a9ce01'],
    ],
  ],
  [
    'token-part',
    'the day of another request',
    [
      ['20251021-354531', '20251021-737759', '20251021-487007'],
      ['20220323-500130', '20251021-622275', '20220323-974588'],
    ],
  ],
  [
    'value-lost',
    'far more gaps than legacy has',
    many(30, (i) => [i % 10 === 0 ? null : 'A', i % 2 === 1 ? null : 'A', 'A']),
  ],
  ['value-lost', 'nothing where both runs have something', [['a91d7412-3926', null, '8f8fe65b-ead9']]],
  [
    'clock-unit',
    'seconds for milliseconds in the noise of a clock',
    [
      [1713263519779, 1713263520, 1713263520111],
      [1713263619779, 1713263620, 1713263620111],
    ],
  ],
  [
    'choice-foreign',
    'a region that is none of legacy’s',
    [
      ['CICSPRD2', 'CICSPRD4', 'CICSPRD3'],
      ['CICSPRD1', 'CICSTST1', 'CICSPRD2'],
      ['CICSPRD3', 'CICSPRD1', 'CICSPRD1'],
    ],
  ],
  [
    'noise-rounded',
    'whole numbers for a quote',
    many(4, (i) => [raw(`${100 + 7 * i}.1234`), raw(`${100 + 7 * i}`), raw(`${100 + 7 * i}.0917`)]),
  ],
];

describe('bugs in noise', () => {
  test.each(NOISE_BUGS)('%s: %s', (rule, _, values) => {
    expect(judgeEpisode(episodeOf(...values))).toMatchObject({ verdict: 'bug', rule });
  });
});

describe('bias over many requests', () => {
  test('one cent less on each of 300 requests is a bug', () => {
    const values = many(300, (i) => [cents(2053 + 37 * i), cents(2052 + 37 * i)]);
    expect(judgeEpisode(episodeOf(...values))).toMatchObject({ verdict: 'bug', severity: 'critical' });
  });

  test('one bug among 120 requests that are harmless or equal is a bug', () => {
    const values = many(120, (i) => [
      cents(2053 + 37 * i),
      raw(i === 77 ? '1.00' : `${((2053 + 37 * i) / 100).toFixed(2)}0`),
    ]);
    expect(judgeEpisode(episodeOf(...values)).verdict).toBe('bug');
  });
});

/** What loses nothing is no bug, however it looks: a person is asked, unless it is proven. */
const SPARED: Readonly<Record<string, readonly Values[]>> = {
  'a text in parts': [['76-100 of 379', { first: 76, last: 100, total: 379 }]],
  'a time in another zone, in parts': [['2024-03-05T14:30:00+01:00', [2024, 3, 5, 13, 30, 0]]],
  'an amount in its minor units, in parts': [
    ['12.50 EUR 2 days 3', { a: 1250, b: 'EUR', c: 'days', d: 2, e: 3 }],
  ],
  'a name as its order says': [['Dubois, Paul', { firstName: 'Paul', lastName: 'Dubois' }]],
  'words that are never kept': [
    ['Mr Paul Dubois', { first: 'Paul', last: 'Dubois' }],
    ['Mr Jim Ray', { first: 'Jim', last: 'Ray' }],
  ],
  'a pair in parts': [
    [
      { pair: 'EUR/GBP', r: 1.5 },
      { base: 'EUR', quote: 'GBP', r: 1.5 },
    ],
  ],
  'an amount of which some get their point': [
    ['000000003552', '35.52'],
    ['000000071884', '71884'],
  ],
  'the elements of a set in any order': [
    [
      ['A', 'B'],
      [{ n: 'a' }, { n: 'b' }],
    ],
    [
      ['A', 'B'],
      [{ n: 'b' }, { n: 'a' }],
    ],
  ],
  'years in a row': [['2023/2024', '2023-24']],
  'points in another unit': [
    ['611 pts', '6.11 EUR'],
    ['1015 pts', '10.15 EUR'],
  ],
  'a PHP array with gaps': [[{ 0: 'a', 2: 'b' }, ['a', 'b']]],
  'the same place in another notation': [['items[4].iban', '/items/4/iban']],
  'a unit that its key names': [['wait 5d', { word: 'wait', days: '5' }]],
  'the first day of the next month': [['2024-03', '2024-04-01']],
  'a footnote': [['limits: see note*', 'limits: see note *']],
  'a code of its own for nothing': [
    [null, 'NOT_ASKED'],
    [true, 'GRANTED'],
    [false, 'DENIED'],
  ],
  'a link without its host': [
    ['https://api.example.com/v1/orders/7944438', '/v1/orders/7944438'],
    ['https://api.example.com/v1/orders/7944439', '/v1/orders/7944439'],
  ],
  'a counter filled up with zeros, taken out of its text': [
    ['INV 000123', { series: 'INV', number: '123' }],
    ['INV 004711', { series: 'INV', number: '4711' }],
  ],
  'a PHP array as a list': [[{ 0: 'C1', 1: 'C2' }, ['C1', 'C2']]],
  'a number that always gets a percent sign': [
    [raw('0.25'), '0.25%'],
    [raw('0.5'), '0.5%'],
    [raw('0'), '0%'],
  ],
  'flags that are on, or off, as a list': [[{ read: false, pay: true }, ['pay']]],
  'rows of a map in another order': [
    [
      { USD: raw('7.67'), CHF: raw('6.58') },
      [
        { currency: 'CHF', amount: raw('6.58') },
        { currency: 'USD', amount: raw('7.67') },
      ],
    ],
  ],
  'names split between the names': [
    ['Garcia, Sam; Novak, Yuki', ['Garcia, Sam', 'Novak, Yuki']],
    ['Haddad, Ines', ['Haddad, Ines']],
  ],
  'a number and its word as the word': [
    ['3 - MEDIUM', 'MEDIUM'],
    ['4 - LOW', 'LOW'],
  ],
  'a sign that several currencies share': [['$ 4.60', { amount: raw('4.60'), currency: 'AUD' }]],
  'a delimiter within quotes': [
    ['a,"b,c"', ['a', 'b,c']],
    ['x,y', ['x', 'y']],
  ],
  'a word of three letters beside an amount': [['EUR 4.60', { amount: raw('4.60'), type: 'FEE' }]],
  'a title or all but an initial left out': [
    ['MR JOHN SMITH', 'John Smith'],
    ['ANNA PAULA SMITH', 'Anna P. Smith'],
  ],
  'zeros that a format leaves out': [
    [0, undefined],
    [5, 5],
  ],
  'a key that says the opposite of the opposite': [
    [
      { id: 7, blocked: true },
      { id: 7, usable: false },
    ],
  ],
  'groups filled to fixed widths': [
    ['96085-552-67', '96085055267'],
    ['6518-0672-37', '06518067237'],
    ['18067-1549-8', '18067154908'],
  ],
  'members under other names': many(3, (i) => [
    { NAME: `N${i}`, PCT: '5.00' },
    { name: `N${i}`, share: 5 },
  ]),
  'the thirteenth month of a payroll': [['2024/13', '2024-13']],
  'a fingerprint without its colons': [['16:63:36:0D:61:C4:4D:28:7E:DD', '1663360d61c44d287edd']],
  'figures that are all converted alike': [
    ['25 56 36 N', { lat: 25.943333 }],
    ['12 08 51 N', { lat: 12.1475 }],
    ['19 12 45 N', { lat: 19.2125 }],
    ['48 30 00 N', { lat: 48.5 }],
    ['51 28 38 N', { lat: 51.477222 }],
    ['40 44 54 N', { lat: 40.748333 }],
  ],
  'lines of a fixed width as their text': [
    [['ORDER UNTIL FUR', 'THER NOTICE    '], 'ORDER UNTIL FURTHER NOTICE'],
  ],
  'rows under other keys in another order': [
    [
      [
        { NAME: 'A', QUOTA: 5 },
        { NAME: 'B', QUOTA: 7 },
      ],
      [
        { name: 'B', share: 7 },
        { name: 'A', share: 5 },
      ],
    ],
  ],
  'an open end': [[{ UPTO: '99999999' }, { upTo: null }]],
  'a minus for a word': [
    ...many(4, (i) => [{ QTY: `000${i}12`, SIDE: 'LONG' }, raw(`${i === 0 ? '' : i}12`)]),
    [{ QTY: '000327', SIDE: 'SHORT' }, -327],
  ],
  'segments as rows': [
    [
      'Olga Fox 45 %, Ann Bell 55 %',
      [
        { name: 'Ann Bell', percent: 55 },
        { name: 'Olga Fox', percent: 45 },
      ],
    ],
  ],
  'texts taken apart': [
    [
      ['2/7', '5/7'],
      [
        { num: 2, den: 7 },
        { num: 5, den: 7 },
      ],
    ],
  ],
  'identifiers of their own': [
    ['K2059519', 'K3854841'],
    ['K2430368', 'K9930127'],
  ],
  'the case of an address': [['ANNA.FOX@MAIL.EXAMPLE', 'anna.fox@mail.example']],
  'words that are written in one way': [
    ...many(2, (i) => [{ rate: `${i}.25`, per: 'YEAR' }, `${i}.25 % p.a.`]),
    ...many(3, (i) => [{ rate: `${i}.50`, per: 'MONTH' }, `${i}.50 % p.m.`]),
  ],
  'a list of PHP with gaps': [[{ 0: 'A', 2: 'B' }, ['A', 'B']]],
  'words written together throughout': [['RETURNED TO SENDER', 'ReturnedToSender']],
  'a key that becomes a key of a row': [[{ a: 1, b: 2 }, [{ a: 1 }, { b: 2 }]]],
  'a key of nothing': [[{ email: 'x', dueDate: [] }, [{ field: 'email', message: 'x' }]]],
  'one filler left out of every identifier': [
    ['89498197405798427760F', '8949819740579842776'],
    ['89491426572112704630F', '8949142657211270463'],
    ['89492561952979161720F', '8949256195297916172'],
  ],
  'elements that carry their place': many(4, () => [
    [
      { line: 1, a: 'x' },
      { line: 2, a: 'y' },
      { line: 3, a: 'z' },
    ],
    [
      { line: 3, a: 'z' },
      { line: 1, a: 'x' },
      { line: 2, a: 'y' },
    ],
  ]),
  'records as lists under names': [
    [
      { a: ['x', 'y'], n: [1, 2] },
      [
        { a: 'x', n: 1 },
        { a: 'y', n: 2 },
      ],
    ],
  ],
  'a check digit behind each identifier': [
    ['35209900176148', '352099001761481'],
    ['49015420323751', '490154203237518'],
    ['35732606012345', '357326060123451'],
  ],
  'an amount in cents beside its currency': [['EUR 12.50', { minor: 1250, currency: 'EUR' }]],
  'small numbers that are named': [
    [1, 'ACTIVE'],
    [2, 'CLOSED'],
  ],
  'digits that are named, one of them UNKNOWN': [
    ['00', 'SUCCESS'],
    ['05', 'DECLINED'],
    ['99', 'UNKNOWN'],
  ],
  'parameters in another order': [['?a=1&b=2', '?b=2&a=1']],
  'seconds counted from 2001': [
    [700000000, '2023-03-08T20:26:40Z'],
    [710000000, '2023-07-02T14:13:20Z'],
  ],
  'two spellings of yes': [
    ['Y', { flag: true }],
    ['J', { flag: true }],
  ],
  'a denial in another word': [['Your card is not active', 'Your card is inactive']],
  'blank elements at the end': [
    [
      ['Anna', 'Lars', '', ''],
      ['Anna', 'Lars'],
    ],
  ],
  'texts told twice': [
    [
      ['READ', 'WRITE', 'READ'],
      ['READ', 'WRITE'],
    ],
  ],
  'a code of a vocabulary that has a word for other': [
    ['O', 'other'],
    ['M', 'male'],
  ],
  'a number with a unit that nobody here knows': [
    [
      { n: 10, u: 'foo' },
      { n: 25, u: 'bar' },
    ],
    [
      { n: 20, u: 'foo' },
      { n: 50, u: 'bar' },
    ],
    [
      { n: 34, u: 'foo' },
      { n: 85, u: 'bar' },
    ],
  ],
  'zero bytes that fill a field': [
    ['Osaka South\0\0\0', 'Osaka South'],
    ['Osaka South\0\0\0\0', 'Osaka South'],
  ],
  'a set of words in another order': [
    ['transactions openid', 'openid transactions'],
    ['transactions openid', 'transactions openid'],
    ['openid transactions', 'transactions openid'],
  ],
  'parts that say a default': [['FREQ=DAILY;INTERVAL=1;COUNT=4', 'FREQ=DAILY;COUNT=4']],
  'a synonym of an algorithm': [
    [
      '$2y$12$kI5GtWbx2PQgTOLWM1wl7K0YzlEeGH8VkPQhdCAzNdb3cLxwItyqk',
      '$2b$12$kI5GtWbx2PQgTOLWM1wl7K0YzlEeGH8VkPQhdCAzNdb3cLxwItyqk',
    ],
  ],
};

test('a truth value under a key that says the opposite', () => {
  const judged = judgeEpisode(
    episodeOf([
      { id: 7, blocked: true },
      { id: 7, usable: true },
    ]),
  );
  expect(judged).toMatchObject({ verdict: 'bug', rule: 'keys-opposed' });
});

test('values under others of the same names', () => {
  const legacy = { billing_city: 'Leeds', shipping_city: 'Ghent' };
  const nested = (billing: string, shipping: string) => ({
    billing: { city: billing },
    shipping: { city: shipping },
  });
  const judged = (modern: unknown) => judgeEpisode(episodeOf([legacy, modern]));
  expect(judged(nested('Ghent', 'Leeds'))).toMatchObject({ verdict: 'bug', rule: 'names-crossed' });
  expect(judged(nested('Leeds', 'Ghent')).verdict).not.toBe('bug');
});

describe('a text taken apart into members', () => {
  test.each<[string, string, unknown, string, string]>([
    ['named parts', 'morning 1, noon 2', { morning: 1, noon: 2 }, 'harmless', 'taken-apart'],
    ['named parts crossed', 'morning 1, noon 2', { morning: 2, noon: 1 }, 'bug', 'members-swapped'],
    ['names behind', '1 new for 5 old', { newShares: 1, oldShares: 5 }, 'harmless', 'taken-apart'],
    ['names behind crossed', '1 new for 5 old', { newShares: 5, oldShares: 1 }, 'bug', 'members-swapped'],
    ['ends of a range', '23:00-07:00 daily', { from: '23:00', to: '07:00' }, 'ask', 'taken-apart'],
    ['ends confused', '0.4 - 5.8 g', { low: 5.8, high: 0.4, unit: 'g' }, 'bug', 'members-swapped'],
    ['a sign lost', '-2.6 - 4.8 g', { low: 2.6, high: 4.8, unit: 'g' }, 'bug', 'sign-flipped'],
    [
      'sorts that differ',
      'OSAKA 2638/1951',
      { office: 'Osaka', number: 2638, year: 1951 },
      'harmless',
      'taken-apart',
    ],
    ['one sort, no names', 'A17 / B22', { debit: 'A17', credit: 'B22' }, 'ask', 'taken-apart'],
    [
      'names turned round',
      'Dubois, Paul',
      { firstName: 'Dubois', lastName: 'Paul' },
      'bug',
      'members-swapped',
    ],
    [
      'another unit',
      '35x88x134 cm',
      { length: 350, width: 880, height: 1340, unit: 'mm' },
      'harmless',
      'taken-apart',
    ],
    [
      'only the unit',
      '35x88x134 cm',
      { length: 35, width: 88, height: 134, unit: 'mm' },
      'bug',
      'quantity-changed',
    ],
  ])('%s', (_, text, members, verdict, rule) => {
    expect(judgeEpisode(episodeOf([text, members]))).toMatchObject({ verdict, rule });
  });

  test('a list of rows: each segment beside its own', () => {
    const rows = (second: number) => [
      { upTo: 200, price: 0.332 },
      { upTo: second, price: 0.288 },
    ];
    expect(judgeEpisode(episodeOf(['200:0.332;1000:0.288', rows(1000)]))).not.toMatchObject({
      verdict: 'bug',
    });
    expect(judgeEpisode(episodeOf(['200:0.332;1000:0.288', rows(999)]))).toMatchObject({ verdict: 'bug' });
  });
});

describe('what all requests together show', () => {
  const usage = (...texts: readonly (readonly [string, number])[]) => judgeEpisode(episodeOf(...texts));

  test('a unit that never changes may be left out, one that does may not', () => {
    expect(usage(['622 kWh', 622], ['734 kWh', 734], ['91 kWh', 91])).toMatchObject({
      verdict: 'harmless',
      rule: 'constant-unit',
    });
    expect(usage(['622 kWh', 622], ['734 kWh', 734], ['9 MWh', 9]).verdict).not.toBe('harmless');
    expect(usage(['31 ct/kWh', 31], ['29 ct/kWh', 29], ['27 ct/kWh', 27]).verdict).not.toBe('harmless');
    expect(usage(['25 bp', 25], ['50 bp', 50], ['75 bp', 75]).verdict).not.toBe('harmless');
    expect(usage(['6 dozen', 6], ['9 dozen', 9], ['4 dozen', 4]).verdict).not.toBe('harmless');
    const weight = episodeOf(['622 g', 622], ['734 g', 734], ['91 g', 91]);
    expect(judgeEpisode({ ...weight, field: 'parcel.weightG' }).verdict).toBe('harmless');
    expect(judgeEpisode({ ...weight, field: 'parcel.weightKg' }).verdict).not.toBe('harmless');
  });

  test('lists under names as records', () => {
    const told = (...severities: readonly string[]) =>
      judgeEpisode(
        episodeOf([
          { substances: ['A1', 'B2'], severities: ['MILD', 'SEVERE'] },
          severities.map((severity, i) => ({ substance: ['A1', 'B2'][i], severity })),
        ]),
      );
    expect(told('MILD', 'SEVERE')).toMatchObject({ verdict: 'harmless', rule: 'records-told' });
    expect(told('SEVERE', 'MILD')).toMatchObject({ verdict: 'bug', rule: 'records-misaligned' });
  });

  test('a fault under other names is asked, and not scored', () => {
    const fault = (code: string, text: string, status: number, title = text) =>
      [
        { faultcode: code, faultstring: text },
        { status, title },
      ] as const;
    const rows = [
      fault('Client.NotFound', 'Parcel 3911823 not found', 404),
      fault('Server.Busy', 'Try again later', 503),
    ];
    expect(judgeEpisode(episodeOf(...rows))).toMatchObject({ verdict: 'ask', rule: 'keys-renamed' });
  });

  test('an answer that is not there is no consent', () => {
    const told: Values[] = [
      ['Y', true],
      ['N', false],
    ];
    expect(judgeEpisode(episodeOf(...told, [null, true])).verdict).toBe('bug');
    expect(judgeEpisode(episodeOf(...told, [null, false])).verdict).not.toBe('bug');
  });

  test('a box that is not checked is no consent', () => {
    expect(judgeEpisode(episodeOf([' ', false], ['X', true])).verdict).toBe('harmless');
    expect(judgeEpisode(episodeOf([' ', true], ['X', true])).verdict).not.toBe('harmless');
  });
});

describe('no bugs', () => {
  test.each(Object.entries(SPARED))('%s', (_, values) => {
    expect(byRules(episodeOf(...values))).not.toMatchObject({ verdict: 'bug' });
  });

  test.each([
    ['a sign of another character set', [['REF[1191] GHENT', 'REFÝ1191¨ GHENT']]],
    ['another address', [['2001:0db8:06a4:0000:0000:0000:09e1:0a76', '2001:db8:6a4::9e1:a760']]],
    [
      'a column that moves',
      [
        ['0276 DUBOIS  1', '0276 DUBOIS 1'],
        ['0277 NOVAK   2', '0277 NOVAK   2'],
        ['0278 SILVA   3', '0278 SILVA   3'],
      ],
    ],
    [
      'a number whose unit stays',
      [
        [
          { n: 10, u: 'foo' },
          { n: 25, u: 'foo' },
        ],
      ],
    ],
    [
      'groups filled to other widths',
      [
        ['9643-5202-11', '09643520211'],
        ['63019-876-44', '63019087644'],
        ['34174-9663-3', '03417496633'],
      ],
    ],
    ['look-alike letters', [['ETT37064', 'E\u0422T37064']]],
    [
      'bytes of a UUID in another order',
      [['{F232F104-2FDC-A886-AC15-8A9EEACFE0F6}', '04f132f2-dc2f-86a8-ac15-8a9eeacfe0f6']],
    ],
    [
      'a unit that is only relabelled',
      [
        [
          { n: 188613, u: 'GBX' },
          { n: 188613, u: 'GBP' },
        ],
      ],
    ],
    ['a sign that is lost', [['<25', { value: 25 }]]],
    ['an end of a range that is left out', [['6,7,8,9,10,11,12,15', '6-11,15']]],
  ] as readonly [string, readonly Values[]][])('but %s is one', (_, values) => {
    expect(judgeEpisode(episodeOf(...values))).toMatchObject({ verdict: 'bug' });
  });
});

describe('what only all requests together show', () => {
  test.each([
    [
      'an empty text and null become null',
      [
        [null, null],
        ['', null],
      ],
    ],
    [
      'an open end and an unknown one become null',
      [
        ['9999-12-31', null],
        [null, null],
      ],
    ],
    [
      'digits that are all added upwards',
      [
        [5.5, 5.53],
        [6.5, 6.53],
        [7.5, 7.53],
        [8.1, 8.13],
      ],
    ],
    ['objects that become texts', [[{ a: 1, b: 'x' }, '{"a":1,"b":"x"}']]],
    [
      'a constant amount that is added',
      [
        [undefined, 12.5],
        [undefined, 12.5],
        [undefined, 12.5],
      ],
    ],
    [
      'single letters spelled out',
      [
        ['C', 'Closed'],
        ['A', 'Active'],
      ],
    ],
  ] as const)('%s: not accepted', (_, rows) => {
    expect(judgeEpisode(episodeOf(...rows)).verdict).not.toBe('harmless');
  });
});

test('no observation is no agreement', () => {
  expect(judgeEpisode({ id: 'e', field: 'f', observations: [] })).toMatchObject({
    verdict: 'ask',
    rule: 'nothing-observed',
  });
});
