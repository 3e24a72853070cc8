/** Days and times: value dates, offsets, card expiry, periods, schedules, epochs. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, list, object, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** The `day` of a month; where the month is shorter its last day, or unless `clamp` days of the next month. Months may exceed 12. */
function dayOfMonth(year: number, month: number, day: number, clamp: boolean): Day {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Day.of(year, month, clamp ? Math.min(day, last) : day);
}

const recent = (random: Random): Day => Day.any(random, 2023, 2027);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['valueDate', 'dueDate', 'birthDate', 'bookingDay'],
      value(random) {
        const day = recent(random);
        const basic = (of: Day) => json(of.iso.replaceAll('-', ''));
        return { legacy: json(day.iso), right: basic(day), wrong: basic(day.plus(-1)) };
      },
    },
    { name: 'date_without_hyphens', why: 'Extended and basic ISO 8601 writing of the same calendar day.' },
    {
      name: 'date_one_day_early',
      why: 'Local midnight was turned to UTC before cutting off the time, so the day is one too early.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['executedAt', 'bookedAt', 'authorisedAt', 'signedAt'],
      value(random) {
        const summer = random.chance(0.6);
        const day = Day.of(
          random.int(2023, 2026),
          random.pick(summer ? [4, 6, 7, 9] : [1, 2, 11, 12]),
          random.int(1, 28),
        );
        const time = `${two(random.int(4, 23))}${timeOfDay(random).text.slice(2)}`;
        const utc = (offset: number) =>
          json(
            new Date(Date.parse(`${day.iso}T${time}Z`) - offset * 3_600_000)
              .toISOString()
              .replace('.000', ''),
          );
        const offset = summer ? 2 : 1;
        return shown(json(`${day.iso}T${time}+0${offset}:00`), utc(offset), utc(1));
      },
    },
    { name: 'offset_turned_to_utc', why: 'The instant with its offset and the instant in UTC are the same.' },
    {
      name: 'winter_offset_all_year',
      why: 'Summer times are turned to UTC with the offset of winter and are an hour late.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['cardExpiry', 'validThru', 'expiry'],
      clear: true,
      value(random) {
        const [month, year] = [random.int(1, 12), random.int(26, 32)];
        const write = (m: number) => json(`20${year}-${two(m)}`);
        return { legacy: json(`${two(month)}/${year}`), right: write(month), wrong: write(month - 1) };
      },
    },
    { name: 'card_expiry_as_iso_month', why: 'Month and year of expiry are the same in ISO writing.' },
    {
      name: 'card_expiry_month_counted_from_zero',
      why: 'The month was taken from a count that starts at zero, so the card ends a month early.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['interestPeriod', 'period', 'coverPeriod', 'statementRange'],
      value(random) {
        const from = recent(random);
        const to = from.plus(random.pick([6, 29, 30, 89, 90, 364]));
        const write = (end: Day) => object({ from: json(from.iso), toExclusive: json(end.iso) });
        const legacy = object({ from: json(from.iso), toInclusive: json(to.iso) });
        return { legacy, right: write(to.plus(1)), wrong: write(to) };
      },
    },
    {
      name: 'last_day_to_day_after',
      why: 'The inclusive last day and the exclusive day after it end the same period.',
    },
    {
      name: 'inclusive_end_called_exclusive',
      why: 'The last day is now stated as excluded, so the period lost a day.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['dueDates', 'collectionDays', 'instalmentDates', 'schedule'],
      value(random) {
        const [year, month] = [random.int(2023, 2026), random.int(1, 12)];
        const day = random.pick([1, 15, 28, 29, 30, 31, 31]);
        const days = (clamp: boolean) =>
          Array.from({ length: 6 }, (_, at) => dayOfMonth(year, month + at, day, clamp));
        const legacy = days(true).map((of) => json(`${of.dd}.${of.mm}.${of.yyyy}`));
        const iso = (all: readonly Day[]) => list(all.map((of) => json(of.iso)));
        return shown(list(legacy), iso(days(true)), iso(days(false)));
      },
    },
    { name: 'schedule_in_iso_dates', why: 'Each day of the schedule is the same in ISO writing.' },
    {
      name: 'schedule_spills_into_next_month',
      why: 'Where a month is too short the day spills into the next month, which gets two collections.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['expiresAt', 'lastLogin', 'consentUntil', 'validTo'],
      value(random) {
        const seconds = Math.floor(recent(random).date.getTime() / 1_000) + random.int(0, 86_399);
        const write = (milliseconds: number) =>
          json(new Date(milliseconds).toISOString().replace(/\.\d+/, ''));
        return { legacy: `${seconds}`, right: write(seconds * 1_000), wrong: write(seconds) };
      },
    },
    {
      name: 'epoch_seconds_as_iso',
      why: 'The seconds since 1970 are the instant that the rewrite writes in ISO 8601.',
    },
    {
      name: 'epoch_seconds_taken_for_milliseconds',
      why: 'Seconds were read as milliseconds, which puts every instant into January 1970.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['branchHours', 'callbackWindow', 'openingHours'],
      value(random) {
        const [open, minute] = [random.int(7, 10), random.pick(['00', '15', '30', '45'])];
        const close = random.pick([12, 12, 13, 16, 18]);
        const write = (hour: number) =>
          object({ from: json(`${two(open)}:00`), to: json(`${two(hour)}:${minute}`) });
        const legacy = object({
          from: json(`${open}:00 AM`),
          to: json(`${close === 12 ? 12 : close - 12}:${minute} PM`),
        });
        return shown(legacy, write(close), write(close % 12 === 0 ? 0 : close));
      },
    },
    { name: 'afternoon_in_24_hours', why: 'Hours with AM and PM are the same times on the 24-hour clock.' },
    {
      name: 'noon_becomes_midnight',
      why: 'Half past twelve PM became half past midnight, before opening.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['interestDays', 'accrual', 'dayCount'],
      value(random) {
        const from = recent(random);
        const days = random.int(5, 120);
        const members = { from: json(from.iso), to: json(from.plus(days).iso) };
        const write = (count: number) => object({ days: `${count}`, ...members });
        return {
          legacy: object({ ...members, days: `${days}` }),
          right: write(days),
          wrong: write(days + 1),
        };
      },
    },
    { name: 'accrual_days_first', why: 'From, to and days are the same, in another key order.' },
    {
      name: 'accrual_day_too_many',
      why: 'Both ends of the period are counted, one day of interest more than before.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['processedAt', 'eventTime', 'receivedAt'],
      value(random) {
        const start = `${recent(random).iso}T${timeOfDay(random).text}`;
        const digits = random.pick(['5', '25', '12', '7', '48', '123', '904']);
        const write = (fraction: string) => json(`${start}.${fraction}Z`);
        return shown(write(digits), write(digits.padEnd(3, '0')), write(digits.padStart(3, '0')));
      },
    },
    { name: 'fraction_of_second_padded', why: 'Zeros after a decimal fraction of a second change nothing.' },
    {
      name: 'fraction_of_second_padded_in_front',
      why: 'Half a second became five milliseconds: the zeros went in front of the digits.',
      critical: false,
    },
  ),
  ...coded(
    ['executionDay', 'collectionWeekday', 'deliveryDay'],
    [
      ['MONDAY', 'Mon', 'Tue'],
      ['TUESDAY', 'Tue', 'Wed'],
      ['WEDNESDAY', 'Wed', 'Thu'],
      ['THURSDAY', 'Thu', 'Fri'],
      ['FRIDAY', 'Fri', 'Sat'],
    ],
    { name: 'weekday_abbreviated', why: 'Each weekday is abbreviated in English.' },
    {
      name: 'weekday_one_late',
      why: 'The week was counted from another first day, so each day moved by one.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['dueDate', 'terminatedOn', 'lastPaymentDate', 'overdueSince'],
      value(random) {
        const day = json(recent(random).iso);
        if (random.chance(0.5)) return { legacy: day, right: day };
        return { legacy: 'null', right: undefined, wrong: json('1970-01-01') };
      },
    },
    {
      name: 'no_date_left_out',
      why: 'No date is said by leaving the field out instead of null; every date is kept.',
    },
    {
      name: 'no_date_becomes_1970',
      why: 'Where legacy has no date the rewrite invents the first of January 1970.',
      critical: true,
    },
  ),
];
