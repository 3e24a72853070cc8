import { fromBinary } from '@bufbuild/protobuf';
import type { Sample } from '@chronos/arbiter/core/explain/sample.ts';
import { requestFacts } from '@chronos/arbiter/core/verdict/request-facts.ts';
import { Kind, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import type { FieldKey } from '../../core/judgement/observed.ts';
import { valueAt } from '../../core/judgement/value-at.ts';
import type { Queryable } from './database.ts';

/** Requests of a route that are enough to tell a condition from chance. */
const samplesMax = 150;
/** How far back they are looked for: a rare route must not make the query read the whole table. */
const verdictsBack = 5_000;

/** The newest requests of a route that matched, for what they asked; read from the stored verdicts, so that taking them in costs nothing. */
export async function equalSamples(db: Queryable, key: FieldKey): Promise<Sample[]> {
  const { rows } = await db.query<{ body: Buffer }>(
    `SELECT body FROM (
       SELECT grp, route, kind, body FROM verdicts WHERE migration = $1 ORDER BY sequence DESC LIMIT ${verdictsBack}
     ) AS newest WHERE grp = $2 AND route = $3 AND kind = ANY($4::int[]) LIMIT ${samplesMax}`,
    [key.migration, key.group, key.route, [Kind.IDENTICAL, Kind.EQUIVALENT]],
  );
  return rows.map(({ body }) => sampleOf(fromBinary(VerdictSchema, body), key.field));
}

function sampleOf(verdict: Verdict, field: string): Sample {
  const facts = requestFacts(verdict.legacy ?? verdict.modern, verdict.route, verdict.segments);
  const value = valueAt(verdict.legacy?.response, field);
  return {
    ...(value !== undefined && { legacy: value, modern: value }),
    request: new Map(Object.entries(facts)),
  };
}
