/**
 * One shape for every structured answer (JSON, protobuf, forms, cookies), so that one comparison serves all. An object's order of keys
 * means nothing, hence a Map; a number keeps the text it was written with, hence no `number`.
 */
export type Value =
  | null
  | boolean
  | string
  | NumberText
  | Uint8Array
  | readonly Value[]
  | ReadonlyMap<string, Value>;

/** A number as it stood in the answer. It never passes through a binary float. */
export class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type ValueType = 'null' | 'boolean' | 'string' | 'number' | 'bytes' | 'array' | 'object';

export function typeOf(value: Value): ValueType {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'string';
  if (value instanceof NumberText) return 'number';
  if (value instanceof Uint8Array) return 'bytes';
  return isArray(value) ? 'array' : 'object';
}

/** `Array.isArray` does not narrow a readonly array. */
export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
