/** Instants: their notation, zone and fraction. */
import { defect, type Random, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';

const instants = ['createdAt', 'TS-POSTED', 'lastModified', 'authorizedAt', 'eventTime'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** A moment with whole seconds, and its ISO text without zone. */
function moment(random: Random): {
  day: Day;
  time: ReturnType<typeof timeOfDay>;
  iso: string;
  milliseconds: number;
} {
  const day = Day.any(random, 2012, 2026);
  const time = timeOfDay(random);
  const milliseconds = day.date.getTime() + ((time.h * 60 + time.m) * 60 + time.s) * 1000;
  return { day, time, iso: `${day.iso}T${time.text}`, milliseconds };
}
const isoSeconds = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19);

export const families = [
  ...twins(
    {
      fields: instants,
      value(random) {
        const { iso, milliseconds } = moment(random);
        const hours = random.pick([1, 2, 3]);
        return {
          legacy: json(`/Date(${milliseconds}+0${hours}00)/`),
          right: json(`${isoSeconds(milliseconds + hours * 3_600_000)}+0${hours}:00`),
          wrong: json(`${iso}+0${hours}:00`),
        };
      },
    },
    {
      name: 'dotnet_date_with_offset',
      why: 'The milliseconds of a .NET JSON date are UTC and the offset only says how to show them: the same instant.',
    },
    {
      name: 'dotnet_date_offset_misapplied',
      critical: true,
      why: 'UTC milliseconds were labelled with the offset without adding it: the instant is hours too early.',
    },
  ),
  ...twins(
    {
      fields: instants,
      value(random) {
        const { day, time, milliseconds } = moment(random);
        const micros = random.digits(6);
        const midnight = random.chance(0.4);
        const next = day.plus(1);
        return midnight
          ? {
              legacy: json(`${day.iso}-24.00.00.000000`),
              right: json(`${next.iso}T00:00:00.000000`),
              wrong: json(`${day.iso}T00:00:00.000000`),
            }
          : {
              legacy: json(`${day.iso}-${time.text.replaceAll(':', '.')}.${micros}`),
              right: json(`${isoSeconds(milliseconds)}.${micros}`),
            };
      },
    },
    {
      name: 'db2_timestamp_to_iso',
      why: 'DB2 writes dashes and dots, and 24.00.00 for the end of a day, which is midnight of the next one.',
    },
    {
      name: 'db2_end_of_day_a_day_early',
      critical: true,
      why: '24.00.00 is the end of the day; the rewrite answers its beginning, a day earlier.',
    },
  ),
  ...twins(
    {
      fields: instants,
      value(random) {
        const { iso } = moment(random);
        const millis = random.int(1, 99);
        const padded = String(millis).padStart(3, '0');
        return {
          legacy: json(`${iso}.${padded}000`),
          right: json(`${iso}.${padded.replace(/0$/, '')}`),
          wrong: json(`${iso}.${millis}`),
        };
      },
    },
    {
      name: 'fraction_without_trailing_zeros',
      why: 'Zeros at the end of the fraction of a second add nothing: the same instant.',
    },
    {
      name: 'fraction_without_leading_zeros',
      critical: false,
      why: 'Milliseconds were printed without padding: .012 became .12, another instant.',
    },
  ),
  ...twins(
    {
      fields: instants,
      value(random) {
        const { day, time, iso, milliseconds } = moment(random);
        const [zone, hours] = random.pick([
          ['GMT', 0],
          ['EST', 5],
          ['PST', 8],
          ['GMT', 0],
        ] as const);
        const legacy = json(
          `${weekdays[day.date.getUTCDay()]}, ${day.dd} ${months[day.month - 1]} ${day.yyyy} ${time.text} ${zone}`,
        );
        const right = json(`${isoSeconds(milliseconds + hours * 3_600_000)}Z`);
        return hours === 0 ? { legacy, right } : { legacy, right, wrong: json(`${iso}Z`) };
      },
    },
    {
      name: 'mail_date_to_utc',
      why: 'An RFC 822 date with a zone and the UTC instant it denotes (EST is five, PST eight hours behind).',
    },
    {
      name: 'mail_date_zone_ignored',
      critical: true,
      why: 'EST and PST times are labelled as UTC: five or eight hours too early.',
    },
  ),
  defect(
    {
      fields: ['tradeTime', 'departureTime', 'bookedAt', 'switchedAt'],
      value(random) {
        const { day, time } = moment(random);
        const summer = day.month >= 4 && day.month <= 9;
        const legacy = json(`${day.iso}T${time.text}${summer ? '+02:00' : '+01:00'}`);
        return summer
          ? { legacy, right: legacy, wrong: json(`${day.iso}T${time.text}+01:00`) }
          : { legacy, right: legacy };
      },
    },
    {
      name: 'summer_time_forgotten',
      critical: true,
      why: 'The wall clock stays and the summer offset is gone: instants in summer are an hour late.',
    },
  ),
  defect(
    {
      fields: ['windowStart', 'checkIn', 'readAt', 'arrival'],
      least: 2,
      value(random) {
        const { day, time } = moment(random);
        const legacy = json(`${day.iso} ${two(time.h)}:${two(time.m)}`);
        const wrong = json(`${day.iso} ${two(time.h)}:${day.mm}`);
        return time.m === day.month ? { legacy, right: legacy } : { legacy, right: legacy, wrong };
      },
    },
    {
      name: 'month_printed_as_minutes',
      critical: true,
      why: 'The minutes are always the number of the month: MM stands in the format where mm should.',
    },
  ),
];
