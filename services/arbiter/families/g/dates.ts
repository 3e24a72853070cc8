/** Days, periods and times as banks and insurers give them. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, object, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const monthsShort = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const monthsGerman =
  'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
/** 1 (Monday) to 7. */
const isoWeekday = (day: Day): number => ((day.epochDay + 3) % 7) + 1;

const valueDate = twins(
  {
    fields: ['valueDate', 'settlementDate', 'collectionDate'],
    clear: true,
    least: 4,
    value(random: Random) {
      const entry = Day.any(random, 2019, 2026);
      const weekend = isoWeekday(entry) > 5;
      const legacy = entry.plus(weekend ? 8 - isoWeekday(entry) : 0);
      return shown(json(`${legacy.iso}T00:00:00`), json(legacy.iso), json(entry.iso));
    },
  },
  { name: 'g_value_date_without_midnight', why: 'The same bank working day without the time of midnight.' },
  {
    name: 'g_value_date_on_weekend',
    why: 'Mondays became the Saturday or Sunday before: the rule of working days is missing.',
    critical: true,
  },
);

const interval = twins(
  {
    fields: ['period', 'coverPeriod', 'billingPeriod'],
    value(random: Random) {
      const [year, month] = [random.int(2018, 2026), random.int(1, 12)];
      const first = Day.of(year, month, 1);
      const last = Day.of(year, month + random.pick([1, 3, 12]), 0);
      const legacy = object({ firstDay: json(first.iso), lastDay: json(last.iso) });
      const as = (end: Day) => object({ lastDay: json(end.iso), firstDay: json(first.iso) });
      return shown(legacy, as(last), as(last.plus(1)));
    },
  },
  {
    name: 'g_last_day_named_first',
    why: 'First and last day are the same, the members only stand in another order.',
  },
  {
    name: 'g_last_day_is_next_month',
    why: 'The last day of the period became the first day of the next one.',
    critical: true,
  },
);

const jackson = twins(
  {
    fields: ['dueAt', 'scheduledFor', 'executedAt'],
    value(random: Random) {
      const day = Day.any(random, 2018, 2026);
      const { h, m } = timeOfDay(random);
      const as = (of: Day) => json(`${of.iso}T${two(h)}:${two(m)}:00`);
      const legacy = json([day.year, day.month, day.day, h, m]);
      return shown(legacy, as(day), as(Day.of(day.year, day.month + 1, day.day)));
    },
  },
  {
    name: 'g_number_list_to_local_time',
    why: 'Year, month, day, hour and minute of the list are those of the text.',
  },
  {
    name: 'g_number_list_month_from_zero',
    why: 'The month of the list was taken as counted from zero, so each date is a month late.',
    critical: true,
  },
);

const anniversary = twins(
  {
    fields: ['policy', 'term', 'guarantee'],
    least: 2,
    value(random: Random) {
      const start = Day.any(random, 2015, 2026);
      const end = Day.of(start.year + 1, start.month, start.day);
      const as = (last: Day, tail: string) =>
        object({ start: json(`${start.iso}${tail}`), end: json(`${last.iso}${tail}`) });
      return shown(as(end, ' 00:00:00'), as(end, ''), as(start.plus(365), ''));
    },
  },
  { name: 'g_year_of_cover_without_times', why: 'Start and end are the same days, without midnight.' },
  { name: 'g_year_of_cover_in_365_days', why: 'A year with a leap day ends one day early.', critical: true },
);

const weekday = twins(
  {
    fields: ['executionDay', 'deliveryDay', 'runsOn'],
    least: 2,
    value(random: Random) {
      const at = random.int(0, 6);
      const day = weekdays[at]!;
      return shown(json(day.slice(0, 3).toUpperCase()), json(day), json(weekdays[(at + 6) % 7]));
    },
  },
  { name: 'g_weekday_written_out', why: 'The abbreviation of a weekday was written out.' },
  {
    name: 'g_weekday_before',
    why: 'The table of weekdays starts on Sunday, so each day is answered as the day before.',
    critical: true,
  },
);

const mailDate = twins(
  {
    fields: ['receivedAt', 'bookedAt', 'lastLogin'],
    once: true,
    value(random: Random) {
      const day = Day.any(random, 2016, 2026);
      const time = timeOfDay(random).text;
      const offset = random.pick(['+0100', '+0200', '-0500', '+0530']);
      const name = weekdays[isoWeekday(day) - 1]!.slice(0, 3);
      const legacy = `${name}, ${day.dd} ${monthsShort[day.month - 1]} ${day.yyyy} ${time} ${offset}`;
      const at = `${day.iso}T${time}`;
      return shown(json(legacy), json(`${at}${offset.slice(0, 3)}:${offset.slice(3)}`), json(`${at}Z`));
    },
  },
  { name: 'g_mail_date_to_iso', why: 'The same local time with the same offset in the ISO notation.' },
  {
    name: 'g_mail_date_offset_is_z',
    why: 'The local time is kept and called UTC, so the instant is hours away.',
    critical: false,
  },
);

const germanMonth = twins(
  {
    fields: ['statementMonth', 'invoiceMonth', 'abrechnung'],
    least: 2,
    value(random: Random) {
      const [month, year] = [random.int(1, 12), random.int(2015, 2026)];
      // A lookup by the first letter finds the first month that starts with it.
      const initial = monthsGerman[month - 1]![0]!;
      const found = monthsGerman.findIndex((name) => name.startsWith(initial)) + 1;
      const legacy = json(`${monthsGerman[month - 1]} ${year}`);
      return shown(legacy, json(`${year}-${two(month)}`), json(`${year}-${two(found)}`));
    },
  },
  {
    name: 'g_german_month_to_number',
    why: 'The German name of the month and its number name the same month.',
  },
  {
    name: 'g_german_month_by_initial',
    why: 'Months that share their first letter are answered as the first of them.',
    critical: false,
  },
);

const hours = twins(
  {
    fields: ['openingHours', 'deliveryWindow', 'serviceHours'],
    once: true,
    value(random: Random) {
      const [opens, closes] = [
        `${two(random.int(6, 11))}:${random.pick(['00', '30'])}`,
        `${random.int(14, 22)}:${random.pick(['00', '15'])}`,
      ];
      const as = (to: string) => object({ from: json(opens), to: json(to) });
      return shown(json(`${opens.replace(':', '')}-${closes.replace(':', '')}`), as(closes), as(opens));
    },
  },
  { name: 'g_hours_split', why: 'The same two times of day, in two members.' },
  {
    name: 'g_hours_close_as_they_open',
    why: 'The closing time was overwritten by the opening time.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...valueDate, ...interval, ...jackson, ...anniversary, ...weekday, ...mailDate, ...germanMonth, ...hours,
]; // biome-ignore format: a list of names
