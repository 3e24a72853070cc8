/** A compiled entity as the capture of one universe sees it. */
import { columnKind } from '../mapping/column-kind.ts';
import type { CompiledEntity } from '../mapping/entity.ts';
import type { UniverseName } from './declared.ts';
import type { EntitySide } from './entity-mapper.ts';

export function entitySide(entity: CompiledEntity, universe: UniverseName): EntitySide {
  const side = entity.side(universe);
  return {
    entity: entity.name,
    table: { schema: side.schema, name: side.table },
    lookups: side.lookups.map(({ name, schema, table, on }) => ({
      name,
      table: { schema, name: table },
      on,
    })),
    kindOf: (column) => columnKind(entity, universe, column),
    covers: (row) =>
      side.filters.some(({ column }) => row[column] === undefined) ? undefined : entity.covers(universe, row),
    canonical: (row, lookups) => entity.canonical(universe, row, lookups),
    key: (vector) => {
      const isKnown = entity.keyFields.every((name) => {
        const value = vector.fields.find((field) => field.name === name)?.value;
        return value?.case !== undefined && value.case !== 'unknown';
      });
      return isKnown ? entity.key(vector) : undefined;
    },
  };
}
