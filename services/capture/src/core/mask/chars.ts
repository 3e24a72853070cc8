/** Characters by their codes, for walking through text that strangers sent: one pass, no regular expression. */

export const SPACE = 0x20;
export const DASH = 0x2d;

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

export function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

export function isWord(code: number): boolean {
  return isDigit(code) || isLetter(code);
}

/** base64url's own characters: `-` and `_`. */
export function isBase64Url(code: number): boolean {
  return isWord(code) || code === DASH || code === 0x5f;
}

/** RFC 9110's token68, padding included: `-._~+/=`. */
export function isToken68(code: number): boolean {
  return (
    isBase64Url(code) || (code >= 0x2d && code <= 0x2f) || code === 0x7e || code === 0x2b || code === 0x3d
  );
}

/** Where the run of such characters that begins at `from` ends, `max` characters on at the latest. */
export function runEnd(
  text: string,
  from: number,
  isPart: (code: number) => boolean,
  max = Number.POSITIVE_INFINITY,
): number {
  const last = Math.min(text.length, from + max);
  let at = from;
  while (at < last && isPart(text.charCodeAt(at))) at += 1;
  return at;
}

/** What sets groups of digits apart in print: blanks of all widths, dashes, dots, strokes. */
const SEPARATORS: ReadonlySet<number> = new Set([
  ...[SPACE, DASH, 0x2e, 0x2f, 0x5f, 0xa0, 0x2007, 0x2009, 0x202f],
  ...[0x2010, 0x2011, 0x2012, 0x2013],
]);

/** The same by their names in HTML, and as the bytes of their UTF-8. */
const SPELT: readonly string[] = [
  ...['&nbsp;', '&#160;', '&#xa0;', '\u00c2\u00a0', '\u00e2\u0080\u0087', '\u00e2\u0080\u0089'],
  ...['\u00e2\u0080\u00af', '\u00e2\u0080\u0090', '\u00e2\u0080\u0091', '\u00e2\u0080\u0092'],
  '\u00e2\u0080\u0093',
];

/** The separator that stands here; empty: none. */
function separatorAt(text: string, at: number): string {
  const code = text.charCodeAt(at);
  if (SEPARATORS.has(code)) return text.charAt(at);
  if (code !== 0x26 && code !== 0xc2 && code !== 0xe2) return '';
  return SPELT.find((separator) => text.startsWith(separator, at)) ?? '';
}

/** ` - `, or two blanks. */
const PARTS_MAX = 3;
const LINE_END = /[ \t]{0,8}\r?\n[ \t]{0,32}/y;

/** What stands between groups of digits: a separator, blanks and a dash, or the end of a line; empty: nothing. */
export function gapAt(text: string, at: number): string {
  let end = at;
  for (let parts = 0; parts < PARTS_MAX; parts += 1) {
    const separator = separatorAt(text, end);
    if (separator === '') break;
    end += separator.length;
  }
  const code = text.charCodeAt(end);
  if (code !== 0x0a && code !== 0x0d && code !== 0x09) return text.slice(at, end);
  LINE_END.lastIndex = end;
  return LINE_END.test(text) ? text.slice(at, LINE_END.lastIndex) : '';
}

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Of a name in a text: letters, digits, `_`, `-` and `.`. */
export function isName(code: number): boolean {
  return isWord(code) || code === 0x5f || code === 0x2d || code === 0x2e;
}
