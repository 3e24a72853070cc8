import { create } from '@bufbuild/protobuf';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import type { Wanted } from '../core/change/preflight.ts';
import { hasTriggers, installTriggers } from './attribution/install.ts';
import { checkInstall, installInto } from './prepare-by-hand.ts';
import { removeFrom } from './remove-by-hand.ts';

jest.setTimeout(60_000);

const wanted: Wanted = {
  migration: 'books',
  universe: 'legacy',
  slot: 'bank_cdc',
  publication: 'bank_cdc',
  tables: [{ schema: 'public', name: 'booking' }],
};
const triggersOnly = { triggers: true, fullIdentity: false, changeLog: false };
const identityOnly = { triggers: false, fullIdentity: true, changeLog: false };
let postgres: TestPostgres;
let bank: pg.Client;

beforeAll(async () => {
  postgres = await withPostgres();
  bank = await connected(postgres.url);
  await bank.query(
    'CREATE TABLE booking (id serial PRIMARY KEY); CREATE TABLE client (id serial PRIMARY KEY)',
  );
});
afterAll(async () => {
  await bank?.end();
  await postgres?.dispose();
});

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

const of = (...names: string[]): Wanted => ({
  ...wanted,
  tables: names.map((name) => ({ schema: 'public', name })),
});

function entitiesOf(...names: string[]) {
  const sides = names.map((table) => ({ table }));
  return create(EntanglementSchema, {
    entities: sides.map((side) => ({ name: side.table, legacy: side, modern: side })),
  });
}

async function identityOf(table: string): Promise<string> {
  const { rows } = await bank.query<{ identity: string }>(
    'SELECT relreplident AS identity FROM pg_class WHERE oid = $1::regclass',
    [table],
  );
  return rows[0]?.identity ?? '';
}

test('statement triggers that another migration needs stay when one is removed; the last one takes all away', async () => {
  const booking = [{ schema: 'public', name: 'booking' }];
  const client = [{ schema: 'public', name: 'client' }];
  await installTriggers(bank, [...booking, ...client], 'chronos-comment', 'books');
  await installTriggers(bank, client, 'chronos-comment', 'cards');
  const triggers = async () => {
    const { rows } = await bank.query<{ name: string }>(
      `SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'chronos_attribution' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };
  expect(await removeFrom(postgres.url, wanted)).toEqual({
    removed: ['statement triggers'],
    left: ['the statement triggers that cards needs stay'],
  });
  expect(await triggers()).toEqual(['client']);
  await bank.query('INSERT INTO client DEFAULT VALUES');
  expect((await removeFrom(postgres.url, { ...wanted, migration: 'cards' })).removed).toEqual([
    'statement triggers',
  ]);
  expect(await triggers()).toEqual([]);
  expect(await hasTriggers(bank)).toBe(false);
});

test('install alters all tables or none, and tells before what it would fail at', async () => {
  const { migration } = wanted;
  const tables = ['booking', 'missing'].map((name) => ({ table: name }));
  const entanglement = create(EntanglementSchema, {
    entities: tables.map((legacy) => ({ name: legacy.table, legacy, modern: legacy })),
  });
  const install = { triggers: true, fullIdentity: true, changeLog: false };
  const named = { ...wanted, tables: tables.map(({ table }) => ({ schema: 'public', name: table })) };
  expect(await checkInstall(postgres.url, named, install)).toMatchObject([{ code: 'table-missing' }]);
  expect(await checkInstall(postgres.url, wanted, install)).toEqual([]);
  await expect(installInto(postgres.url, 'legacy', entanglement, install, migration)).rejects.toThrow(
    /missing/,
  );
  const { rows } = await bank.query(
    "SELECT relreplident AS identity FROM pg_class WHERE oid = 'public.booking'::regclass",
  );
  expect(rows).toEqual([{ identity: 'd' }]);
  expect(await hasTriggers(bank)).toBe(false);
});

test('what others have put into the schema of the triggers survives their removal; a trigger or a schema of that name that is not ours is refused', async () => {
  const booking = [{ schema: 'public', name: 'booking' }];
  await installTriggers(bank, booking, 'chronos-comment', 'books');
  await installTriggers(bank, booking, 'chronos-comment', 'books');
  await bank.query('CREATE TABLE chronos_attribution.theirs (id int)');
  expect(await removeFrom(postgres.url, wanted)).toEqual({
    removed: ['statement triggers'],
    left: ['schema chronos_attribution stays: it holds what Chronos did not make'],
  });
  expect(await checkInstall(postgres.url, wanted, triggersOnly)).toMatchObject([
    { code: 'name-taken', message: 'there is a schema chronos_attribution that Chronos did not make' },
  ]);
  await bank.query('SELECT * FROM chronos_attribution.theirs; INSERT INTO booking DEFAULT VALUES');
  await expect(installTriggers(bank, booking, 'chronos-comment', 'books')).rejects.toThrow(/already exists/);
  await bank.query('DROP SCHEMA chronos_attribution CASCADE');
  await bank.query(
    `CREATE TRIGGER chronos_attribution BEFORE UPDATE ON booking FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()`,
  );
  await expect(installTriggers(bank, booking, 'chronos-comment', 'books')).rejects.toThrow(/already exists/);
  expect(await checkInstall(postgres.url, wanted, triggersOnly)).toMatchObject([
    {
      code: 'name-taken',
      remedy: expect.stringContaining('ALTER TRIGGER chronos_attribution ON booking RENAME'),
    },
  ]);
  await bank.query('DROP TRIGGER chronos_attribution ON booking');
  expect(await hasTriggers(bank)).toBe(false);
});

test('a view is refused with what it shows', async () => {
  await bank.query(
    'CREATE VIEW both_of AS SELECT b.id FROM booking b JOIN client c USING (id); CREATE MATERIALIZED VIEW kept AS SELECT id FROM client',
  );
  expect(await checkInstall(postgres.url, of('both_of', 'kept'), identityOnly)).toMatchObject([
    {
      code: 'table-unusable',
      message: 'public.both_of is a view: its changes do not stand in the WAL',
      remedy: 'name the table behind it (public.booking, public.client) in the migration file',
    },
    {
      message: 'public.kept is a materialized view: its changes do not stand in the WAL',
      remedy: expect.stringContaining('(public.client)'),
    },
  ]);
  await bank.query('DROP VIEW both_of; DROP MATERIALIZED VIEW kept');
});

test('what is not our role’s to alter is named with its owner, a partition, too', async () => {
  await bank.query(
    `CREATE TABLE posting (id int, at int, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
     CREATE TABLE posting_1 PARTITION OF posting FOR VALUES FROM (0) TO (10)`,
  );
  const admin = await connected(postgres.superUrl);
  await admin.query('ALTER TABLE posting_1 OWNER TO CURRENT_USER');
  const role = new URL(postgres.url).username;
  const owner = new URL(postgres.superUrl).username;
  expect(await checkInstall(postgres.url, of('posting'), identityOnly)).toMatchObject([
    {
      code: 'rights',
      message: `role ${role} may not alter public.posting_1: it is role ${owner}'s`,
      remedy: `install as ${owner}, or GRANT "${owner}" TO "${role}"`,
    },
  ]);
  await admin.query('DROP TABLE posting_1');
  await admin.end();
  await bank.query('DROP TABLE posting');
});

test('a table that is in use: after 3 s it is told which one and who holds it, and nothing was changed', async () => {
  const clerk = new pg.Client({ connectionString: postgres.url, application_name: 'clerk' });
  await clerk.connect();
  await clerk.query('BEGIN; INSERT INTO client DEFAULT VALUES');
  const { rows } = await clerk.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const pid = rows[0]?.pid;
  try {
    const both = entitiesOf('booking', 'client');
    for (const install of [identityOnly, triggersOnly])
      await expect(installInto(postgres.url, 'legacy', both, install, 'books')).rejects.toThrow(
        new RegExp(
          `^"public"\\."client" is held for more than 3 s by process ${pid} \\(clerk, role \\w+, since .*\\); nothing was changed → .*pg_terminate_backend\\(${pid}\\)`,
        ),
      );
    expect(await identityOf('booking')).toBe('d');
    expect(await hasTriggers(bank)).toBe(false);
  } finally {
    await clerk.end();
  }
});

test('remove says how FULL is undone; a second time it says that nothing is there', async () => {
  const options = { triggers: true, fullIdentity: true, changeLog: false };
  await installInto(postgres.url, 'legacy', entitiesOf('booking'), options, 'books');
  const stays = expect.stringMatching(/^REPLICA IDENTITY FULL stays on public\.booking, for others may/);
  const first = await removeFrom(postgres.url, wanted);
  expect(first).toEqual({ removed: ['statement triggers'], left: [stays] });
  expect(await removeFrom(postgres.url, wanted)).toEqual({ removed: [], left: [stays] });
  await bank.query(first.left[0]?.replace(/^.*if nobody does: /, '') ?? '');
  expect(await identityOf('booking')).toBe('d');
  expect(await removeFrom(postgres.url, wanted)).toEqual({ removed: [], left: [] });
});
