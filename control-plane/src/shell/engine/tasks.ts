/** Work in the background of a process: failures are logged, the end waits for it. */
export class Tasks {
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  readonly run = (what: string, work: (stopping: AbortSignal) => Promise<void>): void => {
    const task = work(this.#stopping.signal)
      .catch((error: unknown) => {
        if (!this.#stopping.signal.aborted)
          this.#log(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => this.#running.delete(task));
    this.#running.add(task);
  };

  /** Calls `work` again `intervalMs` after it ended, until the signal or the end. */
  repeat(what: string, intervalMs: number, signal: AbortSignal, work: () => Promise<void>): void {
    this.run(what, async (stopping) => {
      const ended = AbortSignal.any([signal, stopping]);
      while (!ended.aborted) {
        await work().catch((error: unknown) => {
          if (!ended.aborted) this.#log(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        });
        await pause(intervalMs, ended);
      }
    });
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }
}

/** Resolves after the time, or at once when the signal is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
