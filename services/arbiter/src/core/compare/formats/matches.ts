import type { Step } from '../field-path.ts';
import { isArray, isObject, type Value } from '../value.ts';

/** Names of fields and positions in lists, from the body down. */
export type Place = readonly (string | number)[];

/** One value that a path of a mapping leads to. */
export interface Match {
  /** undefined: the path leads nowhere here. */
  readonly value: Value | undefined;
  /** Positions that `[*]` stood for so far. */
  readonly index: readonly number[];
  /** The path stopped at a list without elements. */
  readonly isEmptyList?: boolean;
  /** The path names one element where there are this many. */
  readonly several?: number;
}

/**
 * All values that a path leads to, by position. Formats that only know repetition (XML, lines of text) cannot tell one element from a list
 * of one, so neither can a path: `[*]` takes a single element as a list of one, and a field is looked for in the only element of a list.
 */
export function* matchesOf(
  value: Value | undefined,
  steps: readonly Step[],
  index: readonly number[] = [],
): Generator<Match> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    yield { value, index };
  } else if (step.kind === 'any-index') {
    const items = elementsOf(value);
    if (items.length === 0) yield { value: undefined, index, isEmptyList: true };
    for (const [i, item] of items.entries()) yield* matchesOf(item, rest, [...index, i]);
  } else if (step.kind === 'index') {
    yield* matchesOf(elementsOf(value)[step.index], rest, index);
  } else if (value !== undefined && isArray(value) && value.length > 1) {
    yield { value: undefined, index, several: value.length };
  } else {
    yield* matchesOf(step.kind === 'field' ? below(value, step.name) : undefined, rest, index);
  }
}

function elementsOf(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === '') return [];
  return isArray(value) ? value : [value];
}

function below(value: Value | undefined, name: string): Value | undefined {
  const one = value !== undefined && isArray(value) ? value[0] : value;
  // An element has its text beside attributes, or is its text where it has none.
  if (typeof one === 'string') return name === '#text' ? one : undefined;
  return one !== undefined && isObject(one) ? one.get(name) : undefined;
}

/** The place that a path leads to where its `[*]` stand for these positions; cut off before the first that has none. */
export function placeOf(steps: readonly Step[], index: readonly number[]): Place {
  const place: (string | number)[] = [];
  let used = 0;
  for (const step of steps) {
    if (step.kind === 'field') place.push(step.name);
    else if (step.kind === 'index') place.push(step.index);
    else {
      const position = index[used];
      if (step.kind === 'any-field' || position === undefined) return place;
      place.push(position);
      used += 1;
    }
  }
  return place;
}

/** What stands at a place; undefined: nothing. */
export function valueAt(value: Value | undefined, place: Place): Value | undefined {
  return place.reduce<Value | undefined>((at, step) => {
    if (at === undefined) return undefined;
    if (typeof step === 'number') return isArray(at) ? at[step] : undefined;
    return isObject(at) ? at.get(step) : undefined;
  }, value);
}

type Box = Map<string, Value> | Value[];

/**
 * Puts a value at a place, making the objects and lists on the way. False: another value stands in the way. Elements before it that nobody
 * has put are null.
 */
export function put(root: Map<string, Value>, place: Place, value: Value): boolean {
  let at: Box = root;
  for (const [i, step] of place.entries()) {
    if (i === place.length - 1) return write(at, step, value);
    const known: Value | undefined = at instanceof Map ? at.get(String(step)) : at[Number(step)];
    const next: Value = known ?? (typeof place[i + 1] === 'number' ? [] : new Map<string, Value>());
    if (known === undefined && !write(at, step, next)) return false;
    if (!(next instanceof Map) && !Array.isArray(next)) return false;
    at = next;
  }
  return false;
}

/** Positions beyond this are no list's. */
const POSITION_MAX = 1_000_000;

function write(at: Box, step: string | number, value: Value): boolean {
  if (at instanceof Map) {
    if (typeof step !== 'string') return false;
    at.set(step, value);
    return true;
  }
  if (typeof step !== 'number' || step > POSITION_MAX) return false;
  while (at.length < step) at.push(null);
  at[step] = value;
  return true;
}
