/** A shop: baskets, links, pages, flags, creation times. */
import { type Family, twins } from '../kit.ts';
import { json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const pieces = twins(
  {
    fields: ['basket', 'order', 'pickList'],
    value(random) {
      const quantities = Array.from({ length: random.int(2, 4) }, () => random.int(1, 6));
      const skus = quantities.map(() => `A-${random.digits(5)}`);
      const all = (write: (count: number | string) => string, total: number | string) =>
        object({
          lines: list(quantities.map((count, at) => object({ sku: json(skus[at]), quantity: write(count) }))),
          pieces: write(total),
        });
      const sum = quantities.reduce((total, count) => total + count, 0);
      return shown(
        all(String, sum),
        all((count) => json(`${count}`), sum),
        all((count) => json(`${count}`), quantities.join('')),
      );
    },
  },
  { name: 'quantities_as_texts', why: 'each quantity and their sum are the same numbers, written as texts' },
  {
    name: 'quantities_joined_as_texts',
    critical: true,
    why: 'the number of pieces is the quantities written one behind the other, not their sum',
  },
);

const links = twins(
  {
    fields: ['trackingLink', 'href', 'trackingUrl'],
    once: true,
    value(random) {
      const path = random.pick(['track', 'shipments', 'parcels']);
      const number = `1Z${random.digits(10)}`;
      const site = 'https://www.shop.example';
      return shown(
        json(`/${path}/${number}`),
        json(`${site}/${path}/${number}`),
        json(`${site}/${path}/undefined`),
      );
    },
  },
  {
    name: 'link_with_site',
    why: 'the same path to the same shipment, now with the name of the site before it',
  },
  {
    name: 'link_to_undefined',
    critical: false,
    why: 'the number of the shipment is missing; the link ends in “undefined”',
  },
);

const pages = twins(
  {
    fields: ['page', 'paging', 'meta'],
    least: 2,
    value(random) {
      const size = random.pick([10, 20, 25, 50]);
      const items = random.int(size + 1, size * 12);
      const all = (write: (value: number) => string, count: number) => ({
        pageSize: write(size),
        totalItems: write(items),
        totalPages: write(count),
      });
      const right = Math.ceil(items / size);
      return shown(
        object(all((value) => json(`${value}`), right)),
        object(all(String, right)),
        object(all(String, Math.floor(items / size))),
      );
    },
  },
  { name: 'page_counts_as_numbers', why: 'size, items and pages are the same counts as numbers' },
  {
    name: 'page_count_rounded_down',
    critical: false,
    why: 'the number of pages was rounded down, so the last items are on no page',
  },
);

const flags = twins(
  {
    fields: ['newsletterAllowed', 'creditChecked', 'paidInAdvance', 'ageVerified'],
    value(random) {
      const yes = random.chance(0.5);
      return yes ? { legacy: '"true"', right: 'true' } : { legacy: '"false"', right: 'false', wrong: 'true' };
    },
  },
  { name: 'flag_text_as_boolean', why: 'the texts "true" and "false" became the booleans true and false' },
  {
    name: 'flag_text_always_true',
    critical: true,
    why: 'the text "false" became true, as any text that is not empty',
  },
);

const created = twins(
  {
    fields: ['createdAt', 'orderedAt', 'shippedAt'],
    value(random) {
      const seconds = random.int(1_600_000_000, 1_790_000_000);
      const at = (milliseconds: number) => json(new Date(milliseconds).toISOString().replace('.000', ''));
      return shown(`${seconds}`, at(seconds * 1000), at(Math.floor(seconds / 1000) * 1000));
    },
  },
  { name: 'creation_seconds_as_iso', why: 'the seconds since 1970 became the same instant in ISO 8601' },
  {
    name: 'epoch_seconds_as_milliseconds',
    critical: false,
    why: 'seconds were read as milliseconds: every order is of January 1970',
  },
);

export const families: readonly Family[] = [...pieces, ...links, ...pages, ...flags, ...created];
