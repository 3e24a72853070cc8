import type { Value } from '../../compare/value.ts';
import { monthOf } from '../value/instants.ts';
import { rawOf, type Side } from '../value/side.ts';
import { type Domain, digitsOf, type Reading, reading } from './reading.ts';

function textOf(side: Side): string | undefined {
  const text = side.text;
  return text !== undefined && text.length >= 4 && text.length <= 24 ? text : undefined;
}

function stepNear(legacy: string, modern: string): boolean {
  return Math.abs(Number(modern) - Number(legacy)) <= 1;
}

/** Months: the key counts months since the year 0. */
export const months: Domain = {
  name: 'month',
  reads:
    'A month of a year: 2024-03, 202403, 03/2024, MAR 2024, March 2024, 03/24 or (of a card) 0324 beside one of these.',
  read(side) {
    const digits = digitsOf(side);
    if (digits?.length === 6) return month('YYYYMM', digits.slice(0, 4), Number(digits.slice(4)), false);
    const text = textOf(side);
    if (text === undefined) return [];
    if (digits?.length === 4) return month('MMYY', `20${text.slice(2)}`, Number(text.slice(0, 2)), false);
    const iso = /^([0-9]{4})[-/.]([0-9]{2})$/.exec(text);
    if (iso !== null) return month('YYYY-MM', iso[1], Number(iso[2]), true);
    const reversed = /^([0-9]{1,2})[-/.]([0-9]{4})$/.exec(text);
    if (reversed !== null) return month('MM/YYYY', reversed[2], Number(reversed[1]), true);
    const compact = /^([A-Z]{3})([0-9]{2})$/.exec(text);
    if (compact !== null) return month('MMMYY', `20${compact[2]}`, monthOf(compact[1] ?? '') ?? 0, false);
    const short = /^([0-9]{2})\/([0-9]{2})$/.exec(text);
    if (short !== null) return month('MM/YY', `20${short[2]}`, Number(short[1]), false);
    const named = /^([A-Za-zäéû]{3,10})\.?[ -]([0-9]{4})$/.exec(text);
    return named === null ? [] : month('name of the month', named[2], monthOf(named[1] ?? '') ?? 0, true);
  },
  near: stepNear,
};

function month(
  reader: string,
  year: string | undefined,
  number: number,
  strong: boolean,
): readonly Reading[] {
  return number >= 1 && number <= 12 ? reading(reader, Number(year) * 12 + number - 1, strong) : [];
}

/** ISO weeks: the key is the year times hundred and the week. */
export const weeks: Domain = {
  name: 'week',
  reads:
    'A week of a year: 2024-W05, 2024W05, W05/2024, 202405, 05/2024 where some of the field are no months.',
  read(side) {
    const digits = digitsOf(side);
    if (digits?.length === 6) return week('YYYYWW', digits.slice(0, 4), digits.slice(4), false);
    const text = textOf(side);
    if (text === undefined) return [];
    const iso = /^([0-9]{4})-?W([0-9]{2})$/.exec(text);
    if (iso !== null) return week('YYYY-Www', iso[1], iso[2], true);
    const local = /^(?:W|KW|WK|CW) ?([0-9]{1,2})[ /-]([0-9]{4})$/.exec(text);
    if (local !== null) return week('Www/YYYY', local[2], local[1], true);
    const bare = /^([0-9]{1,2})\/([0-9]{4})$/.exec(text);
    return bare === null ? [] : week('WW/YYYY', bare[2], bare[1], false);
  },
  near: stepNear,
};

function week(
  reader: string,
  year: string | undefined,
  number: string | undefined,
  strong: boolean,
): readonly Reading[] {
  const count = Number(number);
  return count >= 1 && count <= 53 ? reading(reader, Number(year) * 100 + count, strong) : [];
}

/** Quarters: the key counts quarters since the year 0; two digits of a year are of this century. */
export const quarters: Domain = {
  name: 'quarter',
  reads: 'A quarter of a year: 2024-Q1, Q1 2024, Q1/24, 1Q24.',
  read(side) {
    const text = textOf(side);
    if (text === undefined) return [];
    const yearFirst = /^([0-9]{4})[- /]?Q([1-4])$/i.exec(text);
    if (yearFirst !== null) return reading('YYYY-Qn', Number(yearFirst[1]) * 4 + Number(yearFirst[2]), true);
    const quarterFirst = /^(?:Q([1-4])|([1-4])Q)[- /']{0,2}([0-9]{4}|[0-9]{2})$/i.exec(text);
    if (quarterFirst === null) return [];
    const [, after, before, year = ''] = quarterFirst;
    const full = Number(year) + (year.length === 2 ? 2000 : 0);
    return reading('Qn YYYY', full * 4 + Number(after ?? before), true);
  },
  near: stepNear,
};

/** What lies between two of what comes so often. */
const FREQUENCIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '1 days': 'day daily',
    '7 days': 'week weekly',
    '14 days': 'fortnight fortnightly',
    '1 months': 'month monthly',
    '3 months': 'quarter quarterly',
    '6 months': 'halfyear halfyearly semiannual semiannually semiyearly',
    '12 months': 'year yearly annual annually',
  }).flatMap(([period, words]) => words.split(' ').map((word) => [word, period] as const)),
);

/** Periods of the calendar, of which months have no length in seconds; a duration of hours is another thing. */
export const periods: Domain = {
  name: 'period',
  reads:
    'A period of days, months or years (P2Y, P24M, 24 months, QUARTERLY, WEEK, P1W); PT24M is 24 minutes and no period of months.',
  read(side) {
    if (side.fields?.size === 1) return countedIn(side.fields);
    const text = side.text ?? membersOf(side);
    if (text === undefined || text.length > 24) return [];
    const iso = /^P(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?$/.exec(text);
    if (iso !== null && text.length > 1)
      return reading('ISO 8601 period', `${Number(iso[1] ?? 0) * 12 + Number(iso[2] ?? 0)} months`, true);
    const days = /^P([0-9]{1,4})([WD])$/.exec(text);
    if (days !== null)
      return reading('ISO 8601 period', `${Number(days[1]) * (days[2] === 'W' ? 7 : 1)} days`, true);
    if (/^PT[0-9]+M$/.test(text)) return reading('ISO 8601 duration', `${text.slice(2, -1)} minutes`, true);
    const whole = /^P(?=[0-9]+Y|[0-9]+M)(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?([0-9]{1,4})D$/.exec(text);
    if (whole !== null) return mixture('ISO 8601 period', whole);
    const printed =
      /^(?=[0-9]+ (?:year|mon))(?:([0-9]{1,4}) years? ?)?(?:([0-9]{1,4}) mons? ?)?([0-9]{1,4}) days?$/.exec(
        text,
      );
    if (printed !== null) return mixture('PostgreSQL interval', printed);
    const mixed = /^([0-9]{1,3}) ?(?:Y|y|years?|yrs?),? ?([0-9]{1,2}) ?(?:M|m|months?|mths?)$/.exec(text);
    if (mixed !== null)
      return reading('years and months', `${Number(mixed[1]) * 12 + Number(mixed[2])} months`, true);
    const short = /^0*([0-9]{1,4}) ?([DWMY])$/.exec(text);
    if (short !== null) return letters(Number(short[1]), short[2] ?? '');
    const often = FREQUENCIES.get(text.toLowerCase().replace(/[-_ ]/, ''));
    if (often !== undefined) return reading('frequency', often, true);
    const counted = /^([0-9]{1,4}) ?(days?|weeks?|wks?)$/i.exec(text);
    if (counted !== null)
      return reading('words', `${Number(counted[1]) * (/^w/i.test(counted[2] ?? '') ? 7 : 1)} days`, true);
    const words = /^([0-9]{1,4}) ?(years?|yrs?|months?|mths?|y|mo)$/i.exec(text);
    if (words === null) return [];
    return reading('words', `${Number(words[1]) * (/^y/i.test(words[2] ?? '') ? 12 : 1)} months`, true);
  },
  // The same count of another unit.
  near: (legacy, modern) => legacy.split(' ')[0] === modern.split(' ')[0],
};

/** Years, months and days, of which the days count no part of a month. */
function mixture(reader: string, [, years, months, days]: RegExpExecArray): readonly Reading[] {
  return reading(
    reader,
    `${Number(years ?? 0) * 12 + Number(months ?? 0)} months and ${Number(days)} days`,
    true,
  );
}

function letters(count: number, unit: string): readonly Reading[] {
  const key = /[DW]/.test(unit)
    ? `${count * (unit === 'W' ? 7 : 1)} days`
    : `${count * (unit === 'Y' ? 12 : 1)} months`;
  return reading('count and letter', key, false);
}

/** {"value":4,"unit":"months"}. */
function membersOf({ fields }: Side): string | undefined {
  if (fields?.size !== 2) return undefined;
  const [count, unit] = [...fields.values()].map((value) =>
    typeof value === 'string' ? value : value === null ? '' : rawOf(value),
  );
  return /^[0-9]{1,4}$/.test(count ?? '') && /^[A-Za-z]+$/.test(unit ?? '')
    ? `${count} ${unit?.toLowerCase()}`
    : undefined;
}

/** {"years":67.5}: whole months, whatever the unit. */
function countedIn(fields: ReadonlyMap<string, Value>): readonly Reading[] {
  const [[key, value] = ['', null]] = fields;
  const count = value === null ? '' : rawOf(value);
  const times = /^years?$/i.test(key) ? 12 : /^months?$/i.test(key) ? 1 : 0;
  if (times === 0 || !/^[0-9]{1,4}(?:\.[0-9]{1,4})?$/.test(count)) return [];
  const months = Number(count) * times;
  // Two digits after the point tell a twelfth.
  const whole = Math.abs(months - Math.round(months)) < 0.07 ? Math.round(months) : months;
  return reading('count', `${whole} months`, true);
}
