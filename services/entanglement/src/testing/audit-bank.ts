/** A bank kept in two databases, small enough to audit: transfers with a fee, once each by their key. */
import type { JsonObject } from '@bufbuild/protobuf';
import { outliveLostConnections } from '@chronos/observability/lost-connections.ts';
import pg from 'pg';
import type { Universe } from '../core/mapping/catalog.ts';

/** What modern does wrong to the books of a transfer, though it answers as legacy does. */
export const STATE_BUGS = [
  'lost update',
  'doubled on retry',
  'fee to the wrong account',
  'missing row',
  'rounded at booking',
  'wrong order of postings',
  'stale read',
  'partial commit',
] as const;
export type StateBug = (typeof STATE_BUGS)[number];

export interface Transfer {
  readonly requestId: string;
  /** Of the client: the same for each try. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly cents: number;
}

export const FEE_ACCOUNT = '999999';
export const FEE_CENTS = 125;

export const auditEntities: JsonObject = {
  entities: [
    {
      name: 'account',
      legacy: { table: 'konto' },
      modern: { table: 'accounts' },
      key: ['id'],
      fields: [
        { name: 'id', legacy: 'nr', modern: 'id' },
        { name: 'balance', legacy: 'saldo', modern: 'balance', unit: 'UNIT_MINOR_UNITS' },
        { name: 'entries', legacy: 'lfd', modern: 'entries' },
      ],
    },
    {
      name: 'entry',
      legacy: { table: 'bewegung' },
      modern: { table: 'entries' },
      key: ['account', 'number'],
      depends_on: ['account'],
      fields: [
        { name: 'account', legacy: 'nr', modern: 'account' },
        { name: 'number', legacy: 'lfd', modern: 'number' },
        { name: 'amount', legacy: 'betrag', modern: 'amount', unit: 'UNIT_MINOR_UNITS' },
        { name: 'balance_after', legacy: 'danach', modern: 'balance_after', unit: 'UNIT_MINOR_UNITS' },
        { name: 'reference', legacy: 'ref', modern: 'reference' },
      ],
    },
    {
      name: 'order',
      legacy: { table: 'auftrag' },
      modern: { table: 'orders' },
      key: ['key'],
      fields: [{ name: 'key', legacy: 'schluessel', modern: 'key' }],
    },
  ],
};

const accountsOf = (accounts: readonly string[]) => [...accounts, FEE_ACCOUNT];

export function auditSchema(accounts: readonly string[], openingCents: number): Record<Universe, string> {
  const values = (write: (id: string) => string) => accountsOf(accounts).map(write).join(', ');
  return {
    legacy: `CREATE TABLE konto (nr char(6) PRIMARY KEY, saldo numeric(15) NOT NULL, lfd integer NOT NULL);
      CREATE TABLE bewegung (nr char(6) NOT NULL REFERENCES konto, lfd integer NOT NULL, betrag numeric(15) NOT NULL, danach numeric(15) NOT NULL,
        ref char(64) NOT NULL, PRIMARY KEY (nr, lfd));
      CREATE TABLE auftrag (schluessel char(64) PRIMARY KEY);
      INSERT INTO konto VALUES ${values((id) => `('${id}', ${openingCents}, 0)`)}`,
    modern: `CREATE TABLE accounts (id text PRIMARY KEY, balance numeric(18,2) NOT NULL, entries integer NOT NULL);
      CREATE TABLE entries (account text NOT NULL REFERENCES accounts, number integer NOT NULL, amount numeric(18,2) NOT NULL,
        balance_after numeric(18,2) NOT NULL, reference text NOT NULL, PRIMARY KEY (account, number));
      CREATE TABLE orders (key text PRIMARY KEY);
      INSERT INTO accounts VALUES ${values((id) => `('${id}', ${openingCents / 100}, 0)`)}`,
  };
}

interface Words {
  readonly order: string;
  readonly lock: string;
  readonly balance: string;
  readonly update: string;
  readonly insert: string;
  readonly amount: (cents: number) => string;
}

const WORDS: Record<Universe, Words> = {
  legacy: {
    order: 'INSERT INTO auftrag VALUES ($1) ON CONFLICT DO NOTHING',
    lock: 'SELECT FROM konto WHERE nr = ANY($1) ORDER BY nr FOR UPDATE',
    balance: 'SELECT saldo AS balance FROM konto WHERE nr = $1',
    update:
      'UPDATE konto SET saldo = $2::numeric, lfd = lfd + $3::int WHERE nr = $1 RETURNING saldo AS balance, lfd AS number',
    insert: 'INSERT INTO bewegung VALUES ($1, $2, $3, $4, $5)',
    amount: (cents) => String(cents),
  },
  modern: {
    order: 'INSERT INTO orders VALUES ($1) ON CONFLICT DO NOTHING',
    lock: 'SELECT FROM accounts WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    balance: 'SELECT balance FROM accounts WHERE id = $1',
    update:
      'UPDATE accounts SET balance = $2::numeric, entries = entries + $3::int WHERE id = $1 RETURNING balance, entries AS number',
    insert: 'INSERT INTO entries VALUES ($1, $2, $3, $4, $5)',
    amount: (cents) => (cents / 100).toFixed(2),
  },
};

interface Posting {
  readonly account: string;
  readonly cents: number;
}

/** One universe of the bank. */
export class AuditBank {
  readonly #pool: pg.Pool;
  readonly #universe: Universe;

  constructor(universe: Universe, url: string) {
    this.#universe = universe;
    this.#pool = new pg.Pool({ connectionString: url, max: 12, connectionTimeoutMillis: 2_000 });
    outliveLostConnections(this.#pool);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** Books the transfer once by its key; a database that is away throws. `retry`: the client has sent it before. */
  async transfer(transfer: Transfer, bug: StateBug | undefined, retry: boolean): Promise<void> {
    const client = await this.#pool.connect();
    let broken = false;
    const onError = () => {
      broken = true;
    };
    client.on('error', onError);
    try {
      await this.#once(client, transfer, bug, retry);
    } catch (error) {
      await client.query('ROLLBACK').catch(onError);
      throw error;
    } finally {
      client.removeListener('error', onError);
      client.release(broken);
    }
  }

  async #once(
    client: pg.ClientBase,
    transfer: Transfer,
    bug: StateBug | undefined,
    retry: boolean,
  ): Promise<void> {
    const words = WORDS[this.#universe];
    const begin = async () => {
      await client.query('BEGIN');
      await client.query(`SELECT pg_logical_emit_message(true, 'chronos', $1)`, [transfer.requestId]);
    };
    await begin();
    const fresh = await client.query(words.order, [transfer.key]);
    if (fresh.rowCount === 0 && !(bug === 'doubled on retry' && retry)) {
      await client.query('COMMIT');
      return;
    }
    const postings = postingsOf(transfer, bug);
    const stale = await this.#balanceOf(client, transfer.from);
    await client.query(words.lock, [[...new Set(postings.map(({ account }) => account))]]);
    for (const [at, posting] of postings.entries()) {
      if (bug === 'partial commit' && at === 2) break;
      await this.#book(
        client,
        transfer,
        posting,
        bug === 'stale read' && at === 1 ? stale : undefined,
        bug,
        at,
      );
    }
    await client.query('COMMIT');
  }

  async #book(
    client: pg.ClientBase,
    { key }: Transfer,
    { account, cents }: Posting,
    stale: number | undefined,
    bug: StateBug | undefined,
    at: number,
  ): Promise<void> {
    const { update, insert, amount } = WORDS[this.#universe];
    const booked = bug === 'rounded at booking' ? Math.round(cents / 100) * 100 : cents;
    const before = stale ?? (await this.#balanceOf(client, account));
    const after = bug === 'lost update' && at === 0 ? before : before + booked;
    const { rows } = await client.query<{ balance: string; number: number }>(update, [
      account,
      amount(after),
      1,
    ]);
    if (bug === 'missing row' && at === 2) return;
    await client.query(insert, [account, rows[0]?.number, amount(booked), rows[0]?.balance, key]);
  }

  async #balanceOf(client: pg.ClientBase, account: string): Promise<number> {
    const { rows } = await client.query<{ balance: string }>(WORDS[this.#universe].balance, [account]);
    const balance = Number(rows[0]?.balance ?? 0);
    return this.#universe === 'legacy' ? balance : Math.round(balance * 100);
  }
}

/** The payer's amount and fee, the payee's amount, the bank's fee. */
function postingsOf({ from, to, cents }: Transfer, bug: StateBug | undefined): Posting[] {
  const postings = [
    { account: from, cents: -cents },
    { account: from, cents: -FEE_CENTS },
    { account: to, cents },
    { account: bug === 'fee to the wrong account' ? to : FEE_ACCOUNT, cents: FEE_CENTS },
  ];
  if (bug === 'wrong order of postings') postings.splice(0, 2, ...postings.slice(0, 2).reverse());
  return postings;
}
