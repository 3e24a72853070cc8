/** Families of structures: parallel arrays, numbered lines, sets and multisets, invoices, split amounts. */
import { defect, type Family, faithful, type Random, twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

interface Line {
  readonly line: number;
  readonly amount: string;
  readonly account: string;
}

function lines(random: Random, fewest: number): Line[] {
  return Array.from({ length: random.int(fewest, 6) }, (_, at) => ({
    line: at + 1,
    amount: decimal(minorUnits(random, 100, 900_000), 2),
    account: random.digits(6),
  }));
}

const array = (items: readonly string[]): string => `[${items.join(',')}]`;
const numbered = ({ line, account, amount }: Line): string =>
  object({ line: String(line), account: json(account), amount });

export const families: Family[] = [
  ...twins(
    {
      fields: ['bookings', 'transfers', 'premiumParts', 'result'],
      value(random) {
        const list = lines(random, 2);
        const amounts = list.map(({ amount }) => amount);
        const accounts = list.map(({ account }) => json(account));
        const legacy = object({ account: array(accounts), amount: array(amounts) });
        const moved = [...amounts.slice(1), amounts[0]!];
        const zip = (column: readonly string[]): string =>
          array(accounts.map((account, at) => object({ account, amount: column[at]! })));
        return shown(legacy, zip(amounts), zip(moved));
      },
    },
    {
      name: 'b_columns_to_records',
      why: 'Two parallel arrays and one array of pairs hold the same amounts for the same accounts.',
    },
    {
      name: 'b_columns_misaligned',
      critical: true,
      why: 'The columns were joined one place off: amounts belong to other accounts.',
    },
  ),
  ...twins(
    {
      fields: ['journalLines', 'positions', 'lineItems', 'entries'],
      least: 2,
      value(random) {
        const list = lines(random, 2);
        const order = random.shuffled(list);
        const renumbered = order.map((entry, at) => ({ ...entry, line: at + 1 }));
        return shown(array(list.map(numbered)), array(order.map(numbered)), array(renumbered.map(numbered)));
      },
    },
    {
      name: 'b_numbered_lines_reordered',
      why: 'Every line carries its own number, so the order of the array says nothing more.',
    },
    {
      name: 'b_lines_renumbered',
      critical: false,
      why: 'The line numbers were given anew after reordering: line 1 is now another booking.',
    },
  ),
  faithful(
    {
      fields: ['permissions', 'grantedRoles', 'authorities'],
      clear: true,
      value(random) {
        const held = random
          .shuffled(['READ', 'WRITE', 'APPROVE', 'AUDIT', 'EXPORT'])
          .slice(0, random.int(1, 4));
        const twice = random.chance(0.7) ? [...held, random.pick(held)] : held;
        return { legacy: json(twice), right: json(held) };
      },
    },
    {
      name: 'b_permission_listed_twice',
      why: 'A permission is held or not: naming it twice grants nothing more, and the set is the same.',
    },
  ),
  defect(
    {
      fields: ['charges', 'cardPayments', 'withdrawals', 'debits'],
      clear: true,
      value(random) {
        const amounts = lines(random, 2).map(({ amount }) => amount);
        const again = [...amounts, random.pick(amounts)];
        return { legacy: array(again), right: array(again), wrong: array(amounts) };
      },
    },
    {
      name: 'b_equal_charges_merged',
      critical: true,
      why: 'Two charges of the same amount are two charges; the rewrite keeps only one of them.',
    },
  ),
  defect(
    {
      fields: ['instalments', 'shares', 'coInsurance', 'allocation'],
      value(random) {
        const [cents, parts] = [minorUnits(random, 1000, 900_000), random.pick([3, 6, 7, 12])];
        const each = Math.floor(cents / parts);
        const rest = cents - each * parts;
        const legacy = array(
          Array.from({ length: parts }, (_, at) => decimal(each + (at < rest ? 1 : 0), 2)),
        );
        const wrong = array(Array.from({ length: parts }, () => decimal(each, 2)));
        return shown(legacy, legacy, wrong);
      },
    },
    {
      name: 'b_instalments_lose_remainder',
      critical: true,
      why: 'The cents left over by the division are given to nobody, so the parts no longer add up to the whole.',
    },
  ),
  ...twins(
    {
      fields: ['invoiceTotals', 'taxLine', 'summary', 'bill'],
      value(random) {
        const net = minorUnits(random, 100, 5_000_000);
        const tax = Math.round((net * random.pick([7, 19, 20, 21])) / 100);
        const [n, t, g] = [decimal(net, 2), decimal(tax, 2), decimal(net + tax, 2)];
        const right = object({ gross: json(g), net: json(n), vat: json(t) });
        const wrong = object({ gross: json(n), net: json(g), vat: json(t) });
        return shown(object({ net: n, vat: t, gross: g }), right, wrong);
      },
    },
    {
      name: 'b_totals_as_strings',
      why: 'The three totals are the same, as decimal strings and in another order of members.',
    },
    {
      name: 'b_net_and_gross_swapped',
      critical: true,
      why: 'Net and gross changed places: net plus tax is no longer the gross amount.',
    },
  ),
];
