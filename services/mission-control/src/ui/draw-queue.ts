/** Of the 16 ms of a frame, what drawing may take. */
const budgetMs = 6;

export interface Frames {
  /** Calls once, with the next frame. */
  next(call: () => void): void;
  nowMs(): number;
}

/**
 * Draws what changed, spread over frames: six charts of an hour that all get their next second at once would otherwise take a frame of 50 ms.
 * What changes again before its turn is drawn once, as it is then.
 */
export class DrawQueue {
  readonly #waiting = new Map<object, () => void>();
  readonly #frames: Frames;
  #isAsked = false;

  constructor(frames: Frames) {
    this.#frames = frames;
  }

  /** @param of what is drawn: the last call for it counts */
  draw(of: object, call: () => void): void {
    this.#waiting.set(of, call);
    this.#ask();
  }

  /** It is gone: nothing of it is drawn any more. */
  forget(of: object): void {
    this.#waiting.delete(of);
  }

  #ask(): void {
    if (this.#isAsked || this.#waiting.size === 0) return;
    this.#isAsked = true;
    this.#frames.next(() => {
      this.#isAsked = false;
      const until = this.#frames.nowMs() + budgetMs;
      for (const [of, call] of this.#waiting) {
        this.#waiting.delete(of);
        call();
        if (this.#frames.nowMs() >= until) break;
      }
      this.#ask();
    });
  }
}

/** Of this page. A hidden tab has no frames: what waits is drawn when it is seen again. */
export const drawing = new DrawQueue({
  next: (call) => requestAnimationFrame(call),
  nowMs: () => performance.now(),
});
