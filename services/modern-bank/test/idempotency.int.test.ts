import { population } from '@chronos/bank-data/population.ts';
import { startBank as startLegacy } from '@chronos/legacy-bank/server.ts';
// biome-ignore lint/style/noRestrictedImports: a test starts a real Postgres; the bank itself does not know this package.
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { startBank as startModern } from '@chronos/modern-bank/server.ts';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { BUILDS } from '../src/core/builds.ts';
import { BankClient, type Operation } from './operations.ts';

jest.setTimeout(30_000);

const jwtKey = 'a key that both universes have, 32+';
const config = { port: 0, jwtKey };
const banks = {
  legacy: (databaseUrl: string) => startLegacy({ ...config, databaseUrl }),
  modern: (databaseUrl: string) => startModern({ ...config, databaseUrl, build: BUILDS.v2 }),
};
const [customer] = population();
const [from, to] = customer!.accounts;
const transfer = (key: string, amount = '10.00'): Operation => ({
  customer: customer!,
  key,
  method: 'Transfer',
  body: { fromAccount: from.id, toAccount: to.id, amount, text: 't' },
});

describe.each(['legacy', 'modern'] as const)('the %s bank', (name) => {
  let database: TestPostgres;
  let bank: Awaited<ReturnType<(typeof banks)[typeof name]>>;
  let client: BankClient;
  const balance = async () =>
    JSON.parse(
      (await client.do({ ...transfer(''), method: 'GetBalance', body: { accountId: from.id } })).body,
    ).balance;

  beforeAll(async () => {
    database = await withPostgres({ settings: { wal_level: 'logical', synchronous_commit: 'on' } });
    bank = await banks[name](database.url);
    client = new BankClient(bank.address);
  });

  afterAll(async () => {
    await bank.close();
    await database.dispose();
  });

  test('twenty copies of one transfer at once move money once and all get the same answer', async () => {
    const before = await balance();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.do(transfer('same'))));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(JSON.parse(answers[0]!.body)).toEqual({
      reference: 'same',
      fromBalance: await balance(),
      status: 'booked',
    });
    expect(Number(before) - Number(await balance())).toBeCloseTo(10, 2);
  });

  test('the first answer stays the answer, also after other movements', async () => {
    const first = await client.do(transfer('first'));
    await client.do(transfer('second'));
    expect(await client.do(transfer('first'))).toEqual(first);
  });

  test('a refusal is an answer too', async () => {
    const first = await client.do(transfer('refused', '999999999.00'));
    expect(first).toEqual({
      status: 400,
      body: `{"code":"failed_precondition","message":"account ${from.id} has insufficient funds"}`,
    });
    expect(await client.do(transfer('refused', '999999999.00'))).toEqual(first);
  });

  test('one key for two requests is a conflict', async () => {
    await client.do(transfer('k', '1.00'));
    expect(await client.do(transfer('k', '2.00'))).toEqual({
      status: 409,
      body: '{"code":"already_exists","message":"idempotency key k was used for another request"}',
    });
  });

  test('x-request-id serves as the key when there is no idempotency key; with neither, no write', async () => {
    const login = await client.post('Login', { customerId: customer!.id, pin: customer!.pin });
    const authorization = `Bearer ${JSON.parse(login.body).token}`;
    const { body } = transfer('');
    const first = await client.post('Transfer', body, { authorization, 'x-request-id': 'rid' });
    expect(JSON.parse(first.body).reference).toBe('rid');
    expect(await client.post('Transfer', body, { authorization, 'x-request-id': 'rid' })).toEqual(first);
    expect((await client.post('Transfer', body, { authorization })).status).toBe(400);
  });

  test('tags the transaction of a write with the observer’s id', async () => {
    const sql = new pg.Client({ connectionString: database.superUrl });
    await sql.connect();
    try {
      await sql.query(`SELECT pg_create_logical_replication_slot('tags', 'test_decoding', true)`);
      await client.do(transfer('tagged'), { 'x-chronos-request-id': 'observed-1' });
      const { rows } = await sql.query<{ data: string }>(
        `SELECT data FROM pg_logical_slot_get_changes('tags', NULL, NULL)`,
      );
      const changes = rows.map(({ data }) => data);
      expect(changes.filter((data) => /prefix: chronos.*content:observed-1$/.test(data))).toHaveLength(1);
      expect(changes.filter((data) => data.startsWith('COMMIT'))).toHaveLength(1);
    } finally {
      await sql.end();
    }
  });

  test('a token of another key, of nobody, or none is refused', async () => {
    const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJDMDAwMDEifQ.AAAA';
    for (const headers of [
      {},
      { authorization: 'Bearer' },
      { authorization: `Bearer ${token}` },
      { authorization: 'Basic x' },
    ]) {
      expect(
        await client.post('GetBalance', { accountId: from.id }, headers as Record<string, string>),
      ).toEqual({
        status: 401,
        body: '{"code":"unauthenticated","message":"a valid token is required"}',
      });
    }
  });
});
