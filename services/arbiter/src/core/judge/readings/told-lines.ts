import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** What parts of a line say, by their names here; a part that says nothing is left out. */
export type Told = Readonly<Record<string, string>>;

/** A member by the words of its path, and what it says; undefined where its value is none of that part. */
export type Member = readonly [named: RegExp, said: (value: string) => Told | undefined];

interface Line {
  readonly name: string;
  readonly reads: string;
  /** The parts of a text: it is one of its notation from end to end. */
  readonly text: (text: string) => Told | undefined;
  readonly members: readonly Member[];
  /** Parts without which an object is none of these. */
  readonly needs: readonly string[];
  /** The look of a text does not tell it: the names of the members do. */
  readonly weak?: true;
}

const LEAVES_MAX = 24;

/** A line of a public standard, and an object of which each member says one of its parts, none left over on either side. */
export function toldLine({ name, reads, text: partsOf, members, needs, weak }: Line): Domain {
  return {
    name,
    reads,
    long: true,
    read({ text, fields }): readonly Reading[] {
      if (text !== undefined) {
        const told = partsOf(text);
        return told === undefined ? [] : reading('line', keyOf(told), weak !== true);
      }
      const told = fields && toldBy(fields, members);
      return told === undefined || needs.some((part) => told[part] === undefined)
        ? []
        : reading('members', keyOf(told), weak === true);
    },
    near: isNear,
  };
}

function keyOf(told: Told): string {
  return JSON.stringify(
    Object.entries(told)
      .filter(([, value]) => value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** One part or more is the same, and one that both tell is not. */
function isNear(legacy: string, modern: string): boolean {
  const [ours, theirs] = [legacy, modern].map((key) => new Map(JSON.parse(key) as [string, string][]));
  const both = [...(ours ?? [])].filter(([part]) => theirs?.has(part));
  const same = both.filter(([part, value]) => theirs?.get(part) === value).length;
  return same > 0 && same < both.length;
}

function toldBy(fields: ReadonlyMap<string, Value>, members: readonly Member[]): Told | undefined {
  const all: Record<string, string> = {};
  const leaves = leavesOf(fields, '');
  if (leaves === undefined || leaves.length > LEAVES_MAX) return undefined;
  for (const [path, value] of leaves) {
    if (value === '') continue;
    const said = members
      .filter(([named]) => named.test(path))
      .map(([, read]) => read(value))
      .find((told) => told !== undefined);
    if (said === undefined) return undefined;
    for (const [part, word] of Object.entries(said)) {
      if ((all[part] ?? word) !== word) return undefined;
      all[part] = word;
    }
  }
  return all;
}

/** Members by the words of their paths; lists of plain values as one text; undefined where there is anything else. */
function leavesOf(
  fields: ReadonlyMap<string, Value>,
  above: string,
): readonly (readonly [path: string, value: string])[] | undefined {
  const found: (readonly [string, string])[] = [];
  for (const [key, value] of fields) {
    const path = `${above} ${wordsOf(key)}`.trim();
    if (isObject(value)) {
      const below = above.length > 80 ? undefined : leavesOf(value, path);
      if (below === undefined) return undefined;
      found.push(...below);
      continue;
    }
    const parts = isArray(value) ? value.map(plain) : [plain(value)];
    if (parts.includes(undefined) || parts.length > LEAVES_MAX) return undefined;
    found.push([path, parts.join(',')]);
  }
  return found;
}

function plain(value: Value): string | undefined {
  if (value === null) return '';
  if (value instanceof NumberText) return value.text;
  return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : undefined;
}

/** A part that is told as it stands. */
export const asIs =
  (part: string, look: RegExp) =>
  (value: string): Told | undefined =>
    look.test(value) ? { [part]: value } : undefined;

/** A part that is a whole number. */
export const asNumber =
  (part: string) =>
  (value: string): Told | undefined =>
    /^[+-]?[0-9]{1,12}(?:\.0{1,3})?$/.test(value) ? { [part]: String(Number(value) + 0) } : undefined;

/** What stands beside and adds nothing to the notation. */
export const adds =
  (look: RegExp) =>
  (value: string): Told | undefined =>
    look.test(value) ? {} : undefined;
