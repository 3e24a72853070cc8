/** How often, and how soon, a part that ended by itself is started again. */
export interface BackoffPolicy {
  /** The first delay; each further restart inside the window multiplies it by `factor`, up to `delay_ms_max`. */
  delay_ms_first: number;
  factor: number;
  delay_ms_max: number;
  /** A part that needed this many restarts inside the window is given up: it is broken, not unlucky. */
  restarts_max: number;
  window_ms: number;
}

export const defaultBackoff: BackoffPolicy = {
  delay_ms_first: 100,
  factor: 2,
  delay_ms_max: 5_000,
  restarts_max: 10,
  window_ms: 60_000,
};

export type RestartDecision =
  | { kind: 'restart'; attempt: number; delayMs: number }
  | { kind: 'give-up'; restarts: number };

/**
 * Decides what follows an unexpected exit. `restartedAt` holds the times (ms) of earlier restarts, in any order; only those inside the
 * window before `now` count, so that a part which ran well for a while starts from the first delay again.
 */
export function decideRestart(
  policy: BackoffPolicy,
  restartedAt: readonly number[],
  now: number,
): RestartDecision {
  const recent = restartedAt.filter((at) => now - at < policy.window_ms).length;
  if (recent >= policy.restarts_max) return { kind: 'give-up', restarts: recent };
  const delayMs = Math.min(policy.delay_ms_max, policy.delay_ms_first * policy.factor ** recent);
  return { kind: 'restart', attempt: recent + 1, delayMs };
}
