import { decimalsEqual } from '../../compare/decimal.ts';
import { isArray, isObject, type Value } from '../../compare/value.ts';
import { sameDecimal } from '../value/decimal.ts';
import { areNamesAlike, commonWords, saysNothing } from '../value/names.ts';
import { readNumberText } from '../value/numbers.ts';
import { rawOf, type Side } from '../value/side.ts';
import { bareName, wordsOf } from '../value/text.ts';
import { isAnyAmount } from './money-object.ts';
import type { Pair, ProofRule } from './rule.ts';

const LEAVES_MAX = 200;

/** A value that holds no others, and the words of the keys that lead to it. */
interface Leaf {
  readonly path: string;
  readonly key: string;
  readonly value: string;
}

export const rearranged: ProofRule = {
  name: 'rearranged',
  accepts:
    'The same named values nested otherwise: {"address_city":"Ulm"} and {"address":{"city":"Ulm"}}, {"net":1} and {"netAmount":1}, {"von":"2025-11-01"} and {"from":"2025-11-01"}; a pair of currencies as base and quote; one amount and one currency, which cannot be confused: "USD 358,300.11" and {"amount":358300.11,"currency":"USD"}.',
  refuses:
    'Values under names that are no form of their old ones (cash and cashback), a word before a name that comes or goes and says something (excluded, donor, old), a name that comes twice under other ones (the city of billing as that of shipping) ({"debit":"A"} and {"credit":"A"}), two words or two numbers of a text that get names ("John Smith" and {"last":"John","first":"Smith"}): which is which, only a person can tell.',
  prove(pair) {
    const { legacy, modern } = pair;
    if (modern.fields === undefined || modern.fields.size < 2 || legacy.items !== undefined) return undefined;
    const theirs = leavesOf(modern);
    if (theirs === undefined) return undefined;
    if (legacy.text !== undefined)
      return isAmount(legacy.text, theirs, pair.field)
        ? 'Both hold the same amount and currency.'
        : undefined;
    const read = legacy.fields === undefined ? undefined : leavesOf(legacy);
    const ours = read?.flatMap((leaf) => sidesOfPair(leaf, theirs));
    if (ours === undefined || ours.length !== theirs.length || ours.length < 2) return undefined;
    // Where all stand under their own names, nothing is rearranged: the parts say what they are.
    if (read?.every(({ path }) => theirs.some((other) => other.path === path)) !== false) return undefined;
    const found = new Set<Leaf>();
    const common = new Set([ours, theirs].flatMap((side) => [...commonWords(side.map(({ path }) => path))]));
    for (const leaf of ours) {
      const other = counterpartOf(leaf, ours, theirs, common);
      if (other === undefined || found.has(other) || !isSame(pair, leaf, other)) return undefined;
      found.add(other);
    }
    return 'Both hold the same values under names that are the same or mean the same, nested otherwise.';
  },
};

/** A pair of currencies names the base first, whatever its key: EUR/PLN is {base: EUR, quote: PLN}. */
function sidesOfPair(leaf: Leaf, others: readonly Leaf[]): readonly Leaf[] {
  const [, base, quote] = /^"([A-Z]{3})\/([A-Z]{3})"$/.exec(leaf.value) ?? [];
  const keys = [/^base/, /^(?:quote|counter|term)/].map((name) => others.find(({ key }) => name.test(key)));
  const [first, second] = keys;
  if (base === undefined || quote === undefined || first === undefined || second === undefined) return [leaf];
  return [
    { ...first, value: `"${base}"` },
    { ...second, value: `"${quote}"` },
  ];
}

/** Undefined when two leaves share a path or there are too many; lists are leaves as a whole. */
function leavesOf({ value }: Side): readonly Leaf[] | undefined {
  const leaves: Leaf[] = [];
  collect(value, [], leaves);
  const paths = new Set(leaves.map(({ path }) => path));
  return leaves.length > LEAVES_MAX || paths.size !== leaves.length ? undefined : leaves;
}

function collect(value: Value | undefined, keys: readonly string[], leaves: Leaf[]): void {
  if (value === undefined || leaves.length > LEAVES_MAX) return;
  if (isObject(value) && !isArray(value)) {
    for (const [key, item] of value) collect(item, [...keys, wordsOf(key)], leaves);
    return;
  }
  leaves.push({ path: keys.join(' '), key: keys[keys.length - 1] ?? '', value: rawOf(value) });
}

/**
 * The leaf that the same words lead to; else the only one of the same last key, or of which one key is a short form of the other. A key that
 * comes twice (the city of billing and of shipping) tells nothing without the words before it.
 */
function counterpartOf(
  leaf: Leaf,
  ours: readonly Leaf[],
  theirs: readonly Leaf[],
  common: ReadonlySet<string>,
): Leaf | undefined {
  const named = theirs.filter(({ path }) => path === leaf.path || bareName(path) === bareName(leaf.path));
  if (named.length > 0) return named.length === 1 ? named[0] : undefined;
  const [other, ...others] = theirs.filter((candidate) => isNamedAlike(leaf, candidate, common));
  if (other === undefined || others.length > 0) return undefined;
  return ours.filter((candidate) => isNamedAlike(candidate, other, common)).length === 1 ? other : undefined;
}

/** Also the words before the keys must not be others: the iban of debtor is not that of creditor. */
function isNamedAlike(a: Leaf, b: Leaf, common: ReadonlySet<string>): boolean {
  return isPathAlike(a.path, b.path, common) && isKeyAlike(a.key, b.key, common);
}

/** What the longer path has besides says nothing: countries are not excluded countries. */
function isPathAlike(ours: string, theirs: string, common: ReadonlySet<string>): boolean {
  if (areNamesAlike(ours, theirs, common)) return true;
  const [short = [], long = []] = [ours, theirs]
    .map((path) => path.split(' '))
    .toSorted((a, b) => a.length - b.length);
  return (
    short.every((word) => long.includes(word)) &&
    long.every((word) => short.includes(word) || saysNothing(word, common))
  );
}

function isKeyAlike(a: string, b: string, common: ReadonlySet<string>): boolean {
  // Keys with digits are data (an account, a month), not names.
  return a === b || (!/[0-9]/.test(a + b) && areNamesAlike(a, b, common));
}

function isSame({ part, field }: Pair, ours: Leaf, theirs: Leaf): boolean {
  return (
    ours.value === theirs.value ||
    part(ours.value, theirs.value, `${field}.${ours.path.replaceAll(' ', '.')}`) !== undefined
  );
}

/** A text of one number and one currency, and an object of just these. */
function isAmount(text: string, leaves: readonly Leaf[], field: string): boolean {
  const words = text.trim().split(/\s+/);
  if (words.length !== 2 || leaves.length !== 2) return false;
  const values = leaves.map(({ value }) => value.replaceAll('"', ''));
  const isCrossed = leaves.some(({ key }, i) =>
    isNumeric(values[i] ?? '')
      ? /\b(?:currency|ccy)\b/.test(key) || !isAnyAmount(key, field)
      : /\b(?:amount|value|price|sum)\b/.test(key),
  );
  if (isCrossed) return false;
  const number = words.find(isNumeric);
  const word = words.find((other) => !isNumeric(other));
  const theirs = values.find(isNumeric);
  if (number === undefined || word === undefined || theirs === undefined) return false;
  // 40.000 km may be as many thousand.
  if (/^[1-9][0-9]{0,2}\.[0-9]{3}$/.test(number)) return false;
  return values.some((value) => value === word && !isNumeric(value)) && sameNumber(number, theirs);
}

function isNumeric(text: string): boolean {
  return readNumberText(text)?.marks.currency === '';
}

function sameNumber(a: string, b: string): boolean {
  if (decimalsEqual(a, b)) return true;
  const [l, m] = [readNumberText(a), readNumberText(b)];
  if (l === undefined || m === undefined) return false;
  const found = [...l.values.values()].find((x) => [...m.values.values()].some((y) => sameDecimal(x, y)));
  // 1,234 beside 1234 is read in two ways.
  return found !== undefined && !(l.values.size > 1 && found.scale === 0);
}
