import type { NativeKind, Universe } from './catalog.ts';
import type { CompiledEntity } from './entity.ts';

/** What a column of the entity's own table holds; undefined for one that no field has. */
export function columnKind(
  entity: CompiledEntity,
  universe: Universe,
  column: string,
): NativeKind | undefined {
  const found = entity.fields.find(
    ({ [universe]: side }) => side.lookup === undefined && side.column.name === column,
  );
  return found?.[universe].column.kind;
}
