import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import type { Leaf } from '../../core/change/partitions.ts';
import { PartitionWatch, type TablesKept } from './partition-watch.ts';

jest.setTimeout(60_000);

let postgres: TestPostgres;
let bank: pg.Client;

beforeAll(async () => {
  postgres = await withPostgres();
  bank = new pg.Client({ connectionString: postgres.url });
  await bank.connect();
  await bank.query(
    `SET synchronous_commit = on;
     CREATE TABLE posting (id integer, at integer, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
     CREATE TABLE posting_1 PARTITION OF posting FOR VALUES FROM (0) TO (10);
     CREATE TABLE posting_2 PARTITION OF posting FOR VALUES FROM (10) TO (20);
     CREATE TABLE posting_old (id integer, at integer, PRIMARY KEY (id, at));
     CREATE TABLE other (id integer PRIMARY KEY);
     INSERT INTO posting VALUES (1, 1), (2, 11); INSERT INTO posting_old VALUES (3, 31);
     CREATE PUBLICATION roots FOR TABLE ONLY posting WITH (publish_via_partition_root = true);
     CREATE PUBLICATION leaves FOR TABLE posting_1, posting_2`,
  );
  await bank.query(`SELECT pg_create_logical_replication_slot('told', 'pgoutput')`);
}, 60_000);
afterAll(async () => {
  await bank?.end();
  await postgres?.dispose();
});

/** Kinds of messages that pgoutput has for us since the last call, in order; `M` and the prefix of messages. */
async function told(publications: string): Promise<string[]> {
  const { rows } = await bank.query<{ data: Buffer }>(
    `SELECT data FROM pg_logical_slot_get_binary_changes('told', NULL, NULL, 'proto_version', '1', 'messages', 'true', 'publication_names', $1)`,
    [publications],
  );
  return rows.map(({ data }) => {
    const kind = String.fromCharCode(data[0] ?? 0);
    return kind === 'M' ? `M ${data.subarray(10).toString('utf8').replaceAll('\0', ' ').trim()}` : kind;
  });
}

test('TRUNCATE of one partition, DETACH, ATTACH and DROP are in no stream that tells partitions as their table: the watch puts them there', async () => {
  let kept: readonly Leaf[] | undefined;
  const lines: string[] = [];
  const watch = () =>
    new PartitionWatch({
      sql: bank,
      tables: ['posting', 'other'].map((name) => ({ schema: 'public', name })),
      store: {
        partitions: async () => kept,
        writePartitions: async (leaves) => {
          kept = leaves;
        },
      },
      prefix: 'chronos-emptied',
      log: (line) => lines.push(line),
      status: { tablesKeptSinceMs: undefined, tablesLookedAtMs: undefined },
      nowMs: () => 0,
    });
  const first = watch();
  await first.look();
  await told('roots');

  await bank.query('TRUNCATE posting_1');
  // Nor where the partition itself is published beside its table.
  expect((await told('roots,leaves')).filter((kind) => !['B', 'C'].includes(kind))).toEqual([]);
  await first.look();
  expect(lines).toEqual([
    'public.posting: partition posting_1 was emptied or rewritten; all of its rows are compared',
  ]);
  const [begin, message, ...rest] = await told('roots');
  expect([begin, rest]).toEqual(['B', ['C']]);
  expect(message).toMatch(/^M chronos-emptied\b.*\["public","posting"\]$/);

  // A new month, filled at once, is told row by row: no news.
  await bank.query(
    'CREATE TABLE posting_3 PARTITION OF posting FOR VALUES FROM (20) TO (30); INSERT INTO posting VALUES (4, 21)',
  );
  await first.look();
  expect(lines).toHaveLength(1);

  // While nobody looked, and the process was another one.
  await bank.query(
    'ALTER TABLE posting DETACH PARTITION posting_2; DROP TABLE posting_3; ALTER TABLE posting ATTACH PARTITION posting_old FOR VALUES FROM (30) TO (40)',
  );
  await watch().look();
  expect(lines).toEqual([
    'public.posting: partition posting_1 was emptied or rewritten; all of its rows are compared',
    'public.posting: partition posting_2 was detached or dropped, partition posting_3 was detached or dropped, posting_old was attached; all of its rows are compared',
  ]);
  await watch().look();
  expect(lines).toHaveLength(2);
});

test('ALTER TABLE that rewrites every value is in no stream: the watch puts the table there, and no proof of before holds', async () => {
  let kept: readonly Leaf[] | undefined;
  let now = 1_000;
  const lines: string[] = [];
  const status: TablesKept = { tablesKeptSinceMs: undefined, tablesLookedAtMs: undefined };
  await bank.query(
    'CREATE TABLE account (id integer PRIMARY KEY, balance numeric(14,2)); INSERT INTO account VALUES (1, 5)',
  );
  const watch = new PartitionWatch({
    sql: bank,
    tables: [{ schema: 'public', name: 'account' }],
    store: {
      partitions: async () => kept,
      writePartitions: async (leaves) => {
        kept = leaves;
      },
    },
    prefix: 'chronos-emptied',
    log: (line) => lines.push(line),
    status,
    nowMs: () => now,
  });
  await watch.look();
  now = 2_000;
  await bank.query('UPDATE account SET balance = 6');
  await watch.look();
  expect([lines, status]).toEqual([[], { tablesKeptSinceMs: 1_000, tablesLookedAtMs: 2_000 }]);
  now = 3_000;
  await told('roots');
  await bank.query('ALTER TABLE account ALTER balance TYPE numeric(14,2) USING balance + 5');
  expect((await told('roots')).filter((kind) => !['B', 'C'].includes(kind))).toEqual([]);
  await watch.look();
  expect(lines).toEqual(['public.account: it was emptied or rewritten; all of its rows are compared']);
  expect(status).toEqual({ tablesKeptSinceMs: 3_000, tablesLookedAtMs: 3_000 });
  expect((await told('roots'))[1]).toMatch(/^M chronos-emptied\b.*\["public","account"\]$/);
});
