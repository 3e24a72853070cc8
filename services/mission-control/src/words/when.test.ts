import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { expect, test } from '@jest/globals';
import { whenText } from './when.ts';

const now = Date.parse('2026-11-23T00:00:05Z');

test.each([
  ['2026-11-23T00:00:04Z', '00:00:04'],
  ['2026-11-22T23:59:59Z', '2026-11-22 23:59:59'],
])('%s is told as %s', (at, told) => {
  expect(whenText(timestampFromDate(new Date(at)), now)).toBe(told);
});

test('nothing is told of no time', () => {
  expect(whenText(undefined, now)).toBe('');
});
