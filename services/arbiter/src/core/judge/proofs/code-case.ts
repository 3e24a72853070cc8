import { isCode, isPronounceable } from '../value/codes.ts';
import { isCased, isSecret } from '../value/roles.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

export const codeCase: ProofRule = {
  name: 'code-case',
  ofField: true,
  accepts:
    'The same words of a small vocabulary in another letter case or with another joint: PENDING and pending, IN_PROGRESS and inProgress; legacy never tells two codes apart by case. Words of a field of capitals as names: HIGH STREET and High Street.',
  refuses:
    'Texts with digits or of many different values (identifiers, in which case counts), mixed case that is lost, short symbols in mixed case (GBp, MBps, kWh, Mg), free text.',
  prove({ legacy, modern, profile, field }) {
    // Files, units, elements and secrets are others in another case.
    if (isSecret(field) || isCased(field)) return undefined;
    const { text: l } = legacy;
    const { text: m } = modern;
    if (l === undefined || m === undefined) return undefined;
    const { mixedCase, lowerCase, upperCase } = profile.data.legacy;
    if (upperCase > 0 && mixedCase + lowerCase === 0 && isTitled(l, m))
      return 'Both are the same words; the field has capitals alone, modern writes them as names.';
    if (!isCode(l) || !isCode(m) || isSymbol(l) || isSymbol(m)) return undefined;
    if (/^(?:m[a-z]{1,2}|[kmgt]b)$/i.test(l) && !isOneCase(l, m)) return undefined;
    if (wordsOf(l) !== wordsOf(m)) return undefined;
    const { legacy: side, observed } = profile.data;
    if (observed === 0 || side.vocabularyOpen || side.vocabulary.length > vocabularyOf(side.texts))
      return undefined;
    // Words that hardly repeat are names as likely as codes, and a name cannot be restored from one case.
    const repeats = side.texts >= 2 && side.vocabulary.length * 2 <= side.texts + 1;
    if (!repeats && (/^[A-Z][a-z]/.test(l) || (side.vocabulary.length >= NAMES_MIN && !JOINTS.test(l))))
      return undefined;
    // Cal and Gal are other units than cal and gal.
    if (/^[A-Z][a-z]{1,2}$/.test(l) && m === l.toLowerCase()) return undefined;
    const words = new Set(side.vocabulary.map((raw) => raw.toLowerCase()));
    if (words.size !== side.vocabulary.length || !isPronounceable(l)) return undefined;
    return `Both are the code ${wordsOf(l)}; the field has ${side.vocabulary.length} codes and none differ by case alone.`;
  },
};

/** Symbols in which case counts: GBp is a hundredth of GBP, MBps eight times Mbps, kWh no KWH of a list. */
const isSymbol = (text: string) =>
  text.length <= 5 && /^[A-Za-z]+$/.test(text) && !/^(?:[A-Z]+|[a-z]+|[A-Z][a-z]+)$/.test(text);

/** Every letter in the other case: mg and MG; not mg and Mg, which is a ton. */
const isOneCase = (one: string, other: string) =>
  [one, other].every((text) => text === text.toLowerCase() || text === text.toUpperCase());

/** Words of capitals that become words with a capital: HIGH STREET and High Street; house numbers stay. */
function isTitled(legacy: string, modern: string): boolean {
  if (legacy.length > 80 || modern === legacy || legacy !== modern.toUpperCase()) return false;
  if (legacy.toLowerCase() !== modern.toLowerCase()) return false;
  const words = legacy.split(/[ ,-]+/);
  if (!words.some((word) => word.length >= 4 && /[AEIOUY]/.test(word))) return false;
  if (words.some((word) => /[^AEIOUYÄÖÜÅØÆ0-9]{5}/u.test(word))) return false;
  if (!words.every((word) => /^(?:\p{Lu}+|[0-9]+)$/u.test(word))) return false;
  return modern.split(/[ ,-]+/).every((word) => /^(?:\p{Lu}?\p{Ll}*|[0-9]+)$/u.test(word));
}

/** So many words of which hardly one repeats are no enumeration. */
const NAMES_MIN = 4;
const JOINTS = /[_.-]/;

/** Most distinct values that so many texts of an enumeration show. */
function vocabularyOf(texts: number): number {
  return Math.min(texts, 12);
}
