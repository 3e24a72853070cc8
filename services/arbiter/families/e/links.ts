/** Paging, links and their queries. */
import { twins } from '../kit.ts';
import { json, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const resources = ['accounts', 'cards', 'loans', 'claims', 'orders'] as const;

const ranges = twins(
  {
    fields: ['range', 'paging', 'resultWindow', 'slice'],
    value(random) {
      const size = random.pick([10, 20, 25, 50]);
      const page = random.int(0, 8);
      const total = (page + 1) * size + random.int(0, 300);
      const [first, last] = [page * size + 1, (page + 1) * size];
      const modern = (from: number) => json({ first: from, last, total });
      return shown(json(`${first}-${last} of ${total}`), modern(first), modern(first - 1));
    },
  },
  { name: 'e_range_in_members', why: 'First, last and total of the text stand in three members.' },
  {
    name: 'e_range_starts_row_early',
    critical: false,
    why: 'The window starts a row early: one row more than the page holds, seen on two pages.',
  },
);

const totals = twins(
  {
    fields: ['page', 'meta', 'pagination', 'resultInfo'],
    value(random) {
      const size = random.pick([10, 20, 50]);
      const total = random.int(1, 900);
      const body = (count: number, write: (text: string) => string) =>
        object({ offset: write('0'), limit: write(String(size)), total: write(String(count)) });
      return shown(
        body(total, (text) => text),
        body(total, json),
        body(Math.min(size, total), json),
      );
    },
  },
  { name: 'e_page_numbers_as_texts', why: 'Offset, limit and total are equal, as texts.' },
  {
    name: 'e_total_is_page_length',
    critical: false,
    why: 'The total never exceeds the page: the rows of the page were counted instead of all.',
  },
);

const nextLink = twins(
  {
    fields: ['next', 'nextPage', 'links.next', 'moreUrl'],
    value(random) {
      const path = `/v1/${random.pick(resources)}`;
      const state = `state=${random.pick(['OPEN', 'DUE', 'BLOCKED'])}`;
      const page = `page=${random.int(2, 40)}`;
      const size = `size=${random.pick([20, 50])}`;
      return shown(
        json(`${path}?${state}&${page}&${size}`),
        json(`${path}?${page}&${size}&${state}`),
        json(`${path}?${page}&${size}`),
      );
    },
  },
  { name: 'e_query_in_other_order', why: 'The same parameters of the query in another order.' },
  {
    name: 'e_next_page_forgets_filter',
    critical: false,
    why: 'The link to the next page has lost the filter on the state: it pages through all rows.',
  },
);

const spaces = twins(
  {
    fields: ['searchUrl', 'self', 'href', 'returnUrl'],
    value(random) {
      const [one, two] = [random.pick(surnames), random.pick(surnames)];
      const base = `https://bank.example/search?q=${one}`;
      return shown(json(`${base}+${two}`), json(`${base}%20${two}`), json(`${base}%2520${two}`));
    },
  },
  { name: 'e_query_space_by_percent', why: 'In a query plus and %20 both stand for a space.' },
  {
    name: 'e_query_encoded_twice',
    critical: false,
    why: 'The percent sign was encoded again: the query now asks for the letters %20.',
  },
);

const relative = twins(
  {
    fields: ['self', 'location', 'detailsLink', 'statementUrl'],
    least: 2,
    common: (random) => ({ host: random.pick(['https://api.bank.example', 'https://shop.example']) }),
    value(random, { host }) {
      const id = random.digits(9);
      const other = String(Number(id) + 1).padStart(9, '0');
      const path = `/v1/${random.pick(resources)}/`;
      return shown(json(host + path + id), json(path + id), json(path + other));
    },
  },
  {
    name: 'e_link_without_host',
    why: 'The link is relative to the host that answers; path and id are equal.',
  },
  {
    name: 'e_link_to_next_record',
    critical: true,
    why: 'The link leads to the record with the next number.',
  },
);

const slashes = twins(
  {
    fields: ['imageUrl', 'redirect', 'termsUrl', 'receiptLink'],
    once: true,
    value(random) {
      const url = `https://shop.example/${random.pick(['img', 'doc', 'r'])}/${random.digits(6)}/${random.hex(8)}.png`;
      const escaped = json(url).replaceAll('/', '\\/');
      return shown(escaped, json(url), json(url.replaceAll('/', '\\/')));
    },
  },
  { name: 'e_php_escaped_slashes', why: 'JSON may escape a slash, as PHP does; the text is equal.' },
  {
    name: 'e_backslashes_kept_in_url',
    critical: false,
    why: 'The backslashes of the escape are part of the text now: no such address.',
  },
);

const ampersands = twins(
  {
    fields: ['merchant', 'company', 'callback', 'narrative'],
    value(random) {
      const [one, two] = [random.pick(surnames), random.pick(surnames)];
      const text = random.chance(0.7) ? `${one} & ${two} Ltd` : `${one} Ltd`;
      return shown(json(text), json(text).replace('&', '\\u0026'), json(text.replace(/&.*/, '')));
    },
  },
  { name: 'e_go_escapes_ampersand', why: 'Go writes an ampersand as \\u0026 in JSON; the text is equal.' },
  {
    name: 'e_text_ends_at_ampersand',
    critical: false,
    why: 'The text ends where the ampersand was: it was read as the end of a form value.',
  },
);

export const families = [
  ...ranges,
  ...totals,
  ...nextLink,
  ...spaces,
  ...relative,
  ...slashes,
  ...ampersands,
];
