import type { EntityVerification, RowDifference } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { RefusedRow, RepairTogether } from './repair-together.ts';
import type { SideRow } from './side.ts';

/** A row that differs for certain, as it was read. */
export interface DifferingRow {
  readonly entity: CompiledEntity;
  readonly key: readonly string[];
  readonly legacy: SideRow | undefined;
  readonly modern: SideRow | undefined;
}

/** A row that differs, and what is shown of it. */
export interface FoundRow {
  readonly row: DifferingRow;
  readonly shown: RowDifference;
}

/**
 * Makes both sides equal; resolves to false if a side has changed since, to a text if it is not done yet: what it waits for. Rejects with the reason when it cannot be done, and at once after
 * `signal` where it waits for others.
 */
export type Repair = (row: DifferingRow, signal: AbortSignal) => Promise<boolean | string>;

/** Rows of one transaction, at most. */
const REFUSED_MAX = 5_000;
/** While so long no row could be written, none of the others is tried. */
const FRUITLESS_MS = 90_000;

/** Rows that could not be repaired one by one, to be tried {@link RepairTogether} when all entities were gone through. */
export class RefusedRows {
  readonly #rows: {
    readonly row: RefusedRow;
    readonly shown: RowDifference;
    readonly progress: EntityVerification;
  }[] = [];

  add(
    { entity, key, legacy, modern }: DifferingRow,
    shown: RowDifference,
    progress: EntityVerification,
  ): void {
    const row = { entity, key, legacy: legacy?.version, modern: modern?.version };
    if (this.#rows.length < REFUSED_MAX) this.#rows.push({ row, shown, progress });
  }

  async repair(together: RepairTogether, signal: AbortSignal): Promise<void> {
    if (this.#rows.length === 0) return;
    await together(
      this.#rows.map(({ row }) => row),
      signal,
      (at, outcome) => {
        const { shown, progress } = this.#rows[at] ?? {};
        if (shown === undefined || progress === undefined) return;
        shown.repaired = outcome === true;
        if (shown.repaired) progress.repaired += 1n;
        shown.repairFailure = typeof outcome === 'string' ? outcome : '';
      },
    );
  }
}

/** Repairs rows one by one, several at once where each waits for what the others wait for, too. */
export class RowRepairs {
  readonly #repair: Repair;
  readonly #atOnce: number;
  readonly #refused: RefusedRows;
  readonly #fruitlessMs: number;
  #fruitlessSinceMs: number | undefined;

  /** @param refused is told of rows that `repair` rejects. */
  constructor(repair: Repair, atOnce: number, refused: RefusedRows, fruitlessMs = FRUITLESS_MS) {
    this.#repair = repair;
    this.#atOnce = atOnce;
    this.#refused = refused;
    this.#fruitlessMs = fruitlessMs;
  }

  /** @throws the signal's reason, soon after it; what was written by then is counted. */
  async all(found: readonly FoundRow[], progress: EntityVerification, signal: AbortSignal): Promise<void> {
    for (let at = 0; at < found.length; at += this.#atOnce) {
      signal.throwIfAborted();
      if (this.#isFruitless) {
        const seconds = Math.round(this.#fruitlessMs / 1_000);
        for (const { shown } of found.slice(at))
          shown.repairFailure = `not tried: for ${seconds} s none of the rows before it could be repaired`;
        return;
      }
      const before = progress.repaired;
      this.#fruitlessSinceMs ??= performance.now();
      const some = found.slice(at, at + this.#atOnce);
      await Promise.all(some.map((each) => this.#one(each, progress, signal)));
      if (progress.repaired > before) this.#fruitlessSinceMs = undefined;
    }
    signal.throwIfAborted();
  }

  get #isFruitless(): boolean {
    const since = this.#fruitlessSinceMs;
    return since !== undefined && performance.now() - since >= this.#fruitlessMs;
  }

  async #one({ row, shown }: FoundRow, progress: EntityVerification, signal: AbortSignal): Promise<void> {
    try {
      const outcome = await this.#repair(row, signal);
      shown.repaired = outcome === true;
      if (shown.repaired) progress.repaired += 1n;
      else shown.repairFailure = typeof outcome === 'string' ? outcome : 'the row changed meanwhile';
    } catch (error) {
      if (signal.aborted) {
        shown.repairFailure = 'the verification was stopped meanwhile';
        return;
      }
      shown.repairFailure = error instanceof Error ? error.message : String(error);
      this.#refused.add(row, shown, progress);
    }
  }
}
