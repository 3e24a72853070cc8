import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type ExchangeParts, exchange } from './testing/exchanges.ts';
import { type Rig, startRig, until } from './testing/rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  await rig.publishRules('m', 2);
  await rig.publishRules('patient', 120);
}, 120_000);

afterEach(() => rig.endAll());

afterAll(() => rig?.dispose(), 60_000);

const legacyHalf = (id: string, parts: ExchangeParts = {}) => exchange({ ...parts, id });
const modernHalf = (id: string, parts: ExchangeParts = {}) =>
  exchange({ ...parts, id, universe: 'modern', role: 'shadow' });
const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
const kindOf = (id: string) => Kind[rig.verdictsOf(id)[0]?.kind ?? Kind.UNSPECIFIED];

test('two arbiters share the work; one is killed midway; every id gets exactly one verdict', async () => {
  const [first] = await Promise.all([rig.startArbiter('killed'), rig.startArbiter('killed')]);
  const all = ids('kill', 2_000);
  let killed: Promise<unknown> = Promise.resolve();
  for (let i = 0; i < all.length; i += 50) {
    const some = all.slice(i, i + 50);
    // Halves apart from each other, some twice.
    const legacy = some.map((id) => legacyHalf(id, { migration: 'patient', body: '{"a":1}' }));
    await rig.send([...legacy, ...legacy.slice(0, 10)]);
    const answer = (id: string) => ({
      migration: 'patient',
      body: id.endsWith('7') ? '{"a":2}' : '{"a":1}',
    });
    await rig.send(some.toReversed().map((id) => modernHalf(id, answer(id))));
    if (i === 1_000) killed = first.end('SIGKILL');
  }
  await killed;
  await rig.judged(all);
  expect(await rig.judgedOnce(all)).toHaveLength(all.length);
  expect(all.filter((id) => kindOf(id) !== (id.endsWith('7') ? 'MISMATCH' : 'IDENTICAL'))).toEqual([]);
  expect(rig.verdictsOf('kill-7')[0]).toMatchObject({ rulesVersion: 'v1', lostReason: '' });
}, 120_000);

test('what waits for its other half survives a kill: the successor joins it', async () => {
  const all = ids('wait', 40);
  const before = await rig.startArbiter('survives');
  await rig.send(all.map((id) => legacyHalf(id, { migration: 'patient' })));
  await until(
    async () => (await before.metric('chronos_arbiter_joins_pending')) >= all.length,
    'every half pending',
  );
  await before.end('SIGKILL');
  await rig.send(all.map((id) => modernHalf(id, { migration: 'patient' })));
  await rig.startArbiter('survives');
  await rig.judged(all);
  expect(await rig.judgedOnce(all)).toHaveLength(all.length);
  expect(all.filter((id) => kindOf(id) !== 'IDENTICAL')).toEqual([]);
}, 120_000);

test('a half that never comes is lost at the deadline though nothing else arrives; SIGTERM ends it in time', async () => {
  const arbiter = await rig.startArbiter('deadline');
  const all = ids('lost', 5);
  await rig.send(all.map((id) => legacyHalf(id)));
  await rig.judged(all);
  expect(all.map((id) => rig.verdictsOf(id)[0]?.lostReason)).toEqual(all.map(() => 'shadow-not-captured'));
  const startedAt = Date.now();
  expect(await arbiter.end('SIGTERM')).toBe(0);
  expect(Date.now() - startedAt).toBeLessThan(3_000);

  // A late half changes nothing, though another process judged it.
  const next = await rig.startArbiter('deadline');
  await rig.send([modernHalf('lost-0')]);
  await until(
    async () => (await next.metric('chronos_arbiter_ignored_exchanges')) === 1,
    'the late half is read',
  );
  expect(await rig.judgedOnce(all)).toHaveLength(all.length);
}, 120_000);

test('a body as large as the capture lets through fits, and its verdict too', async () => {
  await rig.startArbiter('large');
  const body = JSON.stringify('x'.repeat((1 << 20) - 2));
  await rig.send([legacyHalf('large', { body })]);
  await rig.send([modernHalf('large', { body })]);
  await rig.judged(['large']);
  expect(kindOf('large')).toBe('IDENTICAL');
}, 60_000);

test('the broker goes and comes back: nothing is lost, nothing doubled', async () => {
  await rig.startArbiter('outage');
  const all = ids('outage', 300);
  await rig.send(all.slice(0, 150).map((id) => legacyHalf(id, { migration: 'patient' })));
  await rig.send(all.slice(0, 100).map((id) => modernHalf(id, { migration: 'patient' })));
  await rig.stopBroker();
  await rig.startBroker();
  await rig.send(all.slice(150).map((id) => legacyHalf(id, { migration: 'patient' })));
  await rig.send(all.slice(100).map((id) => modernHalf(id, { migration: 'patient' })));
  await rig.judged(all);
  expect(await rig.judgedOnce(all)).toHaveLength(all.length);
  expect(all.filter((id) => kindOf(id) !== 'IDENTICAL')).toEqual([]);
}, 180_000);
