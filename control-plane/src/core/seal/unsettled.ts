import { type Timestamp, timestampMs } from '@bufbuild/protobuf/wkt';
import type { ListRepairsResponse, RepairCase } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';

export type Unsettled =
  /** Nothing is known to differ since. */
  | { readonly kind: 'none' }
  /** Being looked at: seconds, as a rule. */
  | { readonly kind: 'open'; readonly words: string }
  /** Not settled in time, or only reported. */
  | { readonly kind: 'left'; readonly words: string };

/**
 * What is known to differ although the databases were verified from `verifiedFrom` on (undefined: not known): cases opened since, for the rows of older ones were
 * compared with all others. A list that was cut may hide one.
 */
export function unsettledSince(
  { unsettled, totals }: Pick<ListRepairsResponse, 'unsettled' | 'totals'>,
  verifiedFrom: Timestamp | undefined,
): Unsettled {
  const isSince = ({ openedAt }: RepairCase) =>
    openedAt === undefined ||
    verifiedFrom === undefined ||
    timestampMs(openedAt) >= timestampMs(verifiedFrom);
  const { open = 0n, outstanding = 0n, reported = 0n } = totals ?? {};
  const more = open + outstanding + reported - BigInt(unsettled.length);
  const since = unsettled.filter(isSince);
  const left = since.find(({ state }) => state !== 'open');
  if (left !== undefined) return { kind: 'left', words: wordsOf(left, since.length) };
  if (more > 0n) return { kind: 'left', words: `${more} more cases than can be listed are not settled` };
  const [first] = since;
  return first === undefined ? { kind: 'none' } : { kind: 'open', words: wordsOf(first, since.length) };
}

function wordsOf({ id, state, reason }: RepairCase, count: number): string {
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  return `${id}${others} ${count === 1 ? 'is' : 'are'} ${state}${reason === '' ? '' : ` (${reason})`}`;
}
