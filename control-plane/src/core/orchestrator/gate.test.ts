import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type Evidence, newEvidence } from '../evidence/evidence.ts';
import { testEpoch } from '../evidence/testing.ts';
import { askGate, confidenceOf, type GateQuestion } from './gate.ts';
import type { ResolvedPolicy, Step } from './policy.ts';

const step: Step = { weightBp: 100, confidence: 99, minCompared: 0, dwellMs: 0, consistent: false };
const policy: ResolvedPolicy = {
  alpha: 0.01,
  ladder: [step],
  joinDeadlineMs: 10_000,
  evidenceDeadlineMs: 60_000,
  manual: false,
  autoStart: false,
  autoSealAfterMs: undefined,
  killOnBug: true,
  killOnDegradation: true,
  latencyFloorMs: 25,
  deployAfterMismatches: 0,
};
const nowMs = 100_000;
const evidence = (fields: Partial<Evidence> = {}): Evidence => ({
  ...newEvidence(testEpoch),
  compared: 10_000,
  freshAtMs: nowMs,
  rate: { decayedCount: 1_000, atMs: nowMs },
  ...fields,
});
const question = (fields: Partial<GateQuestion> = {}): GateQuestion => ({
  policy,
  step,
  evidence: evidence(),
  uncaptured: 0,
  alpha: 0.01,
  stepEnteredAtMs: 0,
  nowMs,
  ...fields,
});
const withStep = (fields: Partial<Step>) => ({ step: { ...step, ...fields } });
const open = (fields: Partial<GateQuestion>) => askGate(question(fields));

interface ReferenceRow {
  readonly p0: number;
  readonly alpha: number;
  readonly n_min_for_k: readonly number[];
}
const reference: readonly ReferenceRow[] = JSON.parse(
  readFileSync(new URL('../../../testdata/gate-n-by-k.json', import.meta.url), 'utf8'),
);

test('after an outage and a kill: confidence rises with the coverage, and the mismatches hold every gate that asks for more', () => {
  const killed = evidence({ compared: 2_879, mismatched: 154, lost: { 'shadow-no-response': 2_193 } });
  const later = evidence({ compared: 8_879, mismatched: 154, lost: { 'shadow-no-response': 2_193 } });
  expect(confidenceOf(killed, 0, 0.01)).toBeCloseTo((100 * 2_879) / 5_072);
  expect(confidenceOf(later, 0, 0.01)).toBeGreaterThan(confidenceOf(killed, 0, 0.01));
  expect(open({ ...withStep({ confidence: 99.5 }), evidence: later })).toMatchObject({
    open: false,
    waitsFor: expect.stringMatching(/^33,641 more clean requests/),
  });
  // Half of the answers may be wrong: somebody has said so.
  expect(open({ ...withStep({ confidence: 50 }), evidence: killed }).open).toBe(true);
});

describe('the e-process gate opens at the reference n and not before', () => {
  test.each(reference.map((row) => [row.p0, row.alpha, row.n_min_for_k] as const))(
    'p0 %d, alpha %d',
    (p0, alpha, minima) => {
      minima.forEach((n, k) => {
        const ask = (compared: number) =>
          open({
            ...withStep({ confidence: 100 * (1 - p0) }),
            alpha,
            evidence: evidence({ compared, mismatched: k }),
          });
        expect(ask(n)).toEqual({ open: true });
        expect(ask(n - 1).open).toBe(false);
      });
    },
  );
});

describe('what a gate waits for', () => {
  test.each<[string, Partial<GateQuestion>, RegExp]>([
    [
      'consistency',
      { ...withStep({ consistent: true }), evidence: evidence({ mismatched: 1 }) },
      /every request matched/,
    ],
    [
      'min_compared',
      withStep({ minCompared: 12_913 }),
      /^2,913 more clean requests, about 30 s at this rate$/,
    ],
    [
      'clean ones where none is clean: no promise of a time',
      { ...withStep({ minCompared: 100 }), evidence: evidence({ compared: 99, mismatched: 99 }) },
      /more clean requests; none was clean so far$/,
    ],
    [
      'the rate where it asks for more than min_compared',
      { ...withStep({ minCompared: 10_001 }), evidence: evidence({ mismatched: 200 }) },
      /^1\d,\d{3} more clean requests/,
    ],
    ['the rate', { evidence: evidence({ compared: 400 }) }, /^74 more clean requests/],
    ['coverage by losses', { evidence: evidence({ lost: { x: 102 } }) }, /coverage of 99 %: only 98.99 %/],
    ['coverage by uncaptured ones', { uncaptured: 102 }, /coverage/],
    [
      'a segment',
      { evidence: evidence({ mismatched: 1, segments: { kind: { vip: { compared: 20, mismatched: 1 } } } }) },
      /segment kind=vip: 1 of its 20/,
    ],
    [
      'the dwell after a step',
      { ...withStep({ dwellMs: 60_000 }), stepEnteredAtMs: 50_000 },
      /^10 s more of clean/,
    ],
    [
      'the dwell after a mismatch',
      { ...withStep({ dwellMs: 60_000 }), evidence: evidence({ lastMismatchAtMs: 99_000, mismatched: 1 }) },
      /^59 s more/,
    ],
    [
      'freshness',
      { evidence: evidence({ freshAtMs: nowMs - 10_001 }) },
      /^fresh evidence: nothing was compared for 11 s/,
    ],
    ['any evidence', { evidence: evidence({ compared: 0, freshAtMs: undefined }) }, /more clean requests/],
  ])('%s', (_, fields, words) => {
    const gate = open(fields);
    expect(gate.open ? 'open' : gate.waitsFor).toMatch(words);
  });

  test.each<[string, Partial<GateQuestion>]>([
    ['all is well', {}],
    [
      'a segment errs less than p0',
      {
        evidence: evidence({ mismatched: 1, segments: { kind: { vip: { compared: 200, mismatched: 1 } } } }),
      },
    ],
    [
      'a rare segment is clean',
      { evidence: evidence({ segments: { kind: { vip: { compared: 2, mismatched: 0 } } } }) },
    ],
    ['exactly at the limit of freshness', { evidence: evidence({ freshAtMs: nowMs - 10_000 }) }],
  ])('nothing when %s', (_, fields) => {
    expect(open(fields)).toEqual({ open: true });
  });
});

test('coverage caps the confidence', () => {
  expect(confidenceOf(evidence(), 0, 0.01)).toBeGreaterThan(99.9);
  expect(confidenceOf(evidence(), 10_000, 0.01)).toBe(50);
  expect(confidenceOf(evidence({ compared: 0 }), 0, 0.01)).toBe(0);
});
