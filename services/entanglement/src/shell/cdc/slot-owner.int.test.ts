import { create } from '@bufbuild/protobuf';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { parseLsn } from '../../core/change/lsn.ts';
import type { Wanted } from '../../core/change/preflight.ts';
import { hasTriggers, installTriggers } from '../attribution/install.ts';
import type { CaptureDeps, CaptureOptions } from '../capture/capture-options.ts';
import { postgresDriver } from '../capture/postgres-driver.ts';
import { removeFrom } from '../prepare-by-hand.ts';
import { CaptureStore, entanglementSchema } from '../store/capture-store.ts';
import { prepareCapture } from './prepare.ts';
import { createSlot, dropSlot } from './slot.ts';

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
    retainedMaxMib: 64,
    store,
    isReadByOthers: false,
    release: async () => {},
    nowUs: () => {
      clock += 1_000_000n;
      return clock;
    },
    warn: () => {},
  });

function driver() {
  const options = { url: postgres.url, wanted, store, entanglement: create(EntanglementSchema) };
  const deps = { release: async () => {} };
  return postgresDriver(options as unknown as CaptureOptions, deps as unknown as CaptureDeps);
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
  expect(await removeFrom(postgres.url, wanted)).toEqual([
    expect.stringContaining("SELECT pg_drop_replication_slot('bank_cdc')"),
    'without publication bank_cdc: none that Chronos made',
  ]);
  expect(await standing()).toEqual(before);
});

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
  expect(await removeFrom(postgres.url, wanted)).toContain('without the statement triggers that cards needs');
  expect(await triggers()).toEqual(['client']);
  await bank.query('INSERT INTO client DEFAULT VALUES');
  expect(await removeFrom(postgres.url, { ...wanted, migration: 'cards' })).toContain('statement triggers');
  expect(await triggers()).toEqual([]);
  expect(await hasTriggers(bank)).toBe(false);
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

test('another name for the slot in the file: the one before, which nobody reads any more, goes with its publication', async () => {
  await prepare({ slot: 'before', publication: 'before' });
  await prepare();
  expect((await standing()).map((text) => text.split(' ')[0])).toEqual(['bank_cdc', 'bank_cdc']);
  await prepare({ slot: 'after' });
  expect((await standing()).map((text) => text.split(' ')[0])).toEqual(['after', 'bank_cdc']);
  await dropSlot(bank, 'after');
});

test('what Chronos made goes: by the seal, and by hand without its store', async () => {
  await prepare();
  expect(await driver().remove()).toBe('removed: slot, publication');
  await prepare();
  expect(await removeFrom(postgres.url, wanted)).toEqual(['slot bank_cdc', 'publication bank_cdc']);
  expect(await standing()).toEqual([]);
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
