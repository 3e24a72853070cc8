import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sum } from '../mapping/numbers.ts';
import type { SimRequest } from './testing/sim-bank.ts';
import type { SimChange, SimDatabase } from './testing/sim-database.ts';
import { Simulation } from './testing/simulation.ts';

const numRuns = Number(process.env.SIMULATION_RUNS ?? 100);
const ACCOUNTS = ['a', 'b', 'c'];
const rows: readonly SimChange[] = ACCOUNTS.map((key) => ({
  entity: 'account',
  key,
  before: undefined,
  after: new Map([
    ['balance', '1000'],
    ['count', '0'],
    ['status', 'open'],
  ]),
}));

/** A payment, and each request for it: by which universe it is answered, and whether its copy comes. */
const payment = fc.record({
  from: fc.constantFrom(...ACCOUNTS),
  to: fc.constantFrom(...ACCOUNTS),
  amount: fc.integer({ min: 1, max: 99 }).map(String),
  asked: fc.array(
    fc.record({
      authority: fc.constantFrom('legacy' as const, 'modern' as const),
      fault: fc.constantFrom('none' as const, 'none' as const, 'lost' as const),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

const workload = fc
  .array(payment, { minLength: 1, maxLength: 8 })
  .map((payments) =>
    payments.map((each) => (each.from === each.to ? { ...each, to: each.to === 'a' ? 'b' : 'a' } : each)),
  );

type Asked = typeof workload extends fc.Arbitrary<infer T> ? T : never;

function requestsOf(payments: Asked): SimRequest[] {
  return payments.flatMap(({ asked, from, to, amount }, p) =>
    asked.map(
      (each, n): SimRequest => ({
        ...each,
        ...{ kind: 'transfer', from, to, amount, numbered: false },
        id: `p${p}-${n}`,
        payment: `p${p}`,
      }),
    ),
  );
}

function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 8) & 0xffffff) / 0x1000000;
  };
}

const shown = (db: SimDatabase) => [...db.rows()].map(([id, values]) => [id, [...values].sort()]).sort();

function promised(payments: Asked, account: string): string {
  let balance = '1000';
  for (const { from, to, amount } of payments) {
    if (from === account) balance = sum(balance, `-${amount}`) ?? balance;
    if (to === account) balance = sum(balance, amount) ?? balance;
  }
  return balance;
}

describe('requests that are asked again under the same key, each of which either universe may have done', () => {
  for (const crashes of [false, true]) {
    test(`both end equal, each payment booked once${crashes ? ', the reconciler dies now and then' : ''}`, () => {
      let recognised = 0;
      fc.assert(
        fc.property(workload, fc.integer(), (payments, seed) => {
          const simulation = new Simulation(rows, requestsOf(payments), randomOf(seed), crashes);
          expect(simulation.run()).toEqual([]);
          recognised += simulation.recognised;
          expect(shown(simulation.db.modern)).toEqual(shown(simulation.db.legacy));
          for (const account of ACCOUNTS)
            expect(simulation.db.legacy.values('account', account)?.get('balance')).toBe(
              promised(payments, account),
            );
        }),
        { numRuns },
      );
      expect(recognised).toBeGreaterThan(0);
    });
  }
});
