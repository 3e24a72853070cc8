import { create } from '@bufbuild/protobuf';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type pg from 'pg';
import { compileEntities } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Write } from '../../core/repair/plan.ts';
import { readCatalog } from '../catalog.ts';
import { noPairs } from '../identifiers/pair-source.ts';
import { entityPool, PostgresSide } from '../verify/postgres-side.ts';
import { repairRow } from '../verify/repair-row.ts';
import { writeRows } from './write-rows.ts';

jest.setTimeout(60_000);

/** Legacy keeps what modern generates: the gross of a net, and a code of the key. */
const declared = create(EntanglementSchema, {
  entities: [
    {
      name: 'price',
      legacy: { table: 'preis' },
      modern: { table: 'prices' },
      key: ['id'],
      fields: ['id', 'net', 'gross', 'code'].map((name) => ({ name, legacy: name, modern: name })),
    },
  ],
});

let postgres: TestPostgres;
let pool: pg.Pool;
let price: CompiledEntity;
let side: PostgresSide;

beforeAll(async () => {
  postgres = await withPostgres();
  pool = entityPool(postgres.url);
  await pool.query(
    `CREATE TABLE preis (id integer PRIMARY KEY, net numeric NOT NULL, gross numeric NOT NULL, code integer NOT NULL);
     CREATE TABLE prices (id integer PRIMARY KEY, net numeric NOT NULL, gross numeric GENERATED ALWAYS AS (round(net * 1.19, 1)) STORED,
       code integer GENERATED ALWAYS AS (id * 10) STORED);
     CREATE TABLE sales (price integer NOT NULL REFERENCES prices ON UPDATE CASCADE)`,
  );
  const catalog = await readCatalog(pool, ['public.preis', 'public.prices']);
  const [entity] = compileEntities(declared, { legacy: catalog, modern: catalog }, { mask: String });
  if (entity === undefined) throw new Error('not compiled');
  price = entity;
  side = new PostgresSide(pool, 'modern');
}, 60_000);

afterAll(async () => {
  await pool?.end();
  await postgres?.dispose();
});

beforeEach(async () => {
  await pool.query('TRUNCATE preis, prices, sales; INSERT INTO prices (id, net) VALUES (1, 10), (2, 20)');
});

const row = (id: string, net: string, gross: string, code = `${id}0`) =>
  new Map(Object.entries({ id, net, gross, code }));
const read = async (id: string) => (await side.rows(price, [[id]])).get(JSON.stringify([id]));

async function becomes(id: string, after: ReturnType<typeof row> | undefined): Promise<Write> {
  const before = await read(id);
  const place = { entity: 'price', key: JSON.stringify([id]) };
  return { kind: 'row', ...place, version: before?.version, before: before?.values, after };
}

const written = (...writes: Write[]) =>
  writeRows(pool, {
    universe: 'modern',
    entities: [price],
    writes,
    pairs: noPairs,
    id: 'repair',
    prefix: 'chronos-repair',
    intend: async () => undefined,
  });
const prices = async () =>
  (await pool.query('SELECT id, net::text, gross::text, code FROM prices ORDER BY id')).rows.map((each) =>
    Object.values(each).join(' '),
  );

test('rows are made and changed without the columns that the database makes itself', async () => {
  expect(
    await written(await becomes('3', row('3', '30', '35.7')), await becomes('1', row('1', '11', '13.1'))),
  ).toEqual({
    type: 'done',
  });
  expect(await prices()).toEqual(['1 11 13.1 10', '2 20 23.8 20', '3 30 35.7 30']);
});

test('where the database makes something else than the other one has, it is refused by name, and nothing is written', async () => {
  const reason = /^price \["1"\]: modern does not keep gross as written/;
  expect(await written(await becomes('1', row('1', '11', '99')))).toMatchObject({
    type: 'refused',
    reason: expect.stringMatching(reason),
  });
  // Also where that is all that differs: nothing could be written.
  expect(await written(await becomes('1', row('1', '10', '99')))).toMatchObject({ type: 'refused' });
  expect(await prices()).toEqual(['1 10 11.9 10', '2 20 23.8 20']);
});

test('what is added to a number counts, whatever the database rounds of it', async () => {
  const add = new Map([
    ['net', '0.04'],
    ['gross', '0.05'],
  ]);
  expect(await written({ kind: 'add', entity: 'price', key: '["1"]', add })).toEqual({ type: 'done' });
  expect((await prices())[0]).toBe('1 10.04 11.9 10');
});

test('a row that got another key takes what refers to it along, although a column is made of the key', async () => {
  await pool.query('INSERT INTO sales VALUES (1), (2)');
  const renamed = [await becomes('1', undefined), await becomes('7', row('7', '10', '11.9'))];
  expect(await written(...renamed)).toEqual({ type: 'done' });
  expect((await pool.query('SELECT price FROM sales ORDER BY price')).rows).toEqual([
    { price: 2 },
    { price: 7 },
  ]);
  expect(await prices()).toEqual(['2 20 23.8 20', '7 10 11.9 70']);
});

/** `chronos verify --repair --authority legacy`, of one row. */
async function repaired(id: string, targetVersion?: string) {
  const { outcome } = await repairRow({
    entity: price,
    key: [id],
    authority: { universe: 'legacy', pool },
    target: { universe: 'modern', pool },
    prefix: 'chronos-repair',
    id: 'test',
    targetVersion: targetVersion ?? (await read(id))?.version,
  });
  return outcome;
}

test('one row by itself: made, changed, left alone, removed; never over a newer one', async () => {
  await pool.query('INSERT INTO preis VALUES (1, 12, 14.3, 10), (5, 50, 59.5, 50)');
  const seen = (await read('1'))?.version;
  expect([await repaired('1'), await repaired('5'), await repaired('1'), await repaired('2')]).toEqual([
    'repaired',
    'repaired',
    'equal',
    'repaired',
  ]);
  expect(await prices()).toEqual(['1 12 14.3 10', '5 50 59.5 50']);
  await pool.query('UPDATE preis SET net = 13, gross = 15.5 WHERE id = 1');
  expect(await repaired('1', seen)).toBe('changed');
  // Nothing of it can be written.
  await pool.query('UPDATE preis SET net = 12, gross = 99 WHERE id = 1');
  await expect(repaired('1')).rejects.toThrow('modern does not keep gross as written');
  expect((await prices())[0]).toBe('1 12 14.3 10');
});

test('a row that the database does not let go is told of, whoever removes it', async () => {
  await pool.query(
    `CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
     CREATE TRIGGER stay BEFORE DELETE ON prices FOR EACH ROW EXECUTE FUNCTION stay()`,
  );
  try {
    expect(await written(await becomes('1', undefined))).toMatchObject({
      type: 'refused',
      reason: expect.stringMatching(/^price \["1"\]: modern does not let the row go/),
    });
    await expect(repaired('2')).rejects.toThrow('price ["2"]: modern does not let the row go');
  } finally {
    await pool.query('DROP TRIGGER stay ON prices');
  }
  expect(await written(await becomes('1', undefined))).toEqual({ type: 'done' });
  expect(await prices()).toEqual(['2 20 23.8 20']);
});

test('rows that a service holds are left to a later try: it never waits for a repair, nor loses its own change to it', async () => {
  const service = await pool.connect();
  try {
    await service.query('BEGIN; UPDATE prices SET net = 21 WHERE id = 2');
    expect(
      await written(await becomes('1', row('1', '11', '13.1')), await becomes('2', row('2', '22', '26.2'))),
    ).toEqual({
      type: 'changed',
    });
    await service.query('COMMIT');
  } finally {
    service.release();
  }
  expect(await prices()).toEqual(['1 10 11.9 10', '2 21 25.0 20']);
});
