import { describe, expect, test } from '@jest/globals';
import { compileEntities, MappingError } from './compile.ts';
import { untoldColumns } from './generated-columns.ts';
import { entanglement, testCatalog, testTable } from './testing.ts';

const tables = {
  legacy: testCatalog(
    testTable('konto', { nr: 'int8=', kind: 'text=', ref: 'int8=', total: 'numeric=', net: 'numeric' }),
    testTable('states', { id: 'int8', code: 'text=' }),
  ),
  modern: testCatalog(testTable('accounts', { id: 'int8', total: 'numeric', state: 'text' })),
};
const fields = [
  { name: 'id', legacy: 'nr', modern: 'id' },
  { name: 'total', legacy: 'total', modern: 'total' },
  { name: 'state', legacy: 'state.code', modern: 'state' },
  { name: 'unread', legacy: 'kind', modern: 'state', ignore: true },
];
const lookups = [{ name: 'state', table: 'states', on: { ref: 'id' } }];

describe('generated columns', () => {
  test('as fields are told, each by its name, unless nothing compares them', () => {
    const declared = entanglement([
      {
        name: 'account',
        legacy: { table: 'konto', lookups },
        modern: { table: 'accounts' },
        key: ['id'],
        fields,
      },
    ]);
    expect(untoldColumns(declared, 'legacy', tables.legacy).map((text) => text.split(',')[0])).toEqual([
      'account.total: total of konto is a generated column',
      'account.state: code of states is a generated column',
    ]);
    expect(untoldColumns(declared, 'modern', tables.modern)).toEqual([]);
  });

  test('cannot say which rows a change is about', () => {
    const declared = entanglement([
      {
        name: 'account',
        legacy: { table: 'konto', lookups, where: [{ column: 'kind', values: ['A'] }] },
        modern: { table: 'accounts' },
        key: ['id'],
        fields,
      },
    ]);
    let problems: readonly string[] = [];
    try {
      compileEntities(declared, tables, { mask: String });
    } catch (error) {
      if (error instanceof MappingError) ({ problems } = error);
    }
    expect(problems).toEqual([
      'entity account, legacy, lookup state: ref is a generated column, which the change stream does not tell',
      'entity account, legacy, where: kind is a generated column, which the change stream does not tell',
      'entity account, key, legacy: nr is a generated column, which the change stream does not tell',
    ]);
  });
});
