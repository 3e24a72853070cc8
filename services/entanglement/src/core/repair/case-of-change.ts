import { timestampMs } from '@bufbuild/protobuf/wkt';
import { type EntityChange, Operation } from '@chronos/proto/events/v1/state_update_pb.js';
import type { UnattributedChange } from '@chronos/proto/events/v1/verdict_pb.js';
import { MarkedKeys } from '../identifiers/marked-keys.ts';
import type { Universe } from '../mapping/catalog.ts';
import { contentOf, universeOf } from './case-of-verdict.ts';
import type { OpenWork } from './open-rows.ts';
import { rowsById } from './reconciler.ts';
import type { CaseRow, RepairCase } from './repair-case.ts';
import { unknownRow } from './unknown-row.ts';

/** Who is right about what no request did. */
export interface Home {
  /** Legacy until the hot-swap, modern from then on. */
  readonly universe: Universe;
  /** Both answer clients: a change outside of any request may belong to either's answers. */
  readonly both: boolean;
  /** Names of rows that have ids of each universe's own. */
  readonly keys?: MarkedKeys;
}

/** A transaction that belongs to no request: the home's is carried over, the other's is taken back. Undefined when both have made it. */
export function caseOfChange(change: UnattributedChange, home: Home, nowMs: number): RepairCase | undefined {
  if (change.counterpartLsn !== 0n || change.changes.length === 0) return undefined;
  const universe = universeOf(change.universe);
  return {
    id: `tx:${universe}:${change.commitLsn}`,
    cause: 'unattributed',
    revision: 0,
    authority: home.universe,
    committedMs: change.committedAt === undefined ? nowMs : timestampMs(change.committedAt),
    authorityLsn: universe === home.universe ? change.commitLsn : 0n,
    openedMs: nowMs,
    revertFirst: false,
    undecided: home.both && universe !== home.universe,
    rows: rowsById(
      change.changes.map((row) => ({
        ...unknownRow(row.entity, keysOf(home).common(universe, row.entity, row.key), isMade(home, row)),
        ...(universe === home.universe && beforeOf(home, row)),
      })),
    ),
  };
}

/** Transactions that nobody has judged in time: whatever they did, their rows are compared. */
export function caseOfUnjudged(work: OpenWork, home: Home, nowMs: number): RepairCase | undefined {
  const rows = work.transactions.flatMap(({ universe, rows: touched }) =>
    touched.map(({ entity, key }) => ({ entity, key: keysOf(home).common(universe, entity, key) })),
  );
  if (rows.length === 0) return undefined;
  return {
    id: work.id,
    cause: 'unjudged',
    revision: 0,
    authority: home.universe,
    committedMs: Math.max(...work.transactions.map(({ committedMs }) => committedMs)),
    authorityLsn: 0n,
    openedMs: nowMs,
    revertFirst: false,
    undecided: home.both,
    rows: rowsById(rows.map(({ entity, key }) => unknownRow(entity, key))),
  };
}

function keysOf({ keys }: Home): MarkedKeys {
  return keys ?? new MarkedKeys();
}

function isMade(home: Home, { entity, op }: EntityChange): boolean {
  return keysOf(home).isMatched(entity) && op === Operation.INSERT;
}

function beforeOf(home: Home, { entity, op, before }: EntityChange): Pick<CaseRow, 'before'> {
  const content = keysOf(home).isMatched(entity) && op === Operation.UPDATE ? contentOf(before) : undefined;
  return content === undefined ? {} : { before: content };
}

/** Rows that somebody asks to be made equal (a verification that found them). */
export function caseOfRows(
  id: string,
  rows: readonly { readonly entity: string; readonly key: string }[],
  authority: Universe,
  nowMs: number,
): RepairCase {
  return {
    id,
    cause: 'verification',
    revision: 0,
    authority,
    committedMs: nowMs,
    authorityLsn: 0n,
    openedMs: nowMs,
    revertFirst: false,
    undecided: false,
    rows: rowsById(rows.map(({ entity, key }) => unknownRow(entity, key))),
  };
}
