/** Dates and times in the notations of Java, PHP and Node, and the slips between them. */
import { type Family, twins } from '../kit.ts';
import { Day, json, list, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const weekdays = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ');
const isoInstant = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000', '');
/** The year of the Sunday-first week a day lies in, as Java's `YYYY` gives it in US locales. */
const weekYear = (day: Day): number => day.plus(6 - day.date.getUTCDay()).year;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['dueDate', 'valueDate', 'birthDate', 'effectiveFrom'],
      value: (random) => {
        const day = Day.any(random, 2015, 2026);
        const overflown = new Day(Date.UTC(day.year, day.month, day.day));
        return shown(
          list([day.yyyy, String(day.month), String(day.day)]),
          json(day.iso),
          json(overflown.iso),
        );
      },
    },
    { name: 'f_date_parts_to_iso', why: 'The list of year, month and day is the same date in ISO notation.' },
    {
      name: 'f_date_parts_month_from_zero',
      critical: true,
      why: 'The month was taken as counted from zero, so every date is a month late.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['bookingDate', 'settlementDate', 'policyStart', 'statementDate'],
      value: (random) => {
        const year = random.int(2018, 2026);
        const day = random.chance(0.6) ? Day.of(year, 12, random.int(27, 31)) : Day.any(random, 2018, 2026);
        const written = (of: number) => json(`${day.dd} ${months[day.month - 1]} ${of}`);
        return shown(json(day.iso), written(day.year), written(weekYear(day)));
      },
    },
    { name: 'f_date_month_named', why: 'The same day, with the name of the month.' },
    {
      name: 'f_date_week_year',
      critical: true,
      why: 'Days at the turn of the year carry the year of their week, a year too late.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['dueDates', 'collectionDays', 'schedule', 'instalmentDates'],
      value: (random) => {
        const [year, first] = [random.int(2021, 2026), random.int(1, 9)];
        const day = random.pick([29, 30, 31, 31, 31, 15]);
        const dates = Array.from({ length: random.int(3, 6) }, (_, at) => first + at).map((month) => {
          const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
          return { kept: Day.of(year, month, Math.min(day, last)), overflown: Day.of(year, month, day) };
        });
        return shown(
          list(dates.map(({ kept }) => json(kept.iso.replaceAll('-', '')))),
          list(dates.map(({ kept }) => json(kept.iso))),
          list(dates.map(({ overflown }) => json(overflown.iso))),
        );
      },
    },
    { name: 'f_due_dates_dashed', why: 'The same days, with dashes between their parts.' },
    {
      name: 'f_due_dates_month_overflow',
      critical: true,
      why: 'A due day that a short month lacks runs over into the next month.',
    },
  ),
  ...twins(
    {
      fields: ['cutOff', 'appointment', 'deliveryTime', 'bookedTime'],
      value: (random) => {
        const { h, m } = timeOfDay(random);
        const twelve = h % 12 === 0 ? 12 : h % 12;
        const right = `${twelve}:${two(m)} ${h < 12 ? 'AM' : 'PM'}`;
        return shown(json(`${two(h)}:${two(m)}`), json(right), json(`${twelve}:${two(m)} AM`));
      },
    },
    { name: 'f_time_with_am_pm', why: 'The same time of day in the twelve-hour notation.' },
    {
      name: 'f_time_always_am',
      critical: false,
      why: 'Afternoon times are shown as morning ones, twelve hours off.',
    },
  ),
  ...twins(
    {
      fields: ['createdAt', 'lastLogin', 'postedAt', 'authorisedAt'],
      value: (random) => {
        const [day, time] = [Day.any(random, 2020, 2026), timeOfDay(random)];
        const wrong = `${day.yyyy}-${day.mm}-${day.dd}T${two(time.h)}:${day.mm}:${two(time.s)}`;
        return shown(json(`${day.iso} ${time.text}`), json(`${day.iso}T${time.text}`), json(wrong));
      },
    },
    { name: 'f_timestamp_t_for_space', why: 'Only the separator of date and time changed.' },
    {
      name: 'f_timestamp_month_as_minutes',
      critical: false,
      why: 'The minutes were replaced by the number of the month: MM in place of mm.',
    },
  ),
  ...twins(
    {
      fields: ['expiresAt', 'validUntil', 'mandateEnd', 'tokenExpiry'],
      value: (random) => {
        const seconds = Math.floor(Date.UTC(2022, 0, 1) / 1000) + random.int(0, 160_000_000);
        return shown(
          String(seconds),
          json(isoInstant(seconds * 1000)),
          json(new Date(seconds).toISOString()),
        );
      },
    },
    { name: 'f_epoch_seconds_to_iso', why: 'The seconds since 1970 are this instant in ISO notation.' },
    {
      name: 'f_epoch_seconds_as_millis',
      critical: true,
      why: 'Seconds were taken as milliseconds: a day in January 1970, so everything counts as expired.',
    },
  ),
  ...twins(
    {
      fields: ['changedAt', 'lastModified', 'submitted', 'transactionTime'],
      value: (random) => {
        const day = Day.of(random.int(2020, 2026), random.pick([1, 2, 6, 7, 8, 11, 12]), random.int(2, 27));
        const { text } = timeOfDay(random);
        const summer = day.month >= 6 && day.month <= 8;
        const at = Date.parse(`${day.iso}T${text}Z`);
        const name = weekdays[day.date.getUTCDay()];
        const legacy = `${name} ${months[day.month - 1]} ${day.dd} ${text} ${summer ? 'CEST' : 'CET'} ${day.yyyy}`;
        return shown(json(legacy), json(isoInstant(at - (summer ? 2 : 1) * 3_600_000)), json(isoInstant(at)));
      },
    },
    {
      name: 'f_java_date_to_utc',
      why: 'CET is an hour and CEST two ahead of UTC, so it is the same instant.',
    },
    {
      name: 'f_java_date_zone_ignored',
      critical: false,
      why: 'The local time of CET or CEST is claimed to be UTC, so the instant is an hour or two late.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['cardExpiry', 'expiry', 'validThru', 'expMonth'],
      value: (random) => {
        const [month, year] = [two(random.int(1, 12)), random.int(26, 32)];
        return shown(json(`${month}/${year}`), json(`20${year}-${month}`), json(`20${month}-${year}`));
      },
    },
    { name: 'f_card_expiry_iso', why: 'The month and year of the card are the same, year first.' },
    {
      name: 'f_card_expiry_swapped',
      critical: true,
      why: 'Month and year were swapped: 08/27 is no month of the year 2008.',
    },
  ),
];
