/** Amounts of money as JSON APIs write them: padding of cents, signs, exponents of currencies, symbols, notations. */
import { type Family, twins } from '../kit.ts';
import { currencies, decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** A plain decimal text without the zeros at its end: `12.50` is `12.5`. */
const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

const exponents = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KRW: 0, KWD: 3, BHD: 3 } as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['amount', 'fee', 'balance', 'premium', 'cashback'],
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
  ...twins(
    {
      fields: ['creditLimit', 'sumInsured', 'collateralValue', 'exposure'],
      value(random) {
        const mantissa = random.int(101, 999);
        const exponent = random.int(3, 7);
        const tenth = mantissa / 100;
        if (random.chance(0.3)) {
          const plain = decimal(minorUnits(random, 10_000, 900_000), 2);
          return { legacy: plain, right: plain };
        }
        return {
          legacy: `${tenth}E+${exponent}`,
          right: `${mantissa}${'0'.repeat(exponent - 2)}`,
          wrong: `${tenth}`,
        };
      },
    },
    {
      name: 'exponent_notation_written_out',
      why: 'The number in exponent notation equals the number written out.',
    },
    {
      name: 'exponent_cut_off',
      why: 'The exponent is cut off, which leaves the mantissa of the amount.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['price', 'displayAmount', 'chargeText', 'refund'],
      value(random) {
        const [symbol, code, wrong = code] = random.pick([
          ['€', 'EUR'],
          ['£', 'GBP'],
          ['CA$', 'CAD', 'USD'],
          ['A$', 'AUD', 'USD'],
          ['US$', 'USD'],
          ['HK$', 'HKD', 'USD'],
        ] as const);
        const amount = decimal(minorUnits(random, 100, 500_000), 2);
        return shown(json(`${symbol}${amount}`), json(`${amount} ${code}`), json(`${amount} ${wrong}`));
      },
    },
    {
      name: 'currency_symbol_to_code',
      why: 'Each symbol stands for the ISO code that the rewrite puts after the amount.',
    },
    {
      name: 'every_dollar_is_us',
      why: 'Canadian, Australian and Hong Kong dollars are called US dollars at the same figure.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['movement', 'entryAmount', 'booking', 'correction'],
      value(random) {
        const text = decimal(minorUnits(random, 30, 2_000_000), 2);
        const negative = random.chance(0.5);
        const legacy = object({ sign: json(negative ? '-' : '+'), amount: json(text) });
        return shown(legacy, `${negative ? '-' : ''}${text}`, text);
      },
    },
    {
      name: 'sign_member_into_number',
      why: 'The separate sign and the unsigned amount make the signed number.',
    },
    {
      name: 'sign_member_forgotten',
      why: 'Entries with the sign "-" come out positive since only the unsigned amount was read.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['portfolioValue', 'balance', 'loanAmount', 'clearingTotal'],
      value(random) {
        const text = decimal(minorUnits(random, 3_000_000, 5_000_000_000), 2);
        return shown(text, json(text), json(Math.fround(Number(text)).toFixed(2)));
      },
    },
    { name: 'large_amount_quoted', why: 'All digits of the number stand in the quoted text.' },
    {
      name: 'amount_through_single_float',
      why: 'Large amounts went through a 32-bit float and lost cents to whole units.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['amount', 'orderTotal', 'payable', 'quote'],
      value(random) {
        const currency = random.pick(currencies);
        const text = decimal(minorUnits(random, 100, 3_000_000), 2);
        const legacy = object({ value: text, currency: json(currency) });
        return shown(legacy, json(`${currency} ${text}`), json(`EUR ${text}`));
      },
    },
    {
      name: 'amount_object_to_text',
      why: 'Currency and figure of the object are the two parts of the text.',
    },
    {
      name: 'currency_defaults_to_euro',
      why: 'The figure of an amount in another currency is shown as euros.',
      critical: true,
    },
  ),
];
