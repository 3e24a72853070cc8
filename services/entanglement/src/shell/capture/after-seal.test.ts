import { setTimeout as delay } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import { AfterSeal } from './after-seal.ts';
import { newStatus } from './status.ts';
import type { UniverseCapture } from './universe-capture.ts';

const hour = 3_600_000;

const nowUs = () => 1_000n;

function capture(remove: () => Promise<void>, heartbeatAtUs = nowUs()) {
  return {
    remove: jest.fn(remove),
    options: { wanted: { slot: 'chronos_x' } } as UniverseCapture['options'],
    status: { ...newStatus(), heartbeatAtUs },
  };
}

test('captures run on until the last requests are judged, and go when the process ends before', async () => {
  const legacy = capture(async () => {});
  const after = new AfterSeal(() => {}, nowUs);
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
  const after = new AfterSeal((line) => lines.push(line), nowUs);
  await after.end('bank', [away, there], -5);
  expect(there.remove).toHaveBeenCalledTimes(1);
  expect(lines).toEqual([
    expect.stringMatching(/not removed .*ECONNREFUSED.*pg_drop_replication_slot\('chronos_x'\)/),
  ]);
});

test('a stream that is behind is read up to the end of the patience first; one that never gets there is told', async () => {
  const lines: string[] = [];
  const behind = capture(async () => {}, 999n);
  const after = new AfterSeal((line) => lines.push(line), nowUs);
  const ended = after.end('bank', [behind], 0);
  await delay(0);
  expect(behind.remove).not.toHaveBeenCalled();
  behind.status.heartbeatAtUs = 1_000n;
  await ended;
  expect([behind.remove.mock.calls.length, lines]).toEqual([1, []]);

  const stuck = capture(async () => {}, 0n);
  await new AfterSeal((line) => lines.push(line), nowUs, 0).end('bank', [stuck], 0);
  expect(stuck.remove).toHaveBeenCalledTimes(1);
  expect(lines).toEqual([expect.stringMatching(/^chronos_x: ends before the last changes were read/)]);
});
