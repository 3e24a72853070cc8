import { describe, expect, test } from '@jest/globals';
import { byFamily, criticalRecall, rocAuc, type Scored, wilson } from './statistics.ts';

const scored = (bug: boolean, score: number, family = String(score)): Scored => ({
  family,
  bug,
  critical: bug,
  score,
});

describe('figures of the bench', () => {
  test('Wilson: 0 of 100 and 50 of 100, as published', () => {
    expect(wilson(0, 100)[1]).toBeCloseTo(0.036994, 5);
    expect(wilson(50, 100)[0]).toBeCloseTo(0.403832, 5);
    expect(wilson(0, 0)).toEqual([0, 1]);
  });

  test('AUC: 1 when all bugs score higher, 0 the other way round, one half when all are equal', () => {
    expect(rocAuc([scored(true, 2), scored(false, 1)])).toBe(1);
    expect(rocAuc([scored(true, 1), scored(false, 2)])).toBe(0);
    expect(rocAuc([scored(true, 1), scored(false, 1), scored(false, 1)])).toBe(0.5);
    expect(rocAuc([scored(true, 3), scored(true, 1), scored(false, 2), scored(false, 0)])).toBe(0.75);
  });

  test('recall at a rate of false alarms counts what scores above the allowed harmless ones', () => {
    const harmless = Array.from({ length: 100 }, (_, score) => scored(false, score));
    expect(criticalRecall([...harmless, scored(true, 98.5), scored(true, 50)], 0.01)).toBe(0.5);
    expect(criticalRecall([...harmless, scored(true, 98)], 0.01)).toBe(0);
  });

  test('families are drawn whole: two families of equal episodes give the widest interval', () => {
    const items = Array.from({ length: 40 }, (_, at) => ({ family: at < 20 ? 'a' : 'b', hit: at < 20 }));
    const share = (drawn: readonly { hit: boolean }[]) =>
      drawn.filter(({ hit }) => hit).length / drawn.length;
    expect(byFamily(items, share)).toEqual([0, 1]);
  });
});
