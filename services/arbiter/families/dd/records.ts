/** Mainframe records and files: signed digits, packed dates, epochs of old systems, CSV, YAML, schedules. */
import { companies, Day, decimal, json, minorUnits, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, only, padded, pair } from './domain.ts';

const routes = [
  'POST /batch/records',
  'GET /ledger/{account}/{period}',
  'POST /cics/TXN1',
  'GET /extracts/{file}',
];

const overpunch = pair(
  routes,
  {
    fields: ['balance', 'WS-AMT', 'saldo'],
    value(random) {
      const units = minorUnits(random, 100, 90_000_000);
      const negative = random.chance(0.4);
      const digits = padded(units, 11);
      const last = (negative ? '}JKLMNOPQR' : '{ABCDEFGHI')[units % 10]!;
      const legacy = json(digits.slice(0, -1) + last);
      return shown(legacy, json(decimal(negative ? -units : units, 2)), json(decimal(units, 2)));
    },
  },
  {
    name: 'dd_overpunched_amount_read',
    why: 'The last character of a zoned number holds its digit and sign: { and A to I plus, } and J to R minus.',
  },
  {
    name: 'dd_overpunched_sign_lost',
    why: 'Amounts that end in } or J to R are negative, but come out positive: debts became credits.',
    critical: true,
  },
);

const julian = pair(
  routes,
  {
    fields: ['valueDate', 'CYYDDD', 'effective'],
    value(random) {
      const leap = random.chance(0.5);
      const day = leap
        ? Day.of(random.pick([1996, 2000, 2004, 2016, 2020, 2024]), 1, 1).plus(random.int(0, 365))
        : Day.any(random, 1994, 2026);
      const isLeap = day.year % 4 === 0;
      const right = day.iso;
      const legacy = (day.year - 1900) * 1000 + day.ordinal;
      const wrong = isLeap && day.ordinal >= 60 && day.ordinal < 366 ? day.plus(1).iso : right;
      return shownJson(legacy, right, wrong);
    },
  },
  {
    name: 'dd_century_and_day_of_year',
    why: 'CYYDDD counts years from 1900 and days of the year, and gives just this calendar day.',
  },
  {
    name: 'dd_day_of_year_without_leap_day',
    why: 'Days from 29 February on in leap years come out a day late, as if February always had 28 days.',
    critical: true,
  },
);

const horolog = pair(
  ['GET /lab/results/{id}', 'POST /vista/orders', 'GET /admissions/{id}'],
  {
    fields: ['$H', 'horolog', 'MUMPS_TIME'],
    clear: true,
    value(random) {
      const [day, seconds] = [Day.any(random, 1998, 2026), random.int(0, 86_399)];
      const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
      return shownJson(
        `${day.epochDay + 47_117},${seconds}`,
        `${day.iso}T${clock}`,
        `${day.plus(1).iso}T${clock}`,
      );
    },
  },
  {
    name: 'dd_mumps_horolog_as_time',
    why: 'MUMPS counts days from 31 December 1840 as day 0 and seconds from midnight: the same moment.',
  },
  {
    name: 'dd_mumps_horolog_day_late',
    why: 'The days were counted from 1 January 1841 as day 0, so all samples are dated a day too late.',
    critical: true,
  },
);

const csv = pair(
  ['GET /extracts/{file}', 'POST /exports', 'GET /reports/{id}.csv'],
  {
    fields: ['line', 'csvRow', 'record'],
    value(random) {
      const [name, town] = [random.pick(companies), random.pick(['Leeds', 'Porto', 'Graz', 'Ghent'])];
      const customer = random.chance(0.6) ? `${name}, ${town}` : name;
      const [number, amount] = [random.digits(6), decimal(minorUnits(random), 2)];
      const row = (cells: readonly string[]) => json(cells.join(','));
      const quoted = customer.includes(',') ? `"${customer}"` : customer;
      return shown(
        row([`"${number}"`, `"${customer}"`, `"${amount}"`]),
        row([number, quoted, amount]),
        row([number, customer, amount]),
      );
    },
  },
  {
    name: 'dd_csv_quotes_where_needed',
    why: 'In CSV, quotes around a cell without a comma mean nothing; cells with one are still quoted.',
  },
  {
    name: 'dd_csv_comma_unquoted',
    why: 'A cell with a comma lost its quotes, so the row has a column too many and the amount is in the wrong one.',
    critical: true,
  },
);

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const cron = pair(
  ['GET /jobs/{name}', 'POST /scheduler/jobs', 'GET /backups/plan'],
  {
    fields: ['schedule', 'cron', 'runAt'],
    value(random) {
      const [minute, hour] = [random.pick([0, 15, 30, 45]), random.int(0, 23)];
      const [from, to] = random.pick([
        [1, 5],
        [0, 0],
        [6, 6],
        [5, 5],
        [2, 6],
        [1, 1],
        [3, 3],
      ] as const);
      const text = (shift: number) => {
        const day = (value: number) => weekdays[(value + shift) % 7];
        return json(`${minute} ${hour} * * ${from === to ? day(from) : `${day(from)}-${day(to)}`}`);
      };
      return shown(json(`${minute} ${hour} * * ${from === to ? from : `${from}-${to}`}`), text(0), text(6));
    },
  },
  {
    name: 'dd_cron_days_by_name',
    why: 'In a crontab of five fields 0 is Sunday and 1 Monday, which the rewrite gives by name.',
  },
  {
    name: 'dd_cron_days_counted_from_one',
    why: 'The numbers were read as in Quartz, where 1 is Sunday: every job runs a day too early.',
    critical: false,
  },
);

const yaml = broken(
  ['GET /config/{service}', 'POST /deployments', 'GET /tenants/{id}/config'],
  {
    fields: ['configText', 'tenantConfig', 'manifest'],
    value(random) {
      const [country, currency] = random.pick([
        ['NO', 'NOK'],
        ['NO', 'NOK'],
        ['SE', 'SEK'],
        ['DK', 'DKK'],
        ['FI', 'EUR'],
      ] as const);
      const port = random.int(8000, 8999);
      const text = (of: string) => json(`country: ${of}\ncurrency: ${currency}\nport: ${port}\n`);
      const legacy = json(`{"country": "${country}", "currency": "${currency}", "port": ${port}}`);
      return country === 'NO' ? shown(legacy, text('"NO"'), text('false')) : { legacy, right: text(country) };
    },
  },
  {
    name: 'dd_config_norway_is_false',
    why: 'The country code NO was taken for a boolean, so Norway is answered as false.',
    critical: false,
  },
);

const recurrence = only(
  ['GET /calendar/events/{id}', 'POST /home-care/visits', 'GET /standing-orders/{id}'],
  {
    fields: ['rrule', 'recurrence', 'series'],
    value(random) {
      const days = random.shuffled(['MO', 'TU', 'WE', 'TH', 'FR']).slice(0, random.int(1, 3));
      const [count, interval] = [random.int(4, 52), random.pick([1, 1, 2, 3])];
      return {
        legacy: json(`FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${days.join(',')};COUNT=${count}`),
        right: json(
          `FREQ=WEEKLY;COUNT=${count};${interval === 1 ? '' : `INTERVAL=${interval};`}BYDAY=${[...days].sort().join(',')}`,
        ),
      };
    },
  },
  {
    name: 'dd_recurrence_rule_reordered',
    why: 'The parts of an iCalendar rule and its days have no order, and an interval of 1 is the default.',
  },
);

const permissions = broken(
  ['GET /files/{id}/stat', 'GET /sftp/{partner}/listing', 'GET /shares/{name}'],
  {
    fields: ['mode', 'permissions', 'acl'],
    value(random) {
      const bits = [random.pick([6, 7]), random.pick([4, 5, 6]), random.pick([0, 0, 4])];
      const letters = (bit: number) => `${bit & 4 ? 'r' : '-'}${bit & 2 ? 'w' : '-'}${bit & 1 ? 'x' : '-'}`;
      const [owner, group] = bits;
      return shownJson(`-${bits.map(letters).join('')}`, `0${bits.join('')}`, `0${owner}${group}${group}`);
    },
  },
  {
    name: 'dd_file_open_to_everybody',
    why: 'The rights of all others were made equal to those of the group: everybody may read the file.',
    critical: true,
  },
);

const people = [
  'Müller Anna',
  'Jørgensen Lars',
  'Lefèvre Chloé',
  'Smith James',
  'Rossi Paul',
  'Peña José',
  'Novak Olga',
];
const fixed = pair(
  routes,
  {
    fields: ['record', 'WS-OUT-REC', 'bookingLine'],
    value(random) {
      const name = random.pick(people);
      const text = `${random.digits(10)}${name.padEnd(24)}${padded(minorUnits(random), 11)}${Day.any(random, 2015, 2026).iso.replaceAll('-', '')}`;
      const bytes = Buffer.from(`${text}  `);
      const parts = (part: (from: number, to: number) => string) => ({
        account: part(0, 10),
        name: part(10, 34).trim(),
        amount: decimal(Number(part(34, 45)), 2),
        date: part(45, 53),
      });
      return shownJson(
        text,
        parts((from, to) => text.slice(from, to)),
        parts((from, to) => bytes.toString('utf8', from, to)),
      );
    },
  },
  {
    name: 'dd_record_columns_named',
    why: 'The columns of the fixed-width record (10, 24, 11 and 8 characters) stand in members of their own, unchanged.',
  },
  {
    name: 'dd_record_shifted_by_accents',
    why: 'The record was cut by bytes, so after accented letters the amount loses its last digits to the date.',
    critical: true,
  },
);

export const families = [
  ...fixed,
  ...overpunch,
  ...julian,
  ...horolog,
  ...csv,
  ...cron,
  ...yaml,
  ...recurrence,
  ...permissions,
];
