import { Attribution, type StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  AFTER,
  BEFORE,
  type Booking,
  committed,
  judged,
  LONG_BEFORE,
  row,
} from '../../testing/asked-account.ts';
import { type ExchangeParts, exchange } from '../../testing/exchanges.ts';
import { change, transaction, watermark } from '../../testing/two-databases.ts';
import { lackedOf } from './lacked-requests.ts';
import type { StateWindow } from './state-window.ts';

/** What became of a request that modern booked and answered with 201 while legacy's database was away. */
interface End {
  readonly legacy?: ExchangeParts;
  readonly reason?: string;
  readonly modern?: ExchangeParts;
}
const NO_ANSWER: End = { legacy: { role: 'shadow', outcome: 'reset' }, reason: 'shadow-no-response' };
const NOT_ASKED: End = { reason: 'shadow-not-captured' };
const ERROR: End = { legacy: { role: 'shadow', status: 500 } };
const DONE: End = { legacy: { role: 'shadow', status: 201 } };

const ended = (requestId: string, { legacy, modern = {}, reason = '' }: End, startedAtMs = BEFORE) => ({
  requestId,
  migration: 'm',
  legacy: legacy && exchange({ ...legacy, id: requestId, startedAtMs }),
  modern: exchange({ status: 201, ...modern, id: requestId, universe: 'modern', startedAtMs }),
  lostReason: reason,
});
const lacking =
  (ends: Readonly<Record<string, End>>) =>
  (window: StateWindow): void => {
    for (const [id, end] of Object.entries(ends)) window.lacked.note(ended(id, end));
  };

/** A repair of Chronos' own, in legacy. */
const repaired = (from: number, to: number, committedMs: number, lsn: number) =>
  transaction({
    universe: 'legacy',
    lsn,
    changes: [change('account', ['A'], row(from), row(to))],
    committedMs,
    attribution: Attribution.REPAIR,
  });

interface Case {
  readonly legacy: readonly Booking[];
  readonly modern: readonly Booking[];
  readonly answers: readonly [legacy: string, modern: string];
  readonly lost?: Readonly<Record<string, End>>;
  readonly more?: readonly StateUpdate[];
  readonly wrong?: Readonly<Record<string, number>>;
}

const judge = ({ legacy, modern, answers, lost = { r: NO_ANSWER }, more = [], wrong }: Case) =>
  judged(
    [...committed('legacy', legacy), ...committed('modern', modern, wrong), ...more],
    answers,
    'read',
    '{"id":"A"}',
    undefined,
    lacking(lost),
  );
const kind = (of: Case) => Kind[judge(of).verdict.kind];

const w: Booking = ['w', LONG_BEFORE, 5];
const RACES: Readonly<Record<string, Case>> = {
  'legacy did not answer, and has not changed the row since': {
    legacy: [],
    modern: [['r', BEFORE, 10]],
    answers: ['100', '110'],
  },
  'no copy was made for legacy': {
    legacy: [w],
    modern: [w, ['r', BEFORE, 10]],
    answers: ['105', '115'],
    lost: { r: NOT_ASKED },
  },
  'several, with one that both did in between': {
    legacy: [['w', LONG_BEFORE, 5]],
    modern: [
      ['q', LONG_BEFORE, 3],
      ['w', LONG_BEFORE + 1, 5],
      ['r', BEFORE, 10],
    ],
    answers: ['105', '118'],
    lost: { q: NO_ANSWER, r: NOT_ASKED },
  },
  'the repair is written after the read': {
    legacy: [],
    modern: [['r', BEFORE, 10]],
    more: [repaired(100, 110, AFTER, 9)],
    answers: ['100', '110'],
  },
  'one is repaired, the next is not yet': {
    legacy: [],
    modern: [
      ['q', LONG_BEFORE, 3],
      ['r', BEFORE, 10],
    ],
    more: [repaired(100, 103, BEFORE, 9)],
    answers: ['103', '113'],
    lost: { q: NO_ANSWER, r: NO_ANSWER },
  },
  'legacy is behind with another one that it does later': {
    legacy: [['v', AFTER, 7]],
    modern: [
      ['r', LONG_BEFORE, 10],
      ['v', BEFORE, 7],
    ],
    answers: ['100', '117'],
  },
};

describe('a read of what legacy lacks, for its own failure, until it is repaired', () => {
  test.each(Object.entries(RACES))('%s: a race', (_name, told) => {
    const { verdict, maySettle } = judge(told);
    expect(Kind[verdict.kind]).toBe('RACE');
    expect(maySettle).toBe(false);
    expect(verdict.effectsExplanation).toMatch(/account \["A"\] lacks in legacy .* request [rq]/);
  });

  test.each(Object.entries(RACES))('%s: a cent off in either answer is a mismatch', (_name, told) => {
    const [legacy, modern] = told.answers;
    expect(kind({ ...told, answers: [`${legacy}.01`, modern] })).toBe('MISMATCH');
    expect(kind({ ...told, answers: [legacy, `${modern}.01`] })).toBe('MISMATCH');
  });

  test.each(Object.entries(RACES))(
    '%s: where legacy is not known to have failed, a mismatch',
    (_name, told) => {
      expect(kind({ ...told, lost: {} })).toBe('MISMATCH');
    },
  );

  test('a booking that answers the balance after it is held against what legacy had without the lacked one', () => {
    const own: Booking = ['own', 1_001, 20];
    const modern = committed('modern', [['r', BEFORE, 10], own]);
    const updates = [...committed('legacy', [own]), ...modern];
    const told = (answers: readonly [string, string]) =>
      Kind[judged(updates, answers, 'own', '{"id":"A"}', undefined, lacking({ r: NO_ANSWER })).verdict.kind];
    expect(told(['120', '130'])).toBe('RACE');
    expect(told(['120', '120'])).toBe('IDENTICAL');
    expect(told(['120', '131'])).toBe('MISMATCH');
  });
});

const BUGS: Readonly<Record<string, Case>> = {
  'a stale read of modern: it answers what it held before the lacked one': {
    legacy: [w],
    modern: [w, ['r', BEFORE, 10]],
    answers: ['100', '105'],
  },
  'a stale read of legacy: the repair had been written': {
    legacy: [],
    modern: [['r', LONG_BEFORE, 10]],
    more: [repaired(100, 110, BEFORE, 9)],
    answers: ['100', '110'],
  },
  'legacy answers what it never held': {
    legacy: [],
    modern: [['r', BEFORE, 10]],
    answers: ['99', '110'],
  },
  'modern lost a booking that both should have done': {
    legacy: [['w', LONG_BEFORE, 5]],
    modern: [['r', BEFORE, 10]],
    answers: ['105', '110'],
  },
  'modern did one more that legacy could have done': {
    legacy: [],
    modern: [
      ['r', LONG_BEFORE, 10],
      ['x', BEFORE, 7],
    ],
    answers: ['100', '117'],
  },
  'modern has a cent too much of one that both did': {
    legacy: [w],
    modern: [
      ['r', LONG_BEFORE, 10],
      ['w', BEFORE, 5],
    ],
    wrong: { w: 116 },
    answers: ['105', '116'],
  },
  'modern had more than legacy before the lacked one, as much as legacy gets later': {
    legacy: [],
    modern: [['r', BEFORE, 10]],
    more: [
      transaction({
        universe: 'legacy',
        lsn: 1,
        changes: [change('account', ['A'], row(90), row(100))],
        request: 'x',
        committedMs: AFTER,
      }),
    ],
    answers: ['90', '110'],
  },
  "the lacked one overwrote another request's update": {
    legacy: [w],
    modern: [w, ['r', BEFORE, 10]],
    more: [],
    wrong: { w: 100 },
    answers: ['105', '110'],
  },
};

describe('what stays a mismatch though legacy lacks a request', () => {
  test.each(Object.entries(BUGS))('%s', (_name, told) => {
    expect(kind(told)).toBe('MISMATCH');
  });

  test('a transaction that is only inferred to be the lacked one', () => {
    const changes = [change('account', ['A'], row(100), row(110))];
    const inferred = (attribution: Attribution) => [
      transaction({ universe: 'modern', lsn: 1, changes, request: 'r', committedMs: BEFORE, attribution }),
    ];
    const told = (attribution: Attribution) =>
      kind({ legacy: [], modern: [], more: inferred(attribution), answers: ['100', '110'] });
    expect(told(Attribution.COMMENT)).toBe('RACE');
    expect(told(Attribution.INFERRED)).toBe('MISMATCH');
  });

  test('a row that legacy would have to have, which modern alone has made', () => {
    const changes = [change('account', ['A'], undefined, row(110))];
    const made = transaction({ universe: 'modern', lsn: 1, changes, request: 'r', committedMs: BEFORE });
    expect(kind({ legacy: [], modern: [], more: [made], answers: ['100', '110'] })).toBe('MISMATCH');
  });
});

describe('an error that legacy answered itself', () => {
  const read = (marks: readonly number[]) =>
    kind({
      legacy: [],
      modern: [['r', BEFORE, 10]],
      answers: ['100', '110'],
      lost: { r: ERROR },
      more: marks.map((ms) => watermark('legacy', ms)),
    });

  test('while its database took no heartbeat, and shortly after, it is an outage: a race', () => {
    expect(read([-3_000, 900])).toBe('RACE');
    expect(read([-5_000, -1_000, 0])).toBe('RACE');
  });

  test('beside a database that is there it may be a refusal: a mismatch', () => {
    expect(read([-1_000, 0, 900, 1_900])).toBe('MISMATCH');
    expect(read([-9_000, -2_000, 0, 900])).toBe('MISMATCH');
    expect(read([900, 4_000])).toBe('MISMATCH');
    expect(read([])).toBe('MISMATCH');
  });
});

test.each<[string, End, boolean]>([
  ['legacy did not answer its copy', NO_ANSWER, true],
  ['legacy did not answer the client', { legacy: { outcome: 'reset' }, reason: 'legacy-no-answer' }, true],
  ['no copy was made', NOT_ASKED, true],
  ['legacy answered an error', ERROR, true],
  ['legacy did it', DONE, false],
  ['legacy refused it by an answer', { legacy: { role: 'shadow', status: 409 } }, false],
  ['modern failed as well', { ...ERROR, modern: { status: 500 } }, false],
  [
    'modern did not answer either',
    { ...NO_ANSWER, reason: 'no-answer', modern: { outcome: 'reset' } },
    false,
  ],
  [
    "the client's own exchange was not seen",
    { reason: 'authority-not-captured', modern: { role: 'shadow' } },
    false,
  ],
  ['it is not known why legacy has no exchange', { reason: 'join-overflow' }, false],
])('%s: lacked %#', (_name, end, isLacked) => {
  expect(lackedOf(ended('r', end)) !== undefined).toBe(isLacked);
});

describe('memory', () => {
  const read = (window: StateWindow) => window.timeline('m', 'account', '["A"]');
  const world = (forgetMs: number) => {
    let seen: StateWindow | undefined;
    const updates = committed('modern', [['r', BEFORE, 10]]);
    const { verdict } = judged(updates, ['100', '110'], 'read', '{"id":"A"}', undefined, (window) => {
      lacking({ r: NO_ANSWER })(window);
      window.forget('m', forgetMs);
      seen = window;
    });
    return { kind: Kind[verdict.kind], versions: seen && read(seen).modern.length };
  };

  test('what legacy lacks is kept beyond the rest, for ten minutes; what was forgotten explains nothing', () => {
    expect(world(AFTER + 500_000)).toEqual({ kind: 'RACE', versions: 1 });
    expect(world(AFTER + 700_000)).toEqual({ kind: 'MISMATCH', versions: 0 });
  });
});

describe('whatever was lost when', () => {
  const bookings = fc.array(
    fc.record({
      amount: fc.constantFrom(-10, 10, 7, 3),
      isLost: fc.boolean(),
      lag: fc.integer({ min: 0, max: 600 }),
    }),
    { minLength: 1, maxLength: 6 },
  );

  test('each that answers what it held is no mismatch; any other answer, or one that nothing tells to be lost, is', () => {
    let races = 0;
    fc.assert(
      fc.property(bookings, fc.constantFrom(-3, -1, 1, 4), (all, off) => {
        const modern = all.map(({ amount }, at): Booking => [`r${at}`, 700 + 40 * at, amount]);
        const legacy = all
          .flatMap(({ amount, isLost, lag }, at): Booking[] =>
            isLost ? [] : [[`r${at}`, 700 + 40 * at + lag, amount]],
          )
          .sort(([, a], [, b]) => a - b);
        const lost = Object.fromEntries(
          all.flatMap(({ isLost }, at) => (isLost ? [[`r${at}`, NO_ANSWER]] : [])),
        );
        const heldAt = (of: readonly Booking[]) =>
          of.reduce((sum, [, ms, amount]) => sum + (ms <= 1_001 ? amount : 0), 100);
        const [left, right] = [heldAt(legacy), heldAt(modern)];
        const told = kind({ legacy, modern, answers: [`${left}`, `${right}`], lost });
        expect(['IDENTICAL', 'RACE']).toContain(told);
        const held = new Set(
          [949, ...modern.map(([, ms]) => ms)].map((at) =>
            modern.reduce((sum, [, ms, amount]) => sum + (ms <= at ? amount : 0), 100),
          ),
        );
        if (right + off !== left && !held.has(right + off))
          expect(kind({ legacy, modern, answers: [`${left}`, `${right + off}`], lost })).toBe('MISMATCH');
        if (told === 'RACE' && Object.keys(lost).length > 0) {
          const without = kind({ legacy, modern, answers: [`${left}`, `${right}`], lost: {} });
          if (without === 'MISMATCH') races += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(races).toBeGreaterThan(50);
  });
});
