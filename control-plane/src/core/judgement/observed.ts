import { leadingDifferences } from '@chronos/arbiter/core/explain/leading.ts';
import { stands } from '@chronos/arbiter/core/judge/ruling.ts';
import type { RequestFacts } from '@chronos/arbiter/core/verdict/request-facts.ts';
import {
  type Difference,
  Kind,
  type Ruling,
  type Severity,
  type Verdict,
} from '@chronos/proto/events/v1/verdict_pb.js';

/** A field of one route, as one deployment of modern answers it. */
export interface FieldKey {
  readonly migration: string;
  readonly group: string;
  readonly route: string;
  readonly field: string;
  readonly modernDeployment: string;
}

/** One difference as both universes gave it; values are raw JSON, undefined where the field is missing. */
export interface Observation {
  readonly requestId: string;
  readonly atMs: number;
  /** What the arbiter said of this one alone. */
  readonly ruling: Ruling;
  readonly severity: Severity;
  readonly rule: string;
  /** In what way modern failed an approved correction; empty for any other difference. */
  readonly failure: string;
  readonly legacy: string | undefined;
  readonly modern: string | undefined;
  /** Legacy was asked twice; `second` is what it gave then. */
  readonly hasSecond: boolean;
  readonly second: string | undefined;
  /** A value is longer than its text, which then proves nothing. */
  readonly cut: boolean;
  readonly facts: RequestFacts;
}

/** The differences of one field in a batch of verdicts. */
export interface Observed {
  readonly key: FieldKey;
  readonly seen: readonly { readonly verdict: Verdict; readonly difference: Difference }[];
}

/** Of one answer: a list of a thousand elements must not speak louder than a thousand requests. */
const perAnswerMax = 4;
/** Places without values of their own. */
const unobserved: ReadonlySet<string> = new Set(['answer', 'more']);

/**
 * What there is to learn from: what stands, and what a field rule accepts, so that its acceptance goes on being looked at. What is proven
 * on the two values alone needs no memory.
 */
export function observedIn(verdicts: readonly Verdict[]): Observed[] {
  const fields = new Map<string, { key: FieldKey; seen: { verdict: Verdict; difference: Difference }[] }>();
  for (const verdict of verdicts) {
    // What one database has and the other has not, while a universe was away, says nothing of a field: whoever answered it would decide of an outage.
    if (verdict.kind === Kind.LOST) continue;
    const counted = new Map<string, number>();
    // Where modern failed, every field differs and none of them says anything of its own.
    const standing = leadingDifferences(verdict.differences.filter(stands));
    for (const difference of [...standing, ...verdict.differences.filter(isAcceptedByFieldRule)]) {
      const field = difference.path;
      if (unobserved.has(field) || !hasValues(difference)) continue;
      const count = (counted.get(field) ?? 0) + 1;
      counted.set(field, count);
      if (count > perAnswerMax) continue;
      const { migration, group, route, modernDeployment } = verdict;
      const key = { migration, group, route, field, modernDeployment };
      const id = JSON.stringify(Object.values(key));
      const known = fields.get(id) ?? { key, seen: [] };
      fields.set(id, known);
      known.seen.push({ verdict, difference });
    }
  }
  return [...fields.values()];
}

/** Places where nothing was compared, and verdicts of earlier versions, have no values to learn from. */
function hasValues({ legacyJson, modernJson }: Difference): boolean {
  return legacyJson !== undefined || modernJson !== undefined;
}

/** What is kept of a difference's explanation: in what way an approved correction failed, which the values alone do not tell. */
export function failureOf(difference: Difference): string {
  const { rule, explanation } = difference;
  const isCorrection = rule.startsWith('approved:') || rule.startsWith('answered:expect:');
  return isCorrection && stands(difference) ? explanation : '';
}

/** Whether a rule that a person answered or the judge learned accepts it. */
function isAcceptedByFieldRule(difference: Difference): boolean {
  const { rule } = difference;
  return !stands(difference) && (rule.startsWith('answered:') || rule.startsWith('learned:'));
}
