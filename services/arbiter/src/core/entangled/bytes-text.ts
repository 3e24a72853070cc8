/** Before bytes that are no text. */
const BINARY = 'base64:';
// biome-ignore lint/suspicious/noControlCharactersInRegex: what has them is no text, and NUL is no text for Postgres.
const CONTROLS = /[\u0000-\u001f\u007f]/;
const utf8 = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** An identifier that is bytes, as the text by which it is known: a text stays what it is, anything else is `base64:…`. Each has its own. */
export function textOfBytes(bytes: Uint8Array): string {
  const text = decoded(bytes);
  const isText = text !== undefined && !CONTROLS.test(text) && !text.startsWith(BINARY);
  return isText || bytes.length === 0
    ? (text ?? '')
    : BINARY + btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** The bytes that {@link textOfBytes} tells by that text. */
export function bytesOfText(text: string): Uint8Array {
  if (!text.startsWith(BINARY)) return utf8.encode(text);
  return Uint8Array.from(atob(text.slice(BINARY.length)), (character) => character.charCodeAt(0));
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
