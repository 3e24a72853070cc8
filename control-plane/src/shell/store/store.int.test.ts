import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newEvidence } from '../../core/evidence/evidence.ts';
import { testEpoch } from '../../core/evidence/testing.ts';
import { brokenAt, type JournalDraft } from '../../core/journal/entry.ts';
import { newGroup } from '../../core/orchestrator/group.ts';
import { migrationRecord } from '../../testing/migration-record.ts';
import { encoded, mismatch, verdict } from '../../testing/verdicts.ts';
import { Database, type Queryable } from './database.ts';
import { appendJournal, listJournal, recordAck, sha256 } from './journal-store.ts';
import { LeaderLock } from './leader-lock.ts';
import { loadMigrations, saveMigration } from './migration-store.ts';
import { addMismatches, groupMismatches, listMismatchGroups } from './mismatch-store.ts';
import { loadOffsets, saveOffset } from './offset-store.ts';
import { migrateSchema, NewerSchemaError } from './schema.ts';
import { getVerdict, insertVerdicts, listVerdicts, trimVerdicts } from './verdict-store.ts';

const insert = (tx: Queryable, verdicts: readonly Verdict[]) =>
  insertVerdicts(
    tx,
    verdicts.map((message) => ({ verdict: message, bytes: encoded(message) })),
  );

let postgres: TestPostgres;
let db: Database;

beforeAll(async () => {
  postgres = await withPostgres();
  db = new Database(postgres.url);
  // Replicas that start at once.
  await Promise.all([1, 2, 3].map(() => migrateSchema(db)));
}, 60_000);
afterAll(async () => {
  await db.close();
  await postgres.dispose();
});

const record = (name: string) =>
  migrationRecord(
    { name, listen: '127.0.0.1:1' },
    ['b', 'a'].map((group) => ({
      state: newGroup(group, 7),
      evidence: newEvidence(testEpoch),
      verdicts: { identical: 3 },
    })),
    {
      descriptorSets: [new Uint8Array([1, 2])],
      createdAtMs: 5,
      deployments: [
        {
          id: 'v1@1',
          universe: 'modern',
          build: 'v1',
          address: 'h:1',
          ports: { line: '127.0.0.1:9102' },
          managed: true,
          phase: 'serving',
          deployedAtMs: 6,
          reason: '',
        },
      ],
    },
  );
const draft = (atMs: number): JournalDraft => ({
  group: 'a',
  atMs,
  action: 'step',
  fromStage: 'shadow',
  toStage: 'canary',
  fromWeightBp: 0,
  toWeightBp: 100,
  actor: 'chronos',
  reason: 'because',
  evidence: { compared: 10 },
  requestId: 'q',
  traceparent: '',
});

test('the schema was made once, and a newer one is refused', async () => {
  const { rows } = await db.query<{ version: number }>('SELECT version FROM schema_files');
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map(({ version }) => version)).toEqual(rows.map((_, index) => index + 1));
  await db.query("INSERT INTO schema_files (version, name) VALUES (999, 'future')");
  await expect(migrateSchema(db)).rejects.toThrow(NewerSchemaError);
  await db.query('DELETE FROM schema_files WHERE version = 999');
});

test('a record comes back as it was, and only what differs is written', async () => {
  const before = record('roundtrip');
  await saveMigration(db, undefined, before);
  expect((await loadMigrations(db)).get('roundtrip')).toEqual(before);
  const group = before.groups.get('a')!;
  const after = {
    ...before,
    kills: 1,
    sealed: { atMs: 9, capsule: '/c' },
    groups: new Map(before.groups).set('a', {
      ...group,
      state: { ...group.state, stage: 'killed' as const },
    }),
    deployments: [...before.deployments, { ...before.deployments[0]!, id: 'v2@2' }],
  };
  await saveMigration(db, before, after);
  expect((await loadMigrations(db)).get('roundtrip')).toEqual(after);
  const fewer = { ...after, revision: 2n, groups: new Map([['a', group]]) };
  await saveMigration(db, after, fewer);
  expect((await loadMigrations(db)).get('roundtrip')).toEqual(fewer);
});

describe('the journal', () => {
  beforeAll(async () => {
    await saveMigration(db, undefined, record('journal'));
    await db.transaction((tx) => appendJournal(tx, 'journal', [draft(1), draft(2)]));
    await db.transaction((tx) => appendJournal(tx, 'journal', [draft(3)]));
  });

  test('is one whole chain, paged newest first, with ACK times beside it', async () => {
    await recordAck(db, 'journal', [3n], 12.5);
    const page = await listJournal(db, 'journal', { limit: 2 });
    expect(page.map((e) => [e.sequence, e.ackMs])).toEqual([
      [3n, 12.5],
      [2n, undefined],
    ]);
    const rest = await listJournal(db, 'journal', { before: 2n, limit: 10 });
    const entries = [...page, ...rest].reverse().map(({ ackMs: _, ...entry }) => entry);
    expect(entries).toHaveLength(3);
    expect(brokenAt(entries, sha256)).toBeUndefined();
  });

  test.each([
    "UPDATE journal SET reason = 'x' WHERE migration = 'journal'",
    "DELETE FROM journal WHERE migration = 'journal'",
    'TRUNCATE journal CASCADE',
  ])('refuses %s', async (statement) => {
    await expect(db.query(statement)).rejects.toThrow(/append-only/);
  });

  test('two writers cannot fork the chain', async () => {
    const both = await Promise.allSettled(
      [4, 5].map((at) => db.transaction((tx) => appendJournal(tx, 'journal', [draft(at)]))),
    );
    const entries = await listJournal(db, 'journal', { limit: 10 });
    expect(entries).toHaveLength(3 + both.filter((r) => r.status === 'fulfilled').length);
    expect(brokenAt(entries.reverse(), sha256)).toBeUndefined();
  });
});

describe('verdicts', () => {
  test('each id is inserted once, within a batch and across batches', async () => {
    const batch = ['a', 'b', 'a'].map((requestId) => verdict({ requestId, migration: 'once' }));
    expect(await insert(db, batch)).toEqual(new Set(['a', 'b']));
    expect(await insert(db, [...batch, verdict({ requestId: 'c', migration: 'once' })])).toEqual(
      new Set(['c']),
    );
  });

  test('what is rolled back was never there: rows and offset go together', async () => {
    await expect(
      db.transaction(async (tx) => {
        await insert(tx, [verdict({ requestId: 'rolled-back' })]);
        await saveOffset(tx, 'verdicts', 3, 10n);
        throw new Error('crash');
      }),
    ).rejects.toThrow('crash');
    expect(await getVerdict(db, 'rolled-back')).toBeUndefined();
    expect(await loadOffsets(db, 'verdicts')).toEqual(new Map());
    await saveOffset(db, 'verdicts', 3, 10n);
    await saveOffset(db, 'verdicts', 3, 9n);
    expect(await loadOffsets(db, 'verdicts')).toEqual(new Map([[3, 10n]]));
  });

  test('filters and pages', async () => {
    await insert(db, [
      verdict({ requestId: 'f1', migration: 'filter', group: 'g', route: '/a' }),
      mismatch({ requestId: 'f2', migration: 'filter', group: 'g', route: '/b', clientRequestId: 'mine' }),
      verdict({ requestId: 'f3', migration: 'filter', group: 'h', kind: Kind.LOST, lostReason: 'x' }),
    ]);
    const ids = async (fields: Partial<Parameters<typeof listVerdicts>[1]>) => {
      const none = { migration: 'filter', group: '', route: '', kinds: [], field: '', limit: 10 };
      return (await listVerdicts(db, { ...none, ...fields })).map((v) => v.verdict.requestId);
    };
    expect(await ids({})).toEqual(['f3', 'f2', 'f1']);
    expect(await ids({ group: 'g' })).toEqual(['f2', 'f1']);
    expect(await ids({ route: '/a' })).toEqual(['f1']);
    expect(await ids({ kinds: [Kind.MISMATCH, Kind.LOST] })).toEqual(['f3', 'f2']);
    expect(await ids({ field: 'body.total' })).toEqual(['f2']);
    expect(await ids({ field: 'body' })).toEqual([]);
    expect((await getVerdict(db, 'mine'))?.requestId).toBe('f2');
  });

  test('large bodies are cut, and say so', async () => {
    const body = new Uint8Array(100_000).fill(65);
    await insert(db, [verdict({ requestId: 'large', modern: { response: { body, bodyBytes: 100_000n } } })]);
    const response = (await getVerdict(db, 'large'))?.modern?.response;
    expect(response).toMatchObject({ bodyTruncated: true, bodyBytes: 100_000n });
    expect(response?.body.length).toBe(16_384);
  });

  test('the newest of each class are kept', async () => {
    await db.query('DELETE FROM verdicts');
    const many = Array.from({ length: 20 }, (_, i) => verdict({ requestId: `t${i}`, migration: 'trim' }));
    await insert(db, [mismatch({ requestId: 'old', migration: 'trim' }), ...many]);
    await trimVerdicts(db, 5);
    const left = await listVerdicts(db, {
      migration: 'trim',
      group: '',
      route: '',
      kinds: [],
      field: '',
      limit: 99,
    });
    expect(left.map((v) => v.verdict.requestId)).toEqual(['t19', 't18', 't17', 't16', 't15', 'old']);
  });
});

test('mismatch groups add up and keep their first example', async () => {
  const at = (ms: number, ids: string[]) =>
    groupMismatches(
      ids.map((requestId) => mismatch({ requestId, migration: 'mm' })),
      () => ms,
    );
  await addMismatches(db, at(5, ['x', 'y']));
  await addMismatches(db, at(3, ['z']));
  expect(await listMismatchGroups(db, 'mm', 10)).toMatchObject([
    {
      field: 'body.total',
      count: 3,
      firstSeenMs: 3,
      lastSeenMs: 5,
      exampleRequestId: 'x',
      legacy: '1',
      modern: '2',
    },
  ]);
});

test('one leader; the next one leads when it goes', async () => {
  const events: string[] = [];
  const lock = (name: string) => {
    const leading = Promise.withResolvers<void>();
    const made = new LeaderLock(postgres.url);
    made.start({
      async lead() {
        events.push(name);
        leading.resolve();
      },
      follow: async () => {},
      error: (error) => leading.reject(error),
    });
    return { leading: leading.promise, close: () => made.close() };
  };
  const first = lock('first');
  await first.leading;
  const second = lock('second');
  await first.close();
  await second.leading;
  expect(events).toEqual(['first', 'second']);
  await second.close();
});
