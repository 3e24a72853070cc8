import { beforeEach, expect, test } from '@jest/globals';
import { Kept } from './kept.ts';

let kept: Kept<string>;
const goTo = (step: string) => Object.assign(globalThis, { history: { state: { step } } });

beforeEach(() => {
  kept = new Kept();
  goTo('list');
  kept.set('all', 'as it was');
});

test('back on a step there is what was left; another step to the same address begins anew', () => {
  goTo('request');
  expect(kept.get('all')).toBeUndefined();
  goTo('list');
  expect(kept.get('all')).toBe('as it was');
});

test('another filter on the same step begins anew, and so does the first one chosen again', () => {
  expect(kept.get('lost')).toBeUndefined();
  kept.set('lost', 'of the lost');
  expect(kept.get('all')).toBeUndefined();
});

test('only the newest steps are kept', () => {
  for (const step of ['2', '3', '4', '5']) {
    goTo(step);
    kept.set('all', step);
  }
  expect(kept.get('all')).toBe('5');
  goTo('list');
  expect(kept.get('all')).toBeUndefined();
});
