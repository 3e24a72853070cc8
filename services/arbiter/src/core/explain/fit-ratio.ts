import { type Interval, type NiceNumber, nicestIn } from './nice-number.ts';
import { compare, divide, type Rational, toNumber } from './rational.ts';

/** A number `y` known to lie in [lo, hi], which should be some constant times `x`. */
export interface Point {
  readonly x: Rational;
  readonly lo: Rational;
  readonly hi: Rational;
}

/** Picks the number to name within an interval. */
export type Name = (interval: Interval) => NiceNumber | undefined;

/**
 * The nicest constant that most points share: the deepest overlap of their intervals lo/x … hi/x, found by a sweep in binary floats (an
 * order, no decision), intersected exactly over the points that take part. Undefined when no point has an x other than 0.
 */
export function fitRatio(points: readonly Point[], name: Name = nicestIn): NiceNumber | undefined {
  const intervals: Interval[] = [];
  for (const { x, lo, hi } of points) {
    if (x.n === 0n) continue;
    const [a, b] = [divide(lo, x), divide(hi, x)];
    intervals.push(x.n > 0n ? { lo: a, hi: b } : { lo: b, hi: a });
  }
  return fitConstant(intervals, name);
}

/** The nicest number in the deepest overlap of the intervals. */
export function fitConstant(intervals: readonly Interval[], name: Name = nicestIn): NiceNumber | undefined {
  if (intervals.length === 0) return undefined;
  const floats = intervals.map((interval) => ({
    interval,
    lo: toNumber(interval.lo),
    hi: toNumber(interval.hi),
  }));
  const deepest = deepestPoint(floats);
  const slack = Math.abs(deepest) * 1e-12;
  let shared: Interval | undefined;
  for (const { interval, lo, hi } of floats) {
    if (lo > deepest + slack || hi < deepest - slack) continue;
    const next: Interval = shared ? intersect(shared, interval) : interval;
    if (compare(next.lo, next.hi) <= 0) shared = next;
  }
  return shared && name(shared);
}

function intersect(a: Interval, b: Interval): Interval {
  return { lo: compare(a.lo, b.lo) >= 0 ? a.lo : b.lo, hi: compare(a.hi, b.hi) <= 0 ? a.hi : b.hi };
}

/** Where most intervals overlap; of equally deep places the first. */
function deepestPoint(intervals: readonly { readonly lo: number; readonly hi: number }[]): number {
  const ends = intervals.flatMap(({ lo, hi }) => [
    { at: lo, step: 1 },
    { at: hi, step: -1 },
  ]);
  ends.sort((a, b) => a.at - b.at || b.step - a.step);
  let depth = 0;
  let best = { depth: 0, at: 0 };
  for (const { at, step } of ends) {
    depth += step;
    if (depth > best.depth) best = { depth, at };
  }
  return best.at;
}
