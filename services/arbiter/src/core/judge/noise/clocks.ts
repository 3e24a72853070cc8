import type { Context } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';
import { DAY, type Instant, readInstants, wallClock } from '../value/instants.ts';
import type { Side } from '../value/side.ts';
import { noiseAsk, noiseBug, noiseHarmless } from './outcome.ts';
import { largest, median } from './statistics.ts';

/** Judges points in time that legacy does not repeat: clocks that are read when the answer is made. */
export function judgeClockNoise(context: Context): Judgement | undefined {
  const ours: number[] = [];
  const theirs: number[] = [];
  let zonesOpen = false;
  for (const { legacy, modern, legacy2, differs, varies } of context.all) {
    if (!differs && !varies) continue;
    const l = instantOf(legacy);
    const m = instantOf(modern);
    const r = legacy2 === undefined ? undefined : instantOf(legacy2);
    if (l === undefined || m === undefined || r === undefined) return undefined;
    // Two bare numbers in other units are no clock that a client could read.
    if (l.notation !== m.notation && isBare(legacy) && isBare(modern))
      return noiseBug(
        context,
        'clock-unit',
        `Legacy counts ${l.notation}, modern ${m.notation}, both as bare numbers.`,
      );
    zonesOpen ||= l.zoned !== m.zoned;
    theirs.push(secondsBetween(l, m));
    ours.push(secondsBetween(l, r));
  }
  const own = largest(ours);
  const most = largest(theirs);
  const n = theirs.length;
  const said = `Modern’s clock is up to ${seconds(most)} from legacy’s (${n} requests), legacy’s second run up to ${seconds(own)}`;
  const bound = context.parameters.clockLagMsMax / 1000;
  const far = theirs.filter((distance) => Math.abs(distance) > Math.max(SLOW_ANSWER, 10 * own));
  if (far.length > 0) {
    if (zonesOpen) return noiseAsk(context, 'clock-zone', `${said}; one side does not tell its zone.`);
    return noiseBug(
      context,
      'clock-shifted',
      `${said}: ${far.length} of ${n} are ${spreadText(far)}, which no run time explains.`,
    );
  }
  // Where legacy's second run came by quarters of an hour later as well, that is how it was asked.
  const shifts = theirs.filter((seconds, i) => isZoneStep(seconds) && !isZoneStep(ours[i] ?? 0)).length;
  if (shifts > 0) {
    if (zonesOpen) return noiseAsk(context, 'clock-zone', `${said}; one side does not tell its zone.`);
    const told = `${said}: in ${shifts} of ${n} it is some quarters of an hour to the second, as between zones.`;
    const near = theirs.filter((seconds) => Math.abs(seconds) <= bound).length;
    // One alone may be chance where the others are far as well.
    return shifts === 1 && near + shifts < n
      ? noiseAsk(context, 'clock-unclear', told)
      : noiseBug(context, 'clock-shifted', told);
  }
  const steps = new Set(theirs.map((seconds) => Math.round(seconds * 1000)));
  if (n >= 4 && steps.size === 1 && most > 2 && new Set(ours).size > 1)
    return noiseBug(context, 'clock-shifted', `${said}: modern’s distance is the same in all ${n}.`);
  if (context.all.length < 3 && context.all.some(({ legacy }) => isBare(legacy)))
    return noiseAsk(context, 'clock-unclear', `${said}, as bare numbers in few requests.`);
  const stamps = new Set(context.all.map(({ modern }) => modern.raw));
  const ownStamps = new Set(context.all.map(({ legacy }) => legacy.raw));
  if (context.all.length >= 3 && stamps.size === 1 && ownStamps.size === context.all.length)
    return noiseBug(
      context,
      'clock-stopped',
      `${said}: modern says the same time in all ${context.all.length}.`,
    );
  // Modern is asked at legacy's own time: a second run that came later explains no more than that answers take their time, legacy's way.
  const [way, ownWay] = [median(theirs), median(ours)];
  const isSameWay = Math.sign(way) === Math.sign(ownWay);
  const explained =
    most <= NEAR ||
    (most <= Math.min(bound, 5 * own) && (isSameWay || Math.abs(way) <= NEAR)) ||
    (most <= Math.min(SLOW_ANSWER, 5 * own) && isSameWay && Math.abs(way) <= own + NEAR);
  return explained
    ? noiseHarmless('clock', `${said}.`)
    : noiseAsk(context, 'clock-unclear', `${said}: too far for a clock.`);
}

/** Seconds that two answers of the same moment may be apart, however near legacy's own two are. */
const NEAR = 2;

/** Zones differ by quarters of an hour (IANA tz database); two clocks do so by chance once in 225 cases. */
const QUARTER_SECONDS = 900;

/** Quarters of an hour, but for what a clock moves on between two answers. */
function isZoneStep(seconds: number): boolean {
  const quarters = Math.round(seconds / QUARTER_SECONDS);
  return quarters !== 0 && Math.abs(seconds - quarters * QUARTER_SECONDS) <= 2;
}

/** Seconds beyond which no answer is only slow. */
const SLOW_ANSWER = 60;

/** Bare digits are a clock when they are of our days; others are amounts. */
const [DAYS_FROM, DAYS_TO] = [946_684_800n * 1_000_000_000n, 4_102_444_800n * 1_000_000_000n];

function isBare(side: Side): boolean {
  return side.isNumber || /^[0-9.]+$/.test(side.text ?? '');
}

function instantOf(side: Side): Instant | undefined {
  const [found] = readInstants(side);
  if (found === undefined || found.precision === DAY) return undefined;
  return isBare(side) && (found.ns < DAYS_FROM || found.ns > DAYS_TO) ? undefined : found;
}

function secondsBetween(from: Instant, to: Instant): number {
  const ns = from.zoned === to.zoned ? to.ns - from.ns : wallClock(to) - wallClock(from);
  return Number(ns) / 1e9;
}

function seconds(value: number): string {
  return `${Number(value.toPrecision(3))} s`;
}

/** Whether they are all as far, as a shift is, but for what a clock moves on between two answers. */
function spreadText(distances: readonly number[]): string {
  const [low, high] = [Math.min(...distances), Math.max(...distances)];
  if (high - low <= NEAR) return `shifted by ${seconds(low)}`;
  return `too far (${seconds(low)} to ${seconds(high)})`;
}
