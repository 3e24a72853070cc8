import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { causesOf } from '@chronos/arbiter/core/explain/causes.ts';
import { type MismatchGroup, MismatchGroupSchema } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { causeOfField } from './field-cause.ts';

/** Mismatches of one route and field against one deployment, with what the judge makes of them. */
export interface JudgedMismatches {
  readonly group: string;
  readonly route: string;
  readonly field: string;
  readonly modernDeployment: string;
  readonly count: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly exampleRequestId: string;
  readonly legacy: string;
  readonly modern: string;
  readonly explanation: string;
  readonly ruling: Ruling;
  readonly severity: Severity;
  readonly rule: string;
  readonly signature: string;
  readonly formula: string;
  readonly condition: string;
}

/** As the API lists them: one cause after the other, the most severe and newest cause first, each group with the cause it belongs to. */
export function mismatchesByCause(groups: readonly JudgedMismatches[]): MismatchGroup[] {
  const rows = groups.map(({ signature, formula, condition, explanation, ...group }) => ({
    ...group,
    // Not judged yet.
    ...(signature === ''
      ? causeOfField(group, { rule: group.rule, explanation: undefined })
      : { signature, formula }),
    sentence: explanation,
    condition: condition === '' ? undefined : condition,
  }));
  return causesOf(rows).flatMap(({ id, title, fieldsTotal, routesTotal, rows: members }) =>
    members.map((row) =>
      create(MismatchGroupSchema, {
        group: row.group,
        route: row.route,
        field: row.field,
        count: BigInt(row.count),
        firstSeen: timestampFromMs(row.firstSeenMs),
        lastSeen: timestampFromMs(row.lastSeenMs),
        exampleRequestId: row.exampleRequestId,
        legacy: row.legacy,
        modern: row.modern,
        explanation: row.sentence,
        modernDeployment: row.modernDeployment,
        ruling: row.ruling,
        severity: row.severity,
        rule: row.rule,
        cause: { id, sentence: title, fields: fieldsTotal, routes: routesTotal },
      }),
    ),
  );
}
