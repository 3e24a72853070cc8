import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type CaptureState,
  type EntanglementState,
  JobState,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';

/** A verification that ended longer ago proves too little: a seal has no way back. */
export const proofFreshMs = 10 * 60_000;

export type Proof =
  | { readonly kind: 'proven'; readonly verification: Verification }
  | { readonly kind: 'running'; readonly verification: Verification }
  | { readonly kind: 'refuted'; readonly verification: Verification; readonly reason: string }
  | { readonly kind: 'none' };

/**
 * What the newest verification of all declared entities says of the databases. One that ended before `sinceMs` is none, nor is one that went on after a
 * stop: while it stood still, nobody looked at the rows that it had compared. Nor is one since whose beginning a table was rewritten as a whole, which
 * comes as no change of a row.
 */
export function proofOf(
  {
    lastVerification: last,
    runningVerification: running,
    captures,
  }: Pick<EntanglementState, 'lastVerification' | 'runningVerification' | 'captures'>,
  entities: readonly string[],
  sinceMs: number,
): Proof {
  if (running !== undefined) return { kind: 'running', verification: running };
  if (last?.endedAt === undefined || timestampMs(last.endedAt) < sinceMs || last.resumed)
    return { kind: 'none' };
  const { startedAt } = last;
  const isOutdated = ({ tablesKeptSince: since }: CaptureState) =>
    since !== undefined && startedAt !== undefined && timestampMs(since) > timestampMs(startedAt);
  if (captures.some(isOutdated)) return { kind: 'none' };
  const verified = new Set(last.entities.map(({ entity }) => entity));
  if (!entities.every((entity) => verified.has(entity))) return { kind: 'none' };
  if (last.state === JobState.CLEAN) return { kind: 'proven', verification: last };
  const reason = refutations[last.state]?.(last);
  return reason === undefined ? { kind: 'none' } : { kind: 'refuted', verification: last, reason };
}

const refutations: Partial<Record<JobState, (verification: Verification) => string>> = {
  [JobState.DIFFERENT]: (verification) =>
    `the databases differ in ${sum(verification, 'differences')} rows → chronos verify --repair makes them equal`,
  [JobState.UNSETTLED]: (verification) =>
    `nothing is proven of ${sum(verification, 'unsettled')} rows that changed in every reading → try again with less traffic`,
  [JobState.FAILED]: ({ failure }) => `the databases could not be verified: ${failure}`,
};

function sum({ entities }: Verification, of: 'differences' | 'unsettled'): bigint {
  return entities.reduce((total, entity) => total + entity[of], 0n);
}

/** A capture that has not looked at its tables since then, so that one of them may have been rewritten unseen. */
export function notLookedSince(
  { captures }: Pick<EntanglementState, 'captures'>,
  ms: number,
): CaptureState | undefined {
  return captures.find(({ tablesLookedAt: at }) => at === undefined || timestampMs(at) < ms);
}
