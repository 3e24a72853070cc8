/** Families of a logistics house: dates and times of AS/400 programs. */
import { type Family, twins } from '../kit.ts';
import { Day, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['pickupFrom', 'slotTime', 'UHRZEIT'],
      least: 4,
      value(random) {
        const [h, m] = [random.int(6, 21), random.pick([0, 15, 30, 45])];
        const clock = h * 100 + m;
        const wrong = `${two(Math.floor(clock / 60) % 24)}:${two(clock % 60)}`;
        return shownJson(clock, `${two(h)}:${two(m)}`, wrong);
      },
    },
    {
      name: 'clock_number_hhmm',
      why: 'The number 930 is half past nine on this clock; both sides give that time.',
    },
    {
      name: 'clock_number_as_minutes',
      critical: false,
      why: 'The clock number 930 is divided as minutes since midnight and becomes 15:30.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['shipDate', 'LADEDATUM', 'departure'],
      least: 3,
      value(random) {
        const day = Day.any(random, 1994, 2026);
        const century = day.year >= 2000 ? '1' : '0';
        const old = `${century}${day.yyyy.slice(2)}${day.mm}${day.dd}`;
        return shownJson(old, day.iso, day.year >= 2000 ? `19${day.iso.slice(2)}` : day.iso);
      },
    },
    { name: 'as400_century_digit', why: 'The leading 1 means the years 2000 to 2099, 0 the years before.' },
    {
      name: 'as400_century_digit_ignored',
      critical: true,
      why: 'Dates with century digit 1 come out a hundred years early.',
    },
  ),
  ...twins(
    {
      fields: ['arrivalDay', 'etaDay', 'YYYYDDD'],
      least: 3,
      value(random) {
        const day = Day.of(random.pick([2020, 2023, 2024, 2025]), 1, 1).plus(random.int(0, 364));
        const ordinal = String(day.ordinal).padStart(3, '0');
        const leap = day.year % 4 === 0 && day.ordinal > 60;
        return shownJson(`${day.yyyy}/${ordinal}`, day.iso, leap ? day.plus(1).iso : day.iso);
      },
    },
    { name: 'day_of_year_to_date', why: 'Year and day of the year name the same calendar day.' },
    {
      name: 'day_of_year_without_leap_day',
      critical: false,
      why: 'After February of leap years the date is a day late, as if the 29th did not exist.',
    },
  ),
];
