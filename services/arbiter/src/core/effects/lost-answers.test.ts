import { Attribution, type StateUpdate } from '@chronos/proto/events/v1/state_update_pb.js';
import { EffectsState, Kind, Ruling, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { type ExchangeParts, exchange } from '../../testing/exchanges.ts';
import { change, rulesMessage, transaction } from '../../testing/two-databases.ts';
import { outcomeOf } from '../join/settle.ts';
import { revisedVerdict } from '../verdict/revise.ts';
import { RouteLabels } from '../verdict/route.ts';
import { compileRules } from '../verdict/rules.ts';
import { verdictOf } from '../verdict/verdict.ts';
import { StateWindow } from './state-window.ts';

const account = (id: string, balance: number) => ({ id, balance, bookings: 1, status: 'open' });
const moved = (from: number, to: number, id = 'A') =>
  change('account', [id], account(id, from), account(id, to));
type Changes = Parameters<typeof transaction>[0]['changes'];

let lsn = 10;
const did = (universe: 'legacy' | 'modern', changes: Changes, more: { request?: string } = {}) => {
  lsn += 1;
  return transaction({ universe, lsn, changes, request: 'r1', ...more });
};
/** Somebody else's, by which it is known that the universe tags. */
const tagging = (universe: 'legacy' | 'modern') =>
  did(universe, [moved(1, 2, `of-${universe}`)], { request: 'r0' });

function context(updates: readonly StateUpdate[]) {
  const window = new StateWindow(1);
  for (const update of updates) window.observe(update, 0);
  const databases = { window, passed: true };
  return { rules: compileRules(rulesMessage()), routes: new RouteLabels(), codecs, nowMs: 9, databases };
}

function judged(halves: readonly ExchangeParts[], updates: readonly StateUpdate[]): Verdict {
  return verdictOf({ requestId: 'r1', outcome: outcomeOf(halves.map(exchange)) }, context(updates));
}

const cut = 'reset' as const;
/** By what becomes of the answers. In shadow legacy answers clients, in a canary modern. */
const ways: Record<string, ExchangeParts[]> = {
  'no-answer': [{ outcome: cut }, { universe: 'modern', role: 'shadow', outcome: cut }],
  'legacy-no-answer': [{ outcome: cut }, { universe: 'modern', role: 'shadow' }],
  'modern-cut-off': [{ universe: 'modern', outcome: cut }, { role: 'shadow' }],
  'shadow-no-response': [{ universe: 'modern' }, { role: 'shadow', outcome: cut }],
  'shadow-not-captured': [{}],
  'authority-not-captured': [{ universe: 'modern', role: 'shadow' }],
};

describe('an answer that was lost does not hide what the databases did', () => {
  test.each(Object.entries(ways))(
    '%s: both booked, and not the same: a mismatch, with the reason',
    (reason, halves) => {
      const verdict = judged(halves, [did('legacy', [moved(10, 7)]), did('modern', [moved(10, 6)])]);
      expect(verdict).toMatchObject({
        kind: Kind.MISMATCH,
        lostReason: reason,
        effectsState: EffectsState.COMPARED,
        differences: [{ path: 'state.account.balance', legacy: '-3', modern: '-4', ruling: Ruling.BUG }],
        effectsExplanation: expect.stringContaining('The answers could not be compared, but'),
      });
    },
  );

  test.each(Object.entries(ways))('%s: both booked the same: lost, and it is said', (reason, halves) => {
    const verdict = judged(halves, [did('legacy', [moved(10, 7)]), did('modern', [moved(10, 7)])]);
    expect(verdict).toMatchObject({
      kind: Kind.LOST,
      lostReason: reason,
      effectsExplanation: 'Both databases did the same.',
    });
  });

  test.each(Object.entries(ways))(
    '%s: modern did nothing: lost where it was not asked or not ready',
    (reason, halves) => {
      const verdict = judged(halves, [did('legacy', [moved(10, 7)]), tagging('legacy'), tagging('modern')]);
      const hasAnswered = halves.some(({ universe, outcome }) => universe === 'modern' && outcome !== cut);
      // Modern has ended it, and it has not booked what legacy has.
      expect(verdict.kind).toBe(hasAnswered ? Kind.MISMATCH : Kind.LOST);
      expect(verdict.lostReason).toBe(reason);
      if (!hasAnswered) expect(verdict.effectsExplanation).toContain('is not held against modern');
    },
  );
});

describe('what is not proven stays lost', () => {
  const {
    'no-answer': neither = [],
    'modern-cut-off': modernCut = [],
    'legacy-no-answer': legacyCut = [],
  } = ways;

  test('one row of two in one transaction is missing in modern: it has booked a part', () => {
    const legacy = did('legacy', [moved(10, 7), moved(0, 3, 'B')]);
    expect(judged(modernCut, [legacy, did('modern', [moved(10, 7)])]).kind).toBe(Kind.MISMATCH);
    expect(judged(neither, [legacy, did('modern', [moved(10, 7)])]).kind).toBe(Kind.MISMATCH);
  });

  test('legacy was stopped between its transactions: not modern’s fault', () => {
    const modern = [did('modern', [moved(10, 7)]), did('modern', [moved(0, 3, 'B')])];
    expect(judged(legacyCut, [did('legacy', [moved(10, 7)]), ...modern]).kind).toBe(Kind.LOST);
    const whole = [did('legacy', [moved(10, 7)]), did('legacy', [moved(0, 3, 'B')])];
    expect(judged(legacyCut, [...whole, ...modern.slice(0, 1)]).kind).toBe(Kind.MISMATCH);
  });

  test('transactions that are only inferred prove nothing', () => {
    const loose = transaction({ universe: 'modern', lsn: 5, changes: [moved(10, 6)] });
    const verdict = judged(modernCut, [did('legacy', [moved(10, 7)]), loose]);
    expect(verdict.effects[0]?.modern?.attribution).toBe(Attribution.INFERRED);
    expect(verdict.kind).toBe(Kind.LOST);
  });

  test('legacy answered, and does not tag: what it did not do is not known', () => {
    expect(judged(modernCut, [did('modern', [moved(10, 7)])]).kind).toBe(Kind.LOST);
    expect(judged(modernCut, [did('modern', [moved(10, 7)]), tagging('legacy')]).kind).toBe(Kind.MISMATCH);
  });
});

test('a change that comes later can take the mismatch back, but makes no agreement of answers that were lost', () => {
  const { 'no-answer': neither = [] } = ways;
  const updates = [did('legacy', [moved(10, 6)]), did('modern', [moved(10, 7)])];
  const first = judged(neither, updates);
  expect(first).toMatchObject({ kind: Kind.MISMATCH, lostReason: 'no-answer' });
  const later = [...updates, did('modern', [moved(7, 6)])];
  const revised = revisedVerdict(first, context(later));
  expect(revised).toMatchObject({ kind: Kind.LOST, lostReason: 'no-answer', revision: 1, differences: [] });
});
