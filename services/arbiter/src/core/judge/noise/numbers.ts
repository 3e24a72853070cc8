import type { Context } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';
import { type Decimal, toFloat } from '../value/decimal.ts';
import { NumberStyle, readNumber } from '../value/numbers.ts';
import { isOwnTiming } from '../value/own-timing.ts';
import type { Side } from '../value/side.ts';
import { isOfLastDigits, judgeLastDigits } from './last-digits.ts';
import { noiseAsk, noiseBug, noiseHarmless } from './outcome.ts';
import { hasCheckDigit, unlikeLegacy } from './randomness.ts';
import { otherThanLegacy, type Three } from './same-source.ts';
import { binomialTail, largest, median } from './statistics.ts';

/** Judges numbers that legacy does not repeat: modern's differences must come from the distribution of legacy's own. */
export function judgeNumberNoise(context: Context): Judgement | undefined {
  const threes: Three[] = [];
  for (const { legacy, modern, legacy2, differs, varies } of context.all) {
    if (!differs && !varies) continue;
    const { legacy: ourStyles, modern: theirStyles } = context.profile.data;
    const three = {
      legacy: numberOf(legacy, ourStyles.numberStyles),
      modern: numberOf(modern, theirStyles.numberStyles),
      again: legacy2 && numberOf(legacy2, ourStyles.numberStyles),
    };
    if (three.legacy === undefined || three.modern === undefined || three.again === undefined)
      return undefined;
    threes.push({ legacy: three.legacy, modern: three.modern, again: three.again });
  }
  return keys(threes, context) ?? judgeLastDigits(threes, context) ?? distribution(threes, context);
}

/** The number in the style that its side keeps to, plain before any other. */
function numberOf(side: Side, styles: number): Decimal | undefined {
  const values = readNumber(side)?.values;
  if (values === undefined) return undefined;
  return values.get(NumberStyle.plain) ?? [...values].find(([style]) => (style & styles) !== 0)?.[1];
}

/** Whole numbers that only grow, on both sides, or only fall (what is left of a limit): counters, of which the later answer has the greater. */
function countOn(threes: readonly Three[]): boolean {
  const grows = (values: readonly Decimal[]) =>
    values.every(({ units, scale }, i) => scale === 0 && units >= (values[i - 1]?.units ?? units));
  const [ours, theirs] = [threes.map(({ legacy }) => legacy), threes.map(({ modern }) => modern)];
  const falls = threes.length >= FALLING_MIN && [ours, theirs].every((values) => grows(values.toReversed()));
  return (threes.length >= 2 && grows(ours) && grows(theirs)) || falls;
}

/** Three numbers fall by chance in one case of six. */
const FALLING_MIN = 5;

/** Two runs give random keys as far from each other as any two of them are; a measure stays near its centre. */
const RANDOM_SPREAD = 0.05;

/**
 * Keys handed out anew in each run: large integers, all different, of legacy's lengths, and so far from each other in legacy's own two runs
 * that they are no measure of anything. Keys that count up are asked, and so are modern's where they can be guessed and legacy's cannot.
 */
function keys(threes: readonly Three[], context: Context): Judgement | undefined {
  const all = threes.flatMap(({ legacy, modern, again }) => [legacy, modern, again]);
  if (threes.length < 2 || !all.every(({ units, scale }) => scale === 0 && units >= 100_000n))
    return undefined;
  if (new Set(all.map(({ units }) => units)).size < all.length) return undefined;
  const lengths = threes.flatMap(({ legacy, again }) => [digits(legacy), digits(again)]);
  const [low, high] = [Math.min(...lengths), Math.max(...lengths)];
  if (!threes.every(({ modern }) => digits(modern) >= low && digits(modern) <= high)) return undefined;
  const text = ({ units }: Decimal) => units.toString().padStart(high, '0');
  const checked = threes.every(
    ({ legacy, again }) => hasCheckDigit(text(legacy)) && hasCheckDigit(text(again)),
  );
  if (checked && !threes.every(({ modern }) => hasCheckDigit(text(modern))))
    return noiseBug(
      context,
      'token-check-digit',
      'All of legacy’s keys have a check digit that modern’s lack.',
    );
  const spread = ({ legacy, again }: Three) =>
    Math.abs(toFloat(legacy) - toFloat(again)) / Math.max(toFloat(legacy), toFloat(again));
  if (median(threes.map(spread)) < RANDOM_SPREAD) return undefined;
  const { ours, theirs } = distances(threes, (value) => toFloat(value));
  if (median(theirs.map(Math.abs)) > 3 * median(ours.map(Math.abs))) return undefined;
  const rows = threes.map(({ legacy, modern, again }) => ({
    legacy: text(legacy),
    modern: text(modern),
    again: text(again),
  }));
  const unlike = unlikeLegacy(rows);
  if (unlike !== undefined)
    return noiseAsk(context, 'new-keys-guessable', `Each run gives new keys; ${unlike}.`);
  return noiseHarmless(
    'new-keys',
    `Each run gives new keys of ${low === high ? low : `${low} to ${high}`} digits, all ${all.length} different, modern’s as far from legacy’s as its own.`,
  );
}

function digits({ units }: Decimal): number {
  return units.toString().length;
}

function distances(threes: readonly Three[], measure: (value: Decimal) => number) {
  return {
    theirs: threes.map(({ modern, legacy }) => measure(modern) - measure(legacy)),
    ours: threes.map(({ again, legacy }) => measure(again) - measure(legacy)),
  };
}

/**
 * Modern’s value lies between legacy’s two in a third of the requests; far less often it spreads wider, far more often it spreads less (it is
 * computed from a few fixed values, or smoothed), and few different values are another kind of source.
 */
function hasSpreadOfLegacy(threes: readonly Three[], outside: number): boolean {
  const n = threes.length;
  const different = (side: 'legacy' | 'modern') => new Set(threes.map((three) => toFloat(three[side]))).size;
  const between = threes.filter(({ legacy, modern, again }) => {
    const [l, m, r] = [toFloat(legacy), toFloat(modern), toFloat(again)];
    return Math.min(l, r) < m && m < Math.max(l, r);
  }).length;
  return (
    binomialTail(outside, n, 2 / 3) > 0.01 &&
    binomialTail(between, n, 1 / 3) > 0.01 &&
    2 * different('modern') >= different('legacy')
  );
}

/** The more requests, the nearer are the largest differences of two runs to each other, and the largest of all are in turn of either. */
function hasTailOfLegacy(ours: readonly number[], theirs: readonly number[]): boolean {
  const most = largest(ours);
  const beyond = theirs.filter((distance) => Math.abs(distance) > most).length;
  const tail = largest(theirs) / most;
  if (ours.length < TAIL_SETTLED) return tail <= 4;
  return tail <= (beyond > 1 ? 1.75 : 2.5) && beyond < BEYOND_MAX;
}

/**
 * Much of a small amount hides what is much of all, where legacy’s own differences do not grow with the amounts: there the largest is held to legacy’s
 * largest, whatever the amount.
 */
function hasGrossOne(threes: readonly Three[]): boolean {
  const sorted = threes.toSorted((one, other) => toFloat(one.legacy) - toFloat(other.legacy));
  const halves = [sorted.slice(0, sorted.length >> 1), sorted.slice(sorted.length >> 1)] as const;
  const [small, large] = halves.map((half) => median(half.map(({ legacy }) => toFloat(legacy)))) as [
    number,
    number,
  ];
  const sizes = halves.map((half) => median(distances(half, toFloat).ours.map(Math.abs))) as [number, number];
  if (small * GROWTH_MIN > large || sizes[1] > sizes[0] * Math.sqrt(large / small)) return false;
  const { ours, theirs } = distances(threes, toFloat);
  return largest(theirs) > GROSS * largest(ours);
}

const GROSS = 4;
/** Amounts that are so far apart show whether what differs grows with them. */
const GROWTH_MIN = 4;

/** Requests from which the largest difference of legacy’s own is no accident any more. */
const TAIL_SETTLED = 12;
/** The six largest of all differences are modern’s by chance once in 64 cases. */
const BEYOND_MAX = 6;

/**
 * Rank tests: if modern ran as legacy does, its value would be the largest of the three in a third of the requests, and the smallest in a
 * third, whatever the distribution. Sizes are compared by medians and by the largest, on a logarithmic scale where all are positive.
 */
function distribution(threes: readonly Three[], context: Context): Judgement {
  const positive = threes.every(
    ({ legacy, modern, again }) => legacy.units > 0n && modern.units > 0n && again.units > 0n,
  );
  const legacyPositive = threes.every(({ legacy, again }) => legacy.units > 0n && again.units > 0n);
  const n = threes.length;
  if (legacyPositive && threes.some(({ modern }) => modern.units < 0n))
    return noiseBug(context, 'noise-sign', 'Legacy’s values are all positive, modern’s are not.');
  if (
    n >= 3 &&
    new Set(threes.map(({ modern }) => toFloat(modern))).size === 1 &&
    new Set(threes.map(({ legacy }) => toFloat(legacy))).size >= 3
  )
    return noiseBug(
      context,
      'noise-constant',
      `Legacy’s values vary, modern’s is the same in all ${n} requests.`,
    );
  // What is rounded is as far off whatever the amount; of other numbers the larger ones vary by more.
  const isRatio = positive && !isOfLastDigits(threes);
  const ratio = (value: Decimal) => Math.log(toFloat(value));
  const { ours, theirs } = distances(threes, isRatio ? ratio : toFloat);
  const above = theirs.filter((d, i) => d > Math.max(0, ours[i] ?? 0)).length;
  const below = theirs.filter((d, i) => d < Math.min(0, ours[i] ?? 0)).length;
  const shift = binomialTail(Math.max(above, below), n, 1 / 3);
  const own = median(ours.map(Math.abs));
  const size = median(theirs.map(Math.abs));
  const factor = own === 0 ? Number.POSITIVE_INFINITY : size / own;
  const tail = largest(theirs) / largest(ours);
  const unit = isRatio ? '%' : '';
  const told = (value: number) => `${(isRatio ? value * 100 : value).toPrecision(3)}${unit}`;
  const said = `Modern differs from legacy by ${told(median(theirs))} (median of ${n}; size ${told(size)}), legacy’s second run by ${told(median(ours))} (size ${told(own)})`;
  const oneSided = above === n || below === n;
  // A third of requests may be on one side by chance; a measure that varies by a tenth anyway is no exact quantity that a bias could hurt.
  const loose = positive && median(distances(threes, ratio).ours.map(Math.abs)) > 0.1;
  const shifted =
    (shift < context.parameters.alpha && factor > 1.5) ||
    (oneSided && n >= 3 && factor > 4) ||
    (oneSided && n === 2 && factor > 8);
  if (shifted && countOn(threes))
    return noiseAsk(context, 'noise-counter', `${said}; both only grow, or only fall.`);
  // Modern runs on other machines: only another unit is no matter of speed.
  if (shifted && isOwnTiming(context.episode.field) && Math.abs(median(theirs)) < Math.log(100))
    return noiseAsk(context, 'noise-timing', `${said}; each side measures itself.`);
  if (shifted && !(loose && factor < 8))
    return noiseBug(
      context,
      'noise-shifted',
      `${said}: modern’s values are ${above >= below ? 'above' : 'below'} both of legacy’s in ${Math.max(above, below)} of ${n}.`,
    );
  if (n >= 4 && tail > (n >= 10 ? 8 : 20))
    return noiseBug(
      context,
      'noise-outlier',
      `${said}: modern has differences ${tail.toPrecision(2)} times as large as any of legacy’s own.`,
    );
  const fractions = threes.every(({ legacy, again }) => legacy.scale >= 2 && again.scale >= 2);
  if (n >= 3 && fractions && threes.every(({ modern }) => modern.scale === 0))
    return noiseBug(context, 'noise-rounded', `${said}: modern’s are whole numbers.`);
  if (n === 1 && tail > 30 && threes.some(({ legacy }) => legacy.scale > 0))
    return noiseBug(context, 'noise-outlier', `${said}.`);
  const scaleOf = (values: readonly Decimal[]) => Math.max(...values.map(({ scale }) => scale));
  if (scaleOf(threes.map(({ modern }) => modern)) + 1 < scaleOf(threes.map(({ legacy }) => legacy)))
    return noiseAsk(context, 'noise-coarser', `${said}; modern’s have fewer digits after the point.`);
  const { noiseCountMin, noiseFactorMax } = context.parameters;
  const alike =
    n >= noiseCountMin &&
    factor <= noiseFactorMax &&
    factor >= (n < TAIL_SETTLED ? 0.5 : 1) / noiseFactorMax &&
    !oneSided &&
    shift > 0.02 &&
    hasSpreadOfLegacy(threes, above + below) &&
    hasTailOfLegacy(ours, theirs) &&
    (!isRatio || !hasGrossOne(threes));
  const other = alike ? otherThanLegacy(threes, { isRatio, isLoose: loose }) : undefined;
  if (other !== undefined) return noiseAsk(context, 'noise-unclear', `${said}, but ${other}.`);
  return alike
    ? noiseHarmless(
        'noise-alike',
        `${said}: they come from one distribution (chance of such a shift ${shift.toPrecision(2)}).`,
      )
    : noiseAsk(context, 'noise-unclear', `${said}: too few or too different to tell.`);
}
