/** Rate of a long job: measured over its last seconds for people, and bounded where it is asked to go slowly. */

interface Mark {
  readonly atMs: number;
  readonly rows: number;
}

/** What a rate is measured over. */
const WINDOW_MS = 10_000;

export class Pace {
  readonly #rowsPerSecondMax: number;
  #marks: Mark[] = [];
  /** When the rows done so far may have been done at the earliest. */
  #dueMs = 0;

  /** @param rowsPerSecondMax 0: unbounded. */
  constructor(rowsPerSecondMax: number) {
    this.#rowsPerSecondMax = rowsPerSecondMax;
  }

  /** Rows were done up to `nowMs`; returns for how long to rest. `total` counts from the beginning of the job. */
  done(rows: number, total: number, nowMs: number): number {
    this.#marks = [
      ...this.#marks.filter(({ atMs }) => nowMs - atMs <= WINDOW_MS),
      { atMs: nowMs, rows: total },
    ];
    if (this.#rowsPerSecondMax === 0) return 0;
    this.#dueMs = Math.max(this.#dueMs, nowMs - 1_000) + (rows * 1_000) / this.#rowsPerSecondMax;
    return Math.max(0, this.#dueMs - nowMs);
  }

  /** Rows a second over the last seconds; 0 while there is nothing to measure. */
  get rowsPerSecond(): number {
    const first = this.#marks[0];
    const last = this.#marks.at(-1);
    if (first === undefined || last === undefined || last.atMs === first.atMs) return 0;
    return ((last.rows - first.rows) * 1_000) / (last.atMs - first.atMs);
  }

  /** Seconds for what is left; undefined without a rate. */
  secondsLeft(rowsLeft: number): number | undefined {
    const rate = this.rowsPerSecond;
    return rate > 0 ? Math.max(0, rowsLeft) / rate : undefined;
  }
}
