import { isObject, NumberText, type Value } from '../../compare/value.ts';
import { once } from '../observe.ts';
import { provePair } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { canonical, countElements, directionOf, isOrdered, sameElements, sortKeys } from '../value/lists.ts';
import { isRenamed } from '../value/reordered.ts';
import { rawOf } from '../value/side.ts';
import type { BugRule, Context, Finding, Observed } from './rule.ts';
import { isSameElement } from './same-element.ts';
import { severityOf } from './severity.ts';

/** Larger lists are matched by equality alone. */
const MATCHED_MAX = 40;

interface ListChange {
  readonly at: Observed;
  readonly lost: readonly string[];
  readonly added: readonly string[];
  readonly doubled: boolean;
}

/** Lists whose elements legacy repeats (in any order) and modern does not have, or not as often. */
function changes(context: Context): readonly ListChange[] {
  return once(context, findChanges);
}

function findChanges(context: Context): readonly ListChange[] {
  const found: ListChange[] = [];
  if (isDrawn(context)) return found;
  for (const at of context.unproven) {
    const ours = at.legacy.items;
    const theirs = at.modern.items;
    const again = at.legacy2?.items;
    if (ours === undefined || theirs === undefined) continue;
    if (at.varies && (again === undefined || !sameElements(ours, again))) continue;
    const change = compareElements(ours, theirs);
    if (isTidied(ours, theirs) || areTakenApart(ours, theirs)) continue;
    if (change.lost.length > 0 || change.added.length > 0) found.push({ at, ...change });
  }
  return found;
}

/** Legacy has other elements in its second run more often than not: where it has the same, that is the luck of the draw. */
function isDrawn({ all }: Context): boolean {
  const runs = all.flatMap(({ legacy, legacy2 }) =>
    legacy.items === undefined || legacy2?.items === undefined
      ? []
      : [sameElements(legacy.items, legacy2.items)],
  );
  return runs.filter((same) => !same).length * 2 > runs.length;
}

/** As many texts as objects of the same letters and figures, one by one: rows taken apart. */
function areTakenApart(ours: readonly Value[], theirs: readonly Value[]): boolean {
  if (ours.length !== theirs.length || !ours.every((item) => typeof item === 'string')) return false;
  const signs = (value: Value): string =>
    isObject(value) ? [...value.values()].map(signs).join('') : bareSigns(rawOf(value));
  return theirs.every((item, i) => {
    const told = bareSigns(rawOf(ours[i] ?? null));
    if (!isObject(item) || signs(item) === told) return isObject(item);
    // What the text does not hold is added beside it.
    const held = [...item.values()].map(signs).filter((value) => value !== '' && told.includes(value));
    return held.join('') === told;
  });
}

/** Letters and figures in their order; a T between day and time is none. */
function bareSigns(raw: string): string {
  return raw
    .replaceAll(/(?<=[0-9])T(?=[0-9])/g, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** Modern leaves out blank elements at the end, or texts that the list has already: places and sets lose nothing by it (asked). */
function isTidied(ours: readonly Value[], theirs: readonly Value[]): boolean {
  if (theirs.length >= ours.length) return false;
  if (theirs.length === 0) return ours.every((item) => typeof item === 'string' && item.trim() === '');
  if (areSlotsFilled(ours, theirs)) return true;
  const raws = ours.map(rawOf);
  const kept = theirs.map(rawOf);
  const bare = (raw: string | undefined) => raw?.replace(/ +"$/, '"');
  if (
    kept.every(
      (raw, i) => bare(raw) === bare(raws[i]) || provePair(raws[i], raw, UNKNOWN_FIELD) !== undefined,
    ) &&
    raws.slice(kept.length).every((raw) => BLANK.test(raw))
  )
    return true;
  const texts = ours.every((item) => typeof item === 'string');
  const distinct = [...new Set(raws)];
  return texts && distinct.length === kept.length && distinct.every((raw) => kept.includes(raw));
}

/** The texts of slots in their order, without those that are blank. */
function areSlotsFilled(ours: readonly Value[], theirs: readonly Value[]): boolean {
  if (!ours.every((item) => typeof item === 'string')) return false;
  const filled = ours.map((item) => item.trim()).filter((text) => text !== '');
  return filled.length === theirs.length && filled.every((text, i) => text === theirs[i]);
}

/** Also a row of which every member is blank or zero. */
const BLANK = /^(?:null|"\s*"|\{\}|\[\]|\{(?:"[^"]{1,64}":(?:"[\s0.,]*"|0|null)[,}])+)$/;

function compareElements(ours: readonly Value[], theirs: readonly Value[]): Omit<ListChange, 'at'> {
  // The order of lists is for other rules, and what the keys of the elements mean for nobody here.
  if (isRenamed(ours, theirs)) return { lost: [], added: [], doubled: false };
  const counts = countElements(ours);
  const added: Value[] = [];
  for (const item of theirs) {
    const key = canonical(item);
    const left = counts.get(key) ?? 0;
    if (left > 0) counts.set(key, left - 1);
    else added.push(item);
  }
  const lost = [...counts].flatMap(([key, left]) => Array.from({ length: left }, () => key));
  const known = new Set(ours.map(canonical));
  const doubled = added.length > 0 && added.every((item) => known.has(canonical(item)));
  return withoutProven(ours, lost, added, doubled);
}

/** Elements that are only written otherwise match. */
function withoutProven(
  ours: readonly Value[],
  lost: readonly string[],
  added: readonly Value[],
  doubled: boolean,
) {
  const left = added.map(rawOf);
  if (lost.length === 0 || added.length === 0 || added.length > MATCHED_MAX)
    return { lost, added: left, doubled };
  const sources = new Map(ours.map((item) => [canonical(item), rawOf(item)]));
  const unmatched: string[] = [];
  for (const key of lost) {
    const index = left.findIndex(
      (raw) =>
        provePair(sources.get(key), raw, UNKNOWN_FIELD) !== undefined ||
        isSameElement(sources.get(key) ?? 'null', raw),
    );
    if (index < 0) unmatched.push(key);
    else left.splice(index, 1);
  }
  return { lost: unmatched, added: left, doubled };
}

type Kind = Pick<BugRule, 'name' | 'shows' | 'spares'> & {
  is(change: ListChange): boolean;
  say(change: ListChange): string;
};

function listRule({ is, say, ...rest }: Kind): BugRule {
  return {
    ...rest,
    needs: ['tree'],
    find(context) {
      const found = changes(context).filter(is);
      const first = found[0];
      if (first === undefined) return undefined;
      return { severity: severityOf(context), explanation: say(first), shownBy: found.length };
    },
  };
}

function few(texts: readonly string[]): string {
  return texts
    .slice(0, 2)
    .map((text) => text.slice(0, 60))
    .join(', ');
}

export const elementLost = listRule({
  name: 'element-lost',
  shows: 'A list of modern has fewer elements than legacy’s.',
  spares:
    'Another order; lists whose elements legacy itself does not repeat; blank elements at the end, blank ones among texts, and texts that the list has already (asked).',
  is: ({ lost, added }) => lost.length > added.length,
  say: ({ lost, added }) =>
    `Modern’s list lacks ${lost.length - added.length} elements of legacy’s, as ${few(lost)}`,
});

export const elementDoubled = listRule({
  name: 'element-doubled',
  shows: 'A list of modern has an element more often than legacy’s.',
  spares: 'As element-lost.',
  is: ({ lost, added, doubled }) => added.length > lost.length && doubled,
  say: ({ added }) => `Modern’s list has ${few(added)} once more than legacy’s`,
});

export const elementAdded = listRule({
  name: 'element-added',
  shows: 'A list of modern has elements that legacy’s has not.',
  spares: 'As element-lost.',
  is: ({ lost, added }) => added.length > lost.length,
  say: ({ added }) => `Modern’s list has ${added.length} elements that legacy’s has not, as ${few(added)}`,
});

export const elementChanged = listRule({
  name: 'element-changed',
  shows: 'A list of as many elements has others in the place of some.',
  spares:
    'Elements that are proven equal, one by one; names of persons the other way round, rows that become objects of the same values (asked).',
  is: () => true,
  say: ({ lost, added }) => `Modern’s list has ${few(added)} in place of ${few(lost)}`,
});

export const tupleReversed: BugRule = {
  name: 'tuple-reversed',
  needs: ['tree'],
  shows:
    'Two to four numbers with fractions, as many in every request, in another order: their places are their meaning (latitude and longitude).',
  spares: 'Longer lists, lists of whole numbers or texts.',
  find(context) {
    const lengths = new Set(context.all.flatMap(({ legacy }) => legacy.items?.length ?? []));
    const [length = 0] = lengths;
    if (lengths.size !== 1 || length < 2 || length > 4) return undefined;
    const found = context.unproven.filter(({ legacy, modern, varies }) => {
      if (varies || legacy.items === undefined || modern.items === undefined) return false;
      return (
        legacy.items.every((item) => /\.[0-9]/.test(rawOf(item)) && !rawOf(item).startsWith('"')) &&
        sameElements(legacy.items, modern.items)
      );
    });
    if (found.length === 0) return undefined;
    return {
      severity: severityOf(context),
      explanation: `Modern gives the ${length} numbers in another order`,
      shownBy: found.length,
    };
  },
};

export const orderBroken: BugRule = {
  name: 'order-broken',
  needs: ['tree'],
  shows: 'Legacy’s lists are sorted in every request (so many that chance is excluded), modern’s are not.',
  spares:
    'Lists that are too few or too short to tell, lists that legacy does not keep sorted, and elements that carry their own place (line 1, 2, 3 …; asked).',
  find: (context) => brokenOrder(context, (items) => items) ?? brokenOrder(context, told),
};

/** With `as` for what the elements are compared as. */
function brokenOrder(
  context: Context,
  as: (items: readonly Value[]) => readonly Value[],
): Finding | undefined {
  const order = legacyOrder(context, as);
  if (order === undefined || isIndex(context, order.key)) return undefined;
  const found = context.unproven.filter(({ legacy, modern, varies }) => {
    if (varies || legacy.items === undefined || modern.items === undefined) return false;
    const theirs = as(modern.items);
    return sameElements(as(legacy.items), theirs) && !isOrdered(theirs, order.key, order.direction);
  });
  if (found.length === 0) return undefined;
  const by = order.key === '' ? '' : ` by ${order.key}`;
  const explanation = `Legacy’s lists are sorted ${order.direction > 0 ? 'ascending' : 'descending'}${by}, modern’s are not`;
  return { severity: severityOf(context), explanation, shownBy: found.length };
}

/** Numbers in texts as the numbers that they tell: 879.00 stands before 1035.00. */
function told(items: readonly Value[]): readonly Value[] {
  const number = (value: Value): Value =>
    typeof value === 'string' && /^-?[0-9]{1,15}(?:\.[0-9]{1,6})?$/.test(value)
      ? new NumberText(value)
      : value;
  return items.map((item) =>
    isObject(item) ? new Map([...item].map(([key, value]) => [key, number(value)])) : number(item),
  );
}

/** The elements carry their place under this key: 0, 1, 2 … or 1, 2, 3 …, so that it is not lost in another order. */
function isIndex({ all }: Context, key: string): boolean {
  if (key === '') return false;
  return all.every(({ legacy }) => {
    const places = (legacy.items ?? []).map((item) =>
      isObject(item) ? Number(rawOf(item.get(key) ?? null)) : Number.NaN,
    );
    const [first = 1] = places;
    return (first === 0 || first === 1) && places.every((place, i) => place === first + i);
  });
}

/** The order that every list of legacy keeps, when that is not chance: the chances 1/n! of all lists multiply to less than 5 %. */
function legacyOrder(
  { all }: Context,
  as: (items: readonly Value[]) => readonly Value[],
): { key: string; direction: 1 | -1 } | undefined {
  const lists = all.flatMap(({ legacy }) =>
    legacy.items !== undefined && legacy.items.length > 1 ? [as(legacy.items)] : [],
  );
  const first = lists[0];
  if (first === undefined) return undefined;
  for (const key of sortKeys(first)) {
    const direction = lists.map((items) => directionOf(items, key)).find((found) => found !== 0);
    if (direction === undefined || !lists.every((items) => isOrdered(items, key, direction))) continue;
    const lnChance = lists.reduce(
      (sum, items) => sum - lnFactorial(new Set(items.map(canonical)).size),
      Math.LN2,
    );
    if (lnChance < Math.log(0.05)) return { key, direction };
  }
  return undefined;
}

function lnFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
