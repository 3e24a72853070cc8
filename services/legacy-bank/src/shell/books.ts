import type { Sql } from './database.ts';

/** Reads and writes the books record by record, as the system always has. Blank padding ends here. */

export interface CustomerRecord {
  readonly number: string;
  readonly vip: boolean;
  readonly segmentCode: string;
  readonly creditScore: number;
  readonly pin: string;
}

export interface AccountRecord {
  readonly number: string;
  /** Empty if the account is no customer's. */
  readonly customer: string;
  readonly kindCode: string;
  readonly statusCode: string;
  readonly currency: string;
  readonly cents: bigint;
  readonly lastMovement: bigint;
}

export interface MovementRecord {
  readonly number: bigint;
  readonly kindCode: string;
  readonly cents: bigint;
  readonly balanceCents: bigint;
  readonly counterparty: string;
  readonly text: string;
  readonly reference: string;
}

export async function readParameter(sql: Sql, key: string): Promise<string> {
  const { rows } = await sql.query<{ parwrt: string }>('SELECT parwrt FROM param WHERE parkey = $1', [key]);
  if (rows[0] === undefined) throw new Error(`parameter ${key} is missing`);
  return rows[0].parwrt.trimEnd();
}

export async function readCustomer(sql: Sql, number: string): Promise<CustomerRecord | undefined> {
  const { rows } = await sql.query('SELECT * FROM kdstamm WHERE kdnr = $1', [number]);
  const [row] = rows;
  return row === undefined
    ? undefined
    : {
        number: row.kdnr,
        vip: row.kdkz === 'V',
        segmentCode: row.kdkz,
        creditScore: Number(row.kdbon),
        pin: row.kdpin,
      };
}

export async function readAccountNumbers(sql: Sql, customer: string): Promise<string[]> {
  const { rows } = await sql.query<{ ktonr: string }>(
    'SELECT ktonr FROM ktostam WHERE kdnr = $1 ORDER BY ktonr',
    [customer],
  );
  return rows.map(({ ktonr }) => ktonr);
}

/** @param lock keeps the record for this transaction; lock accounts in the order of their numbers. */
export async function readAccount(
  sql: Sql,
  number: string,
  lock: 'lock' | 'free',
): Promise<AccountRecord | undefined> {
  const { rows } = await sql.query(
    `SELECT * FROM ktostam WHERE ktonr = $1 ${lock === 'lock' ? 'FOR UPDATE' : ''}`,
    [number],
  );
  const [row] = rows;
  return row === undefined
    ? undefined
    : {
        number: row.ktonr,
        customer: row.kdnr ?? '',
        kindCode: row.ktoart,
        statusCode: row.ktosta,
        currency: row.ktowhg,
        cents: BigInt(row.ktosal),
        lastMovement: BigInt(row.ktolfd),
      };
}

/** All movements of an account, oldest first. */
export async function readMovements(sql: Sql, account: string): Promise<MovementRecord[]> {
  const { rows } = await sql.query('SELECT * FROM ktobew WHERE ktonr = $1 ORDER BY bewnr', [account]);
  return rows.map((row) => ({
    number: BigInt(row.bewnr),
    kindCode: row.bewart,
    cents: BigInt(row.bewbtr),
    balanceCents: BigInt(row.bewsal),
    counterparty: row.bewgeg.trimEnd(),
    text: row.bewtxt.trimEnd(),
    reference: row.bewref.trimEnd(),
  }));
}

/**
 * Books a movement on a locked account, after the control total: all movements of the account, summed up, must be its balance. Returns the
 * balance after it in cents.
 */
export async function bookMovement(
  tx: Sql,
  account: AccountRecord,
  movement: Pick<MovementRecord, 'kindCode' | 'cents' | 'counterparty' | 'text' | 'reference'>,
): Promise<bigint> {
  let total = 0n;
  for (const { cents } of await readMovements(tx, account.number)) total += cents;
  if (total !== account.cents)
    throw new Error(`account ${account.number} does not balance: ${total} is not ${account.cents}`);
  const balance = account.cents + movement.cents;
  const number = account.lastMovement + 1n;
  await tx.query('INSERT INTO ktobew VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
    account.number,
    String(number),
    movement.kindCode,
    String(movement.cents),
    String(balance),
    movement.counterparty,
    movement.text,
    movement.reference,
  ]);
  await tx.query('UPDATE ktostam SET ktosal = $2, ktolfd = $3 WHERE ktonr = $1', [
    account.number,
    String(balance),
    String(number),
  ]);
  return balance;
}
