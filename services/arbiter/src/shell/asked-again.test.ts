import { fromBinary } from '@bufbuild/protobuf';
import { Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { beforeEach, expect, test } from '@jest/globals';
import type { ExchangeParts } from '../testing/exchanges.ts';
import { batch, half, World } from '../testing/partition-world.ts';
import { change, rulesMessage, transaction, watermark } from '../testing/two-databases.ts';

const passed = (ms: number) => [watermark('legacy', ms, 100), watermark('modern', ms, 100)];
const row = (balance: number) => ({ id: 'A', balance, bookings: 1, status: 'open' });
const booking = (universe: 'legacy' | 'modern', request: string, committedMs: number, lsn = 5) =>
  transaction({ universe, lsn, committedMs, request, changes: [change('account', ['A'], row(10), row(7))] });
const pay = (status: number): ExchangeParts => ({
  method: 'POST',
  path: '/pay',
  requestHeaders: [['idempotency-key', 'k']],
  requestBody: '{"id":"A"}',
  status,
  body: `{"status":"${status === 201 ? 'booked' : 'known'}"}`,
});
const inModern = (id: string, offset: number, startedAtMs: number, parts: ExchangeParts) =>
  half(id, offset, startedAtMs, { ...parts, startedAtMs, durationMs: 50, universe: 'modern' });
const inLegacy = (id: string, offset: number, span: readonly [number, number], parts: ExchangeParts) =>
  half(id, offset, span[1], {
    ...parts,
    startedAtMs: span[0],
    durationMs: span[1] - span[0],
    role: 'shadow',
  });

let world: World;
beforeEach(() => {
  world = new World();
  world.rules = rulesMessage();
});

const kinds = () => world.log.map(({ value }) => Kind[fromBinary(VerdictSchema, value).kind]);

/** The client's first answer is lost; legacy's copy of that is slow. In two partitions; the second request is read first. */
async function askedAgain(): Promise<void> {
  const first = world.worker();
  const second = world.worker();
  await first.batch(batch([inModern('first', 0, 1_000, { ...pay(201), outcome: 'reset' })]));
  await second.batch(
    batch([inModern('again', 0, 1_100, pay(200)), inLegacy('again', 1, [1_100, 1_150], pay(201))]),
  );
  expect(world.written).toEqual([]);
  await first.batch(batch([inLegacy('first', 1, [1_000, 1_400], pay(200))]));
  world.now = 5_000;
  await first.tick();
  await second.tick();
}

test('asked again after a lost answer, and legacy booked the second: one is lost, the other a race', async () => {
  world.changes.came(booking('modern', 'first', 1_020), booking('legacy', 'again', 1_120), ...passed(6_000));
  await askedAgain();
  expect(kinds()).toEqual(['LOST', 'RACE']);
  expect(world.written[0]).toBe('first modern-cut-off');
});

test('the second is judged when the first one, in another partition, must have been read', async () => {
  world.changes.came(booking('modern', 'first', 1_020), booking('legacy', 'again', 1_120), ...passed(6_000));
  const [first, second] = [world.worker(), world.worker()];
  world.now = 1_400;
  world.readToMs = 1_399;
  await second.batch(
    batch([inModern('again', 0, 1_100, pay(200)), inLegacy('again', 1, [1_100, 1_150], pay(201))]),
  );
  await second.tick();
  expect(kinds()).toEqual([]);
  await first.batch(batch([inModern('first', 0, 1_000, { ...pay(201), outcome: 'reset' })]));
  await second.tick();
  expect(kinds()).toEqual([]);
  await first.batch(batch([inLegacy('first', 1, [1_000, 1_400], pay(200))]));
  [world.now, world.readToMs] = [5_000, 4_999];
  await first.tick();
  await second.tick();
  expect(kinds()).toEqual(['LOST', 'RACE']);
});

test('what only one universe did, asked once, is wrong once a second more has been read', async () => {
  world.changes.came(booking('legacy', 'again', 1_120), ...passed(6_000));
  const worker = world.worker();
  [world.now, world.readToMs] = [2_100, 2_099];
  await worker.batch(
    batch([inModern('again', 0, 1_100, pay(200)), inLegacy('again', 1, [1_100, 1_150], pay(201))]),
  );
  await worker.tick();
  expect(kinds()).toEqual([]);
  [world.now, world.readToMs] = [2_300, 2_299];
  await worker.tick();
  expect(kinds()).toEqual(['MISMATCH']);
});

test('… and where the broker is not read any more, at its deadline', async () => {
  world.changes.came(booking('legacy', 'again', 1_120), ...passed(20_000));
  const worker = world.worker();
  [world.now, world.readToMs] = [1_300, 1_299];
  await worker.batch(
    batch([inModern('again', 0, 1_100, pay(200)), inLegacy('again', 1, [1_100, 1_150], pay(201))]),
  );
  await worker.tick();
  expect(kinds()).toEqual([]);
  await worker.batch(batch([inModern('later', 2, 15_000, pay(200))]));
  expect(kinds()).toEqual(['MISMATCH']);
});

test('a modern that booked both is wrong all the same', async () => {
  const twice = transaction({
    universe: 'modern',
    lsn: 6,
    committedMs: 1_130,
    request: 'again',
    changes: [change('account', ['A'], row(7), row(4))],
  });
  world.changes.came(
    booking('modern', 'first', 1_020),
    twice,
    booking('legacy', 'again', 1_120),
    ...passed(6_000),
  );
  await askedAgain();
  expect(kinds()).toEqual(['MISMATCH', 'MISMATCH']);
});
