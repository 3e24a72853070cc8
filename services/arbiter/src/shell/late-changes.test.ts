import { beforeEach, expect, test } from '@jest/globals';
import { batch, half, modern, World } from '../testing/partition-world.ts';
import { change, rulesMessage, transaction, watermark } from '../testing/two-databases.ts';
import type { PartitionWorker } from './partition-worker.ts';

const passed = (ms: number) => [watermark('legacy', ms, 100), watermark('modern', ms, 100)];

/** A tagged transaction on account A. */
function booking(universe: 'legacy' | 'modern', lsn: number, committedMs: number, request = 'a') {
  const row = (balance: number) => ({ id: 'A', balance, bookings: 1, status: 'open' });
  return transaction({
    universe,
    lsn,
    committedMs,
    request,
    changes: [change('account', ['A'], row(10), row(7))],
  });
}

/** So many requests that the verdicts before them are remembered no longer: 4 MiB of them are. */
async function manyOthers(worker: PartitionWorker, from: number): Promise<void> {
  const body = JSON.stringify('x'.repeat(60_000));
  for (let i = 0; i < 80; i++) {
    const [id, offset] = [`other-${i}`, from + 2 * i];
    const both = [half(id, offset, 1_000, { body }), half(id, offset + 1, 1_000, { ...modern, body })];
    await worker.batch(batch(both));
  }
}

/** Judged with nothing in either database. */
async function judged(worker: PartitionWorker): Promise<void> {
  world.changes.came(...passed(2_000));
  await worker.batch(batch([half('a', 0, 1_000), half('a', 1, 1_000, modern)]));
  expect(world.written).toEqual(['a IDENTICAL']);
}

let world: World;
beforeEach(() => {
  world = new World();
  world.rules = rulesMessage();
});

test('a verdict that is remembered no longer is read from the log again, and re-opened', async () => {
  const worker = world.worker();
  await judged(worker);
  await manyOthers(worker, 2);
  world.changes.came(booking('legacy', 5, 2_500), ...passed(4_000));
  await worker.tick();
  await worker.tick();
  expect(world.written.filter((line) => line.startsWith('a '))).toEqual(['a IDENTICAL', 'a MISMATCH']);
  expect(world.missed).toEqual([]);
});

test('one that the log has no more is counted', async () => {
  const worker = world.worker();
  await judged(worker);
  await manyOthers(worker, 2);
  world.log = world.log.filter(({ key }) => key !== 'a');
  world.changes.came(booking('legacy', 5, 2_500), ...passed(4_000));
  await worker.tick();
  await worker.tick();
  expect(world.missed).toEqual(['forgotten']);
});

test('one whose changes around it are forgotten is counted, not re-opened', async () => {
  const worker = world.worker();
  world.changes.came(booking('legacy', 3, 1_001), booking('modern', 3, 1_001));
  await judged(worker);
  world.changes.came(...passed(90_000));
  world.changes.window.forget('m', 60_000);
  world.changes.came(booking('legacy', 105, 90_000), ...passed(95_000));
  await worker.tick();
  await worker.tick();
  expect([world.written, world.missed]).toEqual([['a IDENTICAL'], ['incomplete']]);
});

test('a log that cannot be read is read later', async () => {
  const worker = world.worker();
  await judged(worker);
  await manyOthers(worker, 2);
  world.changes.came(booking('legacy', 5, 2_500), ...passed(4_000));
  world.onReadBack = () => Promise.reject(new Error('no broker'));
  await expect(worker.tick()).rejects.toThrow('no broker');
  world.onReadBack = () => Promise.resolve();
  await worker.tick();
  expect(world.written.at(-1)).not.toBe('a MISMATCH');
  world.now += 20_000;
  await worker.tick();
  await worker.tick();
  expect(world.written.at(-1)).toBe('a MISMATCH');
});

test('a request that waits for its other half, or for the streams, has no verdict to be late for', async () => {
  const worker = world.worker();
  await worker.batch(batch([half('a', 0, 1_000)]));
  world.changes.came(booking('legacy', 5, 1_001), ...passed(4_000));
  await worker.tick();
  await worker.batch(batch([half('a', 1, 4_500, modern)]));
  await worker.tick();
  expect([world.written, world.missed, world.readBacks]).toEqual([['a MISMATCH'], [], 1]);
});

test('a request that never went through the proxies has none either', async () => {
  const worker = world.worker();
  await judged(worker);
  world.changes.came(booking('legacy', 5, 2_500, 'by-itself'), ...passed(4_000));
  await worker.tick();
  expect([world.written, world.missed, world.readBacks]).toEqual([['a IDENTICAL'], [], 1]);
});

test('after a restart what was judged with its changes is not late, whether its verdict is remembered or not', async () => {
  const worker = world.worker();
  world.changes.came(booking('legacy', 5, 1_001), booking('modern', 5, 1_001));
  await judged(worker);
  await manyOthers(worker, 2);
  const successor = world.worker();
  world.changes.again();
  await successor.batch(batch([half('b', 200, 3_000)]));
  await successor.tick();
  expect(world.readBacks).toBe(3);
  world.now += 20_000;
  await successor.tick();
  expect(world.written.filter((line) => line.startsWith('a '))).toEqual(['a IDENTICAL']);
  expect(world.missed).toEqual([]);
});

test('many requests judged at once: none of their changes is taken for a late one', async () => {
  const worker = world.worker();
  world.changes.came(booking('legacy', 5, 1_001), booking('modern', 5, 1_001), ...passed(2_000));
  await worker.batch(batch([half('a', 0, 1_000), half('a', 1, 1_000, modern)]));
  await manyOthers(worker, 2);
  await worker.tick();
  expect([world.missed, world.readBacks]).toEqual([[], 1]);
});
