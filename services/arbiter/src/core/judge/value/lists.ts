import { normalDecimal } from '../../compare/decimal.ts';
import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { rawOf } from './side.ts';

/** One spelling that equal values share, whatever the order of keys and the spelling of numbers. */
export function canonical(value: Value): string {
  if (value instanceof NumberText) return normalDecimal(value.text);
  if (isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) {
    const fields = [...value].map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
    return `{${fields.sort().join(',')}}`;
  }
  return rawOf(value);
}

/** How often each element stands in a list. */
export function countElements(items: readonly Value[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = canonical(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The same elements, each as often, in any order. */
export function sameElements(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  const counts = countElements(a);
  for (const item of b) {
    const key = canonical(item);
    const left = counts.get(key) ?? 0;
    if (left === 0) return false;
    counts.set(key, left - 1);
  }
  return true;
}

/** Elements of which the order is compared pair by pair. */
const TURNED_MAX = 64;

/** How much of a list’s order is turned in another one of the same elements: the share of pairs that stand the other way round, 0.5 by chance. */
export function turnedShare(a: readonly Value[], b: readonly Value[]): number {
  const places = new Map<string, number[]>();
  for (const [place, item] of b.entries()) {
    const key = canonical(item);
    places.set(key, [...(places.get(key) ?? []), place]);
  }
  const there = a.slice(0, TURNED_MAX).map((item) => places.get(canonical(item))?.shift() ?? 0);
  let turned = 0;
  for (const [i, place] of there.entries())
    for (const later of there.slice(i + 1)) if (later < place) turned += 1;
  return turned / Math.max(1, (there.length * (there.length - 1)) / 2);
}

/** How a list is sorted: by its elements (key '') or by a field that all its elements have; undefined when it is not. */
export function listOrder(items: readonly Value[]): { key: string; direction: 1 | -1 } | undefined {
  if (items.length < 2) return undefined;
  for (const key of sortKeys(items)) {
    const direction = directionOf(items, key);
    if (direction !== 0) return { key, direction };
  }
  return undefined;
}

/** Whether the list is sorted so. */
export function isOrdered(items: readonly Value[], key: string, direction: 1 | -1): boolean {
  for (let i = 1; i < items.length; i++) {
    const step = compareAt(items[i - 1], items[i], key);
    if (step === undefined || step * direction > 0) return false;
  }
  return true;
}

export function sortKeys(items: readonly Value[]): string[] {
  const first = items[0];
  if (first === undefined || !isObject(first)) return [''];
  return [...first.keys()].slice(0, 32);
}

/** 1 ascending, -1 descending, 0 neither or all alike. */
export function directionOf(items: readonly Value[], key: string): 1 | -1 | 0 {
  let direction: 1 | -1 | 0 = 0;
  for (let i = 1; i < items.length; i++) {
    const step = compareAt(items[i - 1], items[i], key);
    if (step === undefined) return 0;
    if (step === 0) continue;
    const now = step < 0 ? 1 : -1;
    if (direction === 0) direction = now;
    else if (direction !== now) return 0;
  }
  return direction;
}

function compareAt(a: Value | undefined, b: Value | undefined, key: string): number | undefined {
  const left = partOf(a, key);
  const right = partOf(b, key);
  if (left instanceof NumberText && right instanceof NumberText) {
    const x = parseDecimal(left.text);
    const y = parseDecimal(right.text);
    return x === undefined || y === undefined ? undefined : compareDecimals(x, y);
  }
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return undefined;
}

function partOf(value: Value | undefined, key: string): Value | undefined {
  if (value === undefined || key === '') return value;
  return isObject(value) ? value.get(key) : undefined;
}
