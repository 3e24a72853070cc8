import { Attribution, type Operation } from '@chronos/proto/events/v1/state_update_pb.js';
import type { State } from './cell.ts';

export type UniverseName = 'legacy' | 'modern';
export const UNIVERSES: readonly UniverseName[] = ['legacy', 'modern'];

/** One change of one row. */
export interface Change {
  readonly entity: string;
  /** Canonical key fields as JSON array text. */
  readonly key: string;
  readonly op: Operation;
  readonly before: State | undefined;
  readonly after: State | undefined;
  /** What the database itself said of it, where more is known by now. */
  readonly told?: { readonly before: State | undefined; readonly after: State | undefined };
}

/** A committed transaction, all of its parts. */
export interface Transaction {
  readonly migration: string;
  readonly universe: UniverseName;
  readonly lsn: bigint;
  readonly xid: bigint;
  /** What the database's clock says, as far as Chronos' own bears it out. */
  readonly committedMs: number;
  /** What the database's clock says. */
  readonly databaseMs: number;
  /** When it was published. */
  readonly toldMs: number;
  /** Empty: nobody said. */
  readonly requestId: string;
  readonly attribution: Attribution;
  readonly traceparent: string;
  /** Of the topic, in which it stands. */
  readonly partition: number;
  readonly changes: readonly Change[];
  /** It changed more than is kept: `changes` is empty then. */
  readonly tooLarge: boolean;
  /** Of one that is too large: rows that it changed, at least so many, and the entities that they are of. */
  readonly extent?: { readonly rows: number; readonly entities: ReadonlySet<string> };
}

/** Chronos' own repairs and copies: nobody's request. */
export function isOwn({ attribution }: Transaction): boolean {
  return attribution === Attribution.REPAIR || attribution === Attribution.COPY;
}

/** What a request did to one row in one universe, all its changes together. */
export interface RowEffect {
  readonly entity: string;
  readonly key: string;
  readonly before: State | undefined;
  readonly after: State | undefined;
  /** The row's states on the way: before the first change, after each. */
  readonly steps: readonly (State | undefined)[];
  readonly attribution: Attribution;
  readonly lsn: bigint;
}

export function rowId(entity: string, key: string): string {
  return `${entity}\n${key}`;
}

/**
 * The effect of transactions of one universe, by {@link rowId}: of several changes of a row the state before the first and after the last.
 * Rows that came and went within them are left out.
 */
export function effectOf(transactions: readonly Transaction[]): Map<string, RowEffect> {
  const rows = new Map<string, RowEffect>();
  for (const { changes, attribution, lsn } of transactions.toSorted((a, b) => (a.lsn < b.lsn ? -1 : 1))) {
    for (const { entity, key, before, after } of changes) {
      const id = rowId(entity, key);
      const known = rows.get(id);
      const from = known ?? { before, steps: [before] };
      rows.set(id, {
        entity,
        key,
        before: from.before,
        after,
        steps: [...from.steps, after],
        attribution,
        lsn,
      });
    }
  }
  for (const [id, { key, before, after }] of rows) {
    if (before === undefined && after === undefined && key !== '') rows.delete(id);
  }
  return rows;
}
