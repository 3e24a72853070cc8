import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';

/** Verdicts waiting for one slow reader; more are skipped and counted. */
const waitingMax = 256;

interface Reader {
  readonly accepts: (verdict: Verdict) => boolean;
  readonly waiting: Verdict[];
  skipped: number;
  wake: () => void;
}

/** Hands fresh verdicts to those who watch. A slow reader slows nobody down: it misses some, and is told how many. */
export class VerdictFeed {
  readonly #readers = new Set<Reader>();

  push(verdicts: readonly Verdict[]): void {
    for (const reader of this.#readers) {
      for (const verdict of verdicts) {
        if (!reader.accepts(verdict)) continue;
        if (reader.waiting.length < waitingMax) reader.waiting.push(verdict);
        else reader.skipped += 1;
      }
      reader.wake();
    }
  }

  /** From now on, until the signal; `skipped` since the item before. */
  async *watch(
    accepts: (verdict: Verdict) => boolean,
    signal: AbortSignal,
  ): AsyncGenerator<{ readonly verdict: Verdict; readonly skipped: number }> {
    const reader: Reader = { accepts, waiting: [], skipped: 0, wake: () => {} };
    this.#readers.add(reader);
    const aborted = () => reader.wake();
    signal.addEventListener('abort', aborted);
    try {
      while (!signal.aborted) {
        const verdict = reader.waiting.shift();
        if (verdict === undefined) {
          await new Promise<void>((resolve) => {
            reader.wake = resolve;
            if (signal.aborted || reader.waiting.length > 0) resolve();
          });
          continue;
        }
        const { skipped } = reader;
        reader.skipped = 0;
        yield { verdict, skipped };
      }
    } finally {
      this.#readers.delete(reader);
      signal.removeEventListener('abort', aborted);
    }
  }
}
