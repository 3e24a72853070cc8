import { randomUUID } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import {
  EntanglementService,
  JobState,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { MigrationStateSchema, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { type Client, createClient, createRouterTransport } from '@connectrpc/connect';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { ChangeFeed } from '../capture/change-feed.ts';
import { RepairStore } from '../repair/repair-store.ts';
import { entanglementSchema } from '../store/capture-store.ts';
import { fillShop, type Shop, withShop } from '../testing.ts';
import { EntangledMigrations } from './entangled.ts';
import { entanglementService } from './entanglement-service.ts';
import type { CaptureView } from './views.ts';

jest.setTimeout(60_000);
let shop: Shop;
let state: Database;
let captured = 10n;

beforeAll(async () => {
  shop = await withShop();
  const admin = new pg.Client({ connectionString: shop.postgres.superUrl });
  await admin.connect();
  await admin.query('CREATE DATABASE chronos OWNER test');
  await admin.end();
  state = new Database(shop.urls.legacy.replace(/\/legacy$/, '/chronos'));
  await migrateSchema(state, entanglementSchema);
});
afterAll(async () => {
  await state.close();
  await shop.dispose();
});
beforeEach(async () => {
  await shop.legacy.query('TRUNCATE owner, account, entry RESTART IDENTITY');
  await shop.modern.query('TRUNCATE owners, accounts, entries RESTART IDENTITY');
});

/** A process of its own over the same databases. */
function newProcess(stage: Stage, other: Stage = stage) {
  const migrations = new EntangledMigrations(
    (_, universe) => ({ url: shop.urls[universe], owned: true }),
    () => (text) => `masked ${text.length}`,
  );
  const spec = {
    name: 'shop',
    entanglement: shop.entanglement,
    policy: { joinDeadline: { seconds: 0n, nanos: 200_000_000 } },
  };
  migrations.follow([
    create(MigrationStateSchema, { spec, groups: [{ stage }, { stage: other }] }),
    create(MigrationStateSchema, { spec: { name: 'plain' } }),
  ]);
  const view: CaptureView = {
    universe: 'legacy',
    slot: 's',
    retainedBytes: 5n,
    retainedLimitBytes: 9n,
    walAlarm: '',
    lagSeconds: 0.1,
    paused: false,
    pauseReason: '',
    ready: true,
    attributed: { tagged: captured },
    transactions: captured,
    tablesKeptSince: undefined,
    tablesLookedAt: undefined,
  };
  const served = entanglementService({
    migrations,
    changes: new ChangeFeed(),
    captures: async () => [{ ...view, transactions: captured }],
    revision: () => 1n,
    watermark: () => undefined,
    state,
    reconciler: () => undefined,
    log: () => {},
    nowMs: Date.now,
  });
  const transport = createRouterTransport((router) => router.service(EntanglementService, served.service));
  return { client: createClient(EntanglementService, transport), stop: served.stop };
}

async function verified(client: Client<typeof EntanglementService>): Promise<Verification> {
  let last: Verification | undefined;
  for await (const job of client.watchVerification({ migration: 'shop' })) last = job;
  return last!;
}

const failure = (call: Promise<unknown>) => call.then(String, (error: unknown) => String(error));

describe('EntanglementService', () => {
  test('a copy, then a proof; its age and what happened since', async () => {
    await fillShop(shop, 300, 'legacy');
    const { client } = newProcess(Stage.SHADOW);
    await client.startCopy({ migration: 'shop' });
    let last = JobState.UNSPECIFIED;
    for await (const copy of client.watchCopy({ migration: 'shop' })) last = copy.state;
    expect(last).toBe(JobState.CLEAN);
    const started = await client.startVerification({ migration: 'shop' });
    expect(await failure(client.startVerification({ migration: 'shop' }))).toContain(
      `runs already: ${started.id}`,
    );
    expect((await verified(client)).state).toBe(JobState.CLEAN);
    captured += 7n;
    const now = await client.getEntanglement({ migration: 'shop' });
    expect(now.lastVerification?.id).toBe(started.id);
    expect(now.sinceVerification?.transactions).toBe(7n);
    expect(now.sinceVerification?.ageSeconds).toBeGreaterThan(0);
    expect(now.lastCopy?.rowsWritten).toBe(900n);
    expect(now.captures).toMatchObject([{ universe: 1, slot: 's', retainedBytes: 5n }]);
    // Another process knows the proof, not what happened since.
    const other = await newProcess(Stage.SHADOW).client.getEntanglement({ migration: 'shop' });
    expect(other.lastVerification?.id).toBe(started.id);
    expect(other.sinceVerification?.transactions).toBeUndefined();
  });

  test('goes on in another process where the first was stopped', async () => {
    await fillShop(shop, 2_000, 'both');
    await shop.modern.query('DELETE FROM entries WHERE id = 1');
    const first = newProcess(Stage.SHADOW);
    const started = await first.client.startVerification({ migration: 'shop', rowsPerSecond: 1_000 });
    for await (const { rowsRead } of first.client.watchVerification({ migration: 'shop' }))
      if (rowsRead > 500n) break;
    await first.stop();
    const second = newProcess(Stage.SHADOW);
    expect((await verified(second.client)).state).toBe(JobState.STOPPED);
    await second.client.startVerification({ migration: 'shop', resume: true });
    const done = await verified(second.client);
    expect(done.id).toBe(started.id);
    expect([done.state, done.resumed]).toEqual([JobState.DIFFERENT, true]);
    expect(done.entities.map(({ rowsLegacy }) => rowsLegacy)).toEqual([2_000n, 2_000n, 2_000n]);
    expect(await failure(second.client.startVerification({ migration: 'shop', resume: true }))).toContain(
      'none that could be resumed',
    );
  });

  test('a copy is ended by its id; while it runs nothing else writes the same rows', async () => {
    await fillShop(shop, 2_000, 'legacy');
    const { client } = newProcess(Stage.SHADOW);
    const { id } = await client.startCopy({ migration: 'shop', rowsPerSecond: 100 });
    expect(await failure(client.startVerification({ migration: 'shop', repair: true }))).toContain(
      `a copy of shop runs already: ${id}; chronos copy --stop shop ends it`,
    );
    await client.stopJob({ migration: 'shop', id });
    let last = JobState.UNSPECIFIED;
    for await (const copy of client.watchCopy({ migration: 'shop' })) last = copy.state;
    expect(last).toBe(JobState.STOPPED);
  });

  test('rows that Chronos itself has carried over do not stand in the way of a copy, others do; a refused one is none to be resumed', async () => {
    await state.query('DELETE FROM entanglement.jobs');
    await fillShop(shop, 20, 'legacy');
    await shop.modern.query(`INSERT INTO owners VALUES ('1', 'Owner 1', '1970-01-02')`);
    const written = {
      nr: '1',
      born: (await shop.modern.query(`SELECT born::text FROM owners`)).rows[0].born,
    };
    const store = new RepairStore(state, 'shop');
    const change = { entity: 'owner', key: '["1"]', kind: 'row', before: null, after: written } as const;
    const intent = {
      id: randomUUID(),
      universe: 'modern',
      xid: '1',
      changes: [change],
      progress: [],
    } as const;
    await store.intend(intent);
    const { client } = newProcess(Stage.DRAFT);
    const copy = () => client.startCopy({ migration: 'shop' });
    // Nobody knows yet whether that was ours.
    expect(await failure(copy())).toContain('modern has rows already in public.owners: empty them');
    await store.conclude(intent.id, 'done', () => []);
    await shop.modern.query(`UPDATE owners SET born = born + 1`);
    expect(await failure(copy())).toContain('public.owners');
    await shop.modern.query(`UPDATE owners SET born = born - 1`);
    await shop.modern.query(`INSERT INTO owners VALUES ('2', 'Own', '1970-01-03')`);
    expect(await failure(copy())).toContain('public.owners');
    expect(await failure(client.startCopy({ migration: 'shop', resume: true }))).toContain(
      'none that could be resumed',
    );
    await shop.modern.query(`DELETE FROM owners WHERE nr = '2'`);
    await copy();
    let last: JobState | undefined;
    for await (const copied of client.watchCopy({ migration: 'shop' })) last = copied.state;
    expect(last).toBe(JobState.CLEAN);
  });

  test('after the hot-swap modern is right: a repair writes legacy, a copy is refused; while split it has to be said', async () => {
    await fillShop(shop, 10, 'both');
    await shop.legacy.query('UPDATE account SET cents = 0 WHERE id = 3');
    const swapped = newProcess(Stage.SWAPPED);
    await swapped.client.startVerification({ migration: 'shop', repair: true });
    expect((await verified(swapped.client)).state).toBe(JobState.CLEAN);
    const { rows } = await shop.legacy.query('SELECT cents FROM account WHERE id = 3');
    expect(rows).toEqual([{ cents: '303' }]);
    expect(await failure(swapped.client.startCopy({ migration: 'shop' }))).toContain(
      'modern answers the clients',
    );
    const split = newProcess(Stage.CANARY, Stage.SHADOW);
    expect(await failure(split.client.startCopy({ migration: 'shop' }))).toContain(
      'modern answers the clients',
    );
    expect(await failure(split.client.startVerification({ migration: 'shop', repair: true }))).toContain(
      'say whose rows are right',
    );
  });

  test('what does not fit is said at once', async () => {
    const { client } = newProcess(Stage.SHADOW);
    expect(await failure(client.startVerification({ migration: 'plain' }))).toContain(
      'plain declares no entities',
    );
    expect(await failure(client.startVerification({ migration: 'shop', entities: ['acount'] }))).toContain(
      'there is no entity acount; accepted: owner, account, entry',
    );
    await shop.modern.query('ALTER TABLE accounts RENAME COLUMN balance TO saldo');
    const told = await failure(client.startVerification({ migration: 'shop' }));
    await shop.modern.query('ALTER TABLE accounts RENAME COLUMN saldo TO balance');
    expect(told).toContain(
      'entity account, field balance, modern: table public.accounts has no column balance (it has id, owner, state, saldo, source)',
    );
  });
});
