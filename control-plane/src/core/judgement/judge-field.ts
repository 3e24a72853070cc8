import { create } from '@bufbuild/protobuf';
import { failuresTold } from '@chronos/arbiter/core/approve/failures.ts';
import { describe } from '@chronos/arbiter/core/explain/describe.ts';
import { explain } from '@chronos/arbiter/core/explain/explain.ts';
import type { Explanation, Sample } from '@chronos/arbiter/core/explain/sample.ts';
import type { Triple } from '@chronos/arbiter/core/judge/episode.ts';
import { compileFieldRule } from '@chronos/arbiter/core/judge/field-rule.ts';
import { ASKED_RULES, STRUCTURAL_RULES } from '@chronos/arbiter/core/judge/judge.ts';
import { judgeEpisode } from '@chronos/arbiter/core/judge/judge-episode.ts';
import { provePair } from '@chronos/arbiter/core/judge/pair.ts';
import { FieldProfile } from '@chronos/arbiter/core/judge/profile.ts';
import { severityOf } from '@chronos/arbiter/core/judge/ruling.ts';
import { type FieldRule, FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { FieldKey, Observation } from './observed.ts';
import { noise, sameShape } from './possible-answers.ts';

/** What all differences seen of one field amount to. */
export interface FieldJudgement {
  readonly ruling: Ruling;
  readonly severity: Severity;
  /** The judge's rule that says so. */
  readonly rule: string;
  /** Why they differ, one sentence with figures. */
  readonly sentence: string;
  /** For a person, where the ruling is to ask. */
  readonly question: string;
  /** Where they are harmless: rules by which arbiters verify it from now on; without id and author. */
  readonly learned: readonly FieldRule[];
  readonly explanation: Explanation | undefined;
}

/** Fewer differences teach nothing that a person should not confirm. */
export const learnedFromMin = 20;
/** Rules of the judge that speak of one pair of values only. */
const single: ReadonlySet<string> = new Set(['number-changed', 'code-replaced', 'unproven']);
/** Differences that a learned rule accepted lately, looked at as a whole. */
const watchedMax = 60;

/**
 * Judges the differences of one field together. `rules` are those in force for it: what they accept is settled. `equal` are requests of the
 * same route in which the field did not differ; a condition that explains must leave them out.
 */
export function judgeField(
  key: FieldKey,
  observations: readonly Observation[],
  rules: readonly FieldRule[],
  equal: readonly Sample[],
): FieldJudgement {
  const standing = standingOf(observations, rules);
  if (standing.length === 0) return unremarkable;
  const whole = standing.filter(({ cut }) => !cut);
  const samples = [...whole.map(sampleOf), ...equal];
  const explanation = explain(samples, key.field);
  const found = { ...unremarkable, explanation, sentence: explanation?.sentence ?? '' };
  const answered = rules.map(compileFieldRule).find(({ isBug }) => isBug);
  if (answered !== undefined) {
    const sentence = explanation?.sentence ?? answered.sentence;
    return { ...found, ruling: Ruling.BUG, severity: Severity.MAJOR, rule: answered.name, sentence };
  }
  const expected = new Set(rules.filter(({ accepts: by }) => by.case === 'expect').map(nameOf));
  const decided = standing.find(
    ({ rule }) => STRUCTURAL_RULES.has(rule) || isApproved(rule) || expected.has(rule),
  );
  if (decided !== undefined) {
    const severity = Math.max(...standing.map((observation) => observation.severity));
    const { rule } = decided;
    return { ...found, ruling: Ruling.BUG, severity, rule, sentence: toldOf(rule, standing, found.sentence) };
  }
  for (const { rule } of standing) {
    const question = ASKED_RULES.get(rule);
    if (question !== undefined)
      return asked({ ...found, sentence: question }, rule, `${key.field}: ${question}`);
  }
  if (whole.length === 0) {
    return asked(
      found,
      'too-long',
      `Do both mean the same in ${key.field}? Its values are too long to be judged.`,
    );
  }
  const judgement = judgeEpisode({
    id: key.field,
    route: key.route,
    field: key.field,
    observations: whole.map(tripleOf),
  });
  // Of one pair of values the judge tells more; of many, how far they are apart.
  const seen = single.has(judgement.rule) ? describe(samples) : judgement.explanation;
  const sentence = explanation?.sentence ?? seen;
  switch (judgement.verdict) {
    case 'bug':
      // Called by the score alone: a person may know better, and can answer.
      if (judgement.question !== undefined)
        return {
          ...asked({ ...found, sentence }, judgement.rule, judgement.question),
          severity: severityOf(judgement.severity),
        };
      return {
        ...found,
        ruling: Ruling.BUG,
        severity: severityOf(judgement.severity),
        rule: judgement.rule,
        sentence,
      };
    case 'ask':
      return asked({ ...found, sentence }, judgement.rule, judgement.question ?? judgement.explanation);
    case 'harmless': {
      const learned = whole.length < standing.length ? [] : learnedFrom(key.field, observations, whole);
      if (learned.length > 0) return { ...found, rule: judgement.rule, sentence, learned };
      const question = `Are the differences in ${key.field} without meaning? ${judgement.explanation}`;
      return asked({ ...found, sentence }, judgement.rule, question);
    }
  }
}

/**
 * Why a learned rule no longer holds, or undefined while it does: what it accepted lately is judged together again, since a bug may hide
 * within what varies by nature and show in the distribution only.
 */
export function contradiction(
  key: FieldKey,
  rule: FieldRule,
  observations: readonly Observation[],
): string | undefined {
  const accepted = observations.filter((observation) => accepts(rule, observation)).slice(-watchedMax);
  if (rule.accepts.case !== 'noise' && rule.accepts.case !== 'shape') return undefined;
  if (accepted.length < learnedFromMin) return undefined;
  const episode = { id: rule.id, route: key.route, field: key.field, observations: accepted.map(tripleOf) };
  const judgement = judgeEpisode(episode);
  return judgement.verdict === 'bug' ? `${judgement.rule}: ${judgement.explanation}` : undefined;
}

const unremarkable: FieldJudgement = {
  ruling: Ruling.HARMLESS,
  severity: Severity.UNSPECIFIED,
  rule: '',
  sentence: '',
  question: '',
  learned: [],
  explanation: undefined,
};

function asked(found: FieldJudgement, rule: string, question: string): FieldJudgement {
  return { ...found, ruling: Ruling.ASKED, severity: Severity.MAJOR, rule, question };
}

/** What no rule in force accepts, whatever was in force when it was seen. */
export function standingOf(
  observations: readonly Observation[],
  rules: readonly FieldRule[],
): readonly Observation[] {
  return observations.filter(
    (observation) => isApproved(observation.rule) || !rules.some((rule) => accepts(rule, observation)),
  );
}

/** An approved correction that was not kept is decided where it is declared. */
function isApproved(rule: string): boolean {
  return rule.startsWith('approved:');
}

/** Labels of corrections, before their names: of the migration file, and of answered questions. */
const CORRECTION = /^(?:approved|answered:expect):/;

/** In which ways a correction failed, where they are several, before what explains all that differs. */
function toldOf(rule: string, standing: readonly Observation[], explained: string): string {
  const failures = standing.filter((observation) => observation.rule === rule && observation.failure !== '');
  const told = failuresTold(
    rule.replace(CORRECTION, ''),
    failures.map(({ failure }) => failure),
  );
  return [told, explained].filter(Boolean).join(' ');
}

function nameOf(rule: FieldRule): string {
  return compileFieldRule(rule).name;
}

function accepts(rule: FieldRule, { legacy, modern, cut }: Observation): boolean {
  return compileFieldRule(rule).accepts({ text: legacy, cut }, { text: modern, cut });
}

/**
 * What arbiters can verify from now on: by legacy's own noise where it was run twice, else each by the judge's proof that knows the field.
 */
function learnedFrom(
  field: string,
  observations: readonly Observation[],
  standing: readonly Observation[],
): FieldRule[] {
  if (standing.length < learnedFromMin) return [];
  const varies = standing.some(({ hasSecond, legacy, second }) => hasSecond && legacy !== second);
  if (varies) {
    const fitted = noise(standing, field) ?? sameShape(standing, field);
    return fitted === undefined || !standing.every((one) => accepts(fitted.rule, one)) ? [] : [fitted.rule];
  }
  const profile = FieldProfile.of(observations.filter(({ cut }) => !cut).map(tripleOf));
  const proofs = standing.map(({ legacy, modern }) => provePair(legacy, modern, profile)?.rule);
  if (proofs.includes(undefined)) return [];
  return [...new Set(proofs)].map((rule = '') =>
    create(FieldRuleSchema, {
      sentence: `both values of ${field} mean the same by the proof ${rule}, knowing ${standing.length} of its values`,
      accepts: { case: 'proof', value: { rule, profileJson: JSON.stringify(profile) } },
    }),
  );
}

function tripleOf({ legacy, modern, hasSecond, second }: Observation): Triple {
  return {
    ...(legacy !== undefined && { legacy }),
    ...(modern !== undefined && { modern }),
    ...(hasSecond && second !== undefined && { legacy2: second }),
  };
}

function sampleOf(observation: Observation): Sample {
  return { ...tripleOf(observation), request: new Map(Object.entries(observation.facts)) };
}
