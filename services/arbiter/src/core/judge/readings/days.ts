import { DAY, DAY_NS, daysOf, monthOf, readInstants } from '../value/instants.ts';
import { rawOf, type Side, Side as SideOf } from '../value/side.ts';
import { type Domain, digitsOf, type Reading, reading } from './reading.ts';

const ERAS: Readonly<Record<string, number>> = { M: 1867, T: 1911, S: 1925, H: 1988, R: 2018 };
/** Days of 1899-12-30, the zero of spreadsheets (1900 system, from March 1900 on). */
const SPREADSHEET_ZERO = 25_569;
const [PLAUSIBLE_FROM, PLAUSIBLE_TO] = [daysOf(1950, 1, 1) ?? 0, daysOf(2080, 1, 1) ?? 0];

/** Calendar days in the notations that programs count or code them in; the key is the day since 1970. */
export const days: Domain = {
  name: 'coded-day',
  reads:
    'A calendar day: dates of any notation, ordinal dates (2024065, 24065, 2024/065), days of a week (2022-W37-4, ISO 8601), CYYMMDD, YYMMDD, CYYDDD, spreadsheet serials (1900 system), days since 1970, Japanese eras (R06.03.05, 令和6年3月5日).',
  read: (side) => [...dates(side), ...shortDates(side), ...coded(side), ...twice(side)],
  near(legacy, modern) {
    const distance = Math.abs(Number(modern) - Number(legacy));
    return distance <= 31 || NEAR_DAYS.has(distance);
  },
};

/** A year, four years (the 1904 system), a century, the years between two eras: what slips of a notation move a day by. */
const NEAR_DAYS: ReadonlySet<number> = new Set([364, 365, 366, 367, 1461, 1462, 1463, 36_524, 36_525]);

function dates(side: Side): readonly Reading[] {
  if (side.text === undefined) return [];
  return readInstants(side)
    .filter(({ precision }) => precision === DAY)
    .flatMap(({ ns, notation, order }) => reading(`${notation} ${order}`, ns / DAY_NS, true, true));
}

/** 26-AUG-89, 26.08.89: of two centuries. */
function shortDates({ text = '' }: Side): readonly Reading[] {
  const [, day, month = '', year] =
    /^([0-3]?[0-9])[-. ]([A-Za-z]{3}|[01]?[0-9])[-. ]([0-9]{2})$/.exec(text) ?? [];
  if (day === undefined || !(text.includes('.') || /[A-Za-z]/.test(month))) return [];
  const number = /[A-Za-z]/.test(month) ? monthOf(month) : Number(month);
  return [1900, 2000].flatMap((century) => {
    const found = number === undefined ? undefined : daysOf(century + Number(year), number, Number(day));
    return found === undefined ? [] : reading(TWO_DIGITS, found, false);
  });
}

/** The reader of years of two digits. */
export const TWO_DIGITS = 'year of two digits';

/** One day that an object tells twice, in two notations: {"serial":41358,"text":"25.03.2013"}. */
function twice({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 2) return [];
  const [ours, theirs] = [...fields.values()].map((value) => {
    const side = new SideOf(rawOf(value));
    return new Set([...dates(side), ...coded(side)].map(({ key }) => key));
  });
  const both = [...(ours ?? [])].filter((day) => theirs?.has(day));
  return both.length === 1 && both[0] !== undefined ? reading('day told twice', both[0], true) : [];
}

const ERA_NAMES: Readonly<Record<string, string>> = { 明治: 'M', 大正: 'T', 昭和: 'S', 平成: 'H', 令和: 'R' };

/** 令和8年4月11日; the first year of an era is 元年. */
function eraWritten(text: string): number | undefined {
  const [, era = '', year = '', month, day] =
    /^(明治|大正|昭和|平成|令和)(元|[1-9][0-9]?)年([01]?[0-9])月([0-3]?[0-9])日$/.exec(text) ?? [];
  const before = ERAS[ERA_NAMES[era] ?? ''];
  if (before === undefined) return undefined;
  return daysOf(before + (year === '元' ? 1 : Number(year)), Number(month), Number(day));
}

function coded(side: Side): readonly Reading[] {
  const era =
    side.text === undefined
      ? null
      : /^([MTSHR])([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{1,2})$/.exec(side.text);
  if (era !== null) {
    const [, letter = '', year, month, day] = era;
    const found = daysOf((ERAS[letter] ?? 0) + Number(year), Number(month), Number(day));
    return found === undefined ? [] : reading('Japanese era', found, true);
  }
  const written = eraWritten(side.text ?? '');
  if (written !== undefined) return reading('Japanese era', written, true);
  const [, weekYear, week, weekday] =
    /^((?:19|20)[0-9]{2})-?W([0-5][0-9])-?([1-7])$/.exec(side.text ?? '') ?? [];
  if (weekYear !== undefined) return ofWeek(Number(weekYear), Number(week), Number(weekday));
  const [, of = '', nth = ''] = /^((?:19|20)[0-9]{2})[/.-]([0-3][0-9]{2})$/.exec(side.text ?? '') ?? [];
  const dayOfYear = ordinal(of + nth)[0];
  if (dayOfYear !== undefined) return reading('year and day', dayOfYear.key, true);
  const digits = digitsOf(side);
  if (digits === undefined) return [];
  return [
    ...counted(digits),
    ...ordinal(digits),
    ...century(digits),
    ...shortYear(digits),
    ...julian(digits),
  ];
}

/** The first week is that of the fourth of January, and weeks begin on Mondays. */
function ofWeek(year: number, week: number, weekday: number): readonly Reading[] {
  const [fourth, next] = [year, year + 1].map((of) => daysOf(of, 1, 4) ?? 0) as [number, number];
  const monday = (day: number) => day - ((day + 3) % 7);
  const found = monday(fourth) + (week - 1) * 7;
  return week < 1 || found >= monday(next) ? [] : reading('day of a week', found + weekday - 1, true);
}

function counted(digits: string): readonly Reading[] {
  if (digits.length !== 5 && digits.length !== 4) return [];
  const count = Number(digits);
  const serial = count - SPREADSHEET_ZERO;
  return [
    ...(plausible(serial) ? reading('spreadsheet serial', serial, false) : []),
    ...(plausible(count) ? reading('days since 1970', count, false) : []),
  ];
}

function plausible(day: number): boolean {
  return day >= PLAUSIBLE_FROM && day <= PLAUSIBLE_TO;
}

function ordinal(short: string): readonly Reading[] {
  if (short.length !== 7 && short.length !== 5) return [];
  const digits = short.length === 7 ? short : `${Number(short.slice(0, 2)) >= 70 ? 19 : 20}${short}`;
  const year = Number(digits.slice(0, 4));
  const day = Number(digits.slice(4));
  const first = daysOf(year, 1, 1);
  if (first === undefined || year < 1900 || year > 2199 || day < 1 || day > 366) return [];
  return reading(short.length === 7 ? 'ordinal date' : 'YYDDD', first + day - 1, false);
}

/** YYMMDD: from 70 on of the 20th century (POSIX has 69). */
function shortYear(digits: string): readonly Reading[] {
  if (digits.length !== 6) return [];
  const year = Number(digits.slice(0, 2));
  const found = daysOf(
    year + (year >= 70 ? 1900 : 2000),
    Number(digits.slice(2, 4)),
    Number(digits.slice(4)),
  );
  return found === undefined ? [] : reading('YYMMDD', found, false);
}

/** CYYMMDD of IBM i: C is 0 for the 20th century, 1 for the 21st; as a number the 0 is not written. */
function century(digits: string): readonly Reading[] {
  if (digits.length !== 7 && digits.length !== 6) return [];
  const padded = digits.padStart(7, '0');
  const c = Number(padded[0]);
  if (c > 1) return [];
  const found = daysOf(
    1900 + 100 * c + Number(padded.slice(1, 3)),
    Number(padded.slice(3, 5)),
    Number(padded.slice(5)),
  );
  return found === undefined ? [] : reading('CYYMMDD', found, false);
}

/** CYYDDD: the century as of CYYMMDD, and the day of the year. */
function julian(digits: string): readonly Reading[] {
  const [, century, short, nth] = /^([01])([0-9]{2})([0-3][0-9]{2})$/.exec(digits) ?? [];
  if (century === undefined) return [];
  const year = 1900 + 100 * Number(century) + Number(short);
  const [first = 0, last = 0] = [daysOf(year, 1, 1), daysOf(year, 12, 31)];
  const found = first + Number(nth) - 1;
  return found < first || found > last ? [] : reading('CYYDDD', found, false);
}
