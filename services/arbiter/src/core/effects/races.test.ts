import type { EntityChange } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codecs } from '../../shell/codecs.ts';
import { exchange } from '../../testing/exchanges.ts';
import { BUGS, type Bug, type Order, SimulatedBank } from '../../testing/simulated-bank.ts';
import { databaseRules, transaction } from '../../testing/two-databases.ts';
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
  const left: (string | undefined)[] = [];
  orders.forEach((one, at) => {
    const changes = legacy.run(one) ?? [];
    if (changes.every(({ before, after }) => JSON.stringify(before) === JSON.stringify(after))) idle.add(at);
    left.push(balanceLeft(changes));
    window.observe(transaction({ universe: 'legacy', lsn: at + 1, changes, request: `r${at}` }), 0);
  });
  for (const [nth, at] of modernOrder.entries()) {
    const one = orders[at] as Order;
    const bug = planted?.at === at ? planted.bug : undefined;
    const wrong = bug && modern.run(one, bug);
    // A lost update that happens to leave just what legacy left is what setting the balance leaves: nobody can tell.
    if (wrong !== undefined) bitten = bug !== 'lost-update' || balanceLeft(wrong) !== left[at];
    const changes = wrong ?? modern.run(one) ?? [];
    window.observe(transaction({ universe: 'modern', lsn: nth + 1, changes, request: `r${at}` }), 0);
  }
  // What legacy's request did not change either cannot be left undone.
  if (!bitten || (planted !== undefined && idle.has(planted.at))) return undefined;
  const databases = { window, passed: true };
  return orders.map((_, at) => {
    const id = `r${at}`;
    const outcome = outcomeOf([exchange({ id }), exchange({ id, universe: 'modern', role: 'shadow' })]);
    const context = { rules: databaseRules, routes: new RouteLabels(), codecs, nowMs: 0, databases };
    return verdictOf({ requestId: id, outcome }, context);
  });
}

/** What an order leaves on the first account that it books on. */
function balanceLeft(changes: readonly EntityChange[]): string | undefined {
  return changes[0]?.after?.fields.find(({ name }) => name === 'balance')?.value.value?.toString();
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
