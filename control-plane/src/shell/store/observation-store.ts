import type { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { FieldKey, Observation } from '../../core/judgement/observed.ts';
import type { Queryable } from './database.ts';

/** A field that waits for the judge. */
export interface FieldToJudge extends FieldKey {
  readonly id: string;
  readonly differing: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** Fields with news worth a look: a fifth more differences than when judged last, or some more and ten seconds gone. */
export async function fieldsToJudge(
  db: Queryable,
  nowMs: number,
  limit: number,
): Promise<readonly FieldToJudge[]> {
  const { rows } = await db.query<FieldRow>(
    `SELECT * FROM observed_fields
     WHERE differing > judged_differing AND (differing >= judged_differing * 1.2 OR judged_at_ms < $1)
     ORDER BY judged_at_ms, id LIMIT $2`,
    [nowMs - 10_000, limit],
  );
  return rows.map(fieldOf);
}

/** Every deployment's record of one field, newest first. */
export async function fieldsOf(
  db: Queryable,
  key: Omit<FieldKey, 'modernDeployment'>,
): Promise<readonly FieldToJudge[]> {
  const { rows } = await db.query<FieldRow>(
    'SELECT * FROM observed_fields WHERE (migration, grp, route, field) = ($1, $2, $3, $4) ORDER BY last_seen_ms DESC, id DESC LIMIT 32',
    [key.migration, key.group, key.route, key.field],
  );
  return rows.map(fieldOf);
}

export async function markJudged(tx: Queryable, field: FieldToJudge, nowMs: number): Promise<void> {
  await tx.query('UPDATE observed_fields SET judged_differing = $2, judged_at_ms = $3 WHERE id = $1', [
    field.id,
    field.differing,
    nowMs,
  ]);
}

/** The rules of a field changed: what was seen of it means something else now. */
export async function judgeAgain(tx: Queryable, key: Omit<FieldKey, 'modernDeployment'>): Promise<void> {
  await tx.query(
    'UPDATE observed_fields SET judged_differing = 0, judged_at_ms = 0 WHERE (migration, grp, route, field) = ($1, $2, $3, $4)',
    [key.migration, key.group, key.route, key.field],
  );
}

/** The differences kept of a field, oldest first. */
export async function observationsOf(db: Queryable, fieldId: string): Promise<readonly Observation[]> {
  const { rows } = await db.query<ObservationRow>(
    'SELECT * FROM observations WHERE field_id = $1 ORDER BY at_ms, slot',
    [fieldId],
  );
  return rows.map((row) => ({
    requestId: row.request_id,
    atMs: Number(row.at_ms),
    ruling: row.ruling,
    severity: row.severity,
    rule: row.rule,
    failure: row.explanation,
    legacy: row.legacy ?? undefined,
    modern: row.modern ?? undefined,
    hasSecond: row.has_second,
    second: row.second ?? undefined,
    cut: row.cut,
    facts: JSON.parse(row.facts),
  }));
}

interface FieldRow {
  readonly id: string;
  readonly migration: string;
  readonly grp: string;
  readonly route: string;
  readonly field: string;
  readonly modern_deployment: string;
  readonly differing: string;
  readonly first_seen_ms: string;
  readonly last_seen_ms: string;
}

function fieldOf(row: FieldRow): FieldToJudge {
  return {
    id: row.id,
    migration: row.migration,
    group: row.grp,
    route: row.route,
    field: row.field,
    modernDeployment: row.modern_deployment,
    differing: Number(row.differing),
    firstSeenMs: Number(row.first_seen_ms),
    lastSeenMs: Number(row.last_seen_ms),
  };
}

interface ObservationRow {
  readonly request_id: string;
  readonly at_ms: string;
  readonly ruling: Ruling;
  readonly severity: Severity;
  readonly rule: string;
  readonly explanation: string;
  readonly legacy: string | null;
  readonly modern: string | null;
  readonly has_second: boolean;
  readonly second: string | null;
  readonly cut: boolean;
  readonly facts: string;
}
