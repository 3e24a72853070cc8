import { leadingDifferences } from '@chronos/arbiter/core/explain/leading.ts';
import { stands } from '@chronos/arbiter/core/judge/ruling.ts';
import { Ruling, type Severity, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import type { JudgedMismatches } from '../../core/judgement/mismatches-by-cause.ts';
import type { FieldKey } from '../../core/judgement/observed.ts';
import type { Queryable } from './database.ts';

/** Mismatches of one route and field against one deployment, of one migration. */
export interface MismatchGroupRecord extends JudgedMismatches {
  readonly migration: string;
}

/** Groups kept of one migration; further kinds of mismatch are counted together, so that answers cannot make the table grow for ever. */
const mismatchGroupsMax = 2_000;
export const otherRoute = '(other)';

/** Mismatched verdicts as groups with their counts: one for each route, field and deployment. */
export function groupMismatches(
  verdicts: readonly Verdict[],
  seenMs: (verdict: Verdict) => number,
): MismatchGroupRecord[] {
  const groups = new Map<string, MismatchGroupRecord>();
  for (const verdict of verdicts) {
    const counted = new Set<string>();
    for (const difference of leadingDifferences(verdict.differences.filter(stands))) {
      if (counted.has(difference.path)) continue;
      counted.add(difference.path);
      const key = JSON.stringify([
        verdict.migration,
        verdict.group,
        verdict.route,
        difference.path,
        verdict.modernDeployment,
      ]);
      const before = groups.get(key);
      const at = seenMs(verdict);
      groups.set(key, {
        migration: verdict.migration,
        group: verdict.group,
        route: verdict.route,
        field: difference.path,
        modernDeployment: verdict.modernDeployment,
        count: (before?.count ?? 0) + 1,
        firstSeenMs: Math.min(before?.firstSeenMs ?? at, at),
        lastSeenMs: Math.max(before?.lastSeenMs ?? at, at),
        exampleRequestId: before?.exampleRequestId ?? verdict.requestId,
        legacy: before?.legacy ?? difference.legacy,
        modern: before?.modern ?? difference.modern,
        explanation: before?.explanation ?? difference.explanation,
        ruling: before?.ruling === Ruling.BUG ? Ruling.BUG : difference.ruling,
        severity: Math.max(before?.severity ?? 0, difference.severity),
        rule: before?.rule ?? difference.rule,
        signature: '',
        formula: '',
        condition: '',
      });
    }
  }
  return [...groups.values()];
}

/** Adds to the groups' counts, in one statement; the first example stays. New groups beyond the bound share one row. */
export async function addMismatches(tx: Queryable, groups: readonly MismatchGroupRecord[]): Promise<void> {
  if (groups.length === 0) return;
  const column = <T>(of: (group: MismatchGroupRecord) => T): T[] => groups.map(of);
  await tx.query(
    `WITH seen AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[],
         $10::text[], $11::text[], $12::text[], $13::int[], $14::int[], $15::text[])
         AS s (migration, grp, route, field, modern_deployment, count, first_seen_ms, last_seen_ms, example_request_id, legacy, modern,
           explanation, ruling, severity, rule)
     ), room AS (
       SELECT migration, count(*) AS used FROM mismatch_groups WHERE migration = ANY($1) GROUP BY migration
     ), placed AS (
       SELECT seen.*, coalesce(used, 0) < ${mismatchGroupsMax} OR EXISTS (SELECT FROM mismatch_groups g
         WHERE (g.migration, g.grp, g.route, g.field, g.modern_deployment)
           = (seen.migration, seen.grp, seen.route, seen.field, seen.modern_deployment)) AS free
       FROM seen LEFT JOIN room USING (migration)
     )
     INSERT INTO mismatch_groups (migration, grp, route, field, modern_deployment, count, first_seen_ms, last_seen_ms, example_request_id,
       legacy, modern, explanation, ruling, severity, rule)
     SELECT migration, grp, CASE WHEN free THEN route ELSE '${otherRoute}' END AS r, CASE WHEN free THEN field ELSE '' END AS f,
       modern_deployment, sum(count), min(first_seen_ms), max(last_seen_ms), (array_agg(example_request_id))[1], (array_agg(legacy))[1],
       (array_agg(modern))[1], (array_agg(explanation))[1], max(ruling), max(severity), (array_agg(rule))[1]
     FROM placed GROUP BY migration, grp, r, f, modern_deployment
     ON CONFLICT (migration, grp, route, field, modern_deployment) DO UPDATE SET count = mismatch_groups.count + excluded.count,
       first_seen_ms = least(mismatch_groups.first_seen_ms, excluded.first_seen_ms),
       last_seen_ms = greatest(mismatch_groups.last_seen_ms, excluded.last_seen_ms),
       ruling = CASE WHEN mismatch_groups.ruling IN (${Ruling.HARMLESS}, ${Ruling.APPROVED}) THEN excluded.ruling ELSE mismatch_groups.ruling END`,
    [
      column((g) => g.migration),
      column((g) => g.group),
      column((g) => g.route),
      column((g) => g.field),
      column((g) => g.modernDeployment),
      column((g) => g.count),
      column((g) => g.firstSeenMs),
      column((g) => g.lastSeenMs),
      column((g) => g.exampleRequestId),
      column((g) => g.legacy),
      column((g) => g.modern),
      column((g) => g.explanation),
      column((g) => g.ruling),
      column((g) => g.severity),
      column((g) => g.rule),
    ],
  );
}

/** What the judge makes of a group from all differences seen of it. */
export async function saveGroupJudgement(
  tx: Queryable,
  key: FieldKey,
  judgement: Pick<
    MismatchGroupRecord,
    'ruling' | 'severity' | 'rule' | 'explanation' | 'signature' | 'formula' | 'condition'
  >,
): Promise<void> {
  await tx.query(
    `UPDATE mismatch_groups SET ruling = $6, severity = $7, rule = $8, explanation = CASE WHEN $9 = '' THEN explanation ELSE $9 END,
       signature = $10, formula = $11, condition = $12
     WHERE (migration, grp, route, field, modern_deployment) = ($1, $2, $3, $4, $5)`,
    [
      key.migration,
      key.group,
      key.route,
      key.field,
      key.modernDeployment,
      judgement.ruling,
      judgement.severity,
      judgement.rule,
      judgement.explanation,
      judgement.signature,
      judgement.formula,
      judgement.condition,
    ],
  );
}

/** What the judge makes of a field, by modern's deployment. */
export async function groupJudgements(
  db: Queryable,
  key: Omit<FieldKey, 'modernDeployment'>,
): Promise<ReadonlyMap<string, { readonly ruling: Ruling; readonly rule: string }>> {
  const { rows } = await db.query<{ modern_deployment: string; ruling: Ruling; rule: string }>(
    'SELECT modern_deployment, ruling, rule FROM mismatch_groups WHERE (migration, grp, route, field) = ($1, $2, $3, $4)',
    [key.migration, key.group, key.route, key.field],
  );
  return new Map(rows.map(({ modern_deployment, ruling, rule }) => [modern_deployment, { ruling, rule }]));
}

/** Those that still stand; bounded by {@link mismatchGroupsMax} a migration and what overflows. */
export async function standingGroups(
  db: Queryable,
  migration: string,
  modernDeployment: string,
): Promise<MismatchGroupRecord[]> {
  const { rows } = await db.query<MismatchGroupRow>(
    `SELECT * FROM mismatch_groups WHERE migration = $1 AND ($2 = '' OR modern_deployment = $2)
       AND ruling NOT IN (${Ruling.HARMLESS}, ${Ruling.APPROVED})
     ORDER BY severity DESC, ruling, last_seen_ms DESC, count DESC, grp, route, field, modern_deployment`,
    [migration, modernDeployment],
  );
  return rows.map(recordOf);
}

/** All that ever mismatched, most frequent first, also what a rule has settled since. */
export async function listMismatchGroups(
  db: Queryable,
  migration: string,
  limit: number,
): Promise<MismatchGroupRecord[]> {
  const { rows } = await db.query<MismatchGroupRow>(
    `SELECT * FROM mismatch_groups WHERE migration = $1
     ORDER BY count DESC, grp, route, field, modern_deployment LIMIT $2`,
    [migration, limit],
  );
  return rows.map(recordOf);
}

function recordOf(row: MismatchGroupRow): MismatchGroupRecord {
  return {
    migration: row.migration,
    group: row.grp,
    route: row.route,
    field: row.field,
    modernDeployment: row.modern_deployment,
    count: Number(row.count),
    firstSeenMs: Number(row.first_seen_ms),
    lastSeenMs: Number(row.last_seen_ms),
    exampleRequestId: row.example_request_id,
    legacy: row.legacy,
    modern: row.modern,
    explanation: row.explanation,
    ruling: row.ruling,
    severity: row.severity,
    rule: row.rule,
    signature: row.signature,
    formula: row.formula,
    condition: row.condition,
  };
}

interface MismatchGroupRow {
  migration: string;
  grp: string;
  route: string;
  field: string;
  modern_deployment: string;
  count: string;
  first_seen_ms: string;
  last_seen_ms: string;
  example_request_id: string;
  legacy: string;
  modern: string;
  explanation: string;
  ruling: Ruling;
  severity: Severity;
  rule: string;
  signature: string;
  formula: string;
  condition: string;
}
