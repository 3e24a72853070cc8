/** Accounts of a retail bank as a core system answers them: balances, limits, states, bookings. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const money = (units: number) => decimal(units, 2);

const moneyText = (units: number) => json(money(units));

const balances = twins(
  {
    fields: ['balances', 'accountBalance', 'saldo'],
    least: 2,
    value(random) {
      const booked = minorUnits(random, 50_000, 5_000_000);
      const available = booked - minorUnits(random, 500, 40_000);
      return shown(
        object({ booked: moneyText(booked), available: moneyText(available), currency: '"EUR"' }),
        object({ currency: '"EUR"', available: money(available), booked: money(booked) }),
        object({ currency: '"EUR"', available: money(booked), booked: money(available) }),
      );
    },
  },
  {
    name: 'balances_other_order',
    why: 'booked and available balance keep their amounts; members have no order and a decimal text became a number',
  },
  {
    name: 'booked_as_available',
    critical: true,
    why: 'the booked and the available balance changed places, so money can be spent that is not there',
  },
);

const states = coded(
  ['accountState', 'status', 'accountStatus'],
  [
    ['ACT', 'ACTIVE'],
    ['BLK', 'BLOCKED', 'ACTIVE'],
    ['SUS', 'SUSPENDED', 'ACTIVE'],
    ['CLO', 'CLOSED'],
    ['DOR', 'DORMANT'],
  ],
  { name: 'account_state_spelt_out', why: 'each abbreviation became the word that it abbreviates' },
  {
    name: 'blocked_account_active',
    critical: true,
    why: 'a blocked or suspended account (BLK, SUS) is answered as ACTIVE',
  },
  3,
);

const bookings = twins(
  {
    fields: ['bookings', 'transactions', 'umsaetze'],
    least: 2,
    value(random) {
      let day = Day.any(random, 2024, 2026);
      const lines = Array.from({ length: random.int(2, 6) }, () => {
        day = day.plus(-random.int(0, 3));
        return { day, units: (random.chance(0.3) ? 1 : -1) * minorUnits(random, 200, 300_000) };
      });
      const old = lines.map(({ day: at, units }) =>
        object({ date: json(`${at.dd}.${at.mm}.${at.yyyy}`), amount: moneyText(units) }),
      );
      const now = lines.map(({ day: at, units }) => object({ date: json(at.iso), amount: moneyText(units) }));
      return shown(list(old), list(now), list(now.slice(0, -1)));
    },
  },
  {
    name: 'bookings_iso_dates',
    why: 'the same bookings in the same order, only their dates are written in ISO 8601',
  },
  {
    name: 'last_booking_missing',
    critical: true,
    why: 'the last booking of the list is missing in the rewrite',
  },
);

const directions = twins(
  {
    fields: ['movement', 'postedAmount', 'entry'],
    value(random) {
      const [short, word, other] = random.pick([
        ['DR', 'DEBIT', 'CREDIT'],
        ['DR', 'DEBIT', 'CREDIT'],
        ['CR', 'CREDIT', 'CREDIT'],
      ] as const);
      const amount = money(minorUnits(random, 100, 2_000_000));
      const entry = (direction: string) => object({ amount, direction: json(direction) });
      return shown(json(`${amount} ${short}`), entry(word), entry(other));
    },
  },
  { name: 'debit_mark_spelt_out', why: 'DR and CR stand for debit and credit; the amount is the same' },
  { name: 'debit_as_credit', critical: true, why: 'a debit (DR) is answered as a credit' },
);

const limits = twins(
  {
    fields: ['limits', 'cardLimits', 'transferLimits'],
    value(random) {
      const single = random.int(2, 20) * 50;
      const daily = single + random.int(1, 8) * 250;
      const monthly = daily * random.int(3, 6);
      const row = (type: string, amount: number) => object({ type: json(type), amount: `${amount}` });
      const map = (one: number, day: number) =>
        object({ MONTHLY: `${monthly}`, DAILY: `${day}`, SINGLE: `${one}` });
      return shown(
        list([row('SINGLE', single), row('DAILY', daily), row('MONTHLY', monthly)]),
        map(single, daily),
        random.chance(0.5) ? map(daily, single) : map(monthly, daily),
      );
    },
  },
  { name: 'limits_by_type', why: 'the list of limits became a map by their type with the same amounts' },
  {
    name: 'limit_of_other_type',
    critical: true,
    why: 'the limit of one type is answered as that of another type',
  },
);

const daily = twins(
  {
    fields: ['dailyBalances', 'balanceHistory', 'history'],
    value(random) {
      const first = Day.any(random, 2025, 2026);
      let units = minorUnits(random, 50_000, 900_000);
      const amounts = Array.from({ length: random.int(3, 7) }, () => {
        units += random.int(1, 9_000) * (random.chance(0.6) ? -1 : 1);
        return money(units);
      });
      const days = amounts.map((_, at) => first.plus(at).iso);
      const rows = (shift: number) =>
        list(
          days.map((day, at) =>
            object({ day: json(day), balance: amounts[Math.max(0, at - shift)] ?? '0.00' }),
          ),
        );
      return shown(
        object(Object.fromEntries(days.map((day, at) => [day, amounts[at] ?? '0.00']))),
        rows(0),
        rows(1),
      );
    },
  },
  { name: 'daily_balances_as_rows', why: 'the map from day to balance became rows that hold the same pairs' },
  {
    name: 'daily_balances_a_day_late',
    critical: true,
    why: 'each balance stands at the day after its own, so a day shows another day’s money',
  },
);

const available = twins(
  {
    fields: ['funds', 'account', 'overdraft'],
    value(random) {
      const balance = random.int(-45_000, 300_000);
      const line = random.int(1, 10) * 50_000;
      const all = (write: (units: number) => string, sum: number) =>
        object({ balance: write(balance), creditLine: write(line), available: write(sum) });
      return shown(all(moneyText, balance + line), all(money, balance + line), all(money, balance));
    },
  },
  {
    name: 'funds_as_numbers',
    why: 'balance, credit line and their sum are the same amounts, written as numbers',
  },
  {
    name: 'available_without_credit_line',
    critical: true,
    why: 'the available amount leaves out the credit line that stands beside it',
  },
);

export const families: readonly Family[] = [
  ...balances,
  ...states,
  ...bookings,
  ...directions,
  ...limits,
  ...daily,
  ...available,
];
