import type { Field, Pair } from '../field.ts';
import { fieldOf } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { pairOfTexts } from './text.ts';

const NUMBER = /-?[0-9]+(?:[.,][0-9]+)*/g;
const PLACES_MAX = 8;

/** The same words around other numbers: the number is explained by what explains numbers. Or the same numbers in other words. */
export function numberInText(families: readonly Family[]): Family {
  return (field) => {
    const templates = field.differing.map(templateOf).filter((found) => found !== undefined);
    if (templates.length === 0) return [];
    const places = new Set(templates.flatMap(({ changed }) => changed).filter((place) => place < PLACES_MAX));
    return [REWORDED, ...[...places].flatMap((place) => ofPlace(field, place, families))];
  };
}

interface Template {
  /** Which of the numbers differ, counted from 0; none where the words differ. */
  readonly changed: readonly number[];
  readonly legacy: readonly string[];
  readonly modern: readonly string[];
}

function templateOf(pair: Pair): Template | undefined {
  const texts = pairOfTexts(pair);
  if (!texts || !pair.legacy.text || pair.legacy.decimal || pair.legacy.instant) return undefined;
  const legacy: readonly string[] = texts[0].match(NUMBER) ?? [];
  const modern: readonly string[] = texts[1].match(NUMBER) ?? [];
  if (legacy.length === 0 || legacy.length !== modern.length) return undefined;
  const sameWords = texts[0].replace(NUMBER, '#') === texts[1].replace(NUMBER, '#');
  const changed = legacy.flatMap((number, place) => (number === modern[place] ? [] : [place]));
  if (!sameWords && changed.length > 0) return undefined;
  return { changed, legacy, modern };
}

/** The numbers at one place of all texts, as a field of their own. */
function ofPlace(field: Field, place: number, families: readonly Family[]): Hypothesis[] {
  const inner = fieldOf(
    field.pairs.map((pair) => {
      const found = templateOf(pair);
      const text = (side: 'legacy' | 'modern'): string => JSON.stringify(found?.[side][place] ?? '');
      return found ? { legacy: text('legacy'), modern: text('modern'), request: pair.facts } : {};
    }),
  );
  const check = (hypothesis: Hypothesis, pair: Pair): Check => {
    const found = templateOf(pair);
    if (!found || found.changed.length === 0) return 'silent';
    if (found.changed.length > 1 || found.changed[0] !== place) return 'wrong';
    return hypothesis.check(inner.pairs[pair.index]!);
  };
  return families
    .flatMap((family) => family(inner))
    .map((hypothesis) => ({
      ...hypothesis,
      name: `text-${hypothesis.name}`,
      formula: `within the text, ${hypothesis.formula}`,
      bits: hypothesis.bits + 1,
      check: (pair) => check(hypothesis, pair),
    }));
}

const REWORDED: Hypothesis = {
  name: 'reworded',
  formula: 'modern words the text differently around the same numbers',
  parameters: {},
  bits: 2,
  plain: true,
  check: (pair) => {
    const found = templateOf(pair);
    if (!found || !pair.differs) return 'silent';
    return found.changed.length === 0 ? 8 : 'wrong';
  },
};
