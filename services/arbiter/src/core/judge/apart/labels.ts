import { abbreviates } from '../value/abbreviations.ts';
import { isWord, type Span, type Token } from './tokens.ts';

/** Whether a word beside a span, with nothing but blanks (or a colon or equals sign before it) between, is the name of a member. */
export function namesKey(text: string, tokens: readonly Token[], span: Span, key: string): boolean {
  return labelsOf(text, tokens, span).some(({ text: label }) => isName(label, key));
}

/** The words directly before and behind a span. */
export function labelsOf(text: string, tokens: readonly Token[], { first, last }: Span): readonly Token[] {
  const [from, to] = [tokens[first], tokens[last]];
  if (from === undefined || to === undefined) return [];
  const [before, behind] = [wordBefore(tokens, first), tokens[last + 1]];
  // W59 H15: what is written together belongs together.
  if (before !== undefined && before.end === from.start && before.text.length <= 3) return [before];
  return [
    ...(before !== undefined && /^[ .]*[:=]?[ ]*$/.test(text.slice(before.end, from.start)) ? [before] : []),
    ...(behind !== undefined && isWord(behind) && /^ *$/.test(text.slice(to.end, behind.start))
      ? [behind]
      : []),
  ];
}

function wordBefore(tokens: readonly Token[], first: number): Token | undefined {
  for (const at of [first - 1, first - 2]) {
    const token = tokens[at];
    if (token === undefined) return undefined;
    if (isWord(token)) return token;
    if (!/^[:=.]$/.test(token.text)) return undefined;
  }
  return undefined;
}

/** The label is a word of the key or its short form, or the initials of its words: W and width, PG and packing group, new and new shares. */
export function isName(label: string, key: string): boolean {
  const lower = label.toLowerCase();
  const words = key.split(' ');
  if (
    words.some(
      (word) =>
        word === lower ||
        (lower.length > 1 &&
          (word.startsWith(lower) || lower.startsWith(word)) &&
          Math.min(word.length, lower.length) > 2),
    )
  )
    return true;
  return abbreviates(lower, key) || words.some((word) => abbreviates(lower, word));
}
