import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { type Vector, VectorSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { defaultSlot } from '../../core/change/declared.ts';
import { parseLsn } from '../../core/change/lsn.ts';
import type { Wanted } from '../../core/change/preflight.ts';
import type { CaptureDeps, CaptureOptions } from '../capture/capture-options.ts';
import { postgresDriver } from '../capture/postgres-driver.ts';
import { captureSession } from '../capture/session.ts';
import { newStatus } from '../capture/status.ts';
import { removeFrom } from '../remove-by-hand.ts';
import { CaptureStore, entanglementSchema } from '../store/capture-store.ts';
import { openPgOutput } from './pgoutput-source.ts';
import { prepareCapture } from './prepare.ts';
import { createSlot, dropSlot, ensurePublication, measureSlot } from './slot.ts';

jest.setTimeout(60_000);

const wanted: Wanted = {
  migration: 'books',
  universe: 'legacy',
  slot: 'bank_cdc',
  publication: 'bank_cdc',
  tables: [{ schema: 'public', name: 'booking' }],
};
let postgres: TestPostgres;
let state: Database;
let bank: pg.Client;
let store: CaptureStore;
let clock = 0n;

beforeAll(async () => {
  postgres = await withPostgres();
  state = new Database(postgres.url);
  await migrateSchema(state, entanglementSchema);
  store = new CaptureStore(state, 'books', 'legacy');
  bank = new pg.Client({ connectionString: postgres.url });
  await bank.connect();
  await bank.query(
    'CREATE TABLE booking (id serial PRIMARY KEY); CREATE TABLE client (id serial PRIMARY KEY)',
  );
});
beforeEach(async () => {
  await dropSlot(bank, 'bank_cdc');
  await bank.query('DROP PUBLICATION IF EXISTS bank_cdc');
  await store.forget();
});
afterAll(async () => {
  await bank?.end();
  await state?.close();
  await postgres?.dispose();
});

/** Begins a capture as the process would, on a database that is not Chronos' own; each at a later second. */
const prepare = (named: Partial<Wanted> = {}) =>
  prepareCapture({
    sql: bank,
    wanted: { ...wanted, ...named },
    owned: false,
    store,
    isReadByOthers: false,
    release: async () => {},
    nowUs: () => {
      clock += 1_000_000n;
      return clock;
    },
    warn: () => {},
  });

function driver(named: Partial<Wanted> = {}) {
  const options = {
    url: postgres.url,
    wanted: { ...wanted, ...named },
    store,
    entanglement: create(EntanglementSchema),
  };
  const deps = { release: async () => {}, nowUs: () => BigInt(Date.now()) * 1_000n };
  return postgresDriver(options as unknown as CaptureOptions, deps as unknown as CaptureDeps);
}

/** A stretch of capturing, with the keys that it told of. */
function capture() {
  const told: string[] = [];
  const side = {
    entity: 'booking',
    table: { schema: 'public', name: 'booking' },
    lookups: [],
    kindOf: () => undefined,
    covers: () => true,
    canonical: ({ id }: Record<string, unknown>) =>
      create(VectorSchema, { fields: [{ name: 'id', value: { case: 'text', value: String(id) } }] }),
    key: ({ fields }: Vector) => JSON.stringify(fields.map(({ value }) => value.value)),
  };
  const options = {
    url: postgres.url,
    wanted,
    store,
    owned: false,
    universe: 'legacy',
    entanglement: create(EntanglementSchema),
    sides: async () => [side],
  };
  const deps = {
    producer: { send: async () => undefined, close: async () => undefined },
    topic: 'db-state-updates',
    partitions: 1,
    metrics: { stateUpdate: () => undefined },
    nowUs: () => BigInt(Date.now()) * 1_000n,
    log: () => undefined,
    openSource: ({ wanted: { slot, publication } }: { wanted: Wanted }) =>
      openPgOutput({ url: postgres.url, slot, publication }),
    isReadByOthers: false,
    release: async () => undefined,
    onChanges: (_: string, __: string, changes: readonly { key: string }[]) =>
      void told.push(...changes.map(({ key }) => key)),
  };
  const stop = new AbortController();
  const status = newStatus();
  const ended = captureSession(
    options as unknown as CaptureOptions,
    deps as unknown as CaptureDeps,
    status,
    stop.signal,
  );
  return { told, status, stop, ended };
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !isSo(); await delay(20))
    if (Date.now() > end) throw new Error('it does not come to pass');
}

/** Slots with how far they were read, publications with their tables. */
async function standing(): Promise<readonly string[]> {
  const { rows } = await bank.query<{ text: string }>(
    `SELECT slot_name || ' ' || confirmed_flush_lsn AS text FROM pg_replication_slots
     UNION ALL SELECT pubname || ' ' || tablename FROM pg_publication_tables ORDER BY 1`,
  );
  return rows.map(({ text }) => text);
}

test("a bank's own slot and publication survive: the start refuses them; giving up, the seal and remove by hand leave them alone", async () => {
  await bank.query('CREATE PUBLICATION bank_cdc FOR TABLE booking');
  await createSlot(bank, 'bank_cdc');
  await bank.query('INSERT INTO booking DEFAULT VALUES');
  const before = await standing();
  await expect(prepare()).rejects.toMatchObject({
    problems: [{ code: 'slot-foreign', remedy: expect.stringContaining('database.slot'), passing: false }],
  });
  expect(await driver().giveUp()).toBe(false);
  expect(await driver().remove()).toBe('nothing of Chronos stood in the database');
  expect(await removeFrom(postgres.url, wanted)).toEqual({
    removed: [],
    left: [
      expect.stringContaining("SELECT pg_drop_replication_slot('bank_cdc')"),
      'publication bank_cdc stays: Chronos did not make it',
    ],
  });
  expect(await standing()).toEqual(before);
});

test("a bank's own publication is read if it has the tables, and never altered", async () => {
  await bank.query('CREATE PUBLICATION bank_cdc FOR TABLE client');
  await expect(prepare()).rejects.toMatchObject({
    problems: [{ code: 'publication', remedy: expect.stringContaining('ADD TABLE ONLY public.booking') }],
  });
  await bank.query('ALTER PUBLICATION bank_cdc ADD TABLE ONLY booking');
  await prepare();
  expect(await driver().remove()).toBe('removed: slot');
  expect(await standing()).toEqual(['bank_cdc booking', 'bank_cdc client']);
});

test('a warning goes by itself when somebody has done what it advises, and comes back with its cause', async () => {
  await bank.query('ALTER TABLE booking REPLICA IDENTITY DEFAULT');
  const { status, stop, ended } = capture();
  const isWarned = () => status.standing.join().includes('public.booking: the WAL has no rows as they were');
  await until(isWarned);
  await bank.query('ALTER TABLE booking REPLICA IDENTITY FULL');
  await until(() => !isWarned());
  await bank.query('ALTER TABLE booking REPLICA IDENTITY DEFAULT');
  await until(isWarned);
  stop.abort();
  await ended;
});

test("another database's slot of that name, on the same server, is not measured, not dropped, and its reader reads on", async () => {
  const url = new URL(postgres.url);
  const server = new pg.Client({ connectionString: postgres.superUrl });
  await server.connect();
  await server.query(`CREATE DATABASE staging OWNER ${pg.escapeIdentifier(url.username)}`);
  await server.end();
  url.pathname = '/staging';
  const staging = new pg.Client({ connectionString: url.href });
  await staging.connect();
  await staging.query('CREATE TABLE booking (id serial PRIMARY KEY)');
  const { tables } = wanted;
  for (const sql of [bank, staging])
    await ensurePublication(sql, 'bank_cdc', { exists: false, tables, missing: [], slot: 'bank_cdc' });
  await createSlot(bank, 'bank_cdc');
  const reader = await openPgOutput({ url: postgres.url, slot: 'bank_cdc', publication: 'bank_cdc' });
  const read = (async () => {
    for await (const events of reader.events())
      if (events.some(({ kind }) => kind === 'change')) return 'a change';
    return 'its end';
  })();
  try {
    expect(await measureSlot(staging, 'bank_cdc')).toBeUndefined();
    expect(await removeFrom(url.href, wanted)).toEqual({
      removed: ['publication bank_cdc'],
      left: [
        expect.stringMatching(/^slot bank_cdc stays: it is of database (?!staging)\w+ on the same server/),
      ],
    });
    expect(await dropSlot(staging, 'bank_cdc')).toBe(false);
    await bank.query('INSERT INTO booking DEFAULT VALUES');
    expect(await read).toBe('a change');
  } finally {
    await reader.close();
    await staging.end();
  }
});

test('a slot of the name that Chronos would choose, of which nothing says that Chronos made it, stays with a word on how it goes', async () => {
  const slot = defaultSlot('books', 'legacy');
  await createSlot(bank, slot);
  try {
    expect((await removeFrom(postgres.url, { ...wanted, slot, publication: slot })).left).toEqual([
      expect.stringContaining(`SELECT pg_drop_replication_slot('${slot}')`),
    ]);
    expect(await measureSlot(bank, slot)).toBeDefined();
  } finally {
    await dropSlot(bank, slot);
  }
});

describe('another name for the slot in the file', () => {
  const before = { slot: 'before', publication: 'before' };
  const names = async () => (await standing()).map((text) => text.split(' ')[0]);
  afterEach(async () => {
    for (const slot of ['before', 'after']) await dropSlot(bank, slot);
    await bank.query('DROP PUBLICATION IF EXISTS before');
  });

  test('what the one before holds is told first; then it goes with its publication, and nothing is missing', async () => {
    const first = await prepare(before);
    await bank.query('INSERT INTO booking (id) VALUES (101)');
    const renamed = capture();
    await bank.query('INSERT INTO booking (id) VALUES (102)');
    await renamed.ended;
    await bank.query('INSERT INTO booking (id) VALUES (103)');
    const read = capture();
    await until(() => new Set([...renamed.told, ...read.told]).size === 3);
    read.stop.abort();
    await read.ended;
    expect(renamed.told[0]).toBe('["101"]');
    expect(await names()).toEqual(['bank_cdc', 'bank_cdc']);
    expect((await prepare()).completeSinceUs).toBe(first.completeSinceUs);
  });

  test('named back before it was read, the other one goes again', async () => {
    await prepare(before);
    await bank.query('INSERT INTO booking DEFAULT VALUES');
    expect((await prepare()).former).toMatchObject({ slot: 'before', publication: 'before' });
    expect((await prepare({ slot: 'after' })).former).toMatchObject({
      slot: 'before',
      publication: 'before',
    });
    expect((await prepare(before)).former).toBeUndefined();
    expect((await names()).filter((name) => name !== 'bank_cdc')).toEqual(['before', 'before']);
    expect(await driver(before).remove()).toBe('removed: slot, publication');
  });

  test('where the one before is gone, what it held is a gap', async () => {
    await prepare(before);
    await dropSlot(bank, 'before');
    await expect(prepare()).rejects.toMatchObject({ problems: [{ code: 'slot-lost', passing: false }] });
    expect((await prepare()).former).toBeUndefined();
  });

  test('a slot of that name that is not Chronos’ own is left alone, and both of Chronos’ go with a seal', async () => {
    await prepare(before);
    await createSlot(bank, 'bank_cdc');
    await expect(prepare()).rejects.toMatchObject({ problems: [{ code: 'slot-foreign' }] });
    await dropSlot(bank, 'bank_cdc');
    await bank.query('INSERT INTO booking DEFAULT VALUES');
    await prepare();
    await driver().remove();
    expect(await standing()).toEqual([]);
  });
});

test('what Chronos made goes: by the seal, and by hand without its store', async () => {
  await prepare();
  expect(await driver().remove()).toBe('removed: slot, publication');
  await prepare();
  const removed = ['slot bank_cdc', 'publication bank_cdc'];
  expect(await removeFrom(postgres.url, wanted)).toEqual({ removed, left: [] });
  expect(await standing()).toEqual([]);
  expect(await removeFrom(postgres.url, wanted)).toEqual({ removed: [], left: [] });
});

test('a slot that somebody reads on after the gap was told: the word that comes when he is gone is enough', async () => {
  await prepare();
  const steal = async () => {
    await bank.query('INSERT INTO booking DEFAULT VALUES');
    const options = `'proto_version', '1', 'publication_names', 'bank_cdc'`;
    const read = `SELECT count(*)::int AS n FROM pg_logical_slot_get_binary_changes('bank_cdc', NULL, NULL, ${options})`;
    // What is committed may be written to the WAL's file a moment later.
    for (let n = 0; n === 0; n = (await bank.query(read)).rows[0].n) await delay(20);
  };
  await steal();
  await expect(prepare()).rejects.toMatchObject({ problems: [{ code: 'slot-moved' }] });
  const { movedOn } = driver();
  expect(await movedOn?.()).toBeUndefined();
  await steal();
  expect(await movedOn?.()).toMatchObject({
    code: 'slot-moved',
    message: expect.stringMatching(/^slot bank_cdc is read by somebody else, who had come to .* at /),
    remedy: expect.stringMatching(/^end that reader; then .*chronos verify.*chronos resume/),
  });
  expect(await movedOn?.()).toBeUndefined();
  const { completeSinceUs } = await prepare();
  expect((await prepare()).completeSinceUs).toBe(completeSinceUs);
});

test.each<[string, () => Promise<unknown>, string]>([
  ['made anew under its name', () => createSlot(bank, 'bank_cdc'), 'slot-moved'],
  ['dropped', async () => undefined, 'slot-lost'],
])(
  'a slot that others have %s left a gap: told once, then complete from a later moment',
  async (_, after, code) => {
    const first = await prepare();
    expect((await prepare()).completeSinceUs).toBe(first.completeSinceUs);
    await dropSlot(bank, 'bank_cdc');
    await bank.query('INSERT INTO booking DEFAULT VALUES');
    await after();
    await expect(prepare()).rejects.toMatchObject({
      problems: [{ code, remedy: expect.stringMatching(/chronos verify.*chronos resume/) }],
    });
    const next = await prepare();
    expect(next.completeSinceUs > first.completeSinceUs).toBe(true);
    expect((await prepare()).completeSinceUs).toBe(next.completeSinceUs);
  },
);

test('no gap: a slot that Chronos gave up, which was told then, and one that moved by its own word', async () => {
  await prepare();
  expect(await driver().giveUp()).toBe(true);
  await prepare();
  const { rows } = await bank.query<{ lsn: string }>(
    "SELECT pg_logical_emit_message(true, 'x', 'y')::text AS lsn",
  );
  const lsn = rows[0]?.lsn ?? '0/0';
  await store.acknowledge(parseLsn(lsn));
  await bank.query("SELECT pg_replication_slot_advance('bank_cdc', $1)", [lsn]);
  await prepare();
});
