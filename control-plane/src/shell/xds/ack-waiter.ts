/** Outcome of waiting: node ids, each in exactly one list. */
export interface AckResult {
  readonly elapsedMs: number;
  readonly acked: readonly string[];
  /** Answered with NACK. */
  readonly rejected: readonly string[];
  /**
   * Did not answer in time, or lost the connection and did not come back in time; or, when a canary rejected what is awaited, were not
   * asked: they run what they ran before.
   */
  readonly pending: readonly string[];
}

/** Where one node stands with regard to the awaited snapshot; `uninvolved`: it does not subscribe to the awaited type. */
export type Standing = 'acked' | 'rejected' | 'pending' | 'uninvolved';

/** Waits until every node has answered. A node that was there at the start and went away stays pending: it may still run the old content. */
export class AckWaiter {
  readonly result: Promise<AckResult>;
  readonly #standings = new Map<string, Standing>();
  readonly #standingOf: (nodeId: string) => Standing;
  readonly #withheld: () => boolean;
  readonly #startedAtMs: number;
  readonly #timer: NodeJS.Timeout;
  #pending = 0;
  #resolve: ((result: AckResult) => void) | undefined;

  /** @param withheld what is awaited was taken back: those that have not answered will not be asked */
  constructor(
    nodeIds: Iterable<string>,
    standingOf: (nodeId: string) => Standing,
    withheld: () => boolean,
    timeoutMs: number,
  ) {
    this.#standingOf = standingOf;
    this.#withheld = withheld;
    this.#startedAtMs = performance.now();
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#timer = setTimeout(() => this.finish(), timeoutMs);
    for (const nodeId of nodeIds) this.#look(nodeId);
    if (this.#pending === 0 || withheld()) this.finish();
  }

  get finished(): boolean {
    return this.#resolve === undefined;
  }

  /** Something changed at this node, or for all of them. */
  check(nodeId?: string): void {
    if (this.finished) return;
    if (nodeId !== undefined) this.#look(nodeId);
    if (this.#pending === 0 || this.#withheld()) this.finish();
  }

  /** Ends the waiting with what is known now. */
  finish(): void {
    clearTimeout(this.#timer);
    const nodes = (standing: Standing) =>
      [...this.#standings].filter(([, of]) => of === standing).map(([nodeId]) => nodeId);
    this.#resolve?.({
      elapsedMs: performance.now() - this.#startedAtMs,
      acked: nodes('acked'),
      rejected: nodes('rejected'),
      pending: nodes('pending'),
    });
    this.#resolve = undefined;
  }

  #look(nodeId: string): void {
    const before = this.#standings.get(nodeId);
    const standing = this.#standingOf(nodeId);
    // A node that comes back and has not asked for the type yet is still awaited.
    const now = standing === 'uninvolved' && before !== undefined ? 'pending' : standing;
    if (now === 'uninvolved') return;
    if (before === 'pending') this.#pending -= 1;
    if (now === 'pending') this.#pending += 1;
    this.#standings.set(nodeId, now);
  }
}
