import { describe, expect, test } from '@jest/globals';
import { OpenRows, type SeenTransaction } from './open-rows.ts';

const part = (n: number, keys: readonly string[], requestId = 'r1'): SeenTransaction => ({
  universe: 'legacy',
  lsn: 10n,
  part: n,
  committedMs: 100,
  requestId,
  rows: keys.map((key) => ({ entity: 'account', key })),
});

describe('a request that changes more rows than are kept one by one', () => {
  const open = new OpenRows({ expiresAfterMs: 1_000, workRowsMax: 3 });
  open.seen(part(0, ['a', 'b']), 100);
  open.seen(part(1, ['c', 'd']), 100);

  test('holds every row of the entity until it is judged, those that it never named included', () => {
    expect(['a', 'c', 'z'].map((key) => open.isOpen('account', key, 0))).toEqual([true, true, true]);
    expect(open.isOpenBefore('account', 'z', 'legacy', 11n)).toBe(true);
    expect(open.isOpenBefore('account', 'z', 'legacy', 10n)).toBe(false);
    expect(open.isOpen('order', 'a', 0)).toBe(false);
  });

  test('keeps no more than their names', () => {
    const before = open.now;
    const work = open.judged('r1', 200);
    expect(work?.transactions.flatMap(({ rows }) => rows)).toEqual([
      { entity: 'account', key: 'a' },
      { entity: 'account', key: 'b' },
      { entity: 'account', key: '' },
    ]);
    // A row that was read before it was judged was read too early.
    expect(open.isOpen('account', 'z', before)).toBe(true);
    expect(open.isOpen('account', 'z', open.now)).toBe(false);
  });
});
