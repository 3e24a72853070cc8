import { timestampMs } from '@bufbuild/protobuf/wkt';
import { type EntityChange, Operation } from '@chronos/proto/events/v1/state_update_pb.js';
import type { UnattributedChange } from '@chronos/proto/events/v1/verdict_pb.js';
import { MarkedKeys } from '../identifiers/marked-keys.ts';
import type { Universe } from '../mapping/catalog.ts';
import { contentOf, universeOf } from './case-of-verdict.ts';
import type { Standing } from './home.ts';
import type { OpenWork } from './open-rows.ts';

import { type CaseRow, type RepairCase, rowsById } from './repair-case.ts';
import { unknownRow } from './unknown-row.ts';
import { emptied } from './whole-entity.ts';

/** Who is right about what no request did, when it was committed. */
export interface Home extends Standing {
  /** It changed just then, so that nobody can say. */
  readonly torn?: boolean;
  /** Names of rows that have ids of each universe's own. */
  readonly keys?: MarkedKeys;
}

/** Rows of one case: they are read, locked and written together. */
const rowsACase = 1_000;
/** Below every verdict's: what is said of a request that was not judged in time gives way to its verdict. */
const unjudgedRevision = -1;

/**
 * A transaction that belongs to no request: the home's is carried over, the other's is taken back. None when both have made it.
 *
 * @param work the transaction as its database told it: the rows that the change does not list. Without them the whole entity may differ (key '').
 */
export function casesOfChange(
  change: UnattributedChange,
  work: OpenWork | undefined,
  home: Home,
  nowMs: number,
): RepairCase[] {
  if (change.counterpartLsn !== 0n || change.changes.length === 0) return [];
  const universe = universeOf(change.universe);
  // Of a very large one only its entities are told.
  const told = change.changes.filter(({ key, op }) => key !== '' || op === Operation.TRUNCATE);
  const listed = told.map((row) => ({
    ...unknownRow(row.entity, keysOf(home).common(universe, row.entity, row.key), isMade(home, row)),
    ...(universe === home.universe && beforeOf(home, row)),
    ...(row.op === Operation.TRUNCATE && { about: emptied }),
  }));
  const whole = {
    id: `tx:${universe}:${change.commitLsn}`,
    cause: 'unattributed',
    revision: 0,
    authority: home.universe,
    committedMs: change.committedAt === undefined ? nowMs : timestampMs(change.committedAt),
    authorityLsn: universe === home.universe ? change.commitLsn : 0n,
    openedMs: nowMs,
    revertFirst: false,
    undecided: home.torn === true || (home.both && universe !== home.universe),
  } as const;
  if (change.moreChanges === 0n) return inParts(whole, listed);
  const touched = rowsById(touchedRows(work, home));
  const isKnown = BigInt(touched.size) >= BigInt(listed.length) + change.moreChanges;
  const entities = new Set(change.changes.map(({ entity }) => entity));
  const unlisted = isKnown ? [] : [...entities].map((entity) => unknownRow(entity, ''));
  return inParts(whole, [...new Map([...touched, ...rowsById(listed), ...rowsById(unlisted)]).values()]);
}

/** Transactions that nobody has judged in time: whatever they did, their rows are compared. */
export function casesOfUnjudged(work: OpenWork, home: Home, nowMs: number): RepairCase[] {
  const whole = {
    id: work.id,
    cause: 'unjudged',
    revision: unjudgedRevision,
    authority: home.universe,
    committedMs: Math.max(...work.transactions.map(({ committedMs }) => committedMs)),
    authorityLsn: 0n,
    openedMs: nowMs,
    revertFirst: false,
    undecided: home.torn === true || home.both,
  } as const;
  return inParts(whole, touchedRows(work, home));
}

function touchedRows(work: OpenWork | undefined, home: Home): CaseRow[] {
  return (work?.transactions ?? []).flatMap(({ universe, rows }) =>
    rows.map(({ entity, key }) => unknownRow(entity, keysOf(home).common(universe, entity, key))),
  );
}

/**
 * A batch is no booking that must be written as a whole: its rows are settled by the thousand, so that one that stays outstanding does not hold up the rest.
 * What touched more of an entity than is known row by row (key '') is a case of its own.
 */
function inParts(whole: Omit<RepairCase, 'rows'>, rows: readonly CaseRow[]): RepairCase[] {
  const named = rows.filter(({ key }) => key !== '');
  const parts = Array.from({ length: Math.ceil(named.length / rowsACase) }, (_, i) =>
    named.slice(i * rowsACase, (i + 1) * rowsACase),
  );
  const entities = rows.filter(({ key }) => key === '');
  return [...parts, ...(entities.length > 0 ? [entities] : [])].map((part, i) => ({
    ...whole,
    id: i === 0 ? whole.id : `${whole.id}/${i + 1}`,
    rows: rowsById(part),
  }));
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
