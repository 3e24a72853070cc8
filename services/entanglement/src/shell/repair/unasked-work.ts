import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { universeNumbers } from '../capture/capture-options.ts';

/** Settled cases are kept so long. */
const keptMs = 24 * 3_600_000;

/**
 * What was done without a request in one universe alone, and by requests without a verdict, as far as cases tell. A case differed if a repair was written for
 * it, or none could be: one whose rows were equal by then is the other universe's same work at another time.
 *
 * @param sinceMs committed at or after it; never further back than cases are kept.
 */
export async function readUnasked(
  database: Queryable,
  migration: string,
  sinceMs: number,
  nowMs = Date.now(),
): Promise<Unasked> {
  const fromMs = Math.max(sinceMs, nowMs - keptMs);
  const { rows } = await database.query<Counted>(
    `WITH written AS (
       SELECT DISTINCT unnest(cases) AS id FROM entanglement.repairs
       WHERE migration = $1 AND state = 'done' AND intended_at >= to_timestamp($2::float8 / 1000)
     ), work AS (
       SELECT split_part(id, '/', 1) AS id, content ->> 'cause' AS cause, content ->> 'authority' AS authority,
         state = 'outstanding' OR id IN (SELECT id FROM written) AS differed,
         state = 'open' AND opened_at < now() - interval '10 s' AS undecided
       FROM entanglement.repair_cases
       WHERE migration = $1 AND content ->> 'cause' IN ('unattributed', 'unjudged') AND (content ->> 'committedMs')::float8 >= $2::float8
     )
     SELECT cause, CASE cause WHEN 'unattributed' THEN split_part(id, ':', 2) END AS universe,
       count(DISTINCT id)::text AS transactions,
       (count(DISTINCT id) FILTER (WHERE differed))::text AS differed,
       (count(DISTINCT id) FILTER (WHERE differed AND authority <> split_part(id, ':', 2)))::text AS taken_back,
       (count(DISTINCT id) FILTER (WHERE undecided AND NOT differed AND authority <> split_part(id, ':', 2)))::text AS undecided
     FROM work GROUP BY 1, 2 ORDER BY 1, 2`,
    [migration, String(fromMs)],
  );
  return {
    unasked: rows.flatMap(({ universe, transactions, differed, taken_back, undecided }) =>
      universe === null
        ? []
        : [
            {
              universe: universeNumbers[universe],
              transactions: BigInt(transactions),
              differed: BigInt(differed),
              takenBack: BigInt(taken_back),
              undecided: BigInt(undecided),
            },
          ],
    ),
    unjudged: BigInt(rows.find(({ cause }) => cause === 'unjudged')?.transactions ?? 0),
  };
}

interface Counted {
  readonly cause: string;
  readonly universe: Universe | null;
  readonly transactions: string;
  readonly differed: string;
  readonly taken_back: string;
  readonly undecided: string;
}

interface Unasked {
  readonly unasked: readonly {
    readonly universe: (typeof universeNumbers)[Universe];
    readonly transactions: bigint;
    readonly differed: bigint;
    readonly takenBack: bigint;
    readonly undecided: bigint;
  }[];
  readonly unjudged: bigint;
}
