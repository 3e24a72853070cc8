import { describe, expect, test } from '@jest/globals';
import { episodeOf, raw, type Values } from '../../testing/episodes.ts';
import { judgeEpisode } from './judge-episode.ts';
import { cents, many } from './testing/rows.ts';

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
  ['constant-added', 'a version', many(3, () => [undefined, 'v2.1'])],
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

describe('harmless', () => {
  test.each(HARMLESS)('%s: %s', (rule, _, values) => {
    const judged = judgeEpisode(episodeOf(...values));
    expect(judged.verdict).toBe('harmless');
    if (rule !== 'decimal-equal') expect(judged.rule).toBe(rule);
  });
});

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
