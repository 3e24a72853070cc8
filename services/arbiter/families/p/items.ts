/** What a shop's warehouse holds: articles, stock, options and categories. */
import { gtinDigit } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['quantity', 'stock', 'menge', 'lengthSold'],
      least: 3,
      value: (random) => {
        const units = random.chance(0.5) ? random.int(1, 60) * 1000 : random.int(1, 250) * 50;
        const text = decimal(units, 3);
        return shown(json(text), json(Number(text)), json(Math.trunc(Number(text))));
      },
    },
    {
      name: 'decimal-quantity-to-number',
      why: 'The quantity is the same number without the three decimals of its column.',
    },
    {
      name: 'decimal-quantity-to-integer',
      critical: true,
      why: 'Quantities that are sold in parts, such as 2.750, were cut to whole ones.',
    },
  ),
  ...twins(
    {
      fields: ['sku', 'articleNumber', 'artikelnr', 'productCode'],
      value: (random) => {
        const scientific = random.chance(0.5);
        const sku = scientific
          ? `${random.int(11, 98)}E${random.int(2, 6)}`
          : `${random.int(11, 98)}${random.pick(['A', 'B', 'K', 'T'])}${random.int(2, 6)}`;
        return shown(json(sku.padEnd(12)), json(sku), scientific ? json(String(Number(sku))) : json(sku));
      },
    },
    {
      name: 'article-number-trimmed',
      why: 'The article number is the same without the blanks that fill its column.',
    },
    {
      name: 'article-number-as-power-of-ten',
      critical: true,
      why: 'Article numbers such as 12E4 were taken for powers of ten and now name other articles.',
    },
  ),
  ...twins(
    {
      fields: ['ean', 'gtin', 'barcode', 'scanCode'],
      value: (random) => {
        const base = `0${random.int(0, 8)}${random.digits(10)}`;
        const code = base + gtinDigit(base);
        return shown(json(code), json(code.slice(1)), json(code.slice(0, -1)));
      },
    },
    {
      name: 'ean-13-as-upc-a',
      why: 'A thirteen-digit code that starts with 0 and the twelve digits after it are the same article number.',
    },
    {
      name: 'ean-without-check-digit',
      critical: true,
      why: 'The twelve digits left lack the check digit at the end and are not a valid code of the article.',
    },
  ),
  ...twins(
    {
      fields: ['options', 'attributes', 'variant', 'selectedOptions'],
      least: 4,
      value: (random) => {
        const size = object({
          size: json(random.pick(['S', 'M', 'L', 'XL'])),
          colour: json(random.pick(['red', 'navy', 'sand'])),
        });
        return random.chance(0.5)
          ? { legacy: '[]', right: '{}' }
          : { legacy: size, right: size, wrong: '{}' };
      },
    },
    {
      name: 'php-empty-map-is-list',
      why: 'PHP writes an empty map as an empty list; the rewrite writes an empty object, and the filled ones are equal.',
    },
    {
      name: 'filled-map-emptied',
      critical: false,
      why: 'Size and colour that legacy answers are gone; the object is empty.',
    },
  ),
  ...twins(
    {
      fields: ['categories', 'tags', 'shelves', 'images'],
      value: (random) => {
        const names = random
          .shuffled(['sale', 'outdoor', 'kids', 'shoes', 'winter', 'gifts', 'bikes'])
          .slice(0, random.int(2, 5));
        const gap = random.int(1, names.length - 1);
        const keyed = names.map((name, at) => [String(at < gap ? at : at + 1), json(name)] as const);
        return shown(
          object(Object.fromEntries(keyed)),
          list(names.map(json)),
          list(names.slice(0, gap).map(json)),
        );
      },
    },
    {
      name: 'filtered-list-keys-closed-up',
      why: 'PHP wrote a list with a gap in its keys as an object; the rewrite lists the same values in the same order.',
    },
    {
      name: 'filtered-list-ends-at-gap',
      critical: false,
      why: 'The values after the gap in the keys are missing from the list.',
    },
  ),
];
