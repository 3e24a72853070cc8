import { type Decimal, toFloat, unitsAt } from '../value/decimal.ts';
import { binomialTail, largest, median } from './statistics.ts';

/** One request’s number of legacy, of modern, and of legacy’s second run. */
export interface Three {
  readonly legacy: Decimal;
  readonly modern: Decimal;
  readonly again: Decimal;
}

/** Chance below which what modern shows is not called legacy’s own; only asked, so that it may be as high. */
const ALPHA = 0.02;

/**
 * What tells modern’s numbers from a third run of legacy, though their centre and size are alike: more often above than below, the requests that legacy repeats, the steps and
 * signs of the values, the ends of their range, the quarter on one side, single ones far out. Undefined when nothing does. Were modern such a run, any of the three
 * numbers of a request could be its own, whatever their distribution: that is what is counted.
 */
export function otherThanLegacy(
  threes: readonly Three[],
  { isRatio, isLoose }: { readonly isRatio: boolean; readonly isLoose: boolean },
): string | undefined {
  return (
    leansOneWay(threes) ??
    turnsWhatRepeats(threes) ??
    keepsOtherSteps(threes) ??
    hasOtherSigns(threes) ??
    endsElsewhere(threes) ??
    // Of what varies by a tenth anyway single ones far out say nothing.
    (isLoose ? undefined : leansFarOut(threes, isRatio ? (value) => Math.log(toFloat(value)) : toFloat))
  );
}

/** Higher than a run of legacy as often as lower. */
function leansOneWay(threes: readonly Three[]): string | undefined {
  for (const run of ['legacy', 'again'] as const) {
    const signs = threes.map((three) => Math.sign(toFloat(three.modern) - toFloat(three[run])));
    const [up, down] = [1, -1].map((sign) => signs.filter((one) => one === sign).length);
    if (binomialTail(Math.max(up ?? 0, down ?? 0), (up ?? 0) + (down ?? 0), 1 / 2) < ALPHA / 8)
      return `it is higher than ${run === 'legacy' ? 'legacy' : 'legacy’s second run'} in ${up} requests and lower in ${down}`;
  }
  return undefined;
}

/** Where two of the three are the same, the third is modern’s as often as either of legacy’s. */
function turnsWhatRepeats(threes: readonly Three[]): string | undefined {
  const same = (a: Decimal, b: Decimal) => toFloat(a) === toFloat(b);
  const turned = threes.filter(({ legacy, modern, again }) => same(legacy, again) && !same(legacy, modern));
  const others = threes.filter(
    ({ legacy, modern, again }) => same(legacy, modern) !== same(modern, again) && !same(legacy, again),
  );
  if (turned.length === 0) return undefined;
  const scale = scaleOf(threes);
  const apart = median(
    threes.map(({ legacy, again }) => Math.abs(Number(unitsAt(legacy, scale) - unitsAt(again, scale)))),
  );
  const isChance =
    binomialTail(turned.length, turned.length + others.length, 1 / 3) > ALPHA &&
    binomialTail(turned.length, threes.length, Math.min(1 / 3, NEAR_ZERO / apart)) > ALPHA;
  return isChance
    ? undefined
    : `it is another one in ${turned.length} requests in which legacy repeats itself`;
}

/** Share of two runs that are the same to the last digit, times the last digits between them (median): the density of a normal distribution at zero. */
const NEAR_ZERO = 0.27;

/** Tenths, quarters or whole numbers with zeros behind them are another kind of number. */
function keepsOtherSteps(threes: readonly Three[]): string | undefined {
  const scale = scaleOf(threes);
  for (const step of STEPS) {
    const ours = threes
      .flatMap(({ legacy, again }) => [legacy, again])
      .filter((value) => isStep(value, scale, step));
    const theirs = threes.filter(({ modern }) => isStep(modern, scale, step));
    const share = Math.max(ours.length / (2 * threes.length), 1 / Number(step));
    if (share < 1 && binomialTail(theirs.length, threes.length, share) < ALPHA / 10)
      return `${theirs.length} of its ${threes.length} values are whole steps of ${step} last digits, ${ours.length} of legacy’s ${2 * threes.length}`;
  }
  return undefined;
}

function scaleOf(threes: readonly Three[]): number {
  return Math.max(
    ...threes.flatMap(({ legacy, modern, again }) => [legacy.scale, modern.scale, again.scale]),
  );
}

const STEPS = [2n, 5n, 10n, 25n, 50n, 100n, 1000n] as const;

function isStep(value: Decimal, scale: number, step: bigint): boolean {
  return unitsAt(value, scale) % step === 0n;
}

function hasOtherSigns(threes: readonly Three[]): string | undefined {
  const isBelow = ({ units }: Decimal) => units < 0n;
  const ours = threes.flatMap(({ legacy, again }) => [legacy, again]).filter(isBelow).length;
  const theirs = threes.filter(({ modern }) => isBelow(modern)).length;
  const share = ours / (2 * threes.length);
  const chance =
    theirs / threes.length > share
      ? binomialTail(theirs, threes.length, share)
      : binomialTail(threes.length - theirs, threes.length, 1 - share);
  return chance < ALPHA / 4
    ? `${theirs} of its ${threes.length} values are below zero, ${ours} of legacy’s ${2 * threes.length}`
    : undefined;
}

/** A cap or a floor: the ends of the range are legacy’s alone, or modern stands at one value there again and again. */
function endsElsewhere(threes: readonly Three[]): string | undefined {
  const ours = threes.flatMap(({ legacy, again }) => [toFloat(legacy), toFloat(again)]);
  const theirs = threes.map(({ modern }) => toFloat(modern));
  for (const [word, sign] of [
    ['above', 1],
    ['below', -1],
  ] as const) {
    const ends = [ours, theirs].map((values) => Math.max(...values.map((value) => sign * value)));
    const [end = 0, theirEnd = 0] = ends;
    const beyond = ours.filter((value) => sign * value > theirEnd).length;
    const stands = theirs.filter((value) => sign * value === theirEnd).length;
    const past = theirs.filter((value) => sign * value > end).length;
    if ((2 / 3) ** beyond < ALPHA || (stands > 2 && beyond > stands))
      return `${beyond} of legacy’s values are ${word} all of its own`;
    if ((1 / 3) ** past < ALPHA / 2) return `${past} of its values are ${word} all of legacy’s`;
  }
  return undefined;
}

/** Single values far out, or of the requests in which the three are farthest apart, modern’s far out on one side in more than a sixth. */
function leansFarOut(threes: readonly Three[], measure: (value: Decimal) => number): string | undefined {
  if (threes.length < ROWS_MIN) return undefined;
  const rows = threes.map(({ legacy, modern, again }) => {
    const [l, m, r] = [measure(legacy), measure(modern), measure(again)];
    const [out, ...own] = [m - (l + r) / 2, l - (m + r) / 2, r - (l + m) / 2] as const;
    const isOut = own.every((distance) => Math.abs(distance) < Math.abs(out));
    const size = Math.max(Math.abs(out), ...own.map(Math.abs));
    return { out, own: l - r, size, side: isOut ? Math.sign(out) : 0 };
  });
  // In standard deviations of a normal distribution: of two runs’ distance, and of one value from the mean of two others.
  const deviation = median(rows.map(({ own }) => Math.abs(own))) / (0.6745 * Math.SQRT2);
  const most = largest(rows.map(({ out }) => out)) / (deviation * Math.sqrt(1.5));
  const ownMost = largest(rows.map(({ own }) => own)) / (deviation * Math.SQRT2);
  // What has values far out in its own runs is judged by those alone.
  if (most > FAR && ownMost < FAR && most > FARTHER * ownMost)
    return `one of its values is ${most.toPrecision(2)} deviations out, none of legacy’s more than ${ownMost.toPrecision(2)}`;
  rows.sort((a, b) => b.size - a.size);
  for (const part of [12, 8, 6, 4]) {
    const far = rows.slice(0, Math.ceil(rows.length / part));
    for (const side of [1, -1]) {
      const count = far.filter((row) => row.side === side).length;
      if (binomialTail(count, far.length, 1 / 6) < LEAN_ALPHA)
        return `of the ${far.length} requests in which the values are farthest apart, modern’s is far ${side > 0 ? 'above' : 'below'} in ${count}`;
    }
  }
  return undefined;
}

/** Fewer requests have no part that is far out. */
const ROWS_MIN = 20;
/** Four parts and two sides are looked at. */
const LEAN_ALPHA = 0.03;
/** Deviations beyond which a value is far out, and by how much farther than all of legacy’s. */
const FAR = 3.2;
const FARTHER = 1.15;
