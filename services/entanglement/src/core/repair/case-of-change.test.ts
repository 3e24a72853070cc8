import { create } from '@bufbuild/protobuf';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Operation } from '@chronos/proto/events/v1/state_update_pb.js';
import { UnattributedChangeSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { casesOfChange, casesOfUnjudged, type Home } from './case-of-change.ts';
import { OpenRows } from './open-rows.ts';
import { Reconciler } from './reconciler.ts';

const home = { universe: 'legacy', both: false } as const;
const rows = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ entity: 'account', key: `["${n}"]` }));

/** Legacy's batch job at 7 as the arbiter tells of it: a thousand rows, and how many more there were. */
const batch = (count: number) =>
  create(UnattributedChangeSchema, {
    universe: Universe.LEGACY,
    commitLsn: 7n,
    changes: rows(Math.min(count, 1_000)),
    moreChanges: BigInt(Math.max(0, count - 1_000)),
  });

function openWith(count: number): OpenRows {
  const open = new OpenRows({ expiresAfterMs: 60_000 });
  const transaction = { universe: 'legacy', lsn: 7n, committedMs: 1, requestId: '' } as const;
  const all = rows(count);
  for (let part = 0; part * 500 < count; part++)
    open.seen({ ...transaction, part, rows: all.slice(part * 500, (part + 1) * 500) }, 1);
  return open;
}

const keysIn = (cases: ReturnType<typeof casesOfChange>) =>
  cases.map(({ id, rows: own }) => [id, [...own.values()].map(({ key }) => key)] as const);

test('a batch job of more rows than a message lists: every row is carried over, by the thousand', () => {
  const cases = casesOfChange(batch(3_000), openWith(3_000).judged('tx:legacy:7', 2), home, 2);
  expect(keysIn(cases).map(([id, keys]) => [id, keys.length])).toEqual([
    ['tx:legacy:7', 1_000],
    ['tx:legacy:7/2', 1_000],
    ['tx:legacy:7/3', 1_000],
  ]);
  expect(new Set(keysIn(cases).flatMap(([, keys]) => keys))).toEqual(
    new Set(rows(3_000).map(({ key }) => key)),
  );
  expect(cases.every(({ authority, cause }) => authority === 'legacy' && cause === 'unattributed')).toBe(
    true,
  );
});

test('where the rows that are not listed are not known, the whole entity may differ', () => {
  const told = keysIn(casesOfChange(batch(1_001), undefined, home, 2));
  expect(told.map(([id, keys]) => [id, keys.length])).toEqual([
    ['tx:legacy:7', 1_000],
    ['tx:legacy:7/2', 1],
  ]);
  expect(told[1]?.[1]).toEqual(['']);
});

test('an emptied table is said to be one', () => {
  const change = create(UnattributedChangeSchema, {
    universe: Universe.LEGACY,
    commitLsn: 7n,
    changes: [{ entity: 'account', op: Operation.TRUNCATE }],
  });
  const [told] = casesOfChange(change, undefined, home, 2);
  expect([...(told?.rows.values() ?? [])]).toMatchObject([
    { entity: 'account', key: '', about: 'an emptied table or partition' },
  ]);
});

test('a batch of which only the entity is told: all of its rows, where they are known one by one', () => {
  const told = (count: number) => {
    const change = create(UnattributedChangeSchema, {
      universe: Universe.LEGACY,
      commitLsn: 7n,
      changes: [{ entity: 'account' }],
      moreChanges: BigInt(count),
    });
    const cases = casesOfChange(change, openWith(count).judged('tx:legacy:7', 2), home, 2);
    return keysIn(cases).flatMap(([, keys]) => keys);
  };
  expect(new Set(told(6_000))).toEqual(new Set(rows(6_000).map(({ key }) => key)));
  expect(told(10_001)).toContain('');
});

test('what nobody judged, of more rows than are kept one by one: the known ones are settled apart from the rest', () => {
  const [work] = openWith(10_600).expired(60_001);
  const told = keysIn(casesOfUnjudged(work!, home, 2));
  expect(told).toHaveLength(11);
  expect(told.slice(0, 10).every(([, keys]) => keys.length === 1_000 && !keys.includes(''))).toBe(true);
  expect(told[10]?.[1]).toEqual(['']);
});

test('what modern did before a kill is modern’s, and what nobody can place is written nowhere by itself', () => {
  const change = create(UnattributedChangeSchema, { ...batch(1), universe: Universe.MODERN });
  const at = (home: Home) => casesOfChange(change, undefined, home, 2)[0];
  expect(at({ universe: 'modern', both: false, torn: false })).toMatchObject({
    authority: 'modern',
    undecided: false,
  });
  expect(at({ universe: 'modern', both: false, torn: true })).toMatchObject({ undecided: true });
  expect(at({ universe: 'legacy', both: false, torn: false })).toMatchObject({
    authority: 'legacy',
    undecided: false,
  });
});

test('what is said of a request that nobody judged in time gives way to its verdict', () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const work = openWith(2).judged('tx:legacy:7', 2)!;
  const [unjudged] = casesOfUnjudged({ ...work, id: 'r1' }, { universe: 'legacy', both: false }, 2);
  reconciler.take(unjudged!, 2);
  const said = { ...unjudged!, cause: 'mismatch', revision: 0, authority: 'modern' } as const;
  expect(reconciler.take(said, 3)?.authority).toBe('modern');
  expect(reconciler.take(unjudged!, 4)).toBeUndefined();
});

test('what a request did after it was judged and settled is looked at by its verdict’s word', () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const work = openWith(2).judged('tx:legacy:7', 2)!;
  const [late] = casesOfUnjudged({ ...work, id: 'r1' }, { universe: 'legacy', both: true }, 90_000);
  const [row] = late!.rows;
  const over = { ...row![1], proven: true };
  const judged = { ...late!, cause: 'mismatch', revision: 0, authority: 'modern', undecided: false } as const;
  reconciler.restore({ ...judged, rows: new Map([[row![0], over]]) }, undefined, 2);
  expect(reconciler.cases).toEqual([]);
  const again = reconciler.take(late!, 90_000);
  expect(again).toMatchObject({ authority: 'modern', revision: 0, undecided: false, openedMs: 90_000 });
  expect([...again!.rows.values()].every(({ proven }) => !proven)).toBe(true);
});

test('what a request did after its verdict, while its case is open, is looked at with it; what is due stays due', () => {
  const reconciler = new Reconciler(new OpenRows({ expiresAfterMs: 60_000 }));
  const work = openWith(2).judged('tx:legacy:7', 2)!;
  const [late] = casesOfUnjudged({ ...work, id: 'r1' }, { universe: 'legacy', both: false }, 90_000);
  const [first, second] = late!.rows;
  const due = { ...first![1], desired: new Map([['balance', '-3']]) };
  const said = { ...late!, cause: 'mismatch', revision: 0, authority: 'modern', openedMs: 2 } as const;
  reconciler.take({ ...said, rows: new Map([[first![0], due]]) }, 2);
  const joined = reconciler.take(late!, 90_000);
  expect(joined).toMatchObject({ authority: 'modern', revision: 0, cause: 'mismatch', openedMs: 2 });
  expect(joined!.rows).toEqual(new Map([[first![0], due], second!]));
  expect(reconciler.take(late!, 90_001)).toBeUndefined();
});
