import { decodeText } from '@chronos/arbiter/core/compare/charset.ts';
import { isWord } from './chars.ts';

/** A body as text. */
export type BodyText =
  /** `isUtf8`: written back it is what it was; else it is stored as UTF-8, and its content type says so. */
  | { readonly is: 'text'; readonly text: string; readonly isUtf8: boolean }
  /** In no charset that is known; letters and digits of ASCII may stand in it all the same. */
  | { readonly is: 'bytes' }
  /** Text, or said to be, of which nothing can be read. `isKnown`: of the charset it is said to be in. */
  | { readonly is: 'unreadable'; readonly why: string; readonly isKnown: boolean };

const UTF8: ReadonlySet<string> = new Set(['', 'utf-8', 'utf8', 'us-ascii', 'ascii']);

/** What is written by people or programs for people or programs to read as text. */
const TEXTUAL =
  /^$|^text\/|^application\/(?:.*[+.-])?(?:json|xml|yaml|toml|csv|javascript|graphql|sql|ndjson|jsonl|x-www-form-urlencoded)$/;

/**
 * The text of a body: in the charset that its content type names, a byte order mark or an XML declaration, else in UTF-8, or in UTF-16 that nobody
 * announces.
 */
export function bodyText(bytes: Uint8Array, essence: string, charset: string): BodyText {
  const isTextual = TEXTUAL.test(essence);
  if (isUtf32(bytes) && isTextual) return { is: 'unreadable', why: 'UTF-32', isKnown: false };
  if (!UTF8.has(charset)) return decoded(bytes, charset);
  if (charset === '') {
    const unsaid = unsaidCharset(bytes, isTextual);
    if (unsaid !== undefined) return decoded(bytes, unsaid);
  }
  try {
    return { is: 'text', text: strict.decode(bytes), isUtf8: true };
  } catch {
    if (!isTextual || looksLikeAscii(bytes)) return { is: 'bytes' };
    return { is: 'unreadable', why: `text that is not ${charset || 'UTF-8'}`, isKnown: true };
  }
}

function decoded(bytes: Uint8Array, charset: string): BodyText {
  const result = decodeText(bytes, charset);
  if (result.ok) return { is: 'text', text: result.text, isUtf8: false };
  return { is: 'unreadable', why: result.reason, isKnown: !result.reason.endsWith('is not known') };
}

/** What is not said in the content type; undefined: UTF-8. */
function unsaidCharset(bytes: Uint8Array, isTextual: boolean): string | undefined {
  const first = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (first === 0xfffe) return 'utf-16le';
  if (first === 0xfeff) return 'utf-16be';
  if (!isTextual) return undefined;
  return withoutMark(bytes) ?? ofDeclaration(bytes);
}

function isUtf32(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
}

const SAMPLE_BYTES = 1_024;

/** UTF-16 without a byte order mark: of mostly Latin text every second byte is zero. */
function withoutMark(bytes: Uint8Array): string | undefined {
  const pairs = Math.min(bytes.length, SAMPLE_BYTES) >> 1;
  if (pairs < 2 || bytes.length % 2 === 1) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < pairs * 2; at += 1) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > pairs / 2 && even < pairs / 8) return 'utf-16le';
  return even > pairs / 2 && odd < pairs / 8 ? 'utf-16be' : undefined;
}

/** What an XML declaration says, which is ASCII in all charsets that are read here; undefined: UTF-8, or nothing. */
function ofDeclaration(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== 0x3c || bytes[1] !== 0x3f) return undefined;
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const name = /^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? '';
  return UTF8.has(name) || name.startsWith('utf-16') ? undefined : name;
}

/** Whether letters and digits are mostly where ASCII has them: not in EBCDIC, nor in scripts that are not Latin. */
function looksLikeAscii(bytes: Uint8Array): boolean {
  let words = 0;
  let high = 0;
  for (const byte of bytes.subarray(0, SAMPLE_BYTES)) {
    if (isWord(byte)) words += 1;
    else if (byte >= 0x80) high += 1;
  }
  return words >= high;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
