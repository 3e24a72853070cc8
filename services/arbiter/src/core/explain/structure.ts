import { isArray, isObject, NumberText, type Value } from '../compare/value.ts';
import { canonical } from '../judge/value/lists.ts';
import { type KeyStyle, restyled } from './key-style.ts';

/** How the structure of a whole answer (or of a part) differs, where one change made everywhere accounts for all of it. */
export interface Structure {
  readonly name:
    | 'wrapped'
    | 'unwrapped'
    | 'arrayified'
    | 'unarrayified'
    | 'keys-restyled'
    | 'flattened'
    | 'nulls-left-out'
    | 'empties-left-out'
    | 'numbers-as-text';
  readonly formula: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Larger values are not looked at: their text is cut anyway before it gets here. */
const NODES_MAX = 5_000;

/** One structural change that turns legacy's value into modern's, everywhere it applies. Undefined when there is none. */
export function structureOf(legacy: Value, modern: Value): Structure | undefined {
  if (countNodes(legacy, NODES_MAX) + countNodes(modern, NODES_MAX) > NODES_MAX) return undefined;
  const target = canonical(modern);
  if (canonical(legacy) === target) return undefined;
  return wrapping(legacy, modern) ?? everywhere(legacy, target) ?? restyling(legacy, modern);
}

function wrapping(legacy: Value, modern: Value): Structure | undefined {
  const into = keyHolding(modern, canonical(legacy));
  if (into !== undefined)
    return {
      name: 'wrapped',
      formula: `modern wraps the value in an object, as ${quoted(into)}`,
      parameters: { key: into },
    };
  const outOf = keyHolding(legacy, canonical(modern));
  if (outOf === undefined) return undefined;
  return {
    name: 'unwrapped',
    formula: `modern gives only what legacy has as ${quoted(outOf)}`,
    parameters: { key: outOf },
  };
}

function keyHolding(value: Value, wanted: string): string | undefined {
  if (!isObject(value)) return undefined;
  for (const [key, item] of value) if (canonical(item) === wanted) return key;
  return undefined;
}

interface Change {
  readonly structure: Structure;
  apply(value: Value): Value;
}

const CHANGES: readonly Change[] = [
  change('arrayified', 'modern puts every value in a list of one', (value) =>
    scalars(value, (item) => [item]),
  ),
  change('unarrayified', 'modern takes single values out of their lists', only),
  change('nulls-left-out', 'modern leaves out what is null', (value) =>
    without(value, (item) => item === null),
  ),
  change('empties-left-out', 'modern leaves out what is empty', (value) => without(value, isNothing)),
  change('numbers-as-text', 'modern writes numbers as text', (value) =>
    scalars(value, (item) => (item instanceof NumberText ? item.text : item)),
  ),
  change('flattened', 'modern has no nested objects, their keys are joined', flattened),
];

function everywhere(legacy: Value, target: string): Structure | undefined {
  return CHANGES.find(({ apply }) => canonical(apply(legacy)) === target)?.structure;
}

function change(name: Structure['name'], formula: string, apply: (value: Value) => Value): Change {
  return { structure: { name, formula, parameters: {} }, apply };
}

/** The same values under the same words, written in another style. */
function restyling(legacy: Value, modern: Value): Structure | undefined {
  const styles = new Set<string>();
  if (!sameButKeys(legacy, modern, styles) || styles.size !== 1) return undefined;
  const [from, to] = [...styles][0]!.split(' → ') as [KeyStyle, KeyStyle];
  return {
    name: 'keys-restyled',
    formula: `modern names keys in ${to}, legacy in ${from}`,
    parameters: { from, to },
  };
}

function sameButKeys(legacy: Value, modern: Value, styles: Set<string>): boolean {
  if (isArray(legacy) && isArray(modern))
    return (
      legacy.length === modern.length && legacy.every((item, at) => sameButKeys(item, modern[at]!, styles))
    );
  if (!isObject(legacy) || !isObject(modern)) return canonical(legacy) === canonical(modern);
  if (legacy.size !== modern.size) return false;
  const left = new Map(modern);
  for (const [key, item] of legacy) {
    const found = left.has(key) ? key : [...left.keys()].find((other) => restyled(key, other));
    if (found === undefined) return false;
    const style = restyled(key, found);
    if (style) styles.add(`${style.from} → ${style.to}`);
    if (!sameButKeys(item, left.get(found)!, styles)) return false;
    left.delete(found);
  }
  return true;
}

/** Every scalar replaced. */
function scalars(value: Value, replace: (item: Value) => Value): Value {
  if (isArray(value)) return value.map((item) => scalars(item, replace));
  if (isObject(value)) return new Map([...value].map(([key, item]) => [key, scalars(item, replace)]));
  return replace(value);
}

function only(value: Value): Value {
  if (isArray(value)) return value.length === 1 ? only(value[0]!) : value.map(only);
  if (isObject(value)) return new Map([...value].map(([key, item]) => [key, only(item)]));
  return value;
}

/** Objects without the fields that meet the test. */
function without(value: Value, left: (item: Value) => boolean): Value {
  if (isArray(value)) return value.map((item) => without(item, left));
  if (!isObject(value)) return value;
  const kept = [...value].map(([key, item]) => [key, without(item, left)] as const);
  return new Map(kept.filter(([, item]) => !left(item)));
}

function isNothing(value: Value): boolean {
  if (value === null || value === '') return true;
  return isArray(value) ? value.length === 0 : isObject(value) && value.size === 0;
}

/** `{a: {b: 1}}` as `{a_b: 1}`. */
function flattened(value: Value): Value {
  if (isArray(value)) return value.map(flattened);
  if (!isObject(value)) return value;
  const flat = new Map<string, Value>();
  for (const [key, item] of value) {
    const inner = flattened(item);
    if (isObject(inner)) for (const [name, part] of inner) flat.set(`${key}_${name}`, part);
    else flat.set(key, inner);
  }
  return flat;
}

function countNodes(value: Value, max: number): number {
  let nodes = 1;
  const items = isArray(value) ? value : isObject(value) ? value.values() : [];
  for (const item of items) {
    nodes += countNodes(item, max - nodes);
    if (nodes > max) break;
  }
  return nodes;
}

function quoted(key: string): string {
  return JSON.stringify(key.slice(0, 64));
}
