import type { Step } from '../compare/field-path.ts';
import { isArray, isObject, NumberText, type Value } from '../compare/value.ts';
import { textOfBytes } from './bytes-text.ts';
import { normalPath } from './rules.ts';

/** Texts of the strings and numbers at a place of a body, in its order. */
export function valuesAt(value: Value | undefined, steps: readonly Step[]): string[] {
  if (value === undefined) return [];
  const [step, ...rest] = steps;
  if (step === undefined) return textOf(value) === undefined ? [] : [textOf(value) ?? ''];
  switch (step.kind) {
    case 'field':
      return isObject(value) ? valuesAt(fieldOf(value, step.name), rest) : [];
    case 'any-field':
      return isObject(value) ? [...value.values()].flatMap((each) => valuesAt(each, rest)) : [];
    case 'index':
      return isArray(value) ? valuesAt(value[step.index], rest) : [];
    case 'any-index':
      return isArray(value) ? value.flatMap((each) => valuesAt(each, rest)) : [];
  }
}

/** Longer ones are contents; as capture has it. */
const IDENTIFIER_BYTES_MAX = 4_096;

/** The text of an identifier; undefined: the value cannot be one. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array)
    return value.length > IDENTIFIER_BYTES_MAX ? undefined : textOfBytes(value);
  return value instanceof NumberText ? value.text : undefined;
}

function fieldOf(object: ReadonlyMap<string, Value>, name: string): Value | undefined {
  const wanted = normalPath(name);
  return object.get(name) ?? [...object].find(([key]) => normalPath(key) === wanted)?.[1];
}
