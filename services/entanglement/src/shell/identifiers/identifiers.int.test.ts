import { randomUUID } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/identifiers/shell/schema.ts';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { JobState, type Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { IdentifiersSchema } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { compileEntities, inDependencyOrder, tablesOf } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { readCatalog } from '../catalog.ts';
import { ChangeFollower } from '../copy/change-follower.ts';
import { CopyJob } from '../copy/copy-job.ts';
import { isAlone } from '../repair/find-alike.ts';
import { writeRows } from '../repair/write-rows.ts';
import { entityPool, PostgresSide } from '../verify/postgres-side.ts';
import { repairRow } from '../verify/repair-row.ts';
import { VerificationJob } from '../verify/verification-job.ts';
import { StoredPairs } from './pair-source.ts';

jest.setTimeout(60_000);

/** Orders have ids of each database's own making; lines belong to an order, payments name one. */
const LEGACY = `
  CREATE SEQUENCE order_numbers START 1001;
  CREATE TABLE orders (id text PRIMARY KEY DEFAULT 'ORD-' || nextval('order_numbers'), item text NOT NULL);
  CREATE TABLE lines (order_id text REFERENCES orders, line integer, cents bigint NOT NULL, PRIMARY KEY (order_id, line));
  CREATE TABLE payments (id integer PRIMARY KEY, order_id text NOT NULL REFERENCES orders, cents bigint NOT NULL)`;
const MODERN = `
  CREATE TABLE orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), item text NOT NULL);
  CREATE TABLE lines (order_id uuid REFERENCES orders, line integer, cents bigint NOT NULL, PRIMARY KEY (order_id, line));
  CREATE TABLE payments (id integer PRIMARY KEY, order_id uuid NOT NULL REFERENCES orders, cents bigint NOT NULL)`;

const same = (...names: string[]) => names.map((name) => ({ name, legacy: name, modern: name }));
const order = { name: 'order', legacy: 'order_id', modern: 'order_id', identifiers: 'orders' };
const table = (name: string) => ({ legacy: { table: name }, modern: { table: name } });
const declared = create(EntanglementSchema, {
  entities: [
    {
      name: 'order',
      ...table('orders'),
      key: ['id'],
      fields: [{ name: 'id', legacy: 'id', modern: 'id', identifiers: 'orders' }, ...same('item')],
    },
    {
      name: 'line',
      ...table('lines'),
      key: ['order', 'line'],
      dependsOn: ['order'],
      fields: [order, ...same('line', 'cents')],
    },
    {
      name: 'payment',
      ...table('payments'),
      key: ['id'],
      dependsOn: ['order'],
      fields: [...same('id', 'cents'), order],
    },
  ],
});

let postgres: TestPostgres;
let pools: { legacy: pg.Pool; modern: pg.Pool };
let state: Database;
let pairs: StoredPairs;
let entities: CompiledEntity[];
const published: string[] = [];

beforeAll(async () => {
  postgres = await withPostgres({ database: 'legacy' });
  const url = (name: string) => postgres.url.replace(/\/legacy$/, `/${name}`);
  const admin = new pg.Client({ connectionString: postgres.superUrl });
  await admin.connect();
  for (const name of ['modern', 'chronos']) await admin.query(`CREATE DATABASE ${name} OWNER test`);
  await admin.end();
  pools = { legacy: entityPool(url('legacy')), modern: entityPool(url('modern'), 8) };
  await pools.legacy.query(LEGACY);
  await pools.modern.query(MODERN);
  const own = new pg.Pool({ connectionString: url('chronos'), max: 1 });
  await migrateSchema(own);
  await own.end();
  state = new Database(url('chronos'));
  pairs = new StoredPairs({
    database: state,
    migration: 'shop',
    hash: (text) => Buffer.from(`hash of ${text}`),
    declared: create(IdentifiersSchema, { bijections: [{ name: 'orders' }] }),
    publish: async (_topic, records) => void published.push(...records.map(({ key }) => key)),
  });
  const catalogs = {
    legacy: await readCatalog(pools.legacy, tablesOf(declared, 'legacy')),
    modern: await readCatalog(pools.modern, tablesOf(declared, 'modern')),
  };
  entities = inDependencyOrder(compileEntities(declared, catalogs, { mask: (text) => text }));
});

afterAll(async () => {
  await Promise.all([pools?.legacy.end(), pools?.modern.end(), state?.close()]);
  await postgres?.dispose();
});

async function verification(withRepair: boolean): Promise<Verification> {
  const sides = {
    legacy: new PostgresSide(pools.legacy, 'legacy', pairs),
    modern: new PostgresSide(pools.modern, 'modern', pairs),
  };
  const job = new VerificationJob(
    entities,
    sides,
    {
      migration: 'shop',
      rowsPerSecond: 0,
      chunkRows: 150,
      times: { quietMs: 200, givenUpAfterMs: 3_000 },
      ...(withRepair && {
        repair: async ({ entity, key, modern }) =>
          (
            await repairRow({
              entity,
              key,
              authority: { universe: 'legacy', pool: pools.legacy },
              target: { universe: 'modern', pool: pools.modern },
              prefix: 'chronos-repair',
              id: randomUUID(),
              targetVersion: modern?.version,
              pairs,
            })
          ).outcome === 'repaired',
      }),
    },
    async () => {},
  );
  await job.run(new AbortController().signal);
  return job.state;
}

/** What a service makes of one request: an order with two lines, and its payment. Returns the order's id. */
async function buy(pool: pg.Pool, payment: number): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `WITH made AS (INSERT INTO orders (item) VALUES ($1) RETURNING id)
     SELECT id::text FROM made`,
    [`item ${payment}`],
  );
  const id = rows[0]?.id ?? '';
  await pool.query(`INSERT INTO lines SELECT '${id}', n, $1 * n FROM generate_series(1, 2) n`, [payment]);
  await pool.query(`INSERT INTO payments VALUES ($1, '${id}', $2)`, [payment, payment * 3]);
  return id;
}

async function partnerOf(legacy: string): Promise<string> {
  const partners = await pairs.partners([{ bijection: 'orders', universe: 'legacy', id: legacy }]);
  return partners.own('orders', 'modern', legacy) ?? 'unknown';
}

test('a copy gives rows ids of modern’s own, and all of it is proven equal', async () => {
  for (let payment = 1; payment <= 200; payment += 1) await buy(pools.legacy, payment);
  const sides = {
    legacy: new PostgresSide(pools.legacy, 'legacy', pairs),
    modern: new PostgresSide(pools.modern, 'modern', pairs),
  };
  const job = new CopyJob(
    entities,
    sides,
    {
      migration: 'shop',
      target: pools.modern,
      prefix: 'chronos-copy',
      pairs,
      rowsPerSecond: 0,
      intoFilled: false,
      chunkRows: 70,
      catchUp: () => verification(true),
    },
    async () => {},
  );
  await job.run(new AbortController().signal);
  expect([job.state.state, job.state.failure, job.state.rowsWritten]).toEqual([JobState.CLEAN, '', 800n]);
  expect(published).toHaveLength(200);
  const { rows } = await pools.modern.query<{ orders: string; paid: string }>(
    'SELECT count(DISTINCT o.id)::text AS orders, count(p.id)::text AS paid FROM orders o JOIN payments p ON p.order_id = o.id',
  );
  expect(rows).toEqual([{ orders: '200', paid: '200' }]);
});

test('what legacy changes while it is copied is followed by its ids: new rows, other rows, rows that go', async () => {
  const sides = { legacy: new PostgresSide(pools.legacy, 'legacy', pairs) };
  const follower = new ChangeFollower(entities, sides.legacy, {
    pool: pools.modern,
    universe: 'modern',
    prefix: 'chronos-copy',
    id: randomUUID(),
    pairs,
  });
  const row = (entity: string, ...key: string[]) => ({ entity, key: JSON.stringify(key) });
  const made = await buy(pools.legacy, 500);
  const { rows } = await pools.legacy.query<{ order_id: string }>(
    'DELETE FROM payments WHERE id = 7 RETURNING order_id',
  );
  const gone = rows[0]?.order_id ?? '';
  await pools.legacy.query('DELETE FROM lines WHERE order_id = $1', [gone]);
  await pools.legacy.query('DELETE FROM orders WHERE id = $1', [gone]);
  const changed = await pools.legacy.query<{ id: string }>(
    `UPDATE orders SET item = 'another' WHERE item = 'item 9' RETURNING id`,
  );
  // As the stream may tell: a row before the one that it names.
  follower.take([
    row('payment', '500'),
    row('line', made, '1'),
    row('line', made, '2'),
    row('order', made),
    row('payment', '7'),
    row('line', gone, '1'),
    row('line', gone, '2'),
    row('order', gone),
    row('order', changed.rows[0]?.id ?? ''),
    row('order', 'ORD-never'),
  ]);
  await follower.drain();
  const found = await verification(false);
  expect([found.state, found.differences]).toEqual([JobState.CLEAN, []]);
});

test('rows that both universes make at once are one row each; what is wrong is found by its id and repaired', async () => {
  const buying = Array.from({ length: 60 }, async (_, at) => {
    const [legacy, modern] = await Promise.all([
      buy(pools.legacy, 1_000 + at),
      buy(pools.modern, 1_000 + at),
    ]);
    await pairs.learn([{ bijection: 'orders', legacy, modern }], `request ${at}`);
    return { legacy, modern };
  });
  const [first, second, third] = await Promise.all(buying);
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('three were bought');
  expect((await verification(false)).state).toBe(JobState.CLEAN);

  // Another item; a payment that pays another order; a copy that never came; an order that nobody asked for.
  await pools.modern.query('UPDATE orders SET item = $2 WHERE id = $1', [first.modern, 'sofa']);
  await pools.modern.query('UPDATE payments SET order_id = $1 WHERE order_id = $2', [
    third.modern,
    second.modern,
  ]);
  const lost = await buy(pools.legacy, 3_000);
  const { rows } = await pools.modern.query<{ id: string }>(
    `INSERT INTO orders (item) VALUES ('ghost') RETURNING id::text`,
  );
  const found = await verification(true);
  expect(
    found.differences.map(({ entity, key, fields }) => `${entity} ${key} ${fields.join(',')}`).sort(),
  ).toEqual(
    [
      `order ["${first.legacy}"] item`,
      `order ["⟨modern:${rows[0]?.id}⟩"] `,
      `order ["${lost}"] `,
      `line ["${lost}","1"] `,
      `line ["${lost}","2"] `,
      `payment ["1001"] order`,
      `payment ["3000"] `,
    ].sort(),
  );
  expect(found.differences.map(({ repairFailure }) => repairFailure).filter(Boolean)).toEqual([]);
  expect((await verification(false)).state).toBe(JobState.CLEAN);
  const modern = await partnerOf(lost);
  expect(modern).toMatch(/^[0-9a-f-]{36}$/);
  const paid = await pools.modern.query('SELECT order_id::text FROM payments WHERE id = 3000');
  expect(paid.rows).toEqual([{ order_id: modern }]);
});

test('a row without a known partner is made in the other universe only where none is there that could be it', async () => {
  const modern = new PostgresSide(pools.modern, 'modern', pairs);
  const [order] = entities.filter(({ name }) => name === 'order');
  if (order === undefined) throw new Error('orders are declared');
  const alone = (...items: string[]) => {
    const contents = items.map((item) => new Map([['item', item]]));
    return isAlone({ entity: order, lacking: 'modern', contents }, modern, pairs);
  };
  await pools.modern.query(`INSERT INTO orders (item) VALUES ('twin')`);
  // Of a pair that is known is what both have bought; of the twin nobody knows legacy's id.
  expect(await alone('item 1', 'none is like it')).toBe(true);
  expect(await alone('none is like it', 'twin')).toBe(false);
  expect(await isAlone({ entity: order, lacking: 'modern', contents: [new Map()] }, modern, pairs)).toBe(
    false,
  );
  await pools.modern.query(`DELETE FROM orders WHERE item = 'twin'`);
});

test('after the hot-swap legacy gets an id of its own for what modern made, together with what belongs to it', async () => {
  const made = await buy(pools.modern, 4_000);
  const name = `⟨modern:${made}⟩`;
  const side = new PostgresSide(pools.modern, 'modern', pairs);
  const writes = await Promise.all(
    [
      ['order', [name]],
      ['line', [name, '1']],
      ['line', [name, '2']],
      ['payment', ['4000']],
    ].map(async ([name, key]) => {
      const entity = entities.find((each) => each.name === name);
      if (entity === undefined || !Array.isArray(key)) throw new Error(`no entity ${String(name)}`);
      const [row] = (await side.rows(entity, [key])).values();
      const text = JSON.stringify(key);
      return {
        kind: 'row',
        entity: entity.name,
        key: text,
        version: undefined,
        before: undefined,
        after: row?.values,
      } as const;
    }),
  );
  const repair = () =>
    writeRows(pools.legacy, {
      universe: 'legacy',
      entities,
      writes,
      pairs,
      id: randomUUID(),
      prefix: 'chronos-repair',
      intend: async () => {},
    });
  expect(await repair()).toEqual({ type: 'done' });
  const partners = await pairs.partners([{ bijection: 'orders', universe: 'modern', id: made }]);
  const legacy = partners.common('orders', 'modern', made);
  expect(legacy).toMatch(/^ORD-/);
  const { rows } = await pools.legacy.query(
    'SELECT count(*)::integer AS lines, max(p.id) AS payment FROM lines l JOIN payments p USING (order_id) WHERE order_id = $1',
    [legacy],
  );
  expect(rows).toEqual([{ lines: 2, payment: 4_000 }]);
  expect((await verification(false)).state).toBe(JobState.CLEAN);
  // Once more is no second row: it is there by now under legacy's id.
  expect(await repair()).toEqual({ type: 'changed' });
});
