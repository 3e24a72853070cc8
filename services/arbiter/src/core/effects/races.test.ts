import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codecs } from '../../shell/codecs.ts';
import { exchange } from '../../testing/exchanges.ts';
import { BUGS, type Bug, type Order, SimulatedBank } from '../../testing/simulated-bank.ts';
import { change, databaseRules, transaction } from '../../testing/two-databases.ts';
import { outcomeOf } from '../join/settle.ts';
import { RouteLabels } from '../verdict/route.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { StateWindow } from './state-window.ts';

const ACCOUNTS = ['A', 'B', 'C'];
const account = fc.constantFrom(...ACCOUNTS);
const order: fc.Arbitrary<Order> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        from: account,
        to: account,
        amount: fc.integer({ min: 21, max: 26 }),
        fee: fc.constantFrom(0, 31, 32),
      })
      .filter(({ from, to }) => from !== to)
      .map((o) => ({ type: 'transfer' as const, ...o })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ account, status: fc.constantFrom('open', 'held', 'closed') })
      .map((o) => ({ type: 'status' as const, ...o })),
  },
);

/** Requests in flight together, and the order in which modern commits them. */
const workload = fc.array(order, { minLength: 2, maxLength: 7 }).chain((orders) =>
  fc.record({
    orders: fc.constant(orders),
    modernOrder: fc.shuffledSubarray(
      orders.map((_, at) => at),
      { minLength: orders.length },
    ),
  }),
);

interface Planted {
  readonly at: number;
  readonly bug: Bug;
}

/** Runs the orders in both universes; undefined where the bug does nothing in this place. */
function verdicts(
  { orders, modernOrder }: { orders: readonly Order[]; modernOrder: readonly number[] },
  planted?: Planted,
): Verdict[] | undefined {
  const window = new StateWindow(1);
  const [legacy, modern] = [new SimulatedBank(ACCOUNTS), new SimulatedBank(ACCOUNTS)];
  let bitten = planted === undefined;
  const idle = new Set<number>();
  orders.forEach((one, at) => {
    const changes = legacy.run(one) ?? [];
    if (changes.every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after))) idle.add(at);
    window.observe(transaction({ universe: 'legacy', lsn: at + 1, changes, request: `r${at}` }), 0);
  });
  for (const [nth, at] of modernOrder.entries()) {
    const one = orders[at] as Order;
    const bug = planted?.at === at ? planted.bug : undefined;
    const wrong = bug && modern.run(one, bug);
    if (wrong !== undefined) bitten = true;
    const changes = wrong ?? modern.run(one) ?? [];
    window.observe(transaction({ universe: 'modern', lsn: nth + 1, changes, request: `r${at}` }), 0);
  }
  // What legacy's request did not change either cannot be left undone.
  if (!bitten || (planted !== undefined && idle.has(planted.at))) return undefined;
  return orders.map((_, at) => judge(window, `r${at}`));
}

/** Of a request whose answers are equal. */
function judge(window: StateWindow, id: string): Verdict {
  const outcome = outcomeOf([exchange({ id }), exchange({ id, universe: 'modern', role: 'shadow' })]);
  const databases = { window, passed: true };
  const context = { rules: databaseRules, routes: new RouteLabels(), codecs, nowMs: 0, databases };
  return verdictOf({ requestId: id, outcome }, context);
}

describe('requests in flight together', () => {
  test('the same effects in another order are agreement or a race, never a mismatch', () => {
    let races = 0;
    fc.assert(
      fc.property(workload, (load) => {
        const all = verdicts(load) ?? [];
        races += all.filter(({ kind }) => kind === Kind.RACE).length;
        for (const verdict of all)
          expect([Kind.IDENTICAL, Kind.RACE, verdict.differences]).toContain(verdict.kind);
      }),
      { numRuns: 40 },
    );
    expect(races).toBeGreaterThan(5);
  });

  test('a booking tells the balance of its own account, not of another that happened to have that balance', () => {
    const orders: Order[] = [
      { type: 'transfer', from: 'C', to: 'B', amount: 23, fee: 31 },
      { type: 'transfer', from: 'B', to: 'A', amount: 24, fee: 0 },
      { type: 'transfer', from: 'A', to: 'B', amount: 25, fee: 0 },
    ];
    const all = verdicts({ orders, modernOrder: [2, 0, 1] }, { at: 2, bug: 'stale-balance' });
    expect(all?.[2]?.kind).toBe(Kind.MISMATCH);
  });

  test('a balance that is the same in both, and wrong in one, is not excused by another account that had it', () => {
    const orders: Order[] = [
      { type: 'transfer', from: 'C', to: 'B', amount: 21, fee: 0 },
      { type: 'transfer', from: 'B', to: 'A', amount: 21, fee: 0 },
      { type: 'transfer', from: 'A', to: 'B', amount: 21, fee: 0 },
    ];
    const all = verdicts({ orders, modernOrder: [2, 1, 0] }, { at: 2, bug: 'stale-balance' });
    expect(all?.[2]?.kind).toBe(Kind.MISMATCH);
  });

  test('in the same order nothing is a race', () => {
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 7 }), (orders) => {
        const all = verdicts({ orders, modernOrder: orders.map((_, at) => at) }) ?? [];
        expect(all.map(({ kind }) => kind)).toEqual(orders.map(() => Kind.IDENTICAL));
      }),
      { numRuns: 40 },
    );
  });

  test.each(BUGS)('%s is a mismatch of its own request, whatever else is in flight', (bug) => {
    let bitten = 0;
    fc.assert(
      fc.property(workload, fc.nat(6), (load, n) => {
        const at = n % load.orders.length;
        const all = verdicts(load, { at, bug });
        if (all === undefined) return;
        if (load.orders[at]?.type === 'status' && bug !== 'not-done') return;
        bitten += 1;
        expect(all[at]?.kind).toBe(Kind.MISMATCH);
      }),
      { numRuns: 40 },
    );
    expect(bitten).toBeGreaterThan(5);
  });
});

/** Bookings on one hot account, of which modern gets one wrong. Amounts repeat and cancel out, so that balances do, too. */
describe('on one row whose values come back', () => {
  const wrongs = {
    'does nothing': (now: number) => now,
    'loses the update before it': (_now: number, amount: number, earlier: number) => earlier + amount,
    'books the other way': (now: number, amount: number) => now - amount,
    'books twice': (now: number, amount: number) => now + 2 * amount,
  };
  const hot = fc.array(fc.constantFrom(-10, 10, -20, 20), { minLength: 2, maxLength: 5 }).chain((amounts) =>
    fc.record({
      amounts: fc.constant(amounts),
      order: fc.shuffledSubarray([...amounts.keys()], { minLength: amounts.length }),
      wrongAt: fc.nat(amounts.length - 1),
    }),
  );

  function judged(
    { amounts, order, wrongAt }: { amounts: readonly number[]; order: readonly number[]; wrongAt: number },
    wrong?: (typeof wrongs)[keyof typeof wrongs],
  ): readonly Kind[] | undefined {
    const window = new StateWindow(1);
    let bitten = wrong === undefined;
    for (const [universe, inOrder] of [
      ['legacy', [...amounts.keys()]],
      ['modern', order],
    ] as const) {
      let [now, earlier] = [1_000, 1_000];
      for (const [nth, at] of inOrder.entries()) {
        const amount = amounts[at] ?? 0;
        const right = now + amount;
        const after =
          wrong !== undefined && universe === 'modern' && at === wrongAt
            ? wrong(now, amount, earlier)
            : right;
        bitten ||= after !== right;
        const row = (balance: number) => ({ id: 'A', balance, bookings: 0, status: 'open' });
        const changes = [change('account', ['A'], row(now), row(after))];
        window.observe(transaction({ universe, lsn: nth + 1, changes, request: `r${at}` }), 0);
        [earlier, now] = [now, after];
      }
    }
    return bitten ? amounts.map((_, at) => judge(window, `r${at}`).kind) : undefined;
  }

  test.each(Object.entries(wrongs))('a request that %s is a mismatch, not a race', (_what, wrong) => {
    let bitten = 0;
    fc.assert(
      fc.property(hot, (load) => {
        const kinds = judged(load, wrong);
        if (kinds === undefined) return;
        bitten += 1;
        expect(kinds).toContain(Kind.MISMATCH);
      }),
      { numRuns: 300 },
    );
    expect(bitten).toBeGreaterThan(50);
  });

  test('and the same bookings in another order are none', () => {
    fc.assert(
      fc.property(hot, (load) => {
        expect(judged(load)).not.toContain(Kind.MISMATCH);
      }),
      { numRuns: 100 },
    );
  });
});
