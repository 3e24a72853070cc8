import type { Universe } from '../mapping/catalog.ts';
import { type Component, componentsOf } from './components.ts';
import { revised, settled } from './due.ts';
import { type KeptCase, KeptCases } from './kept-cases.ts';
import type { OpenRows } from './open-rows.ts';
import { type Plan, type PlanContext, planOf, type RowPair } from './plan.ts';
import { renamed } from './renamed.ts';
import { type CaseRow, type RepairCase, rowId } from './repair-case.ts';
import { TIMINGS, type Timings } from './timings.ts';
import { wholeEntities } from './whole-entity.ts';

const rowsMax = 1_000;

/** What became of one look at a component. */
export type Look = { readonly type: 'equal' | 'busy' | 'write' | 'conflict'; readonly plan: Plan };

export interface LookContext extends Pick<PlanContext, 'since' | 'both'> {
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

  constructor(open: OpenRows, timings: Timings = TIMINGS) {
    this.open = open;
    this.#timings = timings;
    this.#kept = new KeptCases(timings);
  }

  /** A case is opened or, by a later verdict, said anew. Returns it as it is to be stored; undefined: an older revision than the known one. */
  take(said: RepairCase, nowMs: number): RepairCase | undefined {
    const kept = this.#kept.get(said.id);
    const known = kept?.case ?? this.#kept.settled(said.id);
    // What a request did after it was judged: its verdict has said who is right.
    if (said.cause === 'unjudged' && kept !== undefined) return this.#joined(kept, said, nowMs);
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
    return this.cases.filter((kept) => this.#kept.isHeld(kept, nowMs)).map((kept) => kept.case);
  }

  /** Traffic has gone back: the case may be repaired. */
  reverted(id: string): RepairCase | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined) return undefined;
    const released = { ...kept.case, revertFirst: false };
    this.#kept.keep({ ...kept, case: released });
    return released;
  }

  /** What is to be looked at now, the oldest first. */
  due(nowMs: number): Component[] {
    const ready = this.cases.filter((kept) => !this.#kept.isHeld(kept, nowMs));
    const byRow = componentsOf(
      ready.map((kept) => kept.case),
      rowsMax,
    );
    const known = new Set(this.cases.map(({ case: { id } }) => id));
    return byRow
      .filter(({ cases }) => cases.some(({ id }) => (this.#kept.get(id)?.nextLookMs ?? nowMs + 1) <= nowMs))
      .map((component) => ({ ...component, known }));
  }

  /**
   * Decides by rows that were read before `nowMs`, with all transactions of both universes seen that were committed before the reading.
   */
  look(component: Component, pairs: readonly RowPair[], { since, both, nowMs }: LookContext): Look {
    const current = component.cases.flatMap(({ id }) => this.#kept.get(id)?.case ?? []);
    const openedMs = Math.min(...current.map(({ openedMs: own }) => own));
    const patient = nowMs - openedMs < this.#timings.patienceMs;
    const plan = planOf(pairs, current, this.open, { since, both, compensate: !patient });
    if ((patient && plan.busy.size > 0) || this.#others(component)) return { type: 'busy', plan };
    if (plan.conflict !== undefined) return { type: 'conflict', plan };
    const writes = plan.writes.legacy.length + plan.writes.modern.length;
    const doubt = writes > 0 ? current.find(({ deed }) => deed?.type === 'unclear')?.deed?.words : undefined;
    if (doubt !== undefined) return { type: 'conflict', plan: { ...plan, conflict: doubt } };
    if (writes > 0) return { type: 'write', plan };
    return { type: plan.busy.size === 0 ? 'equal' : 'busy', plan };
  }

  /**
   * The cases as they are once the plan's writes to one universe are committed: it then has what the other one's answers did. To be stored with the
   * intent to commit, and handed to {@link wrote} after it: the next plan counts on it.
   */
  afterWriting({ cases }: Component, plan: Plan, universe: Universe): RepairCase[] {
    const written = new Map(plan.writes[universe].map((write) => [rowId(write.entity, write.key), write]));
    return cases.flatMap(({ id }) => {
      const known = this.#kept.get(id)?.case;
      if (known === undefined || known.authority === universe) return [];
      const rows = new Map(
        [...known.rows].map(([row, state]) => {
          const write = written.get(row);
          const has =
            write?.kind === 'row' || (write !== undefined && plan.compensated.get(row)?.has(id) === true);
          return [row, has ? settled(state, false) : state];
        }),
      );
      return [{ ...known, rows }];
    });
  }

  /** What was intended is committed. Returns the cases as they are to be stored. */
  wrote(cases: readonly RepairCase[]): RepairCase[] {
    return cases.flatMap((written) => {
      const kept = this.#kept.get(written.id);
      if (kept === undefined) return [];
      const rows = new Map(
        [...kept.case.rows].map(([id, row]) => [
          id,
          { ...row, applied: written.rows.get(id)?.applied ?? row.applied },
        ]),
      );
      const next = { ...kept.case, rows };
      this.#kept.keep({ ...kept, case: next });
      return [next];
    });
  }

  /** All of the plan is written. Returns the cases as they are to be stored. */
  done({ cases }: Component, plan: Pick<Plan, 'proven'>, nowMs: number): RepairCase[] {
    const changed: RepairCase[] = [];
    for (const { id } of cases) {
      const kept = this.#kept.get(id);
      if (kept === undefined) continue;
      const rows = new Map(
        [...kept.case.rows].map(([row, state]) => [row, plan.proven.has(row) ? settled(state, true) : state]),
      );
      const next = { ...kept.case, rows };
      changed.push(next);
      if ([...rows.values()].every(({ proven }) => proven)) this.#kept.settle(next);
      else this.#kept.postpone({ ...kept, case: next }, nowMs, undefined);
    }
    return changed;
  }

  /** Nothing was written: rows had changed, were locked, are at work, or (`refused`) the database would not have it. */
  postponed({ cases }: Component, nowMs: number, refused?: string, waits?: string): void {
    for (const { id } of cases) {
      const kept = this.#kept.get(id);
      if (kept !== undefined) this.#kept.postpone(kept, nowMs, refused, waits);
    }
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

  /**
   * A case came up since the component was put together, about rows that it is going to write. One that waits because both would be too large does not
   * hold it up, unless it would add numbers to what is written now: two such cases would wait for each other for ever.
   */
  #others({ cases, rows, known }: Component): boolean {
    const own = new Set(cases.map(({ id }) => id));
    return this.cases.some(({ case: each }) => {
      if (own.has(each.id)) return false;
      const mayWait = known?.has(each.id) === true;
      return rows.some((id) => {
        const row = each.rows.get(id);
        return row?.proven === false && !(mayWait && row.desired === undefined);
      });
    });
  }
}
