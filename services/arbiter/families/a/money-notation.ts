/** The notation of amounts: grouping, magnitudes. */
import { twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';

const totals = ['grandTotal', 'amountDue', 'premium', 'invoiceTotal', 'claimAmount', 'netPay'];

/** Whole rupees grouped the Indian way: 12,34,567. */
const lakhGrouped = (whole: string): string =>
  whole.length <= 3
    ? whole
    : `${whole.slice(0, -3).replace(/\B(?=(\d{2})+(?!\d))/g, ',')},${whole.slice(-3)}`;

export const families = [
  ...twins(
    {
      fields: totals,
      value(random) {
        const plain = decimal(minorUnits(random, 120_000), 2);
        const [whole = '', cents = ''] = plain.split('.');
        const legacy = json(grouped(plain, "'"));
        const first = grouped(whole, "'").split("'")[0] ?? '';
        return { legacy, right: json(plain), wrong: json(`${first}.${cents}`) };
      },
    },
    {
      name: 'swiss_apostrophe_grouping',
      why: 'The apostrophe groups thousands in Swiss amounts; both sides are the same number.',
    },
    {
      name: 'swiss_apostrophe_cuts_thousands',
      critical: true,
      why: 'Parsing stopped at the thousands apostrophe, so only the leading group and the cents are left.',
    },
  ),
  ...twins(
    {
      fields: totals,
      value(random) {
        const plain = decimal(minorUnits(random, 101, 99_999), 2);
        const [whole, cents] = plain.split('.');
        const legacy = json(`${whole},${cents}`);
        return { legacy, right: json(plain), wrong: json(`${whole}${cents}.00`) };
      },
    },
    {
      name: 'decimal_comma_to_point',
      why: 'A comma before two digits is the decimal mark of the old locale; the amount is the same.',
    },
    {
      name: 'decimal_comma_read_as_grouping',
      critical: true,
      why: 'The decimal comma was taken for a thousands separator: the amount is a hundred times too large.',
    },
  ),
  ...twins(
    {
      fields: ['sumInsured', 'loanAmount', 'disbursed', 'exposure'],
      value(random) {
        const whole = String(random.int(1_00_000, 98_76_54_321));
        const legacy = json(`Rs. ${lakhGrouped(whole)}.00`);
        return { legacy, right: json(`${whole}.00`), wrong: json(`${whole.slice(0, -2)}.00`) };
      },
    },
    {
      name: 'indian_grouping_removed',
      why: 'Lakh and crore grouping (12,34,567) is only notation; the digits are the same.',
    },
    {
      name: 'indian_grouping_loses_two_digits',
      critical: true,
      why: 'Grouping by two was misparsed, so the last two digits of the rupees are gone: a hundredfold loss.',
    },
  ),
  ...twins(
    {
      fields: ['limit', 'facility', 'notional', 'headroom'],
      value(random) {
        const [suffix, zeros] = random.pick([
          ['k', 3],
          ['M', 6],
          ['bn', 9],
        ] as const);
        const tenths = random.int(11, 999);
        const text = decimal(tenths, 1);
        const full = `${tenths}${'0'.repeat(zeros - 1)}`;
        const wrong = zeros === 3 ? `${full}000` : full.slice(0, -3);
        return { legacy: json(`${text}${suffix}`), right: full, wrong };
      },
    },
    {
      name: 'magnitude_suffix_expanded',
      why: 'k, M and bn stand for 10^3, 10^6 and 10^9; the rewrite writes the number out.',
    },
    {
      name: 'magnitude_suffix_misread',
      critical: true,
      why: 'The magnitude suffix was expanded by the wrong power of a thousand.',
    },
  ),
  ...twins(
    {
      fields: ['amountMinor', 'money', 'balance', 'fee'],
      value(random) {
        const scale = random.pick([2, 3, 4]);
        const unscaled = minorUnits(random, 10_001, 90_000_000);
        const legacy = object({ unscaledValue: String(unscaled), scale: String(scale) });
        const right = json(decimal(unscaled, scale));
        return scale === 2 ? { legacy, right } : { legacy, right, wrong: json(decimal(unscaled, 2)) };
      },
    },
    {
      name: 'unscaled_and_scale_joined',
      why: 'A Java BigDecimal as unscaled value and scale is the same decimal number written out.',
    },
    {
      name: 'scale_taken_for_two',
      critical: true,
      why: 'The scale in the value is 3 or 4, and the rewrite places the point as if it were 2.',
    },
  ),
  ...twins(
    {
      fields: ['chequeAmount', 'printedAmount', 'draftAmount'],
      value(random) {
        const plain = decimal(minorUnits(random, 100_000), 2);
        const legacy = json(grouped(plain, ',').padStart(14, '*'));
        return { legacy, right: json(plain), wrong: json(plain.slice(1).replace(/^0+(?=\d\d*\.)/, '')) };
      },
    },
    {
      name: 'check_protection_stars',
      why: 'Leading asterisks only protect a printed cheque amount from being altered; the amount is the same.',
    },
    {
      name: 'check_protection_eats_digit',
      critical: true,
      why: 'Stripping the protective asterisks also swallowed the leading digit of the amount.',
    },
  ),
];
