/** Dates and times: zones, calendars, patterns and sentinels. */
import type { Family, Random } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { always, differs, isSummer, pair } from './base.ts';

/** An instant as Berlin's clocks show it: two hours ahead of UTC in summer and one in winter (never in the night of a change). */
function berlin(random: Random) {
  const day = Day.any(random, 2022, 2026);
  const time = timeOfDay(random);
  if (time.h < 4) time.h += 4;
  const text = `${two(time.h)}:${two(time.m)}:${two(time.s)}`;
  const utc = new Date(day.date.getTime() + ((time.h * 60 + time.m) * 60 + time.s) * 1000);
  const at = (hours: number) => `${new Date(utc.getTime() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
  return { local: `${day.iso}T${text}`, offset: isSummer(day) ? 2 : 1, at };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The Thursday of a day's week says which year the week belongs to (ISO 8601). */
const weekYear = (day: Day) => day.plus(3 - ((day.date.getUTCDay() + 6) % 7)).yyyy;

export const families: Family[] = [
  ...pair(
    {
      fields: ['start', 'appointmentAt', 'deadline', 'pickupAt', 'event.start'],
      routes: ['GET /appointments/{id}', 'GET /bookings/{id}', 'GET /events'],
      mixed: true,
      value(random) {
        const { local, offset, at } = berlin(random);
        return shownJson(`${local}+0${offset}:00`, at(offset), `${local}Z`);
      },
    },
    {
      name: 'ff_offset_time_in_utc',
      why: 'The same instant is written in UTC instead of with the local offset.',
    },
    {
      name: 'ff_local_time_labelled_utc',
      critical: true,
      why: "The local clock's digits were kept and called UTC, so every instant is an hour or two late.",
    },
  ),
  differs(
    {
      fields: ['departure', 'slotStart', 'validFrom', 'shift.begin'],
      routes: ['GET /departures', 'GET /slots', 'GET /shifts'],
      shares: always,
      evidence: 3,
      value(random) {
        const { local, offset, at } = berlin(random);
        return shownJson(`${local}+0${offset}:00`, at(offset), at(1));
      },
    },
    {
      name: 'ff_summer_time_forgotten',
      critical: true,
      why: 'The conversion subtracts one hour all year round, so instants in summer are an hour late.',
    },
  ),
  ...pair(
    {
      fields: ['lastLogin', 'updatedAt', 'paidAt', 'modified'],
      routes: ['GET /users/{id}', 'GET /documents/{id}', 'GET /payments/{id}'],
      value(random) {
        const seconds = random.int(1_450_000_000, 1_790_000_000);
        const iso = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`;
        return shown(String(seconds), json(iso(seconds * 1000)), json(iso(seconds)));
      },
    },
    {
      name: 'ff_unix_seconds_to_text',
      why: 'Seconds since 1970 are written as a date and time in UTC; the instant is the same.',
    },
    {
      name: 'ff_unix_seconds_taken_for_milliseconds',
      critical: false,
      why: 'Seconds were taken for milliseconds, so all instants fall into January 1970.',
    },
  ),
  ...pair(
    {
      fields: ['dueDate', 'deliveryDate', 'expiry', 'orderedOn'],
      routes: ['GET /invoices/{number}', 'GET /orders/{id}', 'GET /bookings/{id}'],
      shares: [1, 1, 0.6],
      value(random) {
        const day = Day.any(random, 2019, 2026);
        const wrong = day.day <= 12 ? `${day.yyyy}-${day.dd}-${day.mm}` : day.iso;
        return shownJson(`${day.dd}-${months[day.month - 1]}-${day.yyyy}`, day.iso, wrong);
      },
    },
    {
      name: 'ff_month_name_date_to_iso',
      why: 'The date is written with the number of its month instead of the name; the day is the same.',
    },
    {
      name: 'ff_day_and_month_swapped',
      critical: true,
      why: 'Day and month change places wherever the day could be a month, so those dates are others.',
    },
  ),
  differs(
    {
      fields: ['dueDate', 'bookingDate', 'validUntil', 'statementDate'],
      routes: ['GET /statements', 'GET /invoices/{number}', 'GET /policies/{no}'],
      shares: always,
      evidence: 1,
      value(random) {
        const day = random.chance(0.6)
          ? Day.any(random, 2019, 2026)
          : Day.of(random.int(2019, 2025), 12, 28).plus(random.int(0, 6));
        const wrong = `${weekYear(day)}-${day.mm}-${day.dd}`;
        return shownJson(`${day.dd}.${day.mm}.${day.yyyy}`, day.iso, wrong);
      },
    },
    {
      name: 'ff_year_of_the_week_printed',
      critical: true,
      why: "The pattern prints the week's year, so some days around New Year are a year too late or too early.",
    },
  ),
  differs(
    {
      fields: ['nextDueDate', 'renewalDate', 'nextInstalment', 'contract.nextBilling'],
      routes: ['GET /loans/{id}', 'GET /subscriptions/{id}', 'GET /contracts/{id}'],
      shares: always,
      evidence: 2,
      value(random) {
        const [year, month] = [random.int(2021, 2026), random.int(1, 12)];
        const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const wanted = random.chance(0.5) ? random.int(1, 28) : random.int(29, 31);
        const clamped = json(Day.of(year, month, Math.min(wanted, length)).iso);
        return shown(clamped, clamped, json(Day.of(year, month, wanted).iso));
      },
    },
    {
      name: 'ff_month_end_overflows',
      critical: true,
      why: 'A month without the wanted day runs over into the next one instead of ending on its last day.',
    },
  ),
  ...pair(
    {
      fields: ['validTo', 'endDate', 'contract.end', 'mandate.expires'],
      routes: ['GET /contracts/{id}', 'GET /mandates/{id}', 'GET /employees/{id}'],
      evidence: 3,
      value(random) {
        if (random.chance(0.5)) return shown('"9999-12-31"', 'null', '"1970-01-01"');
        const text = json(Day.any(random, 2019, 2031).iso);
        return { legacy: text, right: text };
      },
    },
    {
      name: 'ff_open_end_sentinel_to_null',
      why: 'The last day of the calendar stood for no end at all, which null now says.',
    },
    {
      name: 'ff_open_end_became_epoch',
      critical: true,
      why: 'An open end was turned into a zero timestamp, so what runs without end seems to have ended in 1970.',
    },
  ),
];
