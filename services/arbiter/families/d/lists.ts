/** Lists, nested objects, links. */
import { type Family, type Random, twins } from '../kit.ts';
import { cities, json, streets } from '../kit-values.ts';
import { shown } from '../shown.ts';

const line = (random: Random) => ({ sku: `A${random.digits(5)}`, qty: random.int(1, 9) });
const several = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['lines', 'order.items', 'positions', 'entries'],
      value: (random) => {
        const lines = several(random.pick([1, 1, 2, 3, 4]), () => line(random));
        const legacy = json(lines.length === 1 ? lines[0] : lines);
        return shown(legacy, json(lines), json(lines.slice(0, 1)));
      },
      least: 5,
    },
    {
      name: 'd_single_element_in_list',
      why: 'One element without a list (as XML to JSON writes it) is a list of one.',
    },
    {
      name: 'd_only_first_element',
      why: 'Lists of several lines lost all but the first one.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['accounts', 'coverages', 'cards', 'beneficiaries'],
      value: (random) => {
        const ids = several(random.int(2, 6), () => `C${random.digits(7)}`);
        return shown(json(Object.fromEntries(ids.map((id, at) => [at, id]))), json(ids), json(ids.slice(1)));
      },
    },
    { name: 'd_php_array_to_list', why: 'A PHP array with keys from 0 is the list of the same elements.' },
    {
      name: 'd_php_array_from_one',
      why: 'Element 0 of the PHP array is missing from the list.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['openInvoices', 'claims', 'transactions', 'mandates'],
      value: (random) => {
        if (random.chance(0.4)) return { legacy: 'null', right: '[]' };
        const ids = several(random.int(4, 16), () => random.int(100_000, 999_999));
        return shown(json(ids), json(ids), json(ids.slice(0, 10)));
      },
      least: 4,
    },
    { name: 'd_null_list_to_empty', why: 'No list and an empty list both say there is nothing.' },
    {
      name: 'd_list_cut_at_ten',
      why: 'Long lists end after ten elements: a default size of page was put on them.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['addresses', 'parties', 'delivery', 'customer'],
      value: (random) => {
        const [bill, ship] = random.shuffled(streets).map((street) => `${street} ${random.int(1, 99)}`);
        const [billCity, shipCity] = random.shuffled(cities);
        const of = (b: unknown, s: unknown) => json({ billing: b, shipping: s });
        const [billing, shipping] = [
          { street: bill, city: billCity },
          { street: ship, city: shipCity },
        ];
        const flat = {
          billing_street: bill,
          billing_city: billCity,
          shipping_street: ship,
          shipping_city: shipCity,
        };
        return shown(json(flat), of(billing, shipping), of(shipping, billing));
      },
    },
    { name: 'd_flat_to_nested', why: 'The prefixes of the members became objects with the same contents.' },
    {
      name: 'd_nested_addresses_swapped',
      why: 'Goods go to the address of the bill and the bill to that of the goods.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['installmentNumbers', 'steps', 'versions', 'slots'],
      value: (random) => {
        const first = random.int(5, 9);
        const numbers = Array.from({ length: random.int(6, 9) }, (_, at) => first + at);
        const texts = numbers.map(String);
        return shown(json(numbers), json(texts), json([...texts].sort()));
      },
      least: 3,
    },
    { name: 'd_numbers_as_texts_in_order', why: 'The same numbers in the same order, as text.' },
    {
      name: 'd_numbers_sorted_as_text',
      why: 'An ascending list is now ordered as text, 10 before 9.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['tags', 'categories', 'features', 'labels'],
      least: 5,
      value: (random) => {
        const all = ['online', 'joint', 'vip', 'paperless', 'student', 'legacy'];
        const held = random.shuffled(all).slice(0, random.int(3, 5));
        const right = json(random.shuffled(held));
        return {
          legacy: json(held),
          legacy2: json(random.shuffled(held)),
          right,
          wrong: json(random.shuffled(held.slice(0, -1))),
        };
      },
    },
    {
      name: 'd_hash_set_order',
      why: 'The order changes from run to run in legacy too; the set is the same.',
    },
    {
      name: 'd_hash_set_member_lost',
      why: 'Beneath an order that changes anyway, a member of the set is missing.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['self', '_links.order.href', 'location', 'detailUrl'],
      value: (random) => {
        const [what, id] = [random.pick(['orders', 'policies', 'accounts']), random.digits(7)];
        return {
          legacy: json(`https://api.example.com/v1/${what}/${id}`),
          right: json(`/v1/${what}/${id}`),
          wrong: json(`/v1/${what}/${random.digits(7)}`),
        };
      },
    },
    { name: 'd_link_without_host', why: 'The link is relative now and leads to the same resource.' },
    {
      name: 'd_link_to_other_record',
      why: 'The link ends in the number of another record.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['next', 'paging.next', 'links.next', 'more'],
      value: (random) => {
        const [page, size] = [random.int(1, 40), random.pick([20, 50])];
        const of = (number: number) => json({ page, next: `?size=${size}&page=${number}` });
        return shown(json({ page, next: `?page=${page + 1}&size=${size}` }), of(page + 1), of(page));
      },
    },
    { name: 'd_query_parameters_reordered', why: 'The parameters of the link stand in another order only.' },
    {
      name: 'd_next_page_is_same_page',
      why: 'The link to the next page leads to the same page again, so a client never ends.',
      critical: false,
    },
  ),
];
