import { expect, test } from '@jest/globals';
import { caseOfRows } from './case-of-change.ts';
import { OpenRows } from './open-rows.ts';
import type { RowPair } from './plan.ts';
import { Reconciler } from './reconciler.ts';

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({ entity: 'account', key: `["${from + n}"]` }));
const entity = { name: 'account', fields: [{ name: 'balance', compared: true }] };
const pairs = (from: number, count: number): RowPair[] =>
  rows(from, count).map(({ key }) => ({
    entity,
    key,
    legacy: { version: '1', values: new Map([['balance', '2']]) },
    modern: { version: '1', values: new Map([['balance', '1']]) },
  }));
const context = { since: 0, both: false, nowMs: 2_000 };

test('two cases that share rows and are too large together: the older one is written, the other one then', () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  reconciler.take(caseOfRows('older', rows(0, 900), 'legacy', 1_000), 1_000);
  reconciler.take(caseOfRows('younger', rows(600, 900), 'legacy', 1_001), 1_001);
  const [component, ...others] = reconciler.due(2_000);
  if (component === undefined) throw new Error('nothing is due');
  expect([component.cases.map(({ id }) => id), others]).toEqual([['older'], []]);
  const look = reconciler.look(component, pairs(0, 900), context);
  expect([look.type, look.plan.writes.modern.length]).toEqual(['write', 900]);
  reconciler.done(component, look.plan, 2_000);
  expect(reconciler.due(2_000).map(({ cases }) => cases.map(({ id }) => id))).toEqual([['younger']]);
});

test('one that came up since is waited for', () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  reconciler.take(caseOfRows('older', rows(0, 900), 'legacy', 1_000), 1_000);
  const [component] = reconciler.due(2_000);
  if (component === undefined) throw new Error('nothing is due');
  reconciler.take(caseOfRows('younger', rows(600, 900), 'legacy', 1_001), 1_001);
  expect(reconciler.look(component, pairs(0, 900), context).type).toBe('busy');
});
