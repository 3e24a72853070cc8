/** Which rows differ for certain, and which were only in flight between two readings. */

/** One side of a row at one reading; undefined: there is no such row. */
export interface ReadRow<R> {
  readonly row: R;
  /** Changes whenever the row does. */
  readonly version: string;
}

export interface Reading<R> {
  readonly legacy: ReadRow<R> | undefined;
  readonly modern: ReadRow<R> | undefined;
  readonly equal: boolean;
}

export type Settled = 'in-flight' | 'differs' | 'unsettled';

/**
 * Follows the rows that differed once. A row differs when it is read unequal twice, at least `quietMs` apart, without a change of either side in between:
 * so long may a request still be on its way to the other universe. Equal once is enough to be rid of the suspicion. What changes in every reading until
 * `givenUpAfterMs` stays unsettled: neither proven equal nor shown to differ.
 */
export class Suspects<R> {
  readonly #since = new Map<string, { versions: string; atMs: number; firstMs: number }>();
  readonly #quietMs: number;
  readonly #givenUpAfterMs: number;

  constructor(options: { readonly quietMs: number; readonly givenUpAfterMs: number }) {
    this.#quietMs = options.quietMs;
    this.#givenUpAfterMs = options.givenUpAfterMs;
  }

  /** Keys still to be read again. */
  get open(): readonly string[] {
    return [...this.#since.keys()];
  }

  /** Takes in a reading of a key made at `atMs`; undefined: read it again. */
  see(key: string, reading: Reading<R>, atMs: number): Settled | undefined {
    if (reading.equal) return this.#end(key, 'in-flight');
    const versions = `${reading.legacy?.version ?? '-'} ${reading.modern?.version ?? '-'}`;
    const known = this.#since.get(key);
    if (known?.versions === versions) {
      return atMs - known.atMs >= this.#quietMs ? this.#end(key, 'differs') : undefined;
    }
    const firstMs = known?.firstMs ?? atMs;
    if (atMs - firstMs >= this.#givenUpAfterMs) return this.#end(key, 'unsettled');
    this.#since.set(key, { versions, atMs, firstMs });
    return undefined;
  }

  /** When something open can be decided at the earliest. */
  nextMs(nowMs: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { atMs } of this.#since.values()) next = Math.min(next, atMs + this.#quietMs);
    return Math.max(nowMs, next);
  }

  #end(key: string, outcome: Settled): Settled {
    this.#since.delete(key);
    return outcome;
  }
}
