import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { type Entanglement, EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { type Catalog, type Column, KINDS, type Table } from './catalog.ts';
import { compileEntities } from './compile.ts';
import type { CompiledEntity } from './entity.ts';

/** A table of the given columns, `name: 'type'`, `name: 'type?'` where it may be null, `name: 'type='` where it is generated; the first is its unique key unless others are named. */
export function testTable(
  name: string,
  columns: Readonly<Record<string, string>>,
  key: readonly string[] = Object.keys(columns).slice(0, 1),
): Table {
  return {
    schema: 'public',
    name,
    columns: new Map(Object.entries(columns).map(([column, type]) => [column, testColumn(column, type)])),
    uniqueKeys: [key],
    rows: 0,
  };
}

function testColumn(name: string, declared: string): Column {
  const nullable = declared.endsWith('?');
  const computed = declared.endsWith('=');
  const type = nullable || computed ? declared.slice(0, -1) : declared;
  const array = type.endsWith('[]');
  return {
    name,
    type,
    kind: KINDS.get(array ? type.slice(0, -2) : type),
    base: array ? type.slice(0, -2) : type,
    array,
    nullable,
    hasDefault: false,
    computed,
    sequence: undefined,
    identityAlways: false,
    collation: 'C',
  };
}

export function testCatalog(...tables: readonly Table[]): Catalog {
  return new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]));
}

export function entanglement(
  entities: MessageInitShape<typeof EntanglementSchema>['entities'],
): Entanglement {
  return create(EntanglementSchema, { entities: entities ?? [] });
}

/** An account with its owner's name, the same table in both universes. */
export function ownedAccount(ownerType = 'text'): CompiledEntity {
  const columns = ['id', 'owner'];
  const table = testTable('account', { id: 'text', owner: ownerType });
  const [entity] = compileEntities(
    entanglement([
      {
        name: 'account',
        legacy: { table: 'account' },
        modern: { table: 'account' },
        key: ['id'],
        fields: columns.map((name) => ({ name, legacy: name, modern: name })),
      },
    ]),
    { legacy: testCatalog(table), modern: testCatalog(table) },
    { mask: (text) => text },
  );
  if (entity === undefined) throw new Error('the account was not compiled');
  return entity;
}
