/** Amounts whose notation changes: exponents, symbols, signs, very large figures. */
import { type Family, twins } from '../kit.ts';
import { currencies, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
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
      least: 3,
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
      once: true,
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
