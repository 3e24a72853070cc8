import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  alarms,
  detectorValue,
  errorComparisonAlarms,
  mismatchDetector,
  observe,
  observeError,
  startDetector,
  startErrorComparison,
} from './degradation.ts';
import { comparisonsToOpen, confidenceSequence, gateOpens, lnE } from './e-process.ts';
import { p99UpperLimit } from './latency-limit.ts';

interface Vectors {
  confidence_sequence: {
    n: number;
    mismatches: number;
    alpha: number;
    lo: string;
    hi: string;
    score_pct: string;
  }[];
  ln_e: { n: number; mismatches: number; p0: number; ln_e: string }[];
  gate_n_by_k: { p0: number; alpha: number; n_min_for_k: number[] }[];
  sr_detector: { name: string; xs: number[]; q: number[]; p_ok: number; R_final: string }[];
}
const vectors: Vectors = JSON.parse(
  readFileSync(new URL('./testdata/confidence.json', import.meta.url), 'utf8'),
);

describe('the confidence sequence', () => {
  test.each(vectors.confidence_sequence)('matches the reference at n=$n k=$mismatches alpha=$alpha', (v) => {
    const got = confidenceSequence(v.n, v.mismatches, v.alpha);
    expect(Math.abs(got.lower - Number(v.lo))).toBeLessThan(1e-9);
    expect(Math.abs(got.upper - Number(v.hi))).toBeLessThan(1e-9);
    expect(Math.abs(got.confidence - Number(v.score_pct))).toBeLessThan(1e-7);
  });

  test('contains the observed rate and narrows with alpha, whatever the counts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1e-9, max: 0.5, noNaN: true }),
        (n, share, alpha) => {
          const k = Math.floor(n * share);
          const { lower, upper } = confidenceSequence(n, k, alpha);
          expect(lower).toBeLessThanOrEqual(k / n + 1e-12);
          expect(upper).toBeGreaterThanOrEqual(k / n - 1e-12);
          const wider = confidenceSequence(n, k, alpha / 2);
          expect(wider.upper).toBeGreaterThanOrEqual(upper - 1e-12);
          expect(wider.lower).toBeLessThanOrEqual(lower + 1e-12);
        },
      ),
    );
  });

  test.each([
    [-1, 0, 0.01, 'compared'],
    [1.5, 0, 0.01, 'compared'],
    [3, 4, 0.01, 'mismatched'],
    [3, 1, 0, 'alpha'],
  ])('refuses n=%s k=%s alpha=%s by name', (n, k, alpha, word) => {
    expect(() => confidenceSequence(n, k, alpha)).toThrow(word);
  });
});

describe('ln E', () => {
  test.each(vectors.ln_e)('matches the reference at n=$n k=$mismatches p0=$p0', (v) => {
    const want = Number(v.ln_e);
    expect(Math.abs(lnE(v.n, v.mismatches, v.p0) - want)).toBeLessThanOrEqual(1e-8 * Math.abs(want));
  });
});

describe('gates', () => {
  test.each(vectors.gate_n_by_k)('open exactly at the reference n for p0=$p0 alpha=$alpha', (v) => {
    v.n_min_for_k.forEach((n, k) => {
      expect(gateOpens(n, k, v.p0, v.alpha)).toBe(true);
      expect(gateOpens(n - 1, k, v.p0, v.alpha)).toBe(false);
      expect(comparisonsToOpen(k, v.p0, v.alpha)).toBe(n);
    });
  });
});

describe('degradation', () => {
  test.each(vectors.sr_detector)('the detector reproduces $name', (v) => {
    const end = v.xs.reduce(
      (state, x) => observe(mismatchDetector, state, x === 1),
      startDetector(mismatchDetector),
    );
    expect(detectorValue(end) / Number(v.R_final)).toBeCloseTo(1, 9);
  });

  test('a total failure alarms after three observations, a clean run never', () => {
    let state = startDetector(mismatchDetector);
    for (let i = 0; i < 3; i++) state = observe(mismatchDetector, state, true);
    expect(alarms(mismatchDetector, state)).toBe(true);
    let clean = startDetector(mismatchDetector);
    for (let i = 0; i < 100_000; i++) clean = observe(mismatchDetector, clean, false);
    expect(alarms(mismatchDetector, clean)).toBe(false);
  });

  test('errors in proportion to the share do not alarm, errors of the canary alone do', () => {
    let fair = startErrorComparison();
    for (let i = 0; i < 1_000; i++) fair = observeError(fair, 0.1, i % 10 === 0);
    expect(errorComparisonAlarms(fair)).toBe(false);
    let unfair = startErrorComparison();
    for (let i = 0; i < 8; i++) unfair = observeError(unfair, 0.1, true);
    expect(errorComparisonAlarms(unfair)).toBe(true);
  });
});

test('the p99 limit waits for enough latencies and lies above the p99', () => {
  const sorted = Array.from({ length: 5_000 }, (_, i) => i);
  expect(p99UpperLimit(sorted.slice(0, 900))).toBeUndefined();
  expect(p99UpperLimit(sorted)).toBeGreaterThan(4_950);
});
