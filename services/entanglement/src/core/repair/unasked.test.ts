import { expect, test } from '@jest/globals';
import { OpenRows, type SeenTransaction } from './open-rows.ts';
import { planOf, type RowPair } from './plan.ts';
import { type CaseRow, type RepairCase, rowId } from './repair-case.ts';

const entity = { name: 'account', fields: [{ name: 'balance', compared: true }] };
const read = (balance: string) => ({ version: '1', values: new Map([['balance', balance]]) });
const id = rowId('account', '["a"]');

const caseRow: CaseRow = {
  entity: 'account',
  key: '["a"]',
  deed: 'kept',
  desired: new Map([['balance', '0.39']]),
  applied: new Map(),
  proven: false,
};
/** Interest that modern booked 0.39 too low. */
const low: RepairCase = {
  id: 'r1',
  cause: 'mismatch',
  revision: 0,
  authority: 'legacy',
  committedMs: 1,
  authorityLsn: 1n,
  openedMs: 1,
  revertFirst: false,
  undecided: false,
  rows: new Map([[id, caseRow]]),
};

function seen(requestId: string): SeenTransaction {
  return {
    universe: 'modern',
    lsn: 9n,
    part: 0,
    committedMs: 5,
    requestId,
    rows: [{ entity: 'account', key: '["a"]' }],
  };
}

function plan(requestId: string, pair: RowPair, cases: readonly RepairCase[] = [low]) {
  const open = new OpenRows({ expiresAfterMs: 60_000 });
  open.seen(seen(requestId), 1);
  return planOf([pair], cases, open, { since: open.now, compensate: true, both: false });
}

test('beside a request that is at work on the row, what is missing is added', () => {
  const { writes } = plan('r2', { entity, key: '["a"]', legacy: read('100.39'), modern: read('100') });
  expect(writes.modern).toEqual([
    { kind: 'add', entity: 'account', key: '["a"]', add: new Map([['balance', '0.39']]) },
  ]);
});

test('a build that has corrected its books by itself does not get the same once more', () => {
  const { writes, busy } = plan('', { entity, key: '["a"]', legacy: read('100.39'), modern: read('100.39') });
  expect(writes).toEqual({ legacy: [], modern: [] });
  expect(busy).toEqual(new Set([id]));
});

test('nor while the correction is known as a change outside of any request, and requests are at work on the row', () => {
  const correction: RepairCase = {
    ...low,
    id: 'tx:modern:9',
    cause: 'unattributed',
    rows: new Map([[id, { ...caseRow, desired: undefined }]]),
  };
  const pair = { entity, key: '["a"]', legacy: read('100.39'), modern: read('100.39') };
  expect(plan('r2', pair, [low, correction]).writes).toEqual({ legacy: [], modern: [] });
});

test('what each universe did to a row, one of them outside of any request, is nobody’s to overwrite', () => {
  const byHand: RepairCase = {
    ...low,
    id: 'tx:modern:9',
    cause: 'unattributed',
    authority: 'modern',
    rows: new Map([[id, { ...caseRow, desired: undefined }]]),
  };
  const pair = { entity, key: '["a"]', legacy: read('90'), modern: read('150') };
  const none = new OpenRows({ expiresAfterMs: 60_000 });
  const planned = (cases: readonly RepairCase[]) =>
    planOf([pair], cases, none, { since: 0, compensate: true, both: false });
  const both = planned([{ ...low, committedMs: 10 }, byHand]);
  expect(both.writes).toEqual({ legacy: [], modern: [] });
  expect(both.conflict).toMatch(/outside of any request/);
  // Once somebody says whose is right, it is.
  const word: RepairCase = { ...byHand, id: 'verify:1', cause: 'verification', committedMs: 11 };
  expect(planned([{ ...low, committedMs: 10 }, byHand, word]).writes.legacy).toHaveLength(1);
  // Alone it is carried over.
  expect(planned([byHand]).writes.legacy).toMatchObject([{ kind: 'row', key: '["a"]' }]);
});
