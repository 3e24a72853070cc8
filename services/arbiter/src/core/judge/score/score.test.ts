import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { episodeOf, raw, type Values } from '../../../testing/episodes.ts';
import { judgeEpisode } from '../judge-episode.ts';
import { readEpisode } from '../observe.ts';
import { DEFAULT_PARAMETERS } from '../parameters.ts';
import { Side } from '../value/side.ts';
import { FEATURES, featuresOf } from './features.ts';
import { keptOf } from './kept.ts';
import { DEFAULT_SCORE, NO_SCORE, scoreOf } from './score.ts';

const side = (value: unknown) => new Side(JSON.stringify(value));
const kept = (legacy: unknown, modern: unknown) => keptOf(side(legacy), side(modern));

describe('what is found again', () => {
  test.each<[string, unknown, unknown, object]>([
    ['a text in parts', '1-20 of 30', { first: 1, last: 20, total: 30 }, { numbers: 'same', words: 'none' }],
    ['hours with points', '0900-1800', ['09:00', '18:00'], { numbers: 'same' }],
    ['a year by two digits', '05/33', { month: 5, year: 2033 }, { numbers: 'same' }],
    [
      'keys that were values',
      [{ ref: 'R1', name: 'Ulm' }],
      { R1: 'Ulm' },
      { numbers: 'same', words: 'same' },
    ],
    ['camel case', 'RETURNED_TO_SENDER', 'returnedToSender', { words: 'same' }],
    ['a short form', 'MONTH', 'monthly', { words: 'alike' }],
    ['names turned round', 'Dubois, Ines', 'Ines Dubois', { words: 'same', wordsMoved: true }],
    ['tags', 'Rent<br />for May', 'Rent for May', { words: 'same' }],
    ['told once', ['READ', 'PAY', 'READ'], ['READ', 'PAY'], { words: 'alike' }],
    ['letters without their marks', 'MUELLER, HANS', { last: 'Müller', first: 'Hans' }, { words: 'alike' }],
    ['a number lost', '12 High Street 5', 'High Street 5', { numbers: 'fewer', someNumbers: true }],
    ['a number of its neighbour', [500, 100], [500, 500], { numbers: 'others', doubled: true }],
    ['another word', 'WEEK', 'daily', { words: 'others', someWords: false }],
    ['a number made up', 'unlimited', { amount: 10 }, { numbers: 'more' }],
  ])('%s', (_, legacy, modern, expected) => expect(kept(legacy, modern)).toMatchObject(expected));

  test('nothing is said of values that hold too much', () => {
    const long = Array.from({ length: 300 }, (_, i) => `w${i}`);
    expect(kept(long, long.slice(1))).toBeUndefined();
  });
});

const FOUND: Readonly<Record<string, readonly Values[]>> = {
  'each part has the sum of the first': [
    [
      { glass: { sum: 45000, excess: 500 }, flood: { sum: 13500, excess: 100 } },
      [
        { part: 'glass', sum: 45000, excess: 500 },
        { part: 'flood', sum: 13500, excess: 500 },
      ],
    ],
  ],
  'one holder twice': [['Dubois, Ines / Rossi, Olga', ['Olga Rossi', 'Olga Rossi']]],
  'the record after it': [['urn:bank:payment:6397666', { kind: 'payment', id: '6397667' }]],
};

describe('the score', () => {
  test.each(Object.entries(FOUND))('%s is called a bug, which no other rule does', (_, values) => {
    const episode = episodeOf(...values);
    expect(judgeEpisode(episode, DEFAULT_PARAMETERS, NO_SCORE).verdict).toBe('ask');
    expect(judgeEpisode(episode)).toMatchObject({
      verdict: 'bug',
      rule: 'scored-as-bug',
      explanation: expect.stringMatching(/numbers .*, words .*score 0\.[0-9]{2}, [0-9] of [0-9] requests/),
    });
  });

  test.each<[string, readonly Values[]]>([
    ['names turned round', [['Novak, Olga', 'Olga Novak']]],
    ['numbers beside numbers', [[raw('4.30'), raw('4.300487')]]],
    [
      'figures all converted alike',
      Array.from({ length: 6 }, (_, i) => [`${i + 4} shok ${i} mandel`, `${i * 13 + 48} garbs`] as const),
    ],
    ['a right without its limit', [['ORDER;PAY(limit=250)', [{ right: 'ORDER' }, { right: 'PAY' }]]]],
    ['only signs and case', [['16:63:36:0D:61', '1663360d61']]],
    ['a field added', [[undefined, true]]],
    ['a member added', [[{ net: 1 }, { net: 1, links: { self: '/x/17' } }]]],
    [
      'words of a vocabulary that have one word each',
      [
        ['OK', 200],
        ['NOT_FOUND', 404],
        ['OK', 200],
      ],
    ],
    ['a sentence in other words', [['The card was refused', 'Payment could not be made']]],
    [
      'one filler left out',
      [
        ['89498197405798427760F', '8949819740579842776'],
        ['89491426572112704630F', '8949142657211270463'],
        ['89492561952979161720F', '8949256195297916172'],
      ],
    ],
    ['identifiers of their own', [['a1b2c3d4e5f6a7b8', 'f0e9d8c7b6a5f4e3']]],
  ])('%s: asked', (_, values) => expect(judgeEpisode(episodeOf(...values)).verdict).toBe('ask'));

  test('it accepts nothing, whatever its weights are', () => {
    const biased = { ...DEFAULT_SCORE, bias: -50 };
    for (const values of Object.values(FOUND))
      expect(judgeEpisode(episodeOf(...values), DEFAULT_PARAMETERS, biased).verdict).toBe('ask');
  });

  test('it knows exactly the features that there are', () => {
    expect(Object.keys(DEFAULT_SCORE.weights)).toEqual(FEATURES);
    const features = featuresOf(readEpisode(episodeOf(['A 1', { x: 2 }])));
    expect(features).toHaveLength(FEATURES.length);
    expect(scoreOf(features ?? [], NO_SCORE)).toBe(0.5);
  });
});

test('MODEL.md is of the score that is shipped (npm run train:drift -- --card)', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../MODEL.md'), 'utf8');
  const { threshold, fittedOn, bias } = DEFAULT_SCORE;
  expect(page).toContain(`Above ${threshold} a question becomes a bug.`);
  expect(page).toContain(`Fitted on: ${fittedOn.join(', ')}. Bias ${bias};`);
});
