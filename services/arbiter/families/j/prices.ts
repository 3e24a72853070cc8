/** Prices: tariffs, premiums, quotes, exchange rates, taxes. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['unitPrice', 'navPerShare', 'KURS'],
      value(random) {
        const units = minorUnits(random, 10_000, 5_000_000);
        return shown(decimal(units * 100, 6), decimal(units, 4), decimal(Math.floor(units / 100) * 100, 4));
      },
    },
    { name: 'j-price-fewer-zeros', why: 'Only closing zeros are gone.' },
    {
      name: 'j-price-cut-to-cents',
      critical: true,
      why: 'A price with four decimals keeps only two of them.',
    },
  ),
  ...twins(
    {
      fields: ['annualPremium', 'yearlyFee', 'premium'],
      value(random) {
        const month = minorUnits(random, 300, 90_000);
        return shown(json(decimal(month * 12, 2)), decimal(month * 12, 2), decimal(month, 2));
      },
    },
    { name: 'j-price-premium-number', why: 'The same premium without quotes.' },
    {
      name: 'j-price-premium-of-a-month',
      critical: true,
      why: 'The premium is a twelfth: of a month, not of a year.',
    },
  ),
  ...twins(
    {
      fields: ['price', 'charge', 'invoiceLine'],
      value(random) {
        const net = minorUnits(random, 800, 400_000);
        const vat = Math.round((net * random.pick([19, 20, 21, 23])) / 100);
        const of = (gross: number) => ({
          net: decimal(net, 2),
          vat: decimal(vat, 2),
          gross: decimal(gross, 2),
        });
        const { gross, ...rest } = of(net + vat);
        return shown(object({ gross, ...rest }), object(of(net + vat)), object(of(net)));
      },
    },
    { name: 'j-price-gross-last', why: 'The same net, tax and gross in another order of members.' },
    { name: 'j-price-gross-without-tax', critical: true, why: 'The gross price leaves the tax out.' },
  ),
  ...twins(
    {
      fields: ['price', 'money', 'orderAmount'],
      least: 4,
      value(random) {
        const currency = random.pick(['JPY', 'EUR', 'USD', 'JPY']);
        const units = minorUnits(random, 500, 900_000);
        const amount = currency === 'JPY' ? String(units) : decimal(units, 2);
        const of = (text: string) => object({ amount: text, currency: json(currency) });
        return shown(of(json(amount)), of(amount), of(decimal(units, 2)));
      },
    },
    { name: 'j-price-yen-number', why: 'The same amounts and currencies without quotes around amounts.' },
    {
      name: 'j-price-yen-as-cents',
      critical: true,
      why: 'Yen have no cents, yet the rewrite divides them by a hundred.',
    },
  ),
  ...twins<{ mid: number }>(
    {
      fields: ['lastPrice', 'quote', 'bid'],
      least: 6,
      always: true,
      common: (random) => ({ mid: random.int(1_500, 30_000) }),
      value(random, { mid }) {
        const tick = (factor: number) => decimal(Math.round((mid + random.int(-8, 8)) * factor), 2);
        return { legacy: tick(1), right: tick(1), wrong: tick(1.25), legacy2: tick(1) };
      },
    },
    {
      name: 'j-price-live-quote',
      why: 'The quote moves by some cents between any two calls, of legacy too.',
    },
    {
      name: 'j-price-live-quote-quarter-high',
      critical: true,
      why: 'All quotes are a quarter above what both runs of legacy answer.',
    },
  ),
  ...twins(
    {
      fields: ['validFrom', 'effectiveDate', 'GUELTIG_AB'],
      value(random) {
        const day = Day.of(random.int(2018, 2026), random.pick([1, 4, 7, 10]), 1);
        return shown(json(`${day.dd}.${day.mm}.${day.yyyy}`), json(day.iso), json(day.plus(-1).iso));
      },
    },
    { name: 'j-price-valid-from-iso', why: 'The same first day of a quarter in ISO notation.' },
    {
      name: 'j-price-valid-day-early',
      critical: true,
      why: 'The tariff begins on the day before that of legacy.',
    },
  ),
  ...twins(
    {
      fields: ['priceList', 'tiers', 'bands'],
      value(random) {
        const prices = ['S', 'M', 'L', 'XL'].map((size, at) => [
          size,
          decimal(990 + at * 500 + random.int(0, 40) * 10, 2),
        ]);
        const shifted = prices.map(([size], at) => [size, prices[(at + 1) % prices.length]![1]]);
        return shown(
          object(Object.fromEntries(prices)),
          object(Object.fromEntries([...prices].reverse())),
          object(Object.fromEntries([...shifted].reverse())),
        );
      },
    },
    {
      name: 'j-price-list-reversed-members',
      why: 'Each size has its price, the members are in reverse order.',
    },
    { name: 'j-price-list-shifted', critical: true, why: 'Each size has the price of the next one.' },
  ),
  ...twins(
    {
      fields: ['exchangeRate', 'fxRate', 'rate'],
      value(random) {
        const rate = random.int(10_500, 13_400);
        return shown(decimal(rate * 100, 6), decimal(rate, 4), (10_000 / rate).toFixed(4));
      },
    },
    { name: 'j-price-fx-fewer-zeros', why: 'Closing zeros of the rate are gone.' },
    {
      name: 'j-price-fx-inverse',
      critical: true,
      why: 'The inverse rate is answered: the other direction of exchange.',
    },
  ),
  ...twins(
    {
      fields: ['rounding', 'adjustment', 'difference'],
      least: 5,
      value(random) {
        const cents = random.pick([0, 0, 0, 1, 2, 3]);
        const text = `-${decimal(cents, 2)}`;
        return cents === 0 ? { legacy: text, right: '0.00' } : { legacy: text, right: text, wrong: '0.00' };
      },
    },
    { name: 'j-price-minus-zero', why: 'Minus zero is zero; all other values are the same.' },
    { name: 'j-price-cents-are-zero', critical: true, why: 'Amounts of some cents became zero.' },
  ),
  ...twins(
    {
      fields: ['discounts', 'surcharges', 'components'],
      value(random) {
        const rows = Array.from({ length: random.int(2, 5) }, (_, at) => ({
          code: `K${at + 1}${random.digits(2)}`,
          units: minorUnits(random, 100, 30_000),
        }));
        const of = (form: (units: number) => string) =>
          rows.map(({ code, units }) => object({ code: json(code), value: form(units) }));
        const right = of((units) => String(units / 100));
        return shown(list(of((units) => decimal(units, 2))), list(right), list(right.slice(0, -1)));
      },
    },
    { name: 'j-price-components-short-decimals', why: 'The same components without closing zeros.' },
    { name: 'j-price-component-missing', critical: true, why: 'The last component of the price is missing.' },
  ),
  ...twins(
    {
      fields: ['price', 'amount', 'PREIS'],
      value(random) {
        const units = minorUnits(random, 101, 900_000);
        return shown(
          json(`${decimal(units, 2)} €`),
          json(`€${decimal(units, 2)}`),
          json(`€${Math.trunc(units / 100)}.00`),
        );
      },
      least: 4,
    },
    { name: 'j-price-euro-sign-first', why: 'The sign of the currency stands before the same amount.' },
    { name: 'j-price-cents-cut-off', critical: true, why: 'The cents of the price are cut off.' },
  ),
];
