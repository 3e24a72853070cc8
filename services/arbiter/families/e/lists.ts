/** Lists of rows: their joins and filters. */
import { type Random, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const times = <T>(count: number, value: () => T) => Array.from({ length: count }, value);
/** Rows of a number and an amount in minor units. */
const numbered = (random: Random, least: number, most: number) =>
  times(random.int(least, most), () => ({
    number: random.digits(7),
    units: minorUnits(random, 100, 900_000),
  }));

const oneRow = twins(
  {
    fields: ['mandates', 'accounts', 'beneficiaries', 'policies'],
    once: true,
    least: 4,
    value(random) {
      const rows = times(random.int(1, 4), () =>
        object({ number: json(random.digits(8)), state: json('OPEN') }),
      );
      const [first = '{}'] = rows;
      const legacy = object({ item: rows.length === 1 ? first : list(rows) });
      return shown(legacy, object({ item: list(rows) }), object({ item: list(rows.slice(-1)) }));
    },
  },
  {
    name: 'e_single_row_in_list',
    why: 'One row stands alone where XML was converted; a list of one is the same.',
  },
  {
    name: 'e_only_last_row_kept',
    critical: true,
    why: 'Of several rows only the last is left: each overwrote the one before.',
  },
);

const emptyList = twins(
  {
    fields: ['warnings', 'holds', 'claims', 'openItems'],
    least: 4,
    value(random) {
      if (random.chance(0.4)) return { legacy: '[]', right: undefined };
      const rows = json(
        random.shuffled(['SEIZURE', 'DISPUTE', 'PENSION', 'TAX', 'FRAUD']).slice(0, random.int(1, 4)),
      );
      return shown(rows, rows, '[]');
    },
  },
  { name: 'e_empty_list_left_out', why: 'Only empty lists are left out of the answer.' },
  { name: 'e_filled_list_empty', critical: true, why: 'Lists that have entries in legacy are empty.' },
);

const row = (number: string, units: number) => object({ no: json(number), amount: decimal(units, 2) });
const rowOtherOrder = (number: string, units: number) =>
  object({ amount: decimal(units, 2), no: json(number) });

const duplicates = twins(
  {
    fields: ['transactions', 'postings', 'orders', 'invoices'],
    value(random) {
      const rows = numbered(random, 2, 5);
      const modern = rows.map(({ number, units }) => rowOtherOrder(number, units));
      const twice = modern.flatMap((text, at) => (at === 0 || random.chance(0.3) ? [text, text] : [text]));
      return shown(list(rows.map(({ number, units }) => row(number, units))), list(modern), list(twice));
    },
  },
  {
    name: 'e_row_members_in_other_order',
    why: 'The same rows in the same order; only their members are turned round.',
  },
  {
    name: 'e_rows_doubled_by_join',
    critical: true,
    why: 'Some rows stand twice, number and all: a join multiplied them.',
  },
);

const lastRow = twins(
  {
    fields: ['entries', 'turnovers', 'repayments', 'deliveries'],
    value(random) {
      const rows = numbered(random, 2, 8);
      const modern = rows.map(({ number, units }) =>
        object({ no: json(number), amount: json(decimal(units, 2)) }),
      );
      return shown(
        list(rows.map(({ number, units }) => row(number, units))),
        list(modern),
        list(modern.slice(0, -1)),
      );
    },
  },
  { name: 'e_row_amounts_as_texts', why: 'The same rows with their amounts as texts.' },
  {
    name: 'e_last_row_missing',
    critical: true,
    why: 'The last row is missing: the loop ended one too early.',
  },
);

const wrongJoin = twins(
  {
    fields: ['accountHolders', 'cards', 'assignments', 'owners'],
    value(random) {
      const names = random.shuffled(surnames).slice(0, random.int(2, 5));
      const pairs = names.map((name) => ({ no: random.digits(8), name }));
      const modern = (shift: number) =>
        object(
          Object.fromEntries(
            pairs.map(({ no }, at) => [`A${no}`, json(pairs[(at + shift) % pairs.length]?.name)]),
          ),
        );
      const legacy = list(
        pairs.map(({ no, name }) => object({ account: json(`A${no}`), holder: json(name) })),
      );
      return shown(legacy, modern(0), modern(1));
    },
  },
  { name: 'e_rows_as_map_by_account', why: 'Each account still leads to its own holder.' },
  {
    name: 'e_holders_joined_one_row_off',
    critical: true,
    why: 'Each account leads to the holder of the next row.',
  },
);

const filtered = twins(
  {
    fields: ['activeContracts', 'openOrders', 'contracts', 'standingOrders'],
    value(random) {
      const rows = times(random.int(1, 4), () => ({ id: random.digits(6), state: 'active' }));
      const closed = { id: random.digits(6), state: 'closed' };
      const texts = (all: readonly { id: string; state: string }[], write: (text: string) => string) =>
        json(all.map(({ id, state }) => ({ id, state: write(state) })));
      const upper = (text: string) => text.toUpperCase();
      return shown(
        texts(rows, (text) => text),
        texts(rows, upper),
        texts([...rows, closed], upper),
      );
    },
  },
  { name: 'e_row_state_in_upper_case', why: 'The same rows; their state is written in capitals.' },
  {
    name: 'e_closed_rows_listed',
    critical: true,
    why: 'A closed row is listed as well: the filter on the state is missing.',
  },
);

export const families = [...oneRow, ...emptyList, ...duplicates, ...lastRow, ...wrongJoin, ...filtered];
