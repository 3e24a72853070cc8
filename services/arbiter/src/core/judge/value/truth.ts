import { Side } from './side.ts';

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  y: true,
  n: false,
  t: true,
  f: false,
  j: true,
  ja: true,
  nein: false,
  oui: true,
  o: true,
  non: false,
  si: true,
  s: true,
  sim: true,
  wahr: true,
  falsch: false,
  enabled: true,
  disabled: false,
  x: true,
  on: true,
  off: false,
  '1': true,
  '0': false,
};

/** A value that can be yes or no: JSON booleans, 0 and 1, and the usual words in any case. */
export function readTruth(side: Side): boolean | undefined {
  const value = side.value;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.length <= 8 ? WORDS[value.toLowerCase()] : undefined;
  return side.raw === '1' || side.raw === '-1' ? true : side.raw === '0' ? false : undefined;
}

/** Whether the value alone says that it is a truth value: a bare 0, 1 or letter does not. */
export function isTruth(side: Side): boolean {
  const value = side.value;
  if (typeof value === 'boolean') return true;
  return (
    typeof value === 'string' && /^(?:true|false|yes|ja|nein|oui|wahr|falsch|enabled|disabled)$/i.test(value)
  );
}

/** A word of a field of yes and no that says that neither is known. */
export function isTruthUnknown(text: string): boolean {
  return /^(?:u|unk|unknown|not known|not given|unspecified|undefined|n\/a|\?|-)$/i.test(text);
}

/** Words that go with each other; of those that are words of other things too, both of a pair have to be seen. */
const PAIRS = [
  'true false',
  'yes no',
  'y n',
  't f',
  'j n',
  'ja nein',
  'oui non',
  'o n',
  's n',
  'wahr falsch',
  'enabled disabled',
  'on off',
  '1 0',
  '-1 0',
].map((pair) => pair.split(' '));
const ALONE: ReadonlySet<string> = new Set([
  'true',
  'false',
  'yes',
  'ja',
  'nein',
  'oui',
  'wahr',
  'falsch',
  'enabled',
  'disabled',
  '1',
  '0',
  '-1',
  'y',
  'n',
  'x',
  't',
  'f',
  'j',
]);

/**
 * Whether these raw values are truth values and of no other set: every word has its partner among them or is one of a single word (an X), and no two
 * letters mean the same (cabins J and Y, axes x and y).
 */
export function areOfOnePair(vocabulary: readonly string[]): boolean {
  const words = new Set(
    vocabulary
      .map((raw) => raw.replaceAll('"', '').trim().toLowerCase())
      .filter((word) => word !== '' && !isTruthUnknown(word)),
  );
  const paired = PAIRS.filter((pair) => pair.every((word) => words.has(word))).flat();
  if (![...words].every((word) => paired.includes(word) || ALONE.has(word))) return false;
  // A letter beside others has its partner among them: M and F are no truth, nor are T and N.
  if (words.size > 1 && [...words].some((word) => /^[a-z]$/.test(word) && !paired.includes(word)))
    return false;
  const letters = [...words].filter((word) => /^[a-z]$/.test(word));
  const meant = letters.map((word) => WORDS[word]);
  return new Set(meant).size === meant.length && !(words.has('1') && words.has('-1'));
}

/** Whether these raw texts are words of yes and no, with both of them, and words for not known: NO alone may be Norway. */
export function isTruthOrUnknown(vocabulary: readonly string[]): boolean {
  const sides = vocabulary.map((raw) => new Side(raw));
  const known = sides.filter(({ text }) => text === undefined || !isTruthUnknown(text)).map(readTruth);
  return known.includes(true) && known.includes(false) && !known.includes(undefined);
}
