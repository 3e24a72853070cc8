import { clone, create } from '@bufbuild/protobuf';
import { EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { IdentifiersSchema } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Kind } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { exchange } from '../../testing/exchanges.ts';
import { change, type Row, rulesMessage, transaction } from '../../testing/two-databases.ts';
import type { Pairs } from '../entangled/pairs.ts';
import { outcomeOf } from '../join/settle.ts';
import { RouteLabels } from '../verdict/route.ts';
import { compileRules } from '../verdict/rules.ts';
import { judgeRequest } from '../verdict/verdict.ts';
import { RowPartners } from './row-partners.ts';
import { StateWindow } from './state-window.ts';
import { unattributed, unattributedMessage } from './unattributed.ts';

const field = (name: string, identifiers = '') => ({ name, legacy: name, modern: name, identifiers });
const table = (name: string) => ({ legacy: { table: name }, modern: { table: name } });

/** Orders whose ids each universe makes by itself, and payments that name them. */
const rules = (unknownIsSame = false) => {
  const message = clone(JudgingRulesSchema, rulesMessage());
  if (message.spec === undefined) throw new Error('rulesMessage has a spec');
  message.spec.entanglement = create(EntanglementSchema, {
    entities: [
      { name: 'order', ...table('orders'), key: ['id'], fields: [field('id', 'orders'), field('item')] },
      {
        name: 'payment',
        ...table('payments'),
        key: ['id'],
        fields: [field('id'), field('order', 'orders'), field('amount')],
      },
    ],
  });
  message.spec.identifiers = create(IdentifiersSchema, {
    bijections: [{ name: 'orders', made: [{ at: 'body.id' }], unknown: unknownIsSame ? 2 : 0 }],
  });
  return compileRules(message);
};

const known: [string, string][] = [
  ['ORD-1', 'aa'],
  ['ORD-2', 'bb'],
];
const pairs: Pairs = {
  modernOf: (_, __, legacy) => known.find(([one]) => one === legacy)?.[1],
  legacyOf: (_, __, modern) => known.find(([, other]) => other === modern)?.[0],
};

const order = (id: string, before: string | undefined, after: string) =>
  change('order', [id], before === undefined ? undefined : { id, item: before }, { id, item: after });
const payment = (of: string, amount = 5) => {
  const row: Row = { id: 'P', order: of, amount };
  return change('payment', ['P'], undefined, row);
};
type Changes = Parameters<typeof transaction>[0]['changes'];

function judged(legacy: Changes, modern: Changes, compiled = rules()) {
  const window = new StateWindow(1);
  window.observe(transaction({ universe: 'legacy', lsn: 1, changes: legacy, request: 'r1' }), 0);
  window.observe(transaction({ universe: 'modern', lsn: 1, changes: modern, request: 'r1' }), 0);
  const halves = [exchange({}), exchange({ universe: 'modern', role: 'shadow' })];
  const context = {
    rules: compiled,
    routes: new RouteLabels(),
    codecs,
    nowMs: 9,
    pairs,
    databases: { window, passed: true },
  };
  const { verdict, isUnlearned } = judgeRequest({ requestId: 'r1', outcome: outcomeOf(halves) }, context);
  const { kind, lostReason, differences, effects } = verdict;
  return {
    kind: lostReason || Kind[kind],
    rules: differences.map((d) => `${d.path} ${d.rule}`),
    keys: effects.map((effect) => [effect.key, effect.modernKey]),
    isUnlearned,
  };
}

test('a row is the same in both universes though its key is another', () => {
  expect(judged([order('ORD-1', 'lamp', 'chair')], [order('aa', 'lamp', 'chair')])).toEqual({
    kind: 'IDENTICAL',
    rules: [],
    keys: [['["ORD-1"]', '["aa"]']],
    isUnlearned: false,
  });
  expect(judged([order('ORD-1', 'lamp', 'chair')], [order('aa', 'lamp', 'sofa')]).kind).toBe('MISMATCH');
});

test("another one's row that was changed in the same way is no pair", () => {
  const { kind, rules: found } = judged([order('ORD-1', 'lamp', 'chair')], [order('bb', 'lamp', 'chair')]);
  const item = expect.stringMatching(/^state\.order\.item /);
  expect([kind, found]).toEqual(['MISMATCH', [item, item]]);
});

test('a reference must name the partner; one to a row of this very request may be new', () => {
  expect(judged([payment('ORD-1')], [payment('aa')]).kind).toBe('IDENTICAL');
  expect(judged([payment('ORD-1')], [payment('bb')])).toMatchObject({
    kind: 'MISMATCH',
    rules: ['state.payment.order entangled-other'],
  });
  const made = (id: string, to: string) => [order(id, undefined, 'lamp'), payment(to)];
  expect(judged(made('ORD-9', 'ORD-9'), made('zz', 'zz')).kind).toBe('IDENTICAL');
  expect(judged(made('ORD-9', 'ORD-9'), made('zz', 'yy')).kind).toBe('MISMATCH');
});

test('what no pair is known of is neither equal nor a mismatch, and waited for', () => {
  const lost = { kind: 'effects-unlearned', rules: [], isUnlearned: true };
  expect(judged([order('ORD-7', 'lamp', 'chair')], [order('qq', 'lamp', 'chair')])).toMatchObject(lost);
  expect(judged([payment('ORD-7')], [payment('qq')])).toMatchObject(lost);
  // A bug that needs no pair stands all the same.
  expect(judged([payment('ORD-7', 5)], [payment('qq', 6)])).toMatchObject({ kind: 'MISMATCH' });
  expect(judged([order('ORD-7', 'lamp', 'chair')], [])).toMatchObject({ kind: 'MISMATCH' });
});

test('a row that only modern has is named so that it is no id of legacy’s', () => {
  expect(judged([], [order('qq', undefined, 'lamp')]).keys).toEqual([['["⟨modern:qq⟩"]', '["qq"]']]);
  expect(judged([], [order('aa', 'lamp', 'sofa')]).keys).toEqual([['["ORD-1"]', '["aa"]']]);
});

test('ids from before the migration are the same in both, where that is declared', () => {
  const same = [order('OLD', 'lamp', 'chair'), payment('OLD')];
  expect(judged(same, same, rules(true)).kind).toBe('IDENTICAL');
  expect(judged(same, same).kind).toBe('effects-unlearned');
});

test('changes of no request find their counterpart through the pairs, and none where a pair is not known', () => {
  /** Whether a batch job of legacy's and one of modern's are told as the same. */
  const isTold = (legacy: Changes, modern: Changes) => {
    const window = new StateWindow(1);
    window.observe(transaction({ universe: 'legacy', lsn: 3, changes: legacy }), 0);
    window.observe(transaction({ universe: 'modern', lsn: 4, changes: modern }), 0);
    const { effects } = rules();
    if (effects === undefined) throw new Error('the rules declare entities');
    const context = { universes: window.of('m'), rules: effects, partners: new RowPartners(pairs, 'm') };
    const found = unattributed(context.universes, { partition: 0, passedMs: 60_000, rules: effects });
    const told = found.map((one) => unattributedMessage(one, context, 9).counterpartLsn);
    expect(told).toHaveLength(2);
    // The one is the other's, or neither.
    expect(told.every((lsn) => lsn > 0n)).toBe(told.some((lsn) => lsn > 0n));
    return told.every((lsn) => lsn > 0n);
  };
  expect(isTold([order('ORD-1', 'lamp', 'chair')], [order('aa', 'lamp', 'chair')])).toBe(true);
  expect(isTold([order('ORD-1', 'lamp', 'chair')], [order('aa', 'lamp', 'sofa')])).toBe(false);
  expect(isTold([order('ORD-1', 'lamp', 'chair')], [order('bb', 'lamp', 'chair')])).toBe(false);
  // Both have a row of that name, of which nobody has said that it is the same.
  expect(isTold([order('77', 'lamp', 'chair')], [order('77', 'lamp', 'chair')])).toBe(false);
  expect(isTold([payment('ORD-1')], [payment('aa')])).toBe(true);
  expect(isTold([payment('ORD-1')], [payment('bb')])).toBe(false);
});
