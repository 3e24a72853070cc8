/** Currencies: their symbols, codes and minor units. */
import { defect, twins } from '../kit.ts';
import { currencies, decimal, json, minorUnits, object } from '../kit-values.ts';

const symbols: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  zł: 'PLN',
  '₹': 'INR',
  '₺': 'TRY',
  '₪': 'ILS',
};
const numericCodes: Record<string, string> = {
  '978': 'EUR',
  '840': 'USD',
  '826': 'GBP',
  '756': 'CHF',
  '752': 'SEK',
  '985': 'PLN',
  '392': 'JPY',
  '124': 'CAD',
  '036': 'AUD',
  '578': 'NOK',
};

export const families = [
  ...twins(
    {
      fields: ['price', 'displayPrice', 'tariff', 'monthlyFee'],
      value(random) {
        const symbol = random.pick(Object.keys(symbols));
        const amount = decimal(minorUnits(random, 100, 900_000), 2);
        const code = symbols[symbol] ?? '';
        const other = random.pick(['EUR', 'USD', 'INR', 'GBP'].filter((one) => one !== code));
        return {
          legacy: json(`${symbol} ${amount}`),
          right: json(`${code} ${amount}`),
          wrong: json(`${other} ${amount}`),
        };
      },
    },
    {
      name: 'currency_symbol_to_code',
      why: 'The symbol belongs to exactly one currency, which the rewrite names by its ISO code; the amount is the same.',
    },
    {
      name: 'currency_symbol_to_wrong_code',
      critical: true,
      why: 'The symbol in front of the amount became the code of another currency.',
    },
  ),
  ...twins(
    {
      fields: ['currency', 'CCY-NUM', 'settlementCurrency', 'cur'],
      value(random) {
        const number = random.pick(Object.keys(numericCodes));
        const code = numericCodes[number] ?? '';
        const other = random.pick(Object.values(numericCodes).filter((one) => one !== code));
        return { legacy: json(number), right: json(code), wrong: json(other) };
      },
    },
    { name: 'currency_numeric_to_alpha', why: 'ISO 4217 numeric and alphabetic codes of the same currency.' },
    {
      name: 'currency_numeric_to_wrong_alpha',
      critical: true,
      why: 'The ISO 4217 number denotes another currency than the letters the rewrite answers.',
    },
  ),
  defect(
    {
      fields: ['charge', 'total', 'money', 'price'],
      value(random) {
        const [currency, digits] = random.pick([
          ...currencies.map((code) => [code, 2] as const),
          ['JPY', 0],
          ['KRW', 0],
          ['JPY', 0],
        ] as const);
        const units = minorUnits(random, 500, 9_000_000);
        const member = (text: string) => object({ amount: text, currency: json(currency) });
        const legacy = member(decimal(units, digits));
        return digits === 0
          ? { legacy, right: legacy, wrong: member(decimal(units, 2)) }
          : { legacy, right: legacy };
      },
    },
    {
      name: 'zero_decimal_currency_divided',
      critical: true,
      why: 'Yen and won have no minor unit; the rewrite divides them by a hundred while other currencies stay right.',
    },
  ),
  defect(
    {
      fields: ['charge', 'total', 'settlement', 'transferAmount'],
      value(random) {
        const [currency, digits] = random.pick([
          ['KWD', 3],
          ['BHD', 3],
          ['EUR', 2],
          ['USD', 2],
          ['OMR', 3],
        ] as const);
        const units = minorUnits(random, 1_001, 9_000_000);
        const member = (text: string) => object({ currency: json(currency), value: json(text) });
        const legacy = member(decimal(units, digits));
        if (digits === 2 || units % 10 === 0) return { legacy, right: legacy };
        return { legacy, right: legacy, wrong: member(decimal(Math.floor(units / 10), 2)) };
      },
    },
    {
      name: 'three_decimal_currency_cut',
      critical: true,
      why: 'Dinar and rial amounts have three decimals; the rewrite cuts the third one and loses money.',
    },
  ),
];
