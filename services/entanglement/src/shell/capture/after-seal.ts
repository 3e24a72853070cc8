/** What becomes of the captures of a sealed migration: they run on while its last requests are judged, then leave nothing behind. */
import { setTimeout as delay } from 'node:timers/promises';
import type { UniverseCapture } from './universe-capture.ts';

type Capture = Pick<UniverseCapture, 'remove' | 'options' | 'status'>;

const lookMs = 100;
/** For how long a capture that is behind (a Debezium that starts anew, a reader that waits for the broker) is waited for. */
const readWithinMs = 60_000;

export class AfterSeal {
  readonly #log: (line: string) => void;
  readonly #nowUs: () => bigint;
  readonly #readWithinMs: number;
  readonly #now = new AbortController();
  readonly #ending = new Map<string, Promise<void>>();

  constructor(log: (line: string) => void, nowUs: () => bigint, readWithin = readWithinMs) {
    this.#log = log;
    this.#nowUs = nowUs;
    this.#readWithinMs = readWithin;
  }

  /** Whether the captures of this migration are told to end already. */
  has(migration: string): boolean {
    return this.#ending.has(migration);
  }

  /** Ends them for good after `ms` of a verdict's patience, and when what was done by then is read; or when this process ends. */
  end(migration: string, captures: readonly Capture[], ms: number): Promise<void> {
    const ended = this.#wait(Math.max(0, ms)).then(async () => {
      const patienceUs = this.#nowUs();
      await Promise.all(
        captures.map(async (capture) => {
          await this.#untilRead(capture, patienceUs);
          await this.#remove(capture);
        }),
      );
    });
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

  /** Time alone does not say that the last requests' changes have come: a heartbeat that was sent after them does. */
  async #untilRead({ status, options }: Capture, untilUs: bigint): Promise<void> {
    const deadline = performance.now() + this.#readWithinMs;
    while ((status.heartbeatAtUs ?? 0n) < untilUs && !this.#now.signal.aborted) {
      if (performance.now() > deadline) {
        const why = status.problems.map(({ message }) => message).join('; ') || 'its stream is behind';
        this.#log(
          `${options.wanted.slot}: ends before the last changes were read (${why}): verdicts on the last requests are without them`,
        );
        return;
      }
      await this.#wait(lookMs);
    }
  }

  #wait(ms: number): Promise<unknown> {
    return delay(ms, undefined, { signal: this.#now.signal }).catch(() => undefined);
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
