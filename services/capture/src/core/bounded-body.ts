/** Bytes that all open exchanges together may hold: many uploads at once must not exhaust the process' memory. */
export class BodyBudget {
  readonly #limitBytes: number;
  #heldBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** How many of `wanted` bytes may be held; they are until given back. */
  take(wanted: number): number {
    const granted = Math.min(wanted, this.#limitBytes - this.#heldBytes);
    this.#heldBytes += granted;
    return granted;
  }

  giveBack(bytes: number): void {
    this.#heldBytes -= bytes;
  }
}

/** The beginning of a body, up to a limit and to what the budget grants, with the size of all of it. */
export class BoundedBody {
  readonly #limitBytes: number;
  readonly #budget: BodyBudget;
  readonly #chunks: Uint8Array[] = [];
  #heldBytes = 0;
  #totalBytes = 0;

  constructor(limitBytes: number, budget: BodyBudget) {
    this.#limitBytes = limitBytes;
    this.#budget = budget;
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  get truncated(): boolean {
    return this.#heldBytes < this.#totalBytes;
  }

  append(chunk: Uint8Array): void {
    // What follows a gap is never kept: `bytes` is always the body's beginning.
    const room = this.truncated ? 0 : this.#limitBytes - this.#heldBytes;
    this.#totalBytes += chunk.length;
    const kept = this.#budget.take(Math.min(chunk.length, room));
    if (kept === 0) return;
    this.#heldBytes += kept;
    this.#chunks.push(kept === chunk.length ? chunk : chunk.slice(0, kept));
  }

  bytes(): Uint8Array {
    if (this.#chunks.length === 1) return this.#chunks[0]!;
    const all = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  release(): void {
    this.#budget.giveBack(this.#heldBytes);
    this.#heldBytes = 0;
    this.#totalBytes = 0;
    this.#chunks.length = 0;
  }
}
