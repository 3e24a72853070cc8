import { isToken } from '../value/tokens.ts';
import { textRule } from './text-pairs.ts';

/** Shorter texts may hold another one by chance. */
const CHARS_MIN = 12;
/** Shorter hexadecimal texts may leave out zeros by rule (octets of a MAC address). */
const DIGITS_MIN = 20;
const CHARS_MAX = 4096;
const HEX = /^[0-9a-f]+$/i;
const BASE64 = /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9+/]{15,}={0,2}$/;
const INITIAL = /(?:^| )\p{L}\.?(?: |$)/u;
/** How a person is addressed: no part of the name. */
const TITLES = new Set('mr mrs ms mx miss dr prof sir herr frau mme mlle'.split(' '));
/** Words between blanks, with points, commas, apostrophes and hyphens. */
const NAMES = /^[\p{L}\p{M} .,'’-]+$/u;

export const charactersLost = textRule({
  name: 'characters-lost',
  shows:
    'Characters within a digest, key or token are missing: hexadecimal bytes without their zeros, Base64 without its + and /.',
  spares:
    'Blanks and joints between groups, padding, other letters for + and /; what is missing at one end only (other rules).',
  how({ legacy, modern }) {
    if (legacy.length > CHARS_MAX || legacy.length < CHARS_MIN || modern.length >= legacy.length)
      return undefined;
    if (BASE64.test(legacy)) {
      const sign = legacy.match(/[+/]/g)?.length ?? 0;
      const stripped = legacy.replaceAll(/[+/=]/g, '') === modern.replaceAll('=', '');
      if (sign > 0 && stripped && legacy.length % 4 === 0) return `${sign} characters of Base64 are left out`;
    }
    const digits = [legacy, modern].map((text) => text.replaceAll('-', ''));
    const hex = digits.every((text) => HEX.test(text)) && (digits[0]?.length ?? 0) >= DIGITS_MIN;
    if (!hex && !isToken(legacy)) return undefined;
    const [l = '', m = ''] = hex ? digits.map((text) => text.toLowerCase()) : [legacy, modern];
    if (!/^[A-Za-z0-9]+$/.test(l) || l.includes(m) || m.length * 4 < l.length * 3) return undefined;
    return isWithin(m, l) ? `${l.length - m.length} of its characters are missing` : undefined;
  },
});

export const namesLost = textRule({
  name: 'words-lost',
  shows:
    'A text in another letter case or a name the other way round, of which words are missing between or beside the others: Novak Dubois, Chloe as Chloe Novak.',
  spares:
    'Texts of fewer than three words, or of which fewer than two are kept; titles; words that are shortened to their first letter.',
  how({ legacy, modern }) {
    if (legacy.length > CHARS_MAX || modern.length >= legacy.length) return undefined;
    if (!NAMES.test(legacy) || !NAMES.test(modern)) return undefined;
    const [ours, theirs] = [wordsIn(turned(legacy, modern)), wordsIn(modern)];
    if (ours.length < 3 || theirs.length < 2 || theirs.length >= ours.length) return undefined;
    // An initial stands for its name.
    if (INITIAL.test(modern) && !INITIAL.test(legacy)) return undefined;
    return isWithin(theirs, ours)
      ? `${ours.length - theirs.length} of ${ours.length} words are missing`
      : undefined;
  },
});

/** The family name first, and a comma behind it, where modern has no comma. */
function turned(legacy: string, modern: string): string {
  const [, family, given] = /^([^,]+), ([^,]+)$/.exec(legacy) ?? [];
  return family === undefined || modern.includes(',') ? legacy : `${given} ${family}`;
}

function wordsIn(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{M}]{2,}/gu) ?? [];
  return words.filter((word) => !TITLES.has(word));
}

/** The signs or words of the one stand in the other, in their order. */
function isWithin(part: string | readonly string[], whole: string | readonly string[]): boolean {
  let at = 0;
  for (const piece of whole) if (piece === part[at]) at += 1;
  return at >= part.length;
}
