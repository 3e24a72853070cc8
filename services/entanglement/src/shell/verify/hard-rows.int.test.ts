import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import type { EntitySchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { JobState, type Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type pg from 'pg';
import { prefixesOf } from '../../core/change/tags.ts';
import { compileEntities, inDependencyOrder, tablesOf } from '../../core/mapping/compile.ts';
import { directRepair } from '../api/start-verification.ts';
import { readCatalog } from '../catalog.ts';
import { CopyJob } from '../copy/copy-job.ts';
import { noPairs } from '../identifiers/pair-source.ts';
import { entityPool, PostgresSide } from './postgres-side.ts';
import { VerificationJob } from './verification-job.ts';

/** What a migration's own constraints and types make hard to write row by row. */
let postgres: TestPostgres;
let admin: pg.Pool;
jest.setTimeout(60_000);

beforeAll(async () => {
  postgres = await withPostgres();
  admin = entityPool(postgres.superUrl);
});
afterAll(async () => {
  await admin?.end();
  await postgres?.dispose();
});

let count = 0;

interface Databases {
  readonly legacy: pg.Pool;
  readonly modern: pg.Pool;
  verify(repair: boolean): Promise<Verification>;
  copy(intoFilled?: boolean): Promise<CopyJob['state']>;
}

type Declared = MessageInitShape<typeof EntitySchema>;

/** The same tables and fields on both sides, unless the SQL says otherwise. */
async function between(
  sql: { readonly legacy: string; readonly modern: string },
  entities: readonly Declared[],
  work: (databases: Databases) => Promise<void>,
): Promise<void> {
  count += 1;
  const pools = await Promise.all(
    (['legacy', 'modern'] as const).map(async (universe) => {
      const name = `${universe}_${count}`;
      await admin.query(`CREATE DATABASE ${name} OWNER test`);
      const pool = entityPool(postgres.url.replace(/\/[^/]+$/, `/${name}`));
      await pool.query(sql[universe]);
      return pool;
    }),
  );
  const [legacy, modern] = pools as [pg.Pool, pg.Pool];
  try {
    const declared = create(EntanglementSchema, { entities: [...entities] });
    const catalogs = {
      legacy: await readCatalog(legacy, tablesOf(declared, 'legacy')),
      modern: await readCatalog(modern, tablesOf(declared, 'modern')),
    };
    const compiled = inDependencyOrder(compileEntities(declared, catalogs, { mask: (text) => text }));
    const sides = { legacy: new PostgresSide(legacy, 'legacy'), modern: new PostgresSide(modern, 'modern') };
    const databases = { pools: { legacy, modern }, sides, pairs: noPairs, prefixes: prefixesOf('hard') };
    const base = { migration: 'hard', rowsPerSecond: 0, chunkRows: 100 };
    const verify = async (repair: boolean) => {
      const times = { quietMs: 50, givenUpAfterMs: 3_000 };
      const repairs = repair && directRepair(databases, 'legacy');
      const job = new VerificationJob(compiled, sides, { ...base, times, ...repairs }, async () => {});
      await job.run(new AbortController().signal);
      return job.state;
    };
    const copy = async (intoFilled = false) => {
      const options = {
        ...base,
        target: modern,
        prefix: 'hard-copy',
        intoFilled,
        catchUp: () => verify(true),
      };
      const job = new CopyJob(compiled, sides, options, async () => {});
      await job.run(new AbortController().signal);
      return job.state;
    };
    await work({ legacy, modern, verify, copy });
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
  }
}

const entity = (
  name: string,
  key: string,
  others: readonly string[],
  dependsOn: readonly string[] = [],
): Declared => ({
  name,
  legacy: { table: name },
  modern: { table: name },
  key: [key],
  fields: [key, ...others].map((field) => ({ name: field, legacy: field, modern: field })),
  dependsOn: [...dependsOn],
});

const reasons = ({ differences }: Verification) =>
  differences.map(({ repairFailure }) => repairFailure).filter((reason) => reason !== '');

test('a key that only one side can hold is a row that differs, and is repaired', async () => {
  const rows = 'INSERT INTO n SELECT g, 0 FROM generate_series(1, 250) g;';
  const names = `INSERT INTO p VALUES ('00000000-0000-4000-8000-000000000001', 1)`;
  const legacy = `CREATE TABLE n (id integer PRIMARY KEY, v integer); ${rows} CREATE TABLE p (id text PRIMARY KEY, v integer); ${names}`;
  const modern = `CREATE TABLE n (id bigint PRIMARY KEY, v integer); ${rows} CREATE TABLE p (id uuid PRIMARY KEY, v integer); ${names}`;
  await between(
    { legacy, modern },
    [entity('n', 'id', ['v']), entity('p', 'id', ['v'])],
    async (databases) => {
      await databases.modern.query('INSERT INTO n SELECT 3000000000 + g, 1 FROM generate_series(1, 150) g');
      await databases.legacy.query(`INSERT INTO p VALUES ('test-customer', 2)`);
      const { state, failure, entities, differences } = await databases.verify(true);
      expect({ state, failure }).toEqual({ state: JobState.DIFFERENT, failure: '' });
      expect(entities.map((each) => [each.entity, each.differences, each.repaired])).toEqual([
        ['n', 150n, 150n],
        ['p', 1n, 0n],
      ]);
      expect(differences.at(-1)?.repairFailure).toMatch(/invalid input syntax for type uuid/);
      await databases.modern.query('TRUNCATE n, p');
      const copied = await databases.copy();
      expect(copied.failure).toMatch(/^rows are left that modern does not take: /);
      expect(copied.rowsWritten).toBe(251n);
    },
  );
});

test('unique values that changed hands are repaired together', async () => {
  const sql = 'CREATE TABLE q (id integer PRIMARY KEY, pos integer UNIQUE DEFERRABLE);';
  const both = { legacy: sql, modern: `${sql} INSERT INTO q SELECT g, g FROM generate_series(1, 100) g` };
  await between(both, [entity('q', 'id', ['pos'])], async ({ legacy, verify }) => {
    await legacy.query('INSERT INTO q SELECT g, 101 - g FROM generate_series(1, 100) g');
    const repaired = await verify(true);
    expect(reasons(repaired)).toEqual([]);
    expect(repaired.state).toBe(JobState.CLEAN);
    expect((await verify(false)).state).toBe(JobState.CLEAN);
  });
});

test('a row that comes under a name that another one gives up is written in the same run', async () => {
  const sql = `CREATE COLLATION low (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    CREATE TABLE k (name text COLLATE low PRIMARY KEY, v integer);`;
  const both = {
    legacy: `${sql} INSERT INTO k VALUES ('Anna', 1)`,
    modern: `${sql} INSERT INTO k VALUES ('anna', 1)`,
  };
  await between(both, [entity('k', 'name', ['v'])], async ({ modern, verify }) => {
    await verify(true);
    expect((await modern.query('SELECT name FROM k')).rows).toEqual([{ name: 'Anna' }]);
    expect((await verify(false)).state).toBe(JobState.CLEAN);
  });
});

test.each(['', 'DEFERRABLE INITIALLY DEFERRED', 'ON UPDATE CASCADE'])(
  'a key that became another, with all that refers to it: foreign key %s',
  async (form) => {
    const sql = (clause: string) => `CREATE TABLE c (nr text PRIMARY KEY, email text UNIQUE);
      CREATE TABLE a (id integer PRIMARY KEY, owner text NOT NULL REFERENCES c ${clause});
      INSERT INTO c SELECT 'c' || g, 'e' || g FROM generate_series(1, 5) g;
      INSERT INTO a SELECT g, 'c' || g FROM generate_series(1, 5) g`;
    const both = { legacy: sql('ON UPDATE CASCADE'), modern: sql(form) };
    await between(
      both,
      [entity('c', 'nr', ['email']), entity('a', 'id', ['owner'], ['c'])],
      async ({ legacy, modern, verify }) => {
        await legacy.query(`UPDATE c SET nr = 'new1' WHERE nr = 'c1'`);
        // A row that can never be written holds up only what hangs together with it.
        await legacy.query(`ALTER TABLE a DROP CONSTRAINT a_owner_fkey; INSERT INTO a VALUES (9, 'nobody')`);
        const repaired = await verify(true);
        expect(reasons(repaired)).toHaveLength(1);
        expect((await modern.query('SELECT owner FROM a WHERE id = 1')).rows).toEqual([{ owner: 'new1' }]);
        expect((await modern.query('SELECT nr FROM c ORDER BY nr')).rows.map(({ nr }) => nr)).toEqual([
          'c2',
          'c3',
          'c4',
          'c5',
          'new1',
        ]);
      },
    );
  },
);

test('rows of a megabyte are read and written in pieces that fit', async () => {
  const sql = 'CREATE TABLE scan (id integer PRIMARY KEY, content text);';
  const rows = `INSERT INTO scan SELECT g, repeat(md5(g::text), 32768) FROM generate_series(1, 40) g`;
  await between(
    { legacy: sql + rows, modern: sql },
    [entity('scan', 'id', ['content'])],
    async (databases) => {
      const copied = await databases.copy();
      expect(copied.failure).toBe('');
      expect([copied.state, copied.rowsWritten]).toEqual([JobState.CLEAN, 40n]);
    },
  );
});

test('tables that refer to each other, and rows that refer to later ones, are copied', async () => {
  const tables = `CREATE TABLE customer (id integer PRIMARY KEY, main integer NOT NULL);
    CREATE TABLE account (id integer PRIMARY KEY, owner integer NOT NULL REFERENCES customer DEFERRABLE INITIALLY DEFERRED);
    ALTER TABLE customer ADD FOREIGN KEY (main) REFERENCES account DEFERRABLE INITIALLY DEFERRED;
    CREATE TABLE staff (id integer PRIMARY KEY, boss integer REFERENCES staff);`;
  const rows = `BEGIN; INSERT INTO customer SELECT g, 1000 + g FROM generate_series(1, 300) g;
    INSERT INTO account SELECT 1000 + g, g FROM generate_series(1, 300) g; COMMIT;
    INSERT INTO staff SELECT g, CASE WHEN g < 500 THEN g + 1 + (g * 7) % (500 - g) END
      FROM generate_series(1, 500) g`;
  const entities = [
    entity('customer', 'id', ['main']),
    entity('account', 'id', ['owner'], ['customer']),
    entity('staff', 'id', ['boss']),
  ];
  await between({ legacy: tables + rows, modern: tables }, entities, async ({ copy }) => {
    const { failure, state, entities: copied } = await copy();
    expect({ failure, state }).toEqual({ failure: '', state: JobState.CLEAN });
    expect(copied.map(({ rowsWritten }) => rowsWritten)).toEqual([300n, 300n, 500n]);
  });
});
