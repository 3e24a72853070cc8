/** Bookings: postings in the ledger and appointments at the branch. */
import { coded } from '../code-table.ts';
import { defect, type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['dates', 'posting', 'booking'],
      value(random) {
        const booked = Day.any(random, 2021, 2025);
        const value = booked.plus(random.int(1, 4));
        const of = (a: string, b: string) => object({ bookingDate: json(a), valueDate: json(b) });
        const [a, b] = [booked.iso, value.iso];
        return shown(of(a.replaceAll('-', ''), b.replaceAll('-', '')), of(a, b), of(b, a));
      },
    },
    { name: 'j-booking-dates-dashed', why: 'The same two days with dashes.' },
    { name: 'j-booking-dates-swapped', critical: true, why: 'Booking day and value day changed places.' },
  ),
  ...coded(
    ['side', 'postingSide', 'SH_KZ'],
    [
      ['CR', 'CREDIT'],
      ['CR', 'CREDIT'],
      ['DR', 'DEBIT', 'CREDIT'],
    ],
    { name: 'j-booking-side-words', why: 'The abbreviations of debit and credit are written out.' },
    { name: 'j-booking-debit-is-credit', critical: true, why: 'Debits are answered as credits.' },
    2,
  ),
  ...twins(
    {
      fields: ['entryCount', 'numberOfBookings', 'ANZ_BUCH'],
      value(random) {
        const count = minorUnits(random, 20, 900);
        return shown(json(String(count).padStart(5, '0')), String(count), String(Math.min(count, 100)));
      },
      least: 3,
    },
    { name: 'j-booking-count-number', why: 'The same count without leading zeros.' },
    {
      name: 'j-booking-count-one-page',
      critical: false,
      why: 'Counts above a hundred are those of one page.',
    },
  ),
  ...twins(
    {
      fields: ['postings', 'lines', 'journal'],
      value(random) {
        const rows = Array.from({ length: random.int(2, 6) }, () => ({
          id: json(`B${random.digits(7)}`),
          units: minorUnits(random, 500, 800_000),
        }));
        const of = (form: (text: string) => string) =>
          rows.map(({ id, units }) => object({ id, amount: form(decimal(units, 2)) }));
        const right = of(String);
        return shown(list(of(json)), list(right), list([...right.slice(0, 1), ...right]));
      },
    },
    { name: 'j-booking-lines-numbers', why: 'The same postings, amounts without quotes.' },
    {
      name: 'j-booking-line-twice',
      critical: true,
      why: 'One posting, with the same number, is listed twice.',
    },
  ),
  ...twins(
    {
      fields: ['reversed', 'storno', 'cancelled'],
      least: 4,
      value: (random) =>
        random.chance(0.65)
          ? { legacy: '" "', right: 'false' }
          : { legacy: '"X"', right: 'true', wrong: 'false' },
    },
    { name: 'j-booking-reversal-boolean', why: 'A cross is true and a blank is false.' },
    { name: 'j-booking-reversal-ignored', critical: true, why: 'Reversed postings are answered as valid.' },
  ),
  ...twins(
    {
      fields: ['legs', 'splits', 'gegenbuchungen'],
      value(random) {
        const total = minorUnits(random, 2_000, 900_000);
        const part = random.int(100, total - 100);
        const of = (amounts: readonly number[], form: (units: number) => string) =>
          list(
            amounts.map((units, at) => object({ account: json(`${1200 + at * 10}`), amount: form(units) })),
          );
        const short = (units: number) => String(units / 100);
        return shown(
          of([-total, part, total - part], (units) => decimal(units, 2)),
          of([-total, part, total - part], short),
          of([total, part, total - part], short),
        );
      },
    },
    {
      name: 'j-booking-legs-short-decimals',
      why: 'The same legs without closing zeros; they still sum to zero.',
    },
    {
      name: 'j-booking-leg-sign-lost',
      critical: true,
      why: 'A leg lost its minus, so the legs do not sum to zero.',
    },
  ),
  ...twins<{ last: number }>(
    {
      fields: ['balanceAfter', 'runningBalance', 'newBalance'],
      least: 6,
      common: () => ({ last: 0 }),
      value(random, common) {
        const { last } = common;
        const units = minorUnits(random, 5_000, 900_000);
        common.last = units;
        return shown(String(units / 100), decimal(units, 2), decimal(last === 0 ? units : last, 2));
      },
    },
    { name: 'j-booking-balance-two-decimals', why: 'The same balance, always with two decimals.' },
    {
      name: 'j-booking-balance-of-request-before',
      critical: true,
      why: 'Balances are those of the request before, from a stale cache.',
    },
  ),
  ...twins(
    {
      fields: ['lineNumber', 'position', 'seq'],
      least: 3,
      value(random) {
        const line = random.int(1, 40);
        return shown(json(two(line)), String(line), String(line - 1));
      },
    },
    { name: 'j-booking-line-number', why: 'The same position without leading zero and quotes.' },
    {
      name: 'j-booking-line-from-zero',
      critical: false,
      why: 'Positions are counted from zero instead of one.',
    },
  ),
  defect(
    {
      fields: ['amount', 'postingAmount', 'BETRAG'],
      least: 10,
      value(random) {
        const text = decimal(minorUnits(random, 100, 900_000), 2);
        return { legacy: text, right: text, wrong: '0.00' };
      },
    },
    {
      name: 'j-booking-amount-zero',
      critical: true,
      why: 'Amounts that legacy has are zero: a default instead of the value.',
    },
  ),
];
