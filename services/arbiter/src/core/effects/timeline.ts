import type { Change, Transaction } from './transaction.ts';

/** What one transaction did to one row. */
export interface Version {
  readonly transaction: Transaction;
  /** Its changes of this row, in order; never empty. */
  readonly changes: readonly Change[];
}

/** A row's transactions in the order of their commits, as far as they are remembered. */
export interface Timeline {
  readonly legacy: readonly Version[];
  readonly modern: readonly Version[];
}

export function stateBefore(version: Version | undefined): Change['before'] {
  return version?.changes[0]?.before;
}

export function stateAfter(version: Version | undefined): Change['after'] {
  return version?.changes.at(-1)?.after;
}
