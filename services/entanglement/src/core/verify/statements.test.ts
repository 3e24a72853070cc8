import { describe, expect, test } from '@jest/globals';
import { compileEntities } from '../mapping/compile.ts';
import { holds } from '../mapping/holds.ts';
import { entanglement, testCatalog, testTable } from '../mapping/testing.ts';
import { keyOrders } from './key-order.ts';
import { compareKeys } from './row-order.ts';
import { VerifyStatements } from './statements.ts';

/** Of modern's side, whose columns are of these types; legacy's are of the others. */
function modern(
  legacyTypes: Readonly<Record<string, string>>,
  modernTypes: Readonly<Record<string, string>>,
) {
  const names = Object.keys(modernTypes);
  const [entity] = compileEntities(
    entanglement([
      {
        name: 'thing',
        legacy: { table: 'things' },
        modern: { table: 'things' },
        key: names,
        fields: names.map((name) => ({ name, legacy: name, modern: name })),
      },
    ]),
    {
      legacy: testCatalog(testTable('things', legacyTypes, names)),
      modern: testCatalog(testTable('things', modernTypes, names)),
    },
    { mask: (text) => text },
  );
  const orders = keyOrders(entity!, 'modern');
  return { statements: new VerifyStatements(entity!, 'modern', orders), orders };
}

describe('a key that the column’s type cannot hold', () => {
  test('has no row there, and does not keep the others from being read', () => {
    const { statements } = modern({ id: 'int8' }, { id: 'int4' });
    const found = statements.rows([['7'], ['3000000000'], ['?x'], ['-2147483648']]);
    expect(found?.values).toEqual([['7', '-2147483648']]);
    expect(statements.hashesOf([['3000000000']])).toBeUndefined();
    const two = modern({ a: 'text', b: 'text' }, { a: 'uuid', b: 'text' }).statements;
    const good = '00000000-0000-4000-8000-000000000001';
    expect(
      two.rows([
        ['test-customer', 'x'],
        [good, 'y'],
      ])?.values,
    ).toEqual([good, 'y']);
  });

  test('bounds a range all the same', () => {
    const { statements } = modern({ id: 'int8' }, { id: 'int4' });
    const within = (from: string, to: string) => statements.checksum({ from: [from], to: [to] });
    expect(within('1', '3000000000').text).toContain(
      '(t."id") >= ($1) AND (t."id"::text::numeric) < ($2::numeric)',
    );
    expect(within('?odd', '?odder').text).toMatch(/AND false AND true$/);
    const two = modern({ a: 'int4', b: 'int8' }, { a: 'int4', b: 'int2' }).statements;
    expect(two.checksum({ from: ['1', '?'], to: ['2', '?'] }).text).toMatch(
      /AND \(t\."a"\) > \(\$1\) AND \(t\."a"\) <= \(\$2\)$/,
    );
  });

  test.each([
    ['int2', ['32767', '-32768', '0'], ['32768', '1.5', 'abc', '', '?1']],
    ['int8', ['9223372036854775807'], ['9223372036854775808']],
    ['oid', ['4294967295'], ['-1', '4294967296']],
    ['numeric', ['1.50', 'NaN', '-Infinity', '9'.repeat(200)], ['1e', 'x', '']],
    ['float8', ['1', '-0.5', '0', 'NaN'], ['9'.repeat(400), `0.${'0'.repeat(400)}1`]],
    ['float4', ['16777217'], ['9'.repeat(40)]],
    ['uuid', ['00000000-0000-4000-8000-000000000001'], ['test-customer', '']],
    ['date', ['2024-02-29', '0001-01-01 BC', 'infinity'], ['2026-02-29', '2026-13-01', '0000-01-01', 'soon']],
    ['timestamp', ['2024-02-29T23:59:59.999999Z'], ['2026-02-30T00:00:00Z', '2026-01-01T25:00:00Z']],
    ['bytea', ['\\x00ff', '\\x'], ['\\x0', 'ff']],
    ['bool', ['true', 'f'], ['2', '']],
    ['jsonb', ['{"a":1}'], ['{', '"\\u0000"']],
    ['text', ['', '?'], ['a\0b']],
  ])('%s', (type, held, other) => {
    const column = testTable('t', { c: type }).columns.get('c')!;
    expect([...held, ...other].filter((text) => holds(column, text))).toEqual(held);
    const list = testTable('t', { c: `${type}[]` }).columns.get('c')!;
    expect(holds(list, '{}')).toBe(true);
  });

  test('an enum is asked for by its text, a list by itself', () => {
    const list = modern({ id: 'int4[]' }, { id: 'int4[]' }).statements;
    expect(list.rows([['[1,2]']])).toMatchObject({ values: ['{"1","2"}'] });
    const column = { ...testTable('t', { c: 'text' }).columns.get('c')!, kind: 'enum' as const };
    expect(holds(column, 'no label of it')).toBe(true);
  });

  test('numbers that only one side has stand in their place where rows are ordered here', () => {
    const { orders } = modern({ id: 'int4' }, { id: 'numeric' });
    const sorted = [['10'], ['?x'], ['9.5'], ['-1'], ['9']].sort((a, b) => compareKeys(orders, a, b));
    expect(sorted.flat()).toEqual(['-1', '9', '9.5', '10', '?x']);
  });
});
