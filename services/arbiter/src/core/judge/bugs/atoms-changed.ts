import { isArray, isObject, type Value } from '../../compare/value.ts';
import { readInstantText } from '../value/instants.ts';
import { rawOf, type Side } from '../value/side.ts';
import { kindOf } from './kind-changed.ts';
import type { BugRule, Context } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

const ATOMS_MAX = 64;

/** The words and numbers of a value; keys are no part of it. */
interface Atoms {
  readonly numbers: readonly string[];
  /** The numbers as they are written. */
  readonly raw: readonly string[];
  readonly words: readonly string[];
  readonly keys: readonly string[];
}

export const atomsChanged: BugRule = {
  name: 'atom-changed',
  shows:
    'A text beside a list or object that holds its words and numbers (either way round), of which one number is another, one letter beside a number is lost, or words are lost that other requests keep: 76-100 of 379 and {"first":75,"last":100,"total":379}.',
  spares:
    'Values of which fewer than two numbers are found again, other words, times of day, a number in another unit (the same digits), months by name.',
  find(context) {
    const found = context.unproven.flatMap(({ varies, legacy, modern }) => {
      const how = varies ? undefined : changeOf(legacy, modern);
      return how === undefined ? [] : [{ legacy, modern, how }];
    });
    const [first] = found.length > 0 ? found : wordsLost(context);
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: ${first.how}`;
    return { severity: severityOf(context), explanation, shownBy: Math.max(1, found.length) };
  },
};

/** Words that modern's object lacks, and no others in their place, where it has all of them in other requests. */
function wordsLost({ unproven }: Context): readonly { legacy: Side; modern: Side; how: string }[] {
  const rows = unproven.flatMap(({ varies, legacy, modern }) => {
    const [ours, theirs] = [atomsOf(legacy), atomsOf(modern)];
    if (varies || legacy.text === undefined || modern.fields === undefined || !ours || !theirs) return [];
    const lost = without(ours.words, theirs.words);
    const isSubset = without(theirs.words, ours.words).length === 0 && theirs.words.length >= 2;
    return isSubset ? [{ legacy, modern, lost, how: `${lost.join(' ')} is lost` }] : [];
  });
  const whole = rows.filter(({ lost }) => lost.length === 0).length;
  return whole * 2 >= rows.length ? rows.filter(({ lost }) => lost.length > 0) : [];
}

function changeOf(legacy: Side, modern: Side): string | undefined {
  const kinds = [kindOf(legacy), kindOf(modern)];
  if (kinds[0] === kinds[1] || !kinds.includes('text') || !kinds.some((kind) => /list|object/.test(kind)))
    return undefined;
  if (holdsTime(legacy.text ?? modern.text ?? '')) return undefined;
  const [ours, theirs] = [atomsOf(legacy), atomsOf(modern)];
  if (ours === undefined || theirs === undefined) return undefined;
  const lost = without(ours.numbers, theirs.numbers);
  const come = without(theirs.numbers, ours.numbers);
  const [lostWords, newWords] = [without(ours.words, theirs.words), without(theirs.words, ours.words)];
  const cut = zerosLost(legacy, theirs);
  if (cut !== undefined && lost.length === 0 && come.length === 0) return cut;
  const kept = ours.numbers.length - lost.length;
  if (lost.length === 0 && come.length === 0 && newWords.length === 0) {
    const letter = lostWords.length === 1 ? lostWords[0] : undefined;
    const anchored = ours.words.length > 1 && ours.numbers.length > 0;
    return letter !== undefined && anchored && isPartOfNumber(legacy, modern, letter, theirs.keys)
      ? `the letter ${letter} beside the number is lost`
      : undefined;
  }
  const isCopied =
    lost.length > 0 && lost.length === come.length && kept >= 1 && lostWords.length + newWords.length === 0;
  if (isCopied && come.every((number) => ours.numbers.includes(number)))
    return `${lost.join(', ')} became ${come.join(', ')}, which stands elsewhere in it`;
  if (lost.length !== 1 || come.length !== 1 || kept < 2 || newWords.length > 0) return undefined;
  const [before = '', after = ''] = [lost[0], come[0]];
  return digits(before) === digits(after) ? undefined : `${before} became ${after}`;
}

/** Four or five digits that begin with zero are no number (more may be a counter that is filled up): 01198 Osaka and {"zip":"1198"}. */
function zerosLost({ text }: Side, { raw }: Atoms): string | undefined {
  for (const [part] of text?.matchAll(/(?<![\p{L}\p{N}.,])0[0-9]{3,4}(?![\p{L}\p{N}.,])/gu) ?? []) {
    if (!raw.some((other) => other.endsWith(part)) && raw.includes(part.replace(/^0+/, '')))
      return `the zeros in front of ${part} are lost`;
  }
  return undefined;
}

/** A converted zone changes numbers, and rightly so. */
function holdsTime(text: string): boolean {
  return /[0-9]:[0-9]{2}/.test(text) || (text.includes('T') && readInstantText(text).length > 0);
}

/** 36c, not 5d: a unit is told by the name of its key. */
function isPartOfNumber(legacy: Side, modern: Side, letter: string, keys: readonly string[]): boolean {
  const text = legacy.text ?? modern.text ?? '';
  return (
    letter.length === 1 &&
    new RegExp(`[0-9]${letter}(?![\\p{L}\\p{N}])`, 'iu').test(text) &&
    !keys.some((key) => key.startsWith(letter)) &&
    legacy.text !== undefined
  );
}

function atomsOf({ value }: Side): Atoms | undefined {
  const atoms = {
    numbers: [] as string[],
    raw: [] as string[],
    words: [] as string[],
    keys: [] as string[],
  };
  collect(value, atoms);
  return atoms.numbers.length + atoms.words.length > ATOMS_MAX ? undefined : atoms;
}

function collect(
  value: Value | undefined,
  atoms: { numbers: string[]; raw: string[]; words: string[]; keys: string[] },
): void {
  if (value === undefined || value === null || atoms.numbers.length + atoms.words.length > ATOMS_MAX) return;
  if (isArray(value)) for (const item of value) collect(item, atoms);
  else if (isObject(value)) {
    for (const [key, item] of value) {
      atoms.keys.push(key.toLowerCase());
      collect(item, atoms);
    }
  } else {
    const text = typeof value === 'string' ? value : rawOf(value);
    for (const [part] of text.matchAll(/[0-9]+(?:\.[0-9]+)?|\p{L}+/gu)) {
      if (/[0-9]/.test(part)) {
        atoms.numbers.push(plain(part));
        atoms.raw.push(part);
      } else atoms.words.push(part.toLowerCase());
    }
  }
}

function plain(number: string): string {
  const bare = number.replace(/^0+(?=[0-9])/, '');
  return bare.includes('.') ? bare.replace(/\.?0+$/, '') : bare;
}

/** What stays the same when the unit is another power of ten. */
function digits(number: string): string {
  return number.replace('.', '').replace(/^0+|0+$/g, '');
}

function without(all: readonly string[], gone: readonly string[]): readonly string[] {
  const left = [...gone];
  return all.filter((atom) => {
    const at = left.indexOf(atom);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
