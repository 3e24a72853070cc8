import { expect, test } from '@jest/globals';
import { FetchProgress } from './fetch-progress.ts';

test('what stood there when a fetch began is known when the next one begins', () => {
  const progress = new FetchProgress();
  expect(progress.readToMs).toBe(Number.NEGATIVE_INFINITY);
  progress.begins(1, 100);
  expect(progress.readToMs).toBe(Number.NEGATIVE_INFINITY);
  progress.begins(1, 250);
  expect(progress.readToMs).toBe(100);
  // However long the second takes, nothing more is known.
  progress.begins(1, 9_000);
  expect(progress.readToMs).toBe(250);
});

test('of several brokers the one that lags decides, until it is gone', () => {
  const progress = new FetchProgress();
  for (const ms of [100, 200]) progress.begins(1, ms);
  progress.begins(2, 150);
  expect(progress.readToMs).toBe(Number.NEGATIVE_INFINITY);
  progress.begins(2, 300);
  expect(progress.readToMs).toBe(100);
  for (const ms of [50_000, 60_301]) progress.begins(2, ms);
  expect(progress.readToMs).toBe(50_000);
});

test('after the group was given its partitions anew nothing is known', () => {
  const progress = new FetchProgress();
  for (const ms of [100, 200]) progress.begins(1, ms);
  progress.beginsAnew();
  progress.begins(1, 300);
  expect(progress.readToMs).toBe(Number.NEGATIVE_INFINITY);
  progress.begins(1, 400);
  expect(progress.readToMs).toBe(300);
});
