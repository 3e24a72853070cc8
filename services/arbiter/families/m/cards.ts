/** Cards, prices and rates: masks, currencies without minor units, percentages. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const money = (units: number) => decimal(units, 2);

const moneyText = (units: number) => json(money(units));
const euro = (units: number) => json(`${money(units)} EUR`);

const cards = twins(
  {
    fields: ['card', 'cardNumber', 'pan'],
    least: 2,
    value(random) {
      const payload = `${random.pick(['4929', '5412', '4556', '5277'])}${random.digits(11)}`;
      const pan = `${payload}${luhn(payload)}`;
      return shown(
        json(`XXXXXXXXXXXX${pan.slice(-4)}`),
        json(`**** **** **** ${pan.slice(-4)}`),
        json(pan.replace(/\d{4}(?=\d)/g, '$& ')),
      );
    },
  },
  {
    name: 'card_mask_style',
    why: 'both show only the last four digits of the same card; just the mask looks different',
  },
  {
    name: 'full_card_number_shown',
    critical: true,
    why: 'legacy hides all but four digits; the rewrite tells the whole card number',
  },
);

const rates = twins(
  {
    fields: ['interestRate', 'nominalRate', 'zinssatz'],
    least: 2,
    value(random) {
      const thousandths = random.int(500, 9_999);
      return shown(
        json(`${decimal(thousandths, 3)} %`),
        json(`${decimal(thousandths * 10, 4)}%`),
        json(`${decimal(Math.floor(thousandths / 10) * 100, 4)}%`),
      );
    },
  },
  { name: 'rate_one_more_zero', why: 'the same percentage with one more zero and without the blank' },
  { name: 'rate_third_place_cut', critical: true, why: 'the third decimal of the interest rate was cut off' },
);

const yen = twins(
  {
    fields: ['price', 'amount', 'charge'],
    value(random) {
      const currency = random.pick(['EUR', 'USD', 'JPY', 'JPY', 'GBP']);
      const units = minorUnits(random, 500, 900_000);
      const text = decimal(units, currency === 'JPY' ? 0 : 2);
      const pair = (amount: string) => object({ amount, currency: json(currency) });
      return shown(json(`${currency} ${text}`), pair(text), pair(money(units)));
    },
  },
  {
    name: 'amount_beside_currency',
    why: 'currency and amount were split into two members and kept their values',
  },
  {
    name: 'yen_in_hundredths',
    critical: true,
    why: 'yen have no minor unit, but the rewrite divided them by 100',
  },
);

const discounts = twins(
  {
    fields: ['discount', 'offer', 'pricing'],
    value(random) {
      const price = random.int(30, 900) * 100;
      const percent = random.pick([5, 10, 15, 20, 25, 30]);
      const all = (write: (units: number) => string, net: number) =>
        object({ price: write(price), discountPercent: `${percent}`, toPay: write(net) });
      const right = price - (price * percent) / 100;
      return shown(all(moneyText, right), all(euro, right), all(euro, price - percent * 100));
    },
  },
  {
    name: 'discount_names_currency',
    why: 'price, percentage and the amount to pay are the same; the currency stands with them',
  },
  {
    name: 'percent_taken_as_euro',
    critical: true,
    why: 'the discount in percent was subtracted as an amount in euro',
  },
);

export const families: readonly Family[] = [...cards, ...rates, ...yen, ...discounts];
