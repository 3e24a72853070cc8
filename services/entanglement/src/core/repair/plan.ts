import type { Universe } from '../mapping/catalog.ts';
import type { Values } from '../mapping/entity.ts';
import { CasesBeside } from './beside.ts';
import { baseOfCountedRows } from './counted-rows.ts';
import { dueOf, sumOf } from './due.ts';
import type { OpenRows } from './open-rows.ts';
import { blockedCases, inLine } from './ready.ts';
import { type Deltas, other, type RepairCase, rowId } from './repair-case.ts';
import { casesByRow } from './rows-of-cases.ts';
import { rowOf, sameRow, truthOf } from './truth.ts';
import { unreadGuess, unreadWords } from './unread.ts';

/** An entity as far as its repair is concerned. */
export interface EntityShape {
  readonly name: string;
  readonly fields: readonly {
    readonly name: string;
    readonly compared: boolean;
    readonly matched?: boolean;
  }[];
}

/** A row as it was read; `version` changes with every transaction that writes the row. Both are undefined where there is none. */
export interface RowRead {
  readonly version: string | undefined;
  readonly values: Values | undefined;
}

export interface RowPair {
  readonly entity: EntityShape;
  readonly key: string;
  readonly legacy: RowRead;
  readonly modern: RowRead;
  /** The row's keys in either database where they are others: ids of each universe's own. */
  readonly aliases?: readonly string[];
  /** Which row of the other universe it is, is not known. */
  readonly unpaired?: boolean;
  /** It was looked for: the other universe has no row without a partner that could be it. */
  readonly alone?: boolean;
}

/** What is to be written. `row` only if the row still is the version it was computed from; `add` whatever it is meanwhile. */
export type Write =
  | {
      readonly kind: 'row';
      readonly entity: string;
      readonly key: string;
      readonly version: string | undefined;
      readonly before: Values | undefined;
      readonly after: Values | undefined;
    }
  | { readonly kind: 'add'; readonly entity: string; readonly key: string; readonly add: Deltas };

export interface Plan {
  readonly writes: Readonly<Record<Universe, readonly Write[]>>;
  /** Rows that are equal in both universes once all is written. */
  readonly proven: ReadonlySet<string>;
  /** Rows whose numbers are compensated, and of which cases. */
  readonly compensated: ReadonlyMap<string, ReadonlySet<string>>;
  /** Rows that are not made equal now. */
  readonly busy: ReadonlySet<string>;
  /** Those of them that requests are at work on. */
  readonly open: ReadonlySet<string>;
  /** Those of them on which other cases are still to be written, and how many. */
  readonly shared: ReadonlyMap<string, number>;
  /** Cases that are not part of the plan, and whose rows are copied with it. */
  readonly beside: ReadonlySet<string>;
  /** What forbids to write anything: neither universe has all that those who answered have added, or nobody knows who is right. */
  readonly conflict: string | undefined;
}

export interface PlanContext {
  /** {@link OpenRows.now} before the rows were read. */
  readonly since: number;
  /** Numbers of rows that somebody is at work on are compensated. */
  readonly compensate: boolean;
  /** Both universes answer clients, or did a moment ago: what is still open may have either as its authority. */
  readonly both: boolean;
  /** Cases that share rows with these, and are not written now. */
  readonly beside?: CasesBeside;
  /** Universes that answered requests of which nobody has read what they did there, and no verification has found it equal since. */
  readonly unread?: ReadonlySet<Universe>;
}

/**
 * What to write so that these rows agree. Rows that nobody is at work on become what the authority has. Of the others, numbers are compensated if
 * `compensate` says so: what is added commutes with what is still to come, and stands in line with the authority's own order on that row. A case is
 * written as a whole or not at all: half of a booking would make the next one fail.
 */
export function planOf(
  pairs: readonly RowPair[],
  cases: readonly RepairCase[],
  open: OpenRows,
  context: PlanContext,
): Plan {
  const { since, compensate, both, beside = new CasesBeside(), unread = new Set() } = context;
  const byRow = casesByRow(cases);
  const ofRow = (pair: RowPair) => byRow.get(idOf(pair)) ?? [];
  const allOf = (pair: RowPair) => [...ofRow(pair), ...beside.of(idOf(pair))];
  const counting = baseOfCountedRows(pairs, cases, allOf);
  const openRows = new Set(pairs.filter((pair) => open.isOpenPair(pair, since)).map(idOf));
  // Where both answer, the next plan may have to take them from the other universe: it must not find them half done.
  const together =
    (both || new Set(cases.map(({ authority }) => authority)).size > 1) &&
    pairs.some((pair) => counting.bases.has(pair.entity.name) && openRows.has(idOf(pair)));
  const shared = new Set(pairs.filter((pair) => beside.sharing(pair, ofRow(pair)) === 'add').map(idOf));
  const isBusy = (pair: RowPair) =>
    openRows.has(idOf(pair)) || (together && counting.bases.has(pair.entity.name)) || shared.has(idOf(pair));
  const blocked = blockedCases(pairs, { own: ofRow, all: allOf }, open, isBusy);
  const plan = new Drafting(counting.conflict);
  for (const pair of pairs) {
    const id = idOf(pair);
    const own = ofRow(pair);
    if (isBusy(pair)) {
      plan.busy.add(id);
      if (openRows.has(id)) plan.open.add(id);
      if (shared.has(id)) plan.shared.set(id, beside.of(id).length);
      if (compensate)
        plan.compensate(
          pair,
          own.filter((each) => !blocked.has(each.id) && inLine(each, pair, open)),
        );
      continue;
    }
    const all = allOf(pair);
    const truth = truthOf(pair, all, counting.bases.get(pair.entity.name));
    const differs = universes.some((universe) => !sameRow(pair.entity, pair[universe].values, truth));
    const guess = differs ? unreadGuess(pair, truth, all, unread) : undefined;
    if (guess !== undefined) plan.conflict ??= `${pair.entity.name} ${pair.key}: ${unreadWords(guess)}`;
    else if (differs && all.every(({ undecided }) => undecided))
      plan.conflict ??= `${pair.entity.name} ${pair.key}: it was changed outside of any request while both universes answer clients → say whose is right: chronos verify --repair --authority legacy or modern`;
    else if (differs && isGuess(pair, all))
      plan.conflict ??= `${pair.entity.name} ${pair.key}: one universe answered requests on it, the other has changed it outside of any request → say whose is right: chronos verify --repair --authority legacy or modern`;
    else if (differs && pair.unpaired === true && !isSure(pair, all))
      plan.conflict ??= `${pair.entity.name} ${pair.key}: which row of the other universe it is, is not known, for no answer has shown both ids → chronos verify --repair, which makes it anew in the other database`;
    else if (differs && own.some((each) => blocked.has(each.id))) plan.busy.add(id);
    else {
      plan.copy(pair, truth);
      for (const each of beside.of(id)) plan.beside.add(each.id);
    }
  }
  return plan;
}

/**
 * Each universe was right about something on the row, and what one of them did there, no request has asked for: it cannot be said in numbers, and the
 * row of either would take from the other what somebody has been told.
 */
function isGuess(pair: RowPair, cases: readonly RepairCase[]): boolean {
  const open = cases.filter(({ rows }) => rows.get(idOf(pair))?.proven === false);
  if (new Set(open.map(({ authority }) => authority)).size < 2) return false;
  // Somebody has said whose is right.
  if (open.some(({ cause }) => cause === 'verification')) return false;
  return open.some(
    (each) =>
      (each.cause === 'unattributed' || each.cause === 'unjudged') &&
      dueOf(rowOf(each, idOf(pair))) === undefined,
  );
}

/** A row without a known partner is one of which the other universe has none: none is alike, it was just made, or somebody asks for it to be made equal. */
function isSure(pair: RowPair, cases: readonly RepairCase[]): boolean {
  if (pair.alone === true) return true;
  return cases.some(({ cause, rows }) => cause === 'verification' || rows.get(idOf(pair))?.made === true);
}

const universes: readonly Universe[] = ['legacy', 'modern'];

/** A plan while it is made. */
class Drafting implements Plan {
  readonly writes: Record<Universe, Write[]> = { legacy: [], modern: [] };
  readonly proven = new Set<string>();
  readonly busy = new Set<string>();
  readonly open = new Set<string>();
  readonly shared = new Map<string, number>();
  readonly beside = new Set<string>();
  readonly compensated = new Map<string, Set<string>>();
  conflict: string | undefined;

  constructor(conflict: string | undefined) {
    this.conflict = conflict;
  }

  /** The row becomes what the authority has, in both. */
  copy(pair: RowPair, after: Values | undefined): void {
    const { entity, key } = pair;
    for (const universe of universes) {
      const { version, values: before } = pair[universe];
      if (!sameRow(entity, before, after))
        this.writes[universe].push({ kind: 'row', entity: entity.name, key, version, before, after });
    }
    this.proven.add(idOf(pair));
  }

  /** What the cases' authorities did more than the other universe is added there. */
  compensate(pair: RowPair, own: readonly RepairCase[]): void {
    const id = idOf(pair);
    for (const universe of universes) {
      if (pair[universe].values === undefined) continue;
      const due = own
        .filter(({ authority }) => authority === other(universe))
        .map((each) => [each.id, dueOf(rowOf(each, id))] as const);
      const ready = due.filter(([, deltas]) => deltas !== undefined && deltas.size > 0);
      const add = sumOf(ready.map(([, deltas]) => deltas));
      if (add === undefined || ready.length === 0) continue;
      this.compensated.set(
        id,
        new Set([...(this.compensated.get(id) ?? []), ...ready.map(([each]) => each)]),
      );
      this.writes[universe].push({ kind: 'add', entity: pair.entity.name, key: pair.key, add });
    }
  }
}

function idOf({ entity, key }: RowPair): string {
  return rowId(entity.name, key);
}
