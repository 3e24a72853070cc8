import { setTimeout as delay } from 'node:timers/promises';
import {
  type Copy,
  EntanglementService,
  JobState,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { auditEntities, auditSchema } from './testing/audit-bank.ts';
import { type Rig, startRig, until } from './testing/rig.ts';

jest.setTimeout(90_000);

const accounts = Array.from({ length: 3_000 }, (_, n) => String(100_000 + n));
const hot = accounts.slice(0, 3);

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(auditEntities, auditSchema(accounts, 1_000_000));
  await rig.modern('TRUNCATE accounts, entries, orders');
  rig.controlPlane.change(({ groups }) => {
    for (const group of groups) group.stage = Stage.DRAFT;
  });
  await rig.start();
  await rig.streaming();
}, 60_000);
afterAll(() => rig?.close(), 30_000);

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

test('a legacy that is never at rest is copied before modern gets any request: clean while it is written to', async () => {
  const stop = new AbortController();
  const writing = write(stop.signal);
  try {
    const before = await until(
      'the first bookings',
      async () => (await count('legacy', 'bewegung')) || undefined,
    );
    const job = await copied();
    expect([job.failure, JobState[job.state]]).toEqual(['', 'CLEAN']);
    expect(await count('modern', 'accounts')).toBe(accounts.length + 1);
    // Later ones, too; what was booked after the comparison is the reconciler's, or the mirror's.
    expect(await count('modern', 'entries')).toBeGreaterThan(before);
  } finally {
    stop.abort();
    await writing;
  }
});

/** A copy from its beginning to its end. */
async function copied(): Promise<Copy> {
  const transport = createConnectTransport({ baseUrl: rig.url(), httpVersion: '1.1' });
  const client = createClient(EntanglementService, transport);
  // Slowly enough that each of the hot rows changes after it was copied.
  const { id } = await client.startCopy({ migration: 'books', rowsPerSecond: 1_000 });
  return until(
    'the copy has ended',
    async () => {
      const { lastCopy } = await client.getEntanglement({ migration: 'books' });
      return lastCopy?.id === id ? lastCopy : undefined;
    },
    60_000,
  );
}

async function count(universe: 'legacy' | 'modern', table: string): Promise<number> {
  return (await rig[universe](`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n;
}
