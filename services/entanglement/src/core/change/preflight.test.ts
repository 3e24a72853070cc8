import { describe, expect, test } from '@jest/globals';
import { type DatabaseFacts, problemsOf, type TableFacts, warningsOf } from './preflight.ts';
import { describeChange } from './schema-guard.ts';
import { slotStanding } from './slot-watch.ts';

const table = { schema: 'public', name: 'accounts' };
const wanted = { migration: 'books', universe: 'legacy', slot: 's', publication: 'p', tables: [table] };
const good: TableFacts = {
  table,
  exists: true,
  isTable: true,
  kind: 'table',
  behind: [],
  isUnlogged: false,
  heirs: [],
  isOurs: true,
  notOurs: [],
  mayRead: true,
  isFiltered: false,
  hasPrimaryKey: true,
  isPartitioned: false,
  hasOwnPrimaryKey: true,
  triggers: [],
  replicaIdentity: 'full',
  generated: [],
  otherPublications: [],
};
const partitioned = { ...good, isPartitioned: true };
const facts: DatabaseFacts = {
  version: 160_004,
  database: 'bank',
  walLevel: 'logical',
  role: 'me',
  mayReplicate: true,
  mayEmitMessages: true,
  mayCreateInDatabase: true,
  slotsFree: 3,
  sendersFree: 3,
  slotWalKeepMib: 1024,
  slot: undefined,
  publication: undefined,
  tables: [good],
};
const slot = { plugin: 'pgoutput', database: 'd', isOurDatabase: true, usedBy: undefined, lost: undefined };
const publication = {
  isOurs: true,
  allTables: false,
  tables: [table],
  isWhole: true,
  isViaRoot: true,
  publishesGenerated: false,
  narrowed: [],
};

describe('a database', () => {
  test.each<[string, Partial<DatabaseFacts>]>([
    ['new', {}],
    ['with our slot and publication', { slot, publication }],
    ['with a publication of all tables', { publication: { ...publication, allTables: true, tables: [] } }],
    ['whose publication lacks a table that we may add', { publication: { ...publication, tables: [] } }],
    [
      'whose table has an index as its identity',
      { tables: [{ ...good, replicaIdentity: 'index', hasPrimaryKey: false }] },
    ],
    ['with a partitioned table that has a key', { tables: [partitioned], publication }],
    [
      'whose publication narrows a table of others',
      { publication: { ...publication, narrowed: [{ schema: 'x', name: 'y', by: 'rows' as const }] } },
    ],
  ])('%s: nothing is in the way', (_, change) => {
    expect(problemsOf({ ...facts, ...change }, wanted)).toEqual([]);
  });

  test.each<[string, Partial<DatabaseFacts>, string, RegExp]>([
    ['too old', { version: 130_010 }, 'version', /Postgres 14/],
    [
      'without rows in its WAL',
      { walLevel: 'replica' },
      'wal-level',
      /ALTER SYSTEM SET wal_level = 'logical', then restart/,
    ],
    ['whose role may not replicate', { mayReplicate: false }, 'rights', /ALTER ROLE "me" REPLICATION/],
    [
      'whose role may not write messages',
      { mayEmitMessages: false },
      'rights',
      /GRANT EXECUTE ON FUNCTION pg_logical_emit_message/,
    ],
    ['without a free slot', { slotsFree: 0 }, 'slots-full', /max_replication_slots/],
    ['without a free WAL sender', { sendersFree: 0 }, 'slots-full', /max_wal_senders/],
    ['whose slot somebody reads', { slot: { ...slot, usedBy: 'process 5' } }, 'slot-in-use', /database.slot/],
    [
      "whose slot is another plugin's",
      { slot: { ...slot, plugin: 'wal2json' } },
      'slot-foreign',
      /database.slot/,
    ],
    [
      "whose slot is another database's",
      { slot: { ...slot, isOurDatabase: false } },
      'slot-foreign',
      /database.slot/,
    ],
    ['without the table', { tables: [{ ...good, exists: false }] }, 'table-missing', /create it/],
    [
      'with a view in its place',
      { tables: [{ ...good, isTable: false }] },
      'table-unusable',
      /table behind it/,
    ],
    [
      'with a table that others inherit from',
      { tables: [{ ...good, heirs: ['accounts_2024'] }] },
      'table-unusable',
      /each as its own entity/,
    ],
    ['with an unlogged table', { tables: [{ ...good, isUnlogged: true }] }, 'table-unusable', /SET LOGGED/],
    [
      'whose policies hide rows from us',
      { tables: [{ ...good, isFiltered: true }] },
      'rights',
      /ALTER ROLE "me" BYPASSRLS/,
    ],
    [
      'whose table we may not read',
      { tables: [{ ...good, mayRead: false }] },
      'rights',
      /GRANT SELECT ON public.accounts TO "me"/,
    ],
    [
      'whose table has neither key nor identity',
      { tables: [{ ...good, hasPrimaryKey: false, replicaIdentity: 'default' }] },
      'table-without-key',
      /chronos entangle install -f FILE --replica-identity-full/,
    ],
    [
      'whose table has a key but the identity NOTHING',
      { tables: [{ ...good, replicaIdentity: 'nothing' }] },
      'table-without-key',
      /--replica-identity-full/,
    ],
    [
      "whose table is somebody else's",
      { tables: [{ ...good, isOurs: false }] },
      'publication',
      /CREATE PUBLICATION "p" FOR TABLE ONLY public.accounts WITH \(publish_via_partition_root = true\)$/,
    ],
    [
      'whose publication tells partitions by their own names',
      { tables: [partitioned], publication: { ...publication, isOurs: false, isViaRoot: false } },
      'publication',
      /^ALTER PUBLICATION "p" SET \(publish_via_partition_root = true\)$/,
    ],
    [
      'whose publication tells only some rows of a table',
      { publication: { ...publication, allTables: false, narrowed: [{ ...table, by: 'rows' as const }] } },
      'publication',
      /ALTER PUBLICATION "p" DROP TABLE ONLY public.accounts; ALTER PUBLICATION "p" ADD TABLE ONLY public.accounts/,
    ],
    [
      'with a partitioned table without a key, all of whose partitions are whole in the WAL',
      { tables: [{ ...partitioned, hasOwnPrimaryKey: false }] },
      'table-without-key',
      /give public.accounts a primary key/,
    ],
    [
      "with somebody else's publication that lacks the table",
      { publication: { ...publication, isOurs: false, tables: [] } },
      'publication',
      /ALTER PUBLICATION "p" ADD TABLE ONLY public.accounts/,
    ],
    [
      'whose publication leaves out deletes',
      { publication: { ...publication, isWhole: false } },
      'publication',
      /SET \(publish/,
    ],
  ])('%s: the remedy is named', (_, change, code, remedy) => {
    const problems = problemsOf({ ...facts, ...change }, wanted);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.remedy).toMatch(remedy);
  });

  test('tells everything that is wrong at once', () => {
    const problems = problemsOf(
      { ...facts, walLevel: 'minimal', mayReplicate: false, tables: [{ ...good, exists: false }] },
      wanted,
    );
    expect(problems.map(({ code }) => code)).toEqual(['wal-level', 'rights', 'table-missing']);
  });

  test('warns of rows before that are not told, and of WAL without limit', () => {
    const warnings = warningsOf(
      { ...facts, slotWalKeepMib: -1, tables: [{ ...good, replicaIdentity: 'default' }] },
      1024,
    );
    expect(warnings).toEqual([
      expect.stringContaining('public.accounts: the WAL has no rows as they were before'),
      expect.stringContaining("ALTER SYSTEM SET max_slot_wal_keep_size = '1024MB'"),
    ]);
    expect(warningsOf(facts, 1024)).toEqual([]);
  });

  test('warns of triggers that our own writes would run, by name and with what lets them pass', () => {
    expect(warningsOf({ ...facts, tables: [{ ...good, triggers: ['fee', 'audit'] }] }, 1024)).toEqual([
      expect.stringMatching(
        /^public\.accounts: its triggers fee, audit also run .* WHEN \(current_setting\('chronos\.writes', true\)/,
      ),
    ]);
  });
});

describe('a table that is no longer the same', () => {
  const columns = [
    { name: 'id', typeId: 25 },
    { name: 'note', typeId: 25 },
  ];
  test.each([
    ['a column more', [...columns, { name: 'x', typeId: 25 }], 'new: x'],
    ['a column less', columns.slice(0, 1), 'gone: note'],
    [
      'a column renamed',
      [columns[0]!, { name: 'remark', typeId: 25 }],
      'column note is gone and remark is new (renamed?)',
    ],
    ['another type', [columns[0]!, { name: 'note', typeId: 23 }], 'of another type: note'],
  ])('%s', (_, now, words) => {
    expect(describeChange(table, columns, now)).toBe(
      `table public.accounts has changed while it was captured: ${words}`,
    );
  });
  test('only the order, or a type that is not known, is no change', () => {
    expect(describeChange(table, columns, [...columns].reverse())).toBeUndefined();
    expect(
      describeChange(
        table,
        columns,
        columns.map(({ name }) => ({ name, typeId: 0 })),
      ),
    ).toBeUndefined();
  });
});

test('retained WAL: told of at half of the limit, given up at the limit', () => {
  expect([49, 50, 99, 100].map((bytes) => slotStanding(bytes, 100))).toEqual([
    'fine',
    'alarm',
    'alarm',
    'too-much',
  ]);
});
