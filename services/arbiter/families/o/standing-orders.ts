/** Standing orders and what surrounds them: rhythm, end, suspension, DB2 timestamps. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, json, object, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

const rhythm = coded(
  ['frequency', 'executionInterval', 'rhythm'],
  [
    ['01M', 'P1M'],
    ['03M', 'P3M', 'P4M'],
    ['06M', 'P6M', 'P2M'],
    ['12M', 'P1Y'],
    ['02W', 'P2W'],
  ],
  {
    name: 'o_rhythm_as_duration',
    why: 'The interval in months or weeks is the same as an ISO 8601 duration.',
  },
  {
    name: 'o_rhythm_times_a_year',
    why: 'Every three months became every four, every six became every two: times a year were taken for months.',
    critical: true,
  },
);

const openEnd = twins(
  {
    fields: ['lastExecution', 'validUntil', 'endDate'],
    least: 2,
    value(random) {
      const until = Day.any(random, 2027, 2034).iso;
      if (random.chance(0.5)) return { legacy: json('9999-12-31'), right: 'null' };
      return { legacy: json(until), right: json(until), wrong: 'null' };
    },
  },
  {
    name: 'o_open_end_null',
    why: '9999-12-31 is the usual mark of no end; modern says so by null and keeps real ends.',
  },
  {
    name: 'o_real_end_dropped',
    why: 'Standing orders that end on a real day are answered without an end, so they go on for ever.',
    critical: true,
  },
);

const suspended = twins(
  {
    fields: ['suspended', 'ausgesetzt', 'paused', 'dauerauftragGesperrt'],
    clear: true,
    least: 2,
    value(random) {
      const yes = random.chance(0.5);
      return yes ? { legacy: '"J"', right: 'true', wrong: 'false' } : { legacy: '"N"', right: 'false' };
    },
  },
  { name: 'o_ja_nein_as_boolean', why: 'J and N (ja, nein) are true and false.' },
  {
    name: 'o_ja_not_recognised',
    why: 'J means yes; modern answers false for it, so a suspended order counts as active.',
    critical: true,
  },
);

const midnight = twins(
  {
    fields: ['entryTimestamp', 'TS_CHANGED', 'bookedAt', 'executedAt'],
    value(random) {
      const day = Day.any(random, 2015, 2026);
      if (random.chance(0.45)) {
        const legacy = json(`${day.iso}-24.00.00.000000`);
        return shown(legacy, json(`${day.plus(1).iso}T00:00:00.000000`), json(`${day.iso}T00:00:00.000000`));
      }
      const { text } = timeOfDay(random);
      const micros = random.digits(6);
      const legacy = json(`${day.iso}-${text.replaceAll(':', '.')}.${micros}`);
      return { legacy, right: json(`${day.iso}T${text}.${micros}`) };
    },
  },
  {
    name: 'o_db2_midnight_24',
    why: 'A DB2 timestamp at 24.00.00 is the start of the following day, which modern writes.',
  },
  {
    name: 'o_db2_midnight_day_early',
    why: '24.00.00 ends the day; modern sets the hour to zero and keeps the date, a whole day too early.',
    critical: true,
  },
);

const weekday = ['MON', 'TUE', 'WED', 'THU', 'FRI'] as const;
const isoDay = { MON: 1, TUE: 2, WED: 3, THU: 4, FRI: 5 } as const;
const weekly = twins(
  {
    fields: ['schedule', 'weeklyExecution', 'plan'],
    value(random) {
      const day = random.pick(weekday);
      const every = random.int(1, 4);
      const modern = (number: number) => object({ isoWeekday: String(number), everyWeeks: String(every) });
      const legacy = object({ WDAY: json(day), EVERY: json(`${every}W`) });
      return shown(legacy, modern(isoDay[day]), modern(isoDay[day] + 1));
    },
  },
  {
    name: 'o_weekday_iso_number',
    why: 'ISO counts the days of the week from Monday = 1; the day and the interval are the same.',
  },
  {
    name: 'o_weekday_counted_from_sunday',
    why: 'The field says ISO weekday, but the number is counted from Sunday = 1: one day later.',
    critical: true,
  },
);

export const families: readonly Family[] = [...rhythm, ...openEnd, ...suspended, ...midnight, ...weekly];
