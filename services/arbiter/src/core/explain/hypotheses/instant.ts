import { DAY_NS, floorTo, type Instant, stepOf, wallClock } from '../../judge/value/instants.ts';
import { integerBits } from '../bits.ts';
import { durationText } from '../duration-text.ts';
import type { Pair } from '../field.ts';
import type { Check, Family, Hypothesis } from '../hypothesis.ts';
import { ZONES, zoneOffset } from '../zones.ts';

const SECOND_NS = 1_000_000_000n;
const HOUR_NS = 3600n * SECOND_NS;
/** All zones in use are a multiple of it from UTC. */
const QUARTER_NS = HOUR_NS / 4n;
/** Clocks read during the same request are closer than this. */
const CLOCK_NS = 10n * SECOND_NS;
/** Zones are looked for in so many samples, then checked in all. */
const ZONE_PAIRS_MAX = 32;

/** Points in time that are shifted, in another zone, cut, or read from a clock; and the same point in another notation. */
export const instant: Family = (field) => {
  const pairs = field.differing.filter(instantsOf);
  if (pairs.length === 0) return [];
  return [NOTATION, RELABELLED, CLOCK, ...shifts(pairs), ...zones(pairs), ...cuts(), SWAPPED];
};

interface Instants {
  readonly legacy: Instant;
  readonly modern: Instant;
  /** Nanoseconds that modern is later, in steps of the coarser side. */
  readonly later: bigint;
  readonly step: bigint;
}

function instantsOf({ legacy, modern }: Pair): Instants | undefined {
  const [a, b] = [legacy.instant, modern.instant];
  if (!a || !b) return undefined;
  const step = stepOf(Math.min(a.precision, b.precision));
  return { legacy: a, modern: b, later: floorTo(b.ns, step) - floorTo(a.ns, step), step };
}

function timed(
  name: string,
  formula: string,
  parameters: Readonly<Record<string, string>>,
  bits: number,
  holds: (instants: Instants, pair: Pair) => Check | boolean,
): Hypothesis {
  return {
    name,
    formula,
    parameters,
    bits,
    check: (pair) => {
      const instants = instantsOf(pair);
      if (!instants) return 'silent';
      const said = holds(instants, pair);
      return said === true ? 0 : said === false ? 'wrong' : said;
    },
  };
}

const NOTATION: Hypothesis = {
  ...timed(
    'instant-notation',
    'modern writes the same instant in another notation',
    {},
    1,
    ({ legacy, modern }) => legacy.ns === modern.ns,
  ),
  plain: true,
};

const RELABELLED = timed(
  'offset-relabelled',
  "modern shows legacy's wall clock with another offset from UTC",
  {},
  3,
  ({ legacy, modern }, { differs }) =>
    differs ? legacy.ns !== modern.ns && wallClock(legacy) === wallClock(modern) : 'silent',
);

const CLOCK: Hypothesis = {
  ...timed('clock', 'modern’s time is within 10 s of legacy’s', {}, 4, ({ later, step }, { differs }) => {
    if (!differs) return 'silent';
    const near = step <= SECOND_NS && later !== 0n && absolute(later) <= CLOCK_NS;
    return near ? openBits(CLOCK_NS, step) : false;
  }),
  plain: true,
};

const SWAPPED = timed(
  'day-month-swapped',
  'modern takes the day for the month',
  {},
  3,
  ({ legacy, modern }) => {
    const [a, b] = [new Date(Number(legacy.ns / 1_000_000n)), new Date(Number(modern.ns / 1_000_000n))];
    return (
      a.getUTCFullYear() === b.getUTCFullYear() &&
      a.getUTCDate() === b.getUTCMonth() + 1 &&
      a.getUTCMonth() + 1 === b.getUTCDate()
    );
  },
);

/** The same distance everywhere: exactly, or within what two clocks differ. */
function shifts(pairs: readonly Pair[]): Hypothesis[] {
  const later = pairs.map((pair) => instantsOf(pair)!.later);
  const exact = commonest(later.filter((ns) => ns !== 0n));
  const near = commonest(later.map(toQuarter).filter((ns) => ns !== 0n));
  const found: Hypothesis[] = [];
  if (exact !== undefined) found.push(shifted(exact));
  if (near !== undefined) found.push(nearlyShifted(near));
  return found;
}

function shifted(by: bigint): Hypothesis {
  const wholeDays = by % DAY_NS === 0n;
  const quarters = by % QUARTER_NS === 0n && absolute(by) <= 14n * HOUR_NS;
  const bits =
    quarters || wholeDays ? 3 + integerBits(Number(by / (wholeDays ? DAY_NS : HOUR_NS))) : Number.NaN;
  const usual = quarters || absolute(by) === DAY_NS;
  return {
    ...timed(
      wholeDays ? 'day-shift' : 'time-shift',
      `modern is ${durationText(absolute(by))} ${by > 0n ? 'later' : 'earlier'}`,
      { shift: String(by / 1_000_000n), unit: 'ms' },
      Number.isNaN(bits) ? integerBits(Number(by / 1_000_000n)) : bits,
      ({ later }) => later === by,
    ),
    plain: usual,
  };
}

function nearlyShifted(by: bigint): Hypothesis {
  return timed(
    'time-shift',
    `modern is about ${durationText(absolute(by))} ${by > 0n ? 'later' : 'earlier'}, within the seconds of two clocks,`,
    { shift: String(by / 1_000_000n), unit: 'ms' },
    5 + integerBits(Number(by / QUARTER_NS)),
    ({ later, step }) => (absolute(later - by) <= CLOCK_NS ? openBits(CLOCK_NS, step) : false),
  );
}

/** A shift that follows a zone's summer time. */
function zones(pairs: readonly Pair[]): Hypothesis[] {
  const distinct = new Set(pairs.map((pair) => instantsOf(pair)!.later));
  if (distinct.size > 3 || [...distinct].some((ns) => ns % QUARTER_NS !== 0n)) return [];
  const probes = pairs.slice(0, ZONE_PAIRS_MAX);
  return ZONES.flatMap((zone) =>
    ([1n, -1n] as const).flatMap((direction) => {
      const offset = ({ legacy }: Instants): bigint => direction * zoneOffset(zone, legacy.ns);
      const fitting = probes.filter((pair) => offset(instantsOf(pair)!) === instantsOf(pair)!.later).length;
      if (fitting * 2 < probes.length) return [];
      const formula =
        direction === 1n
          ? `modern shows UTC as the local time of ${zone}`
          : `modern takes local time of ${zone} for UTC`;
      return [
        timed(
          'zone',
          formula,
          { zone },
          2 + Math.log2(2 * ZONES.length),
          (instants) => offset(instants) === instants.later,
        ),
      ];
    }),
  );
}

const CUTS = [
  { step: DAY_NS, to: 'the start of the day' },
  { step: HOUR_NS, to: 'whole hours' },
  { step: 60n * SECOND_NS, to: 'whole minutes' },
  { step: SECOND_NS, to: 'whole seconds' },
  { step: 1_000_000n, to: 'milliseconds' },
  { step: 1_000n, to: 'microseconds' },
] as const;

function cuts(): Hypothesis[] {
  return CUTS.map(({ step, to }) => ({
    ...timed(
      'time-cut',
      `modern cuts the time to ${to}`,
      { step: String(step) },
      3,
      ({ legacy, modern }) => modern.ns === floorTo(legacy.ns, step),
    ),
    plain: true,
  }));
}

function toQuarter(ns: bigint): bigint {
  return floorTo(ns + QUARTER_NS / 2n, QUARTER_NS);
}

function openBits(within: bigint, step: bigint): number {
  return Math.log2(1 + Number((2n * within) / step));
}

function commonest(values: readonly bigint[]): bigint | undefined {
  const counts = new Map<bigint, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function absolute(ns: bigint): bigint {
  return ns < 0n ? -ns : ns;
}
