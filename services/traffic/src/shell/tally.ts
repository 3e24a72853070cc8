import { build, type Histogram } from 'hdr-histogram-js';
import type { Outcome } from '../core/outcome.ts';

const LATENCY_US_MAX = 600_000_000;

export interface Report {
  readonly requests: { readonly sent: number; readonly succeeded: number; readonly failed: number };
  readonly latency_ms: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Failed requests by reason, business refusals (which succeeded) by code. */
  readonly failures: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/** Counts outcomes and latencies; latencies to three digits. */
export class Tally {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LATENCY_US_MAX,
    numberOfSignificantValueDigits: 3,
  });
  readonly #failures = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  #sent = 0;
  #succeeded = 0;
  #failed = 0;

  sent(): void {
    this.#sent += 1;
  }

  ended(outcome: Outcome, latencyMs: number): void {
    this.#histogram.recordValue(Math.min(LATENCY_US_MAX, Math.max(1, Math.round(latencyMs * 1_000))));
    if (outcome.kind === 'failed') {
      this.#failed += 1;
      this.#failures.set(outcome.reason, (this.#failures.get(outcome.reason) ?? 0) + 1);
      return;
    }
    this.#succeeded += 1;
    if (outcome.kind === 'refused')
      this.#refusals.set(outcome.code, (this.#refusals.get(outcome.code) ?? 0) + 1);
  }

  report(seconds: number): Report {
    const percentile = (p: number) => this.#histogram.getValueAtPercentile(p) / 1_000;
    return {
      requests: { sent: this.#sent, succeeded: this.#succeeded, failed: this.#failed },
      latency_ms: { p50: percentile(50), p99: percentile(99), max: this.#histogram.maxValue / 1_000 },
      failures: Object.fromEntries(this.#failures),
      refusals: Object.fromEntries(this.#refusals),
      seconds,
    };
  }
}
