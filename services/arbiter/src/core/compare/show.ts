import { isArray, NumberText, type Value } from './value.ts';

/** Longest text of a value in a verdict. */
export const SHOWN_CHARS_MAX = 256;

/** A value as text, JSON as it stood (numbers keep their spelling), cut to {@link SHOWN_CHARS_MAX}; absent is an empty text. */
export function show(value: Value | undefined): string {
  if (value === undefined) return '';
  const out = new Bounded();
  write(value, out);
  return cut(out.text);
}

/** Cut to {@link SHOWN_CHARS_MAX} characters, never within a surrogate pair: protobuf takes well-formed text only. */
export function cut(text: string, max = SHOWN_CHARS_MAX): string {
  return (text.length <= max ? text : `${text.slice(0, max - 1)}…`).toWellFormed();
}

/** Hexadecimal of at most `max` bytes. */
export function hex(bytes: Uint8Array, max = 64): string {
  let text = '';
  for (let i = 0; i < Math.min(bytes.length, max); i++) text += (bytes[i] ?? 0).toString(16).padStart(2, '0');
  return bytes.length > max ? `${text}…` : text;
}

/** Stops writing once there is more than will be shown: a megabyte of array costs no more than its first line. */
class Bounded {
  text = '';
  get full(): boolean {
    return this.text.length > SHOWN_CHARS_MAX;
  }
}

function write(value: Value, out: Bounded): void {
  if (out.full) return;
  if (value === null || typeof value === 'boolean') out.text += String(value);
  else if (typeof value === 'string') out.text += JSON.stringify(value.slice(0, SHOWN_CHARS_MAX + 1));
  else if (value instanceof NumberText) out.text += value.text.slice(0, SHOWN_CHARS_MAX + 1);
  else if (value instanceof Uint8Array) out.text += `0x${hex(value)}`;
  else if (isArray(value)) {
    list('[', ']', value, out, (item) => write(item, out));
  } else {
    list('{', '}', value, out, ([key, item]) => {
      out.text += `${JSON.stringify(key)}:`;
      write(item, out);
    });
  }
}

function list<T>(
  open: string,
  close: string,
  items: Iterable<T>,
  out: Bounded,
  each: (item: T) => void,
): void {
  let separator = open;
  for (const item of items) {
    if (out.full) return;
    out.text += separator;
    each(item);
    separator = ',';
  }
  out.text += separator === open ? open + close : close;
}
