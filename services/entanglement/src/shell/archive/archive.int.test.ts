import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDir, withPostgres } from '@chronos/local/testing.ts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { dumpDatabase } from './dump.ts';
import { restoreDatabase } from './restore.ts';
import { trialHindrance, tryDump } from './try-dump.ts';

let from: Awaited<ReturnType<typeof withPostgres>>;
let to: Awaited<ReturnType<typeof withPostgres>>;
let folder: Awaited<ReturnType<typeof temporaryDir>>;

beforeAll(async () => {
  [from, to, folder] = await Promise.all([withPostgres(), withPostgres(), temporaryDir('dump')]);
}, 60_000);
afterAll(() => Promise.all([from?.dispose(), to?.dispose(), folder?.dispose()]));

/** Things a bank's database has that a naive copy loses. */
const schema = String.raw`
  CREATE SCHEMA "Old Books";
  CREATE TYPE mood AS ENUM ('fine', 'it''s bad');
  CREATE DOMAIN cents AS numeric(12, 2) NOT NULL CHECK (VALUE >= -100);
  CREATE TYPE place AS (street text, zip char(8));
  CREATE FUNCTION twice(n numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
  CREATE TABLE customer (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 7 INCREMENT BY 3) PRIMARY KEY,
    "Name" text COLLATE "C" NOT NULL DEFAULT 'nobody', feels mood, lives place, photo bytea, born date, seen timestamptz, far timestamp,
    doc jsonb, raw json, tags text[], ratio double precision, code char(5), big numeric, span interval);
  CREATE UNIQUE INDEX customer_name ON customer (lower("Name")) WHERE feels IS NOT NULL;
  CREATE TABLE "Old Books".entry (
    nr serial PRIMARY KEY, customer bigint NOT NULL REFERENCES customer, amount cents, double numeric GENERATED ALWAYS AS (twice(amount)) STORED,
    CONSTRAINT sane CHECK (amount < 1000000));
  CREATE TABLE log (at int NOT NULL, what text) PARTITION BY RANGE (at);
  CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM (0) TO (10);
  CREATE TABLE log_2 PARTITION OF log FOR VALUES FROM (10) TO (20);
  CREATE VIEW rich AS SELECT c.id, sum(e.amount) AS sum FROM customer c JOIN "Old Books".entry e ON e.customer = c.id GROUP BY c.id;
  CREATE FUNCTION customers_of(m mood) RETURNS SETOF customer LANGUAGE sql AS 'SELECT * FROM public.customer WHERE feels = m';
  CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.what := NEW.what || ''!''; RETURN NEW; END';
  CREATE TRIGGER stamped BEFORE INSERT ON log FOR EACH ROW EXECUTE FUNCTION stamp();
  CREATE SEQUENCE loose INCREMENT BY 5 MAXVALUE 100 CYCLE;
  INSERT INTO customer ("Name", feels, lives, photo, born, seen, far, doc, raw, tags, ratio, code, big, span) VALUES
    ('Ada', 'fine', ('a "b", c', '1'), '\x00ff5c', '0044-03-15 BC', '2026-11-22 10:00:00.123456+01', 'infinity', '{"a": null}', '{"b":1, "b":2}',
     ARRAY['x,y', NULL, '"'], 0.1, 'ab', 'NaN', '1 mon -2 days'),
    (E'line\nbreak \\ tab\t ü 𝄞 \u2028', 'it''s bad', NULL, '', 'infinity', NULL, NULL, 'null', NULL, '{}', '-Infinity', NULL, 123456789012345678901234567890.5, NULL);
  INSERT INTO "Old Books".entry (customer, amount) SELECT 7, n / 100.0 FROM generate_series(1, 1203) n;
  INSERT INTO log VALUES (1, 'one'), (11, 'two');
  SELECT nextval('loose'), nextval('loose');`;

/** What can only be made in the right order, or of other things than tables. */
const ordered = `
  CREATE COLLATION de (PROVIDER = icu, LOCALE = 'de-u-ks-level2', DETERMINISTIC = false);
  CREATE FUNCTION is_code(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT t ~ '^[A-Z]+$' $$;
  CREATE TYPE names AS RANGE (SUBTYPE = text, COLLATION = "C", MULTIRANGE_TYPE_NAME = many_names);
  CREATE TABLE shelf (takes names, all_of many_names, EXCLUDE USING gist (takes WITH &&));
  INSERT INTO shelf VALUES ('[a,b)', '{[a,b),[x,y)}');
  CREATE DOMAIN code AS text COLLATE "C" CHECK (public.is_code(VALUE));
  CREATE TABLE account (id int, year int, owner text COLLATE de, kind code, PRIMARY KEY (id, year)) PARTITION BY RANGE (year);
  CREATE TABLE account_25 (kind code, year int NOT NULL, owner text COLLATE de, id int NOT NULL UNIQUE);
  CREATE TABLE account_26 PARTITION OF account FOR VALUES FROM (2026) TO (2027) PARTITION BY LIST (id);
  CREATE TABLE account_26_rest PARTITION OF account_26 DEFAULT;
  ALTER TABLE account ATTACH PARTITION account_25 FOR VALUES FROM (2025) TO (2026);
  CREATE INDEX ON account (owner);
  CREATE TABLE booking (nr int, account int, year int, FOREIGN KEY (account, year) REFERENCES account, also int REFERENCES account_25 (id));
  CREATE UNIQUE INDEX booking_nr ON booking (nr);
  CREATE TABLE receipt (booking int REFERENCES booking (nr));
  CREATE FUNCTION booked(int) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM booking WHERE account = $1; END;
  CREATE VIEW busy WITH (security_barrier = true) AS SELECT id, booked(id) FROM account_25;
  CREATE FUNCTION busiest() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT max(id) FROM busy; END;
  CREATE MATERIALIZED VIEW kept AS SELECT id, busiest() FROM busy;
  CREATE UNIQUE INDEX kept_id ON kept (id);
  CREATE TABLE ledger (id int PRIMARY KEY, amount int CONSTRAINT positive CHECK (amount > 0));
  CREATE TABLE ledger_old (closed date, CHECK (id > 100)) INHERITS (ledger);
  CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END';
  CREATE TRIGGER audit BEFORE UPDATE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse();
  ALTER TABLE ledger DISABLE TRIGGER audit;
  CREATE TRIGGER moved BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION refuse();
  INSERT INTO ledger VALUES (1, 5); INSERT INTO ledger_old VALUES (101, 7, '2020-01-01');
  ALTER TABLE account DISABLE TRIGGER moved; ALTER TABLE account_25 DISABLE TRIGGER moved; ALTER TABLE account_26_rest DISABLE TRIGGER moved;
  INSERT INTO account VALUES (1, 2025, 'Ä', 'A'), (2, 2026, 'b', 'B');
  ALTER TABLE account_25 ENABLE ALWAYS TRIGGER moved;
  INSERT INTO booking VALUES (9, 1, 2025, 1); INSERT INTO receipt VALUES (9); REFRESH MATERIALIZED VIEW kept;`;

/** Everything in both that a user could notice, as text. */
async function look(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const of = async (sql: string) => (await client.query(sql)).rows;
    return {
      customers: await of('SELECT c::text, doc IS NULL AS nodoc FROM customer c ORDER BY id'),
      entries: await of('SELECT e::text FROM "Old Books".entry e ORDER BY nr'),
      log: await of('SELECT l::text FROM log l ORDER BY at'),
      view: await of('SELECT * FROM rich'),
      rowsOf: await of(`SELECT "Name" FROM customers_of('fine')`),
      constraints: await of(
        `SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
         WHERE contype IN ('p', 'u', 'c', 'f') AND connamespace::regnamespace::text !~ '^(pg_|information)' ORDER BY 1, 2`,
      ),
      indexes: await of(
        `SELECT indexdef FROM pg_indexes WHERE schemaname !~ '^(pg_|information)' ORDER BY schemaname, indexname`,
      ),
      busy: await of('SELECT *, (SELECT reloptions FROM pg_class WHERE relname = $$busy$$) FROM busy'),
      kept: await of('SELECT * FROM kept'),
      shelf: await of('SELECT s::text FROM shelf s'),
      sameToItsCollation: await of(`SELECT owner FROM account WHERE owner = 'ä'`),
      inheriting: await of('SELECT tableoid::regclass::text, * FROM ledger ORDER BY id'),
      partitions: await of('SELECT tableoid::regclass::text, * FROM account ORDER BY id'),
      triggers: await of(
        'SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE tgconstraint = 0 ORDER BY 1, 2',
      ),
    };
  } finally {
    await client.end();
  }
}

test('a dump fills an empty database with the same rows, rules and counters; a filled one is refused', async () => {
  const source = new pg.Client({ connectionString: from.url });
  await source.connect();
  await source.query(schema);
  await source.query(ordered);
  const dump = join(folder.path, 'legacy');
  await mkdir(dump);
  for await (const { file, data } of dumpDatabase(from.url))
    await writeFile(join(dump, file), data, { flag: 'a' });

  const index = await restoreDatabase(dump, to.url);
  expect(index.tables.map(({ table, rows }) => [table, rows])).toEqual([
    ['customer', 2],
    ['entry', 1203],
    ['log', 2],
    ['shelf', 1],
    ['account', 2],
    ['booking', 1],
    ['receipt', 1],
    ['ledger', 1],
    ['ledger_old', 1],
  ]);
  expect(index.leftOut).toEqual({});
  expect(await look(to.url)).toEqual(await look(from.url));

  // Counters go on where they were, and the trigger works, but did not when the rows came.
  const target = new pg.Client({ connectionString: to.url });
  await target.connect();
  for (const sql of [
    `INSERT INTO customer ("Name") VALUES ('next') RETURNING id::text`,
    `INSERT INTO "Old Books".entry (customer, amount) VALUES (7, 1) RETURNING nr::text, double::text`,
    `INSERT INTO log VALUES (2, 'new') RETURNING what`,
    `SELECT nextval('loose')::text`,
  ])
    expect((await target.query(sql)).rows).toEqual((await source.query(sql)).rows);
  await Promise.all([source.end(), target.end()]);
  await expect(restoreDatabase(dump, to.url)).rejects.toThrow(/not empty \(it has .*\); give an empty one/);
}, 60_000);

test('whether a dump can be opened is found out beforehand, and leaves nothing behind', async () => {
  const source = new pg.Client({ connectionString: from.url });
  const own = new pg.Client({ connectionString: to.superUrl });
  await Promise.all([source.connect(), own.connect()]);
  try {
    expect(await tryDump(from.url, to.url)).toEqual({ outcome: 'opened', reason: '', leftOut: {} });
    await source.query(
      `CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int); CREATE VIEW totals AS SELECT total(id) FROM ledger`,
    );
    expect(await tryDump(from.url, to.url)).toEqual({
      outcome: 'failed',
      reason: 'function public.total(integer) does not exist',
      leftOut: { 'aggregates and window functions': 1 },
    });
    await source.query(
      `ALTER TABLE ledger ENABLE ROW LEVEL SECURITY; ALTER TABLE ledger FORCE ROW LEVEL SECURITY`,
    );
    expect(await tryDump(from.url, to.url)).toMatchObject({
      outcome: 'failed',
      reason: 'query would be affected by row-level security policy for table "ledger"',
    });
    await source.query(
      'ALTER TABLE ledger DISABLE ROW LEVEL SECURITY; DROP VIEW totals; DROP AGGREGATE total(int)',
    );
    // A row whose computed column could not be computed any more.
    await source.query(
      `CREATE FUNCTION pence(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN n * 100; END';
       CREATE TABLE till (pounds int, cash int GENERATED ALWAYS AS (pence(pounds)) STORED); INSERT INTO till VALUES (-1);
       CREATE OR REPLACE FUNCTION pence(n int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS
         'BEGIN IF n < 0 THEN RAISE EXCEPTION ''less than nothing''; END IF; RETURN n * 100; END'`,
    );
    expect(await tryDump(from.url, to.url)).toMatchObject({
      outcome: 'failed',
      reason: 'rows of public.till: less than nothing',
    });
    await source.query('DROP TABLE till; DROP FUNCTION pence');
    expect(await trialHindrance(to.url)).toBeUndefined();
    expect((await own.query(`SELECT FROM pg_database WHERE datname LIKE '%trial%'`)).rowCount).toBe(0);
    await own.query(`ALTER ROLE ${new URL(to.url).username} NOCREATEDB`);
    expect(await trialHindrance(to.url)).toMatch(
      /may not create databases \(ALTER ROLE \S+ CREATEDB lets it\)/,
    );
    expect(await tryDump(from.url, to.url)).toMatchObject({
      outcome: 'not-tried',
      reason: expect.stringContaining('may not create databases'),
    });
  } finally {
    await Promise.all([source.end(), own.end()]);
  }
}, 60_000);
