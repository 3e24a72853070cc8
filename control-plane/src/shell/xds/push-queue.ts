/** Proxies of an audience that are to be offered what it publishes. */
export interface PushTarget {
  /** Offers a proxy what cannot wait; whether more is to follow. */
  offerUrgent(nodeId: string): boolean;
  /** Offers it all. */
  offerAll(nodeId: string): void;
}

/** Of what cannot wait (one small message each): some milliseconds' work. */
const URGENT_A_TURN = 256;
/** Of the rest, whose messages may be large. */
const REST_A_TURN = 16;

/**
 * Pushes in slices, one a turn of the event loop: what proxies answer is read between them, and what cannot wait (the runtime layer: weights,
 * the kill) overtakes a large push that is under way, of whatever audience. What is offered is looked up when a proxy's turn comes, so
 * publications meanwhile coalesce; those that have waited longest stay first. The first slice is pushed at once: a small audience waits for no
 * turn.
 */
export class PushQueue {
  readonly #urgent = new Lane();
  readonly #rest = new Lane();
  #running = false;
  #scheduled = false;

  /** Offers these proxies what their audience publishes now. `urgent`: something in it cannot wait. */
  push(target: PushTarget, nodeIds: Iterable<string>, urgent: boolean): void {
    (urgent ? this.#urgent : this.#rest).add(target, nodeIds);
    // What a proxy's offer brings about comes in its turn.
    if (!this.#running) this.#run();
  }

  #run(): void {
    this.#running = true;
    try {
      for (const [target, nodeId] of this.#urgent.take(URGENT_A_TURN)) {
        if (target.offerUrgent(nodeId)) this.#rest.add(target, [nodeId]);
      }
      if (this.#urgent.isEmpty) {
        for (const [target, nodeId] of this.#rest.take(REST_A_TURN)) target.offerAll(nodeId);
      }
    } finally {
      this.#running = false;
      this.#goOn();
    }
  }

  #goOn(): void {
    if (this.#scheduled || (this.#urgent.isEmpty && this.#rest.isEmpty)) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#run();
    });
  }
}

/** Proxies by target, each once, in the order in which they came. */
class Lane {
  readonly #nodeIds = new Map<PushTarget, Set<string>>();

  get isEmpty(): boolean {
    return this.#nodeIds.size === 0;
  }

  add(target: PushTarget, nodeIds: Iterable<string>): void {
    const due = this.#nodeIds.get(target) ?? new Set();
    for (const nodeId of nodeIds) due.add(nodeId);
    if (due.size > 0) this.#nodeIds.set(target, due);
  }

  take(count: number): (readonly [PushTarget, string])[] {
    const taken: (readonly [PushTarget, string])[] = [];
    for (const [target, due] of this.#nodeIds) {
      for (const nodeId of due) {
        if (taken.length === count) return taken;
        taken.push([target, nodeId]);
        due.delete(nodeId);
      }
      this.#nodeIds.delete(target);
    }
    return taken;
  }
}
