/** Calendar days in the formats of old systems. */
import { defect, type Random, twins } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';

const days = ['dueDate', 'valueDate', 'birthDate', 'DT-OPENED', 'maturity', 'policyStart'];

const leap = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;

const anyDay = (random: Random): Day => Day.any(random, 1996, 2026);

const eras = [
  { letter: 'S', before: 1925, first: 1940, last: 1988 },
  { letter: 'H', before: 1988, first: 1990, last: 2018 },
  { letter: 'R', before: 2018, first: 2020, last: 2026 },
] as const;

export const families = [
  ...twins(
    {
      fields: days,
      value(random) {
        const day = anyDay(random);
        const legacy = json(`${day.yyyy}${String(day.ordinal).padStart(3, '0')}`);
        const right = json(day.iso);
        return leap(day.year) && day.month > 2
          ? { legacy, right, wrong: json(day.plus(1).iso) }
          : { legacy, right };
      },
    },
    { name: 'ordinal_date_to_iso', why: 'Year and day of the year (2024061) name the same calendar day.' },
    {
      name: 'ordinal_date_without_leap_day',
      critical: true,
      why: 'In leap years every date after February comes out one day late.',
    },
  ),
  ...twins(
    {
      fields: days,
      value(random) {
        const day = Day.any(random, 1950, 2026);
        const century = day.year >= 2000 ? 1 : 0;
        const legacy = String(Number(`${century}${two(day.year % 100)}${day.mm}${day.dd}`));
        const right = json(day.iso);
        return century === 1
          ? {
              legacy,
              right,
              wrong: json(`19${two(day.year % 100)}-${day.mm}-${day.dd}`.replace('1900-02-29', '1900-03-01')),
            }
          : { legacy, right };
      },
    },
    { name: 'cyymmdd_to_iso', why: 'The AS/400 century digit 1 means 20xx: both sides name the same day.' },
    {
      name: 'cyymmdd_century_digit_lost',
      critical: true,
      why: 'The century digit was dropped, so dates of this century land in the last one.',
    },
  ),
  ...twins(
    {
      fields: ['invoiceDate', 'shippedOn', 'DT-POSTED', 'orderDate'],
      value(random) {
        const day = anyDay(random);
        const legacy = json(`${day.dd}.${day.mm}.${day.yyyy}`);
        const right = json(day.iso);
        return day.day <= 12 && day.day !== day.month
          ? { legacy, right, wrong: json(`${day.yyyy}-${day.dd}-${day.mm}`) }
          : { legacy, right };
      },
    },
    {
      name: 'dotted_day_first_to_iso',
      why: 'Dotted dates are day.month.year; the ISO date is the same day.',
    },
    {
      name: 'dotted_date_read_month_first',
      critical: true,
      why: 'Day and month are swapped wherever the day could be a month; days above 12 come out right.',
    },
  ),
  ...twins(
    {
      fields: days,
      once: true,
      value(random) {
        const day = anyDay(random);
        const legacy = String(day.epochDay + 25_569);
        return { legacy, right: json(day.iso), wrong: json(day.plus(1_462).iso) };
      },
    },
    {
      name: 'spreadsheet_serial_to_iso',
      why: 'The number counts days from 1899-12-30 as spreadsheets do, and is the same day.',
    },
    {
      name: 'spreadsheet_serial_of_1904',
      critical: true,
      why: 'The serial number was read with the 1904 epoch: every date is 1462 days late.',
    },
  ),
  ...twins(
    {
      fields: days,
      least: 2,
      value(random) {
        const day = anyDay(random);
        return { legacy: String(day.epochDay), right: json(day.iso), wrong: json(day.plus(-1).iso) };
      },
    },
    { name: 'epoch_day_to_iso', why: 'Days since 1970-01-01, written as a calendar day.' },
    {
      name: 'epoch_day_one_less',
      critical: true,
      why: 'The days were counted from the wrong first day, so each date is one day early.',
    },
  ),
  defect(
    {
      fields: ['birthDate', 'bornOn', 'dob', 'GEB-DAT'],
      value(random) {
        const day = Day.any(random, 1932, 2005);
        const legacy = json(day.iso);
        return day.year < 1970
          ? { legacy, right: legacy, wrong: json(`20${day.iso.slice(2)}`) }
          : { legacy, right: legacy };
      },
    },
    {
      name: 'two_digit_year_pivot',
      critical: true,
      why: 'People born before 1970 are now born a century later, in the future: a two-digit year met a pivot.',
    },
  ),
  defect(
    {
      fields: ['bookingDate', 'statementDate', 'effectiveDate', 'paymentDay'],
      value(random) {
        const day = anyDay(random);
        return { legacy: json(day.iso), right: json(day.iso), wrong: json(day.plus(-1).iso) };
      },
    },
    {
      name: 'date_shifted_by_utc_midnight',
      critical: true,
      why: 'A plain day went through a local midnight in UTC and is one day early.',
    },
  ),
  defect(
    {
      fields: ['nextRunDate', 'reportDate', 'settleDate'],
      value(random) {
        const year = random.int(2009, 2025);
        const late = random.chance(0.4);
        const day = late ? Day.of(year, 12, random.int(26, 31)) : anyDay(random);
        const legacy = json(day.iso);
        // The ISO week of December 29th to 31st belongs to the next year when the Thursday of that week does.
        const thursday = day.plus(4 - (day.date.getUTCDay() || 7));
        return thursday.year === day.year
          ? { legacy, right: legacy }
          : { legacy, right: legacy, wrong: json(`${thursday.yyyy}-${day.mm}-${day.dd}`) };
      },
    },
    {
      name: 'week_based_year',
      critical: true,
      why: 'Around New Year the year is that of the ISO week (YYYY instead of yyyy), so dates jump by a year.',
    },
  ),
  ...twins(
    {
      fields: ['issueDate', 'eraDate', 'KEIYAKU-BI', 'contractDate'],
      value(random) {
        const era = random.pick(eras);
        const day = Day.any(random, era.first, era.last);
        const legacy = json(`${era.letter}${two(day.year - era.before)}.${day.mm}.${day.dd}`);
        const late = String(day.year + 1);
        const feb29 = day.month === 2 && day.day === 29;
        return { legacy, right: json(day.iso), wrong: json(`${late}-${feb29 ? '03-01' : day.iso.slice(5)}`) };
      },
    },
    {
      name: 'japanese_era_to_iso',
      why: 'R06 is Reiwa 6 (2024), H is Heisei, S is Showa: the same day in the Gregorian calendar.',
    },
    {
      name: 'japanese_era_counted_from_zero',
      critical: true,
      why: 'The first year of an era is 1, not 0: every converted date is a year late.',
    },
  ),
];
