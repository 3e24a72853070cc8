/**
 * Latencies of one second as a sketch with relative error: a bucket's bounds grow by γ, so that its middle is at most 2 % off (DDSketch,
 * Masson et al., VLDB 2019). Bounded by the range of latencies, not by how many there are.
 */
export class Latencies {
  readonly #counts = new Map<number, number>();
  #total = 0;

  add(ms: number): void {
    const bucket = Math.ceil(Math.log(Math.min(Math.max(ms, leastMs), mostMs)) / logGamma);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + 1);
    this.#total += 1;
  }

  get isEmpty(): boolean {
    return this.#total === 0;
  }

  /** Milliseconds; NaN where nothing was added. `q` from 0 to 1. */
  quantile(q: number): number {
    let rank = Math.ceil(q * this.#total);
    for (const bucket of [...this.#counts.keys()].sort((a, b) => a - b)) {
      rank -= this.#counts.get(bucket) ?? 0;
      if (rank <= 0) return (2 * gamma ** bucket) / (gamma + 1);
    }
    return Number.NaN;
  }
}

const relativeError = 0.02;
const gamma = (1 + relativeError) / (1 - relativeError);
const logGamma = Math.log(gamma);
const leastMs = 0.01;
const mostMs = 3_600_000;
