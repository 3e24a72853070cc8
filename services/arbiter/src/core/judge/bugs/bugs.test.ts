import { describe, expect, test } from '@jest/globals';
import { episodeOf, raw, type Values } from '../../../testing/episodes.ts';
import { BUG_RULES } from '../bugs/table.ts';
import { judgeEpisode } from '../judge-episode.ts';
import { BUGS_OF_CODES } from '../testing/bugs-of-codes.ts';
import { BUGS_OF_NUMBERS } from '../testing/bugs-of-numbers.ts';
import { BUGS_OF_STRUCTURES } from '../testing/bugs-of-structures.ts';
import { BUGS_OF_TEXTS } from '../testing/bugs-of-texts.ts';
import { cents, type Episodes, many } from '../testing/rows.ts';

const BUGS: Episodes = { ...BUGS_OF_NUMBERS, ...BUGS_OF_CODES, ...BUGS_OF_TEXTS, ...BUGS_OF_STRUCTURES };

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
