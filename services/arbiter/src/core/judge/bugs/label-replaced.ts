import { excludeEachOther } from './codes.ts';
import { textRule } from './text-pairs.ts';

export const labelReplaced = textRule({
  name: 'label-replaced',
  shows:
    'A word with its number or code before or behind it (3 - MEDIUM, LOW (4)) beside another word, and the words exclude each other.',
  spares: 'The same word without its number; words of which nothing is known.',
  how({ legacy, modern }) {
    if (!JOINED.test(legacy) && !JOINED.test(modern)) return undefined;
    const [ours, theirs] = [labelOf(legacy), labelOf(modern)];
    if (ours === legacy.toLowerCase() && theirs === modern.toLowerCase()) return undefined;
    return ours !== theirs && excludeEachOther(ours, theirs)
      ? `${ours} and ${theirs} exclude each other`
      : undefined;
  },
});

/** A figure, or blanks, at one of the ends. */
const JOINED = /^[\s(]*[A-Z]?[0-9]|[0-9][)\]]?\s*$|^\s|\s$/;

/** The text without a short number or code that is joined to it by a sign. */
function labelOf(text: string): string {
  if (text.length > 64) return '';
  return text
    .trim()
    .replace(/^\(?[A-Z]?[0-9]{1,3}\)?\s*[-–:.=/|)_]?\s*(?=\p{L}{2})/u, '')
    .replace(/\s*[-–:=/|(_[]\s*[A-Z]?[0-9]{1,3}[)\]]?$/, '')
    .toLowerCase();
}
