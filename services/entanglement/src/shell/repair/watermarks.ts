import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Watermark } from '@chronos/proto/events/v1/state_update_pb.js';
import type { Universe } from '../../core/mapping/catalog.ts';

/** How far one migration's changes have been read, in all partitions. */
export class Watermarks {
  readonly #partitions: number;
  readonly #at = new Map<string, number>();
  #waiting: { readonly atMs: number; readonly wake: () => void }[] = [];

  constructor(partitions: number) {
    this.#partitions = partitions;
  }

  take(universe: Universe, partition: number, { emittedAt, paused }: Watermark): void {
    if (paused || emittedAt === undefined) return;
    this.#at.set(`${universe} ${partition}`, timestampMs(emittedAt));
    const passed = this.passedMs;
    const ready = this.#waiting.filter(({ atMs }) => atMs <= passed);
    this.#waiting = this.#waiting.filter(({ atMs }) => atMs > passed);
    for (const { wake } of ready) wake();
  }

  /** Everything that either universe committed before this time has been seen. */
  get passedMs(): number {
    if (this.#at.size < 2 * this.#partitions) return 0;
    return Math.min(...this.#at.values());
  }

  /** Resolves to whether both universes' changes up to then were seen in time. */
  passed(atMs: number, withinMs: number, signal: AbortSignal): Promise<boolean> {
    if (this.passedMs >= atMs) return Promise.resolve(true);
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (passed: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#waiting = this.#waiting.filter((each) => each !== entry);
        resolve(passed);
      };
      const entry = { atMs, wake: () => end(true) };
      const onAbort = () => end(false);
      const timer = setTimeout(() => end(false), withinMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(entry);
    });
  }
}
