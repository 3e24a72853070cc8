import type pg from 'pg';
import { type Decimal, decimal, format } from '../core/decimal.ts';
import type { Sql } from './database.ts';

export interface Account {
  readonly id: string;
  /** Empty for an account that belongs to no customer. */
  readonly customerId: string;
  readonly kind: 'current' | 'savings' | 'merchant';
  readonly currency: string;
  readonly status: 'active' | 'blocked';
  readonly balance: Decimal;
  readonly vip: boolean;
  /** Its interest was, in part, booked by one of the rules asked about. */
  readonly misbooked: boolean;
}

export interface Entry {
  readonly number: bigint;
  readonly kind: string;
  readonly amount: Decimal;
  readonly balanceAfter: Decimal;
  readonly counterparty: string;
  readonly text: string;
  readonly reference: string;
}

/** A booking to make; the balance moves by the amount. */
export interface Booking {
  readonly account: string;
  readonly kind: 'transfer_in' | 'transfer_out' | 'interest';
  readonly amount: Decimal;
  readonly counterparty: string;
  readonly text: string;
  readonly reference: string;
  readonly interest?: { readonly rule: string; readonly rate: Decimal; readonly days: number };
}

const ACCOUNTS = `
  SELECT a.id, coalesce(a.customer_id, '') AS customer_id, a.kind, a.currency, a.status, a.balance,
         coalesce(c.segment = 'vip', false) AS vip,
         EXISTS (SELECT FROM entries e WHERE e.account_id = a.id AND e.interest_rule = ANY($2)) AS misbooked
  FROM accounts a LEFT JOIN customers c ON c.id = a.customer_id
  WHERE a.id = ANY($1)
  ORDER BY a.id`;

interface AccountRow {
  id: string;
  customer_id: string;
  kind: Account['kind'];
  currency: string;
  status: Account['status'];
  balance: string;
  vip: boolean;
  misbooked: boolean;
}

/**
 * Locks the accounts until the end of the transaction, always in the order of their ids: two transfers cannot wait for each other. The
 * entries are looked at by a second statement: one that waits for a lock sees what the other transaction did to the account, but not the
 * entries that it added.
 */
export async function lockAccounts(
  tx: Sql,
  ids: readonly string[],
  wrongRules: readonly string[],
): Promise<Map<string, Account>> {
  await tx.query('SELECT FROM accounts WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids]);
  return accountsOf(await tx.query<AccountRow>(ACCOUNTS, [ids, wrongRules]));
}

/** @param wrongRules rules of interest that {@link Account.misbooked} asks about */
export async function readAccount(
  sql: Sql,
  id: string,
  wrongRules: readonly string[],
): Promise<Account | undefined> {
  return accountsOf(await sql.query<AccountRow>(ACCOUNTS, [[id], wrongRules])).get(id);
}

function accountsOf({ rows }: pg.QueryResult<AccountRow>): Map<string, Account> {
  return new Map(
    rows.map(({ customer_id, balance, ...row }) => [
      row.id,
      { ...row, customerId: customer_id, balance: decimal(balance) },
    ]),
  );
}

/** Adds an entry to a locked account and returns the balance after it. */
export async function book(tx: Sql, booking: Booking): Promise<Decimal> {
  const { rows } = await tx.query<{ balance_after: string }>(
    `WITH account AS (
       UPDATE accounts SET balance = balance + $2, entry_count = entry_count + 1 WHERE id = $1
       RETURNING id, entry_count, balance
     )
     INSERT INTO entries (account_id, number, kind, amount, balance_after, counterparty, text, reference,
                          interest_rule, interest_rate, interest_days)
     SELECT id, entry_count, $3, $2, balance, $4, $5, $6, $7, $8, $9 FROM account
     RETURNING balance_after`,
    [
      booking.account,
      format(booking.amount),
      booking.kind,
      booking.counterparty,
      booking.text,
      booking.reference,
      booking.interest?.rule ?? null,
      booking.interest === undefined ? null : format(booking.interest.rate),
      booking.interest?.days ?? null,
    ],
  );
  return decimal(rows[0]!.balance_after);
}

/** Entries of an account: the newest first, or the oldest first after a number. At most `limit`. */
export async function listEntries(
  sql: Sql,
  account: string,
  page: { readonly newestFirst: true } | { readonly after: bigint },
  limit: number,
): Promise<Entry[]> {
  const columns = 'number, kind, amount, balance_after, counterparty, text, reference';
  const { rows } =
    'after' in page
      ? await sql.query(
          `SELECT ${columns} FROM entries WHERE account_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
          [account, page.after, limit],
        )
      : await sql.query(
          `SELECT ${columns} FROM entries WHERE account_id = $1 ORDER BY number DESC LIMIT $2`,
          [account, limit],
        );
  return rows.map(({ number, amount, balance_after, ...row }) => ({
    ...row,
    number: BigInt(number),
    amount: decimal(amount),
    balanceAfter: decimal(balance_after),
  }));
}
