/** No table may refuse its own UPDATE and DELETE because Chronos publishes it (Postgres 18: 42P10). */

import { create } from '@bufbuild/protobuf';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { generatedProblems } from '../../core/change/generated-identity.ts';
import type { Wanted } from '../../core/change/preflight.ts';
import type { SourceEvent } from '../../core/change/source-event.ts';
import { checkInstall, installInto } from '../prepare-by-hand.ts';
import { removeFrom } from '../remove-by-hand.ts';
import { CaptureStore, entanglementSchema } from '../store/capture-store.ts';
import { readFacts } from './database-facts.ts';
import { openPgOutput } from './pgoutput-source.ts';
import { prepareCapture } from './prepare.ts';

jest.setTimeout(60_000);

let postgres: TestPostgres;
let state: Database;
let bank: pg.Client;
let version = 0;
const warnings: string[] = [];

beforeAll(async () => {
  postgres = await withPostgres();
  state = new Database(postgres.url);
  await migrateSchema(state, entanglementSchema);
  bank = new pg.Client({ connectionString: postgres.url });
  await bank.connect();
  const { rows } = await bank.query(`SELECT current_setting('server_version_num')::int AS version`);
  version = rows[0].version;
  await bank.query(
    `CREATE TABLE konto (nr integer PRIMARY KEY, saldo integer, twice integer GENERATED ALWAYS AS (saldo * 2) STORED);
     CREATE TABLE seen (nr integer PRIMARY KEY, a integer, v integer GENERATED ALWAYS AS (a + 1) VIRTUAL);
     CREATE TABLE keyed (a integer NOT NULL, k integer GENERATED ALWAYS AS (a + 1) STORED PRIMARY KEY);
     CREATE TABLE indexed (a integer NOT NULL, k integer GENERATED ALWAYS AS (a + 1) STORED NOT NULL UNIQUE);
     ALTER TABLE indexed REPLICA IDENTITY USING INDEX indexed_k_key;
     CREATE TABLE part (nr integer PRIMARY KEY, a integer, g integer GENERATED ALWAYS AS (a + 1) STORED) PARTITION BY RANGE (nr);
     CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (100)`,
  );
});
afterEach(async () => {
  await removeFrom(postgres.url, wanted());
  await new CaptureStore(state, 'books', 'legacy').forget();
  warnings.length = 0;
});
afterAll(async () => {
  await bank?.end();
  await state?.close();
  await postgres?.dispose();
});

function wanted(...tables: string[]): Wanted {
  return {
    migration: 'books',
    universe: 'legacy',
    slot: 'chronos_books',
    publication: 'chronos_books',
    tables: tables.map((name) => ({ schema: 'public', name })),
  };
}

/** As the capture looks while it reads. */
async function refusing() {
  const seen = wanted('seen', 'konto');
  return generatedProblems(await readFacts(bank, seen), seen);
}

async function prepare(owned: boolean, ...tables: string[]) {
  const sql = new pg.Client({ connectionString: postgres.url });
  await sql.connect();
  try {
    return await prepareCapture({
      sql,
      wanted: wanted(...tables),
      owned,
      store: new CaptureStore(state, 'books', 'legacy'),
      isReadByOthers: false,
      release: async () => {},
      nowUs: () => 0n,
      warn: (text) => warnings.push(text),
    });
  } finally {
    await sql.end();
  }
}

/** The bank's own work on one row; throws as it would for the bank. */
const work = (table: string, key: string, value: string, set: string) =>
  bank.query(
    `INSERT INTO ${table} (${key}, ${value}) VALUES (7, 1); UPDATE ${table} SET ${set}; DELETE FROM ${table}`,
  );
const identityOf = async (table: string) =>
  (await bank.query('SELECT relreplident AS is FROM pg_class WHERE oid = $1::regclass', [table])).rows[0].is;
const full = { triggers: false, fullIdentity: true, changeLog: false };
const entities = (...tables: string[]) =>
  create(EntanglementSchema, {
    entities: tables.map((table) => ({ name: table, legacy: { table }, modern: { table } })),
  });

test.each([
  ['of a database that chronos run made', true],
  ['after install --replica-identity-full', false],
])(
  'stored columns, FULL %s: the bank updates and deletes on, and the stream tells the columns',
  async (_, owned) => {
    if (!owned) await installInto(postgres.url, 'legacy', entities('konto', 'part'), full, 'books');
    await prepare(owned, 'konto', 'part');
    expect([await identityOf('konto'), await identityOf('part_1')]).toEqual(['f', 'f']);
    await work('konto', 'nr', 'saldo', 'saldo = saldo + 1');
    await work('part', 'nr', 'a', 'a = a + 1');
    const source = await openPgOutput({
      url: postgres.url,
      slot: 'chronos_books',
      publication: 'chronos_books',
    });
    const changes: Extract<SourceEvent, { kind: 'change' }>[] = [];
    try {
      for await (const events of source.events()) {
        changes.push(...events.filter((event) => event.kind === 'change'));
        if (changes.length >= 6) break;
      }
    } finally {
      await source.close();
    }
    const told = (value: string | undefined) => (version >= 180_000 ? value : undefined);
    expect(changes.map(({ op, after, before }) => [op, before?.twice, after?.twice]).slice(0, 3)).toEqual([
      ['insert', undefined, told('2')],
      ['update', told('2'), told('4')],
      ['delete', told('4'), undefined],
    ]);
    await bank.query(
      'ALTER TABLE konto REPLICA IDENTITY DEFAULT; ALTER TABLE part_1 REPLICA IDENTITY DEFAULT',
    );
  },
);

test('stored columns in a primary key or an index that is the identity are told, too', async () => {
  await prepare(false, 'keyed', 'indexed');
  for (const table of ['keyed', 'indexed'])
    await bank.query(`INSERT INTO ${table} VALUES (1); UPDATE ${table} SET a = 2; DELETE FROM ${table}`);
});

test('a publication of an earlier version is altered before anything else, and what it lacks is told', async () => {
  if (version < 180_000) return;
  await bank.query(
    `ALTER TABLE konto REPLICA IDENTITY FULL; CREATE PUBLICATION chronos_books FOR TABLE ONLY konto WITH (publish_via_partition_root = true);
     COMMENT ON PUBLICATION chronos_books IS 'made by Chronos for slot chronos_books'`,
  );
  await expect(work('konto', 'nr', 'saldo', 'saldo = 5')).rejects.toMatchObject({ code: '42P10' });
  await prepare(false, 'konto');
  await work('konto', 'nr', 'saldo', 'saldo = 5');
  expect(warnings).toContain('chronos_books: publishes generated columns from now on');
  await bank.query('ALTER TABLE konto REPLICA IDENTITY DEFAULT');
});

test('install makes publications of ours tell them first; one of others, or a virtual column, refuses FULL, and nothing is altered', async () => {
  if (version < 180_000) return;
  await bank.query('CREATE PUBLICATION reports FOR TABLE konto');
  expect(await checkInstall(postgres.url, wanted('konto'), full)).toMatchObject([
    {
      code: 'table-unusable',
      message: expect.stringContaining('publication reports leaves out its generated columns twice'),
      remedy: 'as its owner: ALTER PUBLICATION "reports" SET (publish_generated_columns = stored)',
    },
  ]);
  await bank.query('DROP PUBLICATION reports');
  expect(await checkInstall(postgres.url, wanted('konto'), full)).toEqual([]);
  expect(await checkInstall(postgres.url, wanted('seen'), full)).toMatchObject([
    { message: expect.stringContaining('cannot publish its virtual generated columns v') },
  ]);
  await prepare(true, 'seen');
  expect(await identityOf('seen')).toBe('d');
  await work('seen', 'nr', 'a', 'a = 2');
});

test('virtual columns with FULL: nothing is published; that a published table comes to it is seen, and it is taken out', async () => {
  if (version < 180_000) return;
  await prepare(false, 'seen', 'konto');
  expect(await refusing()).toEqual([]);
  await bank.query('ALTER TABLE seen REPLICA IDENTITY FULL');
  await expect(work('seen', 'nr', 'a', 'a = 2')).rejects.toMatchObject({ code: '42P10' });
  const problem = {
    code: 'table-unusable',
    message: expect.stringMatching(
      /^public\.seen has virtual generated columns \(v\) in its replica identity/,
    ),
    remedy: expect.stringMatching(/^ALTER TABLE public\.seen REPLICA IDENTITY DEFAULT/),
  };
  expect(await refusing()).toMatchObject([problem]);
  await expect(prepare(false, 'seen', 'konto')).rejects.toMatchObject({ problems: [problem] });
  await work('seen', 'nr', 'a', 'a = 2');
  expect(warnings).toContainEqual(
    expect.stringMatching(/^public\.seen: taken out of publication chronos_books/),
  );
  await removeFrom(postgres.url, wanted());
  await expect(prepare(false, 'seen')).rejects.toMatchObject({ problems: [problem] });
  const { rows } = await bank.query('SELECT pubname FROM pg_publication');
  expect(rows).toEqual([]);
});
