import { readBytes } from '../value/bytes.ts';

/** One request's token in legacy's two runs and in modern's; the second run is legacy's own first where there was none. */
export interface TokenRow {
  readonly legacy: string;
  readonly modern: string;
  readonly again: string;
}

/** Longer values are documents, whatever they look like. */
const TOKEN_CHARS_MAX = 512;
/** Beginnings of documents and archives, in hexadecimal: PDF, ZIP, gzip, PNG, JPEG, GIF, zlib. */
const DOCUMENTS = /^(?:25504446|504b0304|1f8b08|89504e47|ffd8ff|47494638|789c)/;

/** Whether a token writes a text or a document: then it is no random token, and what it says can be wrong. */
export function holdsText(token: string): boolean {
  if (token.length > TOKEN_CHARS_MAX) return true;
  return readBytes(token).some(({ hex }) => DOCUMENTS.test(hex) || printableShare(hex) >= 0.85);
}

/** Hexadecimal digits of which random ones are all printable once in a hundred thousand cases or less. */
const CHANCE_CHARS = 24;

/** Whether any of the tokens writes a text; of short ones a fifth must, since one of a hundred does so by chance. */
export function writesText(tokens: readonly string[]): boolean {
  const found = tokens.filter(holdsText);
  const isHex = (token: string) => /^[0-9a-fA-F]+$/.test(token) && token.length < CHANCE_CHARS;
  return found.some((token) => !isHex(token)) || found.length * 5 > tokens.length;
}

function printableShare(hex: string): number {
  let printable = 0;
  for (let i = 0; i < hex.length; i += 2) {
    const code = Number.parseInt(hex.slice(i, i + 2), 16);
    if ((code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x0d || code === 0x09) printable += 1;
  }
  return (printable * 2) / hex.length;
}

/** Figures with or without a unit (1.0823/1.0825, 16:48:56, 125ms): quantities that vary, and no tokens. */
export function isFigures(text: string): boolean {
  return /^[^0-9A-Za-z]{0,2}[0-9]+(?:[.,:'’/ ]+[0-9]+)+[^0-9A-Za-z]?[A-Za-z]{0,6}$|^[^0-9A-Za-z]{0,2}[0-9]+[^0-9A-Za-z]{0,2}[A-Za-z%°]{1,4}$/.test(
    text,
  );
}

/**
 * At how many places legacy repeats its character in both runs of every request and modern has another. Such a place is no part of what is
 * made anew (a kind, a customer, a total), but for chance: with two requests a random place of hexadecimal digits repeats once in 256.
 */
export function keptPlacesChanged(rows: readonly TokenRow[]): number {
  let changed = 0;
  for (const fromEnd of [false, true]) {
    const at = (text: string, place: number) => text[fromEnd ? text.length - 1 - place : place];
    const count = Math.min(
      ...rows.flatMap(({ legacy, modern, again }) => [legacy, modern, again].map(sizeOf)),
    );
    let found = 0;
    // From the end the label in front is not looked at again.
    for (let place = 0; place < count - (fromEnd ? LABEL_CHARS : 0); place++) {
      if (!rows.every(({ legacy, again }) => at(legacy, place) === at(again, place))) continue;
      if (rows.every(({ legacy, modern }) => at(legacy, place) === at(modern, place))) continue;
      if (fromEnd || place >= LABEL_CHARS || !isLabel(rows, place)) found += 1;
    }
    changed = Math.max(changed, found);
  }
  return changed;
}

/** A version or kind in front, one on each side: L1.… and M2.… */
const LABEL_CHARS = 2;

function isLabel(rows: readonly TokenRow[], place: number): boolean {
  const one = (side: keyof TokenRow) => new Set(rows.map((row) => row[side][place])).size === 1;
  return one('legacy') && one('modern') && /^.{1,4}[._:|-]/.test(rows[0]?.legacy ?? '');
}

function sizeOf(text: string): number {
  return text.length;
}

/** Share of the places that vary in legacy's tokens at which all of modern's have one character: what can be guessed of the next. */
export function constantShare(rows: readonly TokenRow[]): number {
  const count = Math.min(...rows.flatMap(({ legacy, modern, again }) => [legacy, modern, again].map(sizeOf)));
  let varying = 0;
  let constant = 0;
  for (let place = 0; place < count; place++) {
    if (new Set(rows.flatMap(({ legacy, again }) => [legacy[place], again[place]])).size < 3) continue;
    varying += 1;
    if (new Set(rows.map(({ modern }) => modern[place])).size === 1) constant += 1;
  }
  return varying === 0 ? 0 : constant / varying;
}

/** Whether modern's tokens only grow from request to request and legacy's do not; five random ones do so once in 120 cases. */
export function countsUp(rows: readonly TokenRow[]): boolean {
  if (rows.length < 5) return false;
  const grows = (texts: readonly string[]) =>
    texts.every(
      (text, i) => i === 0 || text.length > (texts[i - 1] ?? '').length || text > (texts[i - 1] ?? ''),
    );
  return grows(rows.map(({ modern }) => modern)) && !grows(rows.map(({ legacy }) => legacy));
}

/** A text that is its first half or less again and again, or turned round: as easy to guess as that part. */
function isRepeated(text: string): boolean {
  const half = Math.floor(text.length / 2);
  for (let size = 1; size <= half; size++) {
    if (text.length % size === 0 && text === text.slice(0, size).repeat(text.length / size)) return true;
  }
  return text.length > 3 && text.slice(0, half) === [...text.slice(-half)].reverse().join('');
}

/** What makes modern's tokens easier to guess than legacy's, or changes what legacy keeps; undefined when nothing does. */
export function unlikeLegacy(rows: readonly TokenRow[]): string | undefined {
  if (keptPlacesChanged(rows) >= (rows.length < 3 ? 2 : 1))
    return 'modern’s differ at places that legacy repeats in both runs';
  const share = constantShare(rows);
  if (rows.length >= 2 && share > (rows.length === 2 ? 0.35 : 0.2))
    return `${Math.round(share * 100)} % of the places that vary in legacy’s tokens are one character in all of modern’s`;
  if (rows.every(({ modern }) => isRepeated(modern)) && !rows.some(({ legacy }) => isRepeated(legacy)))
    return 'modern’s are one part twice or more';
  return countsUp(rows) ? 'modern’s only grow from request to request' : undefined;
}

/** Whether the last digit checks the others (ISO/IEC 7812, Luhn). */
export function hasCheckDigit(text: string): boolean {
  if (!/^[0-9]{8,24}$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = Number(text[text.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
