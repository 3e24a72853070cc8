import { lnBeta } from './log-beta.ts';

/**
 * The e-process of a mismatch rate: after n comparisons with k mismatches, for a candidate rate p,
 *
 *     E_n(p) = [ ½·1{k=0} + ½·B(½+k, 500+n−k)/B(½,500) ] / ( p^k (1−p)^(n−k) )
 *
 * a mixture of a spike at "never" and Beta(½, 500). The rates with E_n(p) < 1/α contain the true one at every n at once with chance
 * ≥ 1 − α (Ville's inequality), so looking after each request costs nothing. Holds for a stable rate: start again on every deployment or
 * change of rules.
 */
const priorA = 0.5;
const priorB = 500;
const lnPriorBeta = lnBeta(priorA, priorB);

/** Shape: n ≥ 0 comparisons, 0 ≤ k ≤ n mismatches (integers), 0 < p < 1. Returns ln E_n(p). */
export function lnE(n: number, k: number, p: number): number {
  return lnMixture(n, k) - lnLikelihood(n, k, Math.log(p), Math.log1p(-p));
}

function lnMixture(n: number, k: number): number {
  const lnRatio = lnBeta(priorA + k, priorB + n - k) - lnPriorBeta;
  // k = 0: ln(½ + ½·e^r), kept exact near r = 0.
  return k === 0 ? Math.log1p(0.5 * Math.expm1(lnRatio)) : lnRatio - Math.LN2;
}

/** k·ln p + (n−k)·ln(1−p), with 0·ln 0 = 0. */
function lnLikelihood(n: number, k: number, lnP: number, lnQ: number): number {
  return (k === 0 ? 0 : k * lnP) + (n === k ? 0 : (n - k) * lnQ);
}

export interface ConfidenceInterval {
  /** Ends of the mismatch rate's confidence sequence, as fractions. */
  readonly lower: number;
  readonly upper: number;
  /** 100·(1 − upper): percent of answers that match, at least. 0 before the first comparison. */
  readonly confidence: number;
}

/** Throws RangeError unless 0 ≤ k ≤ n are integers below 2^53 and 0 < alpha < 1. Constant time. */
export function confidenceSequence(n: number, k: number, alpha: number): ConfidenceInterval {
  checkCounts(n, k, alpha);
  if (n === 0) return { lower: 0, upper: 1, confidence: 0 };
  const target = lnMixture(n, k) + Math.log(alpha); // ends: the likelihood equals this
  const matching = n - k;
  const lower = k === 0 ? 0 : lowerEnd(n, k, target);
  // 1 − upper is found as such: subtracting upper from one would lose its digits.
  const matched = matching === 0 ? 0 : k === 0 ? Math.exp(target / n) : lnToMatched(n, k, target);
  return { lower, upper: 1 - matched, confidence: 100 * matched };
}

/** Newton in x = ln p on the convex k·x + (n−k)·ln(1−eˣ) = target, from the left, where it converges monotonically. */
function lowerEnd(n: number, k: number, target: number): number {
  let x = target / k;
  for (let i = 0; i < maxIterations; i++) {
    const p = Math.exp(x);
    const value = lnLikelihood(n, k, x, Math.log1p(-p)) - target;
    const slope = k - ((n - k) * p) / (1 - p);
    const step = value / slope;
    x -= step;
    if (Math.abs(step) <= 1e-15 * Math.max(1, Math.abs(x))) break;
  }
  return Math.exp(x);
}

/** The same for the upper end in y = ln(1−p); returns 1 − p. */
function lnToMatched(n: number, k: number, target: number): number {
  return lowerEnd(n, n - k, target);
}

const maxIterations = 100;

/**
 * Whether "the mismatch rate is below p0" is shown: k/n < p0 and ln E_n(p0) ≥ ln(1/α). Needs no root. All gates of one route share one
 * sequence, so the chance of ever stepping wrongly is ≤ α for the whole ladder; with R routes give each α/R.
 */
export function gateOpens(n: number, k: number, p0: number, alpha: number): boolean {
  checkCounts(n, k, alpha);
  if (!(p0 > 0 && p0 < 1)) throw new RangeError(`p0 is ${p0}; it must lie between 0 and 1`);
  return n > 0 && k / n < p0 && lnE(n, k, p0) >= -Math.log(alpha);
}

/** The smallest n that opens the gate if the k mismatches stay the only ones; for "how many more requests". */
export function comparisonsToOpen(k: number, p0: number, alpha: number): number {
  let high = 1;
  while (!gateOpens(Math.max(high, k), k, p0, alpha)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (gateOpens(Math.max(middle, k), k, p0, alpha)) high = middle;
    else low = middle;
  }
  return Math.max(high, k);
}

function checkCounts(n: number, k: number, alpha: number): void {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new RangeError(`compared is ${n}; it must be a whole number, 0 or more`);
  if (!Number.isSafeInteger(k) || k < 0 || k > n) {
    throw new RangeError(`mismatched is ${k}; it must be a whole number from 0 to compared (${n})`);
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha is ${alpha}; it must lie between 0 and 1`);
}
