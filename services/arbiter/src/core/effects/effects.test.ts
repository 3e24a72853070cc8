import { create } from '@bufbuild/protobuf';
import { ApprovedDivergenceSchema, CompareRulesSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Attribution, type StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { EffectsState, Kind, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { type ExchangeParts, exchange } from '../../testing/exchanges.ts';
import { change, type Row, rulesMessage, transaction, watermark } from '../../testing/two-databases.ts';
import { NO_PAIRS } from '../entangled/pairs.ts';
import { outcomeOf } from '../join/settle.ts';
import { revisedVerdict } from '../verdict/revise.ts';
import { RouteLabels } from '../verdict/route.ts';
import { compileRules } from '../verdict/rules.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { RowPartners } from './row-partners.ts';
import { StateWindow } from './state-window.ts';
import { unattributed, unattributedMessage } from './unattributed.ts';

const account = (balance: number, more: Row = {}): Row => ({
  id: 'A',
  balance,
  bookings: 1,
  status: 'open',
  ...more,
});
const moved = (from: number, to: number) => change('account', ['A'], account(from), account(to));
const booked = (number: number, amount: number) =>
  change('booking', ['A', number], undefined, { account: 'A', number, amount, balance_after: 6, text: '' });
type Changes = Parameters<typeof transaction>[0]['changes'];

const both = (legacy: Changes, modern: Changes, request = 'r1'): StateUpdate[] => [
  transaction({ universe: 'legacy', lsn: 10, changes: legacy, request }),
  transaction({ universe: 'modern', lsn: 10, changes: modern, request }),
];

interface Told {
  readonly legacy?: ExchangeParts;
  readonly modern?: ExchangeParts;
  readonly rules?: ReturnType<typeof rulesMessage>;
  readonly passed?: boolean;
}

function context(updates: readonly StateUpdate[], { rules = rulesMessage(), passed = true }: Told = {}) {
  const window = new StateWindow(1);
  for (const update of updates) window.observe(update, 0);
  const databases = { window, passed };
  return { rules: compileRules(rules), routes: new RouteLabels(), codecs, nowMs: 9, databases };
}

function judged(updates: readonly StateUpdate[], told: Told = {}) {
  const halves = [exchange(told.legacy), exchange({ ...told.modern, universe: 'modern', role: 'shadow' })];
  return verdictOf({ requestId: 'r1', outcome: outcomeOf(halves) }, context(updates, told));
}

function summary(updates: readonly StateUpdate[], told: Told = {}): string[] {
  const { kind, lostReason, differences } = judged(updates, told);
  const words = differences.map((d) => `${d.path} ${d.legacy} ${d.modern} ${Ruling[d.ruling]}`);
  return [lostReason || (Kind[kind] ?? ''), ...words];
}

describe('effects', () => {
  test.each<[string, Changes, Changes, string[]]>([
    ['nothing on either side', [], [], ['IDENTICAL']],
    ['the same change', [moved(10, 7)], [moved(10, 7)], ['IDENTICAL']],
    ['the same change of rows that differed before', [moved(10, 7)], [moved(20, 17)], ['IDENTICAL']],
    [
      'a number changed by more',
      [moved(10, 7)],
      [moved(10, 6)],
      ['MISMATCH', 'state.account.balance -3 -4 BUG'],
    ],
    ['a change that is missing', [moved(10, 7)], [], ['MISMATCH', 'state.account.balance -3 0 BUG']],
    ['several changes of a row are one', [moved(10, 7), moved(7, 5)], [moved(10, 5)], ['IDENTICAL']],
    [
      'a row that came and went',
      [change('account', ['A'], undefined, account(1)), change('account', ['A'], account(1), undefined)],
      [],
      ['IDENTICAL'],
    ],
    [
      'a row deleted on both sides',
      [change('account', ['A'], account(1), undefined)],
      [change('account', ['A'], account(2), undefined)],
      ['IDENTICAL'],
    ],
    ['exact decimals', [moved(0.1, 0.3)], [moved(0.2, 0.4)], ['IDENTICAL']],
    ['an entity that nobody declared', [change('log', ['1'], undefined, { id: 1 })], [], ['IDENTICAL']],
  ])('%s', (_, legacy, modern, expected) => {
    expect(summary(both(legacy, modern))).toEqual(expected);
  });

  test('rows that only one side added or deleted are bugs, named', () => {
    const added = [change('account', ['A'], undefined, account(1))];
    const deleted = [change('account', ['A'], account(1), undefined)];
    const rules = (legacy: Changes, modern: Changes) =>
      judged(both(legacy, modern)).differences.map((d) => `${d.path} ${d.rule}`);
    expect(rules(added, [])).toEqual(['state.account row-missing']);
    expect(rules([], added)).toEqual(['state.account row-surplus']);
    expect(rules(deleted, [])).toEqual(['state.account row-deleted']);
  });

  test('rows with keys of the database’s own making are matched by what they hold', () => {
    const ticket = (id: number, subject: string) => change('ticket', [id], undefined, { id, subject });
    const legacy = [ticket(1, 'a'), ticket(2, 'b')];
    expect(summary(both(legacy, [ticket(70, 'b'), ticket(71, 'a')]))).toEqual(['IDENTICAL']);
    expect(summary(both(legacy, [ticket(70, 'a'), ticket(71, 'c')]))[0]).toBe('MISMATCH');
  });

  test('rules of the migration file reach into the databases: ignored, approved', () => {
    const ignoring = rulesMessage();
    const { spec } = ignoring;
    if (spec) spec.compare = create(CompareRulesSchema, { ignore: ['state.account.balance'] });
    expect(summary(both([moved(10, 7)], [moved(10, 6)]), { rules: ignoring })[0]).toBe('EQUIVALENT');
    const approving = rulesMessage();
    const approved = { name: 'fee', path: 'state.account.balance', expect: 'legacy - 1', why: 'the fee' };
    approving.spec?.approved.push(create(ApprovedDivergenceSchema, approved));
    expect(summary(both([moved(10, 7)], [moved(10, 6)]), { rules: approving })[0]).toBe('EQUIVALENT');
    expect(summary(both([moved(10, 7)], [moved(10, 7)]), { rules: approving })[0]).toBe('MISMATCH');
  });

  test('what is not known in full is lost, and never agreement; an answer that differs stands', () => {
    const updates = both([moved(10, 7)], [moved(10, 7)]);
    const unknown = judged(updates, { passed: false });
    expect(unknown).toMatchObject({
      kind: Kind.LOST,
      lostReason: 'effects-unknown',
      effectsState: EffectsState.UNKNOWN,
    });
    expect(unknown.effects).toHaveLength(1);
    expect(judged(updates, { passed: false, modern: { status: 500 } }).kind).toBe(Kind.MISMATCH);
    const many = Array.from({ length: 5_001 }, (_, n) => change('account', [n], undefined, account(n)));
    expect(summary(both(many, many))).toEqual(['effects-too-large']);
  });

  test('a change that was delivered twice counts once; pieces of a transaction are one', () => {
    const updates = both([moved(10, 7)], [moved(10, 7)]);
    expect(summary([...updates, ...updates])).toEqual(['IDENTICAL']);
    const [whole] = both([moved(10, 7)], []);
    const pieces = [0, 1].map((part) => {
      const piece = structuredClone(whole) as StateUpdate;
      if (piece.what.case === 'transaction')
        Object.assign(piece.what.value, {
          part,
          last: part === 1,
          changes: part === 0 ? [moved(10, 9)] : [moved(9, 7)],
        });
      return piece;
    });
    const modern = transaction({ universe: 'modern', lsn: 10, changes: [moved(10, 7)], request: 'r1' });
    expect(summary([...pieces, modern])).toEqual(['IDENTICAL']);
  });
});

describe('whose transaction it is', () => {
  test('one that nobody tagged goes to the request that did the same in the other universe, marked', () => {
    const [legacy] = both([moved(10, 7)], []);
    const loose = transaction({ universe: 'modern', lsn: 3, changes: [moved(10, 7)] });
    const verdict = judged([legacy as StateUpdate, loose]);
    expect(verdict.kind).toBe(Kind.IDENTICAL);
    expect(verdict.effects[0]?.modern?.attribution).toBe(Attribution.INFERRED);
    const late = transaction({ universe: 'modern', lsn: 3, changes: [moved(10, 7)], committedMs: 2_000 });
    expect(summary([legacy as StateUpdate, late])[0]).toBe('MISMATCH');
  });

  test('several that nobody tagged are the request’s where together they did just what it did in the other universe', () => {
    const modern = transaction({
      universe: 'modern',
      lsn: 10,
      changes: [moved(10, 6), booked(1, 4)],
      request: 'r1',
    });
    const loose = (lsn: number, changes: Changes) => transaction({ universe: 'legacy', lsn, changes });
    const verdict = (...legacy: StateUpdate[]) => summary([modern, ...legacy]);
    // The amount, its fee and the booking, each in a transaction of its own.
    const [amount, fee, booking] = [
      loose(3, [moved(10, 7)]),
      loose(4, [moved(7, 6)]),
      loose(5, [booked(1, 4)]),
    ];
    expect(verdict(amount, fee, booking)).toEqual(['IDENTICAL']);
    expect(verdict(amount, booking)[0]).toBe('MISMATCH');
    // Another one's on the same row, of an amount that does not fit: nothing is guessed.
    expect(verdict(amount, fee, booking, loose(6, [moved(6, 4)]))[0]).toBe('MISMATCH');
    const other = change('account', ['B'], account(1, { id: 'B' }), account(2, { id: 'B' }));
    expect(verdict(amount, loose(4, [moved(7, 6), other]), booking)[0]).toBe('MISMATCH');
  });

  test('where neither universe tags, by the rows that the request names', () => {
    const named = {
      path: '/accounts/17',
      requestHeaders: [['content-type', 'application/json']] as const,
      requestBody: '{"account":"A"}',
    };
    const loose = (universe: 'legacy' | 'modern', to: number) =>
      transaction({ universe, lsn: 3, changes: [moved(10, to)] });
    const told = { legacy: named, modern: named };
    expect(judged([loose('legacy', 7), loose('modern', 7)], told).effects).toHaveLength(1);
    expect(summary([loose('legacy', 7), loose('modern', 6)], told)[0]).toBe('MISMATCH');
  });

  test('a universe that tags has what it did not tag as nobody’s, whatever rows the request names', () => {
    const named = {
      path: '/accounts/17',
      requestHeaders: [['content-type', 'application/json']] as const,
      requestBody: '{"account":"A"}',
    };
    const told = { legacy: named, modern: named };
    const other = change('account', ['B'], account(1, { id: 'B' }), account(2, { id: 'B' }));
    const tags = both([other], [other], 'r0');
    // An outbox worker's, which booked for another request on the account that this one asks for.
    const worker = transaction({ universe: 'modern', lsn: 13, changes: [moved(10, 7)] });
    expect(summary([worker], told)[0]).toBe('MISMATCH');
    expect(summary([...tags, worker], told)).toEqual(['IDENTICAL']);
    // Nor does it stand for what modern has left undone.
    const legacy = transaction({ universe: 'legacy', lsn: 12, changes: [moved(10, 8)], request: 'r1' });
    expect(judged([...tags, legacy, worker], told).effects[0]?.modern).toBeUndefined();
  });

  test('a database that was restored and counts its WAL from less is listened to', () => {
    const window = new StateWindow(1);
    window.observe(
      transaction({ universe: 'legacy', lsn: 1_000, changes: [moved(10, 7)], request: 'r1' }),
      0,
    );
    window.observe(watermark('legacy', 60_000, 1_000), 0);
    const { legacy } = window.of('m');
    legacy.forget(50_000);
    const before = transaction({ universe: 'legacy', lsn: 1_000, changes: [moved(10, 7)], request: 'r1' });
    expect(window.observe(before, 0)).toBeUndefined();
    const restored = { universe: 'legacy', lsn: 20, changes: [moved(7, 5)], committedMs: 70_000 } as const;
    expect(window.observe(transaction({ ...restored, request: 'r2' }), 0)?.requestId).toBe('r2');
    expect(window.observe(transaction({ ...restored, request: 'r2' }), 0)).toBeUndefined();
  });

  test.each([
    ['behind', -120_000],
    ['ahead', 3_600_000],
  ])(
    'a database whose clock is %s: its transactions are kept as long as others, and missed once they are gone',
    (_, skewMs) => {
      const nowMs = 10_000_000;
      const window = new StateWindow(1);
      window.observe(watermark('legacy', nowMs - 100, 30), 0);
      const { legacy } = window.of('m');
      const change = { universe: 'legacy', lsn: 40, changes: [moved(10, 7)], request: 'r1' } as const;
      window.observe(transaction({ ...change, committedMs: nowMs + skewMs }), 0, nowMs);
      window.observe(watermark('legacy', nowMs + 100, 50), 0);
      window.forget('m', nowMs - 1);
      expect(legacy.of('r1')).toHaveLength(1);
      // Within the time of a heartbeat.
      expect(legacy.committed(nowMs - 100, nowMs)).toHaveLength(1);
      expect(legacy.knownSinceMs).toBeLessThan(nowMs - 50_000);
      window.forget('m', nowMs + 1);
      expect(legacy.of('r1')).toHaveLength(0);
      expect(legacy.knownSinceMs).toBeGreaterThanOrEqual(nowMs - 100);
      expect(legacy.knownSinceMs).toBeLessThanOrEqual(nowMs);
      // The same again, after a restart of the capture.
      const again = transaction({ ...change, committedMs: nowMs + skewMs });
      expect(window.observe(again, 0, nowMs + 200)).toBeUndefined();
    },
  );

  test('what belongs to nobody is told, with its counterpart in the other universe', () => {
    const { rules, databases } = context([
      transaction({ universe: 'legacy', lsn: 3, changes: [moved(10, 7)] }),
      transaction({ universe: 'modern', lsn: 4, changes: [moved(10, 7)] }),
      transaction({ universe: 'modern', lsn: 5, changes: [moved(7, 8)], attribution: Attribution.REPAIR }),
      watermark('legacy', 60_000),
      watermark('modern', 60_000),
    ]);
    const universes = databases.window.of('m');
    const effects = rules.effects!;
    const found = (passedMs: number) => unattributed(universes, { partition: 0, passedMs, rules: effects });
    expect(found(1_100)).toEqual([]);
    expect(found(60_000).map(({ lsn }) => lsn)).toEqual([3n, 4n]);
    const partners = new RowPartners(NO_PAIRS, 'm');
    expect(unattributedMessage(found(60_000)[0]!, { universes, rules: effects, partners }, 1)).toMatchObject({
      commitLsn: 3n,
      counterpartLsn: 4n,
    });
  });

  test('of more changes than are kept, it is told at once how many rows of which entities', () => {
    const batch = Array.from({ length: 6_000 }, (_, n) =>
      change('account', [n % 5_500], undefined, account(1)),
    );
    const { rules, databases } = context([
      transaction({ universe: 'legacy', lsn: 3, changes: batch }),
      transaction({ universe: 'modern', lsn: 4, changes: batch }),
      watermark('legacy', 60_000),
      watermark('modern', 60_000),
    ]);
    const universes = databases.window.of('m');
    const effects = rules.effects!;
    const partners = new RowPartners(NO_PAIRS, 'm');
    const told = unattributed(universes, { partition: 0, passedMs: 60_000, rules: effects }).map((one) =>
      unattributedMessage(one, { universes, rules: effects, partners }, 1),
    );
    expect(
      told.map(({ changes, moreChanges, counterpartLsn }) => [
        changes.map(({ entity, key }) => [entity, key]),
        moreChanges,
        counterpartLsn,
      ]),
    ).toEqual([
      [[['account', '']], 5_500n, 0n],
      [[['account', '']], 5_500n, 0n],
    ]);
  });
});

describe('answers to requests in flight together', () => {
  const answer = (balance: string) => ({
    path: '/accounts/A/balance',
    body: `{"balance":"${balance}"}`,
    requestHeaders: [['content-type', 'application/json']] as const,
    requestBody: '{"id":"A"}',
  });
  const asked = (legacy: string, modern: string) => ({ legacy: answer(legacy), modern: answer(modern) });
  const booking = both([moved(100, 90)], [moved(100, 90)], 'other');

  test('before and after a change that both made: a race, where each answered what it held', () => {
    const verdict = judged(booking, asked('100', '90'));
    expect(verdict).toMatchObject({ kind: Kind.RACE, race: true });
    expect(verdict.differences).toMatchObject([{ path: 'body.balance', ruling: Ruling.RACE }]);
  });

  test('what neither database held is a mismatch, and so is what was changed otherwise or long before', () => {
    expect(judged(booking, asked('100', '80')).kind).toBe(Kind.MISMATCH);
    expect(judged(both([moved(100, 90)], [moved(100, 80)], 'other'), asked('100', '80')).kind).toBe(
      Kind.MISMATCH,
    );
    const old = [
      transaction({
        universe: 'legacy',
        lsn: 3,
        changes: [moved(100, 90)],
        request: 'other',
        committedMs: 10,
      }),
      transaction({
        universe: 'modern',
        lsn: 3,
        changes: [moved(100, 90)],
        request: 'other',
        committedMs: 10,
      }),
    ];
    expect(judged(old, asked('90', '100')).kind).toBe(Kind.MISMATCH);
  });
});

test('a later change gives another verdict, the same gives none', () => {
  const [legacy, modern] = both([moved(10, 7)], [moved(10, 7)]);
  const first = judged([legacy as StateUpdate]);
  expect(first.kind).toBe(Kind.MISMATCH);
  const revised = revisedVerdict(first, context([legacy as StateUpdate, modern as StateUpdate]));
  expect(revised).toMatchObject({ kind: Kind.IDENTICAL, revision: 1, differences: [] });
  expect(revisedVerdict(first, context([legacy as StateUpdate]))).toBe('as-it-was');
});
