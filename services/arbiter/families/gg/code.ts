/** Business code in another language: what arithmetic, texts and calendars do there. */

import { luhn } from '../check-digits.ts';
import type { Family } from '../kit.ts';
import { Day, decimal, grouped, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, pair, person, same } from './parts.ts';

const dotted = (day: Day): string => `${day.dd}.${day.mm}.${day.yyyy}`;
const overpunch = (value: number, width: number): string => {
  const digits = String(Math.abs(value)).padStart(width, '0');
  return digits.slice(0, -1) + (value < 0 ? '}JKLMNOPQR' : '{ABCDEFGHI')[Number(digits.at(-1))];
};
const minorDigits: Readonly<Record<string, number>> = { EUR: 2, USD: 2, JPY: 0, KWD: 3, GBP: 2, KRW: 0 };

export const families: readonly Family[] = [
  ...pair(
    ['GET /cards/{id}', 'GET /orders/{id}/payment'],
    {
      fields: ['cardNumber', 'maskedPan', 'paymentCard'],
      always: true,
      value(random) {
        const amex = random.chance(0.3);
        const payload = amex
          ? `37${random.digits(12)}`
          : `${random.pick(['4', '51', '53'])}${random.digits(14)}`.slice(0, 15);
        const pan = payload + luhn(payload);
        const legacy = `${'*'.repeat(pan.length - 4)}${pan.slice(-4)}`;
        const right = amex ? `XXXX XXXXXX X${pan.slice(-4)}` : `XXXX XXXX XXXX ${pan.slice(-4)}`;
        return shownJson(legacy, right, amex ? pan : right);
      },
    },
    ['card_mask_style', 'Another mask around the same last four digits.'],
    ['amex_unmasked', 'The mask expects 16 digits, so cards of 15 digits are shown in full.', 'critical'],
  ),
  ...pair(
    ['POST /ws/LedgerService', 'GET /ledger/{id}'],
    {
      fields: ['BETRAG', 'WS-AMOUNT', 'amount'],
      always: true,
      value(random) {
        const cents = minorUnits(random, 500, 9_000_000) * (random.chance(0.4) ? -1 : 1);
        return shown(json(overpunch(cents, 9)), decimal(cents, 2), decimal(Math.abs(cents), 2));
      },
    },
    ['zoned_decimal_decoded', 'The overpunched last digit holds the sign and a digit; both were read.'],
    [
      'zoned_sign_lost',
      'The digit of the overpunch was read but not its sign, so debits became credits.',
      'critical',
    ],
  ),
  ...pair(
    ['POST /payments', 'GET /payments/{id}', 'GET /quotes/{id}'],
    {
      fields: ['amount', 'instructedAmount', 'total'],
      always: true,
      least: 12,
      value(random) {
        const currency = random.pick(['EUR', 'USD', 'JPY', 'KWD', 'GBP', 'EUR', 'KRW']);
        const minor = minorUnits(random, 400, 9_000_000);
        const as = (amount: string) => object({ currency: json(currency), value: json(amount) });
        const legacy = object({ currency: json(currency), minorUnits: String(minor) });
        return shown(legacy, as(decimal(minor, minorDigits[currency] ?? 2)), as(decimal(minor, 2)));
      },
    },
    [
      'minor_units_to_decimal',
      'Minor units became decimals, by the number of decimals that each currency has.',
    ],
    [
      'every_currency_has_cents',
      'All currencies are divided by 100: yen, won and dinar are wrong by 100 or 10.',
      'critical',
    ],
  ),
  ...same(
    ['GET /carts/{id}', 'POST /quotes'],
    {
      fields: ['subtotal', 'sum', 'cartTotal'],
      value(random) {
        const parts = Array.from({ length: random.int(2, 6) }, () => random.int(5, 9000));
        const sum = parts.reduce((total, part) => total + part, 0);
        return {
          legacy: decimal(sum, 2),
          right: String(parts.reduce((total, part) => total + part / 100, 0)),
        };
      },
    },
    [
      'double_sum_dust',
      'The sum is made of doubles and differs from the exact one beyond the tenth decimal.',
    ],
  ),
  ...broken(
    ['GET /carts/{id}', 'POST /payments', 'GET /invoices/{number}'],
    {
      fields: ['subtotal', 'sum', 'grossAmount'],
      always: true,
      least: 12,
      value(random) {
        const text = decimal(minorUnits(random, 100, 200_000), 2);
        return shown(text, String(Number(text)), String(Math.trunc(Number(text) * 100) / 100));
      },
    },
    [
      'cents_by_truncation',
      'Cents are (int)(x * 100): where the double lies just below, one cent is gone, as in 19.99 to 19.98.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /contracts/{id}', 'GET /loans/{id}/schedule'],
    {
      fields: ['nextDueDate', 'dueDate', 'nextInstalmentOn'],
      always: true,
      value(random) {
        const [year, month] = [random.int(2022, 2026), random.int(1, 12)];
        const day = random.pick([1, 15, 28, 29, 30, 31]);
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const right = Day.of(year, month, Math.min(day, last));
        return shownJson(dotted(right), right.iso, Day.of(year, month, day).iso);
      },
    },
    ['due_date_iso', 'The same days, written as ISO dates.'],
    [
      'month_end_overflows',
      'A month without a 31st, or February, spills over: what was due on the last day is due in the next month.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /policies/{id}', 'GET /bookings/{id}'],
    {
      fields: ['validUntil', 'expiryDate', 'travelDate'],
      always: true,
      value(random) {
        const day = random.chance(0.3)
          ? Day.of(random.pick([2024, 2025]), 12, random.pick([29, 30, 31]))
          : Day.any(random, 2023, 2025);
        const thursday = day.plus(3 - ((day.date.getUTCDay() + 6) % 7));
        return shownJson(`${day.dd}/${day.mm}/${day.yyyy}`, day.iso, `${thursday.yyyy}-${day.mm}-${day.dd}`);
      },
    },
    ['slashed_date_iso', 'Day, month and year are the same, in the order of ISO 8601.'],
    [
      'week_year_pattern',
      'The pattern YYYY prints the year of the week, so days around New Year are a year off.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /departures/{id}', 'GET /appointments/{id}', 'GET /medication/{id}'],
    {
      fields: ['departureTime', 'startTime', 'intakeTime'],
      always: true,
      value(random) {
        const [hour, minute] = [random.int(6, 22), random.int(0, 11) * 5];
        const twelve = two(hour % 12 === 0 ? 12 : hour % 12);
        return shownJson(`${hour}.${two(minute)}`, `${two(hour)}:${two(minute)}`, `${twelve}:${two(minute)}`);
      },
    },
    ['time_of_day_colon', 'The same time of the day with a colon and two digits for the hour.'],
    [
      'twelve_hour_pattern',
      'hh prints hours of 12 without am or pm, so every afternoon became a morning.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /insured/{id}', 'GET /patients/{id}', 'POST /ws/PersonService'],
    {
      fields: ['birthDate', 'dateOfBirth', 'GEBDAT'],
      always: true,
      common: () => 68,
      value(random, pivot) {
        const day = Day.any(random, 1931, 2019);
        const short = day.yyyy.slice(2);
        if (day.year < 2000 && Number(short) <= 25)
          return shownJson(`${day.dd}.${day.mm}.${day.yyyy}`, day.iso, day.iso);
        const guessed = Number(short) <= pivot ? `20${short}` : `19${short}`;
        return shownJson(`${day.dd}.${day.mm}.${short}`, day.iso, `${guessed}-${day.mm}-${day.dd}`);
      },
    },
    [
      'birth_century_added',
      'Two digits of a year of birth in the past have one century, and that one was added.',
    ],
    [
      'birth_in_the_future',
      'The pivot of the new library puts births before 1969 into the years to come.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /offers/{id}', 'POST /ws/PriceService'],
    {
      fields: ['price', 'annualPremium', 'total'],
      always: true,
      value(random) {
        const plain = decimal(minorUnits(random, 500, 50_000_000), 2);
        const legacy = json(grouped(plain, '.', ','));
        return shown(legacy, plain, legacy.includes('.') ? legacy.slice(1).split(',')[0]! : plain);
      },
    },
    ['continental_number', 'Points group thousands and a comma starts the cents; the number is the same.'],
    [
      'group_point_is_decimal',
      'Parsed by the rules of another country, 12.345,67 became 12.345: a thousandth.',
      'critical',
    ],
  ),
  ...same(
    ['GET /teams/{id}', 'GET /orders/{id}'],
    {
      fields: ['members', 'recipients', 'contacts'],
      value(random) {
        const names = [...new Set(Array.from({ length: random.int(1, 4) }, () => person(random)))];
        const items = names.map((name) => json(name));
        return { legacy: items.length === 1 ? items[0]! : list(items), right: list(items) };
      },
    },
    ['single_element_unwrapped', 'XML to JSON unwraps a list of one element; a list of one says the same.'],
  ),
];
