import { hasExclusiveEnd } from '../meaning/exclusive-end.ts';
import { atomsOf, significant, without } from '../value/atoms.ts';
import { readInstantText } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { kindOf } from './kind-changed.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const atomsChanged: BugRule = {
  name: 'atom-changed',
  needs: ['tree'],
  shows:
    'A text beside a list or object that holds its words and numbers (either way round), of which one number is another, or one letter beside a number is lost: 76-100 of 379 and {"first":75,"last":100,"total":379}.',
  spares:
    'Values of which fewer than two numbers are found again, other words, times of day, a number in another unit (the same digits), months by name.',
  find(context) {
    const found = context.unproven.flatMap(({ varies, legacy, modern }) => {
      const how = varies ? undefined : changeOf(legacy, modern);
      return how === undefined ? [] : [{ legacy, modern, how }];
    });
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: ${first.how}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

function changeOf(legacy: Side, modern: Side): string | undefined {
  const kinds = [kindOf(legacy), kindOf(modern)];
  if (kinds[0] === kinds[1] || !kinds.includes('text') || !kinds.some((kind) => /list|object/.test(kind)))
    return undefined;
  if (hasExclusiveEnd({ legacy, modern })) return undefined;
  if (holdsTime(legacy.text ?? modern.text ?? '')) return undefined;
  const [ours, theirs] = [atomsOf(legacy), atomsOf(modern)];
  if (ours === undefined || theirs === undefined) return undefined;
  const lost = without(ours.numbers, theirs.numbers);
  const come = without(theirs.numbers, ours.numbers);
  const [lostWords, newWords] = [without(ours.words, theirs.words), without(theirs.words, ours.words)];
  const kept = ours.numbers.length - lost.length;
  if (lost.length === 0 && come.length === 0 && newWords.length === 0) {
    const letter = lostWords.length === 1 ? lostWords[0] : undefined;
    const anchored = ours.words.length > 1 && ours.numbers.length > 0;
    return letter !== undefined && anchored && isPartOfNumber(legacy, modern, letter, theirs.keyWords)
      ? `the letter ${letter} beside the number is lost`
      : undefined;
  }
  const isCopied =
    lost.length > 0 && lost.length === come.length && kept >= 1 && lostWords.length + newWords.length === 0;
  if (isCopied && come.every((number) => ours.numbers.includes(number)))
    return `${lost.join(', ')} became ${come.join(', ')}, which stands elsewhere in it`;
  if (lost.length !== 1 || come.length !== 1 || kept < 2 || newWords.length > 0) return undefined;
  const [before = '', after = ''] = [lost[0], come[0]];
  return significant(before) === significant(after) ? undefined : `${before} became ${after}`;
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
