/** Calendar days and periods: value dates, offsets, card expiry, schedules. */
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
      once: true,
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
];
