import type pg from 'pg';
import { fieldsToMake } from '../../core/identifiers/matched-rows.ts';
import { type IdPair, type Partners, unmarked } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, CompiledField, Values } from '../../core/mapping/entity.ts';
import { readThrough } from '../../core/mapping/step.ts';

/**
 * Ids of the universe's own for new rows that it has none for yet: drawn from the column's default or sequence, so that what its service draws next
 * is another one. The pairs are in `partners` then, and are to be learned before the rows are committed.
 */
export async function makeIds(
  client: Pick<pg.ClientBase, 'query'>,
  entity: CompiledEntity,
  universe: Universe,
  rows: readonly Values[],
  partners: Partners,
): Promise<IdPair[]> {
  const made: IdPair[] = [];
  const wanted = Map.groupBy(
    rows.flatMap((values) =>
      fieldsToMake(entity, universe, values, partners).map((field) => ({
        field,
        common: values.get(field.name) ?? '',
      })),
    ),
    ({ field }) => field,
  );
  for (const [field, own] of wanted) {
    const { column, steps } = field[universe];
    // Without one of its own the row is refused where it is written, by name.
    if (column.fresh === undefined) continue;
    const { rows: drawn } = await client.query<{ id: string }>(
      `SELECT (${column.fresh})::text AS id FROM generate_series(1, $1::integer)`,
      [own.length],
    );
    for (const [at, { common }] of own.entries()) {
      const id = readThrough(steps, drawn[at]?.id ?? '');
      if (id === null) continue;
      made.push(pairOf(field, universe, common, id));
    }
  }
  for (const pair of made) partners.add(pair);
  return made;
}

/** The pair of a row's common name and the id that a universe has made for it. */
export function pairOf(field: CompiledField, universe: Universe, common: string, made: string): IdPair {
  const bijection = field.identifiers;
  return universe === 'modern'
    ? { bijection, legacy: common, modern: made }
    : { bijection, legacy: made, modern: unmarked(common) ?? common };
}
