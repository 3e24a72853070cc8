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
   * Runs work that locks accounts. Where it meets books of the wrong rule, it is rolled back, they are corrected by a transaction of their
   * own (a correction is no effect of the request that happens to meet it), and the work begins anew. Right books cost nothing.
   */
  correctly<T>(work: () => Promise<T>): Promise<T>;
  /**
   * The same as read, locked until the end of the transaction.
   *
   * @throws MisbookedError for {@link correctly}
   */
  lock(tx: Sql, ids: readonly string[]): Promise<Map<string, Account>>;
}

class MisbookedError extends Error {
  readonly accounts: readonly string[];

  constructor(accounts: readonly string[]) {
    super(`the books of ${accounts.join(', ')} are to be corrected first`);
    this.accounts = accounts;
  }
}

/** The build before may book on the same accounts again meanwhile, but not for long: it is being replaced. */
const CORRECTIONS_MAX = 10;

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

  const correct = (id: string): Promise<Account | undefined> =>
    inTransaction(pool, async (tx) => {
      const account = (await lockAccounts(tx, [id], corrects)).get(id);
      if (account?.misbooked !== true) return account;
      await rebook(tx, account);
      return (await lockAccounts(tx, [id], corrects)).get(id);
    });

  return {
    async lock(tx, ids) {
      const accounts = await lockAccounts(tx, ids, corrects);
      const wrong = [...accounts.values()].filter(({ misbooked }) => misbooked);
      if (wrong.length > 0) throw new MisbookedError(wrong.map(({ id }) => id));
      return accounts;
    },
    async read(id) {
      const account = await readAccount(pool, id, corrects);
      return account?.misbooked === true ? correct(id) : account;
    },
    async correctly(work) {
      for (let corrections = 0; ; corrections += 1) {
        try {
          return await work();
        } catch (error) {
          if (!(error instanceof MisbookedError) || corrections === CORRECTIONS_MAX) throw error;
          for (const id of error.accounts) await correct(id);
        }
      }
    },
    async correctAll() {
      const { rows } = await pool.query<{ account_id: string }>(
        'SELECT DISTINCT account_id FROM entries WHERE interest_rule = ANY($1) ORDER BY account_id',
        [corrects],
      );
      for (const { account_id } of rows) await correct(account_id);
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
