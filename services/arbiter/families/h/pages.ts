/** Maps, pages and rows that hold values of one another. */
import { type Family, twins } from '../kit.ts';
import { decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['balances', 'wallets', 'positions', 'limitsByCurrency'],
      value(random) {
        const codes = random.shuffled(['EUR', 'USD', 'GBP', 'CHF', 'SEK']).slice(0, random.int(2, 4));
        const amounts = codes.map(() => json(decimal(minorUnits(random, 100, 900_000), 2)));
        const rows = (all: readonly string[]) =>
          list(codes.map((code, at) => object({ currency: json(code), balance: `${all[at]}` })));
        const legacy = object(Object.fromEntries(codes.map((code, at) => [code, `${amounts[at]}`])));
        return shown(legacy, rows(amounts), rows(amounts.map(() => `${amounts.at(-1)}`)));
      },
    },
    { name: 'map_to_rows', why: 'Each currency of the map is a row with the same balance.' },
    {
      name: 'rows_share_last_value',
      why: 'All rows show the balance of the last one: the variable of the loop was shared.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['beneficiary', 'drivers', 'coInsured', 'cardUsers'],
      least: 3,
      value(random) {
        const rows = Array.from({ length: random.int(1, 3) }, (_, at) =>
          object({ no: `${at + 1}`, name: json(`${random.pick(givenNames)} ${random.pick(surnames)}`) }),
        );
        return shown(rows.length === 1 ? rows.join('') : list(rows), list(rows), list(rows.slice(0, 1)));
      },
    },
    {
      name: 'single_object_always_in_list',
      why: 'Where legacy answers one object the rewrite answers a list of that one.',
    },
    {
      name: 'only_first_of_list',
      why: 'Where legacy lists several rows only the first one is left.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['page', 'paging', 'pagination', 'meta'],
      value(random) {
        const [size, total] = [random.pick([10, 20, 25, 50]), random.int(1, 400)];
        const members = { page: '1', size: `${size}`, total: `${total}` };
        const write = (pages: number) => object({ totalPages: `${pages}`, ...members });
        const pages = Math.ceil(total / size);
        return shown(
          object({ ...members, totalPages: `${pages}` }),
          write(pages),
          write(Math.floor(total / size)),
        );
      },
    },
    {
      name: 'paging_members_reordered',
      why: 'Page, size, total and pages are the same numbers in another key order.',
    },
    {
      name: 'last_page_not_counted',
      why: 'The number of pages is rounded down, so the rows of the last page are never fetched.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['feesByTier', 'priceByQuantity', 'options', 'bands'],
      least: 5,
      common: () => ({ seen: 0 }),
      value(random, common) {
        common.seen += 1;
        if (common.seen > 1 && random.chance(0.4)) return { legacy: '[]', right: '{}' };
        const keys = ['10', '25', '100'].slice(0, random.int(1, 3));
        const members = keys.map((key) => [key, decimal(random.int(50, 900), 2)] as const);
        const map = object(Object.fromEntries(members));
        return { legacy: map, right: map, wrong: list(members.map(([, text]) => text)) };
      },
    },
    {
      name: 'empty_map_as_object',
      why: 'PHP writes an empty map as []; the rewrite writes it as {}, and all others alike.',
    },
    {
      name: 'map_keys_lost_to_list',
      why: 'The keys, from which quantity a price counts, are gone: only a list of values is left.',
      critical: true,
    },
  ),
];
