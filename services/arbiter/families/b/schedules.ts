/** Families of durations, recurrences and timestamps in the notations of calendars, .NET, Windows and satellites. */
import { defect, type Family, type Random, twins } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** A duration, an equal one, and another one a slip away. */
const durations = [
  ['PT90M', 'PT1H30M', 'P90M'],
  ['P14D', 'P2W', 'P14M'],
  ['PT3600S', 'PT1H', 'PT3600M'],
  ['P18M', 'P1Y6M', 'PT18M'],
  ['P24M', 'P2Y', 'PT24M'],
  ['PT45M', 'PT2700S', 'P45M'],
  ['P6M', 'P0Y6M', 'PT6M'],
] as const;

function instant(random: Random): number {
  return Day.any(random, 2015, 2025).date.getTime() + random.int(0, 86_399) * 1000;
}

const utc = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000', '');

/** ISO 8601 week and weekday; the year is that of the week's Thursday. */
function week(day: Day): { year: number; rest: string } {
  const weekday = ((day.date.getUTCDay() + 6) % 7) + 1;
  const thursday = day.plus(4 - weekday);
  return { year: thursday.year, rest: `W${two(Math.ceil(thursday.ordinal / 7))}-${weekday}` };
}

export const families: Family[] = [
  ...twins(
    {
      fields: ['noticePeriod', 'lockTime', 'term', 'retention'],
      value(random) {
        const [legacy, right, wrong] = random.pick(durations);
        return shown(json(legacy), json(right), json(wrong));
      },
    },
    {
      name: 'b_duration_normalised',
      why: 'ISO 8601 durations of the same length in other components: 60 seconds a minute, 12 months a year, 7 days a week.',
    },
    {
      name: 'b_duration_month_or_minute',
      critical: true,
      why: 'A slip of the T or of the letter turns minutes into months, or days into months.',
    },
  ),
  ...twins(
    {
      fields: ['standingOrderRule', 'recurrence', 'rrule', 'dispenseSchedule'],
      value(random) {
        const interval = random.pick([1, 1, 2, 3, 6]);
        const day = `BYMONTHDAY=${random.int(1, 28)}`;
        const [every, count] = [`INTERVAL=${interval}`, `COUNT=${random.int(2, 48)}`];
        const kept = interval === 1 ? [] : [every];
        const wrong = random.chance(0.5) || interval === 1 ? [...kept, day] : [count, day];
        return shown(
          json(['FREQ=MONTHLY', every, count, day].join(';')),
          json(['FREQ=MONTHLY', day, ...kept, count].join(';')),
          json(['FREQ=MONTHLY', ...wrong].join(';')),
        );
      },
    },
    {
      name: 'b_rrule_parts_rearranged',
      why: 'The parts of an iCalendar rule may stand in any order, and INTERVAL=1 is its default.',
    },
    {
      name: 'b_rrule_part_lost',
      critical: true,
      why: 'Without its COUNT or INTERVAL the standing order pays forever or every month.',
    },
  ),
  ...twins(
    {
      fields: ['callDuration', 'airtime', 'cdr.length', 'machineHours'],
      value(random) {
        const [h, m, s] = [random.pick([0, 0, 1, 2]), random.int(1, 59), random.int(0, 59)];
        const hours = h > 0 ? `${h}H` : '';
        const right = `PT${hours}${m}M${s > 0 ? `${s}S` : ''}`;
        return shown(json(`${two(h)}:${two(m)}:${two(s)}`), json(right), json(`PT${hours}${m}M`));
      },
    },
    {
      name: 'b_call_time_as_duration',
      why: 'Hours, minutes and seconds of the call are the same in both notations.',
    },
    {
      name: 'b_call_seconds_dropped',
      critical: true,
      why: 'The seconds of each call are dropped, which a tariff by the second bills too low.',
    },
  ),
  ...twins(
    {
      fields: ['deliveryWeek', 'settlementDay', 'slot', 'rosterDay'],
      value(random) {
        const nearNewYear = Day.of(random.int(2015, 2027), 1, 1).plus(random.int(-3, 2));
        const day = random.chance(0.5) ? nearNewYear : Day.any(random, 2015, 2026);
        const { year, rest } = week(day);
        return shown(json(day.iso), json(`${year}-${rest}`), json(`${day.year}-${rest}`));
      },
    },
    { name: 'b_week_date', why: 'An ISO week date and the calendar date name the same day.' },
    {
      name: 'b_week_with_calendar_year',
      critical: false,
      why: 'Around New Year the calendar year stands before the ISO week, which names a day a year away.',
    },
  ),
  ...twins(
    {
      fields: ['modifiedOn', 'createdAt', 'lastLogin', 'LastUpdate'],
      common: (random) => random.pick([1, 2, -5, -8, 9]),
      value(random, hours) {
        const at = instant(random);
        const legacy = `/Date(${at}${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}00)/`;
        return shown(json(legacy), json(utc(at)), json(utc(at + hours * 3_600_000)));
      },
    },
    {
      name: 'b_dotnet_date_instant',
      why: 'In the .NET notation the milliseconds are UTC and the offset is only for display: the same instant.',
    },
    {
      name: 'b_dotnet_date_offset_added',
      critical: false,
      why: 'The display offset was added to an instant that was UTC already.',
    },
  ),
  ...twins(
    {
      fields: ['pwdLastSet', 'accountExpires', 'fileTime', 'lastLogon'],
      value(random) {
        const at = instant(random);
        const legacy = json(String(BigInt(at) * 10_000n + 116_444_736_000_000_000n));
        const early = new Date(at);
        early.setUTCFullYear(early.getUTCFullYear() - 1600);
        return shown(legacy, json(utc(at)), json(utc(early.getTime())));
      },
    },
    {
      name: 'b_windows_file_time',
      why: 'The number counts 100 ns steps since 1601, which is the instant the rewrite writes out.',
    },
    {
      name: 'b_windows_file_time_epoch',
      critical: true,
      why: 'The ticks were counted from year 1 instead of 1601, so accounts expired sixteen centuries ago.',
    },
  ),
  defect(
    {
      fields: ['fixTime', 'measuredAt', 'handoverAt', 'eventTime'],
      least: 3,
      value(random) {
        const at = instant(random);
        return { legacy: json(utc(at)), right: json(utc(at)), wrong: json(utc(at + 18_000)) };
      },
    },
    {
      name: 'b_gps_time_as_utc',
      critical: false,
      why: 'Legacy repeats its instant exactly, the rewrite is 18 leap seconds ahead: satellite time labelled UTC.',
    },
  ),
];
