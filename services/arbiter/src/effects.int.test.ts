import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { EffectsState, Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type ExchangeParts, exchange } from './testing/exchanges.ts';
import { type Rig, startRig } from './testing/rig.ts';
import { change, transaction, watermark } from './testing/two-databases.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  await rig.publishDatabaseRules(60);
}, 120_000);

afterEach(() => rig.endAll());
afterAll(() => rig?.dispose(), 60_000);

/** One customer's account each: in modern a cent less for ids that end in 7. */
function changesOf(id: string, n: number, committedMs: number) {
  const row = (balance: number) => ({ id, balance, bookings: 1, status: 'open' });
  const booked = (to: number) => [change('account', [id], row(100), row(to))];
  const wrong = id.endsWith('7') ? 89 : 90;
  return [
    transaction({ universe: 'legacy', lsn: n, changes: booked(90), request: id, committedMs }),
    transaction({ universe: 'modern', lsn: n, changes: booked(wrong), request: id, committedMs }),
  ];
}

test('killed with signal 9 while it holds requests for the databases: each gets one verdict, of answers and effects', async () => {
  const startedAtMs = Date.now();
  const halves = (id: string, parts: ExchangeParts = {}) => [
    exchange({ ...parts, id, startedAtMs }),
    exchange({ ...parts, id, startedAtMs, universe: 'modern', role: 'shadow' }),
  ];
  const ids = Array.from({ length: 200 }, (_, n) => `effect-${n}`);
  const first = await rig.startArbiter('effects');
  const changes = ids.flatMap((id, n) => changesOf(id, n + 1, startedAtMs + 1));
  await rig.sendChanges([
    watermark('legacy', startedAtMs),
    watermark('modern', startedAtMs),
    ...changes.slice(0, 200),
  ]);
  await rig.send(ids.slice(0, 150).flatMap((id) => halves(id)));
  await rig.held(first, 100);
  await first.end('SIGKILL');
  // Some changes come twice, as after a crash of the capture.
  await rig.sendChanges(changes.slice(150));
  await rig.send(ids.slice(150).flatMap((id) => halves(id)));
  await rig.startArbiter('effects');
  await rig.sendChanges([
    watermark('legacy', startedAtMs + 60_000),
    watermark('modern', startedAtMs + 60_000),
  ]);
  await rig.judged(ids);
  expect(await rig.judgedOnce(ids)).toHaveLength(ids.length);
  const kinds = ids.map((id) => Kind[rig.verdictsOf(id)[0]?.kind ?? Kind.UNSPECIFIED]);
  expect(kinds).toEqual(ids.map((id) => (id.endsWith('7') ? 'MISMATCH' : 'IDENTICAL')));
  expect(rig.verdictsOf('effect-7')[0]).toMatchObject({
    effectsState: EffectsState.COMPARED,
    differences: [{ path: 'state.account.balance', legacy: '-10', modern: '-11' }],
  });
}, 180_000);

test('killed with signal 9 after legacy failed a request: a read of what it lacks is a race, one that is a cent off is not', async () => {
  // Behind the watermarks of the test before.
  const startedAtMs = Date.now() + 61_000;
  const row = (balance: number) => ({ id: 'lacking', balance, bookings: 1, status: 'open' });
  const changes = [change('account', ['lacking'], row(100), row(90))];
  const reads = (id: string, told: string): ExchangeParts[] =>
    ['100', told].map((value, at) => ({
      id,
      startedAtMs: startedAtMs + 1_000,
      universe: at === 0 ? 'legacy' : 'modern',
      role: at === 0 ? 'shadow' : 'authority',
      requestHeaders: [['content-type', 'application/json']],
      requestBody: '{"id":"lacking"}',
      body: `{"balance":"${value}"}`,
    }));
  const first = await rig.startArbiter('lacking');
  await rig.sendChanges([
    transaction({
      universe: 'modern',
      lsn: 10_000,
      changes,
      request: 'lacked',
      committedMs: startedAtMs + 1,
    }),
    watermark('legacy', startedAtMs + 60_000, 20_000),
    watermark('modern', startedAtMs + 60_000, 20_000),
  ]);
  const lacked = [
    exchange({ id: 'lacked', startedAtMs, universe: 'modern' }),
    exchange({ id: 'lacked', startedAtMs, role: 'shadow', outcome: 'reset' }),
  ];
  await rig.send(lacked);
  await rig.judged(['lacked']);
  await first.end('SIGKILL');
  await rig.startArbiter('lacking');
  // What is read of the partition of the lost request has its verdict read back.
  await rig.send([
    ...lacked,
    ...[...reads('right', '90'), ...reads('wrong', '89')].map((parts) => exchange(parts)),
  ]);
  await rig.judged(['right', 'wrong']);
  const kinds = ['lacked', 'right', 'wrong'].map(
    (id) => Kind[rig.verdictsOf(id)[0]?.kind ?? Kind.UNSPECIFIED],
  );
  expect(kinds).toEqual(['LOST', 'RACE', 'MISMATCH']);
}, 180_000);

test('a client asks again while legacy is slow, and legacy books the second: no mismatch, unless modern books both', async () => {
  // Behind the watermarks of the tests before.
  const fromMs = Date.now() + 240_000;
  const row = (id: string, balance: number) => ({ id, balance, bookings: 1, status: 'open' });
  const booking = (
    universe: 'legacy' | 'modern',
    lsn: number,
    request: string,
    [id, from]: [string, number],
  ) =>
    transaction({
      universe,
      lsn,
      request,
      committedMs: fromMs + 20,
      changes: [change('account', [id], row(id, from), row(id, from - 10))],
    });
  const halves = (id: string, account: string, statuses: readonly number[], from: number, slowMs: number) =>
    statuses.map((status, at) =>
      exchange({
        id,
        method: 'POST',
        startedAtMs: fromMs + from,
        durationMs: at === 0 ? slowMs : 50,
        universe: at === 0 ? 'legacy' : 'modern',
        role: at === 0 ? 'shadow' : 'authority',
        requestHeaders: [
          ['idempotency-key', account],
          ['x-request-id', id],
        ],
        requestBody: `{"id":"${account}"}`,
        status,
        body: `{"booked":${status === 201}}`,
      }),
    );
  await rig.sendChanges([
    booking('modern', 30_001, 'once-1', ['once', 100]),
    booking('legacy', 30_002, 'once-2', ['once', 100]),
    booking('modern', 30_003, 'twice-1', ['twice', 100]),
    booking('modern', 30_004, 'twice-2', ['twice', 90]),
    booking('legacy', 30_005, 'twice-2', ['twice', 100]),
    watermark('legacy', fromMs + 60_000, 40_000),
    watermark('modern', fromMs + 60_000, 40_000),
  ]);
  const arbiter = await rig.startArbiter('again');
  const first = ['once', 'twice'].map((account) => halves(`${account}-1`, account, [200, 201], 0, 400));
  // Legacy's copies are slow: only what modern answered is known of the first.
  await rig.send(first.map((both) => both[1] as Exchange));
  await rig.held(arbiter, 2);
  await rig.send(
    ['once', 'twice'].flatMap((account) => halves(`${account}-2`, account, [201, 200], 100, 50)),
  );
  // In whichever partitions they are: the second are known before the first have ended, as in what is to be shown.
  await rig.held(arbiter, 4);
  await rig.send(first.map((both) => both[0] as Exchange));
  const ids = ['once-1', 'once-2', 'twice-1', 'twice-2'];
  await rig.judged(ids);
  const kinds = ids.map((id) => Kind[rig.verdictsOf(id)[0]?.kind ?? Kind.UNSPECIFIED]);
  expect(kinds).toEqual(['RACE', 'RACE', 'MISMATCH', 'MISMATCH']);
}, 180_000);
