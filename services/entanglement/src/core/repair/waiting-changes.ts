/** Cases that wait for a copy: up to a bound each by itself, beyond it only which entities they are about. */
import { type RepairCase, rowsById } from './repair-case.ts';
import { awaitsCopy, type StillToCopy } from './still-to-copy.ts';
import { unknownRow } from './unknown-row.ts';

/** Rows of all cases that wait, about. */
const rowsMaxDefault = 10_000;
const about = 'what changed before a copy had passed';

export class WaitingChanges {
  readonly #rowsMax: number;
  #still: StillToCopy = { entities: new Set(), why: '' };
  #sinceMs = 0;
  #rows = 0;

  constructor(rowsMax = rowsMaxDefault) {
    this.#rowsMax = rowsMax;
  }

  /** @param cases that are kept. Returns those of them that wait from now on, and those that do no longer. */
  hold<C extends { readonly case: RepairCase }>(
    still: StillToCopy,
    cases: readonly C[],
    nowMs: number,
  ): { readonly held: readonly C[]; readonly released: readonly C[] } {
    const before = this.#still.entities;
    this.#still = still;
    // What is said of whole entities from now on is a case of its own: the one before may be gone through by then.
    this.#sinceMs = nowMs;
    const held = cases.filter((kept) => awaitsCopy(kept.case, still.entities));
    this.#rows = held.reduce((sum, kept) => sum + kept.case.rows.size, 0);
    const released = cases.filter(
      (kept) => awaitsCopy(kept.case, before) && !awaitsCopy(kept.case, still.entities),
    );
    return { held, released };
  }

  /** Why the case waits; undefined: it does not. */
  why(each: RepairCase): string | undefined {
    return awaitsCopy(each, this.#still.entities) ? this.#still.why : undefined;
  }

  has(entity: string): boolean {
    return this.#still.entities.has(entity);
  }

  /**
   * A new case as it is to be kept. Beyond the bound all of an entity is gone through behind the copy instead. (Not what modern did by itself, which is
   * counted, and what nobody may decide: there is little of either.)
   */
  taken(said: RepairCase, nowMs: number): RepairCase {
    if (!awaitsCopy(said, this.#still.entities)) return said;
    const mayBeFolded = !said.undecided && !said.id.startsWith('tx:modern:');
    if (this.#rows + said.rows.size <= this.#rowsMax || !mayBeFolded) {
      this.#rows += said.rows.size;
      return said;
    }
    const entities = new Set([...said.rows.values()].map(({ entity }) => entity));
    return {
      id: `copy:${this.#sinceMs}`,
      cause: 'entity',
      revision: 0,
      authority: said.authority,
      committedMs: nowMs,
      authorityLsn: 0n,
      openedMs: nowMs,
      revertFirst: false,
      undecided: false,
      rows: rowsById([...entities].map((entity) => ({ ...unknownRow(entity, ''), about }))),
    };
  }
}
