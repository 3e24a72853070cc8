import { type Condition, conditionFor } from './condition.ts';
import { type Evidence, surprisesOf, weigh } from './evidence.ts';
import { type Field, fieldOf, type Pair } from './field.ts';
import { FAMILIES } from './hypotheses/families.ts';
import type { Hypothesis } from './hypothesis.ts';
import { numbersOf } from './number-window.ts';
import { rangeText } from './range-text.ts';
import type { Explanation, Sample } from './sample.ts';
import { clauseOf, explanationOf, type Found } from './sentence.ts';

/** Odds of a thousand to one against an explanation that chance made, all kinds and parameters already paid for. */
const BITS_MIN = 10;
/** An explanation of fewer of the differences than this is not what a person wants to read first. */
const SHARE_MIN = 1 / 3;
/** Conditions are sought for the best few. */
const CONSIDERED_MAX = 12;

/**
 * Why modern differs from legacy at one field of one route, over its differing *and equal* samples, in the order in which they came: the
 * explanation that shortens the description of the samples most (minimum description length), so neither the most exact nor the most
 * general but the one that pays for its own parameters and its condition. Undefined when nothing does better than chance. `place` is the path of
 * the field; it only chooses words.
 */
export function explain(samples: readonly Sample[], place = ''): Explanation | undefined {
  const field = fieldOf(samples);
  const found = bestOf(field);
  if (found === undefined) return onlyWhen(field, place);
  const explanation = explanationOf(found, field, place);
  return { ...explanation, sentence: explanation.sentence + restOf(found, field, samples, place) };
}

function bestOf(field: Field): Found | undefined {
  if (field.differing.length === 0) return undefined;
  const surprises = surprisesOf(field);
  return FAMILIES.flatMap((family) => family(field))
    .map((hypothesis) => weigh(hypothesis, field, surprises))
    .filter((evidence) => stands(evidence, field))
    .sort((a, b) => b.bits - a.bits)
    .slice(0, CONSIDERED_MAX)
    .map(conditions())
    .sort((a, b) => b.bits - a.bits)[0];
}

/** What explains the other differing samples, in one more clause. */
function restOf({ evidence }: Found, field: Field, samples: readonly Sample[], place: string): string {
  if (evidence.explained.length === field.differing.length) return '';
  const done = new Set(evidence.explained.map(({ sample }) => sample));
  const rest = fieldOf(samples.filter((sample) => !done.has(sample)));
  return clauseOf(bestOf(rest), rest, place);
}

function stands({ hypothesis, explained, bitsOfRepeats }: Evidence, field: Field): boolean {
  const share = explained.length / field.differing.length;
  if (explained.length === 0 || share < SHARE_MIN) return false;
  return hypothesis.plain ? share > 1 / 2 : bitsOfRepeats >= BITS_MIN;
}

/** Hypotheses that explain the same samples share their condition. */
function conditions(): (evidence: Evidence) => Found {
  const known = new Map<string, Condition | undefined>();
  return (evidence) => {
    const { hypothesis, explained, unaffected } = evidence;
    const onLegacy = hypothesis.namesLegacy !== true;
    const key = [onLegacy, ...[explained, unaffected].map((pairs) => pairs.map(({ index }) => index))].join(
      ';',
    );
    if (!known.has(key)) known.set(key, conditionFor(explained, unaffected, onLegacy));
    const condition = known.get(key);
    return { evidence, condition, bits: evidence.bits + (condition?.bits ?? 0) };
  };
}

/** The values are not explained, but when they differ is. */
function onlyWhen(field: Field, place: string): Explanation | undefined {
  const condition = conditionFor(field.differing, field.equal);
  if (condition === undefined || condition.bits < BITS_MIN) return undefined;
  const evidence: Evidence = {
    hypothesis: differently(field.differing),
    explained: field.differing,
    unaffected: field.equal,
    bits: 0,
    bitsOfRepeats: 0,
  };
  return explanationOf({ evidence, condition, bits: condition.bits }, field, place);
}

function differently(differing: readonly Pair[]): Hypothesis {
  const said: Hypothesis = {
    name: 'only-when',
    formula: 'modern differs in no constant way',
    parameters: {},
    bits: 0,
    check: () => 'silent',
  };
  if (differing.every(({ legacy }) => typeof legacy.value === 'boolean'))
    return { ...said, name: 'inverted', formula: 'modern = not legacy' };
  return differing.every(numbersOf) ? { ...said, formula: `modern is off ${rangeText(differing)},` } : said;
}
