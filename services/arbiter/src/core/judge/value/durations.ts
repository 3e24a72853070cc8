import type { Side } from './side.ts';

/** A length of time in nanoseconds, with the notation it was written in. Months and years have no length and are not read. */
export interface Duration {
  readonly ns: bigint;
  readonly notation:
    | 'ISO 8601 duration'
    | 'clock'
    | 'with a unit'
    | 'seconds'
    | 'milliseconds'
    | 'minutes'
    | 'hours';
}

const SECOND = 1_000_000_000n;
const ISO =
  /^(-)?P(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,12})(?:[.,]([0-9]{1,9}))?S)?)?$/;
const CLOCK =
  /^(?:([0-9]{1,6})(?:\.| days?,? ))?([0-9]{1,4}):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{1,9}))?)?(?: ?h(?:rs?|ours?)?)?$/;
const UNIT =
  /^([0-9]{1,12})(?:\.([0-9]{1,6}))? ?(ns|us|µs|ms|s|sec|secs|seconds?|m|min|mins|minutes?|h|hrs?|hours?|d|days?)$/;
const SHORT =
  /^(?:([0-9]{1,5}) ?d ?)?(?:([0-9]{1,6}) ?h ?)?(?:([0-9]{1,6}) ?m(?:in)? ?)?(?:([0-9]{1,9}) ?s)?$/;
/** Hours and two digits of minutes, as timetables write them: 10H13, 2h05. */
const TIMETABLE = /^([0-9]{1,3}) ?[hH] ?([0-5][0-9])$/;
const UNITS: Readonly<Record<string, bigint>> = {
  n: 1n,
  u: 1_000n,
  µ: 1_000n,
  s: SECOND,
  h: 3600n * SECOND,
  d: 86_400n * SECOND,
};

/** A text that says that it is a duration. A bare number is one only beside such a text: {@link readCounted}. */
export function readDuration(side: Side): Duration | undefined {
  return side.read(durationOf);
}

function durationOf({ text }: Side): Duration | undefined {
  if (text === undefined || text.length < 2 || text.length > 40 || !/^[-0-9P]/.test(text)) return undefined;
  const iso = ISO.exec(text);
  if (iso !== null && /[0-9]/.test(text)) {
    const [, sign, w, d, h, m, s, f] = iso;
    const ns = total(Number(w ?? 0) * 7 + Number(d ?? 0), h, m, s, f);
    return { ns: sign === undefined ? ns : -ns, notation: 'ISO 8601 duration' };
  }
  const clock = CLOCK.exec(text);
  if (clock !== null) {
    const [, d, h, m, s, f] = clock;
    return { ns: total(Number(d ?? 0), h, m, s, f), notation: 'clock' };
  }
  const timetable = TIMETABLE.exec(text);
  if (timetable !== null) {
    const [, h, m] = timetable;
    return { ns: total(0, h, m), notation: 'with a unit' };
  }
  // Minutes, months or metres.
  if (/^[0-9.]+ ?m$/.test(text)) return undefined;
  const short = SHORT.exec(text);
  if (short !== null && /[0-9]/.test(text)) {
    const [, d, h, m, s] = short;
    return { ns: total(Number(d ?? 0), h, m, s), notation: 'with a unit' };
  }
  const unit = UNIT.exec(text);
  if (unit === null) return undefined;
  const [, whole = '0', fraction = '', name = ''] = unit;
  const size = name.startsWith('ms')
    ? 1_000_000n
    : name.startsWith('m')
      ? 60n * SECOND
      : (UNITS[name[0] ?? ''] ?? 1n);
  return {
    ns: (BigInt(whole + fraction) * size) / 10n ** BigInt(fraction.length),
    notation: 'with a unit',
  };
}

function total(days: number, h?: string, m?: string, s?: string, fraction?: string): bigint {
  const seconds = BigInt(days) * 86_400n + BigInt(h ?? 0) * 3600n + BigInt(m ?? 0) * 60n + BigInt(s ?? 0);
  return seconds * SECOND + (fraction === undefined ? 0n : BigInt(fraction.padEnd(9, '0')));
}

/**
 * Whether a number counts the minutes (whole ones) or the hours (with two digits after the point or more, to half its last digit) that a text of
 * hours and minutes tells.
 */
export function countsSixtieths(told: Duration, side: Side): 'minutes' | 'hours' | undefined {
  const number = side.number;
  if (number === undefined || told.ns === 0n) return undefined;
  const scale = 10n ** BigInt(number.scale);
  if (number.units * 60n * SECOND === told.ns * scale && number.units % scale === 0n) return 'minutes';
  if (number.scale < 1) return undefined;
  const rest = number.units * 3600n * SECOND - told.ns * scale;
  const slack = number.scale < 2 ? 0n : 1800n * SECOND;
  return (rest < 0n ? -rest : rest) <= slack ? 'hours' : undefined;
}

/** A whole number as the seconds or milliseconds that it may count. */
export function readCounted(side: Side): readonly Duration[] {
  const number = side.number;
  if (number === undefined) return [];
  const inSeconds = (number.units * SECOND) / 10n ** BigInt(number.scale);
  return [
    { ns: inSeconds, notation: 'seconds' },
    { ns: inSeconds / 1000n, notation: 'milliseconds' },
  ];
}

/** 10:05 as a length of time of 605 minutes (or seconds), which are no five past six. */
export function countsMinutes(text = '', raw = ''): boolean {
  const [, hours, minutes] = /^([0-9]{1,3}):([0-5][0-9])$/.exec(text) ?? [];
  return hours !== undefined && raw === String(Number(hours) * 60 + Number(minutes));
}
