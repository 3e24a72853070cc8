/** A place in line. */
export interface Ticket {
  /** Resolves once everything that must come first is over. */
  readonly turn: Promise<void>;
  /** To be called once this one is over, whatever became of it. */
  readonly leave: () => void;
}

interface Waiting {
  readonly isWrite: boolean;
  readonly go: () => void;
  isRunning: boolean;
}

/**
 * Keeps requests that carry the same identifier in the order in which they came, as the universe that answered has seen them: a read waits for the writes
 * before it, a write for everything before it. Reads pass together, so that what everybody reads is no bottleneck. Invariants:
 *
 * 1. A ticket's lanes are entered together: two requests never wait for each other.
 * 2. A lane without tickets is forgotten.
 */
export class Lanes {
  readonly #lanes = new Map<string, Waiting[]>();

  get size(): number {
    return this.#lanes.size;
  }

  enter(keys: readonly string[], isWrite: boolean): Ticket {
    const lanes = [...new Set(keys)];
    const turn = Promise.withResolvers<void>();
    let ahead = lanes.length;
    const go = () => {
      ahead -= 1;
      if (ahead === 0) turn.resolve();
    };
    if (lanes.length === 0) turn.resolve();
    const places = lanes.map((key) => {
      const place: Waiting = { isWrite, go, isRunning: false };
      const lane = this.#lanes.get(key) ?? [];
      this.#lanes.set(key, lane);
      lane.push(place);
      advance(lane);
      return { key, place };
    });
    return {
      turn: turn.promise,
      leave: () => {
        for (const { key, place } of places.splice(0)) this.#leave(key, place);
      },
    };
  }

  #leave(key: string, place: Waiting): void {
    const lane = this.#lanes.get(key) ?? [];
    lane.splice(lane.indexOf(place), 1);
    if (lane.length === 0) this.#lanes.delete(key);
    else advance(lane);
  }
}

/** The first, and reads that have no write before them. */
function advance(lane: readonly Waiting[]): void {
  for (const [index, place] of lane.entries()) {
    if (index > 0 && place.isWrite) return;
    if (!place.isRunning) {
      place.isRunning = true;
      place.go();
    }
    if (place.isWrite) return;
  }
}
