/** A retail chain: articles, prices, promotions, labels (RPG and PL/SQL to Go). */
import { gtinDigit } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const gtin = twins(
  {
    fields: ['gtin', 'barcode', 'articleEan', 'col7'],
    value: (random) => {
      const base = random.pick(['400', '761', '541', '871']) + random.digits(9);
      const code = base + gtinDigit(base);
      const moved = base.slice(0, 10) + base[11] + base[10];
      return shownJson(`0${code}`, code, random.chance(0.5) ? base : moved + gtinDigit(base));
    },
  },
  {
    name: 'gtin_14_with_zero_as_gtin_13',
    why: 'A GTIN of 14 digits that begins with zero is the GTIN of 13 digits after it.',
  },
  {
    name: 'gtin_digits_lost_or_transposed',
    critical: true,
    why: 'The check digit is missing, or two digits changed places: another article or none.',
  },
);

const promotion = twins(
  {
    fields: ['priceInfo', 'shelfPrice', 'F0032'],
    clear: true,
    least: 4,
    value: (random) => {
      const regular = random.int(4, 90) * 50 - 1;
      const promo = random.chance(0.6) ? regular - random.int(1, 3) * 30 : undefined;
      const pays = promo ?? regular;
      const legacy = object({
        REGULAR: json(decimal(regular, 2).padStart(8)),
        PROMO: promo === undefined ? '""' : json(decimal(promo, 2).padStart(8)),
        CUSTOMER_PAYS: json(decimal(pays, 2).padStart(8)),
      });
      const answer = (cents: number) =>
        object({
          regularCents: `${regular}`,
          promoCents: promo === undefined ? 'null' : `${promo}`,
          customerPaysCents: `${cents}`,
        });
      return shown(legacy, answer(pays), answer(regular));
    },
  },
  {
    name: 'shelf_prices_in_cents',
    why: 'The same prices as whole cents, which the names say; no promotion is null.',
  },
  {
    name: 'promotion_price_not_paid',
    critical: true,
    why: 'Where there is a promotion the customer pays the regular price in the rewrite.',
  },
);

const multiBuy = twins(
  {
    fields: ['offer', 'multiBuy', 'x1', 'description'],
    value: (random) => {
      const [take, pay] = random.pick([
        [3, 2],
        [4, 3],
        [2, 1],
        [6, 4],
        [5, 4],
      ] as const);
      const answer = (of: number, price: number) => object({ take: `${of}`, payFor: `${price}` });
      return shown(
        json(`TAKE ${take} PAY ${pay}`),
        answer(take, pay),
        random.chance(0.5) ? answer(take, take - pay) : answer(pay, take),
      );
    },
  },
  { name: 'multi_buy_text_as_numbers', why: 'The same numbers of articles taken and paid.' },
  {
    name: 'multi_buy_counts_confused',
    critical: true,
    why: 'The numbers were swapped, or the free articles stand where the paid ones belong.',
  },
);

const unitPrice = twins(
  {
    fields: ['unitPriceLabel', 'priceLabel', 'data'],
    clear: true,
    value: (random) => {
      const grams = random.pick([100, 200, 250, 500]);
      const price = random.int(12, 160) * 5;
      const perKilo = (price * 1000) / grams;
      const answer = (cents: string) =>
        object({ price: decimal(price, 2), contentGrams: `${grams}`, pricePerKg: cents });
      const legacy = object({
        LABEL: json(`${decimal(price, 2)} EUR / ${grams} g (1 kg = ${decimal(perKilo, 2)} EUR)`),
      });
      const wrong = grams === 100 ? decimal(price, 3) : decimal(perKilo, 3);
      return shown(legacy, answer(decimal(perKilo, 2)), answer(wrong));
    },
  },
  {
    name: 'unit_price_label_in_parts',
    why: 'Price, content and price of a kilogram are those printed on the label.',
  },
  {
    name: 'unit_price_of_100_grams_as_kilogram',
    critical: true,
    why: 'What is called the price of a kilogram is a tenth of it, that of 100 grams.',
  },
);

const allergens = twins(
  {
    fields: ['allergens', 'containsAllergens'],
    clear: true,
    value: (random) => {
      const names = random.shuffled([
        'MILK',
        'EGGS',
        'PEANUTS',
        'SOY',
        'GLUTEN',
        'SESAME',
        'FISH',
        'CELERY',
        'MUSTARD',
      ]);
      const kept = names.slice(0, random.int(2, 5));
      const answer = (of: readonly string[]) => list([...of].sort().map((name) => json(name.toLowerCase())));
      return shown(json(kept.join(';')), answer(kept), answer(kept.slice(0, -1)));
    },
  },
  {
    name: 'allergens_as_sorted_list',
    why: 'The same set of allergens as a list in the order of the alphabet.',
  },
  {
    name: 'last_allergen_missing',
    critical: true,
    why: 'One allergen of the article is missing from the list, which endangers customers.',
  },
);

export const families: Family[] = [gtin, promotion, multiBuy, unitPrice, allergens].flat();
