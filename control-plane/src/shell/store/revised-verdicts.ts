import { fromBinary } from '@bufbuild/protobuf';
import { Kind, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Queryable } from './database.ts';
import type { MismatchGroupRecord } from './mismatch-store.ts';
import { boundedBody, classOf, type EncodedVerdict, standingFields } from './verdict-store.ts';

/** A verdict and the one that takes its place. */
export interface Revision {
  readonly before: Verdict;
  readonly after: Verdict;
}

/**
 * Puts revised verdicts in the place of what is stored of their requests, each once, and returns both. One that is not newer than what is
 * stored changes nothing; nor does one of a request whose verdict is not kept any more.
 */
export async function replaceVerdicts(
  tx: Queryable,
  revised: readonly EncodedVerdict[],
): Promise<Revision[]> {
  const replaced: Revision[] = [];
  for (const encoded of revised) {
    const { verdict } = encoded;
    const { rows } = await tx.query<{ body: Buffer }>(
      'SELECT body FROM verdicts WHERE request_id = $1 AND revision < $2 FOR UPDATE',
      [verdict.requestId, verdict.revision],
    );
    const stored = rows[0];
    if (stored === undefined) continue;
    await tx.query(
      `UPDATE verdicts SET kind = $2, class = $3, fields = string_to_array($4, E'\\n'), body = $5, revision = $6
       WHERE request_id = $1`,
      [
        verdict.requestId,
        verdict.kind,
        classOf(verdict.kind),
        standingFields(verdict).join('\n'),
        Buffer.from(boundedBody(encoded)),
        verdict.revision,
      ],
    );
    replaced.push({ before: fromBinary(VerdictSchema, stored.body), after: verdict });
  }
  return replaced;
}

/** Takes mismatches that are none any more, or others now, back out of their groups' counts. */
export async function takeBackMismatches(
  tx: Queryable,
  groups: readonly MismatchGroupRecord[],
): Promise<void> {
  for (const { migration, group, route, field, modernDeployment, count } of groups) {
    const key = [migration, group, route, field, modernDeployment];
    await tx.query(
      `UPDATE mismatch_groups SET count = count - $6
       WHERE (migration, grp, route, field, modern_deployment) = ($1, $2, $3, $4, $5)`,
      [...key, count],
    );
    await tx.query(
      `DELETE FROM mismatch_groups WHERE (migration, grp, route, field, modern_deployment) = ($1, $2, $3, $4, $5) AND count <= 0`,
      key,
    );
  }
}

/** What was observed of the fields of verdicts that are replaced is no observation any more. */
export async function takeBackObservations(tx: Queryable, verdicts: readonly Verdict[]): Promise<void> {
  for (const { migration, group, route, requestId } of verdicts) {
    await tx.query(
      `DELETE FROM observations o USING observed_fields f
       WHERE o.field_id = f.id AND (f.migration, f.grp, f.route) = ($1, $2, $3) AND o.request_id = $4`,
      [migration, group, route, requestId],
    );
  }
}

export function isMismatch({ kind }: Verdict): boolean {
  return kind === Kind.MISMATCH;
}
