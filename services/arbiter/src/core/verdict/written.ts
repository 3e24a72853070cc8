/**
 * Verdicts written lately, as they were written: a change that comes later re-opens its request's. Bounded by number and bytes, the oldest
 * forgotten first; those are read from the log again where one is needed.
 */
export class WrittenVerdicts {
  readonly #verdicts = new Map<string, Uint8Array>();
  readonly #max: number;
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(max = 5_000, bytesMax = 4 << 20) {
    this.#max = max;
    this.#bytesMax = bytesMax;
  }

  add(requestId: string, verdict: Uint8Array): void {
    this.#remove(requestId);
    this.#verdicts.set(requestId, verdict);
    this.#bytes += verdict.byteLength;
    while (this.#verdicts.size > this.#max || this.#bytes > this.#bytesMax) {
      const oldest = this.#verdicts.keys().next();
      if (oldest.done) return;
      this.#remove(oldest.value);
    }
  }

  get(requestId: string): Uint8Array | undefined {
    return this.#verdicts.get(requestId);
  }

  #remove(requestId: string): void {
    this.#bytes -= this.#verdicts.get(requestId)?.byteLength ?? 0;
    this.#verdicts.delete(requestId);
  }
}
