import { randomUUID } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Database } from '@chronos/control-plane/shell/store/database.ts';
import { migrateSchema } from '@chronos/control-plane/shell/store/schema.ts';
import { withPostgres } from '@chronos/local/testing.ts';
import {
  JobState,
  ListRepairsRequestSchema,
  VerificationSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { RepairCase } from '../../core/repair/repair-case.ts';
import { entanglementSchema } from '../store/capture-store.ts';
import { JobStore } from '../store/job-store.ts';
import { readStanding } from '../store/standing.ts';
import { listRepairs } from './list-repairs.ts';
import { RepairStore } from './repair-store.ts';
import { readUnasked } from './unasked-work.ts';

jest.setTimeout(60_000);
const nowMs = Date.now();
let postgres: Awaited<ReturnType<typeof withPostgres>>;
let database: Database;

beforeAll(async () => {
  postgres = await withPostgres();
  database = new Database(postgres.url);
  await migrateSchema(database, entanglementSchema);
});
afterAll(async () => {
  await database.close();
  await postgres.dispose();
});

function caseOf(id: string, fields: Partial<RepairCase> = {}): RepairCase {
  return {
    id,
    cause: 'unattributed',
    revision: 0,
    authority: 'legacy',
    committedMs: nowMs - 1_000,
    authorityLsn: 0n,
    openedMs: nowMs,
    revertFirst: false,
    undecided: false,
    rows: new Map(),
    ...fields,
  };
}

test('what one universe did alone counts once, as differing only where something had to be written, and as taken back only where the other was right', async () => {
  const store = new RepairStore(database, 'm');
  const settled = [
    // A batch of legacy's in two parts, carried over.
    caseOf('tx:legacy:1'),
    caseOf('tx:legacy:1/2'),
    // The same work in both, a minute apart: nothing was to be written.
    caseOf('tx:legacy:2'),
    caseOf('tx:modern:2'),
    // A worker that books otherwise.
    caseOf('tx:modern:3'),
    // After the hot-swap modern's own is carried over.
    caseOf('tx:modern:4', { authority: 'modern' }),
    // Before the newest build, and before all that is kept.
    caseOf('tx:modern:5', { committedMs: nowMs - 60_000 }),
    caseOf('tx:modern:6', { committedMs: nowMs - 48 * 3_600_000 }),
    caseOf('r1', { cause: 'mismatch' }),
    caseOf('r2', { cause: 'unjudged' }),
  ];
  const written = ['tx:legacy:1', 'tx:legacy:1/2', 'tx:modern:3', 'tx:modern:4', 'tx:modern:5', 'r1'];
  await store.saveCases(() => settled.map((each) => ({ case: each, state: 'settled', reason: '' })));
  await store.saveCases(() => [{ case: caseOf('tx:modern:7'), state: 'outstanding', reason: 'no' }]);
  const id = '00000000-0000-4000-8000-000000000001';
  const progress = settled.filter((each) => written.includes(each.id));
  await store.intend({ id, universe: 'modern', xid: '1', changes: [], progress });
  const state = { legacy: [2n, 1n, 0n], modern: [4n, 3n, 2n] };
  const before = await readUnasked(database, 'm', nowMs - 10_000);
  expect(before.unasked.map(({ differed }) => differed)).toEqual([0n, 1n]);
  await store.conclude(id, 'done', () => []);
  const told = await readUnasked(database, 'm', nowMs - 10_000);
  expect(told.unasked.map((each) => [each.transactions, each.differed, each.takenBack])).toEqual([
    state.legacy,
    state.modern,
  ]);
  expect(told.unjudged).toBe(1n);
  expect((await readUnasked(database, 'm', 0)).unasked[1]).toMatchObject({ transactions: 5n, takenBack: 3n });
  expect(await readUnasked(database, 'other', 0)).toEqual({ unasked: [], unjudged: 0n });
});

test('what modern did alone on rows that do not rest is undecided after ten seconds, until it is settled', async () => {
  const store = new RepairStore(database, 'busy');
  const cases = ['tx:modern:1', 'tx:modern:2', 'tx:legacy:3'].map((id) => caseOf(id));
  await store.saveCases(() => cases.map((each) => ({ case: each, state: 'open', reason: '' })));
  const undecided = async () =>
    (await readUnasked(database, 'busy', 0)).unasked.map((each) => [each.undecided, each.differed]);
  const nobody = [
    [0n, 0n],
    [0n, 0n],
  ];
  expect(await undecided()).toEqual(nobody);
  await database.query(
    "UPDATE entanglement.repair_cases SET opened_at = now() - interval '11 s' WHERE migration = 'busy'",
  );
  expect(await undecided()).toEqual([
    [0n, 0n],
    [2n, 0n],
  ]);
  await store.saveCases(() => cases.map((each) => ({ case: each, state: 'settled', reason: '' })));
  expect(await undecided()).toEqual(nobody);
});

test('of many older cases, none hides one that was opened since', async () => {
  const store = new RepairStore(database, 'many');
  const ids = Array.from({ length: 120 }, (_, n) => `tx:legacy:${n}`);
  await store.saveCases(() => ids.map((id) => ({ case: caseOf(id), state: 'outstanding', reason: 'no' })));
  await database.query(
    "UPDATE entanglement.repair_cases SET opened_at = now() - interval '1 h' WHERE migration = 'many' AND id <> 'tx:legacy:7'",
  );
  const listed = async (openedSinceMs?: number) => {
    const openedSince = openedSinceMs === undefined ? undefined : timestampFromMs(openedSinceMs);
    const request = create(ListRepairsRequestSchema, {
      migration: 'many',
      ...(openedSince && { openedSince }),
    });
    return (await listRepairs(database, request)).unsettled.map(({ id }) => id);
  };
  expect(await listed()).not.toContain('tx:legacy:7');
  expect(await listed(nowMs - 60_000)).toEqual(['tx:legacy:7']);
  expect(await listed(nowMs + 60_000)).toEqual([]);
});

test('what people are called for: the newest proof of all entities, and how long the oldest case has been open', async () => {
  const declared = new Map([['n', ['account', 'posting']]]);
  expect(await readStanding(database, declared, nowMs)).toEqual([{ migration: 'n', oldestOpenSeconds: 0 }]);
  const ended = async (state: JobState, agoS: number, ...names: string[]) => {
    const at = timestampFromMs(nowMs - agoS * 1_000);
    const job = { id: randomUUID(), migration: 'n', state, startedAt: at, endedAt: at };
    const entities = names.map((entity) => ({ entity }));
    const base = { entity: 0, from: null, mapping: '', savedAtMs: 0 };
    await JobStore.verifications(database).write(
      create(VerificationSchema, { ...job, entities }),
      base,
      state !== JobState.RUNNING,
    );
  };
  await ended(JobState.CLEAN, 7_200, 'account', 'posting');
  await ended(JobState.DIFFERENT, 3_600, 'account');
  await ended(JobState.STOPPED, 600, 'account', 'posting');
  await ended(JobState.RUNNING, 60, 'account', 'posting');
  const store = new RepairStore(database, 'n');
  await store.saveCases(() => [
    { case: caseOf('r1'), state: 'open', reason: '' },
    { case: caseOf('r2'), state: 'outstanding', reason: 'no' },
  ]);
  await database.query(
    `UPDATE entanglement.repair_cases SET opened_at = now() - CASE id WHEN 'r1' THEN interval '90 s' ELSE interval '1 h' END
     WHERE migration = 'n'`,
  );
  const [figures] = await readStanding(database, declared, nowMs);
  expect(figures).toEqual({
    migration: 'n',
    verified: 'clean',
    verifiedAgeSeconds: 7_200,
    oldestOpenSeconds: expect.closeTo(90, -1),
  });
});
