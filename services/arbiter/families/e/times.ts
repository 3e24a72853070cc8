/** Instants and times of day. */
import { type Random, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** A second between 2016 and 2026, in milliseconds since 1970. */
const instant = (random: Random) => Day.any(random, 2016, 2026).date.getTime() + random.int(0, 86_399) * 1000;
const utc = (milliseconds: number) => new Date(milliseconds).toISOString().replace('.000Z', '');
const hour = 3_600_000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const offsets = twins(
  {
    fields: ['validUntil', 'cutOff', 'authorizedAt', 'lockedUntil'],
    value(random) {
      const at = instant(random);
      const hours = random.pick([1, 2, -5, -4, 9, 3]);
      const zone = `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}:00`;
      const local = utc(at + hours * hour);
      return shown(json(local + zone), json(`${utc(at)}Z`), json(`${local}Z`));
    },
  },
  { name: 'e_offset_time_in_utc', why: 'The same instant, stated in UTC.' },
  {
    name: 'e_local_time_labelled_utc',
    critical: true,
    why: 'The local clock reading was labelled Z: another instant by the whole offset.',
  },
);

const javaText = twins(
  {
    fields: ['lastLogin', 'changedAt', 'receivedAt', 'stamp'],
    value(random) {
      const at = instant(random);
      const month = new Date(at).getUTCMonth();
      const summer = month >= 3 && month <= 8;
      const local = new Date(at + (summer ? 2 : 1) * hour);
      const clock = local.toISOString().slice(11, 19);
      const day = `${weekdays[local.getUTCDay()]} ${months[local.getUTCMonth()]} ${two(local.getUTCDate())}`;
      const legacy = `${day} ${clock} ${summer ? 'CEST' : 'CET'} ${local.getUTCFullYear()}`;
      return shown(json(legacy), json(`${utc(at)}Z`), json(`${utc(summer ? at + hour : at)}Z`));
    },
  },
  {
    name: 'e_java_date_text_in_utc',
    why: 'The text of a Java date, with its zone, became the same instant in UTC.',
  },
  {
    name: 'e_summer_time_read_as_winter',
    critical: false,
    why: 'CEST was taken for CET: all summer times are an hour late.',
  },
);

const twelveHours = twins(
  {
    fields: ['pickupTime', 'appointment', 'callbackAt', 'slot'],
    least: 3,
    value(random) {
      const { h, m } = timeOfDay(random);
      const clock = (hours: number) => json(`${two(hours)}:${two(m)}`);
      const right = `${h % 12 === 0 ? 12 : h % 12}:${two(m)} ${h < 12 ? 'AM' : 'PM'}`;
      return shown(clock(h), json(right), json(right.replace('PM', 'AM')));
    },
  },
  { name: 'e_time_with_am_pm', why: 'The same time of day in the twelve-hour notation.' },
  {
    name: 'e_afternoon_marked_am',
    critical: false,
    why: 'Times of the afternoon are marked AM: twelve hours too early.',
  },
);

const padded = twins(
  {
    fields: ['createdAt', 'bookedAt', 'capturedAt', 'signedAt'],
    value(random) {
      const day = Day.any(random, 2018, 2026);
      const { h, m, s, text } = timeOfDay(random);
      const legacy = json([day.year, day.month, day.day, h, m, s]);
      const wrong = `${day.iso}T${two(h)}:${two(m)}:${s === 0 ? '00' : String(s).padEnd(2, '0')}`;
      return shown(legacy, json(`${day.iso}T${text}`), json(wrong));
    },
  },
  {
    name: 'e_list_of_parts_as_date_time',
    why: 'Year to second as a list became the same local date and time.',
  },
  {
    name: 'e_seconds_padded_at_end',
    critical: false,
    why: 'Seconds of one digit got their nought behind: 5 seconds became 50.',
  },
);

const netDates = twins(
  {
    fields: ['created', 'Timestamp', 'modifiedOn', 'when'],
    value(random) {
      const at = instant(random);
      const hours = random.pick([1, 2, 3, 9]);
      const legacy = `/Date(${at}+${two(hours)}00)/`;
      return shown(
        json(legacy),
        json(`${utc(at + hours * hour)}+${two(hours)}:00`),
        json(`${utc(at)}+${two(hours)}:00`),
      );
    },
  },
  {
    name: 'e_net_json_date_to_iso',
    why: 'The milliseconds count from 1970 UTC; the ISO text is that instant with its offset.',
  },
  {
    name: 'e_net_json_date_shifted_by_offset',
    critical: false,
    why: 'The UTC clock reading stands beside the local offset: earlier by the offset.',
  },
);

const dayBefore = twins(
  {
    fields: ['dueOn', 'birthday', 'settlementDate', 'startDate'],
    value(random) {
      const day = Day.any(random, 1995, 2026);
      const summer = day.month > 3 && day.month < 10;
      const right = `${day.iso}T00:00:00${summer ? '+02:00' : '+01:00'}`;
      return shown(
        json(day.iso),
        json(right),
        json(`${day.plus(-1).iso}T00:00:00${summer ? '+02:00' : '+01:00'}`),
      );
    },
  },
  { name: 'e_day_as_local_midnight', why: 'The day is given by its first moment in local time.' },
  {
    name: 'e_midnight_of_day_before',
    critical: true,
    why: 'It is midnight of the day before: the date slipped when local midnight was cut in UTC.',
  },
);

const epochUnits = twins(
  {
    fields: ['iat', 'ts', 'lastSeen', 'processedAt'],
    value(random) {
      const at = instant(random);
      return shown(String(at / 1000), json(`${utc(at)}Z`), json(new Date(at / 1000).toISOString()));
    },
  },
  { name: 'e_epoch_seconds_to_iso', why: 'Seconds since 1970 became the ISO text of the same instant.' },
  {
    name: 'e_epoch_seconds_read_as_milliseconds',
    critical: false,
    why: 'Seconds were read as milliseconds: everything happened in January 1970.',
  },
);

export const families = [
  ...offsets,
  ...javaText,
  ...twelveHours,
  ...padded,
  ...netDates,
  ...dayBefore,
  ...epochUnits,
];
