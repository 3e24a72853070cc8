/** Instants, times of day, weekdays and missing dates. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, object, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const recent = (random: Random): Day => Day.any(random, 2023, 2027);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['expiresAt', 'lastLogin', 'consentUntil', 'validTo'],
      value(random) {
        const seconds = Math.floor(recent(random).date.getTime() / 1_000) + random.int(0, 86_399);
        const write = (milliseconds: number) =>
          json(new Date(milliseconds).toISOString().replace(/\.\d+/, ''));
        return { legacy: `${seconds}`, right: write(seconds * 1_000), wrong: write(seconds) };
      },
    },
    {
      name: 'epoch_seconds_as_iso',
      why: 'The seconds since 1970 are the instant that the rewrite writes in ISO 8601.',
    },
    {
      name: 'epoch_seconds_taken_for_milliseconds',
      why: 'Seconds were read as milliseconds, which puts every instant into January 1970.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['branchHours', 'callbackWindow', 'openingHours'],
      value(random) {
        const [open, minute] = [random.int(7, 10), random.pick(['00', '15', '30', '45'])];
        const close = random.pick([12, 12, 13, 16, 18]);
        const write = (hour: number) =>
          object({ from: json(`${two(open)}:00`), to: json(`${two(hour)}:${minute}`) });
        const legacy = object({
          from: json(`${open}:00 AM`),
          to: json(`${close === 12 ? 12 : close - 12}:${minute} PM`),
        });
        return shown(legacy, write(close), write(close % 12 === 0 ? 0 : close));
      },
    },
    { name: 'afternoon_in_24_hours', why: 'Hours with AM and PM are the same times on the 24-hour clock.' },
    {
      name: 'noon_becomes_midnight',
      why: 'Half past twelve PM became half past midnight, before opening.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['interestDays', 'accrual', 'dayCount'],
      least: 3,
      value(random) {
        const from = recent(random);
        const days = random.int(5, 120);
        const members = { from: json(from.iso), to: json(from.plus(days).iso) };
        const write = (count: number) => object({ days: `${count}`, ...members });
        return {
          legacy: object({ ...members, days: `${days}` }),
          right: write(days),
          wrong: write(days + 1),
        };
      },
    },
    { name: 'accrual_days_first', why: 'From, to and days are the same, in another key order.' },
    {
      name: 'accrual_day_too_many',
      why: 'Both ends of the period are counted, one day of interest more than before.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['processedAt', 'eventTime', 'receivedAt'],
      least: 3,
      value(random) {
        const start = `${recent(random).iso}T${timeOfDay(random).text}`;
        const digits = random.pick(['5', '25', '12', '7', '48', '123', '904']);
        const write = (fraction: string) => json(`${start}.${fraction}Z`);
        return shown(write(digits), write(digits.padEnd(3, '0')), write(digits.padStart(3, '0')));
      },
    },
    { name: 'fraction_of_second_padded', why: 'Zeros after a decimal fraction of a second change nothing.' },
    {
      name: 'fraction_of_second_padded_in_front',
      why: 'Half a second became five milliseconds: the zeros went in front of the digits.',
      critical: false,
    },
  ),
  ...coded(
    ['executionDay', 'collectionWeekday', 'deliveryDay'],
    [
      ['MONDAY', 'Mon', 'Tue'],
      ['TUESDAY', 'Tue', 'Wed'],
      ['WEDNESDAY', 'Wed', 'Thu'],
      ['THURSDAY', 'Thu', 'Fri'],
      ['FRIDAY', 'Fri', 'Sat'],
    ],
    { name: 'weekday_abbreviated', why: 'Each weekday is abbreviated in English.' },
    {
      name: 'weekday_one_late',
      why: 'The week was counted from another first day, so each day moved by one.',
      critical: false,
    },
    4,
  ),
  ...twins(
    {
      fields: ['dueDate', 'terminatedOn', 'lastPaymentDate', 'overdueSince'],
      value(random) {
        const day = json(recent(random).iso);
        if (random.chance(0.5)) return { legacy: day, right: day };
        return { legacy: 'null', right: undefined, wrong: json('1970-01-01') };
      },
    },
    {
      name: 'no_date_left_out',
      why: 'No date is said by leaving the field out instead of null; every date is kept.',
    },
    {
      name: 'no_date_becomes_1970',
      why: 'Where legacy has no date the rewrite invents the first of January 1970.',
      critical: true,
    },
  ),
];
