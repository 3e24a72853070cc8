/** Days and times. */
import type { Family, Random } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { broken, fine, pair } from './setting.ts';

/** The last Sunday of a month at 01:00 UTC, when summer time begins (March) and ends (October) in the European Union. */
const lastSunday = (year: number, month: number): number => {
  const last = new Date(Date.UTC(year, month, 0, 1));
  return last.getTime() - last.getUTCDay() * 86_400_000;
};
const inSummer = (moment: number): boolean => {
  const year = new Date(moment).getUTCFullYear();
  return moment >= lastSunday(year, 3) && moment < lastSunday(year, 10);
};
const hour = 3_600_000;
/** A moment in UTC on a whole second. */
const moment = (random: Random, first = 2021, last = 2025): number =>
  Day.any(random, first, last).date.getTime() + random.int(0, 86_399) * 1000;
/** Date and time of day without a zone. */
const wall = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

const offsets = pair(
  {
    fields: ['departure', 'appointmentAt', 'startsAt', 'pickupFrom'],
    routes: ['GET /flights/{id}', 'GET /appointments/{id}', 'GET /courses/{id}', 'GET /pickups/{id}'],
    value: (random) => {
      const at = moment(random);
      const offset = inSummer(at) ? 2 : 1;
      const local = wall(at + offset * hour);
      return shown(json(`${local}+0${offset}:00`), json(`${wall(at)}Z`), json(`${local}Z`));
    },
  },
  {
    name: 'hh_same_moment_in_utc',
    why: 'The same moment, with the local offset in legacy and in UTC in the rewrite.',
  },
  {
    name: 'hh_local_time_called_utc',
    why: 'The local wall clock is kept but labelled UTC, so every appointment moved by one or two hours.',
    critical: false,
  },
);

const plainDays = pair(
  {
    fields: ['birthDate', 'dateOfBirth', 'born', 'holder.birthDate'],
    routes: ['GET /patients/{id}', 'GET /members/{id}', 'GET /accounts/{id}/holder'],
    clear: true,
    value: (random) => {
      const day = Day.any(random, 1941, 2011);
      const legacy = day.iso.replaceAll('-', '');
      return shown(json(legacy), json(day.iso), json(day.plus(-1).iso));
    },
  },
  { name: 'hh_day_with_hyphens', why: 'The same calendar day with hyphens in the ISO way.' },
  {
    name: 'hh_day_before',
    why: 'Midnight local time was converted to UTC, so every day is now the day before.',
    critical: true,
  },
);

const dayMonth = pair(
  {
    fields: ['invoiceDate', 'admissionDate', 'expiryDate', 'signedOn'],
    routes: ['GET /invoices/{number}', 'GET /cases/{id}', 'GET /licences/{id}', 'GET /contracts/{id}'],
    least: 14,
    evidence: 3,
    value: (random) => {
      const day = Day.any(random, 2015, 2027);
      const legacy = `${day.dd}/${day.mm}/${day.yyyy}`;
      const swapped = `${day.yyyy}-${day.dd}-${day.mm}`;
      return shown(json(legacy), json(day.iso), json(day.day > 12 ? day.iso : swapped));
    },
  },
  {
    name: 'hh_day_first_to_iso',
    why: 'Legacy writes day, month, year; the rewrite writes the same day in ISO order.',
  },
  {
    name: 'hh_month_first_where_possible',
    why: 'Where the day is 12 or less the rewrite takes it for the month: 03/04 became the fourth of March.',
    critical: true,
  },
);

const epoch = pair(
  {
    fields: ['createdAt', 'lastModified', 'orderedAt', 'changedOn'],
    routes: ['GET /tickets/{id}', 'GET /articles/{id}', 'GET /orders/{id}', 'GET /customers/{id}'],
    value: (random) => {
      const at = moment(random, 2012, 2025);
      const text = (milliseconds: number) => json(`${wall(milliseconds)}Z`);
      return shown(String(at / 1000), text(at), text(Math.floor(at / 1000)));
    },
  },
  {
    name: 'hh_epoch_seconds_to_iso',
    why: 'The same second, counted since 1970 in legacy and written out in the rewrite.',
  },
  {
    name: 'hh_seconds_taken_for_milliseconds',
    why: 'Seconds were taken for milliseconds, so everything happened in January 1970.',
    critical: false,
  },
);

const fractions = pair(
  {
    fields: ['bookedAt', 'scannedAt', 'eventTime', 'receivedAt'],
    routes: [
      'GET /accounts/{id}/bookings',
      'GET /parcels/{id}/events',
      'GET /machines/{id}/events',
      'GET /samples/{id}',
    ],
    value: (random) => {
      const at = wall(moment(random));
      const digits = random.chance(0.3) ? '000' : random.digits(3);
      const legacy = `${at.replace('T', ' ')}.${digits}000`;
      return shown(json(legacy), json(`${at}.${digits}`), json(`${at.slice(0, 10)}T00:00:00.000`));
    },
  },
  {
    name: 'hh_timestamp_spelling',
    why: 'The same timestamp with a T and without three zeros that legacy always adds.',
  },
  {
    name: 'hh_time_of_day_dropped',
    why: 'The new column holds days only, so every event happened at midnight.',
    critical: false,
  },
);

const century = pair(
  {
    fields: ['birthDate', 'dateOfBirth', 'insured.born', 'patientBirthDate'],
    routes: ['GET /members/{id}', 'GET /applicants/{id}', 'GET /policies/{id}/insured', 'GET /patients/{id}'],
    clear: true,
    least: 10,
    value: (random) => {
      const day = Day.any(random, 1936, 1999);
      const legacy = `${day.dd}.${day.mm}.${day.yyyy.slice(2)}`;
      const wrong = day.year < 1970 ? day.iso.replace(/^19/, '20') : day.iso;
      return shown(json(legacy), json(day.iso), json(wrong));
    },
  },
  {
    name: 'hh_born_in_the_last_century',
    why: 'The two digits of the year were given the century in which these people were born.',
  },
  {
    name: 'hh_born_in_the_future',
    why: 'Two-digit years below 70 are put into this century, so older people are not born yet.',
    critical: true,
  },
);

const secondsDropped = fine(
  {
    fields: ['opensAt', 'closesAt', 'cutOff', 'deliveryFrom'],
    routes: [
      'GET /branches/{id}/hours',
      'GET /branches/{id}/hours',
      'GET /depots/{id}',
      'GET /delivery-slots',
    ],
    value: (random) => {
      const time = `${two(random.int(5, 22))}:${random.pick(['00', '15', '30', '45'])}`;
      return { legacy: json(`${time}:00`), right: json(time) };
    },
  },
  {
    name: 'hh_seconds_always_zero',
    why: 'Opening times are kept to the minute; legacy adds seconds that are always zero.',
  },
);

const summer = broken(
  {
    fields: ['departureTime', 'startTime', 'shiftStart', 'broadcastAt'],
    routes: ['GET /trips/{id}', 'GET /courses/{id}', 'GET /shifts/{id}', 'GET /programme/{channel}'],
    least: 14,
    evidence: 3,
    value: (random) => {
      const at = moment(random);
      const local = (offset: number) => json(wall(at + offset * hour).slice(0, 16));
      const legacy = local(inSummer(at) ? 2 : 1);
      return shown(legacy, legacy, local(1));
    },
  },
  {
    name: 'hh_no_summer_time',
    why: 'From the end of March to the end of October every time is one hour early: the rewrite knows no summer time.',
    critical: false,
  },
);

const monthEnd = broken(
  {
    fields: ['instalments', 'schedule', 'billing'],
    routes: ['GET /loans/{id}/schedule', 'GET /subscriptions/{id}', 'GET /leases/{id}'],
    value: (random) => {
      const last = random.chance(0.45)
        ? new Day(Date.UTC(random.int(2021, 2026), random.pick([0, 2, 4, 7, 9]), 31))
        : Day.any(random, 2021, 2026);
      const next = Day.of(last.year, last.month + 1, 1);
      const days = new Date(Date.UTC(next.year, next.month, 0)).getUTCDate();
      const text = (day: Day) => json({ last: last.iso, every: 'P1M', next: day.iso });
      const right = next.plus(Math.min(last.day, days) - 1);
      return shown(text(right), text(right), text(next.plus(last.day - 1)));
    },
  },
  {
    name: 'hh_month_end_overflows',
    why: 'A month after the 31st is the last day of the next month in legacy; the rewrite runs over into the month after.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...offsets,
  ...plainDays,
  ...dayMonth,
  ...epoch,
  ...fractions,
  ...century,
  secondsDropped,
  summer,
  monthEnd,
];
