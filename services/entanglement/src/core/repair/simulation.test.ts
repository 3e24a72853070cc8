import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Values } from '../mapping/entity.ts';
import { difference, sum } from '../mapping/numbers.ts';
import { randomOf } from './testing/random.ts';
import type { Fault, SimRequest } from './testing/sim-bank.ts';
import type { SimChange, SimDatabase } from './testing/sim-database.ts';
import { effectsOf } from './testing/sim-verdict.ts';
import { Simulation } from './testing/simulation.ts';

/** More with SIMULATION_RUNS, such as 2000 before a release. */
const numRuns = Number(process.env.SIMULATION_RUNS ?? 40);
const ACCOUNTS = ['a', 'b', 'c'];
const MILLION = 1_000_000;
const faults: readonly Fault[] = [
  'none',
  'none',
  'none',
  'lost',
  'amount',
  'no-entry',
  'twice',
  'half',
  'wrong-account',
  'stale',
];

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

const requestOf = (mixed: boolean, numbered: boolean) =>
  fc.record({
    kind: fc.constantFrom<SimRequest['kind']>('transfer', 'transfer', 'transfer', 'status', 'open'),
    from: fc.constantFrom(...ACCOUNTS),
    to: fc.constantFrom(...ACCOUNTS),
    amount: fc.integer({ min: 1, max: 99 }).map(String),
    authority: mixed ? fc.constantFrom('legacy' as const, 'modern' as const) : fc.constant('legacy' as const),
    fault: fc.constantFrom(...faults),
    numbered: fc.constant(numbered),
  });

const workload = (mixed: boolean, numbered: boolean) =>
  fc.array(requestOf(mixed, numbered), { minLength: 1, maxLength: 25 }).map((list) =>
    list.map(
      (each, n): SimRequest => ({
        ...each,
        id: `r${n}`,
        ...(each.from === each.to && { to: each.to === 'a' ? 'b' : 'a' }),
      }),
    ),
  );

const shown = (db: SimDatabase) => [...db.rows()].map(([id, values]) => [id, [...values].sort()]).sort();

describe('two universes, concurrent requests, bugs, lost copies and repairs in any order', () => {
  for (const crashes of [false, true]) {
    test(`legacy answers everything${crashes ? ', the reconciler dies now and then' : ''}: modern ends as legacy, and legacy is never written`, () => {
      fc.assert(
        fc.property(workload(false, true), fc.integer(), (requests, seed) => {
          const simulation = new Simulation(rows, requests, randomOf(seed), crashes);
          expect(simulation.run()).toEqual([]);
          expect(shown(simulation.db.modern)).toEqual(shown(simulation.db.legacy));
          expect(simulation.db.legacy.log.filter(({ requestId }) => requestId === '')).toEqual([]);
        }),
        { numRuns },
      );
    });

    test(`both answer${crashes ? ', the reconciler dies now and then' : ''}: both end equal, each amount that somebody was told stands there once`, () => {
      fc.assert(
        fc.property(workload(true, false), fc.integer(), (requests, seed) => {
          const simulation = new Simulation(rows, requests, randomOf(seed), crashes);
          expect(simulation.run()).toEqual([]);
          expect(shown(simulation.db.modern)).toEqual(shown(simulation.db.legacy));
          for (const account of ACCOUNTS)
            expect(money(simulation, account)).toBe(promised(simulation, requests, account));
        }),
        { numRuns },
      );
    });
  }

  for (const mixed of [false, true]) {
    test(`${mixed ? 'both answer' : 'legacy answers everything'}, and no repair has more than four rows: equal, each amount once`, () => {
      fc.assert(
        fc.property(workload(mixed, false), fc.integer(), (requests, seed) => {
          const simulation = new Simulation(rows, requests, randomOf(seed), true, { rowsMax: 4 });
          expect(simulation.run()).toEqual([]);
          expect(shown(simulation.db.modern)).toEqual(shown(simulation.db.legacy));
          for (const account of ACCOUNTS)
            expect(money(simulation, account)).toBe(promised(simulation, requests, account));
        }),
        { numRuns },
      );
    });
  }

  test('what modern answered was lost unread: none of it is taken from modern, nor from legacy what legacy answered', () => {
    // Of a million, so that it is told apart from all that may be due on the same account.
    const unread = fc.record({
      authority: fc.constantFrom('legacy' as const, 'modern' as const),
      unread: fc.boolean(),
    });
    const gap = fc.array(fc.tuple(requestOf(false, false), unread), { minLength: 2, maxLength: 25 });
    fc.assert(
      fc.property(gap, fc.integer(), fc.boolean(), (list, seed, crashes) => {
        const requests = list.map(([each, { authority, unread: isUnread }], n): SimRequest => {
          const isLost = authority === 'modern' && isUnread;
          return {
            ...each,
            id: `r${n}`,
            authority,
            unread: isUnread,
            ...(isLost && { kind: 'transfer' as const, amount: String(MILLION), fault: 'lost' as const }),
            ...(each.from === each.to && { to: each.to === 'a' ? 'b' : 'a' }),
          };
        });
        const simulation = new Simulation(rows, requests, randomOf(seed), crashes);
        const open = simulation.run();
        if (open.length > 0) expect(simulation.conflicts).toBeGreaterThan(0);
        for (const account of ACCOUNTS) {
          const balance = Number(simulation.db.modern.values('account', account)?.get('balance'));
          const due = requests.filter(
            ({ authority, unread: isUnread }) => authority === 'modern' && isUnread,
          );
          const sent = due.filter(({ from }) => from === account).length;
          const got = due.filter(({ to }) => to === account).length;
          expect([account, Math.round(balance / MILLION)]).toEqual([account, got - sent]);
        }
        for (const request of requests) {
          const db = simulation.db[request.authority];
          expect(standing(db, request)).toEqual(expect.arrayContaining(told(db, request)));
        }
      }),
      { numRuns },
    );
  });

  for (const mixed of [false, true]) {
    test(`${mixed ? 'both answer' : 'legacy answers everything'}, and verifications read rows in between: none of what they find equal by chance is taken for settled`, () => {
      let settled = 0;
      fc.assert(
        fc.property(workload(mixed, false), fc.integer(), fc.boolean(), (requests, seed, crashes) => {
          const simulation = new Simulation(rows, requests, randomOf(seed), crashes, { verifies: true });
          expect(simulation.run()).toEqual([]);
          settled += simulation.verified;
          expect(shown(simulation.db.modern)).toEqual(shown(simulation.db.legacy));
          for (const account of ACCOUNTS)
            expect(money(simulation, account)).toBe(promised(simulation, requests, account));
        }),
        { numRuns: 2 * numRuns },
      );
      expect(settled).toBeGreaterThan(0);
    });
  }

  test('both answer and number postings by themselves: equal, or a conflict is named and nothing that somebody was told is gone', () => {
    fc.assert(
      fc.property(workload(true, true), fc.integer(), (requests, seed) => {
        const simulation = new Simulation(rows, requests, randomOf(seed), false);
        const open = simulation.run();
        if (open.length === 0) expect(shown(simulation.db.modern)).toEqual(shown(simulation.db.legacy));
        else expect(simulation.conflicts).toBeGreaterThan(0);
        for (const request of requests) {
          const db = simulation.db[request.authority];
          expect(standing(db, request)).toEqual(expect.arrayContaining(told(db, request)));
        }
      }),
      { numRuns },
    );
  });
});

function money({ db }: Simulation, account: string): string | null | undefined {
  return db.legacy.values('account', account)?.get('balance');
}

/** What was there, and what each request did where it was answered. */
function promised({ db }: Simulation, requests: readonly SimRequest[], account: string): string {
  let balance = '1000';
  for (const { id, authority } of requests) {
    const effect = effectsOf(db[authority].log, id).find(
      ({ entity, key }) => entity === 'account' && key === account,
    );
    const delta = difference(text(effect?.after), text(effect?.before)) ?? '0';
    balance = sum(balance, delta) ?? balance;
  }
  return balance;
}

function text(values: Values | undefined): string {
  return values?.get('balance') ?? '0';
}

/** Amounts that the universe booked for the request. */
function told(db: SimDatabase, { id }: SimRequest): string[] {
  return effectsOf(db.log, id)
    .filter(({ entity }) => entity === 'entry')
    .map(({ after }) => String(after?.get('amount')))
    .sort();
}

/** Amounts of the request that stand there in the end. */
function standing(db: SimDatabase, { id }: SimRequest): string[] {
  return [...db.rows()]
    .filter(([row, values]) => row.startsWith('entry\n') && values.get('reference') === id)
    .map(([, values]) => String(values.get('amount')))
    .sort();
}
