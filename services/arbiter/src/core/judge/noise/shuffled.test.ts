import { createHash } from 'node:crypto';
import { describe } from '@jest/globals';
import { many, twins } from '../testing/twins.ts';

const hex = (i: number, run: number, length: number) =>
  createHash('sha256').update(`${i} ${run}`).digest('hex').slice(0, length);
/** One of so many, by the request and the run. */
const draw = (i: number, run: number, count: number) => Number.parseInt(hex(i, run, 8), 16) % count;

/** The elements turned round by so many places. */
const turned = <T>(items: readonly T[], by: number): readonly T[] =>
  items.map((_, i) => items[(i + by) % items.length] as T);

describe('rows with new ids in no order', () => {
  const basket = (i: number, run: number, pieces = 3) =>
    turned(
      [
        { id: hex(i, 10 * run, 24), sku: 'A-100', qty: i + 1 },
        { id: hex(i, 10 * run + 1, 24), sku: 'B-200', qty: pieces },
        { id: hex(i, 10 * run + 2, 24), sku: 'C-300', qty: 2 },
      ],
      draw(i, run, 3),
    );
  twins([
    ['the same rows', 'harmless', 'lines', many(10, (i) => [basket(i, 1), basket(i, 2), basket(i, 3)])],
    [
      'a piece fewer in one of ten',
      'bug',
      'lines',
      many(10, (i) => [basket(i, 1), basket(i, 2, i === 6 ? 2 : 3), basket(i, 3)]),
    ],
    [
      'a row lost',
      'bug',
      'lines',
      many(10, (i) => [basket(i, 1), basket(i, 2).slice(i === 6 ? 1 : 0), basket(i, 3)]),
    ],
  ]);
});

describe('a number that counts to an element', () => {
  const options = ['112', '911', '999', '110'];
  const exam = (i: number, run: number) => {
    const shuffled = turned(options, draw(i, run, 4));
    return { text: `Question ${i}`, options: shuffled, correct: shuffled.indexOf('112') };
  };
  const told = (i: number) => ({ text: `Question ${i}`, options: exam(i, 2).options, answer: '112' });
  const wrong = (i: number) => ({ ...exam(i, 2), correct: (exam(i, 2).correct + 1) % 4 });
  twins([
    ['the element itself', 'ask', 'exam', many(12, (i) => [exam(i, 1), told(i), exam(i, 3)])],
    ['the same element', 'harmless', 'exam', many(12, (i) => [exam(i, 1), exam(i, 2), exam(i, 3)])],
    [
      'another element in one of twelve',
      'bug',
      'exam',
      many(12, (i) => [exam(i, 1), i === 5 ? wrong(i) : exam(i, 2), exam(i, 3)]),
    ],
  ]);
});

describe('drawn numbers', () => {
  const drawn = (i: number, run: number) => {
    const first = draw(i, run, 6);
    return [first + 1, ((first + 1 + draw(i, run + 50, 5)) % 6) + 1].sort((a, b) => a - b);
  };
  const twice = (i: number) => (i % 4 === 1 ? [3, 3] : drawn(i, 2));
  twins([
    ['that all differ', 'harmless', 'letters', many(40, (i) => [drawn(i, 1), drawn(i, 2), drawn(i, 3)])],
    ['one of them twice', 'bug', 'letters', many(40, (i) => [drawn(i, 1), twice(i), drawn(i, 3)])],
  ]);
});

describe('numbers that have nothing to do with each other', () => {
  /** Below 400 on one side, above 380 on the other: legacy keeps their order by chance. */
  const answer = (i: number, run: number, took = 100 + draw(i, run, 200)) => ({
    took,
    score: 380 + draw(i, 7, 400),
    id: hex(i, run, 16),
  });
  twins([
    ['an order by chance', 'harmless', 'a', many(40, (i) => [answer(i, 1), answer(i, 2), answer(i, 3)])],
  ]);
});
