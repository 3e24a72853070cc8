import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import { rawOf } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';

const LEAVES_MAX = 12;
const ITEMS_MAX = 3;

/** A value of an object that holds no others, by the path of its keys. */
export interface Leaf {
  readonly path: string;
  /** The words of its own key. */
  readonly key: string;
  readonly raw: string;
  /** Of a text or number. */
  readonly text: string;
}

/** Undefined for objects that hold truth values, too much, or lists of more than a few. Nothing (null, "") is left out. */
export function leavesOf(fields: ReadonlyMap<string, Value>): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  return collect(fields, '', '', leaves) && leaves.length > 0 ? leaves : undefined;
}

function collect(value: Value, path: string, key: string, leaves: Leaf[]): boolean {
  if (value === null || value === '') return true;
  if (isArray(value))
    return value.length <= ITEMS_MAX && value.every((item, i) => collect(item, `${path}[${i}]`, key, leaves));
  if (isObject(value))
    return [...value].every(([name, item]) => collect(item, `${path}.${name}`, wordsOf(name), leaves));
  const text = typeof value === 'string' ? value : value instanceof NumberText ? value.text : undefined;
  if (text === undefined || leaves.length === LEAVES_MAX) return false;
  leaves.push({ path, key, raw: rawOf(value), text });
  return true;
}
