import type { Values } from '../../mapping/entity.ts';
import { difference, sum } from '../../mapping/numbers.ts';
import type { SimChange, SimDatabase } from './sim-database.ts';

/** What modern does wrong on a request; `lost`: the copy never reaches the other universe. */
export type Fault = 'none' | 'lost' | 'amount' | 'no-entry' | 'twice' | 'half' | 'wrong-account' | 'stale';

export interface SimRequest {
  readonly id: string;
  readonly kind: 'transfer' | 'status' | 'open';
  readonly from: string;
  readonly to: string;
  readonly amount: string;
  readonly authority: 'legacy' | 'modern';
  readonly fault: Fault;
  /** Idempotency key: a transfer under it is made once, whichever request asks for it. Its row is `payment`. */
  readonly payment?: string;
  /** What modern did for it was lost unread, with its capture's slot. */
  readonly unread?: boolean;
  /** Postings are numbered by account; else they have the request's id. */
  readonly numbered: boolean;
}

type Draft = Omit<SimChange, 'before'>;

/** Carries a request out in one universe, in one transaction or none. `faulty`: as modern's bug has it. */
export function carryOut(db: SimDatabase, request: SimRequest, faulty: boolean, nowMs: number): void {
  const fault = faulty ? request.fault : 'none';
  const drafts = new Map<string, Draft>();
  const now = (entity: string, key: string): Values | undefined =>
    drafts.get(`${entity}\n${key}`)?.after ?? db.values(entity, key);
  const put = (entity: string, key: string, after: Values): void => {
    drafts.set(`${entity}\n${key}`, { entity, key, after });
  };
  const book = (account: string, amount: string): boolean => {
    const before = now('account', account);
    if (before === undefined) return false;
    const balance = sum(before.get('balance') ?? '0', amount) ?? '0';
    const count = sum(before.get('count') ?? '0', '1') ?? '0';
    put('account', account, new Map([...before, ['balance', balance], ['count', count]]));
    if (fault === 'no-entry') return true;
    const reference = request.payment ?? request.id;
    const key = request.numbered ? `${account}/${count}` : `${account}/${reference}/${amount}`;
    // Two rows of one key: the database refuses the whole transaction.
    if (now('entry', key) !== undefined && request.numbered) return false;
    const after = request.numbered ? balance : '0';
    put(
      'entry',
      key,
      new Map([
        ['amount', amount],
        ['balance_after', after],
        ['reference', reference],
      ]),
    );
    return true;
  };
  const { from, to, amount } = request;
  switch (request.kind) {
    case 'transfer': {
      if (request.payment !== undefined) {
        if (now('payment', request.payment) !== undefined) return;
        put('payment', request.payment, new Map([['amount', amount]]));
      }
      const wrong = fault === 'amount' ? (sum(amount, '0.01') ?? amount) : amount;
      const payee = fault === 'wrong-account' ? from : to;
      if (!book(from, difference('0', wrong) ?? wrong)) return;
      if (fault !== 'half' && !book(payee, wrong)) return;
      if (fault === 'twice' && !(book(from, difference('0', wrong) ?? wrong) && book(to, wrong))) return;
      break;
    }
    case 'status': {
      const before = now('account', from);
      if (before === undefined) return;
      put('account', from, new Map([...before, ['status', fault === 'stale' ? 'old' : `by ${request.id}`]]));
      break;
    }
    case 'open':
      if (now('account', `new-${request.id}`) !== undefined) return;
      put(
        'account',
        `new-${request.id}`,
        new Map([
          ['balance', amount],
          ['count', '0'],
          ['status', 'open'],
        ]),
      );
  }
  db.commit(request.id, nowMs, [...drafts.values()]);
}
