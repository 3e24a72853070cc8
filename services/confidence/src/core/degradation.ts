/**
 * Detectors of a change for the worse. Each holds plain numbers (JSON keeps them), takes one observation and returns its new state.
 */

/** Shiryaev–Roberts e-detector: R_j ← (R_j + 1)·(x ? q_j/p_ok : (1−q_j)/(1−p_ok)), alarm when the mean of the R_j reaches the threshold. */
export interface ShiryaevRobertsConfig {
  /** Rate that is still acceptable. */
  readonly acceptable: number;
  /** Rates to be quick for; equal weights. */
  readonly alternatives: readonly number[];
  /** Mean number of observations between false alarms, at least. */
  readonly threshold: number;
}

export type ShiryaevRoberts = readonly number[];

/** Mismatches and errors: 0.1 % acceptable; a jump to 5 % is caught after 73 observations (median), to 100 % after 3. */
export const mismatchDetector: ShiryaevRobertsConfig = {
  acceptable: 0.001,
  alternatives: [0.005, 0.02, 0.1, 0.5],
  threshold: 1e6,
};

/** Latency: x = "slower than the upper confidence limit of legacy's p99"; 1 % acceptable. */
export const latencyDetector: ShiryaevRobertsConfig = {
  acceptable: 0.01,
  alternatives: [0.02, 0.05, 0.2],
  threshold: 1e6,
};

export function startDetector(config: ShiryaevRobertsConfig): ShiryaevRoberts {
  return config.alternatives.map(() => 0);
}

export function observe(
  config: ShiryaevRobertsConfig,
  state: ShiryaevRoberts,
  bad: boolean,
): ShiryaevRoberts {
  return config.alternatives.map((q, j) => {
    const ratio = bad ? q / config.acceptable : (1 - q) / (1 - config.acceptable);
    // Far past any threshold the figure itself says nothing more; kept finite so that JSON holds it.
    return Math.min(((state[j] ?? 0) + 1) * ratio, 1e300);
  });
}

/** The e-detector's value; ≥ threshold is an alarm. */
export function detectorValue(state: ShiryaevRoberts): number {
  return state.length === 0 ? 0 : state.reduce((sum, r) => sum + r / state.length, 0);
}

export function alarms(config: ShiryaevRobertsConfig, state: ShiryaevRoberts): boolean {
  return detectorValue(state) >= config.threshold;
}

/**
 * Errors, legacy against canary, conditional on an error: while modern errs at most 1.5 × as often as legacy, the chance that an error came
 * from modern is ≤ θ0 = 1.5ρ/(1.5ρ+1−ρ), ρ modern's share of the requests. The e-value mixes the alternatives 1−(1−θ0)·f; alarm at
 * ≥ 1/α, α = 10⁻³. State: the log e-value of each alternative.
 */
export type ErrorComparison = readonly number[];

const toleratedRatio = 1.5;
const fractions = [0.75, 0.5, 0.25, 0.1, 0.03];
export const errorComparisonAlpha = 1e-3;

export function startErrorComparison(): ErrorComparison {
  return fractions.map(() => 0);
}

/** One error was seen while modern's share was `share` (0 < share < 1). */
export function observeError(state: ErrorComparison, share: number, fromModern: boolean): ErrorComparison {
  if (!(share > 0 && share < 1)) return state;
  const theta0 = (toleratedRatio * share) / (toleratedRatio * share + 1 - share);
  return fractions.map((f, j) => {
    const theta = 1 - (1 - theta0) * f;
    return (state[j] ?? 0) + Math.log(fromModern ? theta / theta0 : (1 - theta) / (1 - theta0));
  });
}

export function errorComparisonValue(state: ErrorComparison): number {
  if (state.length === 0) return 1;
  return state.reduce((sum, ln) => sum + Math.exp(Math.min(ln, 700)) / state.length, 0);
}

export function errorComparisonAlarms(state: ErrorComparison): boolean {
  return errorComparisonValue(state) >= 1 / errorComparisonAlpha;
}
