/** Recurring times: jobs, opening hours, timetables, terms. */
import type { Family } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { pair } from './common.ts';

const cronDays = [
  ['1-5', '2-6'],
  ['1', '2'],
  ['6', '7'],
  ['1,3,5', '2,4,6'],
  ['2,4', '3,5'],
  ['5', '6'],
] as const;

const crons = pair(
  {
    fields: ['runsAt', 'cronExpression', 'JOB_TAKT', 'trigger'],
    routes: ['GET /jobs/{name}', 'GET /batch/calendar'],
    value(random) {
      const [minute, hour] = [random.pick([0, 5, 15, 30, 45]), random.int(0, 23)];
      if (random.chance(0.2)) {
        const day = random.pick([1, 5, 15, 28]);
        return {
          legacy: json(`${minute} ${hour} ${day} * *`),
          right: json(`0 ${minute} ${hour} ${day} * ?`),
        };
      }
      const [unix, quartz] = random.pick(cronDays);
      return shownJson(
        `${minute} ${hour} * * ${unix}`,
        `0 ${minute} ${hour} ? * ${quartz}`,
        `0 ${minute} ${hour} ? * ${unix}`,
      );
    },
  },
  {
    name: 'cc_crontab_to_quartz',
    why: 'Quartz has seconds first and counts Sunday as 1, crontab as 0, so both expressions fire at the same times.',
  },
  {
    name: 'cc_crontab_weekdays_not_shifted',
    critical: false,
    why: 'In Quartz 1 is Sunday, so the weekday numbers taken over from crontab run every job a day early.',
  },
);

const terms = pair(
  {
    fields: ['term', 'noticePeriod', 'warranty', 'LAUFZEIT'],
    routes: ['GET /contracts/{id}', 'GET /warranties/{serial}'],
    value(random) {
      const months = random.pick([1, 3, 6, 9, 12, 18, 24, 30, 36, 48, random.int(2, 71)]);
      const [years, rest] = [Math.floor(months / 12), months % 12];
      const right = `P${years > 0 ? `${years}Y` : ''}${rest > 0 ? `${rest}M` : ''}`;
      return shownJson(`P${months}M`, right, `PT${months}M`);
    },
  },
  {
    name: 'cc_term_in_years_and_months',
    why: 'Twelve months are a year by definition, so the durations are equal.',
  },
  {
    name: 'cc_term_of_months_as_minutes',
    critical: true,
    why: 'After T the letter M means minutes, so a notice period of months ends within the hour.',
  },
);

const timetables = pair(
  {
    fields: ['departure', 'stopTime', 'ABFAHRT', 'departsAt'],
    routes: ['GET /trips/{id}/stops', 'GET /stops/{id}/board'],
    always: true,
    value(random) {
      const day = Day.any(random, 2022, 2026);
      const [hour, minute] = [random.pick([6, 9, 14, 18, 22, 23, 24, 25, 26]), random.int(0, 59)];
      const clock = `${two(hour % 24)}:${two(minute)}:00`;
      return shownJson(
        { serviceDay: day.iso, time: `${two(hour)}:${two(minute)}:00` },
        { departure: `${day.plus(hour >= 24 ? 1 : 0).iso}T${clock}` },
        { departure: `${day.iso}T${clock}` },
      );
    },
  },
  {
    name: 'cc_timetable_hour_past_24_to_next_day',
    why: '25:10 of a service day is 01:10 of the next calendar day; the other times are as printed.',
  },
  {
    name: 'cc_timetable_hour_past_24_on_same_day',
    critical: false,
    why: 'Trains after midnight belong to the next calendar day; the rewrite shows them as gone 24 hours before.',
  },
);

const tariffBands = pair(
  {
    fields: ['bands', 'timeOfUse', 'TARIFZEITEN', 'rates'],
    routes: ['GET /tariffs/{code}', 'GET /meters/{id}/tariff'],
    value(random) {
      const from = random.pick(['21:00', '22:00', '23:00', '20:30']);
      const to = random.pick(['05:00', '06:00', '07:00', '05:30']);
      const [high, low] = [`0.${random.int(250, 420)}`, `0.${random.int(120, 240)}`];
      const day = { band: 'HT', from: to, to: from, perKwh: high };
      const late = { band: 'NT', from, to: '24:00', perKwh: low };
      const early = { band: 'NT', from: '00:00', to, perKwh: low };
      return shownJson([day, { band: 'NT', from, to, perKwh: low }], [early, day, late], [day, late]);
    },
  },
  {
    name: 'cc_night_band_split_at_midnight',
    why: 'The band over midnight is told in two parts, which together cover the same hours at the same price.',
  },
  {
    name: 'cc_night_band_cut_at_midnight',
    critical: true,
    why: 'The hours between midnight and morning have no price any more, though legacy bills them at the night rate.',
  },
);

const recurrences = pair(
  {
    fields: ['recurrence', 'RRULE', 'visitPattern', 'repeat'],
    routes: ['GET /appointments/{id}', 'GET /care-plans/{id}'],
    always: true,
    value(random) {
      const every = random.pick([1, 1, 1, 2, 2, 3]);
      const weekdays = random.pick(['MO', 'TU,FR', 'WE', 'MO,WE,FR', 'TH']);
      const until = `UNTIL=${Day.any(random, 2025, 2027).iso.replaceAll('-', '')}T220000Z`;
      const ends = random.pick([until, `COUNT=${random.int(4, 26)}`]);
      const short = ['FREQ=WEEKLY', ends, `BYDAY=${weekdays}`];
      const right = every === 1 ? short : [...short, `INTERVAL=${every}`];
      return shownJson(
        `RRULE:FREQ=WEEKLY;INTERVAL=${every};BYDAY=${weekdays};${ends}`,
        `RRULE:${right.join(';')}`,
        `RRULE:${short.join(';')}`,
      );
    },
  },
  {
    name: 'cc_recurrence_default_interval_left_out',
    why: 'The parts of a rule have no order and an interval of 1 is the default; longer intervals are still there.',
  },
  {
    name: 'cc_recurrence_interval_lost',
    critical: false,
    why: 'Without its INTERVAL a visit every second or third week takes place every week.',
  },
);

export const families: readonly Family[] = [
  ...crons,
  ...terms,
  ...timetables,
  ...tariffBands,
  ...recurrences,
];
