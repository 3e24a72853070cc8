import { unwrapped } from '../value/bytes.ts';
import { isAscii, plainText, sumOfSigns, unescapeEntities } from '../value/text.ts';
import { textRule } from './text-pairs.ts';

const CHARS_MAX = 4096;
/** Shorter runs of letters may be groups of a code: 1Z 914 3A3. */
const WORD_CHARS = 3;

export const wordsGlued = textRule({
  name: 'words-glued',
  shows:
    'Blanks, line ends or tags between words are lost, so that two words become one (twiceThank), while modern keeps the blanks between others.',
  spares:
    'Codes written together throughout (returnedToSender), signs and figures, letters that are lost or others.',
  how({ legacy, modern }) {
    if (legacy.length > CHARS_MAX || modern.length > CHARS_MAX) return undefined;
    // Without character references and tags, the letters are the same whatever their blanks.
    const isPlain = isAscii(legacy) && isAscii(modern) && !/[&<]/.test(legacy) && !/[&<]/.test(modern);
    if (isPlain && !sameLetters(legacy, modern)) return undefined;
    if (unwrapped(legacy) === unwrapped(modern)) return undefined;
    // Groups of a code: WVW YTJYXL MP072425.
    if (/^(?=.*[0-9])[A-Z0-9 ]+$/.test(legacy) && !modern.includes(' ')) return undefined;
    const [ours, theirs] = [wordsIn(legacy), wordsIn(modern)];
    if (theirs.length < 2 || theirs.length >= ours.length || ours.join('') !== theirs.join(''))
      return undefined;
    const glued = gluedWords(ours, theirs);
    return glued === undefined ? undefined : `${glued.join('')} was ${glued.join(' ')}`;
  },
});

function sameLetters(a: string, b: string): boolean {
  return sumOfSigns(a.replaceAll(/[0-9]+/g, '')) === sumOfSigns(b.replaceAll(/[0-9]+/g, ''));
}

function wordsIn(text: string): readonly string[] {
  const plain = plainText(unescapeEntities(text) ?? text).replaceAll(/<[a-z/][^>]{0,200}>/gi, ' ');
  return plain.split(/[^\p{L}]+/u).filter((word) => word !== '');
}

/** The first words that stand as one in theirs; undefined when a word of theirs ends within one of ours. */
function gluedWords(ours: readonly string[], theirs: readonly string[]): readonly string[] | undefined {
  let at = 0;
  for (const word of theirs) {
    const from = at;
    let joined = '';
    while (joined.length < word.length) joined += ours[at++] ?? word;
    if (joined !== word) return undefined;
    if (at - from > 1 && ours.slice(from, at).some(({ length }) => length >= WORD_CHARS))
      return ours.slice(from, at);
  }
  return undefined;
}
