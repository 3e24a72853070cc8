import { create } from '@bufbuild/protobuf';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type pg from 'pg';
import { compileEntities } from '../../core/mapping/compile.ts';
import type { Write } from '../../core/repair/plan.ts';
import { readCatalog } from '../catalog.ts';
import { noPairs } from '../identifiers/pair-source.ts';
import { entityPool, PostgresSide } from '../verify/postgres-side.ts';
import { keyOf } from '../verify/side.ts';
import type { Untouched } from './check-written.ts';
import { writeRows } from './write-rows.ts';

jest.setTimeout(60_000);

const declared = create(EntanglementSchema, {
  entities: [
    {
      name: 'account',
      legacy: { table: 'account' },
      modern: { table: 'account' },
      key: ['id'],
      fields: ['id', 'balance', 'rank', 'head'].map((name) => ({ name, legacy: name, modern: name })),
    },
    {
      name: 'posting',
      legacy: { table: '"post.ing"' },
      modern: { table: 'public."post.ing"' },
      key: ['id'],
      dependsOn: ['account'],
      fields: ['id', 'account', 'cents'].map((name) => ({ name, legacy: name, modern: name })),
    },
  ],
});

let postgres: TestPostgres;
let pool: pg.Pool;

beforeAll(async () => {
  postgres = await withPostgres();
  pool = entityPool(postgres.url);
  await pool.query(
    `CREATE TABLE "post.ing" (id integer PRIMARY KEY, account integer NOT NULL, cents integer NOT NULL);
     CREATE TABLE account (id integer PRIMARY KEY, balance integer NOT NULL, rank integer UNIQUE DEFERRABLE,
       head integer NOT NULL REFERENCES "post.ing" DEFERRABLE);
     ALTER TABLE "post.ing" ADD FOREIGN KEY (account) REFERENCES account;
     CREATE FUNCTION book() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN UPDATE account SET balance = balance + NEW.cents WHERE id = NEW.account; RETURN NEW; END';
     CREATE FUNCTION book_unless_chronos() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN IF current_setting(''chronos.writes'', true) IS DISTINCT FROM ''on'' THEN
          UPDATE account SET balance = balance + NEW.cents WHERE id = NEW.account; END IF; RETURN NEW; END'`,
  );
}, 60_000);

afterAll(async () => {
  await pool?.end();
  await postgres?.dispose();
});

type Rows = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** Makes these rows (`account 1`) what is given; `untouched` ones are to stay as they are. */
async function repaired(rows: Rows, untouched: readonly string[] = []) {
  const catalog = await readCatalog(pool, ['public.account', 'public.post.ing']);
  const entities = compileEntities(declared, { legacy: catalog, modern: catalog }, { mask: String });
  const side = new PostgresSide(pool, 'modern');
  const read = async (name: string) => {
    const [entity = '', id = ''] = name.split(' ');
    const compiled = entities.find((each) => each.name === entity);
    if (compiled === undefined) throw new Error(`no entity ${entity}`);
    const key = JSON.stringify([id]);
    return { entity, key, row: (await side.rows(compiled, [keyOf(key)])).get(key) };
  };
  const writes: Write[] = [];
  for (const [name, after] of Object.entries(rows)) {
    const { entity, key, row } = await read(name);
    const id = name.split(' ')[1] ?? '';
    writes.push({
      kind: 'row',
      entity,
      key,
      version: row?.version,
      before: row?.values,
      after: after && new Map(Object.entries({ id, ...after })),
    });
  }
  const still: Untouched[] = [];
  for (const name of untouched) {
    const { entity, key, row } = await read(name);
    still.push({ entity, key, values: row?.values });
  }
  return writeRows(pool, {
    universe: 'modern',
    entities,
    writes,
    untouched: still,
    pairs: noPairs,
    id: 'repair',
    prefix: 'chronos-repair',
    intend: async () => undefined,
  });
}

const accounts = async () =>
  (await pool.query('SELECT * FROM account ORDER BY id')).rows.map(({ id, balance, rank }) => [
    id,
    balance,
    rank,
  ]);

test('rows that refer to each other in a circle, and unique values that change hands, are written in one transaction', async () => {
  const account = (rank: string) => ({ balance: '10', rank, head: '7' });
  expect(
    await repaired({
      'account 1': account('1'),
      'account 2': account('2'),
      'posting 7': { account: '1', cents: '10' },
    }),
  ).toEqual({ type: 'done' });
  expect(await repaired({ 'account 1': account('2'), 'account 2': account('1') })).toEqual({ type: 'done' });
  expect(await accounts()).toEqual([
    [1, 10, 2],
    [2, 10, 1],
  ]);
  const dangling = await repaired({ 'account 3': { ...account('3'), head: '99' } });
  expect(dangling).toMatchObject({ type: 'refused', reason: expect.stringContaining('foreign key') });
});

test("a trigger of the bank's own that changes rows of the case is noticed after the last write, whether the case writes them or not", async () => {
  await pool.query('CREATE TRIGGER book AFTER INSERT ON "post.ing" FOR EACH ROW EXECUTE FUNCTION book()');
  const posting = { 'posting 8': { account: '1', cents: '5' } };
  expect(await repaired({ ...posting, 'account 1': { balance: '15', rank: '2', head: '7' } })).toMatchObject({
    type: 'refused',
    reason: expect.stringMatching(/^account \["1"\]: modern does not keep balance as written/),
  });
  expect(await repaired(posting, ['account 1'])).toMatchObject({
    type: 'refused',
    reason: expect.stringMatching(/^account \["1"\]: a trigger of modern's own changes balance/),
  });
  expect(await repaired(posting, ['account 2'])).toEqual({ type: 'done' });
  await pool.query(
    'DROP TRIGGER book ON "post.ing"; DELETE FROM "post.ing" WHERE id = 8; UPDATE account SET balance = 10',
  );
});

test('a trigger that asks for the setting of our transactions lets a repair pass', async () => {
  await pool.query(
    'CREATE TRIGGER book AFTER INSERT ON "post.ing" FOR EACH ROW EXECUTE FUNCTION book_unless_chronos()',
  );
  expect(
    await repaired({
      'posting 8': { account: '1', cents: '5' },
      'account 1': { balance: '15', rank: '2', head: '7' },
    }),
  ).toEqual({ type: 'done' });
  expect((await accounts())[0]).toEqual([1, 15, 2]);
});

test('many rows are removed and made in one transaction, and nothing beside them', async () => {
  await pool.query(
    `INSERT INTO "post.ing" SELECT n, 2, n FROM generate_series(1000, 1349) n; INSERT INTO "post.ing" VALUES (2000, 2, 7)`,
  );
  const gone = Array.from({ length: 350 }, (_, n) => [`posting ${1_000 + n}`, undefined] as const);
  const made = Array.from(
    { length: 250 },
    (_, n) => [`posting ${3_000 + n}`, { account: '2', cents: '1' }] as const,
  );
  expect(await repaired(Object.fromEntries([...gone, ...made]))).toEqual({ type: 'done' });
  const { rows } = await pool.query(
    'SELECT count(*)::int AS n, min(id) AS first, max(id) AS last FROM "post.ing" WHERE id >= 1000',
  );
  expect(rows).toEqual([{ n: 251, first: 2_000, last: 3_249 }]);
  const other = made.map(([name], n) => [name, { account: '2', cents: String(n) }] as const);
  expect(await repaired(Object.fromEntries(other))).toEqual({ type: 'done' });
  const sums = await pool.query(
    'SELECT count(*) FILTER (WHERE cents = id - 3000)::int AS right, count(*)::int AS all FROM "post.ing" WHERE id >= 3000',
  );
  expect(sums.rows).toEqual([{ right: 250, all: 250 }]);
});
