import type { Pair } from '../field.ts';
import type { Family, Hypothesis } from '../hypothesis.ts';
import { ofParts, type Parts } from '../part-field.ts';
import { pairOfTexts } from './text.ts';

const NUMBER = /-?[0-9]+(?:[.,][0-9]+)*/g;
/** Two words at least; `PT5M` is a notation, no wording. */
const WORDING = /\p{L}{2,} .*\p{L}{2,}/u;

/** The same words around other numbers: the number is explained by what explains numbers. Or the same numbers in other words. */
export function numberInText(families: readonly Family[]): Family {
  return (field) => {
    const numbers = ofParts(field, partsOf, families, ({ name, formula }) => {
      return { name: `text-${name}`, formula: `within the text, ${formula}` };
    });
    return field.differing.some(isReworded) ? [REWORDED, ...numbers] : numbers;
  };
}

function partsOf(pair: Pair): Parts | undefined {
  const numbers = numbersIn(pair);
  if (numbers === undefined || !numbers.sameWords) return undefined;
  const { legacy, modern } = numbers;
  return {
    changed: legacy.flatMap((number, place) => (number === modern[place] ? [] : [String(place)])),
    sample: (place) => ({
      legacy: JSON.stringify(legacy[Number(place)] ?? ''),
      modern: JSON.stringify(modern[Number(place)] ?? ''),
      request: pair.facts,
    }),
  };
}

function numbersIn(
  pair: Pair,
):
  | { readonly sameWords: boolean; readonly legacy: readonly string[]; readonly modern: readonly string[] }
  | undefined {
  const texts = pairOfTexts(pair);
  if (!texts || !pair.legacy.text || pair.legacy.decimal || pair.legacy.instant) return undefined;
  const [legacy, modern] = [texts[0].match(NUMBER) ?? [], texts[1].match(NUMBER) ?? []];
  if (legacy.length === 0 || legacy.length !== modern.length) return undefined;
  return { sameWords: texts[0].replace(NUMBER, '#') === texts[1].replace(NUMBER, '#'), legacy, modern };
}

function isReworded(pair: Pair): boolean {
  const numbers = numbersIn(pair);
  if (numbers === undefined || numbers.sameWords || !WORDING.test(pair.legacy.text ?? '')) return false;
  return numbers.legacy.every((number, place) => number === numbers.modern[place]);
}

const REWORDED: Hypothesis = {
  name: 'reworded',
  formula: 'modern words the text differently around the same numbers',
  parameters: {},
  bits: 2,
  plain: true,
  check: (pair) => (pair.differs ? (isReworded(pair) ? 8 : 'wrong') : 'silent'),
};
