import { isAlike } from '../bugs/codes.ts';
import { abbreviates } from '../value/abbreviations.ts';
import { type Atoms, atomsOf, compactOf, significant, without } from '../value/atoms.ts';
import { type Side, Side as SideOf } from '../value/side.ts';
import { isAscii } from '../value/text.ts';

/**
 * What became of legacy's numbers, or words: there are none, they are the same (also written together or apart), the same in other forms
 * (short ones, each told once), modern has more, fewer, or others.
 */
export type Fate = 'none' | 'same' | 'alike' | 'more' | 'fewer' | 'others';

/** What of one value of legacy is found again in modern's, wherever it stands. Keys of either side count as found, never as missing. */
export interface Kept {
  readonly numbers: Fate;
  readonly words: Fate;
  /** Some of legacy's are found again though not all are. */
  readonly someNumbers: boolean;
  readonly someWords: boolean;
  /** All are found again, in another order. */
  readonly numbersMoved: boolean;
  readonly wordsMoved: boolean;
  /** Something of legacy is missing, and something else of it stands there once more. */
  readonly doubled: boolean;
  /** Numbers are others, but their digits are legacy's, with the point or zeros elsewhere: another power of ten. */
  readonly scaled: boolean;
  /** Truth values that modern has more, or fewer. */
  readonly flags: number;
}

const SAME: Kept = {
  numbers: 'same',
  words: 'same',
  someNumbers: false,
  someWords: false,
  numbersMoved: false,
  wordsMoved: false,
  doubled: false,
  scaled: false,
  flags: 0,
};

/** Undefined for values that hold too much. */
export function keptOf(legacy: Side, modern: Side): Kept | undefined {
  return legacy.against(modern, readKept);
}

function readKept(legacy: Side, modern: Side): Kept | undefined {
  const [ours, theirs] = [atomsOf(withPoints(legacy)), atomsOf(withPoints(modern))];
  if (ours === undefined || theirs === undefined) return undefined;
  if (isPlain(legacy) && isPlain(modern) && compactOf(legacy) === compactOf(modern)) return SAME;
  const numbers = numbersKept(ours, theirs);
  const words = wordsKept(ours, theirs);
  return {
    numbers: numbers.fate,
    words: words.fate,
    someNumbers: isPartial(numbers.fate) && numbers.lost < ours.numbers.length,
    someWords: isPartial(words.fate) && words.lost < ours.words.length,
    numbersMoved: numbers.fate === 'same' && ours.numbers.join(' ') !== theirs.numbers.join(' '),
    wordsMoved: words.fate === 'same' && ours.words.join('') !== theirs.words.join(''),
    doubled: numbers.doubled || words.doubled,
    scaled: numbers.fate !== 'same' && isScaled(ours.numbers, theirs.numbers),
    flags: theirs.flags - ours.flags,
  };
}

/** A number with a comma before one or two decimals is one: 1.464,90 as 1464.90, 15,3 as 15.3. */
const COMMA = /(?<![0-9.,])([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),([0-9]{1,2})(?![0-9.,])/g;

/** A number in groups of three with decimals, or in several groups: 1,234.50 as 1234.50. */
const GROUPS =
  /(?<![0-9.,'])[0-9]{1,3}(?:(?:,[0-9]{3}){2,}|(?:'[0-9]{3}){2,}|[,'][0-9]{3}(?=\.[0-9]{1,2}(?![0-9])))(?![0-9,'])/g;

function withPoints(side: Side): Side {
  if (side.raw === undefined || !/[0-9][,'][0-9]/.test(side.raw)) return side;
  const raw = side.raw.replaceAll(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text
      .replaceAll(GROUPS, (number) => number.replaceAll(/[,']/g, ''))
      .replaceAll(COMMA, (_, whole: string, decimals: string) => `${whole.replaceAll('.', '')}.${decimals}`),
  );
  return raw === side.raw ? side : new SideOf(raw);
}

/** A text, or a list that may be its lines. */
function isPlain({ text, items }: Side): boolean {
  return text !== undefined || items?.every((item) => typeof item === 'string') === true;
}

interface Share {
  readonly fate: Fate;
  readonly lost: number;
  readonly doubled: boolean;
}

/** Zeros and nines say nothing or no end: 1999-00-00, 99999999. */
const FILLER = /^(?:0|9{5,})$/;

function numbersKept(ours: Atoms, theirs: Atoms): Share {
  if (ours.numbers.length + theirs.numbers.length === 0) return { fate: 'none', lost: 0, doubled: false };
  const missing = without(ours.numbers, theirs.numbers, isSameNumber).filter((text) => !FILLER.test(text));
  const added = without(theirs.numbers, ours.numbers, isSameNumber);
  const lost = without(missing, theirs.keyNumbers).length;
  const come = without(added, ours.keyNumbers).length;
  // 09:00 and 0900, 20-88-29 and 208829.
  const figures = ({ raw }: Atoms) => raw.join('').replaceAll('.', '');
  const isSame = (lost === 0 && come === 0) || figures(ours) === figures(theirs);
  const isRepeat = come === 0 && missing.every((number) => theirs.numbers.includes(number));
  return {
    fate: isSame ? 'same' : isRepeat ? 'alike' : fateOf(lost, come),
    lost,
    doubled: lost > 0 && isAgain(added, ours.numbers),
  };
}

function isScaled(ours: readonly string[], theirs: readonly string[]): boolean {
  if (ours.length === 0 || ours.length > theirs.length) return false;
  const digits = (numbers: readonly string[]) => numbers.map(significant);
  return (
    without(digits(ours), digits(theirs)).length === 0 && without(digits(theirs), digits(ours)).length === 0
  );
}

/** Words that only join others (1-20 of 30, 38 x 4.20), and letters that say yes or no. */
const JOINTS = new Set('a an and by de du et for from in j n of on per the to und von x y'.split(' '));

function wordsKept(ourAtoms: Atoms, theirAtoms: Atoms): Share {
  const [ours, theirs] = [withoutJoints(ourAtoms), withoutJoints(theirAtoms)];
  if (ours.words.length + theirs.words.length === 0) return { fate: 'none', lost: 0, doubled: false };
  const missing = without(ours.words, theirs.words);
  const added = without(theirs.words, ours.words);
  const gone = without(missing, theirs.keyWords);
  const come = without(added, ours.keyWords);
  const isSame = (gone.length === 0 && come.length === 0) || lettersOf(ours) === lettersOf(theirs);
  if (isSame) return { fate: 'same', lost: 0, doubled: false };
  const lost = without(gone, [...come, ...theirs.keyWords], isFormOf).length;
  const others = without(come, [...gone, ...ours.keyWords], isFormOf).length;
  const isRepeat = come.length === 0 && gone.every((word) => theirs.words.includes(word));
  return {
    fate: (lost === 0 && others === 0) || isRepeat ? 'alike' : fateOf(lost, others),
    lost,
    doubled: gone.length > 0 && isAgain(added, ours.words),
  };
}

function withoutJoints(atoms: Atoms): Atoms {
  return { ...atoms, words: atoms.words.filter((word) => !JOINTS.has(word)) };
}

/** Also a year by its last two digits. */
function isSameNumber(a: string, b: string): boolean {
  return a === b || isShortYear(a, b) || isShortYear(b, a);
}

function isShortYear(short: string, long: string): boolean {
  return (
    /^[1-9][0-9]?$/.test(short) && /^(?:19|20)[0-9]{2}$/.test(long) && Number(long) % 100 === Number(short)
  );
}

/** The letters in whatever order: words may be written together, and names the other way round. */
function lettersOf({ words }: Atoms): string {
  return [...words.join('')].sort().join('');
}

/** A short form, or the same beginning: MONTH and monthly. */
function isFormOf(a: string, b: string): boolean {
  // Each of these ways keeps the first letter, but for letters with marks.
  if (a[0] !== b[0] && isAscii(a) && isAscii(b)) return false;
  return (
    isAlike(a, b) ||
    unmarked(a) === unmarked(b) ||
    abbreviates(a, b) ||
    abbreviates(b, a) ||
    (a.length >= 3 && b.length >= 3 && a.slice(0, 3) === b.slice(0, 3))
  );
}

/** As those write who have no letters with marks: MUELLER for Müller. */
function unmarked(word: string): string {
  return word
    .replaceAll('ß', 'ss')
    .replaceAll(/[äæ]/g, 'ae')
    .replaceAll(/[öø]/g, 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('å', 'aa');
}

function fateOf(lost: number, come: number): Fate {
  if (lost === 0) return 'more';
  return come === 0 ? 'fewer' : 'others';
}

function isPartial(fate: Fate): boolean {
  return fate === 'fewer' || fate === 'others';
}

/** Single digits and letters come again by chance. */
function isAgain(added: readonly string[], ours: readonly string[]): boolean {
  return added.some((atom) => atom.length > 1 && ours.includes(atom));
}
