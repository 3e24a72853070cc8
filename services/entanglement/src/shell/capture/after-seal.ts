/** What becomes of the captures of a sealed migration: they run on while its last requests are judged, then leave nothing behind. */
import { setTimeout as delay } from 'node:timers/promises';
import type { UniverseCapture } from './universe-capture.ts';

type Capture = Pick<UniverseCapture, 'remove' | 'options'>;

export class AfterSeal {
  readonly #log: (line: string) => void;
  readonly #now = new AbortController();
  readonly #ending = new Map<string, Promise<void>>();

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** Whether the captures of this migration are told to end already. */
  has(migration: string): boolean {
    return this.#ending.has(migration);
  }

  /** Ends them for good after `ms` of a verdict's patience, or when this process ends. */
  end(migration: string, captures: readonly Capture[], ms: number): Promise<void> {
    const ended = delay(Math.max(0, ms), undefined, { signal: this.#now.signal })
      .catch(() => undefined)
      .then(() => this.remove(captures));
    this.#ending.set(migration, ended);
    return ended;
  }

  async remove(captures: readonly Capture[]): Promise<void> {
    await Promise.all(captures.map((capture) => this.#remove(capture)));
  }

  /** Nobody will judge any more: what waits goes at once. */
  async stop(): Promise<void> {
    this.#now.abort();
    await Promise.all(this.#ending.values());
  }

  /** A universe that is away keeps its slot: said, with the way to remove it by hand. */
  async #remove(capture: Capture): Promise<void> {
    const { slot } = capture.options.wanted;
    await capture.remove().catch((error: unknown) => {
      this.#log(
        `${slot}: not removed (${String(error)}) → SELECT pg_drop_replication_slot('${slot}') once the database is there`,
      );
    });
  }
}
