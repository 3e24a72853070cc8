/** Counts the ACKs of all proxies, and when each came. */
export class Acks {
  #count = 0;
  #times: number[] = [];
  #goal: { readonly inAll: number; readonly resolve: () => void } | undefined;

  get count(): number {
    return this.#count;
  }

  one(): void {
    this.#count += 1;
    this.#times.push(performance.now());
    if (this.#goal !== undefined && this.#count >= this.#goal.inAll) {
      this.#goal.resolve();
      this.#goal = undefined;
    }
  }

  /** Forgets the times, and says when that was. */
  restart(): number {
    this.#times = [];
    return performance.now();
  }

  /** Resolves once so many came in all. */
  reach(inAll: number): Promise<void> {
    if (this.#count >= inAll) return Promise.resolve();
    return new Promise((resolve) => {
      this.#goal = { inAll, resolve };
    });
  }

  /** Each ACK's time after `startedAt`, in milliseconds. */
  since(startedAt: number): number[] {
    return this.#times.map((at) => at - startedAt);
  }
}
