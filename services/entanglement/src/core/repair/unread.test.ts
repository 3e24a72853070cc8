import { Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { describe, expect, test } from '@jest/globals';
import type { Universe } from '../mapping/catalog.ts';
import { HomeHistory } from './home-history.ts';
import { OpenRows } from './open-rows.ts';
import { planOf, type RowPair } from './plan.ts';
import { type CaseRow, type RepairCase, rowsById } from './repair-case.ts';
import { unreadAnswers } from './unread.ts';

const entity = { name: 'account', fields: [{ name: 'balance', compared: true }] };
const read = (balance: string | undefined) =>
  balance === undefined
    ? { version: undefined, values: undefined }
    : { version: '1', values: new Map([['balance', balance]]) };
const pairOf = (legacy: string | undefined, modern: string | undefined): RowPair => ({
  entity,
  key: '["a"]',
  legacy: read(legacy),
  modern: read(modern),
});

let cases = 0;
/** `due`: what the other universe lacks; undefined: one of the two was not read. */
const caseOf = (authority: Universe, due: string | undefined, row: Partial<CaseRow> = {}): RepairCase => {
  cases += 1;
  return {
    ...{ id: `r${cases}`, cause: 'lost', revision: 0, authority, committedMs: cases, authorityLsn: 1n },
    ...{ openedMs: 0, revertFirst: false, undecided: false },
    rows: rowsById([
      {
        ...{ entity: 'account', key: '["a"]', deed: due === undefined ? 'unknown' : 'kept', proven: false },
        ...{ desired: due === undefined ? undefined : new Map([['balance', due]]), applied: new Map() },
        ...row,
      },
    ]),
  };
};
const plan = (pair: RowPair, of: readonly RepairCase[], unread: readonly Universe[] = ['modern']) =>
  planOf([pair], of, new OpenRows({ expiresAfterMs: 1 }), {
    ...{ since: 0, compensate: false, both: false, unread: new Set(unread) },
  });
const writesOf = ({ writes }: ReturnType<typeof plan>) =>
  [...writes.legacy, ...writes.modern].map((write) => (write.kind === 'row' ? write.after : write.add));

describe('modern answered requests that nobody has read', () => {
  test('its row is not made what a case of which its part is not known says, and the remedy is named', () => {
    const found = plan(pairOf('90', '100'), [caseOf('legacy', undefined)]);
    expect(writesOf(found)).toEqual([]);
    expect(found.conflict).toMatch(
      /^account \["a"\]: modern answered requests while its changes were not read.*chronos verify --repair --authority/,
    );
  });

  test('nor where what is known explains only a part of what differs', () => {
    expect(plan(pairOf('95', '100'), [caseOf('legacy', '5')]).conflict).toBeDefined();
    expect(plan(pairOf('105', '100'), [caseOf('legacy', '5')])).toMatchObject({ conflict: undefined });
  });

  test('its row is not removed, unless it is known to have been made for a request that legacy answered', () => {
    expect(plan(pairOf(undefined, '1'), [caseOf('legacy', undefined)]).conflict).toBeDefined();
    const lone = { what: 'added', in: 'modern', digest: 'd' } as const;
    const made = caseOf('legacy', undefined, { deed: 'kept', lone });
    expect(writesOf(plan(pairOf(undefined, '1'), [made]))).toEqual([undefined]);
    const removed = caseOf('legacy', undefined, { deed: 'removed' });
    expect(writesOf(plan(pairOf(undefined, '1'), [removed]))).toEqual([undefined]);
  });

  test('its row is carried over to legacy, unless legacy answered something there that is not known in modern', () => {
    expect(writesOf(plan(pairOf('90', '100'), [caseOf('modern', undefined)]))).toHaveLength(1);
    const both = [caseOf('legacy', undefined), caseOf('modern', '10')];
    expect(plan(pairOf('90', '100'), both).conflict).toBeDefined();
  });

  test('somebody’s word by a verification is not asked for the same row: only --authority is', () => {
    const asked: RepairCase = { ...caseOf('legacy', undefined), cause: 'verification' };
    expect(plan(pairOf('90', '100'), [asked]).conflict).toBeDefined();
  });

  test('once it is proven equal, or where legacy answered all the time, rows are repaired', () => {
    expect(writesOf(plan(pairOf('90', '100'), [caseOf('legacy', undefined)], []))).toHaveLength(1);
    expect(writesOf(plan(pairOf('90', '100'), [caseOf('legacy', undefined)], ['legacy']))).toHaveLength(1);
  });
});

describe('who answered what was not read', () => {
  const to = (stage: Stage, atMs: number) => ({ group: 'all', from: undefined, to: stage, atMs, ackMs: 0 });
  const homes = new HomeHistory([
    to(Stage.SHADOW, 10_000),
    to(Stage.SWAPPED, 20_000),
    to(Stage.KILLED, 30_000),
  ]);
  const said = (fromMs: number, toMs: number | undefined, history = homes) => [
    ...unreadAnswers(
      (['legacy', 'modern'] as const).map((universe) => ({ universe, fromMs, toMs })),
      history,
      { nowMs: 50_000, skewMs: 10 },
    ),
  ];
  test.each([
    [12_000, 19_000, ['legacy']],
    [22_000, 29_000, ['modern']],
    [22_000, 40_000, ['legacy', 'modern']],
    [29_000, undefined, ['legacy', 'modern']],
    [31_000, undefined, ['legacy']],
    [30_005, 40_000, ['legacy', 'modern']],
  ])('from %s to %s: %s', (fromMs, toMs, wanted) => {
    expect(said(fromMs, toMs)).toEqual(wanted);
  });

  test('either, as long as the journal does not say', () => {
    const late = new HomeHistory([to(Stage.KILLED, 30_000)], 30_000);
    expect(said(22_000, 29_000, late)).toEqual(['legacy', 'modern']);
    expect(said(31_000, undefined, late)).toEqual(['legacy']);
  });
});
