import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import {
  BUSINESS_DATE,
  MERCHANT_ACCOUNTS,
  population,
  type SeedCustomer,
} from '@chronos/bank-data/population.ts';
import type pg from 'pg';
import { inTransaction, type Sql } from './database.ts';
import { SCHEMA } from './schema.ts';

/** Any number, the same for all processes that may set up the same database at once. */
const SET_UP_LOCK = 7_205_601;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Cheap, for a demo: four digits are guessed quickly whatever a guess costs, and 400 hashes are made at the first start. */
const SCRYPT = { N: 512, r: 8, p: 1 };

const derive = promisify<string, Buffer, number, typeof SCRYPT, Buffer>(scrypt);

/** Makes schema and books if the database is empty; does nothing if they are there. */
export async function setUp(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [SET_UP_LOCK]);
    const { rows } = await tx.query<{ there: boolean }>(`SELECT to_regclass('bank') IS NOT NULL AS there`);
    if (rows[0]?.there === true) return;
    await tx.query(SCHEMA);
    await load(tx, population());
  });
}

/** Whether the PIN is the one that was hashed. */
export async function pinMatches(pin: string, hash: Buffer): Promise<boolean> {
  const salt = hash.subarray(0, SALT_BYTES);
  return timingSafeEqual(await derive(pin, salt, HASH_BYTES, SCRYPT), hash.subarray(SALT_BYTES));
}

async function hashOf(pin: string): Promise<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  return Buffer.concat([salt, await derive(pin, salt, HASH_BYTES, SCRYPT)]);
}

async function load(tx: Sql, customers: readonly SeedCustomer[]): Promise<void> {
  const hashes = await Promise.all(customers.map(({ pin }) => hashOf(pin)));
  await tx.query('INSERT INTO bank (business_date) VALUES ($1)', [BUSINESS_DATE]);
  await tx.query(
    `INSERT INTO customers (id, name, segment, credit_score, pin_hash)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::bytea[])`,
    [
      customers.map(({ id }) => id),
      customers.map(({ name }) => name),
      customers.map(({ vip }) => (vip ? 'vip' : 'standard')),
      customers.map(({ creditScore }) => creditScore),
      hashes,
    ],
  );
  const accounts = customers.flatMap(({ id: customer, accounts }) =>
    accounts.map(({ id, kind, blocked, openingCents }) => ({ id, customer, kind, blocked, openingCents })),
  );
  await tx.query(
    `INSERT INTO accounts (id, customer_id, kind, status, balance, entry_count)
     SELECT id, customer_id, kind, status, cents / 100.0, 1
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[]) AS a (id, customer_id, kind, status, cents)`,
    [
      accounts.map(({ id }) => id),
      accounts.map(({ customer }) => customer),
      accounts.map(({ kind }) => kind),
      accounts.map(({ blocked }) => (blocked ? 'blocked' : 'active')),
      accounts.map(({ openingCents }) => String(openingCents)),
    ],
  );
  await tx.query(
    `INSERT INTO accounts (id, kind, status, balance, entry_count)
     SELECT id, 'merchant', 'active', 0, 1 FROM unnest($1::text[]) AS m (id)`,
    [MERCHANT_ACCOUNTS],
  );
  await tx.query(
    `INSERT INTO entries (account_id, number, kind, amount, balance_after, counterparty, text, reference)
     SELECT id, 1, 'opening', balance, balance, '', 'balance carried forward', '' FROM accounts`,
  );
}
