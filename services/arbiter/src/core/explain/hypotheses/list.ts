import type { Value } from '../../compare/value.ts';
import { canonical, countElements, isOrdered, sameElements, sortKeys } from '../../judge/value/lists.ts';
import type { Pair } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';

type Items = readonly Value[];

/** Lists: wrapped values, lost, doubled and reordered elements, a page that ends too early. */
export const list: Family = (field) => {
  const lists = field.differing.filter(({ legacy, modern }) => legacy.items ?? modern.items);
  if (lists.length === 0) return [];
  return [...WRAPS, ...pages(lists), ...ELEMENTS, ...sorts(lists)];
};

const WRAPS: readonly Hypothesis[] = [
  plainly('arrayified', 'modern puts the value in a list of one', ({ legacy, modern }) =>
    isOnly(modern.items, legacy.value),
  ),
  plainly('unwrapped-list', 'modern takes the only element out of its list', ({ legacy, modern }) =>
    isOnly(legacy.items, modern.value),
  ),
];

const ELEMENTS: readonly Hypothesis[] = [
  itemwise('reversed', 'modern lists the elements backwards', (legacy, modern) =>
    same([...legacy].reverse(), modern),
  ),
  itemwise('reordered', 'modern lists the same elements in another order', sameElements, 2),
  itemwise('last-lost', 'modern lacks the last element', (legacy, modern) =>
    same(legacy.slice(0, -1), modern),
  ),
  itemwise('first-lost', 'modern lacks the first element', (legacy, modern) => same(legacy.slice(1), modern)),
  itemwise('elements-lost', 'modern lacks elements', (legacy, modern) => contains(legacy, modern), 2),
  itemwise('elements-doubled', 'modern repeats elements', doubled, 1),
  itemwise('elements-added', 'modern has further elements', (legacy, modern) => contains(modern, legacy), 2),
];

/** Modern stops at a number of elements. */
function pages(pairs: readonly Pair[]): Hypothesis[] {
  const size = Math.max(0, ...pairs.map(({ modern }) => modern.items?.length ?? 0));
  if (size === 0) return [];
  const check = ({ legacy, modern }: Pair): Check => {
    if (!legacy.items || !modern.items) return 'silent';
    return same(legacy.items.slice(0, size), modern.items) ? 0 : 'wrong';
  };
  const formula = `modern stops after ${size} element${size === 1 ? '' : 's'}`;
  return [{ name: 'page', formula, parameters: { size: String(size) }, bits: 5, check }];
}

function sorts(pairs: readonly Pair[]): Hypothesis[] {
  const first = pairs.find(({ modern }) => modern.items !== undefined)?.modern.items;
  return first === undefined
    ? []
    : sortKeys(first).flatMap((key) => [sorted(key, 1, first.length), sorted(key, -1, first.length)]);
}

function sorted(key: string, direction: 1 | -1, keys: number): Hypothesis {
  const by = key === '' ? '' : ` by ${key}`;
  return {
    ...itemwise(
      'sorted',
      `modern sorts the elements${by}, ${direction === 1 ? 'ascending' : 'descending'}`,
      (legacy, modern) => sameElements(legacy, modern) && isOrdered(modern, key, direction),
    ),
    bits: 2 + Math.log2(1 + keys),
  };
}

function itemwise(
  name: string,
  formula: string,
  holds: (legacy: Items, modern: Items) => boolean,
  open = 0,
): Hypothesis {
  const check = ({ legacy, modern, differs }: Pair): Check => {
    if (!legacy.items || !modern.items || !differs) return 'silent';
    return holds(legacy.items, modern.items) ? open : 'wrong';
  };
  return { name, formula, parameters: {}, bits: 2, plain: true, check };
}

function plainly(name: string, formula: string, holds: (pair: Pair) => boolean): Hypothesis {
  return {
    name,
    formula,
    parameters: {},
    bits: 1,
    plain: true,
    check: (pair) => (pair.differs ? (holds(pair) ? 0 : 'wrong') : 'silent'),
  };
}

function isOnly(items: Items | undefined, value: Value | undefined): boolean {
  return items?.length === 1 && value !== undefined && canonical(items[0]!) === canonical(value);
}

function same(a: Items, b: Items): boolean {
  return a.length === b.length && a.every((item, index) => canonical(item) === canonical(b[index]!));
}

/** Whether all elements of `part` are in `whole`, which has more. */
function contains(whole: Items, part: Items): boolean {
  if (part.length >= whole.length) return false;
  const counts = countElements(whole);
  return [...countElements(part)].every(([key, times]) => times <= (counts.get(key) ?? 0));
}

/** More elements, none of them new. */
function doubled(legacy: Items, modern: Items): boolean {
  if (modern.length <= legacy.length) return false;
  const counts = countElements(legacy);
  return contains(modern, legacy) && [...countElements(modern).keys()].every((key) => counts.has(key));
}
