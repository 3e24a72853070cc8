import type { Side } from '../value/side.ts';

const CHARS_MAX = 80;

/** A value for a sentence: its raw text, cut. */
export function shown({ raw }: Side): string {
  return shownRaw(raw);
}

/** As {@link shown}, of a raw text that nobody has to read. */
export function shownRaw(raw: string | undefined): string {
  if (raw === undefined) return 'no field';
  return raw.length <= CHARS_MAX ? raw : `${raw.slice(0, CHARS_MAX - 1).toWellFormed()}…`;
}
