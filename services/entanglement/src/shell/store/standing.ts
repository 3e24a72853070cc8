/** What people are called for that no process counts: how old the newest proof is, and how long a case has been open. */
import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import { JobState, type Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { StandingFigures } from '../metrics.ts';
import { JobStore } from './job-store.ts';

/** Verifications of some entities only prove nothing of the others: so many are looked through for one of all. */
const lookedThrough = 10;

const words: Partial<Record<JobState, StandingFigures['verified']>> = {
  [JobState.CLEAN]: 'clean',
  [JobState.DIFFERENT]: 'different',
  [JobState.UNSETTLED]: 'unsettled',
  [JobState.FAILED]: 'failed',
};

/**
 * @param declared entities of each migration, by its name
 * @throws Error when Chronos' database does not answer
 */
export async function readStanding(
  database: Queryable,
  declared: ReadonlyMap<string, readonly string[]>,
  nowMs: number,
): Promise<StandingFigures[]> {
  const open = await database.query<{ migration: string; seconds: number }>(
    `SELECT migration, extract(epoch FROM now() - min(opened_at))::float8 AS seconds
     FROM entanglement.repair_cases WHERE state = 'open' GROUP BY migration`,
  );
  const store = JobStore.verifications(database);
  const figures = [...declared].map(async ([migration, entities]): Promise<StandingFigures> => {
    const newest = (await store.ended(migration, lookedThrough)).find(
      (one) => words[one.state] !== undefined && coversAll(one, entities),
    );
    const endedAt = newest?.endedAt;
    return {
      migration,
      oldestOpenSeconds: open.rows.find((row) => row.migration === migration)?.seconds ?? 0,
      ...(newest !== undefined &&
        endedAt !== undefined && {
          verified: words[newest.state],
          verifiedAgeSeconds: Math.max(0, nowMs - timestampMs(endedAt)) / 1000,
        }),
    };
  });
  return Promise.all(figures);
}

function coversAll({ entities }: Verification, declared: readonly string[]): boolean {
  return declared.every((name) => entities.some(({ entity }) => entity === name));
}
