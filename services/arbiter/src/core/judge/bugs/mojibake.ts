import { isNational } from '../value/national-letters.ts';
import { isAscii, plainText } from '../value/text.ts';
import { textRule } from './text-pairs.ts';

export const mojibake = textRule({
  name: 'mojibake',
  shows:
    'Letters read in the wrong character set, or replaced by ?, � or their bare letters (ü as Ã¼, ?, u or ue).',
  spares:
    'The same letters in another Unicode form; character references; letters in the places that a national variant of seven bits gives them (Gr}nwald, asked); letters that modern has right where legacy has them misread or without their marks (asked).',
  how({ legacy, modern }) {
    if (isAscii(legacy) && isAscii(modern)) return undefined;
    if (modern.includes('\ufffd') && !legacy.includes('\ufffd')) return 'letters are replaced by �';
    if (legacy.isWellFormed() && !modern.isWellFormed()) return 'half of a letter beyond 16 bits is lost';
    if (hasForeignSign(legacy, modern) && !isNational(legacy, modern))
      return 'signs are replaced by letters of another character set';
    if (hasForeignI(legacy, modern)) return 'the letter i is lowered or raised as in Turkish';
    if (hasForeignLetter(legacy, modern)) return 'letters are replaced by look-alikes of another script';
    if (misread(legacy) === modern) return 'UTF-8 was read as Latin-1';
    if (replaced(legacy, modern)) return 'letters are replaced by ?';
    if (isFormOf(legacy, modern)) return undefined;
    if (!isAscii(legacy) && bare(legacy) === bare(modern)) return 'letters lose or change their marks';
    if (legacy.replaceAll(/[^\x20-\x7e]/g, '') === modern) return 'letters are dropped';
    return undefined;
  },
});

/** Compatibility forms and typographic quotes: the same to a reader, perhaps not to a program (asked). */
function isFormOf(a: string, b: string): boolean {
  const form = (text: string) =>
    text.normalize('NFKC').replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').replaceAll(/[–—]/g, '-');
  return form(a) === form(b);
}

/** Signs of ASCII became letters beyond it, each at its place, while all letters and digits stay: [ as Ý or Ä. */
function hasForeignSign(legacy: string, modern: string): boolean {
  if (legacy.length !== modern.length || legacy === modern) return false;
  let letters = 0;
  for (let i = 0; i < legacy.length; i++) {
    const [l = '', m = ''] = [legacy[i], modern[i]];
    if (l === m) continue;
    if (!/^[!-/:-@[-`{-~]$/.test(l) || isAscii(m)) return false;
    if (/^\p{L}$/u.test(m)) letters += 1;
  }
  return letters > 0;
}

/** I of ASCII became ı, or i became İ: letter case by the rules of Turkish, which makes other words of codes. */
function hasForeignI(legacy: string, modern: string): boolean {
  const plain = (text: string) =>
    text
      .replaceAll('ı', 'i')
      .replaceAll(/İ|i\u0307/g, 'i')
      .toLowerCase();
  return /[ıİ]/.test(modern) && !/[ıİ]/.test(legacy) && plain(legacy) === plain(modern);
}

/** Latin letters became Greek or Cyrillic ones at their place, while others stay. */
function hasForeignLetter(legacy: string, modern: string): boolean {
  const [ours, theirs] = [legacy.normalize('NFKC'), modern.normalize('NFKC')];
  if (ours.length !== theirs.length || ours === theirs) return false;
  let changed = 0;
  for (let i = 0; i < ours.length; i++) {
    if (ours[i] === theirs[i]) continue;
    if (
      !/\p{Script=Latin}/u.test(ours[i] ?? '') ||
      !/[\p{Script=Greek}\p{Script=Cyrillic}]/u.test(theirs[i] ?? '')
    )
      return false;
    changed += 1;
  }
  return changed < ours.length;
}

/** UTF-8 bytes as Latin-1 characters. */
function misread(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join('');
}

function replaced(legacy: string, modern: string): boolean {
  if (!modern.includes('?')) return false;
  return (
    plainText(legacy).replaceAll(/[^\x20-\x7e]/gu, '?') === modern ||
    plainText(legacy).replaceAll(/[^\x20-\x7e]/g, '?') === modern ||
    plainText(legacy).replaceAll(/[^\x20-\x7e]/g, '??') === modern ||
    legacy.normalize('NFD').replaceAll(/[^\x20-\x7e]/g, '?') === modern
  );
}

/** Without accents, with the usual replacements of letters that have none. */
function bare(text: string): string {
  return text
    .replaceAll('ä', 'a')
    .replaceAll('ö', 'o')
    .replaceAll('ü', 'u')
    .replaceAll(/[äÄ]|ae|AE|Ae/g, 'a')
    .replaceAll(/oe|OE|Oe/g, 'o')
    .replaceAll(/ue|UE|Ue/g, 'u')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'a')
    .replaceAll('ł', 'l')
    .replaceAll('đ', 'd')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[–—]/g, '-');
}
