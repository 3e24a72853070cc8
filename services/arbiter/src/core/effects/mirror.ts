import type { Cell, State } from './cell.ts';
import type { RowPair } from './pair-rows.ts';

/** A field of a row at one step of a request: the running state that another row may tell. */
export interface Told {
  readonly row: RowPair;
  readonly field: string;
  /** 0: before the request's first change of the row; then after each. */
  readonly step: number;
}

/** Rows looked through for one value. */
const ROWS_MAX = 64;

/** Where a value of legacy's new row and one of modern's tell the same: the same field of the same row at the same step, in each universe. */
export function* toldByBoth(
  legacy: Cell | undefined,
  modern: Cell | undefined,
  rows: readonly RowPair[],
): Generator<Told> {
  for (const told of toldBy(legacy, 'legacy', rows)) {
    if (tells(modern, stateAt(told, 'modern')?.get(told.field))) yield told;
  }
}

/** Where a value of one universe's new row tells the running state of another row. */
export function* toldBy(
  cell: Cell | undefined,
  universe: 'legacy' | 'modern',
  rows: readonly RowPair[],
): Generator<Told> {
  for (const row of rows.slice(0, ROWS_MAX)) {
    const steps = stepsOf(row)?.[universe] ?? [];
    for (const [step, state] of steps.entries()) {
      for (const field of row.entity.compared) if (tells(cell, state?.get(field))) yield { row, field, step };
    }
  }
}

export function stateAt({ row, step }: Told, universe: 'legacy' | 'modern'): State | undefined {
  return row[universe]?.steps[step];
}

/** Of rows that both universes changed in as many steps. */
function stepsOf({ legacy, modern, by }: RowPair) {
  if (by !== 'key' || legacy === undefined || modern === undefined) return undefined;
  if (legacy.steps.length !== modern.steps.length) return undefined;
  return { legacy: legacy.steps, modern: modern.steps };
}

/** The same value. What is null or not known tells nothing. */
export function tells(cell: Cell | undefined, other: Cell | undefined): boolean {
  return (
    cell?.is === 'value' && other?.is === 'value' && cell.text === other.text && cell.type === other.type
  );
}
