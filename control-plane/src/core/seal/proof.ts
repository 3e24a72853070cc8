import { timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type CaptureState,
  type EntanglementState,
  JobState,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';

/** A verification that ended longer ago proves too little: a seal has no way back. */
export const proofFreshMs = 10 * 60_000;

export type Proof =
  | { readonly kind: 'proven'; readonly verification: Verification }
  | { readonly kind: 'running'; readonly verification: Verification }
  | { readonly kind: 'refuted'; readonly verification: Verification; readonly reason: string }
  /** `isOutdated`: a table was rewritten as a whole since the verification began, so that it is to be made once more. */
  | { readonly kind: 'none'; readonly reason: string; readonly isOutdated?: true };

/**
 * What the newest verification of all declared entities says of the databases. One that ended before `sinceMs` is none, nor is one that went on after a
 * stop: while it stood still, nobody looked at the rows that it had compared. Nor does a clean one prove anything since whose beginning a table was rewritten
 * as a whole, which comes as no change of a row; rows that differ are told all the same, for that is what people have to know.
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
  if (last?.endedAt === undefined) return none('the databases were never verified');
  if (timestampMs(last.endedAt) < sinceMs) return none('the last verification is too old');
  if (last.resumed)
    return none('the last verification went on after a stop: while it stood still nobody looked');
  const verified = new Set(last.entities.map(({ entity }) => entity));
  const left = entities.filter((entity) => !verified.has(entity));
  if (left.length > 0) return none(`the last verification did not compare ${left.join(', ')}`);
  const refutation = refutations[last.state];
  if (refutation !== undefined) return { kind: 'refuted', verification: last, reason: refutation(last) };
  if (last.state !== JobState.CLEAN)
    return none('the verification was stopped before its end (chronos decisions tells by whom)');
  const { startedAt } = last;
  const rewritten = captures.find(
    ({ tablesKeptSince: since }: CaptureState) =>
      since !== undefined && startedAt !== undefined && timestampMs(since) > timestampMs(startedAt),
  );
  if (rewritten === undefined) return { kind: 'proven', verification: last };
  const reason = `a table of ${rewritten.universe === Universe.MODERN ? 'modern' : 'legacy'} was emptied or rewritten as a whole while the databases were verified`;
  return { kind: 'none', reason, isOutdated: true };
}

function none(reason: string): Proof {
  return { kind: 'none', reason };
}

const refutations: Partial<Record<JobState, (verification: Verification) => string>> = {
  [JobState.DIFFERENT]: (verification) =>
    `the databases differ in ${differing(verification)} → chronos repairs tells whether self-correction is at them; else chronos verify --repair makes them equal`,
  [JobState.UNSETTLED]: (verification) =>
    `nothing is proven of ${sum(verification, 'unsettled')} rows that changed in every reading → try again with less traffic`,
  [JobState.FAILED]: ({ failure }) => `the databases could not be verified: ${failure}`,
};

/** `4 rows: account 3, entry 1`; a verification ends where an entity has too many. */
function differing(verification: Verification): string {
  const { entities, truncated } = verification;
  const each = entities
    .map(({ entity, differences, repaired }) => ({ entity, rows: differences - repaired }))
    .filter(({ rows }) => rows > 0n);
  const rows = each.reduce((total, one) => total + one.rows, 0n);
  const atLeast = truncated ? 'at least ' : '';
  return `${atLeast}${rows} ${rows === 1n ? 'row' : 'rows'}: ${each.map((one) => `${one.entity} ${one.rows}`).join(', ')}`;
}

function sum({ entities }: Verification, of: 'unsettled'): bigint {
  return entities.reduce((total, entity) => total + entity[of], 0n);
}

/** A capture that has not looked at its tables since then, so that one of them may have been rewritten unseen. */
export function notLookedSince(
  { captures }: Pick<EntanglementState, 'captures'>,
  ms: number,
): CaptureState | undefined {
  return captures.find(({ tablesLookedAt: at }) => at === undefined || timestampMs(at) < ms);
}
