import { Attribution, Operation, ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { State } from './cell.ts';
import { chainOf } from './chain.ts';
import type { EntityRules } from './entities.ts';
import type { Version } from './timeline.ts';
import type { UniverseName } from './transaction.ts';

const account: EntityRules = {
  name: 'account',
  key: ['id'],
  compared: ['balance', 'entries'],
  ownKeys: false,
  matched: new Map(),
  matchedKey: false,
  lasting: { legacy: new Set(), modern: new Set() },
};

function state(balance: number, entries: number): State {
  const number = (text: string) => ({ is: 'value', text, type: ValueType.NUMBER }) as const;
  return new Map([
    ['balance', number(String(balance))],
    ['entries', number(String(entries))],
  ]);
}

/** What a row went through by these bookings, in this order; each is named by its amount. */
function versions(universe: UniverseName, amounts: readonly number[], from = 1_000): Version[] {
  let balance = from;
  return amounts.map((amount, at) => {
    const before = state(balance, at);
    balance += amount;
    const change = {
      entity: 'account',
      key: '["a"]',
      op: Operation.UPDATE,
      before,
      after: state(balance, at + 1),
    };
    const transaction = {
      migration: 'bank',
      universe,
      lsn: BigInt(at + 1),
      xid: BigInt(at + 1),
      committedMs: at,
      databaseMs: at,
      toldMs: at,
      requestId: `r${amount}`,
      attribution: Attribution.TAGGED,
      traceparent: '',
      partition: 0,
      changes: [change],
      tooLarge: false,
    };
    return { transaction, changes: [change] };
  });
}

describe('a hot row: hundreds of requests in flight at once', () => {
  const amounts = Array.from({ length: 300 }, (_, n) => n + 1);
  const others = amounts.toReversed();

  test('in any other order, they are the same requests with the same effects', () => {
    const timeline = { legacy: versions('legacy', amounts), modern: versions('modern', others) };
    for (const id of ['r1', 'r150', 'r300'])
      expect(chainOf(timeline, id, account)).toMatchObject({ type: 'explained', reordered: true });
  });

  test('one of them that booked another amount leaves none of them explained', () => {
    const modern = versions('modern', others);
    const wrong = versions('modern', [...others.slice(0, 200), others[200]! + 0.01, ...others.slice(201)]);
    const named = wrong.map((version, at) => ({
      ...version,
      transaction: { ...version.transaction, requestId: modern[at]!.transaction.requestId },
    }));
    const timeline = { legacy: versions('legacy', amounts), modern: named };
    expect(chainOf(timeline, 'r150', account)).toEqual({ type: 'unexplained', missing: false });
  });

  test('one that has not come yet is waited for', () => {
    const timeline = { legacy: versions('legacy', amounts), modern: versions('modern', others.slice(0, -1)) };
    expect(chainOf(timeline, 'r150', account)).toEqual({ type: 'unexplained', missing: true });
  });

  test('another one that is still under way hinders nobody, nor does what a later one did wrong count as divergence', () => {
    // r3 has not come to modern; r2 and r1 are through in both.
    const timeline = { legacy: versions('legacy', [1, 2, 3]), modern: versions('modern', [2, 1]) };
    for (const id of ['r1', 'r2'])
      expect(chainOf(timeline, id, account)).toMatchObject({
        type: 'explained',
        reordered: true,
        diverging: [],
      });
    const wrong = versions('modern', [2, 1, 4]).map((version) =>
      version.transaction.requestId === 'r4'
        ? { ...version, transaction: { ...version.transaction, requestId: 'r3' } }
        : version,
    );
    expect(chainOf({ legacy: timeline.legacy, modern: wrong }, 'r1', account)).toMatchObject({
      diverging: [],
    });
    expect(chainOf({ legacy: timeline.legacy, modern: wrong }, 'r3', account).type).toBe('unexplained');
  });

  test('the chain is the shortest one: it ends where both have done the same', () => {
    const swapped = amounts.flatMap((_, at) => (at % 2 === 0 ? [amounts[at + 1]!, amounts[at]!] : []));
    const timeline = { legacy: versions('legacy', amounts), modern: versions('modern', swapped) };
    expect(chainOf(timeline, 'r201', account)).toMatchObject({ requests: new Set(['r201', 'r202']) });
  });
});

describe('a row of which the database does not tell what it was before the first change', () => {
  const ids = [5, 7, -3];
  const order = fc.shuffledSubarray(ids, { minLength: ids.length });
  /** The first one's row before is not told. */
  const untold = ([first, ...more]: readonly Version[]): Version[] => {
    const unknown: State = new Map([...state(0, 0).keys()].map((field) => [field, { is: 'unknown' }]));
    return first === undefined
      ? []
      : [{ ...first, changes: first.changes.map((change) => ({ ...change, before: unknown })) }, ...more];
  };
  /** The same bookings, one of which adds a unit more. */
  const off = (amounts: readonly number[], wrong: number | undefined): Version[] => {
    const names = versions('modern', amounts).map(({ transaction }) => transaction.requestId);
    return versions(
      'modern',
      amounts.map((amount) => (amount === wrong ? amount + 1 : amount)),
    ).map((version, at) => ({
      ...version,
      transaction: { ...version.transaction, requestId: names[at] ?? '' },
    }));
  };

  test('in whatever order: explained, unless one added anything else', () => {
    fc.assert(
      fc.property(order, order, fc.constantFrom(undefined, ...ids), (one, other, wrong) => {
        const legacy = untold(versions('legacy', [...one, 12]));
        const modern = untold(off([...other, 12], wrong));
        const { type } = chainOf({ legacy, modern }, 'r12', account);
        expect(type).toBe(wrong === undefined ? 'explained' : 'unexplained');
      }),
      { numRuns: 300 },
    );
  });
});
