/** How long repairs wait for what. */
export interface Timings {
  /** Rows of a case are copied only when nobody is at work on any of them; after so long, numbers are compensated and the rest copied. */
  readonly patienceMs: number;
  /** After so long a case is outstanding: shown, and tried ever more seldom. */
  readonly outstandingAfterMs: number;
  /** Between two looks at rows that somebody is at work on. */
  readonly retryMs: number;
  /** The same of what is outstanding. */
  readonly slowRetryMs: number;
  /** How long traffic may take to go back before repairs are made without that. */
  readonly revertWithinMs: number;
}

export const TIMINGS: Timings = {
  patienceMs: 500,
  outstandingAfterMs: 60_000,
  retryMs: 200,
  slowRetryMs: 15_000,
  revertWithinMs: 5_000,
};
