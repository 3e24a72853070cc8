import { describe, expect, test } from '@jest/globals';
import { episodeOf, raw, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';
import { DEFAULT_PARAMETERS } from './parameters.ts';
import { NO_SCORE } from './score/score.ts';

type Row = readonly [
  what: string,
  verdict: 'harmless' | 'bug' | 'ask',
  rule: string,
  values: readonly Values[],
];

/** What the named rules say, without the score: each thing that is known, and what looks alike and is not. */
function table(rows: readonly Row[]): void {
  test.each(rows)('%s: %s', (_, verdict, rule, values) => {
    expect(judgeEpisode(episodeOf(...values), DEFAULT_PARAMETERS, NO_SCORE)).toMatchObject({ verdict, rule });
  });
}

const codes = (...texts: readonly (readonly [string, string])[]): Values[] => texts.map(([l, m]) => [l, m]);

describe('names of members', () => {
  const balance = (booked: string, available: string) => ({ 'BOOKED-BAL': booked, 'AVAIL-BAL': available });
  table([
    [
      'in the other language, with the values that they had',
      'harmless',
      'rearranged',
      [
        [
          { von: '20251101', bis: '20261031' },
          { from: '2025-11-01', to: '2026-10-31' },
        ],
      ],
    ],
    [
      'in the other language, a day early',
      'bug',
      'instant-moved',
      [
        [
          { von: '20251101', bis: '20261031' },
          { from: '2025-10-31', to: '2026-10-30' },
        ],
      ],
    ],
    ['in other forms', 'harmless', 'rearranged', [[balance('7.5', '9.5'), { booked: 7.5, available: 9.5 }]]],
    [
      'of which the values changed places',
      'bug',
      'names-crossed',
      [[balance('7.5', '9.5'), { booked: 9.5, available: 7.5 }]],
    ],
    [
      'that say nothing known',
      'ask',
      'keys-renamed',
      [
        [
          { P1: '20.50', P2: '73.11' },
          { alpha: 20.5, beta: 73.11 },
        ],
      ],
    ],
  ]);
});

describe('words', () => {
  table([
    [
      'contracted to letters in their order',
      'harmless',
      'spelled-out',
      codes(['BLK', 'BLOCKED'], ['CLS', 'CLOSED'], ['DRM', 'DORMANT']),
    ],
    [
      'contracted, of which one fits two texts',
      'ask',
      'unproven',
      codes(['BLD', 'BLOCKED'], ['BLK', 'BLANKED'], ['CLS', 'CLOSED']),
    ],
    [
      'among codes of countries',
      'harmless',
      'spelled-out',
      codes(['EST', 'ESTIMATED'], ['CUS', 'CUSTOMER'], ['RMT', 'REMOTE']),
    ],
    [
      'of countries, by their letters',
      'ask',
      'unproven',
      codes(['DE', 'DENTAL'], ['AT', 'ATTIC'], ['CH', 'CHURCH']),
    ],
    ['German states', 'harmless', 'coded-notation', codes(['storniert', 'cancelled'], ['bezahlt', 'PAID'])],
    [
      'a German state, another one',
      'bug',
      'coded-value-changed',
      codes(['offen', 'open'], ['bezahlt', 'open'], ['versandt', 'shipped']),
    ],
    [
      'a customer’s reference that there is none',
      'harmless',
      'nothing-notation',
      [
        ['NOTPROVIDED', undefined],
        ['KD-02329614', 'KD-02329614'],
      ],
    ],
    [
      'a reference that is lost',
      'bug',
      'value-lost',
      [
        ['PROVIDED', undefined],
        ['KD-02329614', 'KD-02329614'],
      ],
    ],
  ]);
});

describe('places, days and amounts', () => {
  const point = (...coordinates: number[]) => ({ type: 'Point', coordinates });
  const minor = (ccy: string, minorUnits: string) => ({ ccy, minorUnits });
  table([
    [
      'a point, longitude first',
      'harmless',
      'coded-notation',
      [[{ lat: '49.9211', lng: '13.2913' }, point(13.2913, 49.9211)]],
    ],
    [
      'a point, latitude first',
      'bug',
      'coded-value-changed',
      [[{ lat: '49.9211', lng: '13.2913' }, point(49.9211, 13.2913)]],
    ],
    ['a serial time', 'harmless', 'coded-notation', [[raw('45366.67708333'), '2024-03-15T16:15:00']]],
    [
      'a serial time without its time',
      'bug',
      'coded-value-changed',
      [[raw('45366.67708333'), '2024-03-15T00:00:00']],
    ],
    [
      'a day told twice',
      'harmless',
      'coded-notation',
      [[{ serial: 45090, text: '13.06.2023' }, '2023-06-13']],
    ],
    [
      'minor units under a currency of another name',
      'harmless',
      'money-object',
      [[minor('KRW', '36324'), { currency: 'KRW', amount: '36324' }]],
    ],
    [
      'minor units of yen as hundredths',
      'bug',
      'minor-units-misread',
      [[minor('JPY', '36324'), { currency: 'JPY', amount: '363.24' }]],
    ],
  ]);
});

describe('identifiers', () => {
  table([
    [
      'a telephone number with its bracketed zero',
      'harmless',
      'identifier-notation',
      [['+49 (0)421 / 966-8953', '+494219668953']],
    ],
    ['of which the zero is kept', 'bug', 'identifier-changed', [['+49 (0)421 / 966-8953', '+4904219668953']]],
    [
      'a tracking number in groups',
      'harmless',
      'identifier-notation',
      codes(
        ['1Z 914 3A3 64 5811 9529', '1Z9143A36458119529'],
        ['1Z 99T T88 96 9949 7191', '1Z99TT889699497191'],
      ),
    ],
    ['a mask that shows less', 'ask', 'unproven', [['DE37************9047', '**** 9047']]],
    ['a mask that shows others', 'bug', 'masked-other', [['DE37************9047', '**** 6829']]],
    ['another separator', 'ask', 'unproven', [['2026/06721', '2026-06721']]],
    ['names of persons in a list', 'ask', 'unproven', [[['JENSEN, PAUL'], ['Paul Jensen']]]],
    ['another person in a list', 'bug', 'element-changed', [[['JENSEN, PAUL'], ['Paula Jensen']]]],
    [
      'a code that is one for all, where legacy makes each anew',
      'bug',
      'constant-of-fresh',
      [
        ['Y6FU0L', 'DTSYU4', 'CRA6FD'],
        ['A6FUPZ', 'DTSYU4', '2AWJCA'],
        ['B4UKF1', 'DTSYU4', 'NYD6LU'],
        ['6ER22E', 'DTSYU4', 'EH7UKC'],
      ],
    ],
  ]);
});

describe('never accepted', () => {
  const swap = (of: string, to: string) =>
    [[{ [of]: { iban: 'DE02' } }, { [to]: { iban: 'DE02' } }]] as const;
  test.each<readonly [string, readonly Values[]]>([
    [
      'the account of another party',
      [
        [
          { debtor: { iban: 'DE02' }, creditor: { mail: 'a@b.example' } },
          { creditor: { iban: 'DE02' }, debtor: { mail: 'a@b.example' } },
        ],
      ],
    ],
    [
      'what is allowed as denied',
      [
        [
          { allow: { cidr: '10.0.0.0/8' }, id: 1 },
          { deny: { cidr: '10.0.0.0/8' }, id: 1 },
        ],
      ],
    ],
    ['another party alone', [...swap('payer', 'payee')]],
    ['from and to of a map', [[{ A1: 'A2' }, [{ from: 'A2', to: 'A1' }]]]],
    [
      'the sign of a key',
      [
        [
          { '-5': 'x', '7': 'y' },
          { '5': 'x', '7': 'y' },
        ],
      ],
    ],
    [
      'rules without their order',
      [
        [
          [
            { action: 'allow', cidr: 'a' },
            { action: 'deny', cidr: 'b' },
          ],
          { deny: 'b', allow: 'a' },
        ],
      ],
    ],
    [
      'a fee as a refund',
      [
        [
          { feeCents: 107, currency: 'EUR' },
          { refund: raw('1.07'), currency: 'EUR' },
        ],
      ],
    ],
    ['a limit as a balance', [[{ limit: raw('7.19'), isDebitOrCredit: 'C' }, { balance: raw('7.19') }]]],
    ['dollars as those of Canada', codes(['$7193.04', 'CA$7193.04'], ['$12.50', 'CA$12.50'])],
    [
      'clauses of which two become one',
      [
        ['1.1', raw('1.1')],
        ['1.10', raw('1.1')],
        ['1.2', raw('1.2')],
      ],
    ],
    ['a range as one number', codes(['5000-120000', '5000120000'], ['4000-110000', '4000110000'])],
    ['zeros as the way out of the country', codes(['0012345678', '+12345678'])],
    ['months as minutes', codes(['12m', 'PT12M'], ['36m', 'PT36M'])],
    ['a state as a country', codes(['CA', 'Canada'], ['NY', 'New York'], ['TX', 'Texas'])],
    [
      'an open end as a closed one',
      [
        ['>10', { min: 10 }],
        ['>11', { min: 11 }],
        ['>12', { min: 12 }],
      ],
    ],
    [
      'names by letters that are not looked at',
      codes(['Müller K', 'Möller K'], ['Jäger T', 'Jöger T'], ['Иван K', 'Пётр K']),
    ],
    ['words with more letters', codes(['read', 'readwrite'], ['user', 'useradmin'], ['John', 'Johnson'])],
    [
      'a plate that loses a letter',
      codes(['VP18 WDK', 'VP18WD'], ['AH72 RBH', 'AH72RB'], ['YY73 VPH', 'YY73VP']),
    ],
    ['a member under an empty key', [[{ debit: 5, credit: 5 }, { '': 5 }]]],
    [
      'labels of which the values changed places',
      many((i) => [`fee=${10 + i} tax=${130 + i}`, { fee: 130 + i, tax: 10 + i }]),
    ],
    ['a sign as a separator', many((i) => [`A:-1${i}`, `A:1${i}`])],
    ['a point as a separator', many((i) => [`D1.${i + 1}`, `D1${i + 1}`])],
    ['a token for more', many((i) => [`ro_${token(i)}`, `rw_${token(i + 20)}`, `ro_${token(i + 40)}`])],
    [
      'a zone within the noise of a clock',
      many((i) => [clock(9, i), clock(i % 2 === 0 ? 10 : 9, i), clock(9, i + 7)]),
    ],
  ])('%s', (_, values) => {
    expect(judgeEpisode(episodeOf(...values)).verdict).not.toBe('harmless');
  });
});

function many(at: (index: number) => Values): Values[] {
  return Array.from({ length: 9 }, (_, i) => at(i));
}

/** Letters and figures without a pattern. */
function token(seed: number): string {
  return [...'abcdefghij'].map((letter, i) => `${letter}${((seed + 3) * (i + 7) * 31) % 97}`).join('');
}

function clock(hour: number, minute: number): string {
  return `2024-03-28T${String(hour).padStart(2, '0')}:${10 + minute}:14.673Z`;
}
