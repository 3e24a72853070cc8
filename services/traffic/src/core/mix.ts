import { MERCHANT_ACCOUNTS, type SeedCustomer } from '@chronos/bank-data/population.ts';
import { pick, type Random } from './random.ts';

export type Method =
  | 'Login'
  | 'GetBalance'
  | 'ListTransactions'
  | 'Transfer'
  | 'AccrueInterest'
  | 'QuoteLoan'
  | 'StreamTransactions';

/** What a customer wants next: a method of the bank and its request as JSON. */
export interface Action {
  readonly method: Method;
  readonly body: Readonly<Record<string, string | number>>;
  /** Changes the books, so it needs an idempotency key and goes into the ledger. */
  readonly write: boolean;
}

/** Parts of a hundred; logins come before, once a customer. */
const MIX: readonly (readonly [Method, number])[] = [
  ['GetBalance', 45],
  ['ListTransactions', 15],
  ['Transfer', 20],
  ['AccrueInterest', 10],
  ['QuoteLoan', 8],
  ['StreamTransactions', 2],
];

const TEXTS = ['rent', 'groceries', 'savings plan', 'dinner', 'tickets', ''];

export function login({ id, pin }: SeedCustomer): Action {
  return { method: 'Login', body: { customerId: id, pin }, write: false };
}

/** Draws the next action of a customer who is logged in. Always takes its numbers from `random` in the same way. */
export function nextAction({ id, accounts }: SeedCustomer, random: Random): Action {
  const [current, savings] = accounts;
  const account = pick(random, accounts).id;
  const method = methodOf(random() * 100);
  switch (method) {
    case 'ListTransactions':
      return { method, body: { accountId: account, limit: pick(random, [5, 10, 20]) }, write: false };
    case 'Transfer':
      return { method, body: transfer(current.id, savings.id, random), write: true };
    case 'AccrueInterest':
      return { method, body: { accountId: account, days: pick(random, [30, 90, 180, 365]) }, write: true };
    case 'QuoteLoan':
      return { method, body: { customerId: id, ...loan(random) }, write: false };
    default:
      return { method, body: { accountId: account }, write: false };
  }
}

function methodOf(percent: number): Method {
  let above = percent;
  for (const [method, share] of MIX) {
    if (above < share) return method;
    above -= share;
  }
  return 'GetBalance';
}

/**
 * Seven of ten go between the customer's own accounts, most others to a merchant, whose balance no customer reads: no two customers' requests
 * depend on each other, so the order in which two universes commit them shows in no answer. Two of a hundred ask for more than there is.
 */
function transfer(current: string, savings: string, random: Random) {
  const amount = cents(random, 100, 20_000);
  const text = pick(random, TEXTS);
  const kind = random();
  if (kind < 0.35) return { fromAccount: current, toAccount: savings, amount, text };
  if (kind < 0.7) return { fromAccount: savings, toAccount: current, amount, text };
  if (kind < 0.98) return { fromAccount: current, toAccount: pick(random, MERCHANT_ACCOUNTS), amount, text };
  return { fromAccount: current, toAccount: savings, amount: '99999999.00', text };
}

/** About one of sixteen asks for more than ten years: half a percent of all requests. */
function loan(random: Random) {
  const amount = cents(random, 100_000, 2_400_000);
  const months =
    random() < 1 / 16 ? pick(random, [180, 240, 360]) : pick(random, [6, 12, 24, 36, 48, 60, 84, 120]);
  return { amount, months };
}

function cents(random: Random, from: number, to: number): string {
  const value = from + Math.floor(random() * (to - from));
  return `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
}
