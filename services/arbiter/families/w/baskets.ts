/** Baskets, vouchers and prices of an online shop: PHP arrays and Perl texts to TypeScript. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const sku = (digits: string): string => `SKU-${digits}`;

const vouchers: Family[] = twins(
  {
    fields: ['voucher', 'coupon', 'promotion', 'discountRule'],
    value: (random) => {
      const value = random.pick([5, 10, 15, 20, 25]);
      const percent = random.chance(0.6);
      const written = (kind: string) => json({ kind, value });
      return percent
        ? shown(json(`${value} %`), written('percent'), written('amount'))
        : { legacy: json(`${value}.00 EUR`), right: written('amount') };
    },
  },
  { name: 'w_voucher_in_parts', why: 'A sign of percent makes a percentage, a currency makes an amount.' },
  {
    name: 'w_percent_voucher_as_amount',
    critical: true,
    why: 'A voucher of so many percent takes off as many euros instead.',
  },
);

const totals: Family[] = twins(
  {
    fields: ['cartTotals', 'orderSummary', 'checkout', 'amounts'],
    value: (random) => {
      const subtotal = minorUnits(random, 1_500, 40_000);
      const discount = Math.round(subtotal / 10);
      const shipping = random.pick([0, 0, 395, 495]);
      const total = subtotal - discount + shipping;
      const members = (sum: number) => ({
        subtotal: decimal(subtotal, 2),
        discount: decimal(discount, 2),
        shipping: decimal(shipping, 2),
        total: decimal(sum, 2),
      });
      return shown(json(members(total)), object(members(total)), object(members(total + discount)));
    },
  },
  { name: 'w_cart_texts_as_numbers', why: 'Subtotal, discount, shipping and total are the same amounts.' },
  {
    name: 'w_discount_shown_but_not_taken_off',
    critical: true,
    why: 'The total to pay still holds the discount that stands next to it.',
  },
);

const packs: Family[] = twins(
  {
    fields: ['orderQuantity', 'pieces', 'lineQuantity', 'menge'],
    value: (random) => {
      const [count, each] = [random.int(1, 12), random.pick([4, 6, 10, 12, 24])];
      return shownJson({ packs: count, piecesPerPack: each }, { pieces: count * each }, { pieces: count });
    },
  },
  { name: 'w_packs_counted_in_pieces', why: 'So many packs of so many pieces are this number of pieces.' },
  {
    name: 'w_packs_taken_for_pieces',
    critical: true,
    why: 'The number of packs is given as the number of pieces.',
  },
);

const tiers: Family[] = twins(
  {
    fields: ['priceTiers', 'volumePrices', 'staffelpreise', 'scales'],
    value: (random) => {
      const base = random.int(400, 6_000);
      const steps = [1, 5, 10, 50];
      const prices = steps.map((_, at) => base - Math.round((base * at * 4) / 100));
      const legacy = object(
        Object.fromEntries(steps.map((from, at) => [String(from), json(decimal(prices[at] ?? 0, 2))])),
      );
      const written = (froms: readonly number[]) =>
        list(froms.map((from, at) => object({ from: String(from), price: String((prices[at] ?? 0) / 100) })));
      return shown(legacy, written(steps), written([1, 10, 5, 50]));
    },
  },
  { name: 'w_price_tiers_as_list', why: 'From each quantity on, the same price holds.' },
  {
    name: 'w_price_tiers_sorted_as_text',
    critical: true,
    why: 'The quantities were sorted as texts, so five pieces get the price of ten, and ten that of five.',
  },
);

const gaps: Family[] = twins(
  {
    fields: ['cartItems', 'basket', 'lines', 'warenkorb'],
    value: (random) => {
      const items = Array.from({ length: random.int(2, 5) }, () => sku(random.digits(5)));
      const right = json(items);
      if (random.chance(0.5)) return { legacy: right, right };
      const keys = items.map((_, at) => String(at === 0 ? 0 : at + 1));
      const legacy = json(Object.fromEntries(keys.map((key, at) => [key, items[at]])));
      return shown(legacy, right, json(items.slice(0, 1)));
    },
  },
  {
    name: 'w_php_array_with_a_gap_as_list',
    why: 'PHP prints a list with a removed item as an object; the items are the same.',
  },
  {
    name: 'w_items_after_the_gap_lost',
    critical: true,
    why: 'Only the item before the gap in the keys is left, and the others are not in the basket.',
  },
);

export const families: Family[] = [...vouchers, ...totals, ...packs, ...tiers, ...gaps];
