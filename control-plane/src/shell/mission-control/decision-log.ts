import type { Engine } from '../engine/engine.ts';
import { listJournal, type ReadJournalEntry } from '../store/journal-store.ts';

/** Newest decisions that are kept. */
const keptMax = 200;
/** Read each time; where none of them is known yet, all that are kept are read. */
const readMax = 20;

/** A migration's newest decisions, with the version in which each was seen first, or with its ACK: that comes after the decision. */
export class DecisionLog {
  readonly #engine: Engine;
  readonly #migration: string;
  #entries: readonly { readonly entry: ReadJournalEntry; readonly version: number }[] = [];

  constructor(engine: Engine, migration: string) {
    this.#engine = engine;
    this.#migration = migration;
  }

  /** Reads what is new, which becomes part of this version. */
  async read(version: number): Promise<void> {
    const known = new Map(this.#entries.map((item) => [item.entry.sequence, item]));
    let newest = await this.#newest(readMax);
    if (newest.length === readMax && !newest.some(({ sequence }) => known.has(sequence))) {
      newest = await this.#newest(keptMax);
    }
    for (const entry of newest.reverse()) {
      const before = known.get(entry.sequence);
      if (before === undefined || before.entry.ackMs !== entry.ackMs)
        known.set(entry.sequence, { entry, version });
    }
    this.#entries = [...known.values()].slice(-keptMax);
  }

  #newest(limit: number): Promise<ReadJournalEntry[]> {
    return listJournal(this.#engine.database, this.#migration, { limit });
  }

  /** Oldest first. */
  after(version: number): ReadJournalEntry[] {
    return this.#entries.filter((item) => item.version > version).map(({ entry }) => entry);
  }

  /** Those of this time and later, oldest first. */
  since(atMs: number): ReadJournalEntry[] {
    return this.#entries.filter(({ entry }) => entry.atMs >= atMs).map(({ entry }) => entry);
  }

  /** Oldest first. */
  newest(count: number): ReadJournalEntry[] {
    return this.#entries.slice(-count).map(({ entry }) => entry);
  }
}
