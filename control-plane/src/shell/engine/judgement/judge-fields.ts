import { randomBytes } from 'node:crypto';
import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { JUDGE } from '@chronos/arbiter/core/judge/field-rule.ts';
import { type FieldRule, FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { causeOfField } from '../../../core/judgement/field-cause.ts';
import { contradiction, type FieldJudgement, judgeField } from '../../../core/judgement/judge-field.ts';
import type { FieldKey, Observation } from '../../../core/judgement/observed.ts';
import type { MigrationRecord } from '../../../core/model.ts';
import { EqualSamples } from '../../store/equal-samples.ts';
import { saveGroupJudgement } from '../../store/mismatch-store.ts';
import {
  type FieldToJudge,
  fieldsToJudge,
  markJudged,
  observationsOf,
} from '../../store/observation-store.ts';
import { ask, reopen, settle } from '../../store/question-store.ts';
import type { Engine } from '../engine.ts';
import { bodyReading } from './body-reading.ts';
import { changeRules } from './change-rules.ts';

/** Fields judged in one go; each costs some milliseconds of this thread. */
const fieldsAtOnce = 20;

/**
 * The judge's look at all fields with news: each is judged by all differences kept of it, which gives its mismatch group a cause in words,
 * asks people, learns rules, and ends learned rules that no longer hold. Where it stands is in the database: a new leader goes on.
 */
export async function judgeFields(engine: Engine, signal: AbortSignal): Promise<void> {
  const fields = await fieldsToJudge(engine.database, engine.nowMs(), fieldsAtOnce);
  const equal = new EqualSamples(engine.database, (migration) =>
    bodyReading(engine.world.require(migration)),
  );
  for (const field of fields) {
    if (signal.aborted) return;
    await judgeOne(engine, field, equal).catch(async (error: unknown) => {
      // One that cannot be judged must not keep the others waiting.
      engine.log(`judging ${field.route} ${field.field}: ${String(error)}`);
      await markJudged(engine.database, field, engine.nowMs());
    });
  }
}

async function judgeOne(engine: Engine, field: FieldToJudge, equal: EqualSamples): Promise<void> {
  const record = engine.world.get(field.migration);
  const observations = await observationsOf(engine.database, field.id);
  const rules = record === undefined ? [] : rulesOfField(record, field);
  const ended = await endContradicted(engine, field, rules, observations);
  const holding = rules.filter((rule) => !ended.includes(rule));
  const judgement = judgeField(field, observations, holding, await equal.of(field));
  await engine.database.transaction(async (tx) => {
    const { ruling, severity, rule, sentence, question } = judgement;
    await saveGroupJudgement(tx, field, {
      ...{ ruling, severity, rule, explanation: sentence },
      ...causeOfField(field, judgement),
    });
    if (ruling === Ruling.ASKED)
      await ask(tx, { ...field, rule }, { sentence: question, severity }, engine.nowMs());
    else if (record !== undefined) await settle(tx, field);
    await markJudged(tx, field, engine.nowMs());
  });
  if (record !== undefined) await learn(engine, field, judgement, observations.length);
}

/** Rules in force for a field. */
export function rulesOfField(
  record: MigrationRecord,
  { group, route, field }: Omit<FieldKey, 'modernDeployment'>,
): readonly FieldRule[] {
  return record.fieldRules.filter(
    (rule) => rule.group === group && rule.route === route && rule.field === field,
  );
}

async function learn(
  engine: Engine,
  field: FieldToJudge,
  { learned, rule, sentence }: FieldJudgement,
  observations: number,
): Promise<void> {
  if (learned.length === 0) return;
  const evidence = { differences: field.differing, examined: observations, judged: rule, sentence };
  const add = learned.map((bare) =>
    newRule(bare, field, {
      author: JUDGE,
      note: '',
      questionId: '',
      evidence,
      nowMs: engine.nowMs(),
    }),
  );
  await changeRules(engine, field.migration, (record) => {
    // Somebody may have answered meanwhile.
    if (rulesOfField(record, field).length > 0) return undefined;
    const reason = `learned of ${field.route} ${field.field}: ${add.map((one) => one.sentence).join('; ')}`;
    return { add, action: 'rule', actor: JUDGE, reason, evidence };
  });
}

async function endContradicted(
  engine: Engine,
  field: FieldToJudge,
  rules: readonly FieldRule[],
  observations: readonly Observation[],
): Promise<readonly FieldRule[]> {
  const ended: FieldRule[] = [];
  for (const rule of rules) {
    const why = rule.author === JUDGE ? contradiction(field, rule, observations) : undefined;
    if (why === undefined) continue;
    ended.push(rule);
    await endRule(
      engine,
      field.migration,
      rule,
      `the rule of ${rule.route} ${rule.field} no longer holds: ${why}`,
    );
  }
  return ended;
}

/** Ends a rule that observations contradict; one that somebody revoked meanwhile is no error. */
export function endRule(engine: Engine, migration: string, rule: FieldRule, reason: string): Promise<void> {
  return changeRules(engine, migration, (record) => {
    if (!record.fieldRules.some(({ id }) => id === rule.id)) return undefined;
    return { revoke: [rule.id], action: 'rule', actor: JUDGE, reason, also: (tx) => reopen(tx, rule.id) };
  });
}

/** A rule of a field, with who made it, when and on what. */
export function newRule(
  bare: FieldRule,
  { group, route, field }: Omit<FieldKey, 'modernDeployment'>,
  made: {
    readonly author: string;
    readonly note: string;
    readonly questionId: string;
    readonly evidence: Readonly<Record<string, unknown>>;
    readonly nowMs: number;
  },
): FieldRule {
  return create(FieldRuleSchema, {
    ...bare,
    id: `r-${randomBytes(5).toString('hex')}`,
    group,
    route,
    field,
    author: made.author,
    note: made.note,
    questionId: made.questionId,
    createdAt: timestampFromMs(made.nowMs),
    evidenceJson: JSON.stringify(made.evidence),
  });
}
