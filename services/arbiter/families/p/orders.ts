/** Carts, orders and refunds of an online shop: PHP answers, rewritten in Node. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const bare = (text: string) => json(Number(text));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['isBlocked', 'taxExempt', 'paid', 'ageVerified'],
      value: (random) =>
        random.chance(0.5)
          ? { legacy: '"1"', right: 'true' }
          : { legacy: '"0"', right: 'false', wrong: 'true' },
    },
    {
      name: 'php-digit-to-boolean',
      why: 'MySQL through PHP answers flags as "1" and "0"; the rewrite answers true and false for them.',
    },
    {
      name: 'text-zero-is-truthy',
      critical: true,
      why: 'A flag that was off, "0", is on, because a text that is not empty counts as true in JavaScript.',
    },
  ),
  ...twins(
    {
      fields: ['price', 'itemPrice', 'basketSum', 'shippingFee'],
      value: (random) => {
        const text = decimal(random.int(199, 49_999), 2);
        const answer = (minor: number) => object({ amountMinor: String(minor), currency: '"EUR"' });
        return shown(
          object({ amount: json(text), currency: '"EUR"' }),
          answer(Math.round(Number(text) * 100)),
          answer(Math.trunc(Number(text) * 100)),
        );
      },
    },
    {
      name: 'price-in-minor-units',
      why: 'The member says that it counts minor units, and that many cents are the same price.',
    },
    {
      name: 'price-times-hundred-cut-off',
      critical: true,
      why: 'Some prices lost a cent on the way to minor units: the product with 100 was cut off instead of rounded.',
    },
  ),
  ...twins(
    {
      fields: ['cartTotals', 'totals', 'orderSums', 'summary'],
      value: (random) => {
        const subtotal = minorUnits(random, 1_500, 120_000);
        const shipping = random.pick([0, 395, 495, 690]);
        const discount = random.chance(0.5) ? Math.round(subtotal / random.pick([5, 10, 20])) : 0;
        const answer = (total: number, wrap: (text: string) => string) =>
          object({
            subtotal: wrap(decimal(subtotal, 2)),
            shipping: wrap(decimal(shipping, 2)),
            discount: wrap(decimal(discount, 2)),
            total: wrap(decimal(total, 2)),
          });
        const total = subtotal + shipping - discount;
        return shown(answer(total, json), answer(total, bare), answer(total + discount, bare));
      },
    },
    {
      name: 'cart-sums-as-numbers',
      why: 'All four sums of the cart are the same amounts, as numbers.',
    },
    {
      name: 'cart-discount-not-taken-off',
      critical: true,
      why: 'The discount is still listed but no longer taken off the total.',
    },
  ),
  ...twins(
    {
      fields: ['line', 'orderLine', 'item', 'position'],
      least: 2,
      value: (random) => {
        const [quantity, price] = [random.int(1, 9), random.int(149, 9_900)];
        const answer = (total: string, wrap: (text: string) => string) =>
          object({ qty: wrap(String(quantity)), unitPrice: wrap(decimal(price, 2)), lineTotal: wrap(total) });
        const total = decimal(quantity * price, 2);
        return shown(answer(total, json), answer(total, bare), answer(decimal(price, 2), bare));
      },
    },
    {
      name: 'order-line-as-numbers',
      why: 'Quantity, price and line total are the same, without quotes.',
    },
    {
      name: 'order-line-total-of-one-piece',
      critical: true,
      why: 'The total of the line is the price of one piece although several were ordered.',
    },
  ),
  ...coded(
    ['orderStatus', 'state', 'bestellstatus', 'fulfilment'],
    [
      ['offen', 'open'],
      ['bezahlt', 'paid'],
      ['versandt', 'shipped'],
      ['storniert', 'cancelled', 'shipped'],
      ['retourniert', 'returned', 'shipped'],
    ],
    {
      name: 'german-order-state-in-english',
      why: 'Each German state of the order is answered by its English translation.',
    },
    {
      name: 'cancelled-order-shipped',
      critical: true,
      why: 'Orders that legacy calls cancelled ("storniert") or returned are called shipped.',
    },
    2,
  ),
  ...twins(
    {
      fields: ['displayPrice', 'total', 'preis', 'refundable'],
      common: (random) =>
        random.pick([
          ['€', 'EUR'],
          ['£', 'GBP'],
          ['zł', 'PLN'],
        ] as const),
      value: (random, [sign, code]) => {
        const text = decimal(minorUnits(random, 299, 400_000), 2);
        const answer = (currency: string) => object({ amount: text, currency: json(currency) });
        return shown(json(`${sign} ${grouped(text, ',')}`), answer(code), answer('USD'));
      },
    },
    {
      name: 'currency-sign-to-code',
      why: 'The amount is the same and the code names the currency of the sign.',
    },
    {
      name: 'currency-default-dollar',
      critical: true,
      why: 'The number stayed but the currency became US dollars, which the sign of legacy contradicts.',
    },
  ),
  ...twins(
    {
      fields: ['salePrice', 'price', 'unitPrice', 'offerPrice'],
      clear: true,
      least: 3,
      value: (random) => {
        const text = decimal(random.int(199, 89_900), 2);
        return random.chance(0.35)
          ? { legacy: 'null', right: undefined, wrong: '0' }
          : { legacy: json(text), right: bare(text) };
      },
    },
    {
      name: 'unknown-price-left-out',
      why: 'Where legacy answers null because there is no price, the rewrite leaves the member out.',
    },
    {
      name: 'unknown-price-is-zero',
      critical: true,
      why: 'An item without a price, null, costs 0 in the rewrite and could be bought for nothing.',
    },
  ),
  ...twins(
    {
      fields: ['refund', 'returnCredit', 'gutschrift', 'returnedItem'],
      value: (random) => {
        const [ordered, price] = [random.int(2, 6), random.int(499, 12_900)];
        const returned = random.int(1, ordered - 1);
        const answer = (pieces: number, wrap: (text: string) => string) =>
          object({
            ordered: String(ordered),
            returned: String(returned),
            unitPrice: wrap(decimal(price, 2)),
            refund: wrap(decimal(pieces * price, 2)),
          });
        return shown(answer(returned, json), answer(returned, bare), answer(ordered, bare));
      },
    },
    {
      name: 'partial-refund-as-numbers',
      why: 'The refund is for the same pieces and of the same amount, written as numbers.',
    },
    {
      name: 'refund-of-all-pieces',
      critical: true,
      why: 'All ordered pieces are refunded although only some were returned.',
    },
  ),
];
