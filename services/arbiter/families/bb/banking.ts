/** Banks: references, statement lines, interest days, cards, standing orders. */
import { luhn } from '../check-digits.ts';
import { type Family, mixed } from '../kit.ts';
import { Day, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './sized.ts';

/** The recursive modulo 10 digit of a Swiss QR reference. */
function swissDigit(payload: string): string {
  const table = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
  const carry = [...payload].reduce((at, digit) => table[(at + Number(digit)) % 10]!, 0);
  return String((10 - carry) % 10);
}
const swiss = pair(
  {
    fields: ['qrReference', 'esrReference', 'paymentReference', 'zahlungsreferenz'],
    value(random) {
      const payload = `${random.int(10, 99)}${random.digits(24)}`;
      const reference = payload + swissDigit(payload);
      const grouped = `${reference.slice(0, 2)} ${reference.slice(2).replace(/(.{5})(?=.)/g, '$1 ')}`;
      return shownJson(grouped, reference, String(BigInt(Number(reference))));
    },
  },
  {
    name: 'bb_swiss_qr_reference_ungrouped',
    why: 'The 27 digits of the Swiss payment reference are the same, without the blanks of the printed form.',
  },
  {
    name: 'bb_swiss_qr_reference_through_double',
    why: 'Only the first sixteen digits or so survive, the rest is what a floating-point number makes of it: another reference.',
    critical: true,
  },
);

/** The check of a Belgian structured communication is the remainder by 97, and 97 where that is 0. */
const belgian = pair(
  mixed({
    fields: ['structuredCommunication', 'ogm', 'vcs', 'remittance'],
    value(random) {
      const any = random.int(10_000_000, 9_999_999_999);
      const base = random.chance(0.3) ? any - (any % 97) : any;
      const digits = String(base).padStart(10, '0');
      const check = String(base % 97 || 97).padStart(2, '0');
      const right = digits + check;
      const legacy = `+++${right.slice(0, 3)}/${right.slice(3, 7)}/${right.slice(7)}+++`;
      return shownJson(legacy, right, digits + String(base % 97).padStart(2, '0'));
    },
  }),
  {
    name: 'bb_belgian_communication_electronic_form',
    why: 'The twelve digits of the Belgian structured communication are the same without plus signs and slashes.',
  },
  {
    name: 'bb_belgian_communication_check_00',
    why: 'Where the remainder is 0 the check must be 97 as in legacy; with 00 the communication is invalid and the payment is not matched.',
    critical: true,
  },
);

/** MT940 :61: lines: RC takes a credit back, RD a debit. */
const marks = pair(
  {
    fields: ['statementLine', 'tag61', 'booking', 'umsatz'],
    once: true,
    value(random) {
      const day = Day.any(random, 2019, 2026);
      const mark = random.pick(['C', 'C', 'D', 'D', 'D', 'RC', 'RD'] as const);
      const cents = minorUnits(random, 100, 900_000);
      const code = random.pick(['NTRF', 'NCHG', 'NDDT', 'NMSC']);
      const reference = `${random.text('ABCDEFGHKLMNPRSTUVWXYZ', 3)}${random.digits(7)}`;
      const legacy = `${day.yyyy.slice(2)}${day.mm}${day.dd}${mark}${decimal(cents, 2).replace('.', ',')}${code}${reference}`;
      const modern = (sign: number) =>
        object({
          valueDate: json(day.iso),
          amount: decimal(sign * cents, 2),
          reversal: json(mark.startsWith('R')),
          code: json(code),
          reference: json(reference),
        });
      const sign = mark === 'C' || mark === 'RD' ? 1 : -1;
      return shown(json(legacy), modern(sign), modern(mark.endsWith('C') ? 1 : -1));
    },
  },
  {
    name: 'bb_mt940_line_as_signed_booking',
    why: 'A reversed credit takes money from the account and a reversed debit gives it back; all parts of the line are kept.',
  },
  {
    name: 'bb_mt940_reversal_with_sign_of_original',
    why: 'Reversed credits are booked as money received and reversed debits as money paid, so the balance is wrong by twice the amount.',
    critical: true,
  },
);

/** Interest days under a basis: the days that passed, or months of thirty days. */
const interestDays = pair(
  {
    fields: ['interestPeriod', 'accrual', 'zinstage', 'accrualBasis'],
    value(random) {
      const from = Day.any(random, 2018, 2025);
      const to = from.plus(random.int(20, 300));
      const actual = to.epochDay - from.epochDay;
      const thirty =
        (to.year - from.year) * 360 +
        (to.month - from.month) * 30 +
        (Math.min(to.day, 30) - Math.min(from.day, 30));
      const modern = (days: number) => ({ start: from.iso, end: to.iso, convention: 'Actual/360', days });
      const compact = (day: Day) => day.iso.replaceAll('-', '');
      const legacy = `ACT/360 ${compact(from)}-${compact(to)} ${String(actual).padStart(5, '0')}`;
      return shownJson(legacy, modern(actual), modern(thirty));
    },
  },
  {
    name: 'bb_interest_days_actual_as_members',
    why: 'Both dates, the convention and the actual number of days between them are the same.',
  },
  {
    name: 'bb_interest_days_counted_30_360',
    why: 'The convention still says actual days, but months of thirty days are counted, so the interest is wrong.',
    critical: true,
  },
);

/** Card numbers, of which only ten digits may be shown. */
const masked = pair(
  {
    fields: ['cardNumber', 'pan', 'paymentInstrument', 'maskedCard'],
    value(random) {
      const payload = `${random.pick(['4', '51', '53', '55'])}${random.digits(15)}`.slice(0, 15);
      const pan = payload + luhn(payload);
      const fours = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ');
      const legacy = `${pan.slice(0, 6)}******${pan.slice(12)}`;
      return shownJson(legacy, fours(`${pan.slice(0, 6)}••••••${pan.slice(12)}`), fours(pan));
    },
  },
  {
    name: 'bb_card_mask_another_character',
    why: 'The same ten digits of the card number are shown; only the masking character and the grouping are others.',
  },
  {
    name: 'bb_card_mask_lost',
    why: 'The whole card number, with a right check digit, is shown where legacy hides its middle.',
    critical: true,
  },
);

/** Monthly orders on a day that some months lack. */
const monthEnds = pair(
  {
    fields: ['nextExecutions', 'standingOrder', 'dueDates', 'dauerauftrag'],
    once: true,
    value(random) {
      const day = random.pick([1, 15, 28, 29, 30, 30, 31, 31]);
      const year = random.int(2020, 2027);
      const first = random.int(0, 11);
      const lastOf = (at: number) => new Date(Date.UTC(year, at + 1, 0)).getUTCDate();
      const months = Array.from({ length: random.int(4, 6) }, (_, at) => first + at);
      let sticky = day;
      const [right, wrong]: [Day[], Day[]] = [[], []];
      for (const month of months) {
        sticky = Math.min(sticky, lastOf(month));
        right.push(new Day(Date.UTC(year, month, Math.min(day, lastOf(month)))));
        wrong.push(new Day(Date.UTC(year, month, sticky)));
      }
      const legacy = { day, dates: right.map((at) => `${at.dd}.${at.mm}.${at.yyyy}`) };
      const modern = (days: readonly Day[]) => ({ dayOfMonth: day, executions: days.map(({ iso }) => iso) });
      return shownJson(legacy, modern(right), modern(wrong));
    },
  },
  {
    name: 'bb_standing_order_dates_iso',
    why: 'The dates of execution are the same days, in ISO notation.',
  },
  {
    name: 'bb_standing_order_sticks_to_short_month',
    why: 'After a month that lacks the agreed day, all later executions stay on the earlier day instead of returning to it.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...swiss,
  ...belgian,
  ...marks,
  ...interestDays,
  ...masked,
  ...monthEnds,
];
