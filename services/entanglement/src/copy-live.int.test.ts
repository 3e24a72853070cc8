import { setTimeout as delay } from 'node:timers/promises';
import { fromJson } from '@bufbuild/protobuf';
import {
  type Copy,
  EntanglementService,
  JobState,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { auditEntities, auditSchema } from './testing/audit-bank.ts';
import { Judging } from './testing/judging.ts';
import { type Rig, startRig, until } from './testing/rig.ts';

jest.setTimeout(150_000);

const accounts = Array.from({ length: 3_000 }, (_, n) => String(100_000 + n));
const hot = accounts.slice(0, 3);

/** Nobody asks anything: it says of each transaction that no request has done it. */
class NoRequests extends Judging {
  begin(): Promise<void> {
    return this.startJudging(fromJson(MigrationSchema, { name: 'books', entanglement: auditEntities }));
  }
}

let rig: Rig;
let arbiter: NoRequests;
const stop = new AbortController();
let writing: Promise<void> = Promise.resolve();
beforeAll(async () => {
  rig = await startRig(auditEntities, auditSchema(accounts, 1_000_000));
  await rig.modern('TRUNCATE accounts, entries, orders');
  rig.controlPlane.change(({ groups }) => {
    for (const group of groups) group.stage = Stage.DRAFT;
  });
  await rig.start();
  await rig.streaming();
  arbiter = new NoRequests(rig);
  await arbiter.begin();
  writing = write(stop.signal);
}, 90_000);
afterAll(async () => {
  stop.abort();
  await writing;
  await arbiter?.close();
  await rig?.close();
}, 30_000);

/** Each of the hot accounts is at rest for a second: far less than comparison wants to see, far more than following takes. */
const writeEveryMs = 330;

/** Each round changes the same few accounts, books a posting, and makes and removes an order. */
async function write(signal: AbortSignal): Promise<void> {
  const sql = new pg.Client({ connectionString: rig.legacyUrl });
  await sql.connect();
  for (let n = 1; !signal.aborted; n += 1) {
    const account = hot[n % hot.length];
    await sql.query(
      `UPDATE konto SET saldo = saldo + 1, lfd = lfd + 1 WHERE nr = '${account}';
       INSERT INTO bewegung SELECT nr, lfd, 1, saldo, 'r${n}' FROM konto WHERE nr = '${account}';
       INSERT INTO auftrag VALUES ('k${n}'); DELETE FROM auftrag WHERE schluessel = 'k${n - 5}'`,
    );
    await delay(writeEveryMs);
  }
  await sql.end();
}

test('who runs Chronos first and copies later: what legacy changes waits for the copy, and nothing stands in its way', async () => {
  const { unsettled } = await until('changes are known', async () => {
    const repairs = await client().listRepairs({ migration: 'books' });
    return repairs.unsettled.length >= 5 ? repairs : undefined;
  });
  expect(unsettled.map(({ state }) => state)).not.toContain('outstanding');
  expect(unsettled[0]?.reason).toMatch(/still to be filled with legacy’s rows → chronos copy/);
  expect([await count('modern', 'accounts'), await count('modern', 'orders')]).toEqual([0, 0]);
});

test('a copy that is killed as soon as it has begun is resumed: clean, of a legacy that is never at rest, before modern gets any request', async () => {
  const before = await count('legacy', 'bewegung');
  const begun = await client().startCopy({ migration: 'books', rowsPerSecond });
  await until('its first rows are there', async () => (await count('modern', 'accounts')) > 0 || undefined);
  await rig.kill('SIGKILL');
  await rig.start();
  await rig.streaming();
  await expect(client().startCopy({ migration: 'books' })).rejects.toThrow(
    /modern has rows already in .*a copy that was stopped goes on with --resume/,
  );
  const { id } = await client().startCopy({ migration: 'books', rowsPerSecond, resume: true });
  expect(id).toBe(begun.id);
  const job = await ended(id);
  expect([job.failure, JobState[job.state]]).toEqual(['', 'CLEAN']);
  expect(await count('modern', 'accounts')).toBe(accounts.length + 1);
  // Later ones, too; what was booked after the comparison is the reconciler's, or the mirror's.
  expect(await count('modern', 'entries')).toBeGreaterThan(before);
  expect(rig.said()).not.toContain('refuses a repair');
});

test('behind the copy what had waited is settled, and changes are carried over', async () => {
  stop.abort();
  await writing;
  await rig.legacy(`INSERT INTO auftrag VALUES ('last')`);
  await until('the last one is there', async () => {
    const { rows } = await rig.modern(`SELECT FROM orders WHERE key = 'last'`);
    return rows.length > 0 || undefined;
  });
  await until('all is settled', async () => {
    const { totals } = await client().listRepairs({ migration: 'books' });
    return (totals?.open === 0n && totals.outstanding === 0n) || undefined;
  });
  expect(await count('modern', 'entries')).toBe(await count('legacy', 'bewegung'));
  expect(rig.said()).not.toContain('refuses a repair');
});

/** Slowly enough that each of the hot rows changes after it was copied. */
const rowsPerSecond = 1_000;

function client() {
  return createClient(
    EntanglementService,
    createConnectTransport({ baseUrl: rig.url(), httpVersion: '1.1' }),
  );
}

function ended(id: string): Promise<Copy> {
  return until('the copy has ended', async () => {
    const { lastCopy } = await client().getEntanglement({ migration: 'books' });
    return lastCopy?.id === id ? lastCopy : undefined;
  });
}

async function count(universe: 'legacy' | 'modern', table: string): Promise<number> {
  return (await rig[universe](`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n;
}
