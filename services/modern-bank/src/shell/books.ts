import type pg from 'pg';
import type { Build } from '../core/builds.ts';
import { decimal, format } from '../core/decimal.ts';
import { type LedgerEntry, restate } from '../core/restate.ts';
import { inTransaction, type Sql } from './database.ts';
import { type Account, lockAccounts, readAccount } from './ledger.ts';

/**
 * What a corrected build must do with the books of the build that it replaces: what a wrong rule booked is booked anew. That build may still
 * serve while this one does already, so no start is the last to correct: every operation on an account asks here for it.
 */
export interface Books {
  /** Corrects all accounts, one transaction each (nothing holds across accounts, and locks stay short). Returns how many were wrong. */
  correctAll(): Promise<number>;
  /** An account as it is by the right rules. */
  read(id: string): Promise<Account | undefined>;
  /**
   * Corrects these accounts by transactions of their own, so that a correction is no effect of the request that happens to meet it. What the
   * build before books after that is corrected by {@link lock}.
   */
  correct(ids: readonly string[]): Promise<void>;
  /** The same as read, locked until the end of the transaction. */
  lock(tx: Sql, ids: readonly string[]): Promise<Map<string, Account>>;
}

export function correctedBooks(pool: pg.Pool, { corrects, interest }: Build): Books {
  const rebook = async (tx: Sql, { id, vip }: Account): Promise<void> => {
    const changed = restate(await entriesFromFirstWrong(tx, id, corrects), corrects, interest, vip);
    await tx.query(
      `UPDATE entries e SET amount = c.amount, balance_after = c.balance_after, interest_rule = c.rule
       FROM unnest($2::bigint[], $3::numeric[], $4::numeric[], $5::text[]) AS c (number, amount, balance_after, rule)
       WHERE e.account_id = $1 AND e.number = c.number`,
      [
        id,
        changed.map(({ number }) => number),
        changed.map(({ amount }) => format(amount)),
        changed.map(({ balanceAfter }) => format(balanceAfter)),
        changed.map(({ interest: booked }) => booked?.rule ?? null),
      ],
    );
    await tx.query(
      `UPDATE accounts a SET balance = e.balance_after FROM entries e
       WHERE a.id = $1 AND e.account_id = a.id AND e.number = a.entry_count`,
      [id],
    );
  };

  const lock = async (tx: Sql, ids: readonly string[]): Promise<Map<string, Account>> => {
    const accounts = await lockAccounts(tx, ids, corrects);
    const wrong = [...accounts.values()].filter(({ misbooked }) => misbooked);
    for (const account of wrong) await rebook(tx, account);
    return wrong.length === 0 ? accounts : lockAccounts(tx, ids, corrects);
  };

  const read = async (id: string): Promise<Account | undefined> => {
    const account = await readAccount(pool, id, corrects);
    return account?.misbooked === true
      ? inTransaction(pool, async (tx) => (await lock(tx, [id])).get(id))
      : account;
  };

  return {
    lock,
    read,
    async correct(ids) {
      if (corrects.length > 0) for (const id of ids) await read(id);
    },
    async correctAll() {
      const { rows } = await pool.query<{ account_id: string }>(
        'SELECT DISTINCT account_id FROM entries WHERE interest_rule = ANY($1) ORDER BY account_id',
        [corrects],
      );
      for (const { account_id } of rows) await inTransaction(pool, (tx) => lock(tx, [account_id]));
      return rows.length;
    },
  };
}

async function entriesFromFirstWrong(
  tx: Sql,
  account: string,
  rules: readonly string[],
): Promise<LedgerEntry[]> {
  const { rows } = await tx.query(
    `SELECT number, amount, balance_after, interest_rule, interest_rate, interest_days FROM entries
     WHERE account_id = $1
       AND number >= (SELECT min(number) FROM entries WHERE account_id = $1 AND interest_rule = ANY($2))
     ORDER BY number`,
    [account, rules],
  );
  return rows.map((row) => ({
    number: BigInt(row.number),
    amount: decimal(row.amount),
    balanceAfter: decimal(row.balance_after),
    ...(row.interest_rule !== null && {
      interest: { rule: row.interest_rule, rate: decimal(row.interest_rate), days: row.interest_days },
    }),
  }));
}
