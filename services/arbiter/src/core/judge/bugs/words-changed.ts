import { remembered } from '../value/remembered.ts';
import { textRule } from './text-pairs.ts';

const NUMBERS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend';
const NUMBER_WORDS = new Set(NUMBERS.split(' '));
const NEGATIONS = new Set(
  'not no never none without cannot nicht kein keine keinen keiner ohne niemals pas sans jamais non nunca sin'.split(
    ' ',
  ),
);

export const numberWordsChanged = textRule({
  name: 'number-in-words',
  shows: 'A number told in words is another one: words of it are missing, added or others.',
  spares: 'Letter case, hyphens and an "and" between the words; texts with fewer than two such words.',
  how({ legacy, modern }) {
    const ours = wordsIn(legacy).filter((word) => NUMBER_WORDS.has(word));
    const theirs = wordsIn(modern).filter((word) => NUMBER_WORDS.has(word));
    if (ours.length < 2 || theirs.length < 1 || ours.join(' ') === theirs.join(' ')) return undefined;
    return `${ours.join(' ')} became ${theirs.join(' ')}`;
  },
});

export const negationChanged = textRule({
  name: 'negation-changed',
  shows: 'A sentence loses or gains a word that denies it, while most of its other words stay.',
  spares: 'Sentences put in other words (not active, inactive; asked).',
  how({ legacy, modern }) {
    const ours = wordsIn(legacy);
    const theirs = wordsIn(modern);
    if (ours.length < 3 || theirs.length < 2 || ours.length > 400 || theirs.length > 400) return undefined;
    const denials = (words: readonly string[]) => words.filter((word) => NEGATIONS.has(word)).length;
    if (denials(ours) > 0 === denials(theirs) > 0) return undefined;
    if (denies(ours, theirs) || denies(theirs, ours)) return undefined;
    const kept = new Set(theirs);
    const shared = ours.filter((word) => kept.has(word)).length;
    return shared * 4 >= Math.max(ours.length, theirs.length) * 3 - 4 && shared >= 2
      ? 'one of them denies what the other says'
      : undefined;
  },
});

/** A word of the one is the denied word of the other: not active, inactive. */
function denies(words: readonly string[], others: readonly string[]): boolean {
  return words.some((word) => {
    const stem = /^(?:in|im|ir|il|un|non|dis)(\p{L}{3,})$/u.exec(word)?.[1];
    return stem !== undefined && others.includes(stem);
  });
}

const wordsIn = remembered((text): readonly string[] =>
  text.length > 4096 ? [] : (text.toLowerCase().match(/\p{L}+/gu) ?? []),
);
