/** Calendar days and moments: zones, orders of day and month, ends of months, sentinels. */
import { type Family, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const summerTime = twins(
  {
    fields: ['bookedAt', 'createdAt', 'signedAt', 'executionTime'],
    value(random) {
      const day = Day.any(random, 2018, 2026);
      const summer = day.month >= 4 && day.month <= 9;
      const offset = summer ? 2 : 1;
      const time = timeOfDay(random);
      const local = day.date.getTime() + ((time.h * 60 + time.m) * 60 + time.s) * 1000;
      const at = (hours: number) => String(local - hours * 3_600_000);
      return shown(json(`${day.iso}T${time.text}+0${offset}:00`), at(offset), at(1));
    },
  },
  { name: 'c_offset_to_epoch', why: 'The milliseconds since 1970 of the very same moment.' },
  {
    name: 'c_summer_offset_ignored',
    critical: true,
    why: 'The offset of winter was applied in summer too, so those moments are an hour late.',
  },
);

const dayBefore = twins(
  {
    fields: ['dueDate', 'valueDate', 'dateOfBirth', 'maturity'],
    value(random) {
      const day = Day.any(random, 1950, 2035);
      return shown(json(`${day.yyyy}${day.mm}${day.dd}`), json(day.iso), json(day.plus(-1).iso));
    },
  },
  { name: 'c_compact_date_to_iso', why: '20240310 and 2024-03-10 are the same day.' },
  { name: 'c_day_before', critical: true, why: 'A calendar day came out as the day before.' },
);

const slashes = twins(
  {
    fields: ['effectiveDate', 'lossDate', 'paymentDate'],
    least: 12,
    value(random) {
      const day = Day.any(random, 2000, 2026);
      const swapped = day.day <= 12 ? `${day.yyyy}-${day.dd}-${day.mm}` : day.iso;
      return shown(json(`${day.mm}/${day.dd}/${day.yyyy}`), json(day.iso), json(swapped));
    },
  },
  { name: 'c_american_date_to_iso', why: 'Month first, as days above 12 show; every date is the same day.' },
  {
    name: 'c_month_and_day_swapped_when_possible',
    critical: true,
    why: 'Where both readings are possible month and day were swapped; days above 12 show that the month stands first.',
  },
);

const monthEnd = twins(
  {
    fields: ['nextDueDate', 'renewalDate', 'nextInstalment'],
    value(random) {
      const month = Day.of(random.int(2019, 2026), random.pick([2, 4, 6, 9, 11]), 1);
      const last = new Date(Date.UTC(month.year, month.month, 0)).getUTCDate();
      const atEnd = random.chance(0.5);
      const day = Day.of(month.year, month.month, atEnd ? last : random.int(1, last - 1));
      const overflow = Day.of(month.year, month.month, 31);
      const text = ({ dd, mm, yyyy }: Day) => json(`${dd}.${mm}.${yyyy}`);
      return shown(json(day.iso), text(day), text(atEnd ? overflow : day));
    },
  },
  {
    name: 'c_iso_to_dotted_date',
    why: 'Day, month and year are the same; only their order and the separator changed.',
  },
  {
    name: 'c_month_end_overflows',
    critical: true,
    why: 'The last day of a short month became one of the first days of the next month.',
  },
);

const openEnd = twins(
  {
    fields: ['validTo', 'endDate', 'expiryDate', 'coverUntil'],
    least: 4,
    value(random) {
      if (random.chance(0.4))
        return { legacy: json('9999-12-31'), right: random.chance(0.5) ? 'null' : undefined };
      const day = Day.any(random, 2026, 2060);
      return shown(json(day.iso), json(day.iso), json(day.year > 2037 ? '2038-01-19' : day.iso));
    },
  },
  {
    name: 'c_open_end_is_no_end',
    why: '9999-12-31 stands for "no end", as a missing end does; real ends are unchanged.',
  },
  {
    name: 'c_end_capped_in_2038',
    critical: true,
    why: 'Ends after January 2038 all became the last day of a 32-bit clock.',
  },
);

const midnight = twins(
  {
    fields: ['shiftEnd', 'cutoff', 'periodEnd', 'coverageEnd'],
    value(random) {
      const day = Day.any(random, 2015, 2026);
      if (random.chance(0.4)) {
        const time = `T${two(random.int(1, 23))}:${random.pick(['00', '15', '30', '45'])}:00`;
        return { legacy: json(`${day.iso}${time}`), right: json(`${day.iso}${time}`) };
      }
      return shown(
        json(`${day.iso}T24:00:00`),
        json(`${day.plus(1).iso}T00:00:00`),
        json(`${day.iso}T00:00:00`),
      );
    },
  },
  {
    name: 'c_twenty_four_to_next_day',
    why: '24:00 of a day is by ISO 8601 the same moment as 00:00 of the next.',
  },
  {
    name: 'c_twenty_four_to_same_day',
    critical: true,
    why: 'The end of the day became its beginning: 24 hours lost.',
  },
);

const century = twins(
  {
    fields: ['birthDate', 'licensedSince', 'memberSince'],
    value(random) {
      const day = Day.any(random, 1935, 1999);
      const shifted = day.year < 1970 ? json(`20${day.iso.slice(2)}`) : json(day.iso);
      return shown(json(`${day.iso} 00:00:00.0`), json(day.iso), shifted);
    },
  },
  { name: 'c_empty_time_dropped', why: 'A day with an empty time of day is that day.' },
  { name: 'c_century_moved', critical: true, why: 'Years before 1970 came out a century later.' },
);

export const families: readonly Family[] = [
  ...summerTime,
  ...dayBefore,
  ...slashes,
  ...monthEnd,
  ...openEnd,
  ...midnight,
  ...century,
];
