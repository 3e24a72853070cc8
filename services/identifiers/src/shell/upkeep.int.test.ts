/** What is kept in a real Postgres: what is forgotten, what is bounded, which kinds overlap. */
import { setTimeout as delay } from 'node:timers/promises';
import type { BusProducer } from '@chronos/bus/bus.ts';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import type { IdentifierRules } from '../core/plan.ts';
import { MigrationFacts } from './migration-facts.ts';
import { PairStore } from './pair-store.ts';
import { PairTable } from './pair-table.ts';
import { migrateSchema } from './schema.ts';
import { Upkeep } from './upkeep.ts';

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await withPostgres();
  pool = new Pool({ connectionString: postgres.url });
  // The database ends before the pool does.
  pool.on('error', () => {});
  await migrateSchema(pool);
}, 60_000);

afterAll(async () => {
  await pool?.end();
  await postgres?.dispose();
});

/** The pairs of one migration, as one process of the service has them. */
function pairsOf(migration: string) {
  const store = new PairStore(pool);
  const table = new PairTable(store);
  const scope = { migration, sealing: sealingOf('a key for tests, of 32 characters', migration) };
  return {
    store,
    table,
    async learn(legacy: string, modern: string, requestId = 'r', bijection = 'orders', isNumber = false) {
      const seen = (text: string) => ({ bytes: Buffer.from(text), isNumber });
      const pair = { migration, bijection, requestId, isSealed: false, seenMs: Date.now() };
      const learned = await table.learn(scope, { ...pair, legacy: seen(legacy), modern: seen(modern) }, true);
      table.announce(learned);
      return learned.learned;
    },
    async modernsOf(value: string) {
      const want = { bijection: 'orders', value, isDeclared: true };
      const [found] = await table.find(scope, 'modern', [want], Date.now());
      return found?.partner?.value;
    },
    async isNumberInModern(value: string) {
      const want = { bijection: 'orders', value, isDeclared: true };
      const [found] = await table.find(scope, 'modern', [want], Date.now());
      return found?.partner?.isNumber;
    },
  };
}

const nobody = { send: async () => {} } as unknown as BusProducer;

test('what was forgotten is not known from memory either', async () => {
  const { store, table, learn, modernsOf } = pairsOf('forgets');
  const rules = { bijections: [{ name: 'orders' }], pairsMax: 1 } as unknown as IdentifierRules;
  const declared = new Map([['forgets', rules]]);
  const upkeep = new Upkeep({ store, table, producer: nobody, declared, onTrouble: () => {} });
  try {
    await learn('A', 'a');
    expect(await modernsOf('A')).toBe('a');
    await upkeep.run();
    await learn('B', 'b');
    await upkeep.run();
    expect([await modernsOf('A'), await modernsOf('B')]).toEqual([undefined, 'b']);
  } finally {
    await upkeep.close();
  }
});

test('a header or a cookie, seen first, hides for no longer than a body takes that an id is a number', async () => {
  const { learn, isNumberInModern } = pairsOf('numbers');
  await learn('17', '900002', 'in a cookie');
  expect(await isNumberInModern('17')).toBe(false);
  expect(await learn('17', '900002', 'in a body', 'orders', true)).toBe('known');
  expect(await isNumberInModern('17')).toBe(true);
  await learn('17', '900002', 'in a cookie again');
  expect(await isNumberInModern('17')).toBe(true);
});

test('of conflicts the newest are kept', async () => {
  const { store, learn } = pairsOf('conflicts');
  expect(await learn('A', 'a')).toBe('new');
  expect([await learn('A', 'b', 'r1'), await learn('A', 'c', 'r2')]).toEqual(['conflict', 'conflict']);
  await store.trimConflicts('conflicts', 'orders', 1);
  const { rows } = await pool.query(
    "SELECT request_id FROM identifiers.conflicts WHERE migration = 'conflicts'",
  );
  expect(rows).toEqual([{ request_id: 'r2' }]);
});

test('a kind overlaps once one id is one thing in legacy and another in modern, and not before', async () => {
  const { learn } = pairsOf('overlaps');
  const facts = async () =>
    new MigrationFacts(pool, Date.now, (error) => {
      throw error;
    }).of('overlaps');
  await learn('1', '1');
  await learn('2', '3');
  await learn('3', '2', 'r', 'others');
  expect((await facts()).overlapping).toEqual(new Set());
  await learn('3', '4');
  await learn('5', '2');
  expect((await facts()).overlapping).toEqual(new Set(['orders']));
  const { rows } = await pool.query(
    "SELECT bijection, convert_from(id, 'UTF8') AS id FROM identifiers.overlaps WHERE migration = 'overlaps'",
  );
  expect(rows).toEqual([{ bijection: 'orders', id: '3' }]);
});

test('that modern has answered clients outlives the process, and is known to others within a moment', async () => {
  let nowMs = 0;
  const process = () =>
    new MigrationFacts(
      pool,
      () => nowMs,
      () => {},
    );
  const [one, other] = [process(), process()];
  expect((await other.of('shop')).hasModernAnswered).toBe(false);
  await one.modernAnswers('shop');
  expect((await one.of('shop')).hasModernAnswered).toBe(true);
  expect((await process().of('shop')).hasModernAnswered).toBe(true);
  nowMs += 1_000;
  const deadline = performance.now() + 10_000;
  while (!(await other.of('shop')).hasModernAnswered) {
    expect(performance.now()).toBeLessThan(deadline);
    await delay(10);
  }
});

test('a pair whose thing was removed gives way to the next one of its id; one that still lives does not', async () => {
  const { table, learn, modernsOf } = pairsOf('reuses');
  const scope = { migration: 'reuses', sealing: sealingOf('a key for tests, of 32 characters', 'reuses') };
  const removed = (value: string, cameMs: number) =>
    table.removing(scope, 'modern', [{ bijection: 'orders', value, isDeclared: true }], cameMs);
  const longAgo = Date.now() - 60_000;
  await learn('5', '9001', 'r1', 'orders', true);
  expect(await learn('5', '9002', 'r2', 'orders', true)).toBe('conflict');
  expect(await removed('5', longAgo)('refused')).toEqual([]);
  expect(await learn('5', '9003', 'r3', 'orders', true)).toBe('conflict');

  const ended = await removed('5', longAgo)('done');
  expect(ended.map(({ modern }) => modern.content?.toString())).toEqual(['9001']);
  expect(await modernsOf('5')).toBe('9001');
  expect(await learn('5', '9004', 'r4', 'orders', true)).toBe('replaced');
  expect(await modernsOf('5')).toBe('9004');
  // Read late: from before the removal.
  expect(await learn('5', '9001', 'r1', 'orders', true)).toBe('conflict');
  expect(await modernsOf('5')).toBe('9004');

  // Seen before anybody asked for the removal.
  await removed('5', Date.now() + 60_000)('done');
  expect(await learn('5', '9005', 'r5', 'orders', true)).toBe('conflict');

  // Both hand out the same two again; what was seen before the removal says nothing of that.
  expect(await learn('9', '9009')).toBe('new');
  const both = async () =>
    (
      await table.find(scope, 'modern', [{ bijection: 'orders', value: '9', isDeclared: true }], Date.now())
    )[0];
  await removed('9', Date.now() + 60_000)('done');
  expect(await learn('9', '9009')).toBe('known');
  expect(await both()).toMatchObject({ isEnded: true });
  expect(await learn('12', '9012')).toBe('new');
  await removed('12', longAgo)('done');
  expect(await learn('12', '9012')).toBe('replaced');
  expect(await learn('12', '9012')).toBe('known');

  // Modern hands its own out again, under another id of legacy's.
  await learn('7', '9007');
  await removed('7', longAgo)('done');
  expect(await learn('8', '9007')).toBe('replaced');
  expect([await modernsOf('7'), await modernsOf('8')]).toEqual([undefined, '9007']);
});
