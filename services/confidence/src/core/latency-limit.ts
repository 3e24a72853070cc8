/**
 * Upper confidence limit of a p99 from a bounded window of latencies: the order statistic whose rank is at least the 0.99-quantile with
 * 99.9 % confidence, by the normal bound on the binomial (rank = n·p + z·√(n·p·(1−p)), z = 3.09). Returns undefined while the window is
 * too short to hold such a rank (n < ~1,050).
 */
export function p99UpperLimit(sorted: readonly number[]): number | undefined {
  const n = sorted.length;
  const rank = Math.ceil(n * 0.99 + 3.09 * Math.sqrt(n * 0.99 * 0.01)) + 1;
  return rank > n ? undefined : sorted[rank - 1];
}
