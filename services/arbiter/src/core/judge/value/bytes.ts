/** Fewer bytes are a word or a number as likely as they are bytes. */
const BYTES_MIN = 8;

export interface Bytes {
  readonly hex: string;
  readonly notation: 'hexadecimal' | 'base64' | 'base64url';
}

/** As fingerprints are shown. */
const COLONS = /^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2})+$/;
const UUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** The byte strings that a text can write. A text of hexadecimal digits may be base64 as well: then both stand. */
export function readBytes(source: string): readonly Bytes[] {
  const text = unwrapped(source);
  if (text.length < BYTES_MIN || text.length > 8192) return [];
  const found: Bytes[] = [];
  const bare = UUID.test(text) || COLONS.test(text) ? text.replaceAll(/[-:]/g, '') : text;
  const hex = /^(?:0x|\\x)/i.test(text) ? text.slice(2) : bare;
  if (hex.length % 2 === 0 && hex.length >= 2 * BYTES_MIN && /^[0-9a-fA-F]+$/.test(hex))
    found.push({ hex: hex.toLowerCase(), notation: 'hexadecimal' });
  const standard = /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  const url = /^[A-Za-z0-9_-]+={0,2}$/.test(text);
  if ((standard || url) && !UUID.test(text)) {
    const decoded = decode(text);
    if (decoded !== undefined && decoded.length >= 2 * BYTES_MIN)
      found.push({ hex: decoded, notation: standard ? 'base64' : 'base64url' });
  }
  return found;
}

/** Without the line ends after each 64 or 76 characters that PEM (RFC 7468) and MIME (RFC 2045) ask for. */
export function unwrapped(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.trimEnd().split(/\r?\n/);
  const width = lines[0]?.length ?? 0;
  if (width !== 64 && width !== 76) return text;
  const last = lines.length - 1;
  const even = lines.every((line, i) => (i < last ? line.length === width : line.length <= width));
  return even && lines.every((line) => /^[A-Za-z0-9+/=]*$/.test(line)) ? lines.join('') : text;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** By the code of the letter. */
const SIX_BITS = new Uint8Array(128);
for (let i = 0; i < ALPHABET.length; i++) SIX_BITS[ALPHABET.charCodeAt(i)] = i;
SIX_BITS[0x2d] = 62;
SIX_BITS[0x5f] = 63;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** RFC 4648; bits left over must be zero, else two texts could write the same bytes. */
function decode(text: string): string | undefined {
  const end = text.indexOf('=');
  const body = end < 0 ? text : text.slice(0, end);
  if (body.length % 4 === 1 || (end >= 0 && text.length % 4 !== 0)) return undefined;
  let hex = '';
  let bits = 0;
  let count = 0;
  for (let i = 0; i < body.length; i++) {
    bits = (bits << 6) | (SIX_BITS[body.charCodeAt(i)] ?? 0);
    count += 6;
    if (count >= 8) {
      count -= 8;
      hex += HEX[(bits >> count) & 0xff];
      bits &= (1 << count) - 1;
    }
  }
  return bits === 0 ? hex : undefined;
}
