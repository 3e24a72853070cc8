import type { Side } from '../value/side.ts';

const CHARS_MAX = 80;

/** A value for a sentence: its raw text, cut. */
export function shown(side: Side): string {
  const { raw } = side;
  if (raw === undefined) return 'no field';
  return raw.length <= CHARS_MAX ? raw : `${raw.slice(0, CHARS_MAX - 1).toWellFormed()}…`;
}
