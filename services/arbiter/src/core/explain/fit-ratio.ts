import { type Interval, type NiceNumber, nicestIn } from './nice-number.ts';
import { compare, type Rational, toNumber } from './rational.ts';

/** A number `y` known to lie in [lo, hi], which should be some constant times `x`. */
export interface Point extends Interval {
  readonly x: Rational;
}

/** How a fit is to be done; the defaults serve numbers that stand for themselves. */
export interface FitOptions {
  /** Picks the number to name within the interval that is left. */
  readonly name?: (interval: Interval) => NiceNumber | undefined;
  /** A constant that fewer of the points share is not worth its exact arithmetic. */
  readonly shareMin?: number;
}

/** What explains less is not told anyway. */
const SHARE_MIN = 0.3;

/**
 * The nicest constant that most points share: the deepest overlap of their intervals lo/x … hi/x, found by a sweep in binary floats (an
 * order, no decision), intersected exactly over the points that take part. Points with x = 0 tell nothing.
 */
export function fitRatio(points: readonly Point[], options: FitOptions = {}): NiceNumber | undefined {
  return fitConstant(
    points.filter(({ x }) => x.n !== 0n),
    options,
  );
}

/** The nicest number in the deepest overlap of the intervals, each divided by its x if it has one. */
export function fitConstant(
  intervals: readonly (Interval & { readonly x?: Rational })[],
  { name = nicestIn, shareMin = SHARE_MIN }: FitOptions = {},
): NiceNumber | undefined {
  if (intervals.length === 0) return undefined;
  const floats = intervals.map(({ x, lo, hi }) => {
    const by = x ? toNumber(x) : 1;
    const [a, b] = [toNumber(lo) / by, toNumber(hi) / by];
    return a <= b ? { lo: a, hi: b } : { lo: b, hi: a };
  });
  const { at, depth } = deepestPoint(floats);
  if (depth < shareMin * intervals.length) return undefined;
  const slack = Math.abs(at) * 1e-12;
  let shared: Interval | undefined;
  for (const [index, { lo, hi }] of floats.entries()) {
    if (lo > at + slack || hi < at - slack) continue;
    const exact = divided(intervals[index]!);
    const next = shared ? intersect(shared, exact) : exact;
    if (compare(next.lo, next.hi) <= 0) shared = next;
  }
  return shared && name(shared);
}

/** Not reduced: only compared until one interval is left. */
function divided({ x, lo, hi }: Interval & { readonly x?: Rational }): Interval {
  if (x === undefined) return { lo, hi };
  const over = (y: Rational): Rational =>
    x.n > 0n ? { n: y.n * x.d, d: y.d * x.n } : { n: -y.n * x.d, d: -y.d * x.n };
  return x.n > 0n ? { lo: over(lo), hi: over(hi) } : { lo: over(hi), hi: over(lo) };
}

function intersect(a: Interval, b: Interval): Interval {
  return { lo: compare(a.lo, b.lo) >= 0 ? a.lo : b.lo, hi: compare(a.hi, b.hi) <= 0 ? a.hi : b.hi };
}

interface FloatInterval {
  readonly lo: number;
  readonly hi: number;
}

/** Where most intervals overlap, and how many do; of equally deep places the first. */
function deepestPoint(intervals: readonly FloatInterval[]): { readonly at: number; readonly depth: number } {
  const starts = Float64Array.from(intervals, ({ lo }) => lo).sort();
  const ends = Float64Array.from(intervals, ({ hi }) => hi).sort();
  let best = { at: starts[0]!, depth: 0 };
  let ended = 0;
  for (const [index, at] of starts.entries()) {
    while (ended < ends.length && ends[ended]! < at) ended += 1;
    const depth = index + 1 - ended;
    if (depth > best.depth) best = { at, depth };
  }
  return best;
}
