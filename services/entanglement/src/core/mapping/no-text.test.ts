import { expect, test } from '@jest/globals';
import type { Column } from './catalog.ts';
import { compileEntities } from './compile.ts';
import type { CompiledEntity } from './entity.ts';
import { noText } from './step.ts';
import { entanglement, testCatalog, testTable } from './testing.ts';

/** An account's owner, in columns that bind their values or (SQLite) do not. */
function account(legacy: Partial<Column>, modern: Partial<Column>, codes = {}): CompiledEntity {
  const catalogOf = (changed: Partial<Column>) => {
    const table = testTable('account', { id: 'text', owner: 'text' });
    const columns = [...table.columns].map(([name, column]) => [name, { ...column, ...changed }] as const);
    return testCatalog({ ...table, columns: new Map(columns) });
  };
  const fields = [
    { name: 'id', legacy: 'id', modern: 'id' },
    { name: 'owner', legacy: 'owner', modern: 'owner', codes },
  ];
  const sides = { legacy: { table: 'account' }, modern: { table: 'account' } };
  const [entity] = compileEntities(
    entanglement([{ name: 'account', ...sides, key: ['id'], fields }]),
    { legacy: catalogOf(legacy), modern: catalogOf(modern) },
    { mask: (text) => text },
  );
  if (entity === undefined) throw new Error('not compiled');
  return entity;
}

const written = (entity: CompiledEntity, owner: string) => entity.row('modern', new Map([['owner', owner]]));
const sqlite = { untyped: true };
const lookalikes = ["?x'00'", "?x'4dfc6c6c6572'", "??x'00'", '?what', "x'00'", "?x'0'", '?'];

test('between databases whose types bind, every text is one, whatever it looks like', () => {
  const entity = account({}, {});
  for (const text of lookalikes) {
    const read = entity.field('owner')?.legacy.steps[0]?.read(text);
    expect(written(entity, read ?? '')).toEqual({ owner: text });
  }
});

test('beside SQLite, what is no text is written nowhere, and told from a text that looks like it', () => {
  const none = noText('4DFC6C6C6572');
  const entity = account(sqlite, {});
  expect(() => written(entity, none)).toThrow('could not be read');
  for (const text of lookalikes) {
    const canonical = entity.field('owner')?.modern.steps[0]?.read(text) ?? '';
    expect(canonical).not.toBe(none);
    expect(written(entity, canonical)).toEqual({ owner: text });
    expect(entity.row('legacy', new Map([['owner', canonical]]))).toEqual({ owner: text });
  }
  // Nor does it find a row of the file that has the look of it.
  expect(() => entity.row('legacy', new Map([['owner', none]]))).toThrow('is no text');
});

test('a code that is not declared is written nowhere; one that is declared may begin with a question mark', () => {
  const entity = account({}, {}, { A: 'active', Q: '?' });
  const read = (text: string) =>
    entity.field('owner')?.legacy.steps.reduce((v, step) => step.read(v) ?? '', text);
  expect(written(entity, read('Q') ?? '')).toEqual({ owner: '?' });
  expect(() => written(entity, read('X') ?? '')).toThrow(`legacy's value "?X" could not be read`);
});
