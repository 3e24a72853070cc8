import type { Value } from '../../compare/value.ts';
import { isSplitInside } from '../bugs/split-inside.ts';
import type { FieldProfile } from '../profile.ts';
import { rawItems, sequencesOf } from '../readings/sequences.ts';
import { readInstants } from '../value/instants.ts';
import { readNumber } from '../value/numbers.ts';
import { type Side, Side as SideOf } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const textToList: ProofRule = {
  name: 'text-to-list',
  ofField: true,
  accepts:
    'A text of parts (a|b|c, "A B", flags YNY or 101) that modern gives as a list of the same parts in the same order, each proven equal.',
  refuses:
    'A part that is missing, merged with another, in another place or not proven equal; a list that becomes a text; numbers, dates, names and paths (1,5; 1/2; New York; Washington, George), quoted parts, several kinds of delimiters.',
  prove({ legacy, modern, part, profile }) {
    const items = modern.items;
    if (items !== undefined && areBits(legacy.text, items))
      return `The text has a 1 for each of the ${items.length} flags that is set, and a 0 for each that is not.`;
    if (items === undefined || items.length < 2 || isOneThing(legacy) || isSplitInside(legacy, modern))
      return undefined;
    const theirs = rawItems(items);
    for (const ours of sequencesOf(legacy)) {
      // What is cut at commas while a stronger delimiter stays in the parts is cut at the wrong places.
      if (ours.length !== theirs.length || ours.some((raw) => /[|;]|\\[tn]/.test(raw))) continue;
      const proven = ours.every(
        (raw, i) => raw === theirs[i] || part(raw, theirs[i]) !== undefined || isFlag(raw, theirs[i]),
      );
      if (proven && isListOf(legacy, ours, profile))
        return `The text holds the same ${ours.length} parts as the list.`;
    }
    return undefined;
  },
};

/**
 * A bar or a line end delimits wherever it stands. A blank, a comma or nothing at all may be within one thing (new york, DOE, JANE, FOX): the field
 * has to show a list, by parts that come in several of its texts, or by texts of one part and of three.
 */
function isListOf({ text = '' }: Side, parts: readonly string[], { data }: FieldProfile): boolean {
  if (/[|;\t\n~/]/.test(text)) return true;
  const delimiter = /,/.test(text) ? ',' : / /.test(text) ? ' ' : '';
  const others = data.legacy.vocabulary.flatMap((raw) => new SideOf(raw).text ?? []);
  const lists = others.map((other) => other.split(delimiter).map((part) => part.trim()));
  if (delimiter === '')
    return (
      /^(?:[YN]+|[JN]+|[TF]+|[01]+|[XO-]+)$/i.test(text) && !/^(?:no|on)$/i.test(text) && others.length > 1
    );
  const counts = new Set(lists.map(({ length }) => length));
  const often = new Map<string, number>();
  for (const list of lists) for (const part of new Set(list)) often.set(part, (often.get(part) ?? 0) + 1);
  const shared = parts.some((raw) => (often.get(new SideOf(raw).text ?? '') ?? 0) > 1);
  return data.legacy.vocabularyOpen ? counts.size > 1 : shared || (counts.has(1) && counts.size > 2);
}

/** 1101 beside [true,true,false,true]: in their order, all of them. */
function areBits(text: string | undefined, items: readonly Value[]): boolean {
  return (
    text !== undefined &&
    text.length > 1 &&
    text.length === items.length &&
    items.every((item, i) => item === (text[i] === '1') && /[01]/.test(text[i] ?? ''))
  );
}

/** A number, date or name with a delimiter in it, quoted parts, or several kinds of delimiters: no list, or not to be split so simply. */
function isOneThing(side: Side): boolean {
  const text = side.text ?? '';
  if (/["'\\]/.test(text) || readNumber(side) !== undefined || readInstants(side).length > 0) return true;
  // Beside a delimiter, a comma between digits or before a blank (Garcia, Sam; Novak, Yuki) belongs to the part.
  const bare = /[|;\t\n]/.test(text) ? text.replaceAll(/(?<=[0-9]),(?=[0-9])|,(?= )/g, '') : text;
  const kinds = ['|', ';', ',', '\t', '\n'].filter((delimiter) => bare.includes(delimiter)).length;
  if (kinds > 1) return true;
  if (/^[0-9]+,[0-9]+ ?[^0-9,|;]*$/.test(text)) return true;
  if (kinds === 1) return isName(text);
  return text.includes('/') || (text.includes(' ') && /(?:^| )\p{Lu}\p{Ll}/u.test(text));
}

/** A family name before its comma: two parts that are written like names, or initials among the parts (Smith, J, Lee, K). */
function isName(text: string): boolean {
  const parts = text.split(',').map((part) => part.trim());
  const words = parts.filter((part) => /^\p{Lu}[\p{Ll}'’]+(?:[ -]\p{Lu}[\p{Ll}.'’]*)*$/u.test(part)).length;
  const initials = parts.filter((part) => /^(?:\p{Lu}\.? ?){1,3}$/u.test(part)).length;
  return parts.length === 2
    ? words + initials === 2 && words > 0
    : initials > 0 && words + initials === parts.length && 2 * initials >= parts.length;
}

function isFlag(text: string, value: string | undefined): boolean {
  return (/^"[YJT1X]"$/i.test(text) && value === 'true') || (/^"[NF0-]"$/i.test(text) && value === 'false');
}
