import type { Universe } from '../mapping/catalog.ts';
import { CasesBeside } from './beside.ts';
import { type Component, componentsOf } from './components.ts';
import { revised, settled } from './due.ts';
import { type KeptCase, KeptCases } from './kept-cases.ts';
import type { OpenRows } from './open-rows.ts';
import { type Plan, type PlanContext, planOf, type RowPair } from './plan.ts';
import { renamed } from './renamed.ts';
import { type CaseRow, type RepairCase, rowId } from './repair-case.ts';
import type { StillToCopy } from './still-to-copy.ts';
import { TIMINGS, type Timings } from './timings.ts';
import { hasWord, provenBy, type Verified, type Witness, withWord } from './verified.ts';
import { WaitingChanges } from './waiting-changes.ts';
import { inTurn, waitsOf } from './waits-of.ts';
import { wholeEntities } from './whole-entity.ts';

/** Rows that are locked and written together. */
const rowsMaxDefault = 1_000;
/** What a database refused is tried with ever fewer rows beside it, down to one case, then from the beginning: which one it is that it does not take. */
const refusedRowsMax = [rowsMaxDefault, 250, 60, 15, 4, 1];

/** What became of one look at a component. */
export type Look = { readonly type: 'equal' | 'busy' | 'write' | 'conflict'; readonly plan: Plan };

interface Grouped {
  /** Until then nothing but time can have changed it. */
  readonly changes: number;
  readonly held: number;
  readonly components: readonly Component[];
}

export interface LookContext extends Pick<PlanContext, 'since' | 'both' | 'unread'> {
  readonly nowMs: number;
}

/**
 * Which rows may differ, and what to do about it next. Pure: time and rows come in, decisions go out. The invariants R1 … R11 stand in the README
 * of the package; the simulation test holds them against two universes with everything interleaved.
 */
export class Reconciler {
  readonly open: OpenRows;
  readonly #timings: Timings;
  readonly #kept: KeptCases;
  readonly #rowsMax: number;
  readonly #waiting: WaitingChanges;
  #grouped: Grouped | undefined;

  /** @param waitingMax rows that wait for a copy one by one */
  constructor(open: OpenRows, timings: Timings = TIMINGS, rowsMax = rowsMaxDefault, waitingMax?: number) {
    this.open = open;
    this.#waiting = new WaitingChanges(waitingMax);
    this.#rowsMax = rowsMax;
    this.#timings = timings;
    this.#kept = new KeptCases(timings);
  }

  /** A case is opened or, by a later verdict, said anew. Returns it as it is to be stored; undefined: an older revision than the known one. */
  take(said: RepairCase, nowMs: number): RepairCase | undefined {
    const kept = this.#kept.get(said.id);
    const known = kept?.case ?? this.#kept.settled(said.id);
    // What a request did after it was judged: its verdict has said who is right.
    if (said.cause === 'unjudged' && kept !== undefined) return this.#joined(kept, said, nowMs);
    if (known === undefined) {
      const folded = this.#waiting.taken(said, nowMs);
      if (folded !== said) return this.#fold(folded, nowMs);
    }
    const isLater = said.cause === 'unjudged' && known !== undefined && kept === undefined;
    if (known !== undefined && known.revision >= said.revision && !isLater) return undefined;
    if (known === undefined && said.rows.size === 0) return undefined;
    const { revision, authority, undecided } = isLater ? known : said;
    const taken = revised(known, { ...said, revision, authority, undecided });
    // It is opened anew, and has its time again.
    const opened = isLater ? { ...taken, openedMs: said.openedMs } : taken;
    this.#kept.open(opened, nowMs);
    return opened;
  }

  /** Of changes that wait for a copy only the entities are kept. */
  #fold(folded: RepairCase, nowMs: number): RepairCase | undefined {
    const kept = this.#kept.get(folded.id);
    if (kept !== undefined) return this.#joined(kept, folded, nowMs);
    this.#kept.open(folded, nowMs);
    return folded;
  }

  /**
   * Rows of these entities in modern come by a copy: what would write them waits, and has its time again afterwards. Returns the cases that are to be
   * stored for it.
   */
  hold(still: StillToCopy, nowMs: number): RepairCase[] {
    const { held, released } = this.#waiting.hold(still, this.#kept.all, nowMs);
    this.#grouped = undefined;
    const again = released.map((kept) => {
      const opened = { ...kept.case, openedMs: nowMs };
      this.#kept.open(opened, nowMs);
      return opened;
    });
    return [...held.map((kept) => kept.case), ...again];
  }

  /** Its rows in modern come by a copy, still. */
  isStillCopied(entity: string): boolean {
    return this.#waiting.has(entity);
  }

  /** Why nothing is written for the case yet; undefined: it is looked at. */
  awaitedCopy(each: RepairCase): string | undefined {
    return this.#waiting.why(each);
  }

  /** Rows that a request changed after its verdict, whose case is not settled yet, are looked at with it; what is due on its rows stays so. */
  #joined(kept: KeptCase, said: RepairCase, nowMs: number): RepairCase | undefined {
    const fresh = [...said.rows].filter(([id]) => kept.case.rows.get(id)?.proven !== false);
    if (fresh.length === 0) return undefined;
    const rows = new Map([...kept.case.rows, ...fresh]);
    const next = { ...kept.case, rows };
    this.#kept.keep({ ...kept, case: next, nextLookMs: nowMs });
    return next;
  }

  /** As it was stored before a restart. */
  restore(kept: RepairCase, outstanding: string | undefined, nowMs: number): void {
    if ([...kept.rows.values()].every(({ proven }) => proven)) this.#kept.settle(kept);
    else this.#kept.open(kept, nowMs, outstanding);
  }

  get cases(): readonly KeptCase[] {
    return this.#kept.all;
  }

  /** Whether a case says of an entity that it may differ as a whole. */
  get hasWholeEntities(): boolean {
    return this.cases.some((kept) => wholeEntities(kept.case).length > 0);
  }

  /** Cases of two requests that were found to be one deed since this was asked last, as they are to be stored. */
  recognised(): RepairCase[] {
    return this.#kept.recognised();
  }

  standing(id: string): KeptCase | undefined {
    return this.#kept.get(id);
  }

  settledCase(id: string): RepairCase | undefined {
    return this.#kept.settled(id);
  }

  /** Cases that wait for traffic to go back to legacy before anything is written. */
  awaitingRevert(nowMs: number): RepairCase[] {
    return this.cases.filter((kept) => this.#kept.awaitsRevert(kept, nowMs)).map((kept) => kept.case);
  }

  /** Traffic has gone back: the case may be repaired. */
  reverted(id: string): RepairCase | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    const released = { ...kept.case, revertFirst: false };
    this.#kept.keep({ ...kept, case: released });
    return released;
  }

  /** What is to be looked at now: what was not tried yet, the oldest first, then what was tried longest ago. */
  due(nowMs: number): Component[] {
    return this.#components(nowMs).filter(({ cases }) =>
      cases.some(({ id }) => (this.#kept.get(id)?.nextLookMs ?? nowMs + 1) <= nowMs),
    );
  }

  /** It is asked for all the time, and there may be very many cases: as it was, if it is as it was. */
  #components(nowMs: number): readonly Component[] {
    const { changes, all } = this.#kept;
    const ready = all.filter(
      (kept) => !this.#kept.awaitsRevert(kept, nowMs) && this.#waiting.why(kept.case) === undefined,
    );
    const held = all.length - ready.length;
    if (this.#grouped?.changes === changes && this.#grouped.held === held) return this.#grouped.components;
    const ordered = ready
      .toSorted((a, b) => a.nextLookMs - b.nextLookMs || inTime(a.case, b.case))
      .map((kept) => kept.case);
    const limitOf = ({ id }: RepairCase) =>
      refusedRowsMax[(this.#kept.get(id)?.refusedWrites ?? 0) % refusedRowsMax.length] ?? rowsMaxDefault;
    const known = new Set(all.map(({ case: { id } }) => id));
    const components = componentsOf(ordered, this.#rowsMax, limitOf).map((component) => ({
      ...component,
      known,
    }));
    this.#grouped = { changes, held, components };
    return components;
  }

  /**
   * Decides by rows that were read before `nowMs`, with all transactions of both universes seen that were committed before the reading.
   */
  look(component: Component, pairs: readonly RowPair[], { nowMs, ...context }: LookContext): Look {
    const current = component.cases.flatMap(({ id }) => this.#kept.get(id)?.case ?? []);
    const openedMs = Math.min(...current.map(({ openedMs: own }) => own));
    const patient = nowMs - openedMs < this.#timings.patienceMs;
    const { waiting, news } = this.#beside(component);
    const beside = new CasesBeside(waiting);
    const plan = planOf(pairs, current, this.open, { ...context, compensate: !patient, beside });
    if ((patient && plan.busy.size > 0) || news.length > 0) return { type: 'busy', plan };
    if (waiting.length > 0 && this.#mustBeWhole(component, context.both)) return { type: 'busy', plan };
    if (plan.conflict !== undefined) return { type: 'conflict', plan };
    const writes = plan.writes.legacy.length + plan.writes.modern.length;
    const doubt = writes > 0 ? current.find(({ deed }) => deed?.type === 'unclear')?.deed?.words : undefined;
    if (doubt !== undefined) return { type: 'conflict', plan: { ...plan, conflict: doubt } };
    if (writes > 0) return { type: 'write', plan };
    if (plan.busy.size === 0) return { type: 'equal', plan };
    // Nobody is at work on any of them, and what was seen equal is one row less to be looked at: there is room for cases that wait.
    const waitsForOthers = plan.busy.size === plan.shared.size && plan.open.size === 0;
    return { type: waitsForOthers && plan.proven.size > 0 ? 'write' : 'busy', plan };
  }

  /**
   * The cases as they are once the plan's writes to one universe are committed: it then has what the other one's answers did. To be stored with the
   * intent to commit, and handed to {@link wrote} after it: the next plan counts on it.
   */
  afterWriting({ cases }: Component, plan: Plan, universe: Universe): RepairCase[] {
    const written = new Map(plan.writes[universe].map((write) => [rowId(write.entity, write.key), write]));
    return [...cases.map(({ id }) => id), ...plan.beside].flatMap((id) => {
      const known = this.#kept.get(id)?.case;
      if (known === undefined || known.authority === universe) return [];
      const own = [...known.rows].filter(([row]) => {
        const write = written.get(row);
        return write?.kind === 'row' || (write !== undefined && plan.compensated.get(row)?.has(id) === true);
      });
      if (own.length === 0) return [];
      const has = own.map(([row, state]) => [row, settled(state, false)] as const);
      return [{ ...known, rows: new Map([...known.rows, ...has]) }];
    });
  }

  /** What was intended is committed. Returns the cases as they are to be stored. */
  wrote(cases: readonly RepairCase[]): RepairCase[] {
    return cases.flatMap((written) => {
      const kept = this.#kept.get(written.id);
      if (kept === undefined) return [];
      const rows = new Map(
        [...kept.case.rows].map(([id, row]) => [id, withApplied(row, written.rows.get(id)?.applied)]),
      );
      const next = { ...kept.case, rows };
      this.#kept.keep({ ...kept, case: next });
      return [next];
    });
  }

  /** All of the plan is written. Returns the cases that changed, as they are to be stored. */
  done({ cases }: Component, plan: Pick<Plan, 'proven'> & Partial<Plan>, nowMs: number): RepairCase[] {
    const changed: RepairCase[] = [];
    const own = new Set(cases.map(({ id }) => id));
    for (const id of new Set([...own, ...(plan.beside ?? [])])) {
      const kept = this.#kept.get(id);
      if (kept === undefined) continue;
      const seen = [...kept.case.rows].filter(([row, { proven }]) => !proven && plan.proven.has(row));
      const equal = seen.map(([row, state]) => [row, settled(state, true)] as const);
      const next =
        seen.length === 0 ? kept.case : { ...kept.case, rows: new Map([...kept.case.rows, ...equal]) };
      if (seen.length > 0) changed.push(next);
      if ([...next.rows.values()].every(({ proven }) => proven)) this.#kept.settle(next);
      else if (own.has(id))
        this.#kept.postpone({ ...kept, case: next }, nowMs, undefined, waitsOf(next, plan));
      else this.#kept.keep({ ...kept, case: next });
    }
    return changed;
  }

  /** Nothing was written: rows had changed, were locked, are at work, or (`refused`) the database would not have it. `waits`: for what, by the case. */
  postponed(
    { cases }: Component,
    nowMs: number,
    refused?: string,
    waits?: (each: RepairCase) => string | undefined,
  ): void {
    for (const { id } of cases) {
      const kept = this.#kept.get(id);
      if (kept !== undefined) this.#kept.postpone(kept, nowMs, refused, waits?.(kept.case));
    }
  }

  /** A database would not have what was to be written: the next time with fewer rows beside it. */
  refused(component: Component, nowMs: number, reason: string): void {
    for (const { id } of component.cases) {
      const kept = this.#kept.get(id);
      if (kept !== undefined) this.#kept.keep({ ...kept, refusedWrites: (kept.refusedWrites ?? 0) + 1 });
    }
    this.postponed(component, nowMs, reason);
  }

  /** What a case that is not settled waits for, in words. */
  waitsFor(id: string): string | undefined {
    const kept = this.#kept.get(id);
    return kept && (kept.outstanding ?? this.awaitedCopy(kept.case) ?? kept.waits ?? inTurn);
  }

  /** What a case says of an entity as a whole, as it stands now, and in words. Returns the case as it is to be stored. */
  told(id: string, row: CaseRow, outstanding: string): RepairCase | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    const next = { ...kept.case, rows: new Map(kept.case.rows).set(rowId(row.entity, row.key), row) };
    if ([...next.rows.values()].every(({ proven }) => proven)) this.#kept.settle(next);
    else this.#kept.keep({ ...kept, case: next, outstanding: row.proven ? undefined : outstanding });
    return next;
  }

  /** To be asked for before a verification reads its first row. */
  witness(): Witness {
    return new Map(this.cases.map((kept) => [kept.case.id, kept.case.rows]));
  }

  /** What a verification has found of what there was then. Returns the cases as they are to be stored. */
  verified(witness: Witness, found: Verified, nowMs: number): RepairCase[] {
    return this.cases.flatMap((kept) => {
      const next = withWord(kept.case, witness.get(kept.case.id), found);
      return next === undefined ? [] : [this.#known(kept, next, nowMs)];
    });
  }

  /**
   * Rows of the component on which a verification has its word, and which nobody is at work on, are settled where that proves them, whatever else waits
   * for a word. `pairs` and `since` as for {@link look}. Returns the cases that changed, as they are to be stored.
   */
  proven(component: Component, pairs: readonly RowPair[], since: number, nowMs: number): RepairCase[] {
    const own = component.cases.flatMap(({ id }) => this.#kept.get(id) ?? []);
    if (!own.some((kept) => hasWord(kept.case))) return [];
    const { waiting, news } = this.#beside(component);
    const ids = new Set([...own.map((kept) => kept.case), ...waiting, ...news].map(({ id }) => id));
    const changed = new Map<string, RepairCase>();
    for (const pair of pairs.filter((each) => !this.open.isOpenPair(each, since)))
      for (const each of provenBy(
        pair,
        [...ids].flatMap((id) => this.#kept.get(id)?.case ?? []),
      )) {
        const kept = this.#kept.get(each.id);
        if (kept !== undefined) changed.set(each.id, this.#known(kept, each, nowMs));
      }
    // What was held up by them is tried at once.
    if (changed.size > 0)
      for (const { id } of component.cases) {
        const kept = this.#kept.get(id);
        if (kept !== undefined) this.#kept.keep({ ...kept, nextLookMs: nowMs });
      }
    return [...changed.values()];
  }

  #known(kept: KeptCase, next: RepairCase, nowMs: number): RepairCase {
    if ([...next.rows.values()].every(({ proven }) => proven)) this.#kept.settle(next);
    else this.#kept.keep({ ...kept, case: next, nextLookMs: nowMs });
    return next;
  }

  /** Its rows are asked for in other cases. Returns it as it is to be stored. */
  withdraw(id: string): RepairCase | undefined {
    const kept = this.#kept.get(id)?.case;
    this.#kept.drop(id);
    return kept;
  }

  /** Rows have another key by now, by {@link rowId}. Returns the cases as they are to be stored. */
  renamed(names: ReadonlyMap<string, string>): RepairCase[] {
    return this.cases.flatMap((kept) => {
      const next = renamed(kept.case, names);
      if (next === undefined) return [];
      this.#kept.keep({ ...kept, case: next });
      return [next];
    });
  }

  /** Which universe's numbering of rows stands, where both have answered, only all cases together tell. */
  #mustBeWhole({ rows }: Component, both: boolean): boolean {
    const all = this.cases.map((kept) => kept.case);
    if (!both && new Set(all.map(({ authority }) => authority)).size < 2) return false;
    const counted = all.flatMap((each) => [...each.rows.values()]).filter((row) => row.as !== undefined);
    const entities = new Set(counted.map(({ entity }) => entity));
    return rows.some((id) => entities.has(id.slice(0, id.indexOf('\n'))));
  }

  /** Cases that share rows with the component and are not part of it: those that wait, and those that came up since it was put together. */
  #beside({ cases, rows, known }: Component): Record<'waiting' | 'news', readonly RepairCase[]> {
    const own = new Set(cases.map(({ id }) => id));
    const shared = new Set(rows);
    const others = this.cases
      .map((kept) => kept.case)
      .filter((each) => !own.has(each.id) && sharesOpen(each, shared));
    const isKnown = ({ id }: RepairCase) => known?.has(id) === true;
    return { waiting: others.filter(isKnown), news: others.filter((each) => !isKnown(each)) };
  }
}

function sharesOpen({ rows }: RepairCase, shared: ReadonlySet<string>): boolean {
  for (const [id, { proven }] of rows) if (!proven && shared.has(id)) return true;
  return false;
}

/** The same object where nothing was applied: nothing new is known of the row. */
function withApplied(row: CaseRow, applied = row.applied): CaseRow {
  return applied === row.applied ? row : { ...row, applied };
}

function inTime(a: RepairCase, b: RepairCase): number {
  return a.openedMs - b.openedMs || (a.id < b.id ? -1 : 1);
}
