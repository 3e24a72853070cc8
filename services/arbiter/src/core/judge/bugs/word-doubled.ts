import { textRule } from './text-pairs.ts';

const WORDS_MAX = 12;

export const wordDoubled = textRule({
  name: 'word-doubled',
  shows:
    'A text of as many words, one of which stands twice in place of another: Silva, Maria as Silva Silva.',
  spares: 'Words that legacy has twice as well, other words, and texts of more than twelve words.',
  how({ legacy, modern }) {
    const [ours, theirs] = [wordsIn(legacy), wordsIn(modern)];
    if (ours.length < 2 || ours.length !== theirs.length || ours.length > WORDS_MAX) return undefined;
    if (new Set(ours).size !== ours.length || !theirs.every((word) => ours.includes(word))) return undefined;
    const lost = ours.filter((word) => !theirs.includes(word));
    return lost.length === 0 ? undefined : `${lost.join(' ')} is lost, another word stands twice`;
  },
});

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
