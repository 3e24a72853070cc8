import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import {
  AFTER,
  BEFORE,
  type Booking,
  committed,
  judged,
  kindOf,
  LONG_BEFORE,
  row,
  type Told,
} from '../../testing/asked-account.ts';
import { change, type Row, transaction } from '../../testing/two-databases.ts';

const RACES: Readonly<Record<string, Told>> = {
  'legacy books after the read what modern had booked before it': {
    legacy: [['w', AFTER, 10]],
    modern: [['w', BEFORE, 10]],
    answers: ['100', '110'],
  },
  'modern books after the read what legacy had booked before it': {
    legacy: [['w', BEFORE, 10]],
    modern: [['w', AFTER, 10]],
    answers: ['110', '100'],
  },
  'legacy is two bookings behind, and one that is done in both lies between': {
    legacy: [
      ['b', BEFORE, 5],
      ['a', AFTER, 10],
      ['c', AFTER + 1, 7],
    ],
    modern: [
      ['a', LONG_BEFORE, 10],
      ['b', LONG_BEFORE + 1, 5],
      ['c', BEFORE, 7],
    ],
    answers: ['105', '122'],
  },
  'each is ahead of the other by another booking': {
    legacy: [
      ['a', BEFORE, 10],
      ['b', AFTER, 5],
    ],
    modern: [
      ['b', BEFORE, 5],
      ['a', AFTER, 10],
    ],
    answers: ['110', '105'],
  },
  'modern had booked long before, legacy while it was asked, and answers what it had first': {
    legacy: [['w', 1_001, 10]],
    modern: [['w', LONG_BEFORE, 10]],
    answers: ['100', '110'],
  },
};

describe('a read while one universe is behind with a booking of another request', () => {
  test.each(Object.entries(RACES))('%s: a race', (_name, told) => {
    expect(kindOf(told)).toBe('RACE');
  });

  test.each(Object.entries(RACES))('%s: one cent off in either answer is a mismatch', (_name, told) => {
    const [legacy, modern] = told.answers;
    expect(kindOf({ ...told, answers: [`${legacy}.01`, modern] })).toBe('MISMATCH');
    expect(kindOf({ ...told, answers: [legacy, `${modern}.01`] })).toBe('MISMATCH');
  });

  test('it says which row, and nothing is held against modern', () => {
    const told = RACES['legacy books after the read what modern had booked before it'] as Told;
    const { verdict } = judged(
      [...committed('legacy', told.legacy), ...committed('modern', told.modern)],
      told.answers,
    );
    expect(verdict).toMatchObject({ kind: Kind.RACE, race: true, asked: false });
    expect(verdict.differences).toMatchObject([{ path: 'body.value', ruling: Ruling.RACE }]);
    expect(verdict.effectsExplanation).toContain('account ["A"]');
  });

  test('what the slower universe has not committed yet is waited for', () => {
    const ahead = committed('modern', [['w', BEFORE, 10]]);
    expect(judged(ahead, ['100', '110'])).toMatchObject({
      verdict: { kind: Kind.MISMATCH },
      maySettle: true,
    });
    const earlier = [['v', LONG_BEFORE, 3]] as const;
    const more = [
      ...committed('legacy', earlier),
      ...committed('modern', [...earlier, ['w', BEFORE, 10] as const]),
    ];
    expect(judged(more, ['103', '113']).maySettle).toBe(true);
    // Nothing that anybody still commits makes this one right.
    expect(judged(more, ['103', '114']).maySettle).toBe(false);
  });
});

describe('of a read that the proxy began before capture saw it', () => {
  // Legacy has the booking while it is asked, as the proxy tells the time; before it was asked, as capture does.
  const late = [...committed('legacy', [['w', 900, 10]]), ...committed('modern', [['w', BEFORE, 10]])];
  const kind = (begunAtMs?: number) =>
    Kind[judged(late, ['100', '110'], 'read', '{"id":"A"}', begunAtMs).verdict.kind];

  test('what was committed since then is a race', () => expect(kind(895)).toBe('RACE'));
  test('what was committed before is a stale read', () => expect(kind(960)).toBe('MISMATCH'));
  test('a proxy that does not say, or says a later time, changes nothing', () => {
    expect(kind()).toBe('MISMATCH');
    const within = [...committed('legacy', [['w', 1_001, 10]]), ...committed('modern', [['w', BEFORE, 10]])];
    expect(Kind[judged(within, ['100', '110'], 'read', '{"id":"A"}', 2_000).verdict.kind]).toBe('RACE');
  });
});

describe('where the last writer wins, in another order in each universe', () => {
  /** Both have written both long before, or modern the last one while it was asked. */
  const written = (lastMs: number) => {
    const held = (status: string): Row => ({ ...row(100), status });
    const set = (lsn: number, request: string, [from, to]: [string, string], committedMs = LONG_BEFORE) => ({
      lsn,
      request,
      committedMs,
      changes: [change('account', ['A'], held(from), held(to))],
    });
    return [
      transaction({ universe: 'legacy', ...set(1, 'a', ['open', 'held']) }),
      transaction({ universe: 'legacy', ...set(2, 'b', ['held', 'closed']) }),
      transaction({ universe: 'modern', ...set(1, 'b', ['open', 'closed']) }),
      transaction({ universe: 'modern', ...set(2, 'a', ['closed', 'held'], lastMs) }),
    ];
  };

  test('while it was asked: a race; of what was written long before, a mismatch', () => {
    expect(Kind[judged(written(1_001), ['closed', 'held']).verdict.kind]).toBe('RACE');
    expect(Kind[judged(written(LONG_BEFORE), ['closed', 'held']).verdict.kind]).toBe('MISMATCH');
  });
});

test('a row is known by a key of several parts, each of which the request names', () => {
  const booking = (text: number): Row => ({
    account: 'A',
    number: 7,
    amount: text,
    balance_after: 6,
    text: '',
  });
  const parts = { lsn: 1, request: 'w', changes: [change('booking', ['A', 7], booking(1), booking(2))] };
  const updates = [
    transaction({ universe: 'legacy', ...parts, committedMs: AFTER }),
    transaction({ universe: 'modern', ...parts, committedMs: BEFORE }),
  ];
  expect(Kind[judged(updates, ['1', '2'], 'read', '{"id":"A","number":7}').verdict.kind]).toBe('RACE');
  expect(Kind[judged(updates, ['1', '2'], 'read', '{"id":"A","number":8}').verdict.kind]).toBe('MISMATCH');
});

test('a row that the request does not name explains nothing, though it was changed meanwhile and held just what was answered', () => {
  const changes = [change('account', ['B'], { ...row(100), id: 'B' }, { ...row(110), id: 'B' })];
  const updates = [
    transaction({ universe: 'legacy', lsn: 1, request: 'w', changes, committedMs: AFTER }),
    transaction({ universe: 'modern', lsn: 1, request: 'w', changes, committedMs: 1_001 }),
  ];
  expect(Kind[judged(updates, ['100', '110']).verdict.kind]).toBe('MISMATCH');
});

/** Each with what modern has wrong in its database, if anything. */
const BUGS: Readonly<Record<string, Told & { readonly wrong?: Readonly<Record<string, number>> }>> = {
  'a stale read: modern had committed the booking before it was asked, and answers what was there before': {
    legacy: [['w', BEFORE, 10]],
    modern: [['w', BEFORE, 10]],
    answers: ['110', '100'],
  },
  'a stale read, and legacy is behind with another booking': {
    legacy: [
      ['a', BEFORE, 10],
      ['b', AFTER, 5],
    ],
    modern: [
      ['a', LONG_BEFORE, 10],
      ['b', BEFORE, 5],
    ],
    answers: ['110', '100'],
  },
  'a stale read in legacy': {
    legacy: [['w', BEFORE, 10]],
    modern: [['w', BEFORE, 10]],
    answers: ['100', '110'],
  },
  'a read of what modern commits only later': {
    legacy: [['w', BEFORE, 10]],
    modern: [['w', AFTER, 10]],
    answers: ['100', '110'],
  },
  'modern booked one more than legacy does later': {
    legacy: [['w', AFTER, 10]],
    modern: [['w', BEFORE, 10]],
    wrong: { w: 111 },
    answers: ['100', '111'],
  },
  'modern lost a booking that another one overwrote': {
    legacy: [
      ['a', BEFORE, 10],
      ['b', AFTER, 5],
    ],
    modern: [
      ['a', LONG_BEFORE, 10],
      ['b', BEFORE, 5],
    ],
    wrong: { b: 105 },
    answers: ['110', '105'],
  },
  'modern never does what legacy had done': {
    legacy: [
      ['a', LONG_BEFORE, 10],
      ['b', BEFORE, 5],
    ],
    modern: [['a', LONG_BEFORE, 10]],
    answers: ['115', '110'],
  },
  'modern books twice what legacy books once': {
    legacy: [['w', AFTER, 10]],
    modern: [
      ['w', LONG_BEFORE, 10],
      ['w', BEFORE, 10],
    ],
    answers: ['100', '120'],
  },
  'modern books for another request than legacy, by as much': {
    legacy: [['v', AFTER, 10]],
    modern: [['w', BEFORE, 10]],
    answers: ['100', '110'],
  },
};

describe('what stays a mismatch, however far the universes are apart', () => {
  test.each(Object.entries(BUGS))('%s', (_name, { wrong, ...told }) => {
    expect(kindOf(told, wrong)).toBe('MISMATCH');
  });

  test('a row of which a change is not known', () => {
    const [v] = committed('legacy', [['v', LONG_BEFORE, 10]]);
    // What took 50 away from legacy's row in between was never told.
    const changes = [change('account', ['A'], row(60), row(65))];
    const updates = [
      ...(v ? [v] : []),
      transaction({ universe: 'legacy', lsn: 2, request: 'w', changes, committedMs: AFTER }),
      transaction({ universe: 'modern', lsn: 1, request: 'w', changes, committedMs: BEFORE }),
    ];
    expect(Kind[judged(updates, ['110', '65']).verdict.kind]).toBe('MISMATCH');
  });

  test('what Chronos itself wrote into a row in between explains nothing', () => {
    const fixed = [change('account', ['A'], row(100), row(110))];
    const updates = [
      ...committed('legacy', [['w', BEFORE, 10]]),
      transaction({
        universe: 'modern',
        lsn: 1,
        changes: fixed,
        committedMs: AFTER,
        attribution: Attribution.REPAIR,
      }),
    ];
    expect(Kind[judged(updates, ['110', '100']).verdict.kind]).toBe('MISMATCH');
  });
});

describe('a booking that answers the balance after it', () => {
  const own = (at: number): Booking => ['own', at, 20];

  test('legacy is behind with an earlier one: a race', () => {
    const legacy = committed('legacy', [own(1_001), ['w', AFTER, 10]]);
    const modern = committed('modern', [['w', BEFORE, 10], own(1_001)]);
    expect(Kind[judged([...legacy, ...modern], ['120', '130'], 'own').verdict.kind]).toBe('RACE');
  });

  test('a balance without the earlier one, which modern had already, is a mismatch', () => {
    const legacy = committed('legacy', [['w', BEFORE, 10], own(1_001)]);
    const modern = committed('modern', [['w', BEFORE, 10], own(1_001)]);
    expect(Kind[judged([...legacy, ...modern], ['130', '120'], 'own').verdict.kind]).toBe('MISMATCH');
  });
});
