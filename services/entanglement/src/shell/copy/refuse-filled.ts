import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import type { CompiledEntity, Values } from '../../core/mapping/entity.ts';
import { keyText, type Side } from '../verify/side.ts';

/** Of an entity; of more the reconciler has not written all, or nobody wants to wait for the answer. */
const ownRowsMax = 100_000;
const rowsAPage = 1_000;

/** Rows of modern's as a repair left them, by key: fields by name, without sensitive ones. */
export type OwnRows = (
  entity: string,
) => Promise<ReadonlyMap<string, Readonly<Record<string, string | null>>>>;

/** Modern has rows, and nobody said that they may be overwritten. */
export class TargetNotEmptyError extends Error {
  override readonly name = 'TargetNotEmptyError';
}

/** Rows that Chronos itself has carried over, and nobody has changed since, are as good as those of the copy: they do not count. @throws TargetNotEmptyError */
export async function refuseFilled(
  entities: readonly CompiledEntity[],
  modern: Pick<Side, 'isFilled' | 'page'>,
  ownRows: OwnRows,
): Promise<void> {
  const filled: string[] = [];
  for (const entity of entities) {
    if (!(await modern.isFilled(entity)) || (await isOwn(entity, modern, await ownRows(entity.name))))
      continue;
    const { schema, table } = entity.side('modern');
    filled.push(`${schema}.${table}`);
  }
  if (filled.length > 0)
    throw new TargetNotEmptyError(
      `modern has rows already in ${filled.join(', ')}: empty them, or say that legacy's rows may be written over them (--into-filled)`,
    );
}

async function isOwn(
  entity: CompiledEntity,
  modern: Pick<Side, 'page'>,
  own: Awaited<ReturnType<OwnRows>>,
): Promise<boolean> {
  if (own.size === 0) return false;
  let from: readonly string[] | undefined;
  do {
    const { rows, next } = await modern.page(entity, { from, to: undefined }, rowsAPage);
    const isEach = rows.every(({ values }) => isAsWritten(values, own.get(keyIn(entity, values))));
    if (!isEach) return false;
    from = next;
  } while (from !== undefined);
  return true;
}

function keyIn({ keyFields }: CompiledEntity, values: Values): string {
  return keyText(keyFields.map((name) => values.get(name) ?? ''));
}

function isAsWritten(values: Values, written: Readonly<Record<string, string | null>> | undefined): boolean {
  return (
    written !== undefined &&
    Object.entries(written).every(([name, value]) => (values.get(name) ?? null) === value)
  );
}

/** By the journal of repairs. */
export function journalledRows(state: Queryable, migration: string): OwnRows {
  return async (entity) => {
    const { rows } = await state.query<{ key: string; after: Record<string, string | null> | null }>(
      `SELECT DISTINCT ON (c ->> 'key') c ->> 'key' AS key, c -> 'after' AS after
       FROM entanglement.repairs r, jsonb_array_elements(r.changes) AS c
       WHERE r.migration = $1 AND r.universe = 'modern' AND r.state = 'done' AND c ->> 'entity' = $2
       ORDER BY c ->> 'key', r.done_at DESC LIMIT $3`,
      [migration, entity, ownRowsMax],
    );
    return new Map(rows.flatMap(({ key, after }) => (after === null ? [] : [[key, after]])));
  };
}
