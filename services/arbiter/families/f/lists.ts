/** Lists and pages: which elements, how many, in which order, and of whom. */
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const skus = ['A1', 'B7', 'C3', 'D9', 'E2', 'F5'] as const;
/** Some different elements, two at least. */
const some = (random: Random): string[] => random.shuffled(skus).slice(0, random.int(2, 5));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['items', 'cartLines', 'holdings', 'stock'],
      value: (random) => {
        const lines = some(random).map((sku) => ({ sku, qty: random.int(1, 9) }));
        const last = lines.at(-1)?.qty ?? 0;
        const rows = (of: (qty: number) => number) =>
          list(lines.map(({ sku, qty }) => object({ sku: json(sku), qty: String(of(qty)) })));
        const keyed = object(Object.fromEntries(lines.map(({ sku, qty }) => [sku, String(qty)])));
        return shown(
          keyed,
          rows((qty) => qty),
          rows(() => last),
        );
      },
    },
    {
      name: 'f_map_to_lines',
      why: 'The same quantity for each article, as a list of lines instead of a map.',
    },
    {
      name: 'f_lines_share_last_quantity',
      critical: true,
      why: 'All lines have the quantity of the last one: a variable overwritten in the loop.',
    },
  ),
  ...twins(
    {
      fields: ['payments', 'claims', 'transactions', 'policies'],
      least: 3,
      value: (random) => {
        const count = random.pick([1, 1, 2, 3, 4]);
        const rows = Array.from({ length: count }, () =>
          object({ ref: json(`P${random.digits(7)}`), amount: decimal(minorUnits(random, 100, 900_000), 2) }),
        );
        return shown(count === 1 ? (rows[0] ?? '') : list(rows), list(rows), list(rows.slice(0, 1)));
      },
    },
    {
      name: 'f_single_element_in_list',
      why: 'A lone element is now a list of that one element, as for several.',
    },
    {
      name: 'f_only_first_element',
      critical: true,
      why: 'Of several payments or claims only the first is answered.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['paging', 'page', 'resultInfo', 'meta'],
      value: (random) => {
        const [size, total] = [random.pick([10, 20, 25, 50]), random.int(1, 900)];
        const page = random.int(1, Math.ceil(total / size));
        const info = (write: (value: number) => string, pages: number) =>
          object({ page: write(page), size: write(size), total: write(total), pages: write(pages) });
        const text = (value: number) => json(String(value));
        return shown(
          info(text, Math.ceil(total / size)),
          info(String, Math.ceil(total / size)),
          info(String, Math.floor(total / size)),
        );
      },
    },
    { name: 'f_paging_numbers', why: 'The four numbers of the page are the same, as numbers.' },
    {
      name: 'f_paging_pages_floored',
      critical: false,
      why: 'The number of pages was rounded down, so the last page is never fetched.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['accounts', 'cards', 'myContracts', 'portfolio'],
      common: (random) => random.int(10_000, 99_999),
      value: (random, customer) => {
        const row = (owner: number, write: (text: string) => string) => (id: string) =>
          object({ id: json(id), owner: write(String(owner)) });
        const ids = Array.from({ length: random.int(1, 4) }, () => `AC${random.digits(6)}`);
        const stranger = row(customer + random.int(1, 700), json)(`AC${random.digits(6)}`);
        return shown(
          list(ids.map(row(customer, String))),
          list(ids.map(row(customer, json))),
          list([...ids.map(row(customer, json)), stranger]),
        );
      },
    },
    { name: 'f_owner_text_in_list', why: 'The same accounts of the same owner, whose number is now a text.' },
    {
      name: 'f_list_of_two_owners',
      critical: true,
      why: 'The list holds an account of another owner: the filter by customer is missing.',
    },
  ),
  ...twins(
    {
      fields: ['beneficiaries', 'openCards', 'activeMandates', 'devices'],
      value: (random) => {
        const ids = Array.from({ length: random.int(1, 4) }, () => `M-${random.digits(5)}`);
        const row = (state: string) => (id: string) => object({ id: json(id), state: json(state) });
        const extra = row('deleted')(`M-${random.digits(5)}`);
        return shown(
          list(ids.map(row('ACTIVE'))),
          list(ids.map(row('active'))),
          list([...ids.map(row('active')), extra]),
        );
      },
    },
    { name: 'f_active_lower_case', why: 'The same elements in the same state, written in lower case.' },
    {
      name: 'f_list_with_deleted',
      critical: true,
      why: 'Deleted mandates or beneficiaries are listed again: a filter on their state is missing.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['ranking', 'result', 'topOrders', 'listing'],
      value: (random) => {
        const amounts = Array.from(
          { length: random.int(3, 6) },
          () => random.pick([1, 10, 100]) * random.int(2, 99),
        );
        const sorted = [...amounts].sort((a, b) => a - b);
        const listing = (rows: readonly number[], write: (text: string) => string) =>
          object({ sort: json('amount,asc'), amounts: list(rows.map((amount) => write(String(amount)))) });
        return shown(
          listing(sorted, json),
          listing(sorted, String),
          listing([...sorted].map(String).sort().map(Number), String),
        );
      },
    },
    { name: 'f_sorted_numbers', why: 'The same amounts in the same order, as numbers instead of texts.' },
    {
      name: 'f_sorted_as_texts',
      critical: false,
      why: 'The list claims to ascend by amount but is sorted as texts, 100 before 20.',
    },
  ),
  ...twins(
    {
      fields: ['openInvoices', 'found', 'hits', 'alerts'],
      value: (random) => {
        const ids = Array.from({ length: random.int(1, 5) }, () => random.int(1000, 99_999));
        const rows = list(ids.map((id) => json(`R-${id}`)));
        const wrap = (count: string) => object({ count, list: rows });
        return shown(
          wrap(String(ids.length)),
          wrap(json(String(ids.length))),
          wrap(json(String(ids.length - 1))),
        );
      },
    },
    { name: 'f_count_as_text', why: 'The same elements and the same count, which is now a text.' },
    {
      name: 'f_count_is_last_index',
      critical: false,
      why: 'The count is one less than the elements listed: the last index was taken for it.',
    },
  ),
];
