import { NumberText, type Value } from '../../compare/value.ts';
import { readBytes, unwrapped } from '../value/bytes.ts';
import type { ProofRule } from './rule.ts';

/** Base64 of a line or more. */
const LONG = /^[A-Za-z0-9+/]{64,}={0,2}$/;

export const bytesNotation: ProofRule = {
  name: 'bytes-notation',
  accepts:
    'The same eight bytes or more as hexadecimal digits of either case, base64 or base64url (RFC 4648), with or without padding, in lines of 64 or 76 or in one; as the list of the whole numbers that they are, of 8 or 16 bits each.',
  refuses:
    'Any other byte; fewer bytes; letter case of base64; numbers of 16 bits with the highest one, which may be a sign.',
  prove({ legacy, modern }) {
    if (legacy.text !== undefined && modern.items !== undefined) return unpacked(legacy.text, modern.items);
    if (legacy.text === undefined || modern.text === undefined) return undefined;
    const [l, m] = [unwrapped(legacy.text), unwrapped(modern.text)];
    if (l === m && LONG.test(l)) return 'Both are the same letters, in lines of one width or in one.';
    const ours = readBytes(legacy.text);
    if (ours.length === 0) return undefined;
    for (const l of ours) {
      for (const m of readBytes(modern.text)) {
        if (l.hex !== m.hex) continue;
        if (
          l.notation === 'hexadecimal' &&
          m.notation === 'hexadecimal' &&
          !looksLikeBytes(legacy.text, modern.text) &&
          !isBytea(legacy.text)
        )
          continue;
        return `Both are the same ${l.hex.length / 2} bytes, as ${l.notation} and as ${m.notation}.`;
      }
    }
    return undefined;
  },
};

/** As PostgreSQL prints bytes: nothing else is written so. */
function isBytea(text: string): boolean {
  return text.startsWith('\\x') && text === text.toLowerCase();
}

/** Hexadecimal in one case each, with digits and letters: a text of mixed case may be an identifier that only happens to fit. */
function looksLikeBytes(...texts: string[]): boolean {
  return texts.every(
    (text) =>
      /[0-9]/.test(text) &&
      /[a-f]/i.test(text) &&
      (text === text.toLowerCase() || text === text.toUpperCase() || /^0x/.test(text)),
  );
}

/**
 * The list of numbers that the bytes are, each of them of one byte or of two, the low one first or last. Whether numbers of two bytes have a sign
 * only the name of their encoding tells: without it none may have the highest bit.
 */
export function unpacked(text: string, items: readonly Value[], isSigned = false): string | undefined {
  const numbers = items.map((item) =>
    item instanceof NumberText && /^-?[0-9]{1,5}$/.test(item.text) ? Number(item.text) : Number.NaN,
  );
  const [least, bytes] = [isSigned ? -0x8000 : 0, readBytes(text)];
  if (items.length < 4 || bytes.length === 0) return undefined;
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
  const wide = numbers.map((number) => hex(number < 0 ? number + 0x1_0000 : number, 4));
  const written = [
    ...(numbers.every((number) => number >= least && number < 0x8000)
      ? [wide.join(''), wide.map((number) => number.slice(2) + number.slice(0, 2)).join('')]
      : []),
    ...(numbers.every((number) => number >= 0 && number < 0x100)
      ? [numbers.map((number) => hex(number, 2)).join('')]
      : []),
  ];
  const found = bytes.find((told) => written.includes(told.hex));
  return found === undefined
    ? undefined
    : `Both are the same ${found.hex.length / 2} bytes, as ${found.notation} and as ${items.length} numbers.`;
}
