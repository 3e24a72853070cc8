/** Amounts as JSON APIs carry them: text, numbers, minor units, thousands, tax. */
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['balance', 'amountDue', 'payload.amount', 'totalPaid'],
      value: (random) => {
        const cents = random.chance(0.4) ? random.int(1, 9) : random.int(10, 99);
        const whole = random.int(3, 9400);
        const exact = decimal(whole * 100 + cents, 2);
        return shown(json(exact), String(Number(exact)), String(Number(`${whole}.${cents}`)));
      },
    },
    { name: 'd_amount_text_to_number', why: 'The decimal text and the JSON number are the same amount.' },
    {
      name: 'd_amount_cents_unpadded',
      why: 'Whole and cents were joined without padding, so 12.05 became 12.5: another amount.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['price', 'charge', 'refund.amount', 'fee'],
      value: (random) => {
        const currency = random.pick(['EUR', 'GBP', 'JPY', 'USD', 'JPY', 'KRW']);
        const scale = currency === 'JPY' || currency === 'KRW' ? 0 : 2;
        const minor = minorUnits(random, 90, 900_000);
        const at = (units: number) => object({ amountMinor: String(units), currency: json(currency) });
        const legacy = object({ amount: json(decimal(minor, scale)), currency: json(currency) });
        return shown(legacy, at(minor), at(scale === 0 ? minor * 100 : minor));
      },
    },
    {
      name: 'd_amount_minor_by_currency',
      why: 'The amount in minor units of its currency is the same money (yen and won have no minor unit).',
    },
    {
      name: 'd_amount_minor_of_yen',
      why: 'Yen or won were multiplied by 100 as if they had cents: a hundred times the money.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['orderTotal', 'grandTotal', 'sumInsured', 'premium'],
      once: true,
      value: (random) => {
        const text = grouped(decimal(minorUnits(random, 4_000, 90_000_000), 2), ',');
        return shown(json(text), String(Number(text.replaceAll(',', ''))), String(Number.parseFloat(text)));
      },
    },
    {
      name: 'd_amount_commas_removed',
      why: 'Only the commas between thousands and trailing zeros went away; the number is the same.',
    },
    {
      name: 'd_amount_cut_at_comma',
      why: 'The text was parsed up to its first comma, so 1,234.50 became 1.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['creditLimit', 'exposure', 'coverage', 'turnover'],
      value: (random) => {
        const digits = random.int(1, 9) * 10 ** random.int(0, 2) + random.int(0, 9);
        const exponent = random.int(7, 9);
        const plain = BigInt(digits) * 10n ** BigInt(exponent - String(digits).length + 1);
        const mantissa = Number(digits) / 10 ** (String(digits).length - 1);
        const mantissaText = Number.isInteger(mantissa) ? `${mantissa}.0` : String(mantissa);
        const legacy = `${mantissaText}E${exponent}`;
        return random.chance(0.7)
          ? shown(legacy, String(plain), String(mantissa))
          : { legacy: '250000.0', right: '250000' };
      },
    },
    { name: 'd_java_double_exponent', why: 'The exponent form of a double and the plain number are equal.' },
    {
      name: 'd_java_double_mantissa_only',
      why: 'Only the mantissa of the exponent form was kept: ten million became one.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['unitPrice', 'listPrice', 'installment', 'toPay'],
      value: (random) => {
        const units = minorUnits(random, 120, 400_000);
        const text = decimal(units, 2);
        return shown(text, json(text), json(decimal(Math.round(units / 10) * 10, 2)));
      },
    },
    { name: 'd_price_number_to_text', why: 'The number became text of the same two decimals.' },
    {
      name: 'd_price_rounded_to_ten_cents',
      why: 'Prices were rounded to the first decimal, so customers pay some cents more or less.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['invoiceAmount', 'basket.total', 'grossAmount', 'payable'],
      value: (random) => {
        const net = random.int(3, 900) * 100;
        const gross = (net / 100) * 119;
        return shown(decimal(gross, 2), String(gross / 100), String(net / 100));
      },
      least: 5,
    },
    { name: 'd_gross_without_zeros', why: 'Trailing zeros of the same gross amount went away.' },
    {
      name: 'd_gross_answered_net',
      why: 'Some amounts are lower by exactly 19 % tax: net was answered for gross.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['movement', 'entries[].amount', 'adjustment', 'claimPayment'],
      value: (random) => {
        const units = minorUnits(random, 150, 700_000);
        if (random.chance(0.5)) return { legacy: decimal(units, 2), right: json(decimal(units, 2)) };
        return {
          legacy: decimal(-units, 2),
          right: json(decimal(-units, 2)),
          wrong: json(decimal(units, 2)),
        };
      },
    },
    { name: 'd_signed_movement_as_text', why: 'Sign and digits are kept; only quotes were added.' },
    {
      name: 'd_movement_sign_lost',
      why: 'Negative movements lost their sign, so a debit reads as a credit.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['discount', 'overdraft', 'deductible', 'openBalance'],
      value: (random) => {
        if (random.chance(0.3)) return { legacy: 'null', right: undefined };
        if (random.chance(0.4)) return { legacy: '0.00', right: '0', wrong: undefined };
        const text = decimal(minorUnits(random, 100, 90_000), 2);
        return { legacy: text, right: String(Number(text)) };
      },
    },
    { name: 'd_null_amount_left_out', why: 'Both null and no key say there is no amount; zero stays zero.' },
    {
      name: 'd_zero_amount_left_out',
      why: 'A known amount of zero was left out as if it were not known.',
      critical: false,
    },
  ),
];
