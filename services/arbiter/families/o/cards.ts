/** Cards and their fraud scores (C and Oracle to Go). */
import { luhn } from '../check-digits.ts';
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const mask = twins(
  {
    fields: ['maskedPan', 'cardNumber', 'pan'],
    clear: true,
    value(random) {
      const payload = `${random.pick(['541333', '455673', '520474', '402658'])}${random.digits(9)}`;
      const pan = payload + luhn(payload);
      const masked = (filler: string) => json(`${pan.slice(0, 6)}${filler.repeat(6)}${pan.slice(-4)}`);
      return { legacy: masked('*'), right: masked('X'), wrong: json(pan) };
    },
  },
  {
    name: 'o_pan_mask_character',
    why: 'The same digits are shown and the same six hidden, by X instead of a star.',
  },
  { name: 'o_pan_unmasked', why: 'Modern shows the whole card number that legacy masks.', critical: true },
);

const expiry = twins(
  {
    fields: ['expiry', 'cardExpiry', 'validThru'],
    once: true,
    value(random) {
      const [year, month] = [random.int(26, 31), random.int(1, 12)];
      const before = month === 1 ? `20${year - 1}-12` : `20${year}-${two(month - 1)}`;
      return shown(json(`${two(month)}/${year}`), json(`20${year}-${two(month)}`), json(before));
    },
  },
  { name: 'o_card_expiry_iso_month', why: 'The month and year on the card, written year first.' },
  {
    name: 'o_card_expiry_month_early',
    why: 'The card expires one month earlier in modern, so it is refused in its last month.',
    critical: true,
  },
);

const responses = [
  ['00', 'APPROVED', 'APPROVED'],
  ['05', 'DO_NOT_HONOR', 'APPROVED'],
  ['51', 'INSUFFICIENT_FUNDS', 'APPROVED'],
  ['54', 'EXPIRED_CARD', 'APPROVED'],
  ['43', 'STOLEN_CARD', 'APPROVED'],
] as const;

const response = twins(
  {
    fields: ['responseCode', 'authorizationResponse', 'iso8583_39'],
    clear: true,
    value(random) {
      const [code, right, wrong] = random.pick(responses);
      return shown(json(code), json(right), json(wrong));
    },
  },
  { name: 'o_iso8583_response_named', why: 'The ISO 8583 response codes are replaced by their names.' },
  {
    name: 'o_iso8583_refusal_approved',
    why: 'Only 00 is an approval; modern calls refused authorizations approved.',
    critical: true,
  },
);

const numericCurrency = coded(
  ['currency', 'transactionCurrency', 'settlementCcy'],
  [
    ['978', 'EUR'],
    ['978', 'EUR'],
    ['840', 'USD'],
    ['826', 'GBP'],
    ['036', 'AUD', 'EUR'],
    ['008', 'ALL', 'EUR'],
    ['068', 'BOB', 'EUR'],
  ],
  {
    name: 'o_iso4217_numeric_alpha',
    why: 'The numeric and the alphabetic ISO 4217 codes name the same currencies.',
  },
  {
    name: 'o_iso4217_leading_zero_euro',
    why: 'Codes that begin with zero (036 is the Australian dollar) fall back to the euro.',
    critical: true,
  },
  3,
);

const billing = twins(
  {
    fields: ['amounts', 'cardTransaction', 'posting'],
    value(random) {
      const [foreign, rate] = random.pick([
        ['USD', 0.92],
        ['CHF', 1.05],
        ['SEK', 0.088],
        ['GBP', 1.17],
      ] as const);
      const original = minorUnits(random, 300, 300_000);
      const billed = Math.round(original * rate * (0.98 + 0.04 * random.next()));
      const money = (units: number, currency: string) =>
        object({ amount: decimal(units, 2), currency: json(currency) });
      const modern = (currency: string) =>
        object({ original: money(original, foreign), billing: money(billed, currency) });
      const legacy = object({
        TXN_AMT: json(decimal(original, 2)),
        TXN_CCY: json(foreign),
        BILL_AMT: json(decimal(billed, 2)),
        BILL_CCY: '"EUR"',
      });
      return shown(legacy, modern('EUR'), modern(foreign));
    },
  },
  {
    name: 'o_billing_amount_nested',
    why: 'The four values of original and billing amount are the same, grouped in two objects.',
  },
  {
    name: 'o_billing_in_transaction_currency',
    why: 'The amount billed in euros is labelled with the currency of the transaction.',
    critical: true,
  },
);

const score = twins(
  {
    fields: ['fraudScore', 'riskScore', 'score'],
    least: 3,
    value(random) {
      const ten = random.int(600, 9700);
      const missing = Math.round(ten * (0.75 + 0.15 * random.next()));
      const single = (value: number) => String(Math.fround(value / 10_000));
      return shown(decimal(ten, 4), single(ten), single(missing));
    },
  },
  {
    name: 'o_fraud_score_single_precision',
    why: 'The score agrees in all seven digits that single precision holds.',
  },
  {
    name: 'o_fraud_score_feature_missing',
    why: 'Scores are lower by a tenth or more, far above the noise of single precision.',
    critical: true,
  },
);

const decision = coded(
  ['decision', 'fraudDecision', 'outcome'],
  [
    ['ALW', 'allow'],
    ['ALW', 'allow'],
    ['RVW', 'review', 'allow'],
    ['BLK', 'block', 'allow'],
  ],
  {
    name: 'o_fraud_decision_words',
    why: 'The abbreviated decisions allow, review and block are spelled out.',
  },
  {
    name: 'o_fraud_decision_fails_open',
    why: 'Payments that legacy reviews or blocks are allowed by modern.',
    critical: true,
  },
);

const limits = twins(
  {
    fields: ['cardLimits', 'dailyLimits', 'limits'],
    value(random) {
      const cash = random.pick([300, 500, 1000]);
      const shop = random.pick([1500, 2500, 5000]);
      const modern = (atm: number, pos: number) => object({ atm: String(atm), pos: String(pos) });
      const legacy = object({ LIM_ATM: json(`${cash}.00`), LIM_POS: json(`${shop}.00`) });
      return shown(legacy, modern(cash, shop), modern(shop, cash));
    },
  },
  {
    name: 'o_card_limits_whole_numbers',
    why: 'The limits for cash and for shops are the same sums without decimals.',
  },
  {
    name: 'o_card_limits_exchanged',
    why: 'The limit for cash is answered as that for shops, and vice versa.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...mask,
  ...expiry,
  ...response,
  ...numericCurrency,
  ...billing,
  ...score,
  ...decision,
  ...limits,
];
