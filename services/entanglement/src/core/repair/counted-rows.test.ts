import { expect, test } from '@jest/globals';
import { OpenRows } from './open-rows.ts';
import { planOf, type RowPair } from './plan.ts';
import { type CaseRow, type RepairCase, rowId } from './repair-case.ts';

const entity = { name: 'entry', fields: [{ name: 'text', compared: true }] };
const read = (text: string) => ({ version: '1', values: new Map([['text', text]]) });
const key = '["a","5"]';
const id = rowId('entry', key);
const added: CaseRow = {
  entity: 'entry',
  key,
  deed: 'added',
  desired: undefined,
  applied: new Map(),
  proven: false,
};

/** A posting that this universe alone was asked for: its copy was lost. */
function lost(authority: 'legacy' | 'modern'): RepairCase {
  return {
    id: `asked of ${authority}`,
    cause: 'lost',
    revision: 0,
    authority,
    committedMs: 1,
    authorityLsn: 1n,
    openedMs: 1,
    revertFirst: false,
    undecided: false,
    rows: new Map([[id, added]]),
  };
}

function plan(cases: readonly RepairCase[], pair: RowPair) {
  const open = new OpenRows({ expiresAfterMs: 60_000 });
  return planOf([pair], cases, open, { since: open.now, compensate: true, both: true });
}

test('two rows under one number, each told to a client: nothing is written, and it is said what to decide', () => {
  const { conflict } = plan([lost('legacy'), lost('modern')], {
    entity,
    key,
    legacy: read('rent'),
    modern: read('salary'),
  });
  expect(conflict).toMatch(
    /^entry \["a","5"\]: .*each has told a client so → decide whose stays \(chronos verify --repair/,
  );
});

test('the number was taken on one side only, or by the same row: no conflict', () => {
  const none = { version: undefined, values: undefined };
  expect(
    plan([lost('legacy')], { entity, key, legacy: read('rent'), modern: none }).conflict,
  ).toBeUndefined();
  const both = plan([lost('legacy'), lost('modern')], {
    entity,
    key,
    legacy: read('rent'),
    modern: read('rent'),
  });
  expect(both.conflict).toBeUndefined();
});
