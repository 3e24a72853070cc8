/** A binary heap of ids by the time at which each is due. An id may stand in it several times: who takes it checks whether it still holds. */
export class DueQueue {
  readonly #heap: { readonly dueMs: number; readonly id: string }[] = [];

  get size(): number {
    return this.#heap.length;
  }

  push(id: string, dueMs: number): void {
    const entry = { id, dueMs };
    let at = this.#heap.length;
    this.#heap.push(entry);
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.#heap[up];
      if (!parent || parent.dueMs <= dueMs) break;
      this.#heap[at] = parent;
      at = up;
    }
    this.#heap[at] = entry;
  }

  /** Takes out the next id that is due at `nowMs`. */
  take(nowMs: number): string | undefined {
    const top = this.#heap[0];
    if (!top || top.dueMs > nowMs) return undefined;
    const last = this.#heap.pop();
    if (last && this.#heap.length > 0) this.#sink(last);
    return top.id;
  }

  #sink(entry: { readonly dueMs: number; readonly id: string }): void {
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      const right = this.#heap[down + 1];
      let child = this.#heap[down];
      if (child && right && right.dueMs < child.dueMs) {
        child = right;
        down += 1;
      }
      if (!child || child.dueMs >= entry.dueMs) break;
      this.#heap[at] = child;
      at = down;
    }
    this.#heap[at] = entry;
  }
}
