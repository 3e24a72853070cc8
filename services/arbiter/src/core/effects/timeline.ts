import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import type { Change, Transaction } from './transaction.ts';

/** What one transaction did to one row. */
export interface Version {
  readonly transaction: Transaction;
  /** Its changes of this row, in order; never empty. */
  readonly changes: readonly Change[];
  /** Of requests that no service can tell apart: the name of all of them. */
  readonly deed?: string;
}

/** Whose work it is: the same name in both universes. */
export function deedOf({ deed, transaction }: Version): string {
  return deed ?? transaction.requestId;
}

/** A row's transactions in the order of their commits, as far as they are remembered. */
export interface Timeline {
  readonly legacy: readonly Version[];
  readonly modern: readonly Version[];
}

/** The same, and what is known of requests that one database is never going to do. */
export interface RowHistory extends Timeline {
  /** Legacy never did this request, through no fault of modern's; absent: none such is known. */
  readonly isLacked?: (requestId: string) => boolean;
}

/** Legacy lacks it until a repair carries it over. What was only inferred may be another request's. */
export function lacks({ isLacked }: RowHistory, version: Version | undefined): boolean {
  const { requestId = '', attribution } = version?.transaction ?? {};
  return TOLD.has(attribution) && requestId !== '' && isLacked?.(requestId) === true;
}

const TOLD: ReadonlySet<Attribution | undefined> = new Set([Attribution.TAGGED, Attribution.COMMENT]);

export function stateBefore(version: Version | undefined): Change['before'] {
  return version?.changes[0]?.before;
}

export function stateAfter(version: Version | undefined): Change['after'] {
  return version?.changes.at(-1)?.after;
}
