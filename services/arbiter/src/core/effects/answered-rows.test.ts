import { Attribution, type StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { codecs } from '../../shell/codecs.ts';
import { exchange } from '../../testing/exchanges.ts';
import { change, databaseRules, type Row, transaction, withoutBefore } from '../../testing/two-databases.ts';
import { outcomeOf } from '../join/settle.ts';
import { RouteLabels } from '../verdict/route.ts';
import { judgeRequest } from '../verdict/verdict.ts';
import { StateWindow } from './state-window.ts';

/** The read is under way from 1,000 to 1,003 ms, clocks 50 ms apart. */
const BEFORE = 800;
const DURING = 1_001;
const AFTER = 1_400;

interface Deed {
  readonly request: string;
  readonly account: string;
  readonly from: number | undefined;
  readonly to: number;
  readonly atMs?: number;
  readonly attribution?: Attribution;
}

const account = (id: string, balance: number): Row => ({ id, balance, bookings: 1, status: 'open' });
const did = (universe: 'legacy' | 'modern', deeds: readonly Deed[]): StateUpdate[] =>
  deeds.map(({ request, account: id, from, to, atMs = BEFORE, attribution }, at) =>
    transaction({
      universe,
      lsn: at + 1,
      changes: [change('account', [id], from === undefined ? undefined : account(id, from), account(id, to))],
      request: attribution === Attribution.REPAIR ? '' : request,
      committedMs: atMs,
      ...(attribution !== undefined && { attribution }),
    }),
  );

interface Told {
  readonly legacy?: readonly Deed[];
  readonly modern: readonly Deed[];
  readonly answers: readonly [legacy: unknown, modern: unknown];
  /** Requests that legacy lacks. */
  readonly lost?: readonly string[];
  readonly statuses?: readonly [legacy: number, modern: number];
  readonly path?: string;
  /** The databases tell of rows before a change their keys alone. */
  readonly keysOnly?: boolean;
}

function judge({
  legacy = [],
  modern,
  answers,
  lost = ['r'],
  statuses = [200, 200],
  path = '/accounts',
  keysOnly = false,
}: Told) {
  const lasting = databaseRules.effects?.entities.get('account')?.lasting.legacy ?? new Set();
  const window = new StateWindow(1, undefined, () => lasting);
  for (const update of [...did('legacy', legacy), ...did('modern', modern)]) {
    if (update.what.case === 'transaction' && keysOnly)
      update.what.value.changes = update.what.value.changes.map(withoutBefore);
    window.observe(update, 0);
  }
  for (const requestId of lost)
    window.lacked.note({
      requestId,
      migration: 'm',
      legacy: exchange({ role: 'shadow', outcome: 'reset', id: requestId, startedAtMs: BEFORE }),
      modern: exchange({ status: 201, id: requestId, universe: 'modern', startedAtMs: BEFORE }),
      lostReason: 'shadow-no-response',
    });
  const told = (at: 0 | 1) => ({ id: 'read', path, body: JSON.stringify(answers[at]), status: statuses[at] });
  const halves = [exchange({ ...told(0), role: 'shadow' }), exchange({ ...told(1), universe: 'modern' })];
  const databases = { window, passed: true };
  const context = { rules: databaseRules, routes: new RouteLabels(), codecs, nowMs: 9, databases };
  return judgeRequest({ requestId: 'read', outcome: outcomeOf(halves) }, context).verdict;
}
const kind = (told: Told) => Kind[judge(told).kind];

const list = (balances: Readonly<Record<string, number>>, decimals = 0) =>
  Object.entries(balances).map(([id, balance]) => ({ id, balance: balance.toFixed(decimals) }));
const r: Deed = { request: 'r', account: 'A', from: 100, to: 110 };
const q: Deed = { request: 'q', account: 'B', from: 50, to: 57 };
const made: Deed = { request: 'r', account: 'C', from: undefined, to: 7 };
const named: Deed = { ...made, account: '17' };

const RACES: Readonly<Record<string, Told>> = {
  'a list in which one row lacks what legacy failed to do': {
    modern: [r],
    answers: [list({ A: 100, B: 5 }), list({ A: 110, B: 5 })],
  },
  'several rows of a list, within an object': {
    modern: [r, q],
    lost: ['r', 'q'],
    answers: [{ items: list({ A: 100, B: 50 }, 2) }, { items: list({ A: 110, B: 57 }, 2) }],
  },
  'one row lacks, legacy is behind with another': {
    legacy: [{ ...q, atMs: AFTER }],
    modern: [r, q],
    answers: [list({ A: 100, B: 50 }), list({ A: 110, B: 57 })],
  },
  'a single row that the answer names, not the request': {
    modern: [r],
    answers: [{ account: list({ A: 100 })[0] }, { account: list({ A: 110 })[0] }],
  },
  'a row that modern alone lists, for legacy never made it': {
    modern: [made],
    answers: [list({ A: 5 }), list({ A: 5, C: 7 })],
  },
  'a row that legacy does not have': {
    modern: [named],
    path: '/accounts/17',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 7, status: 'open' }],
  },
  'the same, repaired after the read': {
    legacy: [{ ...named, atMs: AFTER, attribution: Attribution.REPAIR }],
    modern: [named],
    path: '/accounts/17',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 7 }],
  },
};

describe('answers that differ because legacy lacks what it failed to do', () => {
  test.each(Object.entries(RACES))('%s: a race', (_name, told) => {
    const verdict = judge(told);
    expect(Kind[verdict.kind]).toBe('RACE');
    expect(verdict.effectsExplanation).toMatch(
      /^account \["(?:[ABC]|17)"\].* lacks in legacy .* request [rq]/,
    );
  });

  test.each(Object.entries(RACES))('%s: where legacy did not fail, a mismatch', (_name, told) => {
    expect(kind({ ...told, lost: [] })).toBe('MISMATCH');
  });
});

const late = (deed: Deed): Deed => ({ ...deed, atMs: AFTER });
const LAGS: Readonly<Record<string, Told>> = {
  'legacy is behind with a row of a list': {
    legacy: [late(q)],
    modern: [q],
    answers: [list({ B: 50, A: 5 }), list({ B: 57, A: 5 })],
  },
  'modern is behind with it': {
    legacy: [q],
    modern: [late(q)],
    answers: [list({ B: 57 }), list({ B: 50 })],
  },
  'each is behind with another one': {
    legacy: [late(q), r],
    modern: [q, late(r)],
    answers: [list({ A: 110, B: 50 }), list({ A: 100, B: 57 })],
  },
  'a new row that modern does not list yet': {
    legacy: [made],
    modern: [late(made)],
    answers: [list({ A: 5, C: 7 }), list({ A: 5 })],
  },
  'a new row that legacy does not list yet, the newest first': {
    legacy: [late(made)],
    modern: [made],
    answers: [list({ A: 5, B: 6 }), list({ C: 7, A: 5, B: 6 })],
  },
  'a row read in modern before the copy of what made it': {
    legacy: [named],
    modern: [late(named)],
    path: '/accounts/17',
    statuses: [200, 404],
    answers: [{ id: '17', balance: 7 }, { error: 'not found' }],
  },
  'a row read in legacy before the copy of what made it': {
    legacy: [late(named)],
    modern: [named],
    path: '/accounts/17',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 7 }],
  },
};

describe('answers that differ because one universe was behind with what both did', () => {
  test.each(Object.entries(LAGS))('%s: a race', (_name, told) => {
    const verdict = judge({ ...told, lost: [] });
    expect(Kind[verdict.kind]).toBe('RACE');
    expect(verdict.effectsExplanation).toMatch(
      /^account \["(?:[ABC]|17)"\].* was being changed by other req/,
    );
  });

  const wrong = (deed: Deed): Deed => ({ ...deed, to: deed.to + 1 });
  test.each(Object.entries(LAGS))('%s, but modern did it a unit off: a mismatch', (_name, told) => {
    expect(kind({ ...told, modern: told.modern.map(wrong), lost: [] })).toBe('MISMATCH');
  });

  test.each(Object.entries(LAGS))('%s, but one universe never did it: a mismatch', (_name, told) => {
    const isNow = ({ atMs = BEFORE }: Deed) => atMs < AFTER;
    const only = { legacy: told.legacy?.filter(isNow) ?? [], modern: told.modern.filter(isNow) };
    expect(kind({ ...told, ...only, lost: [] })).toBe('MISMATCH');
  });
});

describe('a repair that has carried over some of what legacy lacks', () => {
  const s: Deed = { request: 's', account: 'A', from: 110, to: 113 };
  const t: Deed = { request: 't', account: 'A', from: 113, to: 100 };
  const both: Deed = { request: 'b', account: 'A', from: 100, to: 105, atMs: 900 };
  const repaired = (to: number): Deed => ({
    ...r,
    from: 100,
    to,
    atMs: 850,
    attribution: Attribution.REPAIR,
  });
  const told = (...legacy: readonly Deed[]) => ({ legacy, modern: [r, s, t, both], lost: ['r', 's', 't'] });
  const answers = (legacy: number, modern: number) =>
    ({ answers: [list({ A: legacy }), list({ A: modern })] }) as const;

  test.each([
    ['the first', 110],
    ['the first two', 113],
  ])('%s: a race, also after more that both did', (_name, to) => {
    expect(kind({ ...told(repaired(to)), modern: [r, s, t], ...answers(to, 100) })).toBe('RACE');
    const after = { ...both, from: to, to: to + 5 };
    expect(kind({ ...told(repaired(to), after), ...answers(to + 5, 105) })).toBe('RACE');
  });

  test.each([
    ['a unit off', 111],
    ['a later one alone', 103],
  ])('%s: a mismatch', (_name, to) => {
    const after = { ...both, from: to, to: to + 5 };
    expect(kind({ ...told(repaired(to), after), ...answers(to + 5, 105) })).toBe('MISMATCH');
  });

  test('where legacy lacked nothing, a mismatch', () => {
    const after = { ...both, from: 110, to: 115 };
    expect(kind({ ...told(repaired(110), after), modern: [both], lost: [], ...answers(115, 105) })).toBe(
      'MISMATCH',
    );
  });
});

describe('databases that tell of a row before a change its key alone', () => {
  const before: Deed = { request: 'b', account: 'A', from: 90, to: 100, atMs: 300 };
  test('what the change before has left there is what it was', () => {
    const told = { legacy: [before], modern: [before, r], keysOnly: true };
    expect(kind({ ...told, answers: [list({ A: 100 }), list({ A: 110 })] })).toBe('RACE');
    expect(kind({ ...told, answers: [list({ A: 99 }), list({ A: 110 })] })).toBe('MISMATCH');
  });

  test('of a row that nobody knows, what legacy lacks is held against nobody, where modern answers what it held', () => {
    const told = { modern: [r], keysOnly: true };
    const verdict = judge({ ...told, answers: [list({ A: 99 }), list({ A: 110 })] });
    expect([Kind[verdict.kind], verdict.lostReason]).toEqual(['LOST', 'effects-unknown']);
    expect(verdict.effectsExplanation).toMatch(
      /^account \["A"\] lacks in legacy .* request r,.* is not known/,
    );
    expect(kind({ ...told, answers: [list({ A: 99 }), list({ A: 111 })] })).toBe('MISMATCH');
    expect(kind({ ...told, lost: [], answers: [list({ A: 99 }), list({ A: 110 })] })).toBe('MISMATCH');
  });

  test('what both did since tells what it was; not what modern alone did', () => {
    const more: Deed = { request: 'm', account: 'A', from: 110, to: 117, atMs: 900 };
    const answers = [list({ A: 106 }), list({ A: 117 })] as const;
    const told = { legacy: [{ ...more, from: 99, to: 106 }], answers, keysOnly: true };
    expect(kind({ ...told, modern: [r, more] })).toBe('RACE');
    expect(kind({ ...told, legacy: [{ ...more, from: 99, to: 105 }], modern: [r, more] })).toBe('MISMATCH');
    expect(kind({ ...told, modern: [r] })).toBe('MISMATCH');
    expect(kind({ ...told, modern: [r, { ...more, request: 'x' }] })).toBe('MISMATCH');
    const first: Deed = { request: 'x', account: 'A', from: 90, to: 100, atMs: 300 };
    const apart = { legacy: [{ ...first, to: 99 }], modern: [first, r], keysOnly: true };
    expect(kind({ ...apart, answers: [list({ A: 99 }), list({ A: 110 })] })).toBe('MISMATCH');
  });

  test('a read of one row by its name alone, too', () => {
    const told = { modern: [{ ...r, account: '17' }], keysOnly: true, path: '/accounts/17' };
    expect(kind({ ...told, answers: [{ balance: '99' }, { balance: '110' }] })).toBe('LOST');
    expect(kind({ ...told, answers: [{ balance: '99' }, { balance: '111' }] })).toBe('MISMATCH');
  });
});

const BUGS: Readonly<Record<string, Told>> = {
  'a cent off in one of the rows': {
    modern: [r],
    answers: [list({ A: 100, B: 5 }, 2), [{ id: 'A', balance: '110.01' }, ...list({ B: 5 }, 2)]],
  },
  'another row differs that nobody changed': {
    modern: [r],
    answers: [list({ A: 100, B: 5 }), list({ A: 110, B: 6 })],
  },
  'another row of which modern did more': {
    modern: [r, { ...q, request: 'x' }],
    answers: [list({ A: 100, B: 50 }), list({ A: 110, B: 57 })],
  },
  'the value of another row': {
    modern: [r, q],
    lost: ['r', 'q'],
    answers: [list({ A: 100, B: 50 }), list({ A: 57, B: 110 })],
  },
  'a list of what modern held only before the read began': {
    legacy: [q],
    modern: [q],
    lost: [],
    answers: [list({ B: 57 }), list({ B: 50 })],
  },
  'a row that modern does not find any more, though it has it': {
    legacy: [named],
    modern: [named],
    lost: [],
    path: '/accounts/17',
    statuses: [200, 404],
    answers: [{ id: '17', balance: 7 }, { error: 'not found' }],
  },
  'a sum of the rows': {
    modern: [r],
    answers: [
      { items: list({ A: 100, B: 5 }), total: '105' },
      { items: list({ A: 110, B: 5 }), total: '115' },
    ],
  },
  'a row that legacy alone lists': { modern: [made], answers: [list({ A: 5, C: 7 }), list({ A: 5 })] },
  'a row that modern alone lists, a cent off': {
    modern: [made],
    answers: [list({ A: 5 }), [...list({ A: 5 }), { id: 'C', balance: '7.01' }]],
  },
  'a row that modern alone lists, and legacy could have made': {
    modern: [{ ...made, request: 'x' }],
    answers: [list({ A: 5 }), list({ A: 5, C: 7 })],
  },
  'a row that modern made and another changed': {
    modern: [made, { request: 'x', account: 'C', from: 7, to: 9 }],
    answers: [list({ A: 5 }), list({ A: 5, C: 9 })],
  },
  'a row that a repair had made in legacy before': {
    legacy: [{ ...named, atMs: 400, attribution: Attribution.REPAIR }],
    modern: [{ ...named, atMs: 300 }],
    path: '/accounts/17',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 7 }],
  },
  'modern answers what its row does not hold': {
    modern: [named],
    path: '/accounts/17',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 8 }],
  },
  'modern answers more than its row holds': {
    modern: [named],
    path: '/accounts/17',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 7, limit: 500 }],
  },
  'a row that the request does not name': {
    modern: [named],
    path: '/accounts/18',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 7 }],
  },
  'modern has it not, legacy has': {
    modern: [named],
    path: '/accounts/17',
    statuses: [200, 404],
    answers: [{ id: '17', balance: 7 }, { error: 'not found' }],
  },
  'a row that legacy should have had before': {
    modern: [{ ...named, from: 5 }],
    path: '/accounts/17',
    statuses: [404, 200],
    answers: [{ error: 'not found' }, { id: '17', balance: 7 }],
  },
  'modern fails with what its row holds': {
    modern: [named],
    path: '/accounts/17',
    statuses: [404, 500],
    answers: [{ error: 'not found' }, { id: '17', balance: 7 }],
  },
  'legacy answers another error': {
    modern: [named],
    path: '/accounts/17',
    statuses: [403, 200],
    answers: [{ error: 'forbidden' }, { id: '17', balance: 7 }],
  },
};

describe('what stays a mismatch', () => {
  test.each(Object.entries(BUGS))('%s', (_name, told) => {
    expect(kind(told)).toBe('MISMATCH');
  });
});

test('all rows of a list are as of one moment: a torn read stays a mismatch', () => {
  const modern: Deed[] = [
    { request: 'r', account: 'A', from: 100, to: 103 },
    { request: 's', account: 'A', from: 103, to: 110, atMs: DURING },
    { request: 'q', account: 'B', from: 50, to: 57, atMs: DURING },
  ];
  const told = (a: number, b: number) =>
    kind({ modern, lost: ['r', 's', 'q'], answers: [list({ A: 100, B: 50 }), list({ A: a, B: b })] });
  expect([told(103, 50), told(110, 50), told(110, 57)]).toEqual(['RACE', 'RACE', 'RACE']);
  expect(told(103, 57)).toBe('MISMATCH');
});

test('whatever was lost when: a list of what each held is no mismatch, one that is off in any row is', () => {
  const ids = ['A', 'B', 'D'];
  const deeds = fc.array(
    fc.record({
      account: fc.constantFrom(...ids),
      amount: fc.constantFrom(-10, 7, 3, 25),
      isLost: fc.boolean(),
      atMs: fc.integer({ min: 100, max: 900 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  let races = 0;
  fc.assert(
    fc.property(deeds, fc.constantFrom(...ids), fc.constantFrom(-1, 1, 1_000), (all, wrong, off) => {
      const sorted = all.toSorted((a, b) => a.atMs - b.atMs);
      const play = (isDone: (isLost: boolean) => boolean) => {
        const now: Record<string, number> = { A: 100, B: 200, D: 300 };
        const done = sorted.flatMap(({ account: id, amount, isLost, atMs }, at): Deed[] => {
          if (!isDone(isLost)) return [];
          const from = now[id] ?? 0;
          now[id] = from + amount;
          return [{ request: `r${at}`, account: id, from, to: from + amount, atMs }];
        });
        return { done, now };
      };
      const [left, right] = [play((isLost) => !isLost), play(() => true)];
      const lost = sorted.flatMap(({ isLost }, at) => (isLost ? [`r${at}`] : []));
      const told = { legacy: left.done, modern: right.done, lost };
      const seen = kind({ ...told, answers: [list(left.now), list(right.now)] });
      expect(['IDENTICAL', 'RACE']).toContain(seen);
      if (seen === 'RACE') races += 1;
      const bad = { ...right.now, [wrong]: (right.now[wrong] ?? 0) + off };
      if (bad[wrong] !== left.now[wrong])
        expect(kind({ ...told, answers: [list(left.now), list(bad)] })).toBe('MISMATCH');
    }),
    { numRuns: 300 },
  );
  expect(races).toBeGreaterThan(50);
});
