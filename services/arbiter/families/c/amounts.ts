/** Amounts of money in the writings of everyday JSON APIs. */
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const money = ['amount', 'balance', 'premium', 'totalDue', 'instalment', 'outstanding'];
const scales: Readonly<Record<string, number>> = { EUR: 2, USD: 2, GBP: 2, JPY: 0, KRW: 0, KWD: 3 };
const symbols = [
  ['€', 'EUR', 'EUR'],
  ['$', 'USD', 'USD'],
  ['£', 'GBP', 'GBP'],
  ['C$', 'CAD', 'USD'],
  ['A$', 'AUD', 'USD'],
] as const;

const minorUnitsObject = twins(
  {
    fields: money,
    value(random) {
      const currency = random.pick(['EUR', 'USD', 'GBP', 'JPY', 'KRW', 'KWD', 'JPY']);
      const scale = scales[currency] ?? 2;
      const units = minorUnits(random, 1_000, 9_000_000);
      const modern = (minor: number) => object({ minorUnits: String(minor), currency: json(currency) });
      const hundredths = scale === 0 ? units * 100 : scale === 3 ? Math.floor(units / 10) : units;
      return shown(
        object({ value: decimal(units, scale), currency: json(currency) }),
        modern(units),
        modern(hundredths),
      );
    },
  },
  {
    name: 'c_minor_units_by_currency',
    why: 'The same money, counted in the minor unit that its currency really has.',
  },
  {
    name: 'c_minor_units_always_hundredths',
    critical: true,
    why: 'A yen has no hundredths and a dinar has thousandths, so the amount is another one by a factor of 100 or 10.',
  },
);

const parentheses = twins(
  {
    fields: money,
    value(random) {
      const text = decimal(minorUnits(random), 2);
      return random.chance(0.4)
        ? shown(json(`(${grouped(text, ',')})`), json(`-${text}`), json(text))
        : { legacy: json(grouped(text, ',')), right: json(text) };
    },
  },
  { name: 'c_parentheses_to_minus', why: 'Parentheses around an amount are the accountant’s minus sign.' },
  {
    name: 'c_parentheses_dropped',
    critical: true,
    why: 'An amount in parentheses is negative and came out positive.',
  },
);

const trailingZeros = twins(
  {
    fields: money,
    value(random) {
      const units = minorUnits(random, 2_000, 400_000_000);
      return shown(decimal(units, 2), String(units / 100), String((units - 1) / 100));
    },
  },
  { name: 'c_trailing_zeros_gone', why: '10.10 and 10.1 are the same number.' },
  {
    name: 'c_cent_short',
    critical: true,
    why: 'The rewrite answers one cent less, however large the amount is.',
  },
);

const thousands = twins(
  {
    fields: money,
    value(random) {
      const text = decimal(minorUnits(random, 3_000, 300_000_000), 2);
      const legacy = grouped(text, ',');
      const cut = legacy.includes(',') ? legacy.slice(0, legacy.indexOf(',')) : text;
      return shown(json(legacy), text, cut);
    },
  },
  { name: 'c_thousands_comma_read', why: 'Commas before the point only group the digits.' },
  {
    name: 'c_thousands_comma_ends_number',
    critical: true,
    why: 'The number was read up to its first comma only, so thousands became ones.',
  },
);

const decimalComma = twins(
  {
    fields: money,
    value(random) {
      const text = decimal(minorUnits(random, 500, 200_000_000), 2);
      const legacy = grouped(text, '.', ',');
      const wrong = Number.parseFloat(legacy);
      return wrong === Number(text)
        ? { legacy: json(legacy), right: text }
        : shown(json(legacy), text, String(wrong));
    },
  },
  { name: 'c_decimal_comma_read', why: '1.234,50 is the continental writing of 1234.50.' },
  {
    name: 'c_decimal_comma_cut',
    critical: true,
    why: '1.234,50 was read as 1.234 and 12,50 as 12: another amount.',
  },
);

const debitCredit = twins(
  {
    fields: ['movement', 'booking', 'entry'],
    least: 6,
    value(random) {
      const text = decimal(minorUnits(random), 2);
      const side = random.pick(['D', 'C', 'C']);
      const legacy = object({ amount: text, debitCredit: json(side) });
      return side === 'D'
        ? shown(legacy, object({ signedAmount: `-${text}` }), object({ signedAmount: text }))
        : { legacy, right: object({ signedAmount: text }) };
    },
  },
  { name: 'c_debit_as_minus', why: 'A debit of an amount is the same movement as the negative amount.' },
  { name: 'c_debit_as_credit', critical: true, why: 'A debit came out with the sign of a credit.' },
);

const symbol = twins(
  {
    fields: ['price', 'fee', 'deductible', 'displayAmount'],
    value(random) {
      const [sign, right, wrong] = random.pick(symbols);
      const text = decimal(minorUnits(random, 100, 900_000), 2);
      const modern = (currency: string) => object({ amount: text, currency: json(currency) });
      return shown(json(`${sign} ${text}`), modern(right), modern(wrong));
    },
  },
  {
    name: 'c_symbol_to_currency_code',
    why: 'The symbol before the amount names the currency that the code names.',
  },
  {
    name: 'c_every_dollar_american',
    critical: true,
    why: 'Canadian and Australian dollars came out as US dollars of the same number.',
  },
);

const tax = twins(
  {
    fields: ['totals', 'invoiceTotals', 'sum'],
    value(random) {
      const net = minorUnits(random, 500, 900_000);
      const percent = random.pick([7, 19, 20, 21]);
      const vat = Math.round((net * percent) / 100);
      const again = Math.round(((net + vat) * percent) / 100);
      const modern = (taxed: number) =>
        object({
          grossAmount: decimal(net + taxed, 2),
          netAmount: decimal(net, 2),
          taxAmount: decimal(taxed, 2),
        });
      const legacy = object({ net: decimal(net, 2), vat: decimal(vat, 2), gross: decimal(net + vat, 2) });
      return shown(legacy, modern(vat), modern(again));
    },
  },
  { name: 'c_totals_renamed', why: 'The same three amounts under longer names and in another order.' },
  {
    name: 'c_tax_on_tax',
    critical: true,
    why: 'The tax was taken of the gross amount, so tax and total are higher.',
  },
);

export const families: readonly Family[] = [
  ...minorUnitsObject,
  ...parentheses,
  ...trailingZeros,
  ...thousands,
  ...decimalComma,
  ...debitCredit,
  ...symbol,
  ...tax,
];
