import type { Pair } from '../field.ts';
import type { Check, Family } from '../hypothesis.ts';

const LAGS = [1, 2, 3] as const;

/** Modern answers what legacy answered to an earlier request (a cache, a lost update) or to a neighbouring one (mixed-up requests). */
export const stale: Family = (field) => [
  ...LAGS.map((lag) => ({
    name: 'stale',
    formula:
      lag === 1
        ? 'modern gives what legacy gave to the request before'
        : `modern gives what legacy gave ${lag} requests before`,
    parameters: { lag: String(lag) },
    bits: lag,
    check: (pair: Pair): Check => earlier(field.pairs, pair, lag),
  })),
  {
    name: 'swapped',
    formula: 'modern gives what legacy gave to the next request',
    parameters: { lag: '-1' },
    bits: 3,
    check: (pair: Pair): Check => earlier(field.pairs, pair, -1),
  },
];

function earlier(pairs: readonly Pair[], pair: Pair, lag: number): Check {
  const other = pairs[pair.index - lag];
  if (other?.legacy.raw === undefined || pair.modern.raw === undefined) return 'silent';
  if (other.legacy.raw === pair.legacy.raw) return pair.differs ? 'wrong' : 0;
  return other.legacy.raw === pair.modern.raw ? 0 : 'wrong';
}
