import { remembered } from './remembered.ts';
import { isAscii } from './text.ts';

/**
 * Whether a code is a usual short form of a text: word by word, each part of the code is the start of its word, or the first letter and the
 * following consonants; or the initials of all words. Numbers must be equal.
 */
export function abbreviates(code: string, text: string): boolean {
  // Letters that are not looked at cannot tell two words apart.
  if (!isAscii(code) || !isAscii(text)) return false;
  const ours = partsOf(code);
  const theirs = partsOf(text);
  if (ours.length === 0 || theirs.length === 0) return false;
  if (ours.length === theirs.length) return ours.every((part, i) => partAbbreviates(part, theirs[i] ?? ''));
  if (ours.length !== 1 || theirs.length < 2) return false;
  const letters = ours[0] ?? '';
  return letters.length === theirs.length && theirs.every((word, i) => word[0] === letters[i]);
}

/** Signs in words are signs. Runs of letters and runs of digits, in lower case. */
const partsOf = remembered(
  (text): readonly string[] =>
    text
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll(/(?<=[A-Za-z])[+]$/g, ' positive')
      .replaceAll(/(?<=[A-Za-z])-$/g, ' negative')
      .toLowerCase()
      .match(/[a-z]+|[0-9]+/g) ?? [],
);

/** A word without its vowels: qty, addr and cstmr. A word that begins with another is another word: cash and cashback, debt and debtor. */
export function contracts(code: string, word: string): boolean {
  return (
    code.length >= 3 && !word.startsWith(code) && !/[0-9]/.test(code + word) && partAbbreviates(code, word)
  );
}

function partAbbreviates(part: string, word: string): boolean {
  if (/[0-9]/.test(part) || /[0-9]/.test(word)) return part === word;
  if (word.startsWith(part)) return true;
  return (
    part.length >= 2 &&
    skeletonOf(word).startsWith(skeletonOf(part)) &&
    part[0] === word[0] &&
    !/[aeiou]/.test(part.slice(1))
  );
}

/** First letter and consonants, doubled ones once. */
function skeletonOf(word: string): string {
  return (
    (word[0] ?? '') +
    word
      .slice(1)
      .replaceAll(/[aeiou]/g, '')
      .replaceAll(/(.)\1/g, '$1')
  );
}
