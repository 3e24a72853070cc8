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
    [
      'German states',
      'harmless',
      'coded-notation',
      codes(['storniert', 'cancelled'], ['bezahlt', 'PAID'], ['offen', 'OPEN']),
    ],
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
