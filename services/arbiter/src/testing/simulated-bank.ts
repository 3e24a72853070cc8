import type { EntityChange } from '@chronos/proto/events/v1/state_update_pb.js';
import { change, type Row } from './two-databases.ts';

/** What a request asks of the simulated bank. */
export type Order =
  | {
      readonly type: 'transfer';
      readonly from: string;
      readonly to: string;
      readonly amount: number;
      readonly fee: number;
    }
  | { readonly type: 'status'; readonly account: string; readonly status: string };

/** Bugs of modern that touch one request. */
export const BUGS = [
  'lost-update',
  'doubled',
  'compensated',
  'wrong-account',
  'missing-booking',
  'stale-balance',
  'rounded',
  'wrong-order',
  'not-done',
  'half-done',
] as const;
export type Bug = (typeof BUGS)[number];

interface Account {
  balance: number;
  bookings: number;
  status: string;
}

/** One universe's books, in memory: what an order changes comes out as change capture would tell it. */
export class SimulatedBank {
  readonly #accounts = new Map<string, Account>();
  /** Each account as it was before its newest transaction, and how much that moved. */
  readonly #stale = new Map<string, Account>();

  constructor(ids: readonly string[]) {
    for (const id of ids) this.#accounts.set(id, { balance: 1_000, bookings: 0, status: 'open' });
  }

  /** The changes of one order's transactions; undefined: the bug changes nothing of this order's effect here. */
  run(order: Order, bug?: Bug): EntityChange[] | undefined {
    const before = new Map([...this.#accounts].map(([id, account]) => [id, { ...account }]));
    const changes = order.type === 'status' ? this.#status(order, bug) : this.#transfer(order, bug);
    for (const [id, account] of before) {
      const now = this.#accounts.get(id);
      if (now && (now.balance !== account.balance || now.bookings !== account.bookings))
        this.#stale.set(id, account);
    }
    return changes;
  }

  #status(
    { account: id, status }: Order & { type: 'status' },
    bug: Bug | undefined,
  ): EntityChange[] | undefined {
    const account = this.#account(id);
    if (bug !== undefined && (bug !== 'not-done' || account.status === status)) return undefined;
    if (bug === 'not-done') return [];
    // As a database does, it writes the row even if nothing changes.
    const before = rowOf(id, account);
    account.status = status;
    return [change('account', [id], before, rowOf(id, account))];
  }

  #transfer(
    { from, to, amount, fee }: Order & { type: 'transfer' },
    bug: Bug | undefined,
  ): EntityChange[] | undefined {
    if (bug === 'not-done') return [];
    if (bug === 'half-done') return this.#book(from, -amount, 'out');
    if (bug === 'rounded')
      return [
        ...this.#book(from, -amount, 'out'),
        ...this.#book(to, amount + 1, 'in'),
        ...this.#fee(from, fee),
      ];
    if (bug === 'wrong-account') {
      const other = [...this.#accounts.keys()].find((id) => id !== from && id !== to) ?? from;
      return [
        ...this.#book(from, -amount, 'out'),
        ...this.#book(other, amount, 'in'),
        ...this.#fee(from, fee),
      ];
    }
    if (bug === 'doubled')
      return [...this.#once(from, to, amount, fee), ...this.#once(from, to, amount, fee)];
    if (bug === 'compensated')
      return [
        ...this.#once(from, to, amount, fee),
        ...this.#once(from, to, amount, 0),
        ...this.#once(to, from, amount, 0),
      ];
    if (bug === 'wrong-order') {
      if (fee === 0 || fee === amount) return undefined;
      return [...this.#fee(from, fee), ...this.#book(from, -amount, 'out'), ...this.#book(to, amount, 'in')];
    }
    if (bug === 'missing-booking')
      return this.#once(from, to, amount, fee).filter(({ entity }, at) => entity !== 'booking' || at !== 1);
    if (bug === 'lost-update') {
      const stale = this.#stale.get(from);
      if (stale === undefined || stale.balance === this.#account(from).balance) return undefined;
      const account = this.#account(from);
      const before = rowOf(from, account);
      account.balance = stale.balance - amount;
      account.bookings += 1;
      const row = {
        account: from,
        number: account.bookings,
        amount: -amount,
        balance_after: account.balance,
        text: 'out',
      };
      return [
        change('account', [from], before, rowOf(from, account)),
        change('booking', [from, account.bookings], undefined, row),
        ...this.#book(to, amount, 'in'),
        ...this.#fee(from, fee),
      ];
    }
    if (bug === 'stale-balance') {
      const changes = this.#book(from, -amount, 'out', amount);
      return [...changes, ...this.#book(to, amount, 'in'), ...this.#fee(from, fee)];
    }
    return this.#once(from, to, amount, fee);
  }

  #once(from: string, to: string, amount: number, fee: number): EntityChange[] {
    return [...this.#book(from, -amount, 'out'), ...this.#book(to, amount, 'in'), ...this.#fee(from, fee)];
  }

  #fee(account: string, fee: number): EntityChange[] {
    return fee === 0 ? [] : this.#book(account, -fee, 'fee');
  }

  #book(id: string, amount: number, text: string, wrongBy = 0): EntityChange[] {
    const account = this.#account(id);
    const before = rowOf(id, account);
    account.balance += amount;
    account.bookings += 1;
    const row = {
      account: id,
      number: account.bookings,
      amount,
      balance_after: account.balance + wrongBy,
      text,
    };
    return [
      change('account', [id], before, rowOf(id, account)),
      change('booking', [id, account.bookings], undefined, row),
    ];
  }

  #account(id: string): Account {
    const account = this.#accounts.get(id);
    if (account === undefined) throw new Error(`no account ${id}`);
    return account;
  }
}

function rowOf(id: string, { balance, bookings, status }: Account): Row {
  return { id, balance, bookings, status };
}
