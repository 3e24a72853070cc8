import { NumberText, type Value } from '../../compare/value.ts';
import type { Side } from './side.ts';

/** The order of the fields of a local date; bits, so that the orders a field may have are one set. */
export const DateOrder = { ymd: 1, dmy: 2, mdy: 4 } as const;
export const ALL_DATE_ORDERS = 7;

/** Digits after the second; a time without seconds, or a date without a time, is coarser. */
export const DAY = -2;
export const MINUTE = -1;

/** One meaning that a value has as a point in time. */
export interface Instant {
  /** Nanoseconds since 1970 of what the clock shows, in UTC when `zoned`, else as if it were UTC. */
  readonly ns: bigint;
  /** Whether the offset from UTC is told. */
  readonly zoned: boolean;
  /** Minutes east of UTC as written; 0 when not told. */
  readonly offset: number;
  /** {@link DAY}, {@link MINUTE}, or the digits after the second. */
  readonly precision: number;
  readonly notation: string;
  /** {@link DateOrder} under which the text was read. */
  readonly order: number;
}

const SECOND = 1_000_000_000n;
export const DAY_NS = 86_400n * SECOND;

/** All meanings of a value as a point in time: several only when the order of day and month is open. */
export function readInstants(side: Side): readonly Instant[] {
  return side.read(instantsOf);
}

function instantsOf(side: Side): readonly Instant[] {
  const text = side.text;
  if (text !== undefined) return readInstantText(text);
  if (side.fields !== undefined) return qualified(side.fields);
  const raw = side.raw;
  return side.isNumber && raw !== undefined ? epoch(raw) : [];
}

/** Digits with the code of their format (UN/EDIFACT 2379): 102 is a day, 203 and 204 have the time to the minute and second. */
function qualified(fields: ReadonlyMap<string, Value>): readonly Instant[] {
  if (fields.size !== 2) return [];
  const texts = [...fields.values()].map((value) => (value instanceof NumberText ? value.text : value));
  const [code, digits] = [
    texts.find((text) => /^(?:102|203|204)$/.test(String(text))),
    texts.find((text) => /^[0-9]{8,14}$/.test(String(text))),
  ];
  const length = { 102: 8, 203: 12, 204: 14 }[String(code)];
  const match = /^([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?$/.exec(String(digits));
  if (match === null || String(digits).length !== length) return [];
  const [, y, mo, d, h, mi, s] = match;
  return one(make(y, mo, d, h, mi, s, undefined, undefined, `EDIFACT ${String(code)}`, DateOrder.ymd));
}

const ISO =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?(?: ?(Z|z|[A-Z]{3,4}|[+-][0-9]{2}(?::?[0-9]{2})?))?)?$/;
const COMPACT =
  /^([0-9]{4})([0-9]{2})([0-9]{2})(?:T?([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:\.?([0-9]{1,9}))?(Z|[+-][0-9]{4})?|(Z|[+-][0-9]{4})))?$/;
const LOCAL =
  /^([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{1,2})(?:[T ,]{1,2}([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(?: ?([AaPp][Mm]))?)?$/;
const RFC =
  /^(?:[A-Z][a-z]{2,8}, ?)?([0-9]{1,2})[ -]([A-Z][A-Za-z]{2})[ -]([0-9]{4})(?: ([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?: ([A-Z]{1,4}|[+-][0-9]{4}))?)?$/;
/** asctime of C and Date.toString of Java: Tue Mar 05 14:47:00 CET 2024. */
const ASCTIME =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})(?: ([A-Z]{1,4}))? ([0-9]{4})$/;
/** Date.toString of JavaScript: Tue Mar 05 2024 14:47:00 GMT+0100 (Central European Standard Time). */
const SCRIPT =
  /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([0-9]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT([+-][0-9]{4})(?: \([^()]{2,50}\))?$/;
/** What SQL Server makes of a moment as text: Mar  5 2024  2:47PM. */
const SQL_SERVER =
  /^([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) ([0-9]{4}) {1,2}(1[0-2]|[1-9]):([0-9]{2})(?::([0-9]{2})(?::([0-9]{3}))?)?([AP])M$/;
/** DateFormat of Java and toLocaleString of browsers, .NET: Mar 5, 2024, 2:47:00 PM; Tuesday, March 5, 2024 2:47 PM. */
const SPOKEN =
  /^(?:[A-Z][a-z]{5,8}, )?([A-Z][a-z]{2,8}) ([0-9]{1,2}), ([0-9]{4})(?:,| at)? (1[0-2]|[1-9]):([0-9]{2})(?::([0-9]{2}))?[ \u202f]([AP])M$/;
/** FIX: 20250629-03:11:38.698, of which the Z that some write says what the standard says anyway. */
const FIX = /^([0-9]{4})([0-9]{2})([0-9]{2})-([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(Z)?$/;
const DOTNET = /^\/Date\((-?[0-9]{1,15})([+-][0-9]{4})?\)\/$/;
const DB2 = /^([0-9]{4})-([0-9]{2})-([0-9]{2})-([0-9]{2})\.([0-9]{2})\.([0-9]{2})(?:\.([0-9]{1,9}))?$/;
const NAMED =
  /^(?:[A-Za-z]{2,10},? )?(?:([0-9]{1,2})(?:st|nd|rd|th|\.)?[ -]([A-Za-zäéûÉ]{3,10})\.?|([A-Za-zäéûÉ]{3,10})\.? ([0-9]{1,2})(?:st|nd|rd|th)?),?[ -]([0-9]{4})$/;
/** A day of XML Schema, which is the same day with and without its zone. */
const DATE_ZONE = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})$/;
const ZONE_NAME = /\[[A-Za-z_/+-]{1,40}\]$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function readInstantText(text: string): readonly Instant[] {
  if (text.length < 6 || text.length > 90) return [];
  const first = text.charCodeAt(0);
  const digit = first >= 0x30 && first <= 0x39;
  if (!digit)
    return [
      ...one(dotnet(text)),
      ...one(rfc(text) ?? asctime(text) ?? printed(text) ?? spoken(text) ?? named(text)),
    ];
  const iso = ISO.exec(text.endsWith(']') ? text.replace(ZONE_NAME, '') : text.replace(DATE_ZONE, '$1'));
  if (iso !== null) {
    const [, y, mo, d, h, mi, s, f, z] = iso;
    return one(
      make(y, mo, d, h, mi, s, f, z, z === undefined ? 'ISO 8601 local' : 'ISO 8601', DateOrder.ymd),
    );
  }
  const compact = text.length === 8 || text.length >= 14 ? COMPACT.exec(text) : null;
  if (compact !== null) {
    const [, y, mo, d, h, mi, s, f, z = compact[9]] = compact;
    const found = make(y, mo, d, h, mi, s, f, z, 'compact', DateOrder.ymd);
    if (found !== undefined && plausibleYear(Number(y))) return [found];
  }
  const fix = text[8] === '-' ? FIX.exec(text) : null;
  if (fix !== null) {
    const [, y, mo, d, h, mi, s, f, z] = fix;
    return one(make(y, mo, d, h, mi, s, f, z, 'FIX', DateOrder.ymd));
  }
  const local = LOCAL.exec(text);
  if (local !== null) return localDates(local);
  const db2 = DB2.exec(text);
  if (db2 !== null) {
    const [, y, mo, d, h, mi, s, f] = db2;
    return one(make(y, mo, d, h, mi, s, f, undefined, 'DB2 timestamp', DateOrder.ymd));
  }
  return [...one(rfc(text) ?? named(text)), ...epoch(text)];
}

/** 5 March 2024, March 5, 2024, 05-MAR-2024, in the languages whose month names {@link monthOf} knows. */
function named(text: string): Instant | undefined {
  const match = NAMED.exec(text);
  if (match === null) return undefined;
  const [, dayFirst, nameSecond, nameFirst, daySecond, year] = match;
  const month = monthOf(nameSecond ?? nameFirst ?? '');
  return month === undefined
    ? undefined
    : make(
        year,
        String(month),
        dayFirst ?? daySecond,
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
        'date with the name of the month',
        DateOrder.ymd,
      );
}

const MONTH_NAMES = [
  'january januar janvier enero gennaio jänner',
  'february februar février fevrier febrero febbraio feb.',
  'march märz maerz mars marzo',
  'april avril abril aprile',
  'may mai mayo maggio',
  'june juni juin junio giugno',
  'july juli juillet julio luglio',
  'august août aout agosto',
  'september septembre septiembre settembre sept',
  'october oktober octobre octubre ottobre',
  'november novembre noviembre',
  'december dezember décembre decembre diciembre dicembre',
].map((line) => line.split(' '));

/** 1 to 12 for the name of a month, or its first three letters, in English, German, French, Spanish or Italian; undefined when two fit. */
export function monthOf(name: string): number | undefined {
  const lower = name.toLowerCase();
  if (lower.length < 3) return undefined;
  const found = MONTH_NAMES.flatMap((names, index) =>
    names.some((full) => full === lower || (lower.length <= 4 && full.startsWith(lower))) ? [index + 1] : [],
  );
  return found.length === 1 ? found[0] : undefined;
}

function one(found: Instant | undefined): readonly Instant[] {
  return found === undefined ? [] : [found];
}

function plausibleYear(year: number): boolean {
  return (year >= 1900 && year <= 2199) || year === 9999 || year === 1;
}

function localDates(match: RegExpExecArray): readonly Instant[] {
  const [, a = '', separator = '', b = '', c = '', h, mi, s, f, half] = match;
  const hour = h === undefined ? undefined : hourOf(h, half);
  const notation = `local date with ${separator}`;
  if (a.length === 4) return one(make(a, b, c, hour, mi, s, f, undefined, notation, DateOrder.ymd));
  if (a.length > 2 || c.length !== 4) return [];
  const dayFirst = make(c, b, a, hour, mi, s, f, undefined, notation, DateOrder.dmy);
  // With points the day always stands first.
  const monthFirst =
    separator === '.' ? undefined : make(c, a, b, hour, mi, s, f, undefined, notation, DateOrder.mdy);
  return [...one(dayFirst), ...one(monthFirst)];
}

function hourOf(text: string, half: string | undefined): string | undefined {
  if (half === undefined) return text;
  const hour = Number(text);
  if (hour < 1 || hour > 12) return '99';
  return String((hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
}

function rfc(text: string): Instant | undefined {
  const match = RFC.exec(text);
  if (match === null) return undefined;
  const [, d, name = '', y, h, mi, s, z] = match;
  const month = MONTHS.indexOf(`${name[0]}${name.slice(1).toLowerCase()}`) + 1;
  return month === 0
    ? undefined
    : make(y, String(month), d, h, mi, s, undefined, z, 'RFC 5322', DateOrder.ymd);
}

function asctime(text: string): Instant | undefined {
  const match = ASCTIME.exec(text);
  if (match === null) return undefined;
  const [, name = '', d, h, mi, s, z, y] = match;
  const month = MONTHS.indexOf(name) + 1;
  return month === 0
    ? undefined
    : make(y, String(month), d, h, mi, s, undefined, z, 'asctime', DateOrder.ymd);
}

function printed(text: string): Instant | undefined {
  const script = SCRIPT.exec(text);
  const [, name = '', d, y, h = '', mi, s] = script ?? SQL_SERVER.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  if (month === 0) return undefined;
  if (script !== null)
    return make(y, String(month), d, h, mi, s, undefined, script[7], 'Date.toString', DateOrder.ymd);
  const hour = String((Number(h) % 12) + (text.endsWith('PM') ? 12 : 0)).padStart(2, '0');
  const fraction = /:([0-9]{3})[AP]M$/.exec(text)?.[1];
  return make(y, String(month), d, hour, mi, s, fraction, undefined, 'SQL Server', DateOrder.ymd);
}

function spoken(text: string): Instant | undefined {
  const match = text.endsWith('M') ? SPOKEN.exec(text) : null;
  if (match === null) return undefined;
  const [, name = '', d, y, h = '', mi, s, half] = match;
  const month = monthOf(name);
  if (month === undefined) return undefined;
  const hour = String((Number(h) % 12) + (half === 'P' ? 12 : 0)).padStart(2, '0');
  return make(y, String(month), d, hour, mi, s, undefined, undefined, 'spoken', DateOrder.ymd);
}

function dotnet(text: string): Instant | undefined {
  const match = DOTNET.exec(text);
  if (match === null) return undefined;
  const ns = BigInt(match[1] ?? '0') * 1_000_000n;
  const offset = offsetOf(match[2]) ?? 0;
  return { ns, zoned: true, offset, precision: 3, notation: '.NET /Date()/', order: DateOrder.ymd };
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970 of the years 1973 to 2286: the ranges do not overlap. */
function epoch(text: string): readonly Instant[] {
  const match = /^([0-9]{9,19})(?:\.([0-9]{1,9}))?$/.exec(text);
  if (match === null) return [];
  const [, whole = '', fraction = ''] = match;
  if (whole.startsWith('0')) return [];
  const count = BigInt(whole);
  const hundreds = HUNDRED_NS.find(({ from, to }) => count >= from && count < to);
  if (hundreds !== undefined && fraction === '')
    return [
      {
        ns: (count - hundreds.zero) * 100n,
        zoned: true,
        offset: 0,
        precision: 7,
        notation: hundreds.name,
        order: DateOrder.ymd,
      },
    ];
  const unit = EPOCH_UNITS.find(({ digits }) => digits.includes(whole.length));
  if (unit === undefined || (fraction !== '' && unit.precision !== 0)) return [];
  const rest = fraction === '' ? 0n : BigInt(fraction.padEnd(9, '0'));
  const precision = unit.precision + fraction.length;
  return [
    {
      ns: count * unit.ns + rest,
      zoned: true,
      offset: 0,
      precision,
      notation: unit.name,
      order: DateOrder.ymd,
    },
  ];
}

const EPOCH_UNITS: readonly { digits: readonly number[]; ns: bigint; precision: number; name: string }[] = [
  { digits: [9, 10], ns: SECOND, precision: 0, name: 'seconds since 1970' },
  { digits: [12, 13], ns: 1_000_000n, precision: 3, name: 'milliseconds since 1970' },
  { digits: [15, 16], ns: 1_000n, precision: 6, name: 'microseconds since 1970' },
  { digits: [18, 19], ns: 1n, precision: 9, name: 'nanoseconds since 1970' },
];

/**
 * Hundreds of nanoseconds since 1601 (FILETIME) and since the year 1 (.NET ticks), of the years 1980 to 2100. As nanoseconds since 1970 they
 * would be instants of 1973 to 1975 and of 1989 to 1991, which no program stamps so finely.
 */
const HUNDRED_NS = [
  {
    name: 'FILETIME',
    zero: 116_444_736_000_000_000n,
    from: 119_600_064_000_000_000n,
    to: 157_469_184_000_000_000n,
  },
  {
    name: '.NET ticks',
    zero: 621_355_968_000_000_000n,
    from: 624_511_296_000_000_000n,
    to: 662_380_416_000_000_000n,
  },
];

function make(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
  zone: string | undefined,
  notation: string,
  order: number,
): Instant | undefined {
  const days = daysOf(Number(year), Number(month), Number(day));
  if (days === undefined) return undefined;
  const h = Number(hour ?? 0);
  const mi = Number(minute ?? 0);
  const s = Number(second ?? 0);
  if (h > 24 || (h === 24 && (mi > 0 || s > 0)) || mi > 59 || s > 60) return undefined;
  const offset = offsetOf(zone);
  if (offset === undefined && zone !== undefined) return undefined;
  const seconds = BigInt(h * 3600 + mi * 60 + s - (offset ?? 0) * 60);
  const rest = fraction === undefined ? 0n : BigInt(fraction.padEnd(9, '0'));
  const precision = hour === undefined ? DAY : second === undefined ? MINUTE : (fraction?.length ?? 0);
  const ns = BigInt(days) * DAY_NS + seconds * SECOND + rest;
  return { ns, zoned: zone !== undefined, offset: offset ?? 0, precision, notation, order };
}

/** Zones of RFC 5322 and of Europe by name; CST is of America, China and Cuba, and tells none. */
const ZONES: Readonly<Record<string, number>> = {
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  JST: 540,
};

/** Minutes east of UTC. */
function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (/^(?:Z|UTC?|GMT)$/i.test(zone)) return 0;
  if (/^[A-Z]/.test(zone)) return ZONES[zone];
  const hours = Number(zone.slice(1, 3));
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0;
  if (hours > 15 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, days_from_civil); undefined for no date. */
export function daysOf(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (MONTH_DAYS[month - 1] ?? 0) + (month === 2 && leap ? 1 : 0)) return undefined;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** What the clock shows there, as if it were UTC. */
export function wallClock(instant: Instant): bigint {
  return instant.ns + BigInt(instant.offset) * 60n * SECOND;
}

/** Two instants that are not the same, less than a second apart: one of them at least is told in parts of a second. */
export function isWithinSecond({ ns: legacy }: Instant, { ns: modern }: Instant): boolean {
  return legacy !== modern && legacy - modern < SECOND && modern - legacy < SECOND;
}

/** Length of the step that a precision tells: a second has 0 digits. */
export function stepOf(precision: number): bigint {
  if (precision === DAY) return DAY_NS;
  if (precision === MINUTE) return 60n * SECOND;
  return 10n ** BigInt(9 - precision);
}

export function floorTo(ns: bigint, step: bigint): bigint {
  const rest = ns % step;
  return rest < 0n ? ns - rest - step : ns - rest;
}
