import { hex } from '../compare/show.ts';

/** Bytes shown around the first that differs: enough text to know the frame again, enough of its bytes to see what they are. */
const TEXT = { before: 40, bytes: 96 };
const HEX = { before: 8, bytes: 24 };

/** Where two contents first differ; their common length when one is the beginning of the other. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  return at;
}

/** Bytes around a place, as text and as hexadecimal: `"BAL 7" 0x42414c2037`. */
export function excerpt(content: Uint8Array | undefined, at: number): string {
  if (content === undefined) return '';
  return `${window(content, at, TEXT, (bytes) => `"${printable(bytes)}"`)} ${window(content, at, HEX, (bytes) => `0x${hex(bytes)}`)}`;
}

function window(
  content: Uint8Array,
  at: number,
  { before, bytes }: typeof TEXT,
  write: (bytes: Uint8Array) => string,
): string {
  const from = Math.max(0, at - before);
  const to = from + bytes;
  return `${from > 0 ? '…' : ''}${write(content.subarray(from, to))}${to < content.length ? '…' : ''}`;
}

function printable(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  return text;
}
