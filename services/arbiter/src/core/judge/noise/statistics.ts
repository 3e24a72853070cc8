/** P(X ≥ count) for a binomial of n trials with chance p each; exact, n of at most a few thousand. */
export function binomialTail(count: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  if (term === 0) return normalTail(count, n, p);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += term;
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return Math.max(0, 1 - below);
}

/** For so many trials that the first term is no float any more. */
function normalTail(count: number, n: number, p: number): number {
  const z = (count - 0.5 - n * p) / Math.sqrt(n * p * (1 - p));
  return z <= 0 ? 1 : Math.exp((-z * z) / 2);
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
