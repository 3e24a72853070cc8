import type { Lanes, Ticket } from './lanes.ts';

/** An identifier that a copy carries: what it is of (migration, target, bijection), and its value. */
export interface LaneKey {
  readonly kind: string;
  readonly value: string;
}

/** A copy that has come. */
export interface Arrival {
  /** What it carries is known; its turn comes once those before it that carry the same are over. Once only. */
  enter(keys: readonly LaneKey[], isWrite: boolean): Promise<void>;
  /** Nobody waits any longer for what it may carry: its place is the one that it gets when it enters. */
  giveWay(): void;
  /** It is over, whatever became of it. */
  leave(): void;
}

interface Waiting {
  /** What it carries as far as it is known. */
  keys: readonly LaneKey[];
  /** Kinds of which it may carry more, in a body that nobody has read yet. */
  unread: readonly string[];
  /** Set once all is known: takes its places in the lanes. */
  go: (() => void) | undefined;
}

/**
 * Brings copies into the {@link Lanes} in the order in which their heads came, though some of their identifiers stand in bodies that are read later:
 * a copy does not take its place while one before it may still turn out to carry the same identifier. Invariants:
 *
 * 1. Of two copies that carry the same identifier the one whose head came first enters first, unless it gave way before its body was read.
 * 2. Nobody waits for a body that cannot hold an identifier of a kind that it carries itself.
 * 3. What has entered, given way or left is forgotten.
 */
export class Arrivals {
  readonly #lanes: Lanes;
  /** In the order of their heads. */
  readonly #waiting = new Set<Waiting>();

  constructor(lanes: Lanes) {
    this.#lanes = lanes;
  }

  get size(): number {
    return this.#waiting.size;
  }

  arrive(keys: readonly LaneKey[], unread: readonly string[]): Arrival {
    const waiting: Waiting = { keys, unread, go: undefined };
    this.#waiting.add(waiting);
    let ticket: Ticket | undefined;
    let isOver = false;
    return {
      enter: async (all, isWrite) => {
        const entered = Promise.withResolvers<void>();
        waiting.keys = all;
        waiting.unread = [];
        waiting.go = () => {
          ticket = this.#lanes.enter(
            all.map(({ kind, value }) => `${kind}/${value}`),
            isWrite,
          );
          entered.resolve(ticket.turn);
        };
        // It gave way: whoever came later may be before it by now.
        if (!this.#waiting.has(waiting) && !isOver) this.#waiting.add(waiting);
        this.#advance();
        await entered.promise;
      },
      giveWay: () => {
        if (waiting.go === undefined) this.#forget(waiting);
      },
      leave: () => {
        isOver = true;
        this.#forget(waiting);
        ticket?.leave();
      },
    };
  }

  #forget(waiting: Waiting): void {
    if (this.#waiting.delete(waiting)) this.#advance();
  }

  #advance(): void {
    const kinds = new Set<string>();
    const taken = new Set<string>();
    for (const waiting of this.#waiting) {
      const { keys, unread, go } = waiting;
      const isFree = keys.every(({ kind, value }) => !kinds.has(kind) && !taken.has(`${kind}/${value}`));
      if (go !== undefined && isFree) {
        this.#waiting.delete(waiting);
        go();
        continue;
      }
      for (const kind of unread) kinds.add(kind);
      for (const { kind, value } of keys) taken.add(`${kind}/${value}`);
    }
  }
}
