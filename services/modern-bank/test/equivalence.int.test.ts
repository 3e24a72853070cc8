import './quiet.ts';

import { population, type SeedCustomer } from '@chronos/bank-data/population.ts';
import { type Bank as LegacyBank, startBank as startLegacy } from '@chronos/legacy-bank/server.ts';
// biome-ignore lint/style/noRestrictedImports: a test starts a real Postgres; the bank itself does not know this package.
import { type TestPostgres, withPostgres } from '@chronos/local/testing.ts';
import { type Bank, startBank as startModern } from '@chronos/modern-bank/server.ts';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { BUILDS } from '../src/core/builds.ts';
import { BankClient, type Operation, randomNumbers, randomOperation } from './operations.ts';

jest.setTimeout(60_000);

const SEED = 20_261_122;
const jwtKey = 'a key that both universes have, 32+';
const customers = population().slice(0, 60);
let databases: TestPostgres[];
let legacy: LegacyBank;
const running: (Bank | LegacyBank)[] = [];

beforeEach(async () => {
  databases = await Promise.all([withPostgres(), withPostgres()]);
  legacy = await startLegacy({ port: 0, databaseUrl: databases[0]!.url, jwtKey });
  running.push(legacy);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((bank) => bank.close()));
  await Promise.all(databases.map((database) => database.dispose()));
});

async function modern(build: 'v1' | 'v2'): Promise<Bank> {
  const bank = await startModern({ build: BUILDS[build], port: 0, databaseUrl: databases[1]!.url, jwtKey });
  running.push(bank);
  return bank;
}

interface Difference {
  readonly operation: Operation;
  readonly legacy: string;
  readonly modern: string;
}

/**
 * Sends each operation to both banks. One customer's operations follow one another, as a person's do; different customers' run at once.
 */
async function compareAll(
  operations: readonly Operation[],
  modernOf: () => BankClient,
): Promise<Difference[]> {
  const legacyClient = new BankClient(legacy.address);
  const differences: Difference[] = [];
  const byCustomer = Map.groupBy(operations, ({ customer }) => customer.id);
  await Promise.all(
    [...byCustomer.values()].map(async (own) => {
      for (const operation of own) {
        const [a, b] = await Promise.all([legacyClient.do(operation), modernOf().do(operation)]);
        if (a.status !== b.status || a.body !== b.body) {
          differences.push({ operation, legacy: `${a.status} ${a.body}`, modern: `${b.status} ${b.body}` });
        }
      }
    }),
  );
  return differences;
}

function operations(count: number, of: readonly SeedCustomer[] = customers, seed = SEED): Operation[] {
  const random = randomNumbers(seed);
  const keys: string[] = [];
  return Array.from({ length: count }, (_, i) => {
    // Now and then a key comes again, with the same request or another one.
    const key =
      random() < 0.03 && keys.length > 0 ? keys[Math.floor(random() * keys.length)]! : `key-${seed}-${i}`;
    keys.push(key);
    return randomOperation(of, random, key);
  });
}

const readAll: Operation[] = customers.flatMap((customer) =>
  customer.accounts.flatMap(({ id }) => [
    { customer, method: 'GetBalance', body: { accountId: id }, key: '' },
    { customer, method: 'ListTransactions', body: { accountId: id, limit: 100 }, key: '' },
  ]),
);

describe(`two banks, one behaviour (seed ${SEED})`, () => {
  test('v2 answers 2,000 random operations as legacy does, byte for byte', async () => {
    const client = new BankClient((await modern('v2')).address);
    const all = operations(2_000);
    expect(await compareAll(all, () => client)).toEqual([]);
    expect(await compareAll(readAll, () => client)).toEqual([]);
  });

  test('v1 differs in the interest of VIP customers, in what follows from it, and in long loans only', async () => {
    const client = new BankClient((await modern('v1')).address);
    const differences = await compareAll(operations(1_000), () => client);
    const isLongLoan = ({ operation }: Difference) =>
      operation.method === 'QuoteLoan' && Number(operation.body.months) > 120;
    const [longLoans, others] = [differences.filter(isLongLoan), differences.filter((d) => !isLongLoan(d))];
    expect(longLoans.length).toBeGreaterThan(0);
    expect(longLoans.map(({ modern }) => modern)).toEqual(
      longLoans.map(() => '500 {"code":"internal","message":"internal error"}'),
    );
    expect(others.some(({ operation }) => operation.method === 'AccrueInterest')).toBe(true);
    expect(others.filter(({ operation }) => !operation.customer.vip)).toEqual([]);
    expect(others.filter(({ operation }) => ['Login', 'QuoteLoan'].includes(operation.method))).toEqual([]);
  });

  test('v2 takes over from v1 under load: once v1 is gone, the books equal those of legacy', async () => {
    const v1 = await modern('v1');
    const vips = customers.filter(({ vip }) => vip);
    let client = new BankClient(v1.address);
    await compareAll(operations(400, vips, 1), () => client);

    let answered = 0;
    const load = compareAll(operations(600, vips, 2), () => {
      answered += 1;
      return client;
    });
    const v2 = await modern('v2');
    expect(v2.corrected).toBeGreaterThan(0);
    // v1 still serves and books wrongly after v2 has corrected the books at its start.
    const before = answered;
    while (answered < before + 100) await new Promise(setImmediate);
    client = new BankClient(v2.address);
    expect((await load).length).toBeGreaterThan(0);
    // A last copy that still reached v1: whoever only reads at v2 must see it corrected as well.
    const lastOnes = vips.map((customer) => ({
      customer,
      method: 'AccrueInterest',
      body: { accountId: customer.accounts[1].id, days: 365 },
      key: 'last',
    }));
    const v1Client = new BankClient(v1.address);
    expect(await compareAll(lastOnes, () => v1Client)).toHaveLength(vips.length);

    expect(await compareAll(readAll, () => client)).toEqual([]);
    expect(await compareAll(operations(400, vips, 3), () => client)).toEqual([]);
    expect((await modern('v2')).corrected).toBe(0);
  });
});
