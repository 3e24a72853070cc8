import type { Context } from './bugs/rule.ts';
import type { Judgement } from './judgement.ts';
import { countries, languages } from './readings/registries.ts';
import { abbreviates } from './value/abbreviations.ts';
import { Side } from './value/side.ts';

const REGISTRIES = [countries, languages];

/** Different codes that must fit before the vocabulary is taken for one that is spelled out. */
const CODES_MIN = 2;

/** Two letters or more, with blanks and joints between words; a sign only at the end (A+). */
function isWords(text: string): boolean {
  return /^[\p{L}\p{N}]{2,}(?:[ _./(-]{1,3}[\p{L}\p{N}]+)*\)?$|^[A-Z]{1,2}[+-]$/u.test(text);
}

/**
 * A vocabulary of codes that modern spells out: each code is the short form of its own text and of no other text that modern shows, and every
 * code has one text. One code alone may fit by chance and is asked.
 */
export function spelledOut({ all, unproven }: Context): Judgement | undefined {
  const pairs = new Map<string, string>();
  for (const { legacy, modern } of all) {
    const [l, m] = [legacy.text, modern.text];
    if (l === undefined || m === undefined || l.length > 40 || m.length > 80) return undefined;
    if ((pairs.get(l) ?? m) !== m) return undefined;
    pairs.set(l, m);
  }
  // Codes of a registry stand for what the registry says, whatever their letters are like (DE is not Denmark).
  const registered = [...pairs.keys()].filter((code) =>
    REGISTRIES.some((domain) => domain.read(new Side(JSON.stringify(code))).length > 0),
  );
  if (registered.length * 2 > pairs.size || registered.some((code) => code.length === 2)) return undefined;
  // A letter is the first of too many words, and signs that are left out may be what tells two texts apart.
  if ([...pairs].some(([code, text]) => code !== text && !(isWords(code) && isWords(text)))) return undefined;
  // A shorter text of letters and figures has lost some of an identifier.
  if ([...pairs].some(([code, text]) => text.length < code.length && /[0-9]/.test(code))) return undefined;
  const texts = [...pairs.values()];
  if (pairs.size < CODES_MIN || pairs.size > 40 || new Set(texts).size !== pairs.size) return undefined;
  if ([...pairs].some(([code, text]) => code !== text && !isShortForm(code, text))) return undefined;
  const fits = (code: string, text: string) =>
    code === text || abbreviates(code, text) || abbreviates(text, code) || contracts(code, text);
  const compact = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  // Only blanks and signs moved: nothing is spelled out.
  if ([...pairs].some(([code, text]) => code !== text && compact(code) === compact(text))) return undefined;
  const unique = [...pairs].every(
    ([code, text]) => fits(code, text) && texts.filter((other) => fits(code, other)).length === 1,
  );
  if (!unique) return undefined;
  const [code, text] = [...pairs][0] ?? [];
  return {
    verdict: 'harmless',
    rule: 'spelled-out',
    severity: '',
    explanation: `Each of ${pairs.size} codes is the short form of its own text and of no other (${JSON.stringify(code)}, ${JSON.stringify(text)}); ${unproven.length} of ${all.length} requests.`,
  };
}

/** Three letters or more that stand in the text in their order, from its first: BLK and BLOCKED, FWAV and forwardAvailable. */
function contracts(code: string, text: string): boolean {
  if (!/^[A-Za-z]{3,8}$/.test(code) || code.length >= text.length) return false;
  const [short, long] = [code.toLowerCase(), text.toLowerCase()];
  if (short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}

/** Capitals, or three letters: what is written like a word is one already, and with more letters another (read and readwrite, John and Johnson). */
function isShortForm(code: string, text: string): boolean {
  const short = code.length <= text.length ? code : text;
  return /^[A-Z0-9 _+-]{1,16}$/.test(short) || short.length <= 3;
}
