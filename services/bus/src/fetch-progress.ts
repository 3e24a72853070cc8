/** A broker that was not asked for this long, while another one was, has no partition of ours any more. */
const GONE_MS = 60_000;

/**
 * Until when a group's member knows its partitions. The client asks a broker for the next records when all that it brought last has been handed
 * out: with each fetch that begins, everything that stood there when the one before began is known.
 */
export class FetchProgress {
  /** By broker, when its newest fetch began, and the one before; epoch milliseconds. */
  readonly #fetches = new Map<number, { beganMs: number; beforeMs: number }>();

  begins(nodeId: number, nowMs: number): void {
    const beforeMs = this.#fetches.get(nodeId)?.beganMs ?? Number.NEGATIVE_INFINITY;
    this.#fetches.set(nodeId, { beganMs: nowMs, beforeMs });
    for (const [other, { beganMs }] of this.#fetches)
      if (beganMs < nowMs - GONE_MS) this.#fetches.delete(other);
  }

  /** The partitions may be others, and what the last fetches brought may have been thrown away. */
  beginsAnew(): void {
    this.#fetches.clear();
  }

  get readToMs(): number {
    if (this.#fetches.size === 0) return Number.NEGATIVE_INFINITY;
    return Math.min(...[...this.#fetches.values()].map(({ beforeMs }) => beforeMs));
  }
}
