import { DAY, readInstants } from '../value/instants.ts';
import { isRenotated } from '../value/renotations.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';
import { isNumbered } from './text-cut.ts';
import { type TextPair, textPairs } from './text-pairs.ts';

/** Different identifiers that modern copies in one manner before another manner is called a slip. */
const COPIES_MIN = 3;
const CHARS_MIN = 4;

export const copyBroken: BugRule = {
  name: 'copy-broken',
  needs: ['texts', 'several'],
  shows:
    'Modern copies the letters and digits of legacy’s identifiers in one manner (whole, between a prefix and an ending of fixed length, or without some at the ends), and here it does not.',
  spares:
    'Fewer than three different identifiers that are copied so; letters in other forms, filling zeros, parts in another order.',
  find(context) {
    const pairs = context.keyLike ? [] : copies(context);
    const common = commonManner(pairs);
    if (common === undefined) return undefined;
    const broken = textPairs(context).filter(
      (pair) =>
        isIdentifier(pair.legacy) &&
        !isTime(pair) &&
        !isRenotated(pair.at.legacy, pair.at.modern) &&
        isBroken(pair, common.manner),
    );
    const first = broken[0];
    if (first === undefined) return undefined;
    const explanation = `Modern copies the letters and digits of legacy’s ${common.count} other identifiers, but has ${shown(first.at.modern)} for ${shown(first.at.legacy)}`;
    return { severity: severityOf(context), explanation, shownBy: broken.length };
  },
};

interface Copy {
  readonly legacy: string;
  /** How many letters and digits are put before and behind; negative when left out. */
  readonly manner: string;
}

/** All differing observations in which one side holds the other’s letters and digits in one piece, proven or not. */
function copies({ all }: Context): Copy[] {
  return all.flatMap(({ legacy, modern, differs, varies }) => {
    if (!differs || varies || legacy.text === undefined || modern.text === undefined) return [];
    const manner = isIdentifier(legacy.text) ? mannerOf(legacy.text, modern.text) : undefined;
    return manner === undefined ? [] : [{ legacy: signs(legacy.text), manner }];
  });
}

function mannerOf(legacy: string, modern: string): string | undefined {
  const [l, m] = [signs(legacy), signs(modern)];
  if (l.length < CHARS_MIN || m.length < CHARS_MIN) return undefined;
  const inside = m.indexOf(l);
  if (inside >= 0) return `${inside} ${m.length - l.length - inside}`;
  const outside = l.indexOf(m);
  return outside < 0 ? undefined : `-${outside} -${l.length - m.length - outside}`;
}

/** The most frequent manner and how many different identifiers it copies; undefined when it is no rule. */
function commonManner(pairs: readonly Copy[]): { manner: string; count: number } | undefined {
  const manners = new Map<string, Set<string>>();
  for (const { legacy, manner } of pairs) manners.set(manner, (manners.get(manner) ?? new Set()).add(legacy));
  const [most] = [...manners]
    .map(([manner, { size }]) => ({ manner, count: size }))
    .sort((a, b) => b.count - a.count);
  if (most === undefined || most.count < COPIES_MIN) return undefined;
  return most.count * 4 >= new Set(pairs.map(({ legacy }) => legacy)).size ? most : undefined;
}

/** None of the harmless ways to write an identifier explains it. */
function isBroken({ legacy, modern }: TextPair, manner: string): boolean {
  if (mannerOf(legacy, modern) === manner || isNumbered(legacy, modern)) return false;
  const [l, m] = [signs(legacy), signs(modern)];
  // All nines are no limit or no end, for which modern has a word.
  if (/^9{5,}$/.test(l) && !/[0-9]/.test(m)) return false;
  if (m === '' || m.includes(l) || withoutZeros(m).includes(withoutZeros(l))) return false;
  return sortedRuns(legacy) !== sortedRuns(modern) && !isUnfilled(legacy, modern);
}

/** V04.01.03 and 4.1.3: numbers without the zeros that fill them up, one by one, and letters that all of them lose. */
function isUnfilled(legacy: string, modern: string): boolean {
  const [ours, theirs] = [legacy, modern].map((text) =>
    text.match(/[0-9]+/g)?.map((number) => number.replace(/^0+(?=.)/, '')),
  );
  return (
    ours !== undefined &&
    ours.length > 1 &&
    ours.join(' ') === theirs?.join(' ') &&
    /^[A-Za-z]? ?[0-9]+(?:[.-][0-9]+)+$/.test(legacy) &&
    /^[A-Za-z]? ?[0-9]+(?:[.-][0-9]+)+$/.test(modern)
  );
}

/** A time that modern tells with its day is no copy of anything: 0236+1 is on the next day. */
function isTime({ at }: TextPair): boolean {
  return readInstants(at.modern).some(({ precision }) => precision > DAY);
}

function isIdentifier(text: string): boolean {
  return text.length <= 200 && /[0-9]/.test(text) && !/\S\s+\S+\s+\S+\s+\S+\s+\S/.test(text);
}

/** Letters and digits alone, in one form and case. */
function signs(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function withoutZeros(text: string): string {
  return text.replaceAll('0', '');
}

function sortedRuns(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).sort().join(' ');
}
