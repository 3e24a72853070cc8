import type { Value } from '../../compare/value.ts';
import { rawOf, type Side } from '../value/side.ts';

const DELIMITERS = ['|', ';', ',', '\t', '\n', '/', '~', '->', '→', '>', ' '];
const ITEMS_MAX = 500;

/** The ways to read a text as a list: by one of the usual delimiters, or letter by letter (flags). As raw JSON texts of strings. */
export function sequencesOf(side: Side): readonly (readonly string[])[] {
  const text = side.text;
  if (text === undefined || text.length < 2 || text.length > 8192) return [];
  const found: string[][] = [];
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const items = text.split(delimiter).map((item) => item.trim());
    if (items.length <= ITEMS_MAX && items.every((item) => item !== '')) found.push(items);
  }
  if (/^[YNJTF01XO-]{2,64}$/i.test(text)) found.push([...text]);
  return found.map((items) => items.map((item) => JSON.stringify(item)));
}

export function rawItems(items: readonly Value[]): readonly string[] {
  return items.map(rawOf);
}

/** Every text and number within a value, in the order in which it is written: what stays when it is arranged otherwise. */
export function leavesOf(side: Side): readonly string[] {
  const leaves: string[] = [];
  collect(side.value, leaves);
  return leaves;
}

function collect(value: Value | undefined, leaves: string[]): void {
  if (value === undefined || value === null || leaves.length > ITEMS_MAX) return;
  if (typeof value === 'string') {
    leaves.push(...value.split(/[\s|;/]+|,(?![0-9]{3}\b)/).filter((part) => part !== ''));
  } else if (Array.isArray(value)) {
    for (const item of value as readonly Value[]) collect(item, leaves);
  } else if (value instanceof Map) {
    for (const item of (value as ReadonlyMap<string, Value>).values()) collect(item, leaves);
  } else leaves.push(rawOf(value));
}
