import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Admission } from './admission.ts';

test('connections are taken up in order, a few a turn, and those that come meanwhile after them', async () => {
  const admission = new Admission();
  const started: number[] = [];
  for (let n = 0; n < 20; n += 1) admission.admit(() => started.push(n));
  expect(started).toEqual([]);
  await turn();
  const first = started.length;
  expect(first).toBeGreaterThan(0);
  expect(first).toBeLessThan(20);
  admission.admit(() => started.push(20));
  while (started.length < 21) await turn();
  expect(started).toEqual(Array.from({ length: 21 }, (_, n) => n));
  admission.admit(() => started.push(21));
  await turn();
  expect(started.at(-1)).toBe(21);
});
