import type { Value } from '../../compare/value.ts';
import { provePair, proveSides } from '../pair.ts';
import { UNKNOWN_FIELD } from '../profile.ts';
import { readingPairs } from '../readings/relate.ts';
import { leavesOf, rawItems, sequencesOf } from '../readings/sequences.ts';
import { plainNumber, significant } from '../value/atoms.ts';
import { readInstantText } from '../value/instants.ts';
import { readNumberText } from '../value/numbers.ts';
import { Side } from '../value/side.ts';
import type { BugRule } from './rule.ts';
import { isSameElement } from './same-element.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Lists that are both longer are matched by equality alone. */
const MATCHED_MAX = 40;

export const partsChanged: BugRule = {
  name: 'parts-changed',
  needs: ['tree'],
  shows:
    'A text of parts beside a list or object: parts are missing, merged, in another order, or numbers in it are others.',
  spares:
    'The same parts in another arrangement; texts of which fewer than half of the parts are found again.',
  find(context) {
    const found = context.unproven.flatMap((at) => {
      const isRead = readingPairs(at.legacy, at.modern).some(({ same }) => same);
      const how =
        at.varies || isRead
          ? undefined
          : (listChange(at.legacy, at.modern) ?? objectChange(at.legacy, at.modern));
      return how === undefined ? [] : [{ at, how }];
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.at.legacy)}, modern ${shown(first.at.modern)}: ${first.how}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function listChange(legacy: Side, modern: Side): string | undefined {
  const items = modern.items;
  if (items === undefined || items.length === 0) return undefined;
  const theirs = rawItems(items);
  if (
    theirs.length > 1 &&
    legacy.text !== undefined &&
    isWord(legacy.text) &&
    theirs.includes(legacy.raw ?? '')
  )
    return 'there are elements that legacy does not have';
  if (isMerged(legacy, items)) return 'the parts are merged into one';
  for (const ours of sequencesOf(legacy)) {
    const rest = theirs.map((raw) => new Side(raw));
    const isFew = Math.min(ours.length, theirs.length) <= MATCHED_MAX;
    let kept = 0;
    for (const raw of ours) {
      const part = new Side(raw);
      const at = rest.findIndex(
        (other) => other.raw === raw || (isFew && proveSides(part, other, UNKNOWN_FIELD) !== undefined),
      );
      if (at >= 0) {
        rest.splice(at, 1);
        kept += 1;
      }
    }
    const flags = ours.length === theirs.length && theirs.every((raw) => raw === 'true' || raw === 'false');
    if (flags) return 'the flags are not the same';
    if (kept * 2 < ours.length) continue;
    if (kept === ours.length && rest.length === 0 && isInOrder(ours, theirs)) return undefined;
    if (kept === ours.length && rest.length === 0) return 'the parts stand in another order';
    return `${ours.length - kept} of ${ours.length} parts are missing or changed`;
  }
  return undefined;
}

/** One name or code, which is no text of several. */
function isWord(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_:-]{1,40}$/.test(text);
}

/** Several parts of a text as one element that writes them with other delimiters. */
function isMerged(legacy: Side, items: readonly Value[]): boolean {
  const [only] = items;
  if (items.length !== 1 || typeof only !== 'string' || only === legacy.text) return false;
  const theirs = sequencesOf(new Side(JSON.stringify(only))).map((parts) => parts.join('\n'));
  return sequencesOf(legacy).some((parts) => parts.length > 1 && theirs.includes(parts.join('\n')));
}

function isInOrder(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.every(
    (raw, i) =>
      raw === theirs[i] ||
      provePair(raw, theirs[i], UNKNOWN_FIELD) !== undefined ||
      isSameElement(raw, theirs[i] ?? 'null'),
  );
}

/** The numbers of a text in the fields of an object. */
function objectChange(legacy: Side, modern: Side): string | undefined {
  if ((legacy.text === undefined) === (modern.text === undefined)) return undefined;
  if (legacy.fields === undefined && modern.fields === undefined) return undefined;
  if (losesComparator(legacy, modern)) return 'the sign before the number is lost';
  const ours = leavesOf(legacy);
  const theirs = leavesOf(modern);
  if (ours.length !== theirs.length || ours.length > 8) return undefined;
  const words = (leaves: readonly string[]) => leaves.filter((leaf) => !isNumeric(leaf)).sort();
  const numbers = (leaves: readonly string[]) => leaves.filter(isNumeric).map(plainNumber).sort();
  const [before, after] = [numbers(ours), numbers(theirs)];
  const same = words(ours).join(' ') === words(theirs).join(' ');
  if (same && before.length > 0 && before.some((number) => !after.includes(number))) {
    // A number by itself is the same thing only by the words around it, or by the numbers that are kept.
    const anchored = words(ours).length > 0 || before.some((number) => after.includes(number));
    const filled = before.every((number) => after.some((other) => other.endsWith(number)));
    const moved = before.every((number) => after.some((other) => significant(other) === significant(number)));
    if (anchored && !filled && !moved) return 'the words are the same and the numbers are not';
  }
  if (
    same &&
    before.length > 1 &&
    before.join(' ') === after.join(' ') &&
    hasOtherOrder(ours, theirs, modern)
  )
    return 'the numbers stand in another order';
  const changed = ours.filter((leaf, i) => leaf !== theirs[i]);
  const dates = ours.every((leaf, i) => leaf === theirs[i] || (isDate(leaf) && isDate(theirs[i] ?? '')));
  return dates && changed.length > 0 && changed.length < ours.length
    ? 'one of the dates is another'
    : undefined;
}

/** The numbers are those of the text but change places, and not because the keys are sorted. */
function hasOtherOrder(ours: readonly string[], theirs: readonly string[], modern: Side): boolean {
  const keys = [...(modern.fields?.keys() ?? [])];
  if (keys.join('\n') === keys.toSorted().join('\n')) return false;
  const order = (leaves: readonly string[]) => leaves.filter(isNumeric).map(plainNumber).join(' ');
  return order(ours) !== order(theirs);
}

/** <25, where modern tells 25 and no word or sign beside it. */
function losesComparator(legacy: Side, modern: Side): boolean {
  const match = /^[<>≤≥~≈]=? ?([0-9][0-9.,]*)$/.exec(legacy.text ?? '');
  const rest = leavesOf(modern);
  return match !== null && rest.length === 1 && plainNumber(rest[0] ?? '') === plainNumber(match[1] ?? '');
}

function isNumeric(leaf: string): boolean {
  // An address or a version is no number, though its points may be read as separators of thousands.
  return readNumberText(leaf) !== undefined && !/\..*\./.test(leaf);
}

function isDate(text: string): boolean {
  return readInstantText(text).length > 0;
}
