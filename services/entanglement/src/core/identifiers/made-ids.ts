import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import { type Catalog, tableId, tableName, type Universe } from '../mapping/catalog.ts';

/** Entities whose rows a repair or a copy could not add to this universe, since nothing in its database makes their ids; one sentence each, with the remedy. */
export function unmadeIds(
  { entities }: Pick<Entanglement, 'entities'>,
  universe: Universe,
  catalog: Catalog,
): string[] {
  return entities.flatMap((entity) => {
    const side = entity[universe];
    const table = side && catalog.get(tableId(tableName(side.table)));
    return entity.fields.flatMap((field) => {
      const isOwn = field.generated || (entity.key.length === 1 && entity.key[0] === field.name);
      const column = table?.columns.get(field[universe]);
      if (!isOwn || field.identifiers === '' || field.ignore) return [];
      if (column === undefined || column.fresh !== undefined) return [];
      return [
        `${entity.name}.${field.name}: the service alone makes ${column.name} of ${side?.table}, so that Chronos cannot add rows there (lost copies, what the other universe made) → give it a DEFAULT or an identity`,
      ];
    });
  });
}
