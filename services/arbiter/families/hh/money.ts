/** Amounts: signs, formats, taxes, limits. */
import type { Family } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { broken, fine, pair, same } from './setting.ts';

const trailingMinus = pair(
  {
    fields: ['amount', 'bookingAmount', 'balance', 'lineTotal'],
    routes: [
      'GET /accounts/{id}/bookings',
      'GET /ledger/{id}',
      'GET /accounts/{id}',
      'GET /invoices/{number}',
    ],
    value: (random) => {
      const text = decimal(minorUnits(random), 2);
      if (random.chance(0.6)) return same(json(text));
      return shown(json(`${text}-`), json(`-${text}`), json(text));
    },
  },
  {
    name: 'hh_minus_in_front',
    why: 'The host writes the minus behind the amount, the rewrite in front of it.',
  },
  {
    name: 'hh_trailing_minus_lost',
    why: 'The minus behind the amount is not read, so debits became credits.',
    critical: true,
  },
);

const displayed = pair(
  {
    fields: ['displayPrice', 'monthlyFee', 'amountText', 'invoiceTotal'],
    routes: ['GET /products/{sku}', 'GET /contracts/{id}', 'GET /payments/{id}', 'GET /invoices/{number}'],
    value: (random) => {
      const text = decimal(minorUnits(random, 150, 900_000), 2);
      const german = grouped(text, '.', ',');
      // parseFloat of "1.234,50" reads 1.234, and of "87,50" reads 87.
      const misread = Number.parseFloat(german).toFixed(2);
      return shown(json(`${german} €`), json(`EUR ${text}`), json(`EUR ${misread}`));
    },
  },
  {
    name: 'hh_local_amount_text',
    why: 'The same amount, in German spelling in legacy and in neutral spelling in the rewrite.',
  },
  {
    name: 'hh_comma_read_as_point',
    why: 'Points of thousands and decimal commas are misread: 1.234,50 became 1.23 and 87,50 became 87.00.',
    critical: true,
  },
);

const amountWithCurrency = fine(
  {
    fields: ['price', 'fee', 'total', 'deposit'],
    routes: ['GET /rooms/{id}/rates', 'GET /tariffs/{id}', 'GET /baskets/{id}'],
    value: (random) => {
      const cents = minorUnits(random, 99, 900_000);
      const currency = random.pick(['EUR', 'EUR', 'CHF', 'GBP']);
      const text = decimal(cents, 2);
      return {
        legacy: json(`${text} ${currency}`),
        right: object({ amount: text, currency: json(currency) }),
      };
    },
  },
  {
    name: 'hh_amount_and_currency_apart',
    why: 'The same amount and currency, as one text in legacy and as two members in the rewrite.',
  },
);

const rounding = broken(
  {
    fields: ['tax', 'vat', 'taxLine', 'salesTax'],
    routes: ['GET /invoices/{number}', 'POST /quotes', 'GET /baskets/{id}'],
    clear: true,
    common: (random) => random.pick(['even', 'down'] as const),
    value: (random, mode) => {
      const rate = random.pick([5, 10, 19]);
      const net = random.chance(0.4) ? random.int(20, 4000) * 20 + 10 : minorUnits(random, 300, 90_000);
      const parts = net * rate; // hundredths of a cent
      const down = Math.floor(parts / 100);
      const rest = parts % 100;
      const up = rest >= 50 ? down + 1 : down;
      const other = mode === 'down' ? down : rest === 50 ? down + (down % 2) : up;
      const text = (tax: number) =>
        object({ net: decimal(net, 2), rate: String(rate), tax: decimal(tax, 2) });
      return shown(text(up), text(up), text(other));
    },
  },
  {
    name: 'hh_tax_rounded_otherwise',
    why: 'The tax of the same net and rate is a cent off, because the rewrite does not round half a cent up.',
    critical: true,
  },
);

const threshold = broken(
  {
    fields: ['totals', 'basket', 'checkout', 'summary'],
    routes: ['GET /baskets/{id}', 'POST /checkout', 'POST /quotes'],
    common: (random) => ({
      free: random.pick([2000, 2900, 5000, 10_000]),
      fee: random.pick([390, 495, 590]),
    }),
    value: (random, { free, fee }) => {
      const kind = random.next();
      const subtotal = kind < 0.25 ? free : kind < 0.35 ? free - 1 : minorUnits(random, 500, 40_000);
      const text = (shipping: number) =>
        object({
          subtotal: decimal(subtotal, 2),
          shipping: decimal(shipping, 2),
          total: decimal(subtotal + shipping, 2),
        });
      const legacy = text(subtotal >= free ? 0 : fee);
      return shown(legacy, legacy, text(subtotal > free ? 0 : fee));
    },
  },
  {
    name: 'hh_free_shipping_at_the_limit',
    why: 'A basket worth exactly the limit ships free in legacy and pays postage in the rewrite.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...trailingMinus,
  ...displayed,
  amountWithCurrency,
  rounding,
  threshold,
];
