import { wordsOf } from '../judge/value/text.ts';

/** How the names of a JSON's keys are written. */
export type KeyStyle =
  | 'camelCase'
  | 'PascalCase'
  | 'snake_case'
  | 'SCREAMING_SNAKE'
  | 'kebab-case'
  | 'lowercase';

const STYLES: readonly { readonly style: KeyStyle; write(words: readonly string[]): string }[] = [
  {
    style: 'camelCase',
    write: (words) => words.map((word, at) => (at === 0 ? word : capital(word))).join(''),
  },
  { style: 'snake_case', write: (words) => words.join('_') },
  { style: 'PascalCase', write: (words) => words.map(capital).join('') },
  { style: 'kebab-case', write: (words) => words.join('-') },
  { style: 'SCREAMING_SNAKE', write: (words) => words.join('_').toUpperCase() },
  { style: 'lowercase', write: (words) => words.join('') },
];

/** The style that leads from one name to another of the same words; undefined when these are different names. */
export function restyled(legacy: string, modern: string): { from: KeyStyle; to: KeyStyle } | undefined {
  if (legacy === modern) return undefined;
  const words = wordsOf(legacy).split(' ');
  if (words.join('') !== wordsOf(modern).replaceAll(' ', '')) return undefined;
  const [from, to] = [styleOf(legacy, words), styleOf(modern, words)];
  return from && to && from !== to ? { from, to } : undefined;
}

function styleOf(name: string, words: readonly string[]): KeyStyle | undefined {
  return STYLES.find(({ write }) => write(words) === name)?.style;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
