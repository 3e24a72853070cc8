import { MERCHANT_ACCOUNTS, type SeedCustomer } from '@chronos/bank-data/population.ts';

/** One request to a bank, as JSON. */
export interface Operation {
  readonly customer: SeedCustomer;
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Numbers from 0 (inclusive) to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What customers do, and what they should not: unknown and foreign accounts, malformed fields, too much money, repeated keys. */
export function randomOperation(
  customers: readonly SeedCustomer[],
  random: () => number,
  key: string,
): Operation {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const customer = pick(customers);
  const own = customer.accounts.map(({ id }) => id);
  const account = () =>
    random() < 0.93 ? pick(own) : pick(['1999999', '12', pick(customers).accounts[0].id]);
  const amount = () =>
    random() < 0.9
      ? (random() * 500 + 0.01).toFixed(2)
      : pick(['0.00', '-1.00', '1', '1.234', '999999999.99', '1e3', '', '0.01']);
  const operation = (method: string, body: Operation['body']): Operation => ({ customer, method, body, key });
  const roll = random();
  if (roll < 0.2) return operation('GetBalance', { accountId: account() });
  if (roll < 0.4)
    return operation('ListTransactions', { accountId: account(), limit: pick([0, 1, 5, 100, 101]) });
  if (roll < 0.45)
    return operation('Login', { customerId: customer.id, pin: random() < 0.8 ? customer.pin : '0' });
  if (roll < 0.7) {
    // Never into another customer's account: when that customer reads it, either order of the two is right.
    const toAccount = random() < 0.5 ? pick([...own, ...own, '1999999', '12']) : pick(MERCHANT_ACCOUNTS);
    const text = pick(['rent', '', '  dinner for two ', 'x'.repeat(36), 'Überweisung']);
    return operation('Transfer', { fromAccount: account(), toAccount, amount: amount(), text });
  }
  if (roll < 0.87)
    return operation('AccrueInterest', {
      accountId: account(),
      days: pick([0, 1, 7, 30, 90, 365, 366, 367]),
    });
  const amountWanted = random() < 0.9 ? (random() * 300_000 + 100).toFixed(2) : amount();
  return operation('QuoteLoan', {
    customerId: random() < 0.95 ? customer.id : pick(customers).id,
    amount: amountWanted,
    months: pick([0, 6, 12, 24, 48, 84, 120, 121, 240, 360, 361]),
  });
}

/** Talks JSON to one bank, as each customer with the customer's token. */
export class BankClient {
  readonly #tokens = new Map<string, Promise<string>>();
  readonly address: string;

  constructor(address: string) {
    this.address = address;
  }

  async do(
    { customer, method, body, key }: Operation,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const token = await this.#token(customer);
    return this.post(method, body, { authorization: `Bearer ${token}`, 'idempotency-key': key, ...headers });
  }

  async post(method: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`http://${this.address}/bank.v1.BankService/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.text() };
  }

  #token({ id, pin }: SeedCustomer): Promise<string> {
    let token = this.#tokens.get(id);
    if (token === undefined) {
      token = this.post('Login', { customerId: id, pin }).then(({ body }) => JSON.parse(body).token);
      this.#tokens.set(id, token);
    }
    return token;
  }
}
