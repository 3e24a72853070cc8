import { QuestionStatus } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { DomainError } from '../../../core/domain-error.ts';
import { type Effect, effectOf, type ObservedField } from '../../../core/judgement/effect.ts';
import { EXPECT, expectedAnswer, requireNoExpression } from '../../../core/judgement/expected-answer.ts';
import { standingOf } from '../../../core/judgement/judge-field.ts';
import type { FieldKey, Observation } from '../../../core/judgement/observed.ts';
import { type Possible, possibleAnswers, whyCompared } from '../../../core/judgement/possible-answers.ts';
import type { MigrationRecord } from '../../../core/model.ts';
import type { Queryable } from '../../store/database.ts';
import { groupJudgements } from '../../store/mismatch-store.ts';
import { fieldsOf, observationsOf } from '../../store/observation-store.ts';
import { getQuestion, type QuestionRecord, reopen, saveAnswer } from '../../store/question-store.ts';
import { type Engine, requireLeading } from '../engine.ts';
import { changeRules } from './change-rules.ts';
import { newRule, rulesOfField } from './judge-fields.ts';

/** A question with what was seen of its field. */
export interface QuestionView {
  readonly question: QuestionRecord;
  readonly answers: readonly Possible[];
  readonly differences: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  /** The newest first. */
  readonly examples: readonly Observation[];
}

/** An answer as somebody gave it. */
export interface Given {
  readonly answer: string;
  /** With `expect`: what modern must answer. Empty otherwise. */
  readonly expression: string;
  readonly actor: string;
  readonly note: string;
}

export interface Previewed {
  readonly rule: FieldRule;
  readonly effect: Effect;
}

const examplesMax = 10;
/** What `accept` stands for: the first answer, which is the narrowest. */
const accept = 'accept';

/** @throws DomainError `not-found` */
export async function requireQuestion(db: Queryable, id: string): Promise<QuestionRecord> {
  const question = await getQuestion(db, id);
  if (question !== undefined) return question;
  throw new DomainError('not-found', `there is no question "${id}"`, {
    fields: [{ path: 'question_id', message: 'see: chronos questions' }],
  });
}

export async function viewQuestion(engine: Engine, question: QuestionRecord): Promise<QuestionView> {
  const fields = await observedFields(engine.database, question);
  const open = standing(engine, question, fields);
  return {
    question,
    answers: possibleAnswers(question.field, open),
    differences: fields.reduce((sum, { differing }) => sum + differing, 0),
    firstSeenMs: Math.min(...fields.map(({ firstSeenMs }) => firstSeenMs), question.askedAtMs),
    lastSeenMs: Math.max(...fields.map(({ lastSeenMs }) => lastSeenMs), 0),
    examples: open.toSorted((a, b) => b.atMs - a.atMs).slice(0, examplesMax),
  };
}

/** @throws DomainError `not-found`, or `invalid` for what is none of the possible answers. */
export async function previewAnswer(
  engine: Engine,
  id: string,
  given: Pick<Given, 'answer' | 'expression'>,
): Promise<Previewed> {
  const question = await requireQuestion(engine.database, id);
  const { chosen, fields } = await choose(engine, question, given);
  return { rule: chosen.rule, effect: effectOf(chosen.rule, fields, staying(engine, question)) };
}

/**
 * Stores an answer as a rule, with who, when and what it would have accepted. It holds for new verdicts as soon as the arbiters read it.
 *
 * @throws DomainError `not-found`, `invalid` for what is no possible answer, `refused` when it is answered already.
 */
export async function answerQuestion(engine: Engine, id: string, given: Given): Promise<Previewed> {
  requireLeading(engine);
  const question = await requireQuestion(engine.database, id);
  const { chosen, fields } = await choose(engine, question, given);
  const effect = effectOf(chosen.rule, fields, staying(engine, question));
  // A question that is open though it was answered once: what came since is not covered, the new answer takes the place of the old.
  const replaced = rulesOfQuestion(engine.world.require(question.migration), question);
  let rule: FieldRule | undefined;
  await changeRules(engine, question.migration, (record, nowMs) => {
    requireOpen(question, replaced, rulesOfQuestion(record, question));
    const { examined, accepted, differences, hiddenBugs } = effect;
    const evidence = { question: id, answer: chosen.id, examined, accepted, differences, hiddenBugs };
    const made = { author: given.actor, note: given.note, questionId: id, evidence, nowMs };
    const added = newRule(chosen.rule, question, made);
    rule = added;
    const words = `answered "${chosen.id}" about ${question.route} ${question.field}: ${chosen.rule.sentence}`;
    return {
      add: [added],
      revoke: replaced.map((before) => before.id),
      action: 'answer',
      actor: given.actor,
      reason: given.note === '' ? words : `${words} (${given.note})`,
      evidence,
      also: (tx) =>
        saveAnswer(tx, id, {
          answer: chosen.id,
          answeredBy: given.actor,
          answeredAtMs: nowMs,
          note: given.note,
          ruleId: added.id,
        }),
    };
  });
  if (rule === undefined) throw new Error('the answer made no rule');
  return { rule, effect };
}

/** @throws DomainError `not-found` when the rule is not in force. */
export function revokeRule(
  engine: Engine,
  migration: string,
  id: string,
  given: { readonly actor: string; readonly reason: string },
): Promise<void> {
  return changeRules(engine, migration, () => ({
    revoke: [id],
    action: 'rule',
    actor: given.actor,
    reason: given.reason,
    also: (tx) => reopen(tx, id),
  }));
}

type Kept = ObservedField & { readonly firstSeenMs: number; readonly lastSeenMs: number };

async function choose(
  engine: Engine,
  question: QuestionRecord,
  { answer, expression }: Pick<Given, 'answer' | 'expression'>,
): Promise<{ readonly chosen: Possible; readonly fields: readonly Kept[] }> {
  const fields = await observedFields(engine.database, question);
  if (answer === EXPECT) return { chosen: expectedAnswer(question, expression), fields };
  requireNoExpression(answer, expression);
  const open = standing(engine, question, fields);
  const answers = possibleAnswers(question.field, open);
  const acceptable = answers.find(({ id }) => id !== 'bug');
  const chosen = answer === accept ? acceptable : answers.find(({ id }) => id === answer);
  if (chosen !== undefined) return { chosen, fields };
  const accepted = [...(acceptable ? [accept] : []), ...answers.map(({ id }) => id), EXPECT].join(', ');
  const why = answer === accept || answer === 'ignore' ? whyCompared(question.field, open) : undefined;
  const reason = why === undefined ? '' : `: ${why}`;
  throw new DomainError(
    'invalid',
    `"${answer}" is no answer to ${question.id}${reason}; accepted: ${accepted}`,
    {
      fields: [{ path: 'answer', message: `accepted: ${accepted}` }],
    },
  );
}

/** What was seen of a question's field against every deployment. */
async function observedFields(
  db: Queryable,
  key: Omit<FieldKey, 'modernDeployment'>,
): Promise<readonly Kept[]> {
  const judgements = await groupJudgements(db, key);
  const kept: Kept[] = [];
  for (const field of await fieldsOf(db, key)) {
    const judged = judgements.get(field.modernDeployment);
    kept.push({
      differing: field.differing,
      firstSeenMs: field.firstSeenMs,
      lastSeenMs: field.lastSeenMs,
      observations: await observationsOf(db, field.id),
      bugRule: judged?.ruling === Ruling.BUG ? judged.rule : '',
    });
  }
  return kept;
}

function standing(
  { world }: Engine,
  question: QuestionRecord,
  fields: readonly ObservedField[],
): readonly Observation[] {
  const record = world.get(question.migration);
  const all = fields.flatMap(({ observations }) => observations);
  const open = record === undefined ? all : standingOf(all, rulesOfField(record, question));
  // Once answered, what it was about is what the answer is shown with.
  return open.length > 0 ? open : all;
}

/** Rules in force that an answer leaves in force: those that did not come of the question. */
function staying({ world }: Engine, question: QuestionRecord): readonly FieldRule[] {
  const record = world.get(question.migration);
  if (record === undefined) return [];
  return rulesOfField(record, question).filter(({ questionId }) => questionId !== question.id);
}

function rulesOfQuestion(record: MigrationRecord, question: QuestionRecord): readonly FieldRule[] {
  return rulesOfField(record, question).filter(({ questionId }) => questionId === question.id);
}

/** Of two who answer at once the second hears it. */
function requireOpen(
  question: QuestionRecord,
  known: readonly FieldRule[],
  inForce: readonly FieldRule[],
): void {
  const given = inForce.find((rule) => !known.includes(rule));
  if (given === undefined && question.status !== QuestionStatus.ANSWERED) return;
  const rule = given ?? inForce[0];
  throw new DomainError(
    'refused',
    `${question.id} is answered already by ${rule?.author ?? question.answeredBy}; to answer anew revoke its rule first: chronos rules --revoke ${rule?.id ?? question.ruleId}`,
  );
}
