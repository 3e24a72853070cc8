import { type Cursor, lastNames } from './paths.ts';

/** A shorter name stands within other words: it counts as a word of its own only. */
const NAME_CHARS_MIN = 5;

/**
 * Whether a text whose structure is not read names a declared field, without regard to case, blanks and separators (`Member no: 7` of
 * `body.member_no`): its value may then stand beside it.
 */
export function namesDeclared(text: string, cursor: Cursor): boolean {
  const names = lastNames(cursor);
  if (names.size === 0) return false;
  if (names.has('')) return true;
  const lower = text.toLowerCase();
  const joined = lower.replaceAll(/[\s_.-]+/g, '');
  const words = new Set(lower.match(/[\p{L}\p{N}]+/gu));
  return [...names].some((name) =>
    name.length < NAME_CHARS_MIN ? words.has(name) : joined.includes(name.replaceAll(/[\s.-]+/g, '')),
  );
}
