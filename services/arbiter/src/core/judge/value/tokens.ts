import { isPronounceable } from './codes.ts';
import { remembered } from './remembered.ts';

/**
 * A text without blanks that is not made of words: an identifier, token, hash or cursor. Digits among letters, mixed case that is no
 * camelCase, or letters that nobody can pronounce.
 */
export const isToken: (text: string) => boolean = remembered((text) => {
  if (text.length < 5 || text.length > 8192 || /\s/.test(text) || !/^[\x21-\x7e]+$/.test(text)) return false;
  const digits = text.match(/[0-9]/g)?.length ?? 0;
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0;
  if (digits >= 2 || (digits > 0 && letters > 0 && text.length >= 8)) return true;
  return (
    digits === 0 &&
    letters >= 5 &&
    !text.split(/[^A-Za-z]+/).every((word) => word === '' || isPronounceable(word))
  );
});

/** The kinds of a token’s characters, runs as one: `a91d-7C` → `w-w`; what two identifiers of one kind share. */
export const shapeOf: (text: string) => string = remembered((text) => {
  // Base64 has + and / (or - and _) among its letters.
  const base64 = /^[A-Za-z0-9+/]+=*$|^[A-Za-z0-9_-]+$/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);
  return (base64 ? text.replaceAll(/[+/_-]/g, 'w') : text)
    .slice(0, 256)
    .replaceAll(/[A-Za-z0-9]+/g, 'w')
    .replaceAll(/\s+/g, ' ');
});

/** At how many of its places a text is another text of the same length. */
export function differingPlaces(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count += 1;
  return count;
}

/** The place from which on both differ, and how many characters at the end they share. */
export function commonEnds(a: string, b: string): { start: number; end: number } {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return { start, end };
}
