import type { Contender } from './contenders.ts';
import type { Labelled } from './episodes.ts';
import { featuresOf } from './features.ts';

/** A model's score above which it calls a bug. */
const CUT = 0.5;

/** Fits on labelled episodes; deterministic. */
export function logisticRegression(train: readonly Labelled[]): Contender {
  const rows = train.map(({ episode }) => featuresOf(episode));
  const labels = train.map(({ bug }) => (bug ? 1 : 0));
  const scale = scaling(rows);
  const scaled = rows.map(scale);
  const weights = new Float64Array((rows[0]?.length ?? 0) + 1);
  const rate = 0.1;
  const decay = 1e-3;
  for (let round = 0; round < 2_000; round += 1) {
    const gradient = new Float64Array(weights.length);
    for (const [index, row] of scaled.entries()) {
      const error = sigmoid(dot(weights, row)) - (labels[index] ?? 0);
      for (const [at, value] of row.entries()) gradient[at]! += error * value;
      gradient[row.length]! += error;
    }
    for (let at = 0; at < weights.length; at += 1)
      weights[at]! -= rate * ((gradient[at] ?? 0) / scaled.length + decay * (weights[at] ?? 0));
  }
  return {
    name: 'logistic regression',
    rate: (episode) => called(sigmoid(dot(weights, scale(featuresOf(episode))))),
  };
}

interface Stump {
  readonly feature: number;
  readonly threshold: number;
  readonly below: number;
  readonly above: number;
}

/** Gradient-boosted stumps on the logistic loss (Friedman 2001, one Newton step a leaf); deterministic. */
export function boostedStumps(train: readonly Labelled[], rounds = 200): Contender {
  const rows = train.map(({ episode }) => featuresOf(episode));
  const labels = train.map(({ bug }) => (bug ? 1 : 0));
  const scores = new Float64Array(rows.length);
  const stumps: Stump[] = [];
  const candidates = cuts(rows);
  for (let round = 0; round < rounds; round += 1) {
    const residuals = labels.map((label, at) => label - sigmoid(scores[at] ?? 0));
    const stump = bestStump(rows, residuals, scores, candidates);
    if (stump === undefined) break;
    stumps.push(stump);
    for (const [at, row] of rows.entries()) scores[at]! += leafOf(stump, row);
  }
  return {
    name: 'boosted stumps',
    rate: (episode) => {
      const row = featuresOf(episode);
      return called(sigmoid(stumps.reduce((sum, stump) => sum + leafOf(stump, row), 0)));
    },
  };
}

function bestStump(
  rows: readonly number[][],
  residuals: readonly number[],
  scores: Float64Array,
  candidates: readonly (readonly number[])[],
): Stump | undefined {
  const shrinkage = 0.1;
  const hessians = residuals.map((_, at) => {
    const p = sigmoid(scores[at] ?? 0);
    return p * (1 - p);
  });
  let best: Stump | undefined;
  let bestGain = 1e-9;
  for (const [feature, thresholds] of candidates.entries()) {
    for (const threshold of thresholds) {
      let [g0, h0, g1, h1] = [0, 1e-3, 0, 1e-3];
      for (const [at, row] of rows.entries()) {
        if ((row[feature] ?? 0) <= threshold) {
          g0 += residuals[at] ?? 0;
          h0 += hessians[at] ?? 0;
        } else {
          g1 += residuals[at] ?? 0;
          h1 += hessians[at] ?? 0;
        }
      }
      const gain = (g0 * g0) / h0 + (g1 * g1) / h1;
      if (gain <= bestGain) continue;
      bestGain = gain;
      best = { feature, threshold, below: (shrinkage * g0) / h0, above: (shrinkage * g1) / h1 };
    }
  }
  return best;
}

/** At most sixteen thresholds a feature, at its quantiles. */
function cuts(rows: readonly number[][]): number[][] {
  return (rows[0] ?? []).map((_, feature) => {
    const values = [...new Set(rows.map((row) => row[feature] ?? 0))].sort((a, b) => a - b);
    const picked = Array.from(
      { length: 16 },
      (_, at) => values[Math.floor(((at + 0.5) / 16) * values.length)],
    );
    return [...new Set(picked)].filter((value) => value !== undefined);
  });
}

const leafOf = (stump: Stump, row: readonly number[]) =>
  (row[stump.feature] ?? 0) <= stump.threshold ? stump.below : stump.above;

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

function dot(weights: Float64Array, row: readonly number[]): number {
  let sum = weights[row.length] ?? 0;
  for (const [at, value] of row.entries()) sum += (weights[at] ?? 0) * value;
  return sum;
}

function scaling(rows: readonly number[][]): (row: readonly number[]) => number[] {
  const columns = (rows[0] ?? []).map((_, at) => rows.map((row) => row[at] ?? 0));
  const stats = columns.map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  // Values far outside of what was learned from are no evidence of anything.
  const limit = 5;
  return (row) =>
    row.map((value, at) => {
      const { mean, deviation } = stats[at] ?? { mean: 0, deviation: 1 };
      return Math.max(-limit, Math.min(limit, (value - mean) / deviation));
    });
}

function called(score: number): { call: 'harmless' | 'bug'; score: number } {
  return { call: score > CUT ? 'bug' : 'harmless', score };
}
