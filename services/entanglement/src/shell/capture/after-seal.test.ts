import { setTimeout as delay } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import { AfterSeal } from './after-seal.ts';
import type { UniverseCapture } from './universe-capture.ts';

const hour = 3_600_000;

function capture(remove: () => Promise<void>) {
  return {
    remove: jest.fn(remove),
    options: { wanted: { slot: 'chronos_x' } } as UniverseCapture['options'],
  };
}

test('captures run on until the last requests are judged, and go when the process ends before', async () => {
  const legacy = capture(async () => {});
  const after = new AfterSeal(() => {});
  const ended = after.end('bank', [legacy], hour);
  await delay(0);
  expect([after.has('bank'), legacy.remove.mock.calls.length]).toEqual([true, 0]);
  await after.stop();
  await ended;
  expect(legacy.remove).toHaveBeenCalledTimes(1);
});

test('a database that is away keeps its slot, and the way to remove it is said; the other one goes', async () => {
  const lines: string[] = [];
  const away = capture(() => Promise.reject(new Error('ECONNREFUSED')));
  const there = capture(async () => {});
  const after = new AfterSeal((line) => lines.push(line));
  await after.end('bank', [away, there], -5);
  expect(there.remove).toHaveBeenCalledTimes(1);
  expect(lines).toEqual([
    expect.stringMatching(/not removed .*ECONNREFUSED.*pg_drop_replication_slot\('chronos_x'\)/),
  ]);
});
