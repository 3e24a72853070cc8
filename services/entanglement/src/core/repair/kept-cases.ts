import { LoneDeeds } from './lone-deed.ts';
import { oneDeed, withDeed } from './one-deed.ts';
import type { RepairCase } from './repair-case.ts';
import type { Timings } from './timings.ts';

/** A case as it is kept, with how it stands. */
export interface KeptCase {
  readonly case: RepairCase;
  readonly nextLookMs: number;
  /** Set: it could not be settled in time; why. */
  readonly outstanding: string | undefined;
  /** Writes that a database refused. */
  readonly refusals: number;
  /** Of these, how often the database did, and not what the cases say of each other. */
  readonly refusedWrites?: number;
  /** What it waits for, where that makes it outstanding; no database refused it. */
  readonly waits?: string;
}

export const atWork =
  'requests are at work on its rows all the time → it is tried again by itself; chronos verify says whether they still differ';

/** Cases that are not settled, each with when it is looked at next, and the last that are: a later verdict may say more of them. */
export class KeptCases {
  readonly #timings: Timings;
  readonly #kept = new Map<string, KeptCase>();
  readonly #lone = new LoneDeeds();
  readonly #recognised = new Set<string>();
  /** The oldest leave first. */
  readonly #settled = new Map<string, RepairCase>();
  readonly #settledMax = 10_000;
  #changes = 0;

  constructor(timings: Timings) {
    this.#timings = timings;
  }

  get all(): readonly KeptCase[] {
    return [...this.#kept.values()];
  }

  /** Grows with each change to what is kept. */
  get changes(): number {
    return this.#changes;
  }

  get(id: string): KeptCase | undefined {
    return this.#kept.get(id);
  }

  settled(id: string): RepairCase | undefined {
    return this.#settled.get(id);
  }

  /** A new one is looked at at once. */
  open(opened: RepairCase, nowMs: number, outstanding?: string): void {
    this.#settled.delete(opened.id);
    this.keep({ case: opened, nextLookMs: nowMs, outstanding, refusals: 0 });
  }

  keep(kept: KeptCase): void {
    this.#changes += 1;
    const before = this.#kept.get(kept.case.id)?.case;
    this.#kept.set(kept.case.id, kept);
    if (before === kept.case) return;
    if (before !== undefined) this.#lone.remove(before);
    this.#lone.add(kept.case);
    if (before?.rows !== kept.case.rows) this.#recognise(kept.case.id);
  }

  drop(id: string): void {
    this.#changes += 1;
    const before = this.#kept.get(id)?.case;
    if (before !== undefined) this.#lone.remove(before);
    this.#kept.delete(id);
  }

  /** Cases that were found to be one deed with another's since this was asked last. */
  recognised(): RepairCase[] {
    const found = [...this.#recognised].flatMap((id) => this.#kept.get(id)?.case ?? []);
    this.#recognised.clear();
    return found;
  }

  /** As soon as both are known, before anything is planned for either. */
  #recognise(id: string): void {
    const own = this.#kept.get(id)?.case;
    if (own === undefined) return;
    for (const each of this.#lone.sharing(own)) {
      const [a, b] = [this.#kept.get(id), this.#kept.get(each)];
      const deed = a && b && oneDeed(a.case, b.case);
      if (deed === undefined) continue;
      for (const kept of [a, b]) {
        if (kept === undefined || kept.case.deed?.words === deed.words) continue;
        this.#kept.set(kept.case.id, { ...kept, case: withDeed(kept.case, deed) });
        this.#recognised.add(kept.case.id);
      }
    }
  }

  settle(over: RepairCase): void {
    this.drop(over.id);
    // Of these nothing later will say more, and there may be very many.
    if (over.cause === 'entity') return;
    this.#settled.set(over.id, over);
    if (this.#settled.size <= this.#settledMax) return;
    const [oldest] = this.#settled.keys();
    if (oldest !== undefined) this.#settled.delete(oldest);
  }

  /** It is tried again, the later the more often a database refused it (`refused`: why), and seldom once it is outstanding; `waits`: for what, else. */
  postpone(kept: KeptCase, nowMs: number, refused: string | undefined, waits = atWork): void {
    const { outstandingAfterMs, retryMs, slowRetryMs } = this.#timings;
    const refusals = refused === undefined ? kept.refusals : kept.refusals + 1;
    const late = nowMs - kept.case.openedMs >= outstandingAfterMs;
    const hasWaited = kept.outstanding === undefined || kept.outstanding === kept.waits;
    const why = refused ?? (late && hasWaited ? waits : kept.outstanding);
    const outstanding = late || refusals >= 5 ? why : kept.outstanding;
    const backOff = outstanding === undefined ? Math.min(retryMs * 2 ** refusals, slowRetryMs) : slowRetryMs;
    this.keep({ ...kept, refusals, outstanding, waits, nextLookMs: nowMs + backOff });
  }

  /** It waits for traffic to go back to legacy. */
  awaitsRevert({ case: { revertFirst, openedMs } }: KeptCase, nowMs: number): boolean {
    return revertFirst && nowMs - openedMs < this.#timings.revertWithinMs;
  }
}
