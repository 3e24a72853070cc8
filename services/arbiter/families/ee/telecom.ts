/** A telephone company moves its billing from PL/SQL on Oracle to Kotlin on Postgres. */
import type { Family } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, surnames, timeOfDay } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both, bugOnly } from './mirrored.ts';

const subscriberRoutes = ['GET /subscribers/{id}', 'GET /bills/{id}', 'GET /subscribers/{id}/contact'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] as const;

const emptyText = both(
  {
    fields: ['addressLine2', 'middleName', 'department', 'ADDR_LINE_2'],
    routes: subscriberRoutes,
    always: true,
    alike: true,
    common: (random) => ({ none: random.pick([0.2, 0.5, 0.8]) }),
    value(random, { none }) {
      if (random.chance(none)) return { legacy: 'null', right: '""', wrong: '"null"' };
      const line = json(
        random.pick([
          `Flat ${random.int(1, 40)}`,
          `c/o ${random.pick(surnames)}`,
          `Building ${random.pick(['A', 'B', 'C'])}`,
          `Floor ${random.int(1, 9)}`,
        ]),
      );
      return { legacy: line, right: line };
    },
  },
  {
    name: 'ee_oracle_empty_text',
    why: 'Oracle knows no empty text and answers null; the rewrite answers "": nothing was entered, in both.',
  },
  {
    name: 'ee_null_as_text',
    critical: false,
    why: 'The word "null" stands where nothing was entered, and is printed on letters.',
  },
);

const startedMinutes = both(
  {
    fields: ['callCharge', 'usageRecord', 'cdr'],
    routes: ['GET /bills/{id}/calls', 'GET /subscribers/{id}/usage'],
    always: true,
    alike: true,
    common: (random) => ({ cut: random.chance(0.5) }),
    value(random, { cut }) {
      const seconds = random.chance(0.15) ? 60 * random.int(1, 9) : random.int(4, 1900);
      const record = (minutes: string) => object({ seconds: String(seconds), billedMinutes: minutes });
      const [right, wrong] = [
        Math.ceil(seconds / 60),
        cut ? Math.floor(seconds / 60) : Math.round(seconds / 60),
      ];
      return shown(record(json(String(right))), record(json(right)), record(json(wrong)));
    },
  },
  {
    name: 'ee_billed_minutes',
    why: 'Started minutes are billed in both; the number is a JSON number instead of text.',
  },
  {
    name: 'ee_started_minute_not_billed',
    critical: true,
    why: 'The last, started minute of a call is no longer billed in all cases.',
  },
);

const oracleDate = both(
  {
    fields: ['callStart', 'activatedAt', 'portedAt', 'START_DATE'],
    routes: ['GET /bills/{id}/calls', 'GET /subscribers/{id}/usage', 'GET /orders/{id}'],
    value(random) {
      const day = Day.any(random, 2015, 2025);
      const time = timeOfDay(random);
      const legacy = `${day.dd}-${months[day.month - 1]}-${day.yyyy.slice(2)} ${time.text}`;
      return shownJson(legacy, `${day.iso}T${time.text}`, `${day.iso}T00:00:00`);
    },
    alike: true,
  },
  {
    name: 'ee_oracle_date',
    why: 'The same second of the same day in ISO form.',
  },
  {
    name: 'ee_oracle_date_time_lost',
    critical: false,
    why: 'The time of day is lost: an Oracle DATE was read as a mere day, so all events are at midnight.',
  },
);

const countries = [
  { code: '44', mobile: ['7700', '7911', '7400'], rest: 6 },
  { code: '49', mobile: ['151', '160', '171'], rest: 8 },
  { code: '33', mobile: ['612', '698', '750'], rest: 6 },
] as const;
const international = both(
  {
    fields: ['msisdn', 'callerNumber', 'contactNumber'],
    routes: ['GET /subscribers/{id}', 'GET /subscribers/{id}/contact', 'GET /bills/{id}/calls'],
    always: true,
    common: (random) => ({ country: random.pick(countries), national: random.pick([0.15, 0.5, 0.9]) }),
    value(random, { country, national }) {
      const number = `${random.pick(country.mobile)}${random.digits(country.rest)}`;
      const right = `+${country.code}${number}`;
      return random.chance(national)
        ? shownJson(`0${number}`, right, `+${country.code}0${number}`)
        : { legacy: json(`00${country.code}${number}`), right: json(right) };
    },
    least: 12,
  },
  {
    name: 'ee_e164',
    why: 'The same numbers in international form: 00 became +, and the trunk zero gave way to the country.',
  },
  {
    name: 'ee_e164_trunk_zero',
    critical: true,
    why: 'Numbers kept with a trunk zero get the country in front of that zero, and no such subscriber exists.',
  },
);

const megabytes = bugOnly(
  {
    fields: ['dataRemainingMb', 'usedMb', 'allowanceMb'],
    clear: true,
    always: true,
    routes: ['GET /subscribers/{id}/usage', 'GET /subscribers/{id}/allowance'],
    value(random) {
      const bytes = minorUnits(random, 40_000_000, 60_000_000_000);
      const hundredths = (unit: number) => decimal(Math.round((bytes / unit) * 100), 2);
      return shown(hundredths(1_048_576), hundredths(1_048_576), hundredths(1_000_000));
    },
  },
  {
    name: 'ee_megabyte_of_1000',
    critical: true,
    why: 'Every volume is 4.86 % higher, as bytes are divided by 1000 x 1000 and not by 1024 x 1024: customers are charged for other volumes.',
  },
);

const namedZone = both(
  {
    fields: ['tariffChangeAt', 'validFrom', 'switchAt'],
    routes: ['GET /subscribers/{id}/contract', 'GET /tariffs/{id}'],
    always: true,
    value(random) {
      const summer = random.chance(0.5);
      const day = summer
        ? Day.of(random.int(2022, 2026), random.int(4, 9), random.int(1, 28))
        : Day.of(random.int(2022, 2026), random.pick([1, 2, 11, 12]), random.int(1, 28));
      const time = timeOfDay(random).text;
      return shownJson(
        `${day.iso} ${time} Europe/Berlin`,
        `${day.iso}T${time}+0${summer ? 2 : 1}:00`,
        `${day.iso}T${time}+01:00`,
      );
    },
    least: 10,
  },
  {
    name: 'ee_named_zone',
    why: "The zone's name became its offset on that day, in summer and in winter: the same moment.",
  },
  {
    name: 'ee_summer_time_ignored',
    critical: false,
    why: 'Berlin is given its winter offset in summer too, so half of the moments are an hour late.',
  },
);

export const families: Family[] = [
  ...emptyText,
  ...startedMinutes,
  ...oracleDate,
  ...international,
  megabytes,
  ...namedZone,
];
