/** Plain amounts of money: padding of cents, signs, exponents of currencies, notations. */
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** A plain decimal text without the zeros at its end: `12.50` is `12.5`. */
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const exponents = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KRW: 0, KWD: 3, BHD: 3 } as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['amount', 'fee', 'balance', 'premium', 'cashback'],
      least: 3,
      value(random) {
        const whole = Math.floor(minorUnits(random, 1, 9_000));
        const cents = random.chance(0.35) ? random.int(1, 9) : random.pick([0, 10, 25, 50, 80, 95, 99]);
        const legacy = decimal(whole * 100 + cents, 2);
        return shown(
          legacy,
          trimmed(legacy),
          cents > 0 && cents < 10 ? `${whole}.${cents}` : trimmed(legacy),
        );
      },
    },
    {
      name: 'cents_trailing_zero_dropped',
      why: 'Only zeros at the end of a fraction are gone; each number is equal.',
    },
    {
      name: 'cents_leading_zero_dropped',
      why: 'Cents below ten lost their leading zero, so 12.05 became 12.5.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['amount', 'adjustment', 'interestDelta', 'bookedAmount'],
      value(random) {
        const units = random.chance(0.4)
          ? -random.int(1, 99)
          : minorUnits(random, 100, 900_000) * random.pick([1, -1]);
        const text = decimal(units, 2);
        return shown(text, json(text), json(units < 0 && units > -100 ? text.slice(1) : text));
      },
    },
    { name: 'amount_number_to_text', why: 'The same decimal number, sign included, is merely quoted.' },
    {
      name: 'minus_lost_below_one',
      why: 'Negative amounts between -1 and 0 lost their minus because the whole part -0 has none.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['amount', 'transactionAmount', 'instructedAmount', 'total'],
      value(random) {
        const currency = random.pick(Object.keys(exponents) as (keyof typeof exponents)[]);
        const minor = minorUnits(random, 500, 8_000_000);
        const exponent = exponents[currency];
        const modern = (scale: number) =>
          object({ amount: json(decimal(minor, scale)), currency: json(currency) });
        const legacy = object({
          minorUnits: String(minor),
          exponent: String(exponent),
          currency: json(currency),
        });
        return shown(legacy, modern(exponent), modern(2));
      },
    },
    {
      name: 'minor_units_with_exponent',
      why: 'Minor units shifted by the stated exponent give exactly the decimal amount of the rewrite.',
    },
    {
      name: 'exponent_always_two',
      why: 'Currencies without cents, or with three decimals, are shifted by two places against the stated exponent.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['betrag', 'amount', 'saldo', 'openAmount'],
      least: 3,
      value(random) {
        const plain = decimal(minorUnits(random, 40, 60_000_000), 2);
        const legacy = grouped(plain, '.', ',');
        const parsed = Number.parseFloat(legacy);
        return shown(json(legacy), plain, parsed === Number(plain) ? plain : String(parsed));
      },
    },
    {
      name: 'continental_text_to_number',
      why: 'The grouped text with a decimal comma and the number are one amount.',
    },
    {
      name: 'continental_text_parsed_as_english',
      why: 'The decimal comma ended the parsing and the grouping dot became the decimal point.',
      critical: true,
    },
  ),
];
