import { fromJson } from '@bufbuild/protobuf';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { type Wanted, warningsOf } from '../../core/change/preflight.ts';
import { checkEntities } from '../prepare-by-hand.ts';
import { CaptureStore, entanglementSchema } from '../store/capture-store.ts';
import { readFacts } from './database-facts.ts';
import { openSql } from './open-sql.ts';
import { openPgOutput } from './pgoutput-source.ts';
import { prepareCapture } from './prepare.ts';
import { createSlot, dropPublication, dropSlot, ensurePublication } from './slot.ts';

jest.setTimeout(60_000);

const guest = 'guest';
let postgres: TestPostgres;
let state: Database;
let owner: pg.Client;

beforeAll(async () => {
  postgres = await withPostgres();
  state = new Database(postgres.url);
  await migrateSchema(state, entanglementSchema);
  owner = await connected(postgres.url);
  await owner.query(
    'CREATE TABLE booking (id integer PRIMARY KEY, cents integer); CREATE TABLE note (text text); INSERT INTO booking VALUES (1, 5); INSERT INTO note VALUES ($$a$$)',
  );
  const admin = await connected(postgres.superUrl);
  await admin.query(`CREATE ROLE ${guest} LOGIN PASSWORD 'guest'; REVOKE ALL ON booking FROM PUBLIC`);
  await admin.end();
});
afterAll(async () => {
  await owner?.end();
  await state?.close();
  await postgres?.dispose();
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Begins a capture of these tables as the process would, on a database that is not Chronos' own. */
async function prepare(url: string, ...tables: readonly string[]): Promise<unknown> {
  const wanted: Wanted = {
    migration: 'books',
    universe: 'legacy',
    slot: 'chronos_books',
    publication: 'chronos_books',
    tables: tables.map((name) => ({ schema: 'public', name })),
  };
  const sql = await connected(url);
  try {
    return await prepareCapture({
      sql,
      wanted,
      owned: false,
      store: new CaptureStore(state, 'books', 'legacy'),
      isReadByOthers: false,
      release: async () => {},
      nowUs: () => 0n,
      warn: () => {},
    });
  } finally {
    await sql.end();
  }
}

/** What of Chronos stands in the database. */
async function traces(): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(
    'SELECT slot_name::text AS name FROM pg_replication_slots UNION ALL SELECT pubname::text FROM pg_publication',
  );
  return rows.map(({ name }) => name);
}

test('a table without a key is never published: the remedy is named, and its own updates and deletes go on', async () => {
  await expect(prepare(postgres.url, 'booking', 'note')).rejects.toMatchObject({
    problems: [
      {
        code: 'table-without-key',
        message: expect.stringContaining('public.note has no primary key and no replica identity'),
        remedy: expect.stringContaining('chronos entangle install -f FILE --replica-identity-full'),
      },
    ],
  });
  expect(await traces()).toEqual([]);
  await owner.query("UPDATE note SET text = 'b'; DELETE FROM note");
});

test('a table that others inherit from is refused by name, and a publication of it leaves theirs alone', async () => {
  await owner.query(
    'CREATE TABLE ledger (id integer PRIMARY KEY); CREATE TABLE ledger_2024 () INHERITS (ledger); INSERT INTO ledger_2024 VALUES (1)',
  );
  await expect(prepare(postgres.url, 'ledger')).rejects.toMatchObject({
    problems: [
      { code: 'table-unusable', message: expect.stringContaining('ledger_2024 inherit from public.ledger') },
    ],
  });
  expect(await traces()).toEqual([]);
  const tables = [{ schema: 'public', name: 'ledger' }];
  await ensurePublication(owner, 'other', { exists: false, tables, missing: [], slot: 'other' });
  await owner.query('UPDATE ledger_2024 SET id = 2');
  await dropPublication(owner, 'other');
});

test('partitions: without a key of the whole table it is refused, with one a publication that tells them by their own names is', async () => {
  await owner.query(
    `CREATE TABLE posting (id integer, at integer, cents integer) PARTITION BY RANGE (at);
     CREATE TABLE posting_1 PARTITION OF posting FOR VALUES FROM (0) TO (10);
     ALTER TABLE posting REPLICA IDENTITY FULL; ALTER TABLE posting_1 REPLICA IDENTITY FULL`,
  );
  await expect(prepare(postgres.url, 'posting')).rejects.toMatchObject({
    problems: [
      {
        code: 'table-without-key',
        message: expect.stringContaining('its next partition would have no replica identity'),
      },
    ],
  });
  await owner.query(
    'ALTER TABLE posting ADD PRIMARY KEY (id, at); CREATE PUBLICATION chronos_books FOR TABLE posting',
  );
  await expect(prepare(postgres.url, 'posting')).rejects.toMatchObject({
    problems: [
      {
        code: 'publication',
        message: expect.stringContaining('public.posting under the names of the partitions'),
        remedy: 'ALTER PUBLICATION "chronos_books" SET (publish_via_partition_root = true)',
      },
    ],
  });
  await owner.query('ALTER PUBLICATION "chronos_books" SET (publish_via_partition_root = true)');
  await prepare(postgres.url, 'posting');
  await dropSlot(owner, 'chronos_books');
  await new CaptureStore(state, 'books', 'legacy').forget();
  await owner.query('DROP PUBLICATION chronos_books');
});

test('a publication that tells only some rows or columns of a table is refused, and the remedy that is named makes it whole', async () => {
  const { rows } = await owner.query(`SELECT current_setting('server_version_num')::int >= 150000 AS can`);
  if (!rows[0].can) return;
  await owner.query(
    'CREATE PUBLICATION chronos_books FOR TABLE booking (id), posting WHERE (id > 5) WITH (publish_via_partition_root = true)',
  );
  const refused = await prepare(postgres.url, 'booking', 'posting').catch((error: unknown) => error);
  expect(refused).toMatchObject({
    problems: [
      {
        code: 'publication',
        message: expect.stringMatching(
          /only some columns of public.booking, only some rows of public.posting/,
        ),
      },
    ],
  });
  const { problems } = refused as { problems: readonly { remedy: string }[] };
  await owner.query((problems[0]?.remedy ?? '').replace(/^as its owner: (.*); or another one.*$/, '$1'));
  await prepare(postgres.url, 'booking', 'posting');
  await dropSlot(owner, 'chronos_books');
  await new CaptureStore(state, 'books', 'legacy').forget();
  await owner.query('DROP PUBLICATION chronos_books');
});

test("triggers of the bank's own that a repair would run are told by name; those that let it pass are not", async () => {
  await owner.query(
    `CREATE FUNCTION fee() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
     CREATE TRIGGER fee AFTER INSERT ON booking FOR EACH ROW EXECUTE FUNCTION fee();
     CREATE TRIGGER passed AFTER INSERT ON booking FOR EACH ROW WHEN (current_setting('chronos.writes', true) IS DISTINCT FROM 'on')
       EXECUTE FUNCTION fee()`,
  );
  const tables = [{ schema: 'public', name: 'booking' }];
  const wanted = { migration: 'books', universe: 'legacy', slot: 's', publication: 'p', tables };
  expect(warningsOf(await readFacts(owner, wanted), 64).join()).toMatch(
    /public\.booking: its triggers fee also run when a repair or a copy writes its rows/,
  );
  await owner.query('DROP FUNCTION fee CASCADE');
});

test('a table whose policies hide rows from us is refused by name; what it hides is never read as missing', async () => {
  await owner.query(
    `CREATE TABLE client (id integer PRIMARY KEY); INSERT INTO client SELECT generate_series(1, 10);
     ALTER TABLE client ENABLE ROW LEVEL SECURITY; ALTER TABLE client FORCE ROW LEVEL SECURITY;
     CREATE POLICY half ON client USING (id <= 5)`,
  );
  await expect(prepare(postgres.url, 'client')).rejects.toMatchObject({
    problems: [{ code: 'rights', remedy: expect.stringMatching(/^ALTER ROLE ".+" BYPASSRLS$/) }],
  });
  const sql = await openSql(postgres.url);
  await expect(sql.query('SELECT * FROM client')).rejects.toThrow('affected by row-level security policy');
  await sql.end();
});

test("rows are told in canonical text whatever the bank's database says of its sessions; another tool's bytes in the WAL are passed over", async () => {
  const name = new URL(postgres.url).pathname.slice(1);
  await owner.query(
    `CREATE TABLE reading (id integer PRIMARY KEY, day date, raw bytea, value float8, at timestamptz);
     ALTER DATABASE ${pg.escapeIdentifier(name)} SET datestyle = 'German';
     ALTER DATABASE ${pg.escapeIdentifier(name)} SET bytea_output = 'escape';
     ALTER DATABASE ${pg.escapeIdentifier(name)} SET extra_float_digits = -3;
     ALTER DATABASE ${pg.escapeIdentifier(name)} SET timezone = 'Asia/Tokyo'`,
  );
  await owner.query('CREATE PUBLICATION other FOR TABLE reading');
  await createSlot(owner, 'chronos_books');
  await owner.query(
    String.raw`SELECT pg_logical_emit_message(true, 'othertool', '\xff00fe'::bytea);
     INSERT INTO reading VALUES (1, '2026-03-04', '\x00ff41', 0.1::float8 + 0.2::float8, '2026-03-04T05:06:07Z')`,
  );
  const reader = await openPgOutput({ url: postgres.url, slot: 'chronos_books', publication: 'other' });
  try {
    for await (const events of reader.events()) {
      const change = events.find(({ kind }) => kind === 'change');
      if (change?.kind !== 'change') continue;
      expect({ ...change.after }).toEqual({
        id: '1',
        day: '2026-03-04',
        raw: String.raw`\x00ff41`,
        value: '0.30000000000000004',
        at: '2026-03-04 05:06:07+00',
      });
      break;
    }
  } finally {
    await reader.close();
    await dropSlot(owner, 'chronos_books');
    await owner.query(`DROP PUBLICATION other; ALTER DATABASE ${pg.escapeIdentifier(name)} RESET ALL`);
  }
});

test('a role without rights: each that is missing is named with its statement, and nothing was made', async () => {
  const url = new URL(postgres.url);
  url.username = guest;
  url.password = guest;
  await expect(prepare(url.href, 'booking')).rejects.toMatchObject({
    problems: [
      { code: 'rights', remedy: expect.stringContaining('ALTER ROLE "guest" REPLICATION') },
      { code: 'rights', remedy: 'GRANT SELECT ON public.booking TO "guest"' },
      {
        code: 'publication',
        remedy: expect.stringContaining('CREATE PUBLICATION "chronos_books" FOR TABLE ONLY public.booking'),
      },
    ],
  });
  expect(await traces()).toEqual([]);
});

test('entities that do not fit both databases: each column, type and key with its place, before anything is started', async () => {
  const side = { table: 'booking' };
  const entanglement = fromJson(EntanglementSchema, {
    entities: [
      {
        name: 'booking',
        legacy: side,
        modern: side,
        key: ['cents'],
        fields: [
          { name: 'cents', legacy: 'cents', modern: 'cents' },
          { name: 'place', legacy: 'place', modern: 'id' },
        ],
      },
    ],
  });
  await owner.query('ALTER TABLE booking ADD COLUMN place point');
  const urls = { legacy: postgres.url, modern: postgres.url };
  const problems = await checkEntities(urls, entanglement);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringContaining('field place, legacy: column public.booking.place is of type point'),
    ...['legacy', 'modern'].flatMap((universe) => [
      `entity booking, key, ${universe}: column cents may be null, a key may not`,
      expect.stringContaining(
        `entity booking, key, ${universe}: public.booking has no unique index over cents`,
      ),
    ]),
  ]);
  expect(problems[0]?.remedy).toContain('correct the entities of the migration file');
  await owner.query('ALTER TABLE booking DROP COLUMN place');
});

test('a slot that somebody else reads is left to them: who it is, and how to take another', async () => {
  await createSlot(owner, 'chronos_books');
  await owner.query('CREATE PUBLICATION other FOR TABLE booking');
  const reader = await openPgOutput({ url: postgres.url, slot: 'chronos_books', publication: 'other' });
  await expect(prepare(postgres.url, 'booking')).rejects.toMatchObject({
    problems: [
      {
        code: 'slot-in-use',
        message: expect.stringMatching(
          /^slot chronos_books is in use by process \d+ \(chronos chronos_books, /,
        ),
        remedy: expect.stringContaining('database.slot of this universe in the migration file'),
        passing: true,
      },
    ],
  });
  expect(await traces()).toEqual(['chronos_books', 'other']);
  await reader.close();
  await dropSlot(owner, 'chronos_books');
  await owner.query('DROP PUBLICATION other');
});

test('a server whose WAL holds no rows: what to set, and that it must be restarted', async () => {
  const server = await withPostgres({ settings: { wal_level: 'replica' } });
  try {
    const sql = await connected(server.url);
    await sql.query('CREATE TABLE booking (id integer PRIMARY KEY)');
    await sql.end();
    await expect(prepare(server.url, 'booking')).rejects.toMatchObject({
      problems: [
        {
          code: 'wal-level',
          message: 'wal_level is replica: the WAL does not hold rows',
          remedy: "ALTER SYSTEM SET wal_level = 'logical', then restart the database",
        },
      ],
    });
  } finally {
    await server.dispose();
  }
});

test('when everything is well, slot and publication of the declared tables are made', async () => {
  await prepare(postgres.url, 'booking');
  expect(await traces()).toEqual(['chronos_books', 'chronos_books']);
});

test('a server that gave the slot up while nobody read: said once with what to do, not read on as if nothing were missing', async () => {
  const server = await withPostgres({ settings: { max_slot_wal_keep_size: '1MB' } });
  await new CaptureStore(state, 'books', 'legacy').forget();
  try {
    const admin = await connected(server.superUrl);
    await admin.query('CREATE TABLE booking (id serial PRIMARY KEY); ALTER TABLE booking OWNER TO test');
    await prepare(server.url, 'booking');
    for (let segment = 0; segment < 4; segment++) {
      await admin.query('INSERT INTO booking DEFAULT VALUES');
      await admin.query('SELECT pg_switch_wal()');
    }
    await admin.query('CHECKPOINT');
    await expect(prepare(server.url, 'booking')).rejects.toMatchObject({
      problems: [
        {
          code: 'slot-lost',
          message: expect.stringContaining('slot chronos_books cannot be read any more'),
          remedy: expect.stringMatching(/chronos verify.*chronos resume.*max_slot_wal_keep_size/),
        },
      ],
    });
    await admin.end();
  } finally {
    await server.dispose();
  }
});
