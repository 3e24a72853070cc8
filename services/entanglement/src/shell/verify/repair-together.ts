import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Key } from '../../core/verify/statements.ts';
import { linkedGroups } from '../../core/verify/together.ts';
import type { Sides } from './find-suspects.ts';
import { keyText, type SideRow } from './side.ts';

/** A row that differs for certain, as it was when that was seen. */
export interface RefusedRow {
  readonly entity: CompiledEntity;
  readonly key: Key;
  /** Versions; undefined: there was no row. */
  readonly legacy: string | undefined;
  readonly modern: string | undefined;
}

/** Both sides of a refused row, read anew and unchanged. */
export interface RereadRow {
  readonly entity: CompiledEntity;
  readonly key: Key;
  readonly legacy: SideRow | undefined;
  readonly modern: SideRow | undefined;
}

/** Writes rows in one transaction. Resolves to false if a side has changed since, rejects with the reason when it cannot be done. */
export type WriteTogether = (rows: readonly RereadRow[]) => Promise<boolean>;

/** `true`: it is equal now; else why not. In the order of the rows. */
export type RepairTogether = (rows: readonly RefusedRow[]) => Promise<(true | string)[]>;

/** Rows that are read in one query. */
const rowsAtOnce = 200;

/**
 * Repairs rows that were refused one by one, those that need each other in one transaction: unique values that changed hands, rows that refer to each
 * other, a key that became another with all that refers to it.
 */
export function repairTogether(sides: Sides, authority: Universe, write: WriteTogether): RepairTogether {
  return async (rows) => {
    const outcomes = rows.map((): true | string => 'the row changed meanwhile');
    const still: (RereadRow & { readonly at: number })[] = [];
    for (const entity of new Set(rows.map((row) => row.entity))) {
      const own = [...rows.entries()].filter(([, row]) => row.entity === entity);
      for (let from = 0; from < own.length; from += rowsAtOnce)
        still.push(...(await unchanged(sides, entity, own.slice(from, from + rowsAtOnce))));
    }
    const linked = still.map((row) => {
      const [after, before] = authority === 'legacy' ? [row.legacy, row.modern] : [row.modern, row.legacy];
      const names = { entity: row.entity.name, key: row.key };
      return { ...names, before: before?.values, after: after?.values, row };
    });
    for (const group of linkedGroups(linked)) {
      const outcome = await outcomeOf(() => write(group.map(({ row }) => row)));
      for (const { row } of group) outcomes[row.at] = outcome;
    }
    return outcomes;
  };
}

async function unchanged(
  sides: Sides,
  entity: CompiledEntity,
  rows: readonly (readonly [number, RefusedRow])[],
): Promise<(RereadRow & { readonly at: number })[]> {
  const keys = rows.map(([, { key }]) => key);
  const [legacy, modern] = await Promise.all([
    sides.legacy.rows(entity, keys),
    sides.modern.rows(entity, keys),
  ]);
  return rows.flatMap(([at, { key, ...seen }]) => {
    const now = { legacy: legacy.get(keyText(key)), modern: modern.get(keyText(key)) };
    const isSame = now.legacy?.version === seen.legacy && now.modern?.version === seen.modern;
    return isSame ? [{ at, entity, key, ...now }] : [];
  });
}

async function outcomeOf(write: () => Promise<boolean>): Promise<true | string> {
  try {
    return (await write()) || 'the row changed meanwhile';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
