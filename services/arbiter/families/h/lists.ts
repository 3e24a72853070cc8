/** Lists: what is in them, how often, in which order. */
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const permissions = ['READ_BALANCE', 'READ_STATEMENT', 'CREATE_PAYMENT', 'MANAGE_CARDS', 'ORDER_CHEQUES'];
const texts = (items: readonly string[]): string => list(items.map(json));
const some = <T>(random: Random, low: number, high: number, make: (at: number) => T): T[] =>
  Array.from({ length: random.int(low, high) }, (_, at) => make(at));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['permissions', 'scopes', 'roles', 'grants'],
      least: 3,
      value(random) {
        const granted = random.shuffled(permissions).slice(0, random.int(2, 4));
        return {
          legacy: texts(granted),
          legacy2: texts(random.shuffled(granted)),
          right: texts(random.shuffled(granted)),
          wrong: texts(random.shuffled([...granted, 'APPROVE_PAYMENT'])),
        };
      },
    },
    {
      name: 'permissions_in_any_order',
      why: 'A set of permissions has no order, and legacy itself varies it.',
    },
    {
      name: 'permission_too_many',
      why: 'The rewrite grants the right to approve payments, which legacy never lists.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['transactions', 'entries', 'bookings', 'cardSales'],
      value(random) {
        const rows = some(
          random,
          2,
          5,
          (at) => [`T${random.int(100, 180)}${at}`, minorUnits(random, 100, 90_000)] as const,
        );
        const write = (of: typeof rows, quote: (text: string) => string) =>
          list(of.map(([id, units]) => object({ id: json(id), amount: quote(decimal(units, 2)) })));
        const again = random.int(0, rows.length - 1);
        const doubled = rows.flatMap((row, at) => (at === again ? [row, row] : [row]));
        return { legacy: write(rows, (text) => text), right: write(rows, json), wrong: write(doubled, json) };
      },
    },
    { name: 'amounts_in_rows_quoted', why: 'The same rows in the same order; their amounts are quoted.' },
    {
      name: 'row_repeated_by_join',
      why: 'A transaction with one id is listed twice, so its amount counts twice.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['contractIds', 'accounts', 'items', 'openInvoices'],
      value(random) {
        const length = random.chance(0.5) ? 10 : random.int(2, 9);
        const ids = Array.from({ length }, (_, at) => random.int(400, 480) * 100 + at);
        const right = ids.map((id) => json(`${id}`));
        return shown(list(ids.map(String)), list(right), list(right.slice(0, 9)));
      },
    },
    { name: 'ids_in_list_quoted', why: 'The same whole numbers in the same order, as texts.' },
    {
      name: 'tenth_row_missing',
      why: 'Full lists of ten lost their last row to an off-by-one.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['standingOrders', 'mandates', 'subscriptions', 'policies'],
      once: true,
      value(random) {
        const ids = some(random, 1, 4, (at) => `SO-${random.int(100, 999)}${at}`);
        const legacy = list(ids.map((id) => object({ id: json(id), state: json('ACTIVE') })));
        const rows = ids.map((id) => object({ state: json('ACTIVE'), id: json(id) }));
        const ended = object({ state: json('CANCELLED'), id: json(`SO-${random.digits(4)}`) });
        return { legacy, right: list(rows), wrong: list([...rows, ended]) };
      },
    },
    {
      name: 'members_of_rows_reordered',
      why: 'The same rows; only the keys within each object changed places.',
    },
    {
      name: 'cancelled_rows_not_filtered',
      why: 'The filter for active rows is gone: cancelled orders appear that legacy leaves out.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['offersByRate', 'cheapestFirst', 'sortedOffers', 'ratesAscending'],
      clear: true,
      least: 4,
      value(random) {
        const rates = some(random, 3, 5, () => random.int(190, 1_990)).sort((a, b) => a - b);
        const write = (all: readonly number[]) => all.map((rate) => decimal(rate, 2));
        const byText = write(rates).sort((a, b) => (a < b ? -1 : 1));
        return shown(list(write(rates)), texts(write(rates)), texts(byText));
      },
    },
    { name: 'sorted_rates_quoted', why: 'The same rates, still from low to high, as texts.' },
    {
      name: 'rates_sorted_as_text',
      why: 'The list is no longer from low to high: 10.50 stands before 2.90, as texts sort.',
      critical: false,
    },
  ),
];
