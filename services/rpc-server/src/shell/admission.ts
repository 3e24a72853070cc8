/** Connections taken up in one turn of the event loop: a few milliseconds' work. */
const PER_TURN = 8;

/**
 * Spreads the start of connections over turns of the event loop. All clients come back at once after a network fault; taking up a
 * connection costs some hundred microseconds, and a thousand in one turn would keep everything else waiting for as long.
 * What waits is bounded by the listener's limit of connections.
 */
export class Admission {
  readonly #waiting: (() => void)[] = [];
  #next = 0;

  /** Runs `start` in one of the next turns, in order. */
  admit(start: () => void): void {
    this.#waiting.push(start);
    if (this.#waiting.length === 1) setImmediate(this.#turn);
  }

  readonly #turn = () => {
    const end = Math.min(this.#next + PER_TURN, this.#waiting.length);
    for (; this.#next < end; this.#next += 1) this.#waiting[this.#next]?.();
    if (this.#next < this.#waiting.length) {
      setImmediate(this.#turn);
      return;
    }
    this.#waiting.length = 0;
    this.#next = 0;
  };
}
