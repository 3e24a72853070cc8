import { traceIdOf } from '@chronos/observability/tracing.ts';
import type { Story } from '../../core/mission-control/story.ts';
import type { Database } from '../store/database.ts';
import { journalSince, type ReadJournalEntry } from '../store/journal-store.ts';

/** Decisions told to those who begin to watch after a restart. */
const oldDecisionsMs = 3_600_000;
/** A transaction may become visible this long after the time that its entries have. */
const overlapMs = 20_000;
/** Several who listen read once. */
const readIntervalMs = 500;

const warnings: ReadonlySet<string> = new Set(['kill', 'return', 'hold']);

/** Tells every decision, from the journal: so those of other replicas and of before a restart are told as well. */
export class JournalTeller {
  readonly #database: Database;
  readonly #story: Story;
  readonly #nowMs: () => number;
  /** Decisions that were told, by the time they have. */
  readonly #told = new Map<string, number>();
  #readAtMs = Number.NEGATIVE_INFINITY;

  constructor(database: Database, story: Story, nowMs: () => number) {
    this.#database = database;
    this.#story = story;
    this.#nowMs = nowMs;
  }

  /** Tells the decisions that were not told yet. */
  async read(): Promise<void> {
    const nowMs = this.#nowMs();
    if (nowMs - this.#readAtMs < readIntervalMs) return;
    const before = this.#readAtMs;
    this.#readAtMs = nowMs;
    const sinceMs = Math.max(nowMs - oldDecisionsMs, before - overlapMs);
    try {
      for (const entry of await journalSince(this.#database, sinceMs)) this.#decided(entry);
    } catch (error) {
      this.#readAtMs = before;
      throw error;
    }
    for (const [key, atMs] of this.#told) if (atMs < sinceMs) this.#told.delete(key);
  }

  #decided(entry: ReadJournalEntry): void {
    const key = `${entry.migration}/${entry.sequence}`;
    if (this.#told.has(key)) return;
    this.#told.set(key, entry.atMs);
    const actor = entry.actor === 'chronos' ? '' : ` (${entry.actor})`;
    this.#story.tell({
      atMs: entry.atMs,
      level: warnings.has(entry.action) ? 'warning' : 'info',
      part: 'orchestrator',
      text: `${entry.action}: ${entry.reason}${actor}`,
      migration: entry.migration,
      group: entry.group,
      requestId: entry.requestId,
      traceId: traceIdOf(entry.traceparent),
      decision: entry.sequence,
    });
  }
}
