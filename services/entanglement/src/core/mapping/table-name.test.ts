import { expect, test } from '@jest/globals';
import { tableId, tableName } from './catalog.ts';

test.each([
  ['accounts', 'public', 'accounts'],
  ['Core.Konto', 'Core', 'Konto'],
  ['"a.b"', 'public', 'a.b'],
  ['core."a.b"', 'core', 'a.b'],
  ['"my schema"."say ""a"""', 'my schema', 'say "a"'],
])('%s', (declared, schema, table) => {
  expect(tableName(declared)).toEqual({ schema, table });
  // As messages and catalogues have it, it is read back.
  expect(tableName(tableId({ schema, table }))).toEqual({ schema, table });
});
