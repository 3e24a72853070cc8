/** A savings bank's terms: standing orders, interest, amounts with their currency, and cards. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const monthEnd = twins(
  {
    fields: ['nextExecution', 'standingOrder.nextRun', 'dueOn'],
    value(random) {
      const [year, month] = [random.int(2025, 2028), random.int(1, 12)];
      const wanted = random.pick([1, 15, 29, 30, 31, 31]);
      const last = Day.of(year, month + 1, 0).day;
      const day = Day.of(year, month, Math.min(wanted, last));
      return shownJson(`${day.yyyy}${day.mm}${day.dd}`, day.iso, Day.of(year, month, wanted).iso);
    },
  },
  {
    name: 'v_standing_order_day_dashed',
    why: 'The same day of execution, written with dashes.',
  },
  {
    name: 'v_standing_order_spills_into_next_month',
    why: 'An order due on the last day of a short month is answered for one of the first days of the next month.',
    critical: true,
  },
);

/** Months between two executions: legacy, right, and what comes of reading them as executions a year. */
const intervals = [
  [1, 'MONTHLY', 'YEARLY'],
  [3, 'QUARTERLY', undefined],
  [6, 'HALF_YEARLY', 'EVERY_TWO_MONTHS'],
  [12, 'YEARLY', 'MONTHLY'],
] as const;

const interval = twins(
  {
    fields: ['intervalMonths', 'monthsBetweenPayments', 'everyNMonths'],
    clear: true,
    least: 3,
    value(random) {
      const [months, right, wrong] = random.pick(intervals);
      const both = { legacy: json(two(months)), right: json(right) };
      return wrong === undefined ? both : { ...both, wrong: json(wrong) };
    },
  },
  {
    name: 'v_interval_months_named',
    why: 'The number of months between two payments is answered by the name of that interval.',
  },
  {
    name: 'v_interval_months_read_as_times_a_year',
    why: 'A payment each twelve months became monthly and a monthly one yearly: months were taken for times a year.',
    critical: true,
  },
);

const accrued = twins(
  {
    fields: ['accruedInterest', 'interestToDate', 'x1'],
    value(random) {
      const units = minorUnits(random, 20_000, 9_000_000);
      const legacy = json(decimal(units, 4).padStart(13, '0'));
      return shown(legacy, decimal(units, 4), decimal(Math.round((units * 360) / 365), 4));
    },
  },
  {
    name: 'v_accrued_interest_unpadded',
    why: 'The same amount of interest, without the leading zeros of a fixed-width field.',
  },
  {
    name: 'v_accrued_interest_other_day_count',
    why: 'The interest is lower than in legacy by the ratio of 360 to 365 days.',
    critical: true,
  },
);

const currencyDigits = twins(
  {
    fields: ['limit', 'transferAmount', 'val'],
    value(random) {
      const [currency, scale] = random.pick([
        ['EUR', 2],
        ['EUR', 2],
        ['USD', 2],
        ['JPY', 0],
        ['KWD', 3],
      ] as const);
      const units = minorUnits(random, 1_000, 9_000_000);
      const legacy = object({
        AMT: json(String(units).padStart(13, '0')),
        DEC: json(String(scale)),
        CUR: json(currency),
      });
      const modern = (digits: number) =>
        object({ amount: json(decimal(units, digits)), currency: json(currency) });
      return shown(legacy, modern(scale), modern(2));
    },
  },
  {
    name: 'v_amount_by_currency_decimals',
    why: 'The digits and the number of decimals of legacy make exactly the amount that is answered.',
  },
  {
    name: 'v_amount_always_two_decimals',
    why: 'Two decimals were assumed where legacy states none or three, so yen and dinar are off by a power of ten.',
    critical: true,
  },
);

const cardExpiry = twins(
  {
    fields: ['cardExpiry', 'validThru', 'card.expires'],
    clear: true,
    value(random) {
      const [year, month] = [random.int(2026, 2032), random.int(1, 12)];
      const end = (months: number) => Day.of(year, months + 1, 0).iso;
      return shownJson(`${two(month)}/${two(year % 100)}`, end(month), end(month - 1));
    },
  },
  {
    name: 'v_card_expiry_last_day',
    why: 'A card is valid to the end of the printed month, and that last day is answered.',
  },
  {
    name: 'v_card_expiry_month_early',
    why: 'The card is answered as expiring at the end of the month before the printed one.',
    critical: true,
  },
);

const maskedCard = twins(
  {
    fields: ['maskedPan', 'cardNumber', 'card.display'],
    value(random) {
      const base = `${random.pick(['491748', '543210', '402360', '557098'])}${random.digits(9)}`;
      const pan = `${base}${luhn(base)}`;
      const masked = (sign: string) => `${pan.slice(0, 6)}${sign.repeat(6)}${pan.slice(12)}`;
      return shownJson(masked('X'), masked('*'), pan);
    },
  },
  {
    name: 'v_card_mask_sign',
    why: 'The same digits of the card are shown; only the sign that hides the others is another.',
  },
  {
    name: 'v_card_number_unmasked',
    why: 'The rewrite discloses the digits of the card number that legacy hides.',
    critical: true,
  },
);

const purpose = twins(
  {
    fields: ['remittanceInfo', 'purposeLines', 'bookingText'],
    value(random) {
      const first = random.pick(['RENT', 'INVOICE', 'INSURANCE', 'MEMBERSHIP FEE', 'SCHOOL MEALS']);
      const lines = [
        `${first} ${random.pick(['JANUARY', 'MARCH', 'JUNE', 'OCTOBER'])}`,
        `REF ${random.digits(8)}`,
        ...(random.chance(0.6) ? [`CONTRACT ${random.digits(6)}`] : []),
      ];
      const legacy = [...lines, '', ''].slice(0, 4).map((line) => line.padEnd(27));
      return shownJson(legacy, lines.join(' '), lines.slice(0, -1).join(' '));
    },
  },
  {
    name: 'v_remittance_lines_joined',
    why: 'The filled lines of the purpose of a payment are joined to one text; only padding is gone.',
  },
  {
    name: 'v_remittance_last_line_lost',
    why: 'The last filled line, a reference or contract number, is missing from the purpose of the payment.',
    critical: false,
  },
);

export const families: Family[] = [
  ...monthEnd,
  ...interval,
  ...accrued,
  ...currencyDigits,
  ...cardExpiry,
  ...maskedCard,
  ...purpose,
];
