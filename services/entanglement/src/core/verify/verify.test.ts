import { describe, expect, test } from '@jest/globals';
import { compileEntities } from '../mapping/compile.ts';
import { entanglement, testCatalog, testTable } from '../mapping/testing.ts';
import { isIndexed, keyOrders } from './key-order.ts';
import { Pace } from './pace.ts';
import { Suspects } from './settle.ts';

const reading = (legacy: string | undefined, modern: string | undefined, equal = false) => ({
  legacy: legacy === undefined ? undefined : { row: null, version: legacy },
  modern: modern === undefined ? undefined : { row: null, version: modern },
  equal,
});

describe('Suspects', () => {
  const suspects = () => new Suspects<null>({ quietMs: 1_000, givenUpAfterMs: 5_000 });

  test('unequal twice without a change in between, a request apart: differs', () => {
    const all = suspects();
    expect(all.see('k', reading('1', '7'), 0)).toBeUndefined();
    expect(all.see('k', reading('1', '7'), 999)).toBeUndefined();
    expect(all.see('k', reading('1', '7'), 1_000)).toBe('differs');
    expect(all.open).toEqual([]);
  });

  test('equal once: it was in flight', () => {
    const all = suspects();
    all.see('k', reading('1', undefined), 0);
    expect(all.see('k', reading('1', '8', true), 300)).toBe('in-flight');
  });

  test('a change of either side begins the wait anew; what never rests is unsettled', () => {
    const all = suspects();
    for (let at = 0; at < 5_000; at += 900)
      expect(all.see('k', reading('1', String(at)), at)).toBeUndefined();
    expect(all.see('k', reading('2', 'x'), 5_400)).toBe('unsettled');
  });

  test('a row that is missing on one side for long differs', () => {
    const all = suspects();
    all.see('k', reading(undefined, '3'), 0);
    expect(all.nextMs(400)).toBe(1_000);
    expect(all.see('k', reading(undefined, '3'), 1_200)).toBe('differs');
  });
});

describe('Pace', () => {
  test('measures over the last seconds', () => {
    const pace = new Pace(0);
    pace.done(0, 0, 0);
    expect(pace.secondsLeft(100)).toBeUndefined();
    expect(pace.done(1_000, 1_000, 2_000)).toBe(0);
    expect(pace.rowsPerSecond).toBe(500);
    expect(pace.secondsLeft(250)).toBe(0.5);
  });

  test('bounded: rests so that the rate holds, whatever the size of the pieces', () => {
    const pace = new Pace(1_000);
    let now = 10_000;
    let rows = 0;
    while (now < 20_000) {
      rows += 700;
      now += 1 + pace.done(700, rows, now);
    }
    expect(rows).toBeGreaterThan(9_500);
    expect(rows).toBeLessThan(12_000);
  });
});

describe('an index serves both sides', () => {
  const isServed = (legacy: string, modern: string) => {
    const catalogs = { legacy: withCollation(legacy), modern: withCollation(modern) };
    const fields = [{ name: 'id', legacy: 'id', modern: 'id' }];
    const table = { table: 'things' };
    const declared = entanglement([{ name: 'thing', legacy: table, modern: table, key: ['id'], fields }]);
    const [entity] = compileEntities(declared, catalogs, { mask: (text) => text });
    return entity !== undefined && isIndexed(keyOrders(entity, 'legacy'));
  };
  const withCollation = (collation: string) => {
    const table = testTable('things', { id: 'text' });
    const columns = [...table.columns].map(([name, column]) => [name, { ...column, collation }] as const);
    return testCatalog({ ...table, columns: new Map(columns) });
  };

  test.each([
    ['c:de_DE.UTF-8:2.36', 'c:de_DE.UTF-8:2.36', true],
    ['c:de_DE.UTF-8:2.36', 'c:de_DE.UTF-8:2.39', false],
    ['sqlite:BINARY', 'b:C.UTF-8:1', true],
    ['sqlite:BINARY', 'c:C:', true],
    ['sqlite:BINARY', 'c:C.UTF-8:', false],
  ])('texts by %s and %s: %s', (legacy, modern, served) => {
    expect(isServed(legacy, modern)).toBe(served);
  });
});
