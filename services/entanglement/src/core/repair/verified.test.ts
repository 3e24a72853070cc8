import { describe, expect, test } from '@jest/globals';
import type { Universe } from '../mapping/catalog.ts';
import { fromJson, toJson } from './case-json.ts';
import { dueOf } from './due.ts';
import { OpenRows } from './open-rows.ts';
import type { RowPair } from './plan.ts';
import { Reconciler } from './reconciler.ts';
import { type CaseRow, type Cause, type RepairCase, rowId, rowsById } from './repair-case.ts';
import { settledBy, type Verified } from './verified.ts';

const entity = { name: 'account', fields: [{ name: 'balance', compared: true }] };
const a = rowId('account', '["a"]');
const b = rowId('account', '["b"]');
const read = (balance: string | undefined) =>
  balance === undefined
    ? { version: undefined, values: undefined }
    : { version: '1', values: new Map([['balance', balance]]) };
const pair = (key: string, legacy: string | undefined, modern: string | undefined): RowPair => ({
  ...{ entity, key: JSON.stringify([key]) },
  ...{ legacy: read(legacy), modern: read(modern) },
});
const rowOf = (key: string, due: string | undefined, row: Partial<CaseRow> = {}): CaseRow => ({
  ...{ entity: 'account', key: JSON.stringify([key]), proven: false, applied: new Map() },
  deed: due === undefined ? 'unknown' : 'kept',
  desired: due === undefined ? undefined : new Map([['balance', due]]),
  ...row,
});
const caseOf = (
  id: string,
  authority: Universe,
  rows: readonly CaseRow[],
  cause: Cause = 'lost',
  revision = 0,
): RepairCase => ({
  ...{ id, cause, revision, authority, committedMs: 1, authorityLsn: 1n, openedMs: 0 },
  ...{ revertFirst: false, undecided: false, rows: rowsById(rows) },
});
/** Modern was changed by hand, of what legacy answered on the same row one copy was lost: nobody knows whose is right. */
const byHand = () => caseOf('tx:modern:5', 'modern', [rowOf('a', undefined)], 'unattributed');
const lost = () => caseOf('r1', 'legacy', [rowOf('a', '5')]);
const found = (parts: Partial<Verified> = {}): Verified => ({
  ...{ by: 'v1', entities: new Set(['account']), unequal: new Set(), made: new Set(), isSaid: false },
  ...parts,
});

function started(...cases: readonly RepairCase[]) {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const take = (...more: readonly RepairCase[]) => {
    for (const each of more) reconciler.take(each, 1_000);
  };
  take(...cases);
  const look = (...pairs: readonly RowPair[]) => {
    const since = reconciler.open.now;
    const settled = reconciler.due(100_000).flatMap((component) => {
      const own = pairs.filter(({ key }) => component.rows.includes(rowId('account', key)));
      return reconciler.proven(component, own, since, 100_000);
    });
    return settled.map(({ id }) => id).toSorted();
  };
  const open = () => reconciler.cases.map((kept) => kept.case.id).toSorted();
  return { reconciler, take, look, open };
}

describe('cases that were open when a verification began', () => {
  test('are settled by it once the row is seen equal while nobody is at work on it, and say by which', () => {
    const { reconciler, look, open } = started(byHand(), lost());
    const [component] = reconciler.due(100_000);
    if (component === undefined) throw new Error('nothing is due');
    const at = { since: 0, both: false, nowMs: 100_000 };
    expect(reconciler.look(component, [pair('a', '7', '7')], at).type).toBe('conflict');
    expect(look(pair('a', '7', '7'))).toEqual([]);

    reconciler.verified(reconciler.witness(), found(), 2_000);
    expect(open()).toEqual(['r1', 'tx:modern:5']);
    expect(look(pair('a', '7', '8'))).toEqual([]);
    expect(look(pair('a', '7', '7'))).toEqual(['r1', 'tx:modern:5']);
    expect(open()).toEqual([]);
    const over = reconciler.settledCase('r1');
    expect(over && settledBy(over)).toBe('settled by verification v1');
  });

  test('are not settled while a request is at work on the row, nor where the row was read before it was judged', () => {
    const { reconciler, look, open } = started(lost());
    reconciler.verified(reconciler.witness(), found(), 2_000);
    const transaction = { universe: 'legacy' as const, lsn: 9n, part: 0, committedMs: 2_500 };
    const rows = [{ entity: 'account', key: '["a"]' }];
    reconciler.open.seen({ ...transaction, requestId: 'r2', rows }, 2_500);
    expect(look(pair('a', '7', '7'))).toEqual([]);
    const [component] = reconciler.due(100_000);
    const since = reconciler.open.now;
    reconciler.open.judged('r2', 3_000);
    expect(component && reconciler.proven(component, [pair('a', '7', '7')], since, 100_000)).toEqual([]);
    expect(open()).toEqual(['r1']);
    expect(look(pair('a', '7', '7'))).toEqual(['r1']);
  });

  test('with several rows: once each of them is', () => {
    const { reconciler, look, open } = started(caseOf('r1', 'legacy', [rowOf('a', '5'), rowOf('b', '-5')]));
    reconciler.verified(reconciler.witness(), found({ unequal: new Set([b]) }), 2_000);
    expect(look(pair('a', '7', '7'), pair('b', '1', '1'))).toEqual(['r1']);
    expect(open()).toEqual(['r1']);
    reconciler.verified(reconciler.witness(), found({ by: 'v2' }), 3_000);
    expect(look(pair('b', '1', '1'))).toEqual(['r1']);
    expect(open()).toEqual([]);
    const over = reconciler.settledCase('r1');
    expect(over && settledBy(over)).toBe('settled by verification v1, v2');
  });

  test('stay where their entity was not gone through, or the row was left unequal', () => {
    for (const parts of [{ entities: new Set<string>() }, { unequal: new Set([a]) }]) {
      const { reconciler, look } = started(byHand(), lost());
      expect(reconciler.verified(reconciler.witness(), found(parts), 2_000)).toEqual([]);
      expect(look(pair('a', '7', '7'))).toEqual([]);
    }
  });

  test('do not settle where each universe may lack the same amount of the other’s, unless somebody says whose is right', () => {
    for (const isSaid of [false, true]) {
      const { reconciler, look } = started(lost(), caseOf('r2', 'modern', [rowOf('a', '5')]));
      reconciler.verified(reconciler.witness(), found({ isSaid }), 2_000);
      expect(look(pair('a', '7', '7'))).toEqual(isSaid ? ['r1', 'r2'] : []);
    }
  });

  test('of an entity as a whole are over once all of it is equal', () => {
    const whole = caseOf('tx:modern:6', 'modern', [rowOf('a', undefined, { key: '' })], 'unattributed');
    const { reconciler, open } = started(whole);
    expect(reconciler.verified(reconciler.witness(), found({ unequal: new Set([b]) }), 2_000)).toEqual([]);
    reconciler.verified(reconciler.witness(), found(), 2_000);
    expect(open()).toEqual([]);
  });
});

describe('what came up after it began', () => {
  test('is no part of it: a new case, or more that is said of an old one', () => {
    const { reconciler, take, look, open } = started(lost());
    const witness = reconciler.witness();
    take(caseOf('r2', 'legacy', [rowOf('b', '1')]), caseOf('r1', 'legacy', [rowOf('a', '6')], 'lost', 1));
    expect(reconciler.verified(witness, found(), 2_000)).toEqual([]);
    expect(look(pair('a', '7', '7'), pair('b', '1', '1'))).toEqual([]);
    expect(open()).toEqual(['r1', 'r2']);
  });

  test('a later verdict takes the word from the row', () => {
    const { reconciler, take, look } = started(lost());
    reconciler.verified(reconciler.witness(), found(), 2_000);
    take(caseOf('r1', 'legacy', [rowOf('a', '6')], 'lost', 1));
    expect(look(pair('a', '7', '7'))).toEqual([]);
  });

  test('does not hold up what was settled: what it lacks is all that differs', () => {
    const { reconciler, take, look, open } = started(byHand());
    reconciler.verified(reconciler.witness(), found({ isSaid: true }), 2_000);
    take(caseOf('r2', 'legacy', [rowOf('a', '3')]));
    expect(look(pair('a', '10', '8'))).toEqual([]);
    expect(look(pair('a', '10', '7'))).toEqual(['tx:modern:5']);
    expect(open()).toEqual(['r2']);
  });

  test('that lacks the same as an old one hides nothing', () => {
    const { reconciler, take, look } = started(lost());
    reconciler.verified(reconciler.witness(), found(), 2_000);
    take(caseOf('r2', 'modern', [rowOf('a', '5')]));
    expect(look(pair('a', '7', '7'))).toEqual([]);
  });
});

test('what somebody’s authority was written over is not due any more, also after a restart', () => {
  const { reconciler } = started(lost());
  const made = found({ isSaid: true, made: new Set([a]), unequal: new Set() });
  const [told] = reconciler.verified(reconciler.witness(), made, 2_000);
  const kept = told && fromJson(JSON.parse(JSON.stringify(toJson(told))));
  const row = kept?.rows.get(a);
  expect(row && dueOf(row)).toEqual(new Map());
  expect(row?.verified).toEqual({ by: 'v1', isSaid: true });
});
