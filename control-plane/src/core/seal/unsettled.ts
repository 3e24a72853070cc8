import type { RepairCase } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';

export type Standing =
  | { readonly kind: 'none' }
  /** All are being looked at: seconds, as a rule. */
  | { readonly kind: 'open'; readonly words: string }
  /** At least one was not settled in time, or is only reported. */
  | { readonly kind: 'left'; readonly words: string };

/** What cases that were opened since a verification began say of a seal. Older ones say nothing: their rows were compared with all others. */
export function standingOf(unsettled: readonly RepairCase[]): Standing {
  const left = unsettled.find(({ state }) => state !== 'open');
  const told = left ?? unsettled[0];
  return told === undefined
    ? { kind: 'none' }
    : { kind: left === undefined ? 'open' : 'left', words: wordsOf(told, unsettled.length) };
}

function wordsOf({ id, state, reason }: RepairCase, count: number): string {
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  return `${id}${others} ${count === 1 ? 'is' : 'are'} ${state}${reason === '' ? '' : ` (${reason})`}`;
}
