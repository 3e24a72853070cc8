import { expect, test } from '@jest/globals';
import { steadyLog } from './steady-log.ts';

test('one line a kind in ten seconds, with how many were held back', () => {
  let now = 0;
  const lines: string[] = [];
  const log = steadyLog(
    (line) => lines.push(line),
    () => now,
  );
  log('lost', 'why');
  log('lost', 'other');
  log('dropped');
  now = 9_999;
  log('lost');
  now = 10_000;
  log('lost');
  expect(lines).toEqual(['lost (why)', 'dropped', 'lost (and 2 more since the last such line)']);
});
