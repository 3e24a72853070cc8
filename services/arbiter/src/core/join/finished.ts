/**
 * Ids whose verdict exists, the newest `max` of them. A duplicate (a producer's retry, a record read again after a crash) comes within
 * seconds; the memory holds many minutes of them.
 */
export class Finished {
  readonly #ids = new Set<string>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= this.#max) return;
    const oldest = this.#ids.values().next();
    if (!oldest.done) this.#ids.delete(oldest.value);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
