import { createHash } from 'node:crypto';
import { QuestionStatus } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import type { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { FieldKey } from '../../core/judgement/observed.ts';
import type { Queryable } from './database.ts';

/** What a question is about: one a field and rule, whatever the deployment. */
export interface QuestionKey extends Omit<FieldKey, 'modernDeployment'> {
  /** The judge's rule that asks. */
  readonly rule: string;
}

export interface QuestionRecord extends QuestionKey {
  readonly id: string;
  readonly position: bigint;
  readonly sentence: string;
  readonly severity: Severity;
  readonly status: QuestionStatus;
  readonly askedAtMs: number;
  /** Empty while open, as are the others below. */
  readonly answer: string;
  readonly answeredBy: string;
  readonly answeredAtMs: number;
  readonly note: string;
  readonly ruleId: string;
}

/** The same question has the same id, on every replica and after every restart. */
export function questionId({ migration, group, route, field, rule }: QuestionKey): string {
  const text = JSON.stringify([migration, group, route, field, rule]);
  return `q-${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
}

/**
 * Asks, or asks again where the answer given does not cover what came since. An open question takes the newest words. Other open questions
 * about the field end: the judge knows more now.
 */
export async function ask(
  tx: Queryable,
  key: QuestionKey,
  words: { readonly sentence: string; readonly severity: Severity },
  nowMs: number,
): Promise<void> {
  await settle(tx, key, key.rule);
  await tx.query(
    `INSERT INTO questions AS q (id, migration, grp, route, field, rule, sentence, severity, status, asked_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${QuestionStatus.OPEN}, $9)
     ON CONFLICT (id) DO UPDATE SET sentence = excluded.sentence, severity = excluded.severity, status = ${QuestionStatus.OPEN},
       answer = '', answered_by = '', answered_at_ms = 0, note = '', rule_id = '',
       asked_at_ms = CASE WHEN q.status = ${QuestionStatus.OPEN} THEN q.asked_at_ms ELSE excluded.asked_at_ms END`,
    [
      questionId(key),
      key.migration,
      key.group,
      key.route,
      key.field,
      key.rule,
      words.sentence,
      words.severity,
      nowMs,
    ],
  );
}

/** Ends open questions about a field that later observations have answered; `but` one of this rule. */
export async function settle(
  tx: Queryable,
  { migration, group, route, field }: Omit<FieldKey, 'modernDeployment'>,
  but = '',
): Promise<void> {
  await tx.query(
    `UPDATE questions SET status = ${QuestionStatus.SETTLED}
     WHERE (migration, grp, route, field) = ($1, $2, $3, $4) AND status = ${QuestionStatus.OPEN} AND rule <> $5`,
    [migration, group, route, field, but],
  );
}

export async function saveAnswer(
  tx: Queryable,
  id: string,
  given: Pick<QuestionRecord, 'answer' | 'answeredBy' | 'answeredAtMs' | 'note' | 'ruleId'>,
): Promise<void> {
  await tx.query(
    `UPDATE questions SET status = ${QuestionStatus.ANSWERED}, answer = $2, answered_by = $3, answered_at_ms = $4, note = $5, rule_id = $6
     WHERE id = $1`,
    [id, given.answer, given.answeredBy, given.answeredAtMs, given.note, given.ruleId],
  );
}

/** The answer no longer holds: its rule was revoked. */
export async function reopen(tx: Queryable, ruleId: string): Promise<void> {
  await tx.query(
    `UPDATE questions SET status = ${QuestionStatus.OPEN}, answer = '', answered_by = '', answered_at_ms = 0, note = '', rule_id = ''
     WHERE rule_id = $1`,
    [ruleId],
  );
}

export async function getQuestion(db: Queryable, id: string): Promise<QuestionRecord | undefined> {
  const { rows } = await db.query<QuestionRow>('SELECT * FROM questions WHERE id = $1', [id]);
  return rows[0] === undefined ? undefined : questionOf(rows[0]);
}

/** Open ones first, the most severe and newest first. */
export async function listQuestions(
  db: Queryable,
  filter: {
    readonly migration: string;
    readonly statuses: readonly QuestionStatus[];
    readonly offset: number;
    readonly limit: number;
  },
): Promise<QuestionRecord[]> {
  const { rows } = await db.query<QuestionRow>(
    `SELECT * FROM questions WHERE migration = $1 AND (cardinality($2::int[]) = 0 OR status = ANY($2::int[]))
     ORDER BY status, severity DESC, asked_at_ms DESC, position DESC OFFSET $3 LIMIT $4`,
    [filter.migration, filter.statuses, filter.offset, filter.limit],
  );
  return rows.map(questionOf);
}

export async function countOpen(db: Queryable, migration: string): Promise<number> {
  const { rows } = await db.query<{ open: string }>(
    `SELECT count(*) AS open FROM questions WHERE migration = $1 AND status = ${QuestionStatus.OPEN}`,
    [migration],
  );
  return Number(rows[0]?.open ?? 0);
}

/** Open questions of all migrations, also of those that have none. */
export async function openByMigration(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ name: string; open: string }>(
    `SELECT m.name, count(q.id) AS open FROM migrations m
     LEFT JOIN questions q ON q.migration = m.name AND q.status = ${QuestionStatus.OPEN} GROUP BY m.name`,
  );
  return new Map(rows.map(({ name, open }) => [name, Number(open)]));
}

interface QuestionRow {
  id: string;
  position: string;
  migration: string;
  grp: string;
  route: string;
  field: string;
  rule: string;
  sentence: string;
  severity: Severity;
  status: QuestionStatus;
  asked_at_ms: string;
  answer: string;
  answered_by: string;
  answered_at_ms: string;
  note: string;
  rule_id: string;
}

function questionOf(row: QuestionRow): QuestionRecord {
  return {
    id: row.id,
    position: BigInt(row.position),
    migration: row.migration,
    group: row.grp,
    route: row.route,
    field: row.field,
    rule: row.rule,
    sentence: row.sentence,
    severity: row.severity,
    status: row.status,
    askedAtMs: Number(row.asked_at_ms),
    answer: row.answer,
    answeredBy: row.answered_by,
    answeredAtMs: Number(row.answered_at_ms),
    note: row.note,
    ruleId: row.rule_id,
  };
}
