import { hex } from '../compare/show.ts';

/** Bytes shown around the first that differs. */
const BEFORE = 12;
const SHOWN = 40;

/** Where two contents first differ; their common length when one is the beginning of the other. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  return at;
}

/** Bytes around a place, as hexadecimal and as text: `…42414c20 37 "BAL 7"`. */
export function excerpt(content: Uint8Array | undefined, at: number): string {
  if (content === undefined) return '';
  const from = Math.max(0, at - BEFORE);
  const shown = content.subarray(from, from + SHOWN);
  const cutBefore = from > 0 ? '…' : '';
  const cutAfter = from + SHOWN < content.length ? '…' : '';
  return `"${cutBefore}${printable(shown)}${cutAfter}" ${cutBefore}0x${hex(shown)}${cutAfter}`;
}

function printable(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  return text;
}
