import { Attribution, type StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codecs } from '../../shell/codecs.ts';
import { row } from '../../testing/asked-account.ts';
import { type ExchangeParts, exchange, type HeaderPairs } from '../../testing/exchanges.ts';
import { change, databaseRules, transaction, watermark } from '../../testing/two-databases.ts';
import { StateWindow } from '../effects/state-window.ts';
import type { UniverseName } from '../effects/transaction.ts';
import { outcomeOf } from '../join/settle.ts';
import { RouteLabels } from './route.ts';
import { judgeRequest } from './verdict.ts';

/** What one universe did of a sending: from when to when, what it answered (undefined: nothing), and what it booked when. */
interface Part {
  readonly at: readonly [fromMs: number, toMs: number];
  readonly answer?: string | undefined;
  readonly books?: readonly [committedMs: number, amount: number] | undefined;
}
interface Sending {
  readonly legacy: Part;
  readonly modern: Part;
  readonly headers?: HeaderPairs;
  readonly body?: string;
  readonly method?: string;
}
type World = Readonly<Record<string, Sending>>;

const FIRST = [1_000, 1_050] as const;
const SLOW = [1_000, 1_400] as const;
const AGAIN = [1_100, 1_150] as const;
const BOOKED = 'booked';
const KNOWN = 'known';
const booked = (at: Part['at'], committedMs: number, amount = 10): Part => ({
  at,
  answer: BOOKED,
  books: [committedMs, amount],
});
const known = (at: Part['at']): Part => ({ at, answer: KNOWN });
/** It was booked, and the answer was lost. */
const unanswered = (part: Part): Part => ({ ...part, answer: undefined });

const statusOf = (answer: string) => (answer === BOOKED ? 201 : 200);
const KEY: HeaderPairs = [['idempotency-key', 'k-1']];

function halves(
  id: string,
  { legacy, modern, headers = [], body = '{"id":"A","amount":10}', method = 'POST' }: Sending,
) {
  const part = ({ at, answer }: Part): ExchangeParts => ({
    id,
    method,
    path: '/pay',
    requestHeaders: [['content-type', 'application/json'], ...KEY, ...headers],
    requestBody: body,
    startedAtMs: at[0],
    durationMs: at[1] - at[0],
    ...(answer === undefined
      ? { outcome: 'reset' }
      : { status: statusOf(answer), body: `{"status":"${answer}"}` }),
  });
  return [exchange({ ...part(legacy), role: 'shadow' }), exchange({ ...part(modern), universe: 'modern' })];
}

/** All bookings on account A, which had 100, in the order of their commits. */
function updates(universe: UniverseName, world: World, attribution?: Attribution): StateUpdate[] {
  let now = 100;
  return Object.entries(world)
    .flatMap(([request, sending]) => {
      const { books } = sending[universe];
      return books === undefined ? [] : [{ request, committedMs: books[0], amount: books[1] }];
    })
    .sort((a, b) => a.committedMs - b.committedMs)
    .map(({ request, committedMs, amount }, at) => {
      const changes = [change('account', ['A'], row(now), row(now + amount))];
      now += amount;
      const parts = { universe, lsn: at + 1, request, committedMs, changes };
      return transaction({ ...parts, ...(attribution !== undefined && { attribution }) });
    });
}

interface How {
  readonly attribution?: Attribution;
  readonly unseen?: readonly string[];
  readonly unended?: readonly string[];
  readonly passedMs?: number;
  readonly more?: readonly StateUpdate[];
}

function judged(
  world: World,
  id: string,
  { attribution, unseen = [], unended = [], passedMs = 9_000, more = [] }: How = {},
) {
  const window = new StateWindow(1);
  const all = [...updates('legacy', world), ...updates('modern', world, attribution), ...more];
  for (const update of all) window.observe(update, 0);
  for (const universe of ['legacy', 'modern'] as const) window.observe(watermark(universe, passedMs, 99), 0);
  for (const [name, sending] of Object.entries(world)) {
    const both = halves(name, sending);
    if (unseen.includes(name)) continue;
    for (const half of both) window.alike.saw(half);
    if (!unended.includes(name)) window.alike.ended(name, both[0], both[1]);
  }
  const databases = { window, passed: true };
  const context = { rules: databaseRules, routes: new RouteLabels(), codecs, nowMs: 9, databases };
  const sending = world[id] as Sending;
  return judgeRequest({ requestId: id, outcome: outcomeOf(halves(id, sending)) }, context);
}
const kinds = (world: World, how?: How) =>
  Object.keys(world).map((id) => Kind[judged(world, id, how).verdict.kind]);

/** Legacy's copy of the first is slow, so it is the second that legacy books. */
const SWAPPED: World = {
  a: { legacy: known(SLOW), modern: booked(FIRST, 1_020) },
  b: { legacy: booked(AGAIN, 1_120), modern: known(AGAIN) },
};
const LOST_ANSWER: World = {
  a: { legacy: known(SLOW), modern: unanswered(booked(FIRST, 1_020)) },
  b: { legacy: booked(AGAIN, 1_120), modern: known(AGAIN) },
};

const RACES: readonly [string, World][] = [
  ["legacy's first copy is slow", SWAPPED],
  [
    "modern's is",
    {
      a: { legacy: booked(FIRST, 1_020), modern: known(SLOW) },
      b: { legacy: known(AGAIN), modern: booked(AGAIN, 1_120) },
    },
  ],
  ['sent three times', { ...SWAPPED, c: { legacy: known([1_200, 1_250]), modern: known([1_200, 1_250]) } }],
  [
    'what names and traces each sending does not count',
    {
      a: {
        ...(SWAPPED.a as Sending),
        headers: [
          ['x-request-id', '1'],
          ['traceparent', 't1'],
          ['x-envoy-attempt-count', '1'],
        ],
      },
      b: {
        ...(SWAPPED.b as Sending),
        headers: [
          ['x-request-id', '2'],
          ['traceparent', 't2'],
          ['x-chronos-request-id', '2'],
        ],
      },
    },
  ],
];

describe('a client asks the same again while a universe is still at work on it', () => {
  test.each(RACES)('%s: each is a race', (_name, world) => {
    expect(kinds(world).filter((kind) => kind !== 'IDENTICAL' || !('c' in world))).toEqual(
      Object.keys(world)
        .filter((id) => id !== 'c')
        .map(() => 'RACE'),
    );
  });

  test('it says of which, and nothing is held against modern', () => {
    const { verdict, maySettle } = judged(SWAPPED, 'b');
    expect(verdict).toMatchObject({ kind: Kind.RACE, race: true, asked: false });
    expect(maySettle).toBe(false);
    expect(verdict.differences.map(({ ruling }) => ruling)).not.toContain(Ruling.BUG);
    expect(verdict.effects.map(({ ruling }) => ruling)).toEqual([Ruling.RACE]);
    expect(verdict.effectsExplanation).toContain('(a)');
  });

  test("the client's lost answer stays lost, and proves nothing; the one that came is what legacy answered", () => {
    const { verdict } = judged(LOST_ANSWER, 'a');
    expect(verdict).toMatchObject({ kind: Kind.LOST, lostReason: 'modern-cut-off', differences: [] });
    expect(kinds(LOST_ANSWER)).toEqual(['LOST', 'RACE']);
    expect(judged(LOST_ANSWER, 'b').verdict.effectsExplanation).toContain('was lost');
  });

  test('it waits for the other one, and for what that did', () => {
    const waits = (how: How) => {
      const { verdict, maySettle } = judged(SWAPPED, 'b', how);
      return [Kind[verdict.kind], maySettle];
    };
    expect(waits({ unended: ['a'] })).toEqual(['MISMATCH', true]);
    expect(waits({ passedMs: 1_300 })).toEqual(['MISMATCH', true]);
    expect(waits({})).toEqual(['RACE', false]);
  });
});

const BUGS: readonly [string, World, How?][] = [
  [
    'modern books both',
    {
      a: { legacy: known(SLOW), modern: booked(FIRST, 1_020) },
      b: { legacy: booked(AGAIN, 1_120), modern: { ...known(AGAIN), books: [1_130, 10] } },
    },
  ],
  [
    'modern answers both as booked',
    {
      a: { legacy: known(SLOW), modern: booked(FIRST, 1_020) },
      b: { legacy: booked(AGAIN, 1_120), modern: { at: AGAIN, answer: BOOKED } },
    },
  ],
  [
    'modern answers both as booked, and books both',
    {
      a: { legacy: known(SLOW), modern: booked(FIRST, 1_020) },
      b: { legacy: booked(AGAIN, 1_120), modern: booked(AGAIN, 1_130) },
    },
  ],
  [
    'modern books a cent more',
    {
      a: { legacy: known(SLOW), modern: booked(FIRST, 1_020, 10.01) },
      b: { legacy: booked(AGAIN, 1_120), modern: known(AGAIN) },
    },
  ],
  [
    'modern books neither',
    {
      a: { legacy: known(SLOW), modern: { at: FIRST, answer: BOOKED } },
      b: { legacy: booked(AGAIN, 1_120), modern: known(AGAIN) },
    },
  ],
  [
    'modern answers something else',
    {
      a: { legacy: known(SLOW), modern: booked(FIRST, 1_020) },
      b: { legacy: booked(AGAIN, 1_120), modern: { at: AGAIN, answer: 'unknown' } },
    },
  ],
  [
    'modern says known before anything was booked',
    {
      a: { legacy: booked(SLOW, 1_020), modern: known(FIRST) },
      b: { legacy: known(AGAIN), modern: booked(AGAIN, 1_120) },
    },
  ],
  [
    'the first had ended in both universes',
    {
      a: { legacy: known(FIRST), modern: booked(FIRST, 1_020) },
      b: { legacy: booked(AGAIN, 1_120), modern: known(AGAIN) },
    },
  ],
  [
    'another idempotency key',
    { ...SWAPPED, b: { ...(SWAPPED.b as Sending), headers: [['idempotency-key', 'k-2']] } },
  ],
  ['another amount', { ...SWAPPED, b: { ...(SWAPPED.b as Sending), body: '{"id":"A","amount":11}' } }],
  ['another customer', { ...SWAPPED, b: { ...(SWAPPED.b as Sending), headers: [['x-customer', '7']] } }],
  [
    'of what changes nothing by its method',
    { a: { ...(SWAPPED.a as Sending), method: 'GET' }, b: { ...(SWAPPED.b as Sending), method: 'GET' } },
  ],
  [
    'nobody did anything',
    {
      a: { legacy: known(SLOW), modern: { at: FIRST, answer: BOOKED } },
      b: { legacy: { at: AGAIN, answer: BOOKED }, modern: known(AGAIN) },
    },
  ],
  [
    'one answer of legacy is not held against two of modern',
    { ...SWAPPED, c: { legacy: known([1_200, 1_250]), modern: { at: [1_200, 1_250], answer: 'unknown' } } },
  ],
  [
    'they were never under way together',
    {
      a: { legacy: known([1_200, 1_250]), modern: booked(FIRST, 1_020) },
      b: { legacy: booked(AGAIN, 1_120), modern: known(AGAIN) },
    },
  ],
  ['what modern did is only inferred', SWAPPED, { attribution: Attribution.INFERRED }],
  ['the other one was forgotten', SWAPPED, { unseen: ['a'] }],
];

describe('what stays a mismatch', () => {
  test.each(BUGS.map(([name, world, how = {}]) => [name, world, how] as const))('%s', (_name, world, how) => {
    expect(kinds(world, how)).toContain('MISMATCH');
    expect(kinds(world, how)).not.toContain('RACE');
  });

  test("an answer of modern's that legacy's lost one may have been proves nothing", () => {
    const world: World = { ...SWAPPED, a: { legacy: unanswered(known(SLOW)), modern: booked(FIRST, 1_020) } };
    expect(Kind[judged(world, 'b').verdict.kind]).toBe('MISMATCH');
  });

  test('of one that changed more rows than are kept nothing is known', () => {
    const changes = Array.from({ length: 5_001 }, () => change('account', ['B'], row(1), row(2)));
    const more = [transaction({ universe: 'modern', lsn: 7, request: 'a', committedMs: 1_030, changes })];
    expect(Kind[judged(SWAPPED, 'b', { more }).verdict.kind]).toBe('MISMATCH');
  });

  test('two that both do something are matched by the order of their commits', () => {
    const counted = (first: string, second: string): World => ({
      a: {
        legacy: { ...booked(SLOW, 1_300), answer: '2' },
        modern: { ...booked(FIRST, 1_020), answer: first },
      },
      b: {
        legacy: { ...booked(AGAIN, 1_120), answer: '1' },
        modern: { ...booked(AGAIN, 1_130), answer: second },
      },
    });
    expect(kinds(counted('1', '2'))).toEqual(['RACE', 'RACE']);
    expect(kinds(counted('2', '2'))).toContain('MISMATCH');
    expect(kinds(counted('1', '1'))).toContain('MISMATCH');
    const backwards: World = {
      a: { legacy: { ...booked(SLOW, 1_020), answer: '1' }, modern: { ...booked(SLOW, 1_020), answer: '2' } },
      b: {
        legacy: { ...booked(AGAIN, 1_120), answer: '2' },
        modern: { ...booked(AGAIN, 1_130), answer: '1' },
      },
    };
    expect(kinds(backwards)).toEqual(['MISMATCH', 'MISMATCH']);
  });

  test('seven at once are not looked into', () => {
    const more = Object.fromEntries(
      ['c', 'd', 'e', 'f'].map((id): [string, Sending] => [
        id,
        { legacy: known(AGAIN), modern: known(AGAIN) },
      ]),
    );
    expect(Kind[judged({ ...SWAPPED, ...more }, 'b').verdict.kind]).toBe('RACE');
    const seven = { ...SWAPPED, ...more, g: { legacy: known(AGAIN), modern: known(AGAIN) } };
    expect(Kind[judged(seven, 'b').verdict.kind]).toBe('MISMATCH');
  });
});

describe('a read while legacy has not yet done what modern did for the other sending', () => {
  const read = (world: World, answers: readonly [string, string]) => {
    const window = new StateWindow(1);
    for (const update of [...updates('legacy', world), ...updates('modern', world)])
      window.observe(update, 0);
    for (const [name, sending] of Object.entries(world)) {
      const both = halves(name, sending);
      for (const half of both) window.alike.saw(half);
      window.alike.ended(name, both[0], both[1]);
    }
    const [legacy, modern] = answers.map(
      (value): ExchangeParts => ({
        id: 'read',
        startedAtMs: 1_160,
        requestHeaders: [['content-type', 'application/json']],
        requestBody: '{"id":"A"}',
        body: `{"value":"${value}"}`,
      }),
    );
    const both = [exchange({ ...legacy, role: 'shadow' }), exchange({ ...modern, universe: 'modern' })];
    const context = { rules: databaseRules, routes: new RouteLabels(), codecs, nowMs: 9 };
    const databases = { window, passed: true };
    return Kind[
      judgeRequest({ requestId: 'read', outcome: outcomeOf(both) }, { ...context, databases }).verdict.kind
    ];
  };
  const late: World = {
    a: { legacy: known(SLOW), modern: booked(FIRST, 1_020) },
    b: { legacy: booked([1_100, 1_500], 1_480), modern: known(AGAIN) },
  };

  test('is a race, unless modern has booked it twice', () => {
    expect(read(late, ['100', '110'])).toBe('RACE');
    expect(read(late, ['100', '111'])).toBe('MISMATCH');
    // Of another request, which legacy does later: the two sendings are one deed on the way to it.
    const among: World = {
      a: { legacy: known(SLOW), modern: booked(FIRST, 1_020) },
      b: { legacy: booked(AGAIN, 1_105), modern: known(AGAIN) },
      x: { legacy: booked(SLOW, 1_480, 7), modern: booked(FIRST, 1_010, 7), body: '{"id":"A","amount":7}' },
    };
    expect(read(among, ['110', '117'])).toBe('RACE');
    expect(read(among, ['110', '118'])).toBe('MISMATCH');
    const twice = {
      ...late,
      b: { ...(late.b as Sending), modern: { ...known(AGAIN), books: [1_060, 10] as const } },
    };
    expect(read(twice, ['100', '120'])).toBe('MISMATCH');
  });
});

test('whoever is slow, two sendings of one payment that is booked once are no mismatch; with a second booking of modern they are', () => {
  let races = 0;
  const time = fc.record({
    gap: fc.integer({ min: 1, max: 300 }),
    first: fc.integer({ min: 5, max: 600 }),
    second: fc.integer({ min: 5, max: 600 }),
    at: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.record({ legacy: time, modern: time }), fc.boolean(), ({ legacy, modern }, isDoubled) => {
      /** Each universe books whichever reaches the commit first, as a unique key has it. */
      const parts = (
        { first, second, at }: typeof legacy,
        gap: number,
        doubled: boolean,
      ): readonly [Part, Part] => {
        const spans = [
          [1_000, 1_000 + first],
          [1_000 + gap, 1_000 + gap + second],
        ] as const;
        const commits = spans.map(([from, to]) => Math.round(from + (to - from) * at));
        const winner = (commits[0] ?? 0) <= (commits[1] ?? 0) ? 0 : 1;
        const one = (n: 0 | 1): Part =>
          n === winner || doubled ? booked(spans[n], (commits[n] ?? 0) + n * 0.5) : known(spans[n]);
        return [one(0), one(1)];
      };
      const { gap } = legacy;
      const [left, right] = [parts(legacy, gap, false), parts(modern, gap, isDoubled)];
      const world: World = {
        a: { legacy: left[0], modern: right[0] },
        b: { legacy: left[1], modern: right[1] },
      };
      const all = kinds(world);
      if (isDoubled) expect(all).toContain('MISMATCH');
      const overlaps = [legacy, modern].some(({ first }) => gap <= first);
      if (!isDoubled && overlaps) expect(all).not.toContain('MISMATCH');
      if (all.includes('RACE')) races += 1;
    }),
    { numRuns: 300 },
  );
  expect(races).toBeGreaterThan(15);
});

test('what everybody sends all the time costs no more with each, and holds up none of those that were over before', () => {
  const window = new StateWindow(1);
  const send = (id: string, fromMs: number, isEnded: boolean) => {
    const at = [fromMs, fromMs + 10] as const;
    const both = halves(id, { legacy: known(at), modern: known(at) });
    for (const half of both) window.alike.saw(half);
    if (isEnded) window.alike.ended(id, both[0], both[1]);
  };
  send('first', 1_000, true);
  send('open', 2_000, false);
  expect(window.alike.of('first')).toHaveLength(1);
  send('together', 1_005, true);
  expect(window.alike.of('first').map(({ requestId }) => requestId)).toEqual(['first', 'together']);
  for (let n = 0; n < 40; n += 1) send(`r${n}`, 3_000 + 20 * n, true);
  expect(window.alike.of('first')).toEqual([]);
  expect(window.alike.of('r39')).toHaveLength(1);
});
