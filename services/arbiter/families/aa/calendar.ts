/** Scheduling: recurrences, jobs, shifts. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const recurrence = twins(
  {
    fields: ['rrule', 'recurrence', 'appointmentSeries', 'repeat'],
    least: 10,
    value(random) {
      const day = random.pick(weekdays);
      const nth = random.pick([1, 2, 3, -1, -1]);
      const count = random.int(2, 24);
      const modern = (place: number) => `BYDAY=${place}${day};COUNT=${count};FREQ=MONTHLY`;
      return shownJson(
        `FREQ=MONTHLY;INTERVAL=1;BYDAY=${nth}${day};COUNT=${count}`,
        modern(nth),
        modern(nth === -1 ? 4 : nth),
      );
    },
  },
  {
    name: 'aa_rrule_parts_reordered',
    why: 'The parts of a recurrence rule may stand in any order, and an interval of 1 is the default.',
  },
  {
    name: 'aa_rrule_last_as_fourth',
    why: 'The last weekday of the month becomes the fourth: in months with five of them the appointment is a week early.',
    critical: false,
  },
);

const ranges = [
  ['1-5', 'MON-FRI'],
  ['1', 'MON'],
  ['0', 'SUN'],
  ['6', 'SAT'],
  ['2,4', 'TUE,THU'],
  ['5', 'FRI'],
  ['1,3,5', 'MON,WED,FRI'],
] as const;
const cron = twins(
  {
    fields: ['schedule', 'crontab', 'jobTrigger', 'batchWindow'],
    least: 8,
    value(random) {
      const [unix, quartz] = random.pick(ranges);
      const [minute, hour] = [random.int(0, 11) * 5, random.int(0, 23)];
      const wrong = unix === '0' ? '7' : unix;
      return shownJson(
        { kind: 'unix', cron: `${minute} ${hour} * * ${unix}` },
        { kind: 'quartz', cron: `0 ${minute} ${hour} ? * ${quartz}` },
        { kind: 'quartz', cron: `0 ${minute} ${hour} ? * ${wrong}` },
      );
    },
  },
  {
    name: 'aa_cron_unix_to_quartz',
    why: 'Quartz has a leading field for seconds and ? for any day; the weekdays are given by name and are the same.',
  },
  {
    name: 'aa_cron_weekday_numbers_kept',
    why: 'Unix counts Sunday as 0, Quartz as 1: with the old numbers every job runs a day earlier.',
    critical: true,
  },
);

/** The Sunday of a month's end on which Central European clocks change. */
function changeNight(random: Random): Day {
  const month = random.pick([3, 10]);
  const last = Day.of(random.int(2018, 2026), month, 31);
  return last.plus(-last.date.getUTCDay());
}
const shift = twins(
  {
    fields: ['shift', 'dutyPeriod', 'workedTime', 'nightDuty'],
    least: 12,
    value(random) {
      const sunday = changeNight(random);
      const changes = random.chance(0.4);
      const morning = changes ? sunday : sunday.plus(random.pick([-60, -30, 60, 90, 35]));
      const evening = morning.plus(-1);
      const summerAt = (day: Day, afterChange: boolean) => {
        const [march, october] = [Day.of(day.year, 3, 31), Day.of(day.year, 10, 31)];
        const start = march.plus(-march.date.getUTCDay()).epochDay;
        const end = october.plus(-october.date.getUTCDay()).epochDay;
        if (day.epochDay === start) return afterChange;
        if (day.epochDay === end) return !afterChange;
        return day.epochDay > start && day.epochDay < end;
      };
      const [from, to] = [random.int(20, 23), random.int(5, 8)];
      const [offsetFrom, offsetTo] = [summerAt(evening, true) ? 2 : 1, summerAt(morning, true) ? 2 : 1];
      const wall = 24 - from + to;
      const real = wall - (offsetTo - offsetFrom);
      const legacy = {
        start: `${evening.iso}T${two(from)}:00+0${offsetFrom}:00`,
        end: `${morning.iso}T${two(to)}:00+0${offsetTo}:00`,
      };
      const modern = (hours: number) => ({ start: legacy.start, duration: `PT${hours}H` });
      return shownJson(legacy, modern(real), modern(wall));
    },
  },
  {
    name: 'aa_shift_end_as_duration',
    why: 'Start and duration give the same end, also in the nights in which the clocks change, as the offsets show.',
  },
  {
    name: 'aa_shift_duration_by_wall_clock',
    why: 'In the nights of the clock change the difference of the wall clocks is an hour off the time worked.',
    critical: true,
  },
);

export const families: readonly Family[] = [...recurrence, ...cron, ...shift];
