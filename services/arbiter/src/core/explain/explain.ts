import { type Condition, conditionFor } from './condition.ts';
import { type Evidence, surprisesOf, weigh } from './evidence.ts';
import { type Field, fieldOf } from './field.ts';
import { FAMILIES } from './hypotheses/families.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Explanation, Sample } from './sample.ts';
import { count } from './wording.ts';

/** Odds of a thousand to one against an explanation that chance made, all kinds and parameters already paid for. */
const BITS_MIN = 10;
/** An explanation of fewer of the differences than this is not what a person wants to read first. */
const SHARE_MIN = 1 / 3;
/** Conditions are sought for the best few. */
const CONSIDERED_MAX = 12;

/**
 * Why modern differs from legacy at one field of one route, over its differing *and equal* samples, in the order in which they came: the
 * explanation that shortens the description of the samples most (minimum description length), so neither the most exact nor the most
 * general but the one that pays for its own parameters and its condition. Undefined when nothing does better than chance.
 */
export function explain(samples: readonly Sample[]): Explanation | undefined {
  const field = fieldOf(samples);
  const found = bestOf(field);
  if (found === undefined) return onlyWhen(field);
  const explanation = explanationOf(found, field);
  return { ...explanation, sentence: explanation.sentence + restOf(found, field, samples) };
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
function restOf({ evidence }: Found, field: Field, samples: readonly Sample[]): string {
  const done = new Set(evidence.explained.map(({ index }) => index));
  if (done.size === field.differing.length) return '';
  const rest = fieldOf(samples.filter((_, index) => !done.has(index)));
  const found = bestOf(rest);
  const others = rest.differing.length;
  if (found === undefined) return `; the other ${count(others)} ${others === 1 ? 'is' : 'are'} not explained`;
  const { hypothesis, explained } = found.evidence;
  return `; ${hypothesis.formula} on ${count(explained.length)} of the other ${count(others)}`;
}

interface Found {
  readonly evidence: Evidence;
  readonly condition: Condition | undefined;
  readonly bits: number;
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
    const key = [evidence.explained, evidence.unaffected]
      .map((pairs) => pairs.map(({ index }) => index))
      .join(';');
    if (!known.has(key)) known.set(key, conditionFor(evidence.explained, evidence.unaffected));
    const condition = known.get(key);
    return { evidence, condition, bits: evidence.bits + (condition?.bits ?? 0) };
  };
}

/** The values are not explained, but when they differ is. */
function onlyWhen(field: Field): Explanation | undefined {
  const condition = conditionFor(field.differing, field.equal);
  if (condition === undefined || condition.bits < BITS_MIN) return undefined;
  const evidence: Evidence = {
    hypothesis: field.differing.every(({ legacy }) => typeof legacy.value === 'boolean')
      ? INVERTED_WHEN
      : ONLY_WHEN,
    explained: field.differing,
    unaffected: field.equal,
    bits: 0,
    bitsOfRepeats: 0,
  };
  return explanationOf({ evidence, condition, bits: condition.bits }, field);
}

const ONLY_WHEN: Hypothesis = {
  name: 'only-when',
  formula: 'modern differs in no constant way',
  parameters: {},
  bits: 0,
  check: () => 'silent',
};

const INVERTED_WHEN: Hypothesis = { ...ONLY_WHEN, name: 'inverted', formula: 'modern = not legacy' };

function explanationOf({ evidence, condition, bits }: Found, field: Field): Explanation {
  const { hypothesis, explained } = evidence;
  return {
    hypothesis: hypothesis.name,
    formula: hypothesis.formula,
    sentence: sentenceOf(evidence, condition, field),
    explains: explained.length,
    of: field.differing.length,
    ...(condition === undefined ? {} : { condition: condition.text }),
    parameters: hypothesis.parameters,
    bits: Math.round((bits + evidence.bitsOfRepeats - evidence.bits) * 10) / 10,
  };
}

/** `modern = legacy × 1.025 on 312 of 312 differing requests, all with segment.tier = VIP (0 of 4,100 equal ones)`. */
function sentenceOf(evidence: Evidence, condition: Condition | undefined, field: Field): string {
  const { hypothesis, explained, unaffected } = evidence;
  const equal = unaffected.filter((pair) => !pair.differs).length;
  const differing = field.differing.length;
  const figures = `on ${count(explained.length)} of ${count(differing)} differing request${differing === 1 ? '' : 's'}`;
  const main = `${hypothesis.formula} ${figures}`;
  if (condition === undefined) {
    if (equal === 0) return main;
    return `${main}, not on ${count(equal)} equal one${equal === 1 ? '' : 's'}`;
  }
  const whose = condition.covers === explained.length ? 'all' : `${count(condition.covers)} of them`;
  const others = unaffected.length;
  const kind = equal === others ? 'equal ones' : 'others';
  return `${main}, ${whose} with ${condition.text} (${count(condition.leaks)} of ${count(others)} ${kind})`;
}
