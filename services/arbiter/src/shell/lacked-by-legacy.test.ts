import { beforeEach, expect, test } from '@jest/globals';
import type { ExchangeParts } from '../testing/exchanges.ts';
import { batch, half, World } from '../testing/partition-world.ts';
import { change, rulesMessage, transaction, watermark } from '../testing/two-databases.ts';

const passed = (ms: number) => [watermark('legacy', ms, 100), watermark('modern', ms, 100)];
const row = (balance: number) => ({ id: 'A', balance, bookings: 1, status: 'open' });
/** Modern's, of request `lost`, of which legacy did not answer its copy. */
const booked = transaction({
  universe: 'modern',
  lsn: 5,
  committedMs: 1_001,
  request: 'lost',
  changes: [change('account', ['A'], row(10), row(7))],
});
const lostInLegacy = (offset: number) => [
  half('lost', offset, 1_000, { universe: 'modern' }),
  half('lost', offset + 1, 1_000, { role: 'shadow', outcome: 'reset' }),
];
/** A read of account A. */
const read = (id: string, offset: number, startedAtMs: number, answers = ['10', '7']) => {
  const [left, right] = answers.map(
    (value): ExchangeParts => ({
      startedAtMs,
      requestHeaders: [['content-type', 'application/json']],
      requestBody: '{"id":"A"}',
      body: `{"balance":"${value}"}`,
    }),
  );
  return [
    half(id, offset, startedAtMs, { ...right, universe: 'modern' }),
    half(id, offset + 1, startedAtMs, { ...left, role: 'shadow' }),
  ];
};

let world: World;
beforeEach(() => {
  world = new World();
  world.rules = rulesMessage();
});

test('a read of what legacy failed to do is a race until it is repaired, also in another partition; a wrong one is none', async () => {
  world.changes.came(booked, ...passed(6_000));
  await world.worker().batch(batch(lostInLegacy(0)));
  const other = world.worker();
  await other.batch(batch([...read('right', 0, 3_000), ...read('wrong', 2, 3_000, ['10', '6'])]));
  expect(world.written).toEqual(['lost shadow-no-response', 'right RACE', 'wrong MISMATCH']);
});

test('an arbiter that was started anew knows it by the verdict', async () => {
  world.changes.came(booked, ...passed(6_000));
  await world.worker().batch(batch(lostInLegacy(0)));
  world.changes.restarted();
  await world.worker().batch(batch([...lostInLegacy(0), ...read('right', 2, 3_000)]));
  expect(world.written).toEqual(['lost shadow-no-response', 'right RACE']);
});

test('a read that comes before the lost request is known waits for it', async () => {
  const worker = world.worker();
  world.changes.came(booked, ...passed(6_000));
  await worker.batch(batch([half('lost', 0, 1_000, { universe: 'modern' }), ...read('right', 1, 3_000)]));
  expect(world.written).toEqual([]);
  await worker.batch(batch([half('lost', 3, 3_500, { role: 'shadow', outcome: 'reset' })]));
  expect(world.written.toSorted()).toEqual(['lost shadow-no-response', 'right RACE']);
});
