import type { Context } from './bugs/rule.ts';
import type { Judgement } from './judgement.ts';
import { CODED_WORDS, type Vocabulary } from './readings/coded-words.ts';
import { countries, languages } from './readings/registries.ts';
import { abbreviates } from './value/abbreviations.ts';
import { Side } from './value/side.ts';
import { wordsOf } from './value/text.ts';

/** Different codes beyond which a field is no enumeration. */
const CODES_MAX = 40;

const REGISTRIES = [countries, languages];

/** Different codes that must fit before the vocabulary is taken for one that is spelled out. */
const CODES_MIN = 2;

/** Fewer letters are the beginning of too many words. */
const LETTERS_MIN = 3;

/**
 * A vocabulary of codes that modern spells out: all texts are of one closed vocabulary, and each code is the short form of its own text and of no
 * other word of that vocabulary, whether modern shows it or not. By its letters alone DEL is the beginning of any word (deleted, delivered): what
 * no vocabulary tells is asked, and so is one code alone, which may fit by chance.
 */
export function spelledOut({ episode, all, unproven }: Context): Judgement | undefined {
  const pairs = new Map<string, string>();
  for (const { legacy, modern } of all) {
    const [l, m] = [legacy.text, modern.text];
    if (l === undefined || m === undefined || l.length > 40 || m.length > 80) return undefined;
    if ((pairs.get(l) ?? m) !== m) return undefined;
    pairs.set(l, m);
  }
  if (pairs.size < CODES_MIN) return undefined;
  // Codes of a registry stand for what the registry says, whatever their letters are like (DE is not Denmark).
  const registered = [...pairs.keys()].filter((code) =>
    REGISTRIES.some((domain) => domain.read(new Side(JSON.stringify(code))).length > 0),
  );
  if (registered.length * 2 > pairs.size || registered.some((code) => code.length === 2)) return undefined;
  const changed = [...pairs].filter(([code, text]) => code !== text);
  if (changed.length < CODES_MIN || pairs.size > CODES_MAX) return undefined;
  if (new Set(pairs.values()).size !== pairs.size) return undefined;
  const isTold = CODED_WORDS.some((words) => isSpelled(changed, words)) && areEnough(changed);
  if (!isNumbered(changed, episode.field) && !isTold) return undefined;
  const [code, text] = changed[0] ?? [];
  return {
    verdict: 'harmless',
    rule: 'spelled-out',
    severity: '',
    explanation: `Each of ${changed.length} codes is the short form of its own text and of no other word of its vocabulary (${JSON.stringify(code)}, ${JSON.stringify(text)}); ${unproven.length} of ${all.length} requests.`,
  };
}

/** Each text is a word of the vocabulary, and its code the short form of no other. */
function isSpelled(pairs: readonly (readonly [string, string])[], words: Vocabulary): boolean {
  return pairs.every(([code, text]) => {
    if (code.length < LETTERS_MIN || !/^[A-Za-z]+$/.test(code)) return false;
    const meant = words.filter((forms) =>
      forms.some((word) => abbreviates(code, word) || contracts(code, word)),
    );
    return meant.length === 1 && meant[0]?.includes(wordsOf(text)) === true;
  });
}

/**
 * The first letters of a word are those of words that no vocabulary here has (STO: stolen, stored): three codes have to agree, two of them short
 * forms of no other word of any vocabulary. Two that leave letters out within the word (SHP, OPN) are enough.
 */
function areEnough(pairs: readonly (readonly [string, string])[]): boolean {
  const within = pairs.filter(([code, text]) => !text.toLowerCase().startsWith(code.toLowerCase()));
  if (within.length >= CODES_MIN) return true;
  const alone = pairs.filter(
    ([code]) => new Set(SINGLE_WORDS.filter((word) => abbreviates(code, word))).size === 1,
  );
  return pairs.length > CODES_MIN && alone.length >= CODES_MIN;
}

const SINGLE_WORDS = CODED_WORDS.flat(2).filter((word) => !word.includes(' '));

/** B1 and BAND_1: a word that is the same for all tells nothing apart, and the numbers are kept. */
function isNumbered(pairs: readonly (readonly [string, string])[], field: string): boolean {
  const words = new Set<string>();
  for (const [code, text] of pairs) {
    const [, short = '', number] = /^([A-Za-z]{1,3})([0-9]{1,4})$/.exec(code) ?? [];
    const [, long = '', same] = /^([A-Za-z]{3,20})[ _-]?([0-9]{1,4})$/.exec(text) ?? [];
    if (number === undefined || number !== same || !abbreviates(short, long)) return false;
    words.add(`${short} ${long}`);
  }
  const [short = '', long = ''] = [...words].flatMap((pair) => pair.toLowerCase().split(' '));
  // One letter is the first of any word but the one that the field is called by.
  return words.size === 1 && (short.length > 1 || wordsOf(field).split(/[ .]/).includes(long));
}

/**
 * Three letters or more that stand in the text in their order, from its first: BLK and BLOCKED, FWAV and forward available. Three
 * have no vowels but at the beginning of a word: REO is not REVOKED.
 */
function contracts(code: string, text: string): boolean {
  if (!/^[A-Za-z]{3,8}$/.test(code) || code.length >= text.length) return false;
  const [short, long] = [code.toLowerCase(), text];
  if (short[0] !== long[0]) return false;
  let at = 0;
  for (const [i, letter] of [...long].entries()) {
    const isKept = short.length > LETTERS_MIN || !/[aeiou]/.test(letter) || i === 0 || long[i - 1] === ' ';
    if (isKept && letter === short[at]) at += 1;
  }
  return at === short.length;
}
