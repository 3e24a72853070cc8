import { readBytes, unwrapped } from '../value/bytes.ts';
import type { ProofRule } from './rule.ts';

/** Base64 of a line or more. */
const LONG = /^[A-Za-z0-9+/]{64,}={0,2}$/;

export const bytesNotation: ProofRule = {
  name: 'bytes-notation',
  accepts:
    'The same eight bytes or more as hexadecimal digits of either case, base64 or base64url (RFC 4648), with or without padding, in lines of 64 or 76 or in one.',
  refuses: 'Any other byte; fewer bytes; letter case of base64.',
  prove({ legacy, modern }) {
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
          !looksLikeBytes(legacy.text, modern.text)
        )
          continue;
        return `Both are the same ${l.hex.length / 2} bytes, as ${l.notation} and as ${m.notation}.`;
      }
    }
    return undefined;
  },
};

/** Hexadecimal in one case each, with digits and letters: a text of mixed case may be an identifier that only happens to fit. */
function looksLikeBytes(...texts: string[]): boolean {
  return texts.every(
    (text) =>
      /[0-9]/.test(text) &&
      /[a-f]/i.test(text) &&
      (text === text.toLowerCase() || text === text.toUpperCase() || /^0x/.test(text)),
  );
}
