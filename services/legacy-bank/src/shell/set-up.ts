import { BUSINESS_DATE, MERCHANT_ACCOUNTS, population } from '@chronos/bank-data/population.ts';
import type pg from 'pg';
import { inTransaction, type Sql } from './database.ts';
import { SCHEMA } from './schema.ts';

/** Any number, the same for all processes that may set up the same database at once. */
const SET_UP_LOCK = 1_979_041;

/** Interest rates in millionths, by kind of account and of customer. */
const PARAMETERS: readonly (readonly [string, string])[] = [
  ['BUCHDAT', BUSINESS_DATE],
  ['ZSGKN', '2500'],
  ['ZSGKV', '5000'],
  ['ZSSPN', '12500'],
  ['ZSSPV', '27500'],
];

/** Makes the tables and carries the books over if the database is empty; does nothing if they are there. */
export async function setUp(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [SET_UP_LOCK]);
    const { rows } = await tx.query<{ there: boolean }>(`SELECT to_regclass('param') IS NOT NULL AS there`);
    if (rows[0]?.there === true) return;
    await tx.query(SCHEMA);
    for (const parameter of PARAMETERS) await tx.query('INSERT INTO param VALUES ($1, $2)', [...parameter]);
    await loadCustomers(tx);
    await loadAccounts(tx);
    await tx.query(
      `INSERT INTO ktobew SELECT ktonr, 1, 'EB', ktosal, ktosal, '', 'balance carried forward', '' FROM ktostam`,
    );
  });
}

async function loadCustomers(tx: Sql): Promise<void> {
  const customers = population();
  await tx.query(
    'INSERT INTO kdstamm SELECT * FROM unnest($1::char(6)[], $2::char(30)[], $3::char(1)[], $4::numeric[], $5::char(4)[])',
    [
      customers.map(({ id }) => id),
      customers.map(({ name }) => name),
      customers.map(({ vip }) => (vip ? 'V' : 'N')),
      customers.map(({ creditScore }) => String(creditScore)),
      customers.map(({ pin }) => pin),
    ],
  );
}

async function loadAccounts(tx: Sql): Promise<void> {
  const owned = population().flatMap(({ id: customer, accounts }) =>
    accounts.map(({ id, kind, blocked, openingCents }) => ({
      id,
      customer,
      kind: kind === 'current' ? 'GK' : 'SP',
      state: blocked ? 'S' : 'A',
      cents: String(openingCents),
    })),
  );
  const merchants = MERCHANT_ACCOUNTS.map((id) => ({
    id,
    customer: null,
    kind: 'HK',
    state: 'A',
    cents: '0',
  }));
  const all = [...owned, ...merchants];
  await tx.query(
    `INSERT INTO ktostam SELECT id, customer, kind, state, 'EUR', cents, 1
     FROM unnest($1::char(7)[], $2::char(6)[], $3::char(2)[], $4::char(1)[], $5::numeric[]) AS a (id, customer, kind, state, cents)`,
    [
      all.map(({ id }) => id),
      all.map(({ customer }) => customer),
      all.map(({ kind }) => kind),
      all.map(({ state }) => state),
      all.map(({ cents }) => cents),
    ],
  );
}
