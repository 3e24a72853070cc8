import { expect, test } from '@jest/globals';
import type { Triple } from './episode.ts';
import { affordable } from './episode-cost.ts';
import { judgeEpisode } from './judge-episode.ts';

const many = (count: number, of: (i: number) => readonly [unknown, unknown]): Triple[] =>
  Array.from({ length: count }, (_, i) => {
    const [legacy, modern] = of(i);
    return { legacy: JSON.stringify(legacy), modern: JSON.stringify(modern) };
  });
const members = (from: number) =>
  Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`key${i}`, `value ${from + i}`]));

test('ten thousand amounts, and what is equal, are judged as a whole', () => {
  expect(affordable(many(10_000, (i) => [i, i + 1]))).toBe(10_000);
  expect(affordable(many(10_000, (i) => [members(i), members(i)]))).toBe(10_000);
});

test('of dear observations the first ones are judged, and the judgement says so', () => {
  const observations = many(400, (i) => [members(i), members(i + 1)]);
  const count = affordable(observations);
  expect(count).toBeGreaterThan(50);
  expect(count).toBeLessThan(400);
  const { verdict, explanation } = judgeEpisode({ id: 'e', field: 'f', observations });
  expect(verdict).toBe('bug');
  expect(explanation).toContain(`Only the first ${count} of 400 observations were looked at`);
});

test('what the first ones prove is no proof of the others', () => {
  const reversed = (object: object) => Object.fromEntries(Object.entries(object).reverse());
  const proven = many(400, (i) => [members(i), reversed(members(i))]);
  const count = affordable(proven);
  expect(judgeEpisode({ id: 'e', field: 'f', observations: proven.slice(0, count) }).verdict).toBe(
    'harmless',
  );
  const judgement = judgeEpisode({ id: 'e', field: 'f', observations: proven });
  expect(judgement).toMatchObject({ verdict: 'ask', rule: 'too-much-to-judge' });
  expect(judgement.question).toMatch(/\?$/);
});

test('one observation is always judged', () => {
  const list = (from: number) => Array.from({ length: 60_000 }, (_, i) => from + i);
  expect(affordable(many(3, (i) => [list(i), list(i + 1)]))).toBe(1);
});

/** Each took from two to twenty seconds before it was bounded. */
test.each<[string, number, (i: number) => readonly [unknown, unknown], string]>([
  ['short sentences', 4_000, (i) => [`paid on day ${i}`, `paid at day ${i}`], 'cut'],
  ['amounts as texts', 10_000, (i) => [`${i}.10 EUR`, `${i}.20 EUR`], 'cut'],
  ['tokens', 10_000, (i) => [`aX${i * 7_919}b`, `kY${i * 104_729}q`], 'cut'],
  ['words of a small vocabulary', 4_000, (i) => [`C${i % 40}`, `word${i % 37}`], 'cut'],
  ['amounts', 10_000, (i) => [i, i + 0.01], 'whole'],
])('an episode of many %s comes to its end', (_, count, of, looked) => {
  const observations = many(count, of);
  const { verdict, explanation } = judgeEpisode({ id: 'e', field: 'f', observations });
  expect(verdict).not.toBe('harmless');
  expect(explanation.includes('observations were looked at') ? 'cut' : 'whole').toBe(looked);
});
