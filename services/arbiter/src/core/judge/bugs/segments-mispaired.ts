import { isObject, type Value } from '../../compare/value.ts';
import { atomsIn, atomsOf } from '../value/atoms.ts';
import { rawOf, Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const CHARS_MAX = 4096;
const SEGMENTS_MAX = 100;

export const segmentsMispaired: BugRule = {
  name: 'segments-mispaired',
  needs: ['tree'],
  shows:
    'A text of several parts of words and numbers each ("Ann 45 %, Bob 55 %") as rows or members of the same words and numbers, but paired otherwise.',
  spares:
    'Rows that lack or add words or numbers (other rules), parts that are not told apart by a comma, semicolon or bar.',
  find(context) {
    const found = context.unproven.filter(
      ({ varies, legacy, modern }) => !varies && isMispaired(legacy, modern),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: the words and numbers are the same, and not those that belong together`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function isMispaired({ text }: Side, modern: Side): boolean {
  const theirs = bagsOf(modern);
  if (text === undefined || text.length > CHARS_MAX || theirs === undefined || theirs.length < 2)
    return false;
  return [/;/, /\|/, /,(?![0-9])/].some((delimiter) => {
    const ours = text
      .split(delimiter)
      .map((segment) => bagOf(atomsIn(segment)))
      .filter((bag) => bag !== '');
    if (ours.length !== theirs.length || !ours.every((bag) => /[0-9]/.test(bag) && /\p{L}/u.test(bag)))
      return false;
    const all = (bags: readonly string[]) => bagOf(bags.flatMap((bag) => bag.split(' ')));
    return all(ours) === all(theirs) && ours.toSorted().join('\n') !== theirs.toSorted().join('\n');
  });
}

/** The words and numbers of each row, or of each member with its key. */
function bagsOf({ items, fields }: Side): readonly string[] | undefined {
  if (items !== undefined && items.length <= SEGMENTS_MAX && items.every((item) => isObject(item)))
    return items.map((item) => bagOf(atomsOfValue(item)));
  if (fields === undefined || fields.size > SEGMENTS_MAX) return undefined;
  return [...fields].map(([key, value]) => bagOf([...atomsIn(key), ...atomsOfValue(value)]));
}

function atomsOfValue(value: Value): readonly string[] {
  const atoms = atomsOf(new Side(rawOf(value)));
  return atoms === undefined ? [] : [...atoms.words, ...atoms.numbers];
}

function bagOf(atoms: readonly string[]): string {
  return [...atoms].sort().join(' ');
}
