import type pg from 'pg';
import type { Build } from '../core/builds.ts';
import { decimal, format } from '../core/decimal.ts';
import { type LedgerEntry, restate } from '../core/restate.ts';
import { inTransaction, type Sql } from './database.ts';
import { type Account, lockAccounts } from './ledger.ts';

/** What a corrected build must do with the books of the build it replaces: what a wrong rule booked is booked anew. */
export interface Correction {
  /** Corrects all accounts, one transaction each (nothing holds across accounts, and locks stay short). Returns how many were wrong. */
  correctAll(): Promise<number>;
  /**
   * Corrects one account if it needs it. The build before may still serve while this one does, so no start can be the last to correct: each
   * operation looks at its accounts first.
   */
  correctAccount(id: string): Promise<void>;
  /** The same for accounts that the transaction has locked; returns them as they are then. */
  correctLocked(tx: Sql, accounts: Map<string, Account>): Promise<Map<string, Account>>;
}

export function correction(pool: pg.Pool, { corrects, interest }: Build): Correction {
  const wrongAmong = async (sql: Sql, ids: readonly string[]): Promise<string[]> => {
    if (corrects.length === 0) return [];
    const { rows } = await sql.query<{ account_id: string }>(
      `SELECT DISTINCT account_id FROM entries WHERE account_id = ANY($1) AND interest_rule = ANY($2) ORDER BY account_id`,
      [ids, corrects],
    );
    return rows.map(({ account_id }) => account_id);
  };

  /** The account's lock must be held. Only after the lock is the answer of `wrongAmong` final: it needs a statement, and so a snapshot, of its own. */
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

  const correctLocked = async (tx: Sql, accounts: Map<string, Account>): Promise<Map<string, Account>> => {
    const ids = [...accounts.keys()];
    const wrong = await wrongAmong(tx, ids);
    for (const id of wrong) await rebook(tx, accounts.get(id)!);
    return wrong.length === 0 ? accounts : lockAccounts(tx, ids);
  };

  const correctById = (id: string) =>
    inTransaction(pool, async (tx) => correctLocked(tx, await lockAccounts(tx, [id])));

  return {
    correctLocked,
    async correctAccount(id) {
      if ((await wrongAmong(pool, [id])).length > 0) await correctById(id);
    },
    async correctAll() {
      const { rows } = await pool.query<{ account_id: string }>(
        'SELECT DISTINCT account_id FROM entries WHERE interest_rule = ANY($1) ORDER BY account_id',
        [corrects],
      );
      for (const { account_id } of rows) await correctById(account_id);
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
