import { isArray, isObject, NumberText, type Value } from '../compare/value.ts';
import { rawOf, type Side } from './value/side.ts';

const RECORDS_MAX = 40;
const SEPARATORS = [';', '|', ' / ', ', ', '\n'];

/** Records of a text as a list: each has the words and figures of one of them and of no other, in whatever order. */
export function areSameRecords({ text }: Side, { items }: Side): boolean {
  return orderOf(text, items) !== undefined;
}

/** Another order than the text's. */
export function areSorted({ text }: Side, { items }: Side): boolean {
  return orderOf(text, items)?.some((place, i) => place !== i) === true;
}

function orderOf(
  text: string | undefined,
  items: readonly Value[] | undefined,
): readonly number[] | undefined {
  if (text === undefined || items === undefined || text.length > 2000 || items.length > RECORDS_MAX)
    return undefined;
  const told = items.map((item) => (isObject(item) ? bagOf([...item.values()].map(plain).join(' ')) : ''));
  if (told.includes('') || new Set(told).size !== told.length) return undefined;
  for (const separator of items.length > 1 ? SEPARATORS : ['\n']) {
    const records = text.split(separator).map(bagOf);
    if (records.length !== told.length) continue;
    const order = told.map((bag) => records.indexOf(bag));
    if (!order.includes(-1) && new Set(order).size === order.length) return order;
  }
  return undefined;
}

function plain(value: Value): string {
  return typeof value === 'string' ? value : value instanceof NumberText ? value.text : rawOf(value);
}

/** Words, and of numbers the figures that do not depend on their unit: 25% and 0.25. */
function bagOf(text: string): string {
  const parts = text.toLowerCase().match(/[0-9]+(?:\.[0-9]+)?|\p{L}+/gu) ?? [];
  return parts
    .map((part) =>
      /^[0-9]/.test(part)
        ? part
            .replace('.', '')
            .replace(/^0+(?=[0-9])/, '')
            .replace(/0+$/, '')
        : part,
    )
    .toSorted()
    .join(' ');
}

const CORNERS_MAX = 2000;

/** A closed ring of corners (RFC 7946, 3.1.6) begins at another one and goes round the same way; all else is as it was. */
export function areRingsTurned({ value: ours }: Side, { value: theirs }: Side): boolean {
  return ours !== undefined && theirs !== undefined && isSameShape(ours, theirs);
}

function isSameShape(ours: Value, theirs: Value): boolean {
  if (isObject(ours) && isObject(theirs))
    return (
      ours.size === theirs.size &&
      [...ours].every(([key, value]) => theirs.has(key) && isSameShape(value, theirs.get(key) ?? null))
    );
  if (!isArray(ours) || !isArray(theirs) || ours.length !== theirs.length)
    return rawOf(ours) === rawOf(theirs);
  const [before, after] = [ringOf(ours), ringOf(theirs)];
  if (before === undefined || after === undefined)
    return ours.every((one, i) => isSameShape(one, theirs[i] ?? null));
  // A corner that comes twice would leave open which one it is.
  const start = before.indexOf(after[0] ?? '');
  return (
    start >= 0 &&
    new Set(before).size === before.length &&
    after.every((corner, i) => corner === before[(start + i) % before.length])
  );
}

/** The corners of a closed ring, the last of which is the first again. */
function ringOf(items: readonly Value[]): readonly string[] | undefined {
  if (items.length < 4 || items.length > CORNERS_MAX) return undefined;
  const isCorner = (item: Value) =>
    isArray(item) && item.length >= 2 && item.length <= 3 && item.every((at) => at instanceof NumberText);
  const corners = items.map(rawOf);
  return items.every(isCorner) && corners[0] === corners.at(-1) ? corners.slice(1) : undefined;
}

/** What is said of one is said of the other the other way round. */
const INVERSE =
  'parent child,employer employee,creditor debtor,lender borrower,guardian ward,landlord tenant,grandparent grandchild,teacher student,principal agent,seller buyer,licensor licensee,supplier customer';
const INVERSES: ReadonlyMap<string, string> = new Map(
  INVERSE.split(',').flatMap((pair) => {
    const [a = '', b = ''] = pair.split(' ');
    return [
      [a, b],
      [b, a],
    ] as const;
  }),
);

/** Two members changed places, and the word of their relation became its inverse: Ann is the parent of Bo, Bo the child of Ann. */
export function isInverted({ fields: ours }: Side, { fields: theirs }: Side): boolean {
  if (ours === undefined || theirs === undefined || ours.size !== theirs.size) return false;
  const told = (of: ReadonlyMap<string, Value>, name: string) => rawOf(of.get(name) ?? null);
  const changed = [...ours.keys()].filter((name) => told(ours, name) !== told(theirs, name));
  const word = changed.find((name) => relationOf(ours.get(name)) !== undefined);
  const [a, b, more] = changed.filter((name) => name !== word);
  if (word === undefined || a === undefined || b === undefined || more !== undefined) return false;
  const inverse = INVERSES.get(relationOf(ours.get(word)) ?? '');
  return (
    inverse === relationOf(theirs.get(word)) &&
    told(ours, a) === told(theirs, b) &&
    told(ours, b) === told(theirs, a)
  );
}

function relationOf(value: Value | undefined): string | undefined {
  const word = typeof value === 'string' ? value.toLowerCase().replace(/[ _]of$/, '') : '';
  return INVERSES.has(word) ? word : undefined;
}
