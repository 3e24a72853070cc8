import type { Condition } from './condition.ts';
import type { Evidence } from './evidence.ts';
import type { Field } from './field.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Explanation } from './sample.ts';
import { count } from './wording.ts';

/** A hypothesis that stands, with the condition that tells when. */
export interface Found {
  readonly evidence: Evidence;
  readonly condition: Condition | undefined;
  readonly bits: number;
}

/** What a found hypothesis says for people. `place` is the path of the field; it only chooses words. */
export function explanationOf(
  { evidence, condition, bits }: Found,
  field: Field,
  place: string,
): Explanation {
  const { name, formula, parameters } = spokenOf(evidence.hypothesis, place);
  return {
    hypothesis: name,
    formula,
    sentence: `${formula} ${figuresOf(evidence, condition, field)}`,
    explains: evidence.explained.length,
    of: field.differing.length,
    ...(condition === undefined ? {} : { condition: condition.text }),
    parameters,
    bits: Math.round((bits + evidence.bitsOfRepeats - evidence.bits) * 10) / 10,
  };
}

/** One more clause about the samples that the first hypothesis leaves; `found` explains some of them. */
export function clauseOf(found: Found | undefined, rest: Field, place: string): string {
  const others = rest.differing.length;
  if (found === undefined) return `; the other ${count(others)} ${others === 1 ? 'is' : 'are'} not explained`;
  const { formula } = spokenOf(found.evidence.hypothesis, place);
  return `; ${formula} on ${count(found.evidence.explained.length)} of the other ${count(others)}`;
}

/** `on 312 of 312 differing requests, all with segment.tier = VIP (0 of 4,100 equal ones)`. */
function figuresOf(
  { explained, unaffected }: Evidence,
  condition: Condition | undefined,
  field: Field,
): string {
  const equal = unaffected.filter((pair) => !pair.differs).length;
  const differing = field.differing.length;
  const main = `on ${count(explained.length)} of ${count(differing)} differing request${differing === 1 ? '' : 's'}`;
  if (condition === undefined)
    return equal === 0 ? main : `${main}, not on ${count(equal)} equal one${equal === 1 ? '' : 's'}`;
  const whose = condition.covers === explained.length ? 'all' : `${count(condition.covers)} of them`;
  const others = unaffected.length;
  const kind = equal === others ? 'equal ones' : 'others';
  return `${main}, ${whose} with ${condition.text} (${count(condition.leaks)} of ${count(others)} ${kind})`;
}

type Spoken = Pick<Hypothesis, 'name' | 'formula' | 'parameters'>;

const ELEMENTS: Readonly<Record<string, Pick<Hypothesis, 'name' | 'formula'>>> = {
  missing: { name: 'elements-lost', formula: 'modern leaves out elements of the list' },
  added: { name: 'elements-added', formula: 'modern has further elements in the list' },
};

/** The same in the words of its place: elements of a list are left out, a status is answered. */
function spokenOf(hypothesis: Spoken, place: string): Spoken {
  if (place.endsWith(']')) return { ...hypothesis, ...ELEMENTS[hypothesis.name] };
  if (place === 'status')
    return { ...hypothesis, formula: hypothesis.formula.replaceAll(' says ', ' answers ') };
  return hypothesis;
}
