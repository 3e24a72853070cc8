import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import type { RowRename } from '../../core/mapping/write-statements.ts';
import type { PlannedRow } from './write-rows.ts';

export interface Renames {
  readonly renames: readonly RowRename[];
  /** Rows that go, and rows that come, beside them. */
  readonly gone: readonly Values[];
  readonly fresh: readonly Values[];
}

/** Rows that go paired with rows that come where they are equal in all but the key; of several that are, which is which makes no difference. */
export function renamesOf(
  entity: CompiledEntity,
  universe: Universe,
  rows: readonly Pick<PlannedRow, 'before' | 'after'>[],
): Renames {
  // What the database makes itself may come of the key.
  const compared = entity.fields.filter(
    (field) => !entity.keyFields.includes(field.name) && !field[universe].column.computed,
  );
  const rest = (values: Values) => JSON.stringify(compared.map(({ name }) => values.get(name) ?? null));
  const gone = rows.flatMap(({ before, after }) => (before && !after ? [before.values] : []));
  const waiting = Map.groupBy(gone, rest);
  const renames: RowRename[] = [];
  const fresh: Values[] = [];
  for (const { before, after } of rows) {
    if (before !== undefined || after === undefined) continue;
    const was = waiting.get(rest(after))?.shift();
    if (was === undefined) fresh.push(after);
    else renames.push({ before: was, after });
  }
  return { renames, gone: [...waiting.values()].flat(), fresh };
}
