import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Sides } from '../verify/find-suspects.ts';

/** Entities that have no row in modern, where legacy has rows of one of them at least: a copy is to fill them. */
export async function unfilledEntities(
  entities: readonly CompiledEntity[],
  sides: Sides,
): Promise<ReadonlySet<string>> {
  const empty: CompiledEntity[] = [];
  for (const entity of entities) if (!(await sides.modern.isFilled(entity))) empty.push(entity);
  for (const entity of empty)
    if (await sides.legacy.isFilled(entity)) return new Set(empty.map(({ name }) => name));
  return new Set();
}
