/** Account statements: entries, booking texts, balances and marks. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import {
  cities,
  companies,
  currencies,
  Day,
  decimal,
  json,
  list,
  minorUnits,
  object,
} from '../kit-values.ts';
import { shown } from '../shown.ts';

const running = twins(
  {
    fields: ['entries', 'statementLines', 'transactions'],
    value(random) {
      const opening = minorUnits(random, 10_000, 2_000_000);
      let balance = opening;
      const rows = Array.from({ length: random.int(2, 5) }, () => {
        const amount = minorUnits(random, 100, 200_000) * (random.chance(0.7) ? -1 : 1);
        balance += amount;
        return { amount, balance };
      });
      const modern = (start: number) =>
        list(
          rows.map((row) =>
            object({ amount: decimal(row.amount, 2), balance: decimal(row.balance - start, 2) }),
          ),
        );
      const legacy = rows.map((row) =>
        object({ AMT: json(decimal(row.amount, 2)), BAL: json(decimal(row.balance, 2)) }),
      );
      return shown(list(legacy), modern(0), modern(opening));
    },
  },
  {
    name: 'o_running_balance_numbers',
    why: 'Each entry has the same amount and the same running balance, as numbers.',
  },
  {
    name: 'o_running_balance_from_zero',
    why: 'The amounts agree, but the running balances start at zero and leave out the opening balance.',
    critical: true,
  },
);

const bookingText = twins(
  {
    fields: ['bookingText', 'remittance', 'purposeLines'],
    value(random) {
      const first = random.pick(['SEPA DIRECT DEBIT', 'CARD PAYMENT', 'STANDING ORDER', 'CREDIT TRANSFER']);
      const second = random.pick(companies).toUpperCase();
      const third = `INV ${random.digits(7)} ${random.pick(cities).toUpperCase()}`;
      const padded = [first, second, third].map((line) => line.padEnd(27)).join('');
      return shown(json(padded), json(`${first} ${second} ${third}`), json(`${first} ${second}`));
    },
  },
  {
    name: 'o_booking_lines_joined',
    why: 'The three padded lines of 27 characters are joined by single blanks, word for word.',
  },
  {
    name: 'o_booking_third_line_lost',
    why: 'The third line with the invoice number of the payer is missing in modern.',
    critical: false,
  },
);

const valueDate = twins(
  {
    fields: ['dates', 'entryDates', 'posting'],
    value(random) {
      const booked = Day.any(random, 2021, 2026);
      const valued = booked.plus(random.chance(0.3) ? 0 : random.int(1, 4));
      const compact = (day: Day) => json(day.iso.replaceAll('-', ''));
      const modern = (second: Day) => object({ bookingDate: json(booked.iso), valueDate: json(second.iso) });
      const legacy = object({ BOOK_DT: compact(booked), VALUE_DT: compact(valued) });
      return shown(legacy, modern(valued), modern(booked));
    },
  },
  { name: 'o_value_date_iso', why: 'Booking date and value date are the same days, with hyphens.' },
  {
    name: 'o_value_date_is_booking_date',
    why: 'Modern answers the booking date as value date, so interest runs from another day.',
    critical: true,
  },
);

const swiftAmount = twins(
  {
    fields: ['amount', 'transactionAmount', 'tag32A', 'closingBalance'],
    value(random) {
      const currency = random.pick(currencies);
      const whole = minorUnits(random, 3, 90_000);
      const fraction = random.pick(['', String(random.int(1, 9)), `${random.int(0, 9)}${random.int(1, 9)}`]);
      const modern = (cents: string) => object({ currency: json(currency), amount: `${whole}.${cents}` });
      return shown(
        json(`${currency}${whole},${fraction}`),
        modern(fraction.padEnd(2, '0')),
        modern(fraction.padStart(2, '0')),
      );
    },
  },
  {
    name: 'o_swift_amount_split',
    why: 'The SWIFT amount with its decimal comma (and no trailing zeros) is the same sum and currency.',
  },
  {
    name: 'o_swift_tenths_as_cents',
    why: 'One digit after the decimal comma is tenths; modern takes ",5" for 0.05.',
    critical: true,
  },
);

const marks = new Map([
  ['C', ['CREDIT', 'CREDIT']],
  ['D', ['DEBIT', 'DEBIT']],
  ['RC', ['REVERSAL_OF_CREDIT', 'CREDIT']],
  ['RD', ['REVERSAL_OF_DEBIT', 'DEBIT']],
] as const);

const reversals = twins(
  {
    fields: ['debitCreditMark', 'dcMark', 'mt940Mark'],
    clear: true,
    least: 4,
    value(random) {
      const [mark, [right, wrong]] = random.pick([...marks]);
      return shown(json(mark), json(right), json(wrong));
    },
  },
  { name: 'o_reversal_marks_spelled', why: 'The four debit and credit marks of an MT940 are spelled out.' },
  {
    name: 'o_reversal_taken_for_original',
    why: 'RC and RD reverse a booking; modern reports them as that booking itself, with the opposite sign of what happened.',
    critical: true,
  },
);

const balanceTypes = coded(
  ['balanceType', 'balTp', 'kindOfBalance'],
  [
    ['OPBD', 'openingBooked'],
    ['CLBD', 'closingBooked'],
    ['CLAV', 'closingAvailable', 'closingBooked'],
    ['FWAV', 'forwardAvailable', 'openingBooked'],
  ],
  { name: 'o_camt_balance_types', why: 'The ISO 20022 codes of balances are written as their names.' },
  {
    name: 'o_available_taken_for_booked',
    why: 'CLAV and FWAV are available balances; modern calls them booked ones.',
    critical: true,
  },
  3,
);

const pageSize = 100;
const entryCount = twins(
  {
    fields: ['numberOfEntries', 'entryCount', 'noOfTxns'],
    least: 6,
    value(random) {
      const count = minorUnits(random, 4, 900);
      return shown(json(String(count).padStart(5, '0')), String(count), String(Math.min(count, pageSize)));
    },
  },
  { name: 'o_entry_count_unpadded', why: 'The same count without leading zeros.' },
  {
    name: 'o_entry_count_of_first_page',
    why: 'Counts above one hundred are answered as exactly one hundred, the size of a page.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...running,
  ...bookingText,
  ...valueDate,
  ...swiftAmount,
  ...reversals,
  ...balanceTypes,
  ...entryCount,
];
