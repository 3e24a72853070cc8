import { readInstants } from '../value/instants.ts';
import { readNumber } from '../value/numbers.ts';
import type { Side } from '../value/side.ts';
import type { Observed } from './rule.ts';

/**
 * Keys that each system hands out by itself: integers of four digits or more, different in every request on both sides, that either count up
 * on both sides or all have the same number of digits. Whether they may differ only a person knows.
 */
export function looksLikeKeys(all: readonly Observed[]): boolean {
  const pairs: [bigint, bigint][] = [];
  for (const { legacy, modern } of all) {
    const l = integerOf(legacy);
    const m = integerOf(modern);
    if (l === undefined || m === undefined || l === m || l < 1000n || m < 1000n) return false;
    pairs.push([l, m]);
  }
  if (pairs.length === 0) return false;
  const distinct = (side: 0 | 1) => new Set(pairs.map((pair) => pair[side])).size;
  if (distinct(0) !== pairs.length || distinct(1) !== pairs.length) return false;
  const steps = new Set(pairs.map(([l, m]) => m - l));
  if (pairs.length > 1 && steps.size === 1 && [...steps].every((step) => step >= -10n && step <= 10n))
    return false;
  if (pairs.length > 1 && countsUp(pairs, 0) && countsUp(pairs, 1)) return true;
  const lengths = new Set(pairs.flatMap(([l, m]) => [l.toString().length, m.toString().length]));
  if (lengths.size > 1 || [...lengths].some((length) => length < 6)) return false;
  return !pairs.some(([l, m]) => isNiceRatio(l, m) || sameDigits(l, m) || nearlyEqual(l, m));
}

function integerOf(side: Side): bigint | undefined {
  const number = readNumber(side);
  if (number === undefined || number.marks.currency !== '' || number.marks.unit !== '') return undefined;
  const value = number.values.get(1);
  return value === undefined || value.scale !== 0 ? undefined : value.units;
}

function countsUp(pairs: readonly (readonly [bigint, bigint])[], side: 0 | 1): boolean {
  for (let i = 1; i < pairs.length; i++) {
    const before = pairs[i - 1]?.[side] ?? 0n;
    const now = pairs[i]?.[side] ?? 0n;
    if (now <= before || (now - before) * 50n > now) return false;
  }
  return true;
}

/** Modern is legacy times a short decimal: two keys meet so by chance in less than one case in a hundred, a wrong rate always. */
function isNiceRatio(l: bigint, m: bigint): boolean {
  for (const unit of l >= 1_000_000n ? [10n, 100n, 1000n] : [10n, 100n]) {
    const scaled = m * unit;
    const factor = (scaled + l / 2n) / l;
    const rest = scaled - factor * l;
    if ((rest < 0n ? -rest : rest) <= unit) return true;
  }
  return false;
}

/** The same digits in another order: a slip, not another key. */
function sameDigits(l: bigint, m: bigint): boolean {
  return [...l.toString()].sort().join('') === [...m.toString()].sort().join('');
}

function nearlyEqual(l: bigint, m: bigint): boolean {
  const distance = l > m ? l - m : m - l;
  // Zeros or digits at the end where legacy has others: rounded, not handed out anew.
  return distance <= 2n || (distance * 1000n < l && m % 1000n === 0n);
}

/**
 * A clock read at the time of the answer: modern is a little later than legacy in every differing request, and not by the same step each
 * time. Legacy may repeat itself where its second run was answered from a cache.
 */
export function looksLikeClock(unproven: readonly Observed[], lagMsMax: number): boolean {
  const lags = new Set<bigint>();
  for (const { legacy, modern } of unproven) {
    const l = readInstants(legacy)[0];
    const m = readInstants(modern)[0];
    if (
      l === undefined ||
      m === undefined ||
      l.precision < 0 ||
      m.precision < 0 ||
      l.zoned !== m.zoned ||
      l.precision !== m.precision
    )
      return false;
    const lag = m.ns - l.ns;
    if (lag <= 0n || lag > BigInt(lagMsMax) * 1_000_000n) return false;
    lags.add(lag);
  }
  return unproven.length > 0 && (unproven.length < 3 || lags.size > 1);
}
