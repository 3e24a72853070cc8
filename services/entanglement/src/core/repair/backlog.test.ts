import { describe, expect, test } from '@jest/globals';
import type { RepairCase } from './repair-case.ts';
import { Backlog, type BacklogOptions, shownRows } from './testing/backlog.ts';
import { randomOf } from './testing/random.ts';

const seed = Number(process.env.BACKLOG_SEED ?? 7);
const backlog = (options: Partial<BacklogOptions>) =>
  new Backlog({ accounts: 50, bookings: 1_500, random: randomOf(seed), ...options });
const isEqual = ({ db }: Backlog) => expect(shownRows(db.legacy)).toEqual(shownRows(db.modern));
const idsOf = (cases: readonly RepairCase[]) => cases.map(({ id }) => id);
const anUnknownOfTen = (n: number) => n % 10 !== 0;

describe(`bookings of an outage that hot accounts connect to more rows than one repair writes (BACKLOG_SEED=${seed})`, () => {
  test.each<[string, Partial<BacklogOptions>, number]>([
    ['numbers of all are known', {}, 5],
    ['more hot accounts than one repair has rows', { accounts: 1_500, bookings: 2_000 }, 20],
    ['nobody knows by how much the balances differ', { inNumbers: () => false }, 30],
    ['of every tenth nobody knows by how much', { inNumbers: anUnknownOfTen }, 30],
    [
      'of every tenth nobody knows, on more hot accounts than one repair has rows',
      { accounts: 1_500, bookings: 2_000, inNumbers: anUnknownOfTen },
      40,
    ],
  ])('%s: all are written, in pieces, each once', (_, options, roundsMax) => {
    const all = backlog(options);
    expect(idsOf(all.settle(roundsMax))).toEqual([]);
    isEqual(all);
    expect(all.largest).toBeLessThanOrEqual(1_000);
    expect(all.db.modern.log).toHaveLength(options.bookings ?? 1_500);
  });

  test('one that legacy refuses holds up none of the others', () => {
    const all = backlog({ refused: new Set([700]) });
    const open = all.settle(100);
    expect(
      open.flatMap(({ rows }) => [...rows.values()].filter((row) => !row.proven && row.entity === 'entry')),
    ).toEqual([expect.objectContaining({ key: 'p700' })]);
    for (const { id } of open) expect(all.reconciler.standing(id)?.outstanding).toBe('value too long: p700');
  });

  test('what is not its turn yet says so', () => {
    const all = backlog({});
    const waiting = all.reconciler.cases.filter(({ case: { id } }) =>
      all.reconciler.due(all.nowMs).every(({ cases }) => cases.every((each) => each.id !== id)),
    );
    expect(waiting.length).toBeGreaterThan(500);
    expect(all.reconciler.waitsFor(waiting[0]?.case.id ?? '')).toMatch(/^other repairs of the same rows/);
    all.round();
    const [first] = all.reconciler.cases;
    expect(all.reconciler.waitsFor(first?.case.id ?? '')).toMatch(
      /^on account \d+ \d+ other repairs are not written/,
    );
  });

  test('while nothing can be done about it, it is not gone through anew', () => {
    const { reconciler, nowMs } = backlog({});
    // What was not tried yet comes first.
    for (let tries = 0; tries < 2; tries += 1)
      for (const component of reconciler.due(nowMs)) reconciler.postponed(component, nowMs, 'it is away');
    expect(reconciler.due(nowMs + 1)).toEqual([]);
    const again = reconciler.due(nowMs + 20_000);
    expect(again[0]?.rows).toBe(reconciler.due(nowMs + 20_000)[0]?.rows);
  });
});
