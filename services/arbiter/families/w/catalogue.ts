/** Articles of an online shop: sizes, options and attributes, and where and when they are delivered. */
import { type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const locales: Family[] = twins(
  {
    fields: ['locale', 'language', 'customerLocale', 'sprache'],
    value: (random) => {
      const [legacy, right, wrong] = random.pick([
        ['de_AT', 'de-AT', 'de-DE'],
        ['de_CH', 'de-CH', 'de-DE'],
        ['pt_BR', 'pt-BR', 'pt-PT'],
        ['fr_BE', 'fr-BE', 'fr-FR'],
        ['nl_BE', 'nl-BE', 'nl-NL'],
        ['en_GB', 'en-GB', 'en-US'],
      ] as const);
      return shownJson(legacy, right, wrong);
    },
  },
  { name: 'w_locale_with_a_hyphen', why: 'POSIX writes the underscore where the web writes a hyphen.' },
  {
    name: 'w_locale_of_the_largest_country',
    critical: false,
    why: 'The country of the locale was replaced by another one with the same language.',
  },
);

const sizes: Family[] = twins(
  {
    fields: ['shoeSize', 'size', 'groesse', 'variantSize'],
    value: (random) => {
      const size = random.int(36, 46) + random.pick([0, 0, 0.5]);
      return shownJson(
        `EU ${String(size).replace('.', ',')}`,
        { system: 'EU', size },
        { system: 'UK', size },
      );
    },
  },
  { name: 'w_shoe_size_in_parts', why: 'The size and its system are the same, in two members.' },
  {
    name: 'w_european_size_as_british',
    critical: false,
    why: 'A European 42 is about a British 8, and there is no British 42.',
  },
);

const deliveries: Family[] = twins(
  {
    fields: ['deliveryTime', 'leadTime', 'lieferzeit', 'shipsWithin'],
    value: (random) => {
      const days = random.int(1, 5);
      return shownJson(`${days * 24} h`, { days }, { days: days * 24 });
    },
  },
  { name: 'w_delivery_hours_as_days', why: 'Twenty-four hours are a day.' },
  {
    name: 'w_delivery_hours_taken_for_days',
    critical: false,
    why: 'The hours until delivery are given as days, which is weeks.',
  },
);

const options: Family[] = twins(
  {
    fields: ['selectedOptions', 'configuration', 'variant', 'auswahl'],
    value: (random) => {
      const chosen = {
        color: random.pick(['red', 'navy', 'white', 'green']),
        size: random.pick(['S', 'M', 'L', 'XL']),
      };
      const part = (text: string) => `s:${text.length}:"${text}";`;
      const entries = Object.entries(chosen);
      const body = entries.map(([key, value]) => part(key) + part(value)).join('');
      const legacy = json(`a:${entries.length}:{${body}}`);
      return shown(legacy, json(chosen), json({ color: chosen.size, size: chosen.color }));
    },
  },
  {
    name: 'w_php_serialized_options_as_object',
    why: 'The serialized PHP array has the same keys and values.',
  },
  {
    name: 'w_options_of_other_keys',
    critical: true,
    why: 'The size stands under the colour and the colour under the size, so another article is sent.',
  },
);

const attributes: Family[] = twins(
  {
    fields: ['attributes', 'customFields', 'merkmale', 'metadata'],
    clear: true,
    least: 4,
    value: (random) => {
      if (random.chance(0.5)) return { legacy: '[]', right: '{}' };
      const some = json({
        material: random.pick(['cotton', 'wool', 'steel']),
        allergens: random.pick(['nuts', 'milk', 'soy']),
      });
      return { legacy: some, right: some, wrong: '{}' };
    },
  },
  {
    name: 'w_empty_php_array_as_object',
    why: 'PHP prints an array of no keys as [], and there are no attributes on either side.',
  },
  {
    name: 'w_attributes_emptied',
    critical: true,
    why: 'The material and the allergens of the article are gone in the rewrite.',
  },
);

export const families: Family[] = [...locales, ...sizes, ...deliveries, ...options, ...attributes];
