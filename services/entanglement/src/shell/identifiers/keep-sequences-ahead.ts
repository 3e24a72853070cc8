import type pg from 'pg';
import type { NativeKind, Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { identifier, literal } from '../../core/mapping/sql.ts';

const NUMBERS: readonly (NativeKind | undefined)[] = ['integer', 'numeric'];

/** Sequences behind the entity's columns go on beyond the rows that are there, so that the service's next insert does not collide. */
export async function keepSequencesAhead(
  client: Pick<pg.ClientBase, 'query'>,
  entity: CompiledEntity,
  universe: Universe,
): Promise<void> {
  const { schema, table } = entity.side(universe);
  for (const { [universe]: side } of entity.fields) {
    const { sequence, name, kind } = side.column;
    if (side.lookup !== undefined || sequence === undefined || !NUMBERS.includes(kind)) continue;
    await client.query(aheadSql(sequence, `${identifier(schema)}.${identifier(table)}`, identifier(name)));
  }
}

/**
 * Moves the sequence by whole steps to the outermost value that it could still reach, and never back: one that counts in twos (two writers that share the
 * numbers) or down goes on doing so. A sequence that has not been called gives its `last_value` first.
 *
 * Numbers beyond the sequence's bounds are none that it will ever give.
 */
function aheadSql(sequence: string, table: string, column: string): string {
  const outermost = (aggregate: 'max' | 'min') =>
    `(SELECT ${aggregate}(t.${column})::numeric FROM ${table} t WHERE t.${column} BETWEEN s.seqmin AND s.seqmax)`;
  return `SELECT setval(${literal(sequence)}, (at.last_value + steps.count * s.seqincrement)::bigint)
    FROM ${sequence} at, pg_sequence s,
      LATERAL (SELECT CASE WHEN s.seqincrement > 0 THEN ${outermost('max')} ELSE ${outermost('min')} END AS value) m,
      LATERAL (SELECT (m.value - at.last_value) * sign(s.seqincrement) AS ahead, div(m.value - at.last_value, s.seqincrement) AS count) steps
    WHERE s.seqrelid = ${literal(sequence)}::regclass AND steps.ahead >= 0 AND (steps.count > 0 OR NOT at.is_called)`;
}
