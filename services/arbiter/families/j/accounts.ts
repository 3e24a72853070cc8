/** Current and savings accounts: balances, holders, numbers, states. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import {
  Day,
  decimal,
  givenNames,
  grouped,
  json,
  list,
  minorUnits,
  object,
  surnames,
} from '../kit-values.ts';
import { shown } from '../shown.ts';

const german = (day: Day) => `${day.dd}.${day.mm}.${day.yyyy}`;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['balance', 'bookedBalance', 'acctBal'],
      value(random) {
        const units = minorUnits(random) * (random.chance(0.35) ? -1 : 1);
        return shown(String(units / 100), decimal(units, 2), decimal(Math.abs(units), 2));
      },
    },
    { name: 'j-account-balance-two-decimals', why: 'The same balance is written with two decimals always.' },
    {
      name: 'j-account-overdraft-positive',
      critical: true,
      why: 'An overdrawn account is answered with a positive balance.',
    },
  ),
  ...twins(
    {
      fields: ['balance', 'closingBalance', 'SALDO'],
      value(random) {
        const text = decimal(minorUnits(random, 2_000, 90_000_000), 2);
        const shownText = grouped(text, ',');
        const cut = shownText.includes(',') ? shownText.split(',')[0]! : text;
        return shown(json(shownText), text, cut);
      },
    },
    { name: 'j-account-balance-from-text', why: 'The grouped text and the number are the same amount.' },
    {
      name: 'j-account-balance-cut-at-comma',
      critical: true,
      why: 'Parsing stopped at the thousands separator, so thousands became units.',
    },
  ),
  ...twins(
    {
      fields: ['balances', 'account', 'position'],
      value(random) {
        const booked = minorUnits(random, 1_000, 4_000_000);
        const limit = random.pick([0, 50_000, 100_000, 250_000]);
        const members = (available: number) => ({
          available: decimal(available, 2),
          booked: decimal(booked, 2),
          creditLine: decimal(limit, 2),
        });
        const { available, ...rest } = members(booked + limit);
        const legacy = object({ ...rest, available });
        const right = object(members(booked + limit));
        return limit === 0 ? { legacy, right } : { legacy, right, wrong: object(members(booked)) };
      },
    },
    {
      name: 'j-account-balances-members-sorted',
      why: 'The same three amounts stand in another order of members.',
    },
    {
      name: 'j-account-available-without-credit-line',
      critical: true,
      why: 'What the customer may spend lacks the credit line that legacy adds.',
    },
  ),
  ...twins(
    {
      fields: ['openedOn', 'openingDate', 'EROEFF_DAT'],
      least: 4,
      value(random) {
        const day = Day.any(random);
        const swapped = day.day <= 12 ? `${day.yyyy}-${day.dd}-${day.mm}` : day.iso;
        return shown(json(german(day)), json(day.iso), json(swapped));
      },
    },
    { name: 'j-account-opened-iso', why: 'The same day in ISO notation instead of day.month.year.' },
    {
      name: 'j-account-opened-month-day-swapped',
      critical: false,
      why: 'Days up to the twelfth are read as months, other days show the order.',
    },
  ),
  ...coded(
    ['status', 'accountStatus', 'state'],
    [
      ['ACT', 'ACTIVE'],
      ['ACT', 'ACTIVE'],
      ['CLO', 'CLOSED'],
      ['BLK', 'BLOCKED', 'ACTIVE'],
      ['DOR', 'DORMANT', 'CLOSED'],
    ],
    { name: 'j-account-status-words', why: 'Each abbreviation became its own full word.' },
    {
      name: 'j-account-blocked-is-active',
      critical: true,
      why: 'A blocked account is answered as active, or a dormant one as closed.',
    },
    6,
  ),
  ...twins(
    {
      fields: ['holder', 'accountHolder', 'KTO_INH'],
      value(random) {
        const person = () => `${random.pick(surnames)} ${random.pick(givenNames)}`.toUpperCase();
        const name = random.chance(0.5) ? person() : `${person()} AND ${person()}`;
        return shown(json(name.padEnd(40)), json(name), json(name.slice(0, 20).trimEnd()));
      },
    },
    { name: 'j-account-holder-trimmed', why: 'Only the filling blanks of the fixed-width field are gone.' },
    {
      name: 'j-account-holder-cut',
      critical: false,
      why: 'Joint holders are cut off after twenty characters.',
    },
  ),
  ...twins(
    {
      fields: ['accruedInterest', 'interest', 'zinsen'],
      least: 5,
      value(random) {
        const units = minorUnits(random, 20, 400_000);
        const noise = String(units / 100 + (units / 100) * 3e-16 * random.int(1, 3));
        return shown(decimal(units, 2), noise, decimal(units - 1, 2));
      },
    },
    {
      name: 'j-account-interest-float',
      why: 'The digits differ only by the noise of binary floating point.',
    },
    {
      name: 'j-account-interest-cent-short',
      critical: true,
      why: 'Interest is a cent lower than legacy credited.',
    },
  ),
  ...twins(
    {
      fields: ['accountNumber', 'contractNo', 'kontonummer'],
      value(random) {
        const number = `${random.int(1, 9)}${random.digits(17)}`;
        return shown(json(number), number, String(BigInt(Number(number))));
      },
    },
    { name: 'j-account-number-as-number', why: 'All eighteen digits are the same, without quotes.' },
    {
      name: 'j-account-number-past-double',
      critical: true,
      why: 'The last digits of the account number were rounded by a double.',
    },
  ),
  ...twins(
    {
      fields: ['transactions', 'entries', 'umsaetze'],
      value(random) {
        const rows = Array.from({ length: random.int(3, 18) }, () => ({
          day: Day.any(random, 2024, 2024),
          amount: minorUnits(random, 100, 300_000) * (random.chance(0.6) ? -1 : 1),
        })).sort((a, b) => b.day.epochDay - a.day.epochDay);
        const legacy = list(
          rows.map(({ day, amount }) => object({ d: json(day.iso), amt: decimal(amount, 2) })),
        );
        const right = rows.map(({ day, amount }) => object({ d: json(day.iso), amt: String(amount / 100) }));
        return rows.length > 10
          ? { legacy, right: list(right), wrong: list(right.slice(0, 10)) }
          : { legacy, right: list(right) };
      },
    },
    { name: 'j-account-entries-short-decimals', why: 'The same entries, amounts without closing zeros.' },
    {
      name: 'j-account-entries-first-ten',
      critical: true,
      why: 'Only the first ten entries are listed where legacy has more.',
    },
  ),
];
