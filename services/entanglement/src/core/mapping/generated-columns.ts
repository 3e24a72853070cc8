import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { type Catalog, tableId, tableName, type Universe } from './catalog.ts';

/**
 * Generated columns that entities have as fields; one sentence each. A change stream tells them only where they are stored and a publication may hold them
 * (PostgreSQL 18); elsewhere nothing but a verification looks at them.
 */
export function untoldColumns(
  { entities }: Pick<Entanglement, 'entities'>,
  universe: Universe,
  catalog: Catalog,
): string[] {
  return entities.flatMap((entity) => {
    const side = entity[universe];
    const tableOf = (name: string) => catalog.get(tableId(tableName(name)));
    return entity.fields.flatMap((field) => {
      if (side === undefined || field.ignore || entity.key.includes(field.name)) return [];
      const [column = '', lookup] = field[universe].split('.', 2).toReversed();
      const table =
        lookup === undefined ? side.table : side.lookups.find(({ name }) => name === lookup)?.table;
      if (table === undefined || tableOf(table)?.columns.get(column)?.computed !== true) return [];
      return [
        `${entity.name}.${field.name}: ${column} of ${table} is a generated column, which the change stream tells only of PostgreSQL 18 on, and only if it is STORED: else only verifications compare it; repairs leave it to the database → compare what it is made of`,
      ];
    });
  });
}
