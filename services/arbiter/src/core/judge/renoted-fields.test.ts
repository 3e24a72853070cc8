import { describe, expect, test } from '@jest/globals';
import { episodeOf, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';

/**
 * A field that is told in another notation throughout, and one of its values that looks lost, cut or replaced for it: asked; beside each, what is
 * lost, cut or replaced indeed.
 */
const verdictOf = (values: readonly Values[], field: string) =>
  judgeEpisode({ ...episodeOf(...values), field }).verdict;

const TWINS: readonly (readonly [
  name: string,
  renoted: readonly Values[],
  wrong: readonly Values[],
  field?: string,
])[] = [
  [
    'a word that nobody said anything',
    [
      ['NONE KNOWN', []],
      ['NUTS;EGGS', ['nuts', 'eggs']],
    ],
    [
      ['LATEX', []],
      ['NUTS;EGGS', ['nuts', 'eggs']],
    ],
  ],
  ['a share at fewer decimals', [['0.05 %', '0.05001 %']], [['0.05 %', '0.06 %']]],
  [
    'yes, no and not asked',
    [
      ['YES', true],
      ['NOT ASKED', null],
      ['NO', false],
    ],
    [
      ['YES', true],
      ['NOT ASKED', true],
      ['NO', false],
    ],
  ],
  [
    'none in another language',
    [
      ['keine Sperre', 'none'],
      ['Teilsperre', 'partial'],
      ['Vollsperre', 'full'],
    ],
    [
      ['Vollsperre', 'none'],
      ['Teilsperre', 'partial'],
    ],
  ],
  [
    'the day from which a program counts',
    [
      ['30.12.1899', null],
      ['04.05.2021', '2021-05-04'],
    ],
    [
      ['30.12.2019', null],
      ['04.05.2021', '2021-05-04'],
    ],
  ],
  [
    'a vocabulary translated, one word of which stays',
    [
      ['Eilt sehr', 'urgent'],
      ['Standard - 3 Tage', 'Standard'],
      ['hat Zeit', 'low'],
      ['Eilt sehr', 'urgent'],
    ],
    [
      ['Express - 1 Tag', 'Express - 1 Tag'],
      ['Standard - 3 Tage', 'Standard'],
      ['Spedition - 9 Tage', 'Spedition - 9 Tage'],
    ],
  ],
  [
    'figures with a point between thousands',
    [
      ['2.950 Fuhren', 2950],
      ['41 Fuhren', 41],
      ['977 Fuhren', 977],
      ['12.004 Fuhren', 12004],
      ['63 Fuhren', 63],
    ],
    [
      ['2.950 Fuhren', 2.95],
      ['41 Fuhren', 41],
      ['12.004 Fuhren', 12004],
    ],
  ],
  ['a mask of other signs', [['******7731', 'xxxxxx7731']], [['******7731', '2209187731']]],
  [
    'escapes of an address',
    [['eva.maier%40mail.example', 'eva.maier@mail.example']],
    [['eva.maier%40mail.example', 'eva.maiermail.example']],
  ],
  [
    'an end that is the day after the last one',
    [
      ['01.02.2024 - 28.02.2025', { since: '2024-02-01', endExclusive: '2025-03-01' }],
      ['01.07.2024 - 30.09.2024', { since: '2024-07-01', endExclusive: '2024-10-01' }],
    ],
    [
      ['01.02.2024 - 28.02.2025', { since: '2024-02-01', end: '2025-02-01' }],
      ['01.07.2024 - 30.09.2024', { since: '2024-07-01', end: '2024-07-01' }],
    ],
  ],
  [
    'a number told in another one',
    [
      [{ boxes: 4, bottlesPerBox: 6 }, { bottles: 24 }],
      [{ boxes: 7, bottlesPerBox: 12 }, { bottles: 84 }],
    ],
    [
      [{ boxes: 4, bottlesPerBox: 6 }, { bottles: 6 }],
      [{ boxes: 7, bottlesPerBox: 12 }, { bottles: 12 }],
    ],
  ],
  [
    'a sign told by a word',
    [
      [{ amount: '00450', kind: 'REFUND' }, { amount: -450 }],
      [{ amount: '00120', kind: 'CHARGE' }, { amount: 120 }],
      [{ amount: '00077', kind: 'CHARGE' }, { amount: 77 }],
    ],
    [
      [{ amount: '00450', kind: 'REFUND' }, { amount: 450 }],
      [{ amount: '00120', kind: 'CHARGE' }, { amount: 120 }],
      [{ amount: '00077', kind: 'CHARGE' }, { amount: -77 }],
    ],
  ],
  [
    'cents by the name',
    [
      ['£4.15', 415],
      ['£12.00', 1200],
    ],
    [
      ['£4.15', 416],
      ['£12.00', 1201],
    ],
    'farePence',
  ],
  [
    'rows of text as objects',
    [
      [
        ['20250104 0915 LOADED', '20250104 1130 GONE'],
        [
          { at: '2025-01-04T09:15', what: 'LOADED' },
          { at: '2025-01-04T11:30', what: 'GONE' },
        ],
      ],
    ],
    [
      [
        ['loaded', 'gone'],
        ['loaded', 'stuck'],
      ],
    ],
  ],
  [
    'letters of seven bits',
    [
      ['J{ger', 'Jäger'],
      ['Stra~er', 'Straßer'],
    ],
    [
      ['BAY[4]', 'BAYÄ4Ü'],
      ['BAY[9]', 'BAYÄ9Ü'],
    ],
  ],
  [
    'marks and what they are worth',
    [
      ['A', '5.0'],
      ['B', '3.5'],
      ['B', '3.5'],
      ['C', '2.0'],
      ['F', '0.0'],
    ],
    [
      ['A', '5.0'],
      ['B', '0.0'],
      ['C', '0.0'],
      ['F', '0.0'],
    ],
  ],
  [
    'identifiers all of one case',
    [
      ['zfa1234567x900001', 'ZFA1234567X900001'],
      ['vf37b5fv8aj111222', 'VF37B5FV8AJ111222'],
      ['jhmcm56557c404453', 'JHMCM56557C404453'],
    ],
    [
      ['zFa1234567x9000b1', 'ZFA1234567X9000B1'],
      ['vf37B5fv8aj111222', 'VF37B5FV8AJ111222'],
      ['jhmCm56557c404453', 'JHMCM56557C404453'],
    ],
  ],
];

describe('what only another notation explains, and its twin', () => {
  test.each(TWINS.map(([name, renoted, wrong, field = 'x']) => [name, renoted, wrong, field] as const))(
    '%s',
    (_, renoted, wrong, field) => {
      expect(verdictOf(renoted, field)).not.toBe('bug');
      expect(verdictOf(wrong, field)).toBe('bug');
    },
  );

  test.each<[string, readonly Values[]]>([
    [
      'a point read in two ways',
      [
        ['3.120 t', 3120],
        ['8.450 t', 8.45],
      ],
    ],
    [
      'a sum of which a part is left out',
      [
        [
          { Grund: '800,00', Zulage: '150,00', Bonus: '50,00', Summe: '1.000,00' },
          { base: 800, extra: 150, bonus: 50, all: 950 },
        ],
      ],
    ],
    [
      'a hashed password that legacy never tells',
      [[undefined, '$2b$12$abcdefghijklmnopqrstuuKq3dQWJ0v1b2c3d4e5f6g7h8i9j0k1l2']],
    ],
  ])('%s is a bug', (_, values) => expect(verdictOf(values, 'x')).toBe('bug'));

  test('a sum that is one of other parts is asked', () => {
    const values = [
      { a: '800,00', b: '150,00', sum: '950,00' },
      { net: 800, tax: 150, gross: 950 },
    ] as const;
    expect(verdictOf([values], 'x')).not.toBe('bug');
  });
});
