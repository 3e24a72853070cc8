import { setTimeout as delay } from 'node:timers/promises';
import { create } from '@bufbuild/protobuf';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import {
  EntanglementService,
  JobState,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { MigrationStateSchema, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { createClient, createRouterTransport } from '@connectrpc/connect';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { ChangeFeed } from '../capture/change-feed.ts';
import { entanglementSchema } from '../store/capture-store.ts';
import { fillShop, type Shop, withShop } from '../testing.ts';
import { EntangledMigrations } from './entangled.ts';
import { entanglementService } from './entanglement-service.ts';
import type { Reconciling } from './start-verification.ts';

jest.setTimeout(120_000);
let shop: Shop;
let state: Database;

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

function serve(reconciler?: Reconciling) {
  const migrations = new EntangledMigrations(
    (_, universe) => ({ url: shop.urls[universe], owned: true }),
    () => (text) => `masked ${text.length}`,
  );
  const spec = {
    name: 'shop',
    entanglement: shop.entanglement,
    policy: { joinDeadline: { seconds: 0n, nanos: 200_000_000 } },
  };
  migrations.follow([create(MigrationStateSchema, { spec, groups: [{ stage: Stage.SHADOW }] })]);
  const { service } = entanglementService({
    migrations,
    changes: new ChangeFeed(),
    captures: async () => [],
    revision: () => 1n,
    watermark: () => undefined,
    state,
    reconciler: () => reconciler,
    log: () => {},
    nowMs: Date.now,
  });
  const transport = createRouterTransport((router) => router.service(EntanglementService, service));
  const client = createClient(EntanglementService, transport);
  const watch = async (until: (job: Verification) => boolean = () => false) => {
    let last: Verification | undefined;
    for await (const job of client.watchVerification({ migration: 'shop' })) {
      last = job;
      if (until(job)) break;
    }
    return last!;
  };
  return { client, watch };
}

/** Milliseconds until the stop was answered. */
async function timed(stop: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await stop();
  return performance.now() - startedMs;
}

const soonMs = 5_000;

/** Each request waits as a round of the reconciler does for the change streams. */
function slowReconciler() {
  const asked: string[] = [];
  const reconciler: Reconciling = {
    async request(rows, signal) {
      await delay(300, undefined, { signal });
      asked.push(...rows.map(({ key }) => key));
      return true;
    },
  };
  return { asked, reconciler };
}

test('a repair of thousands of rows is stopped within seconds, and tells how many it repaired', async () => {
  await fillShop(shop, 9_000, 'both');
  await shop.modern.query('UPDATE accounts SET balance = balance + 5');
  const { asked, reconciler } = slowReconciler();
  const { client, watch } = serve(reconciler);
  const { id } = await client.startVerification({ migration: 'shop', repair: true });
  await watch(({ entities }) => entities.some(({ repaired }) => repaired > 100n));
  // Set right by somebody else meanwhile: that ends nothing by itself.
  await shop.modern.query('UPDATE accounts SET balance = balance - 5');
  expect(await timed(() => client.stopJob({ migration: 'shop', id }))).toBeLessThan(soonMs);
  const job = await watch();
  expect(job.state).toBe(JobState.STOPPED);
  const account = job.entities.find(({ entity }) => entity === 'account');
  expect([account?.differences, account?.repaired]).toEqual([9_000n, BigInt(asked.length)]);
});

test('more than 10,000 differing rows end it, before thousands of them were written one by one', async () => {
  await fillShop(shop, 21_000, 'both');
  await shop.modern.query('UPDATE accounts SET balance = balance + 5');
  const { asked, reconciler } = slowReconciler();
  const { client, watch } = serve(reconciler);
  await client.startVerification({ migration: 'shop', repair: true });
  const job = await watch();
  expect([job.state, job.truncated, asked.length]).toEqual([JobState.DIFFERENT, true, 0]);
});

test('a row that another transaction holds is not waited for without end', async () => {
  await fillShop(shop, 20, 'both');
  await shop.modern.query('UPDATE accounts SET balance = balance + 5 WHERE id IN (3, 4)');
  const holder = await shop.modern.connect();
  try {
    await holder.query('BEGIN; SELECT 1 FROM accounts WHERE id = 3 FOR UPDATE');
    const { client, watch } = serve();
    const given = { migration: 'shop', repair: true, authority: Universe.LEGACY };
    await client.startVerification(given);
    const job = await watch();
    expect(job.state).toBe(JobState.DIFFERENT);
    expect(job.differences.map(({ key, repaired }) => [key, repaired])).toEqual([
      ['["3"]', false],
      ['["4"]', true],
    ]);
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
});

test('a query that waits for a locked table is ended by a stop', async () => {
  await fillShop(shop, 20, 'both');
  const holder = await shop.modern.connect();
  try {
    await holder.query('BEGIN; LOCK TABLE accounts');
    const { client, watch } = serve();
    const { id } = await client.startVerification({ migration: 'shop' });
    await watch(({ entities }) => entities.some(({ entity, done }) => entity === 'owner' && done));
    expect(await timed(() => client.stopJob({ migration: 'shop', id }))).toBeLessThan(soonMs);
    expect((await watch()).state).toBe(JobState.STOPPED);
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
});
