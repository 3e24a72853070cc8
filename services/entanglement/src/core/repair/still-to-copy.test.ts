import { expect, test } from '@jest/globals';
import { fromJson, toJson } from './case-json.ts';
import { caseOfRows } from './case-of-change.ts';
import { OpenRows } from './open-rows.ts';
import { Reconciler } from './reconciler.ts';
import type { RepairCase } from './repair-case.ts';
import { stillToCopy } from './still-to-copy.ts';
import { TIMINGS } from './timings.ts';
import { wholeEntities } from './whole-entity.ts';

const entities = [
  { name: 'owner', isDone: true },
  { name: 'entry', isDone: false },
];
const names = (standing: Parameters<typeof stillToCopy>[0]) => [...stillToCopy(standing).entities];

test('which entities are still to be copied', () => {
  const unfilled = new Set(['owner', 'entry']);
  const running = { isRunning: true, entities };
  const stopped = { isRunning: false, entities };
  const none = new Set<string>();
  // Nothing was started: an empty modern waits for a copy, a copy that runs or was stopped has all to its end.
  expect(names({ isDraft: true, copy: undefined, unfilled })).toEqual(['owner', 'entry']);
  expect(names({ isDraft: true, copy: undefined, unfilled: none })).toEqual([]);
  expect(names({ isDraft: true, copy: running, unfilled: none })).toEqual(['owner', 'entry']);
  expect(names({ isDraft: true, copy: stopped, unfilled: none })).toEqual(['owner', 'entry']);
  // Modern gets requests: what a running copy has passed is the reconciler's, and nobody waits for one that does not run.
  expect(names({ isDraft: false, copy: running, unfilled })).toEqual(['entry']);
  expect(names({ isDraft: false, copy: stopped, unfilled })).toEqual([]);
  expect(names({ isDraft: false, copy: undefined, unfilled })).toEqual([]);
});

function change(id: string, rows: readonly (readonly [string, string])[], nowMs: number): RepairCase {
  const keyed = rows.map(([entity, key]) => ({ entity, key: JSON.stringify([key]) }));
  return { ...caseOfRows(id, keyed, 'legacy', nowMs), cause: 'unattributed' };
}
const copying = (...held: string[]) => ({ entities: new Set(held), why: 'a copy runs' });
const due = (reconciler: Reconciler, nowMs: number) =>
  reconciler.due(nowMs).flatMap(({ cases }) => cases.map(({ id }) => id));

test('changes wait for the copy, others do not; afterwards they have their time again', () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  reconciler.take(change('before', [['entry', '1']], 0), 0);
  expect(reconciler.hold(copying('entry'), 1).map(({ id }) => id)).toEqual(['before']);
  const both = change(
    'both',
    [
      ['owner', '1'],
      ['entry', '2'],
    ],
    2,
  ); // prettier-ignore
  reconciler.take(both, 2);
  reconciler.take(change('owner', [['owner', '2']], 2), 2);
  reconciler.take({ ...change('asked', [['entry', '3']], 2), cause: 'verification' }, 2);
  reconciler.take({ ...change('back', [['entry', '4']], 2), authority: 'modern' }, 2);
  expect(due(reconciler, 10).toSorted()).toEqual(['asked', 'back', 'owner']);
  expect(reconciler.waitsFor('both')).toBe('a copy runs');
  // Hours later: they are not outstanding for that.
  const released = reconciler.hold(copying(), 10_000_000);
  expect(released.map(({ id, openedMs }) => [id, openedMs])).toEqual([
    ['before', 10_000_000],
    ['both', 10_000_000],
  ]);
  expect(due(reconciler, 10_000_000)).toEqual(expect.arrayContaining(['before', 'both']));
});

test('of more changes than are kept one by one, all of their entities is gone through behind the copy', () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }), TIMINGS, 1_000, 100);
  reconciler.hold(copying('entry', 'owner'), 5);
  for (let n = 0; n < 5_000; n += 1) reconciler.take(change(`tx:legacy:${n}`, [['entry', String(n)]], n), n);
  reconciler.take(change('tx:legacy:other', [['owner', '1']], 6_000), 6_000);
  // What modern did by itself is counted one by one, and what nobody may decide stays so.
  reconciler.take(change('tx:modern:1', [['entry', 'm']], 6_000), 6_000);
  reconciler.take({ ...change('tx:legacy:torn', [['entry', 't']], 6_000), undecided: true }, 6_000);
  const { cases } = reconciler;
  expect(cases.length).toBeLessThan(110);
  const whole = cases.flatMap((kept) => wholeEntities(fromJson(toJson(kept.case))));
  expect(whole.map(({ entity }) => entity)).toEqual(['entry', 'owner']);
  expect(cases.map((kept) => kept.case.id)).toEqual(
    expect.arrayContaining(['tx:legacy:0', 'tx:modern:1', 'tx:legacy:torn']),
  );
  // Another copy: what is said of an entity from then on is not the case that may be gone through already.
  reconciler.hold(copying(), 7_000);
  reconciler.hold(copying('entry'), 8_000);
  for (let n = 0; n < 200; n += 1) reconciler.take(change(`tx:legacy:b${n}`, [['entry', `b${n}`]], n), 9_000);
  const later = reconciler.cases.flatMap((kept) => wholeEntities(kept.case));
  expect(later.map(({ entity }) => entity)).toEqual(['entry', 'owner', 'entry']);
});
