import { NumberText, type Value } from '../compare/value.ts';
import type { Judged } from '../judge/ruling.ts';
import { type Cell, deltaOf, judgedValue, numberOf, type State, sameCell, shownCell } from './cell.ts';
import type { RowPair } from './pair-rows.ts';
import type { RowEffect } from './transaction.ts';

/** One field of one row in which the effects could differ; the rows' presence itself where `field` is undefined. */
export interface EffectField {
  readonly pair: RowPair;
  readonly field: string | undefined;
  /** What is compared: of a number that was changed the change, else what stands there after. */
  readonly legacy: Value | undefined;
  readonly modern: Value | undefined;
  readonly equal: boolean;
  /** Before and after on both sides, for people. */
  readonly words: string;
  /** What has been found out about it already. */
  readonly judged?: Judged;
}

/**
 * What the two effects on one row come to, field by field. Numbers that both changed are held against each other by their change, so that an
 * effect is judged by itself, whatever stood there before; everything else by what stands there after. Fields that neither side changed are
 * left out.
 */
export function effectFields(pair: RowPair): EffectField[] {
  const { legacy, modern, entity } = pair;
  if (legacy === undefined || modern === undefined) return oneSided(pair);
  if ((legacy.after === undefined) !== (modern.after === undefined)) return [presence(pair)];
  if (legacy.after === undefined) return [];
  // Where only one side had the row before, it is what stands there after that counts.
  const both = legacy.before !== undefined && modern.before !== undefined;
  return entity.compared.flatMap((field) => {
    const left = cellsOf(legacy, field);
    const right = cellsOf(modern, field);
    if (both && unchanged(left) && unchanged(right)) return [];
    const deltas = both ? [deltaOf(left.before, left.after), deltaOf(right.before, right.after)] : [];
    const [a, b] = deltas;
    const words = wordsOf(pair, field);
    if (a !== undefined && b !== undefined)
      return [{ pair, field, legacy: new NumberText(a), modern: new NumberText(b), equal: a === b, words }];
    const equal = sameCell(left.after, right.after);
    return [{ pair, field, legacy: judgedValue(left.after), modern: judgedValue(right.after), equal, words }];
  });
}

/** Only one side changed the row. A number's change stands against none at all. */
function oneSided(pair: RowPair): EffectField[] {
  const { legacy, modern, entity } = pair;
  const row = legacy ?? modern;
  if (row === undefined) return [];
  if (row.before === undefined || row.after === undefined) return [presence(pair)];
  return entity.compared.flatMap((field) => {
    const cells = cellsOf(row, field);
    if (unchanged(cells)) return [];
    const delta = deltaOf(cells.before, cells.after);
    const [own, none] =
      delta === undefined
        ? [judgedValue(cells.after), judgedValue(cells.before)]
        : [new NumberText(delta), new NumberText('0')];
    const words = wordsOf(pair, field);
    return [{ pair, field, legacy: legacy ? own : none, modern: modern ? own : none, equal: false, words }];
  });
}

function presence(pair: RowPair): EffectField {
  const { legacy, modern } = pair;
  const words = `${rowName(pair)}: legacy ${deed(legacy)}, modern ${deed(modern)}.`;
  return {
    pair,
    field: undefined,
    legacy: rowValue(legacy?.after),
    modern: rowValue(modern?.after),
    equal: false,
    words,
  };
}

function deed(row: RowEffect | undefined): string {
  if (row === undefined) return 'left the row as it was';
  if (row.key === '') return 'emptied the table';
  if (row.after === undefined) return 'deleted the row';
  return row.before === undefined ? 'added the row' : 'changed the row';
}

function rowValue(state: State | undefined): Value | undefined {
  if (state === undefined) return undefined;
  return new Map(
    [...state].flatMap(([name, cell]) => {
      const value = judgedValue(cell);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function wordsOf(pair: RowPair, field: string): string {
  const side = (row: RowEffect | undefined): string => {
    if (row === undefined) return 'left it as it was';
    const { before, after } = cellsOf(row, field);
    if (row.before === undefined) return `has ${shownCell(after)}`;
    const delta = deltaOf(before, after);
    const change = delta === undefined ? '' : ` (Δ ${delta})`;
    return `went from ${shownCell(before)} to ${shownCell(after)}${change}`;
  };
  return `${rowName(pair)} ${field}: legacy ${side(pair.legacy)}, modern ${side(pair.modern)}.`;
}

export function rowName({ entity, legacy, modern }: RowPair): string {
  const [left, right] = [legacy?.key ?? modern?.key, modern?.key];
  return right === undefined || left === right
    ? `${entity.name} ${left}`
    : `${entity.name} ${left} (modern ${right})`;
}

interface Cells {
  readonly before: Cell | undefined;
  readonly after: Cell | undefined;
}

function cellsOf({ before, after }: RowEffect, field: string): Cells {
  return { before: before?.get(field), after: after?.get(field) };
}

function unchanged({ before, after }: Cells): boolean {
  return sameCell(before, after);
}

/** Rows that hold numbers hold money more often than not. */
export function holdsNumbers({ legacy, modern, entity }: RowPair): boolean {
  const state = legacy?.after ?? modern?.after ?? legacy?.before ?? modern?.before;
  return entity.compared.some((field) => numberOf(state?.get(field)) !== undefined);
}
