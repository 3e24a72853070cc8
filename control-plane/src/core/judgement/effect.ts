import { compileFieldRule } from '@chronos/arbiter/core/judge/field-rule.ts';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { standingOf } from './judge-field.ts';
import type { Observation } from './observed.ts';

/** The differences kept of one field against one deployment, and what the judge makes of them all. */
export interface ObservedField {
  readonly differing: number;
  readonly observations: readonly Observation[];
  /** The bug rule that shows a bug in these differences together; empty: none does. */
  readonly bugRule: string;
}

/** What a rule makes of the differences seen. */
export interface Effect {
  readonly examined: number;
  /** By the rule, or by one that is in force already. */
  readonly accepted: number;
  readonly differences: number;
  /** Accepted though a bug rule shows them. */
  readonly hiddenBugs: number;
  readonly hiddenRules: readonly string[];
  readonly sentence: string;
}

/**
 * Tries a rule on what was seen, beside those `inForce`, which go on to accept what they do. Each difference that a bug rule shows, alone or
 * with its like, and the rule accepts, would be hidden.
 */
export function effectOf(
  rule: FieldRule,
  fields: readonly ObservedField[],
  inForce: readonly FieldRule[] = [],
): Effect {
  const compiled = compileFieldRule(rule);
  const hidden = new Map<string, number>();
  let examined = 0;
  let accepted = 0;
  let already = 0;
  for (const { observations, bugRule } of fields) {
    for (const observation of observations) {
      const { legacy, modern, cut, ruling, rule: shownBy } = observation;
      examined += 1;
      const isSettled = standingOf([observation], inForce).length === 0;
      if (isSettled) already += 1;
      const isAccepted = compiled.accepts({ text: legacy, cut }, { text: modern, cut });
      if (isSettled || isAccepted) accepted += 1;
      if (!isAccepted) continue;
      const bug = ruling === Ruling.BUG ? shownBy : bugRule;
      if (bug !== '') hidden.set(bug, (hidden.get(bug) ?? 0) + 1);
    }
  }
  const differences = fields.reduce((sum, { differing }) => sum + differing, 0);
  const hiddenBugs = [...hidden.values()].reduce((sum, count) => sum + count, 0);
  const hiddenRules = [...hidden.keys()].sort();
  const sentence = [
    acceptance(accepted, examined, differences) +
      (already === 0 ? '' : `, ${already} of them by what is in force`),
    hiddenBugs === 0
      ? 'hides none of the known bugs'
      : `hides ${hiddenBugs} that a bug rule shows (${hiddenRules.join(', ')})`,
  ].join('; ');
  return { examined, accepted, differences, hiddenBugs, hiddenRules, sentence };
}

function acceptance(accepted: number, examined: number, differences: number): string {
  if (examined === differences) return `accepts ${accepted} of the ${differences} past differences`;
  return `accepts ${accepted} of the ${examined} differences kept, of ${differences} seen`;
}
