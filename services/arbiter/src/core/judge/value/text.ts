import { remembered } from './remembered.ts';

/** What may be done to a text without changing what it says; each step is named, so that a proof can tell which it needed. */

const LINE_ENDS = /\r\n?/g;
const BLANKS = /[\u00a0\u202f\u2007]/g;

/** Line ends as \n, blanks of any width as blanks, composed letters (NFC). */
export function plainText(text: string): string {
  const lines = text.includes('\r') ? text.replaceAll(LINE_ENDS, '\n') : text;
  return isAscii(lines) ? lines : lines.replaceAll(BLANKS, ' ').normalize('NFC');
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** What the same letters and digits of ASCII have in common in whatever order and case, and with whatever between them: told sooner than by sorting. */
export function sumOfSigns(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a)) sum += code;
    else if (code >= 0x41 && code <= 0x5a) sum += code + 0x20;
  }
  return sum;
}

const ENTITY = /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}[0-9]{0,2}));/g;

/** Names of the letters U+00A0 to U+00FF in their order (HTML 4.01, 24.2.1). */
const LATIN_1 =
  `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil
  sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
  ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig
  ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute
  thorn yuml`.split(/\s+/);

/** Of the other named references those that texts have: letters of Western languages, quotes, dashes, signs (HTML 4.01, 24.3 and 24.4). */
const OTHERS =
  'amp& lt< gt> quot" apos\' OEligŒ oeligœ ScaronŠ scaronš YumlŸ fnofƒ ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ rdquo” bdquo„ dagger† Dagger‡ bull• hellip… permil‰ prime′ Prime″ lsaquo‹ rsaquo› euro€ trade™ larr← uarr↑ rarr→ darr↓ minus− le≤ ge≥ ne≠ infin∞';

const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.map((name, i) => [name, String.fromCodePoint(0xa0 + i)] as const),
  ...OTHERS.split(' ').map((told) => [told.slice(0, -1), told.slice(-1)] as const),
]);

/** HTML and XML character references resolved once; undefined when there are none. */
export function unescapeEntities(text: string): string | undefined {
  if (!text.includes('&')) return undefined;
  let found = false;
  const result = text.replaceAll(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : -1;
    const letter = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : NAMED.get(name ?? '');
    if (letter === undefined) return entity;
    found = true;
    return letter;
  });
  return found ? result : undefined;
}

/** The words of a code in any letter case style: IN_PROGRESS, in-progress, inProgress → in progress. */
export const wordsOf: (code: string) => string = remembered((code) =>
  code
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/(?:[_\s]|(?<=\p{L})[.-]|[.-](?![0-9]))+/gu, ' ')
    .trim()
    .toLowerCase(),
);

/** The words of a key without one that every value could have behind it: net and netAmount, principal and principalPart. */
export function bareName(key: string): string {
  const words = wordsOf(key);
  return words.replace(/(?<=\p{L}) (?:amount|part|value|text)$/u, '');
}

/** Runs of digits with a point or comma between digits: the amounts, numbers and dates in a sentence. */
export function numbersIn(text: string): string[] {
  return text.match(/[0-9]+(?:[.,'][0-9]+)*/g) ?? [];
}

/** Whether a text is a JSON object or a list of texts or objects, by how it begins. */
export function holdsDocument(text: string): boolean {
  return /^\s*(?:\{\s*"|\[\s*["{[])/.test(text);
}
