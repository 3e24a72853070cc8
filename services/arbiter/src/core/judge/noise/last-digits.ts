import { lnMaterialEvidence, lnSignEvidence } from '../bugs/bias.ts';
import type { Context } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';
import { type Decimal, unitsAt } from '../value/decimal.ts';
import { noiseAsk, noiseBug, noiseHarmless } from './outcome.ts';
import type { Three } from './same-source.ts';
import { binomialTail, largest } from './statistics.ts';

/** Numbers that legacy's own two runs give a few last digits apart: how an amount is rounded, whatever the amount. */
export function judgeLastDigits(threes: readonly Three[], context: Context): Judgement | undefined {
  const steps = stepsOf(threes);
  if (steps === undefined) return undefined;
  const single = singleDigits(steps, context);
  return single?.verdict === 'bug' ? single : (biased(steps, context) ?? single);
}

/** Whether legacy's own two runs are never more than a few last digits apart, which is not in proportion to the amounts. */
export function isOfLastDigits(threes: readonly Three[]): boolean {
  return stepsOf(threes) !== undefined;
}

/** Differences in units of the last digit. */
interface Steps {
  readonly scale: number;
  /** Modern less legacy's first run, and less its second. */
  readonly theirs: readonly number[];
  readonly toSecond: readonly number[];
  /** Legacy's second run less its first. */
  readonly ours: readonly number[];
}

/** More last digits apart than rounding makes. */
const LAST_DIGITS_MAX = 10;

function stepsOf(threes: readonly Three[]): Steps | undefined {
  const scale = Math.max(...threes.map(({ legacy, again }) => Math.max(legacy.scale, again.scale)));
  if (scale === 0 || threes.some(({ modern }) => modern.scale > scale)) return undefined;
  const step = (a: Decimal, b: Decimal) => Number(unitsAt(a, scale) - unitsAt(b, scale));
  const ours = threes.map(({ again, legacy }) => step(again, legacy));
  if (largest(ours) > LAST_DIGITS_MAX) return undefined;
  return {
    scale,
    ours,
    theirs: threes.map(({ modern, legacy }) => step(modern, legacy)),
    toSecond: threes.map(({ modern, again }) => step(modern, again)),
  };
}

const countOf = (steps: readonly number[], sign: number) =>
  steps.filter((units) => Math.sign(units) === sign).length;

/** Fewer requests do not tell a last digit that goes both ways from one that always goes up. */
const LAST_DIGITS_MIN = 4;

/** All differences are single units of the last digit. */
function singleDigits({ theirs, ours }: Steps, context: Context): Judgement | undefined {
  if ([...theirs, ...ours].some((units) => Math.abs(units) > 1)) return undefined;
  const [up, down] = [countOf(theirs, 1), countOf(theirs, -1)];
  const most = Math.max(up, down);
  const said = `Modern is one last digit higher in ${up} and lower in ${down} of ${context.all.length} requests, legacy’s second run in ${countOf(ours, 1)} and ${countOf(ours, -1)}`;
  if (
    binomialTail(most, up + down, 0.5) < context.parameters.alpha &&
    most > 2 * Math.max(countOf(ours, up > down ? 1 : -1), 1)
  )
    return noiseBug(context, 'noise-one-sided', `${said}: modern’s go one way.`);
  const own = countOf(ours, 1) + countOf(ours, -1);
  const enough = context.all.length >= LAST_DIGITS_MIN;
  if (enough && up + down <= 2 * own + 1 && binomialTail(most, up + down, 0.5) > 0.1)
    return noiseHarmless('noise-last-digit', `${said}.`);
  return noiseAsk(context, 'noise-last-digit', `${said}.`);
}

/** Chance of each e-value being as large when modern is a third run of legacy: once in a million fields. */
const BIAS_ALPHA = 1e-6;

/**
 * A bias within legacy's own noise: by both tests of bias (signs, and a mean of more than a twentieth of the last digit) modern is higher, or
 * lower, than either run of legacy. Were it a third run, each sign were as likely, whatever the noise. Legacy's second run must show none: what
 * only goes up while it is asked is higher for whoever asks last.
 */
function biased({ theirs, toSecond, ours }: Steps, context: Context): Judgement | undefined {
  const direction = countOf(theirs, 1) >= countOf(theirs, -1) ? 1 : -1;
  const equal = Array.from({ length: context.all.length - theirs.length }, () => 0);
  for (const steps of [theirs, toSecond]) {
    const [along, against] = [countOf(steps, direction), countOf(steps, -direction)];
    if (along <= against) return undefined;
    if (lnSignEvidence(along, along + against) < Math.log(1 / BIAS_ALPHA)) return undefined;
    if (lnMaterialEvidence([...steps, ...equal], direction) < Math.log(2 / BIAS_ALPHA)) return undefined;
  }
  const [up, down] = [countOf(ours, 1), countOf(ours, -1)];
  if (lnSignEvidence(up, up + down) >= Math.log(1 / context.parameters.alpha)) return undefined;
  const mean = [...theirs, ...toSecond].reduce((sum, units) => sum + units, 0) / (2 * context.all.length);
  return noiseBug(
    context,
    'noise-biased',
    `Modern is higher in ${countOf(theirs, 1)} and lower in ${countOf(theirs, -1)} of ${context.all.length} requests (by ${Math.abs(mean).toFixed(2)} last digits ${mean > 0 ? 'more' : 'less'} on average), legacy’s second run in ${up} and ${down}: a bias within legacy’s own noise.`,
  );
}
