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

/** Writes rows in one transaction. Resolves to false if a side has changed since, to a text if it is not done yet, rejects with the reason when it cannot be done. */
export type WriteTogether = (rows: readonly RereadRow[], signal: AbortSignal) => Promise<boolean | string>;

/** `true`: it is equal now; else why not. */
export type TogetherOutcome = true | string;

/** Tells the outcome of each row, by its place, as soon as it is known. @throws the signal's reason, soon after it */
export type RepairTogether = (
  rows: readonly RefusedRow[],
  signal: AbortSignal,
  tell: (at: number, outcome: TogetherOutcome) => void,
) => Promise<void>;

/** Rows that are read in one query. */
const rowsAtOnce = 200;

/**
 * Repairs rows that were refused one by one, those that need each other in one transaction: unique values that changed hands, rows that refer to each
 * other, a key that became another with all that refers to it.
 */
export function repairTogether(sides: Sides, authority: Universe, write: WriteTogether): RepairTogether {
  return async (rows, signal, tell) => {
    const still: (RereadRow & { readonly at: number })[] = [];
    for (const entity of new Set(rows.map((row) => row.entity))) {
      const own = [...rows.entries()].filter(([, row]) => row.entity === entity);
      for (let from = 0; from < own.length; from += rowsAtOnce) {
        signal.throwIfAborted();
        still.push(...(await unchanged(sides, entity, own.slice(from, from + rowsAtOnce))));
      }
    }
    const same = new Set(still.map(({ at }) => at));
    for (const at of rows.keys()) if (!same.has(at)) tell(at, 'the row changed meanwhile');
    const linked = still.map((row) => {
      const [after, before] = authority === 'legacy' ? [row.legacy, row.modern] : [row.modern, row.legacy];
      const names = { entity: row.entity.name, key: row.key };
      return { ...names, before: before?.values, after: after?.values, row };
    });
    for (const group of linkedGroups(linked)) {
      signal.throwIfAborted();
      const all = group.map(({ row }) => row);
      const outcome = await outcomeOf(() => write(all, signal));
      for (const { at } of all) tell(at, outcome);
    }
    signal.throwIfAborted();
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

async function outcomeOf(write: () => Promise<boolean | string>): Promise<TogetherOutcome> {
  try {
    return (await write()) || 'the row changed meanwhile';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
