import { describe, expect, test } from '@jest/globals';
import { episodeOf, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';
import { byRules, cents, many } from './testing/rows.ts';

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

test('no observation is no agreement', () => {
  expect(judgeEpisode({ id: 'e', field: 'f', observations: [] })).toMatchObject({
    verdict: 'ask',
    rule: 'nothing-observed',
  });
});
