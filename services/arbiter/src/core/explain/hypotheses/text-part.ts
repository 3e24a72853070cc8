import { textBits } from '../bits.ts';
import type { Field, Pair } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { shown } from '../wording.ts';
import { pairOfTexts, type Texts, textsOf } from './text.ts';

/** A text cut at a length, or with something constant added, removed or replaced. */
export const textPart: Family = (field) => {
  const texts = textsOf(field);
  if (texts.length === 0) return [];
  return [...truncations(texts), ...padded(texts), ...affixes(field, texts)];
};

function truncations(texts: readonly Texts[]): Hypothesis[] {
  const lengths = texts.flatMap(([legacy, modern]) =>
    modern.length < legacy.length && legacy.startsWith(modern) ? [modern.length] : [],
  );
  const longest = Math.max(0, ...lengths);
  if (longest === 0) return [];
  // A cut text may lose a space at its end as well.
  const cut = (legacy: string): readonly string[] => [
    legacy.slice(0, longest),
    legacy.slice(0, longest).trimEnd(),
  ];
  const formula = `modern cuts the text at ${longest} characters`;
  return [{ ...textHypothesis('truncated', formula, { length: String(longest) }, 8, cut), plain: true }];
}

function padded(texts: readonly Texts[]): Hypothesis[] {
  const [legacy, modern] = texts[0]!;
  const length = modern.length;
  if (length <= legacy.length) return [];
  const fills = [
    { name: 'spaces behind', pad: (text: string) => text.padEnd(length) },
    { name: 'spaces in front', pad: (text: string) => text.padStart(length) },
    { name: 'zeros in front', pad: (text: string) => text.padStart(length, '0') },
  ];
  return fills.map(({ name, pad }) =>
    textHypothesis(
      'padded',
      `modern fills up to ${length} characters with ${name}`,
      { length: String(length) },
      8,
      (text) => [pad(text)],
    ),
  );
}

/** The part that differs in the first sample, tried on all. */
function affixes(field: Field, texts: readonly Texts[]): Hypothesis[] {
  const [legacy, modern] = texts[Math.floor(texts.length / 2)]!;
  const { front, from, to } = changed(legacy, modern);
  const bits = textBits(from.length) + textBits(to.length);
  const parameters = { from, to };
  const found: Hypothesis[] = [];
  if (from === '' && front === 0)
    found.push(
      textHypothesis('prefix', `modern puts ${quoted(to)} in front`, parameters, bits, (text) => [to + text]),
    );
  if (from === '' && front === legacy.length)
    found.push(
      textHypothesis('suffix', `modern adds ${quoted(to)} behind`, parameters, bits, (text) => [text + to]),
    );
  if (from !== '')
    found.push(
      textHypothesis(
        'replaced',
        to === '' ? `modern leaves out ${quoted(from)}` : `modern says ${quoted(to)} for ${quoted(from)}`,
        parameters,
        bits,
        (text) => [text.replace(from, to), text.replaceAll(from, to)],
      ),
    );
  return field.differing.length > 1 ? found : [];
}

function textHypothesis(
  name: string,
  formula: string,
  parameters: Readonly<Record<string, string>>,
  bits: number,
  expected: (legacy: string) => readonly string[],
): Hypothesis {
  return {
    name,
    formula,
    parameters,
    bits,
    check: (pair: Pair): Check => {
      const texts = pairOfTexts(pair);
      if (!texts) return 'silent';
      const [legacy, modern] = texts;
      return expected(legacy).includes(modern) ? 0 : 'wrong';
    },
  };
}

function changed(legacy: string, modern: string): { front: number; from: string; to: string } {
  const shorter = Math.min(legacy.length, modern.length);
  let front = 0;
  while (front < shorter && legacy[front] === modern[front]) front += 1;
  let back = 0;
  while (back < shorter - front && legacy.at(-1 - back) === modern.at(-1 - back)) back += 1;
  // Whole words, as people would name what changed.
  const word = (text: string, at: number): boolean => /[\p{L}\p{N}:/.]/u.test(text[at] ?? '');
  if (legacy.length !== front && modern.length !== front)
    while (front > 0 && word(legacy, front - 1)) front -= 1;
  return {
    front,
    from: legacy.slice(front, legacy.length - back),
    to: modern.slice(front, modern.length - back),
  };
}

function quoted(text: string): string {
  return shown(JSON.stringify(text));
}
