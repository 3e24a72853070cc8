import { expect, test } from '@jest/globals';
import { editDistance, nearest } from './nearest.ts';

const keys = ['name', 'listen', 'legacy', 'modern', 'shared_secrets', 'per_try_timeout'];

test.each([
  ['legcy', 'legacy'],
  ['lsiten', 'listen'],
  ['sharedSecret', 'shared_secrets'],
  ['per-try-timeout', 'per_try_timeout'],
  ['Modern', 'modern'],
])('%s → %s', (word, expected) => expect(nearest(word, keys)).toBe(expected));

test.each(['xyzzy', '', 'a', 'timeout'])('nothing near %s', (word) =>
  expect(nearest(word, keys)).toBeUndefined(),
);

test('swapped neighbours are one error', () => {
  expect(editDistance('ab', 'ba', 5)).toBe(1);
  expect(editDistance('kitten', 'sitting', 5)).toBe(3);
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
});
