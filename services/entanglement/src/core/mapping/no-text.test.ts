import { expect, test } from '@jest/globals';
import { compileEntities } from './compile.ts';
import type { CompiledEntity } from './entity.ts';
import { noText } from './step.ts';
import { entanglement, testCatalog, testTable } from './testing.ts';

const table = testTable('account', { id: 'text', owner: 'text' });
const [entity] = compileEntities(
  entanglement([
    {
      name: 'account',
      legacy: { table: 'account' },
      modern: { table: 'account' },
      key: ['id'],
      fields: [
        { name: 'id', legacy: 'id', modern: 'id' },
        { name: 'owner', legacy: 'owner', modern: 'owner' },
      ],
    },
  ]),
  { legacy: testCatalog(table), modern: testCatalog(table) },
  { mask: (text) => text },
) as [CompiledEntity];

test('what is no text is written nowhere, though the field is text; a text that begins with a question mark is', () => {
  const write = (owner: string) => entity.row('modern', new Map([['owner', owner]]));
  expect(() => write(noText('4DFC6C6C6572'))).toThrow('could not be read');
  expect(write('?what')).toEqual({ owner: '?what' });
});
