import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { oldestTransaction } from './oldest-transaction.ts';
import { SerialSql } from './serial-sql.ts';

jest.setTimeout(60_000);

let postgres: TestPostgres;
let open: pg.Client[] = [];

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  open.push(client);
  return client;
}

beforeAll(async () => {
  postgres = await withPostgres();
});
afterAll(async () => {
  await Promise.all(open.map((client) => client.end()));
  open = [];
  await postgres?.dispose();
});

test('the transaction that has written and stays open longest is named, with how to end it; to other roles as well, but for since when', async () => {
  const own = await connected(postgres.url);
  const asked = new SerialSql(own);
  const admin = await connected(postgres.superUrl);
  const forgotten = await connected(`${postgres.url}?application_name=forgotten`);
  const later = await connected(postgres.url);
  await own.query('CREATE TABLE t (id integer)');
  // Reading holds no WAL.
  await later.query('BEGIN; SELECT 1');
  expect(await oldestTransaction(new SerialSql(admin))).toBeUndefined();
  await forgotten.query('BEGIN; INSERT INTO t VALUES (1)');
  for (let n = 0; n < 3; n += 1) await own.query('INSERT INTO t VALUES (2)');
  await later.query('INSERT INTO t VALUES (3)');
  const pid = (await forgotten.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;
  const named = new RegExp(
    `process ${pid} \\(forgotten, role test, database .*\\), since 20.*, [4-9] transactions ago → .*pg_terminate_backend\\(${pid}\\)`,
  );
  expect(await oldestTransaction(asked)).toMatch(named);
  expect(await oldestTransaction(new SerialSql(admin))).toMatch(named);
  await admin.query(`CREATE ROLE other LOGIN PASSWORD 'test'`);
  const other = await connected(postgres.url.replace(/\/\/[^@]*@/, '//other:test@'));
  expect(await oldestTransaction(new SerialSql(other))).toMatch(
    new RegExp(`process ${pid} \\(forgotten, role test, database .*\\), [4-9] transactions ago`),
  );
  await admin.query('GRANT pg_read_all_stats TO other');
  expect(await oldestTransaction(new SerialSql(other))).toMatch(named);
});
