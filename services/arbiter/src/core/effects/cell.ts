import { create } from '@bufbuild/protobuf';
import {
  ValueType,
  type Vector,
  type VectorField,
  VectorFieldSchema,
  VectorSchema,
} from '@chronos/proto/events/v1/state_update_pb.js';
import { add, decimalText, NumberError, negate, parseRational } from '../approve/rational.ts';
import { NumberText, type Value } from '../compare/value.ts';

/** One field of a row in its canonical form; both universes write the same for the same. */
export type Cell =
  | { readonly is: 'value'; readonly text: string; readonly type: ValueType }
  | { readonly is: 'null' }
  | { readonly is: 'masked'; readonly text: string }
  /** The database did not say: an unchanged large value without a before image. */
  | { readonly is: 'unknown' };

/** A row's fields by name; undefined stands for a row that does not exist. */
export type State = ReadonlyMap<string, Cell>;

export function stateOf(vector: Vector | undefined): State | undefined {
  return vector && new Map(vector.fields.map((field) => [field.name, cellOf(field)]));
}

function cellOf({ value, type }: VectorField): Cell {
  switch (value.case) {
    case 'text':
      return { is: 'value', text: value.value, type };
    case 'masked':
      return { is: 'masked', text: value.value };
    case 'unknown':
      return { is: 'unknown' };
    case 'null':
    case undefined:
      return { is: 'null' };
  }
}

export function vectorOf(state: State | undefined): Vector | undefined {
  if (state === undefined) return undefined;
  return create(VectorSchema, { fields: [...state].map(([name, cell]) => fieldOf(name, cell)) });
}

function fieldOf(name: string, cell: Cell): VectorField {
  switch (cell.is) {
    case 'value':
      return create(VectorFieldSchema, {
        name,
        type: cell.type,
        value: { case: 'text', value: cell.text },
      });
    case 'masked':
      return create(VectorFieldSchema, { name, value: { case: 'masked', value: cell.text } });
    case 'unknown':
      return create(VectorFieldSchema, { name, value: { case: 'unknown', value: true } });
    case 'null':
      return create(VectorFieldSchema, { name, value: { case: 'null', value: true } });
  }
}

/** Equal, bit for bit. What a database did not say contradicts nothing. */
export function sameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.is === 'unknown' || b.is === 'unknown') return true;
  if (a.is !== b.is) return false;
  return textOf(a) === textOf(b);
}

/** The given fields of two rows are equal; so are two rows that do not exist. */
export function sameState(a: State | undefined, b: State | undefined, fields: readonly string[]): boolean {
  if (a === undefined || b === undefined) return a === b;
  return fields.every((field) => sameCell(a.get(field), b.get(field)));
}

/** after − before, exactly; undefined unless both are numbers. */
export function deltaOf(before: Cell | undefined, after: Cell | undefined): string | undefined {
  const from = numberOf(before);
  const to = numberOf(after);
  if (from === undefined || to === undefined) return undefined;
  if (from === to) return '0';
  try {
    return decimalText(add(parseRational(to), negate(parseRational(from))));
  } catch (error) {
    if (error instanceof NumberError) return undefined;
    throw error;
  }
}

/** Of exact decimals. */
export function sumOf(numbers: readonly string[]): string | undefined {
  return decimalText(numbers.map(parseRational).reduce(add, parseRational('0')));
}

/** The number less what was added to it; undefined: it is none. */
export function lessBy(after: Cell | undefined, delta: string): Cell | undefined {
  const text = deltaOf({ is: 'value', text: delta, type: ValueType.NUMBER }, after ?? { is: 'unknown' });
  return text === undefined ? undefined : { is: 'value', text, type: ValueType.NUMBER };
}

export function numberOf(cell: Cell | undefined): string | undefined {
  return cell?.is === 'value' && cell.type === ValueType.NUMBER ? cell.text : undefined;
}

/** As the judge sees it. */
export function judgedValue(cell: Cell | undefined): Value | undefined {
  switch (cell?.is) {
    case undefined:
    case 'unknown':
      return undefined;
    case 'null':
      return null;
    case 'masked':
      return `⟨masked:${cell.text}⟩`;
    case 'value':
      if (cell.type === ValueType.NUMBER) return new NumberText(cell.text);
      return cell.type === ValueType.BOOLEAN ? cell.text === 'true' : cell.text;
  }
}

/** For people. */
export function shownCell(cell: Cell | undefined): string {
  switch (cell?.is) {
    case undefined:
      return '(absent)';
    case 'unknown':
      return '(unknown)';
    case 'null':
      return 'null';
    case 'masked':
      return `⟨masked:${cell.text}⟩`;
    case 'value':
      return cell.type === ValueType.NUMBER ? cell.text : JSON.stringify(cell.text);
  }
}

function textOf(cell: Cell): string {
  return cell.is === 'value' || cell.is === 'masked' ? cell.text : '';
}
