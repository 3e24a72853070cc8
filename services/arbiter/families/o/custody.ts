/** Custody: holdings, prices, corporate actions. */
import { isinDigit } from '../check-digits.ts';
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

function isin(random: Random): string {
  const base = random.pick([
    `DE000${random.text('ABCDEFGH1234567', 6)}`,
    `US${random.digits(9)}`,
    `FR000${random.digits(6)}`,
  ]);
  return base + isinDigit(base);
}

const quantity = twins(
  {
    fields: ['quantity', 'stueck', 'units', 'holding'],
    least: 2,
    value(random) {
      const whole = random.int(0, 400);
      const parts = random.chance(0.6) ? random.int(1, 9999) : 0;
      const units = whole * 10_000 + parts;
      const legacy = json(decimal(units, 4).replace('.', ','));
      return shown(legacy, String(units / 10_000), String(whole));
    },
  },
  { name: 'o_fund_units_as_number', why: 'The same number of units with four decimals, as a number.' },
  {
    name: 'o_fund_fractions_lost',
    why: 'Fractions of a unit are cut off, although fund savings plans buy them.',
    critical: true,
  },
);

const quotation = twins(
  {
    fields: ['price', 'kurs', 'lastPrice'],
    value(random) {
      const hundredths = random.int(8200, 10_900);
      const text = decimal(hundredths, 2);
      const modern = (unit: string) => object({ value: text, unit: json(unit) });
      if (random.chance(0.4)) return { legacy: json(`${text} EUR`), right: modern('EUR') };
      return { legacy: json(`${text} %`), right: modern('PERCENT'), wrong: modern('EUR') };
    },
  },
  {
    name: 'o_price_with_unit_object',
    why: 'Bonds are quoted in percent and shares in euros; value and unit are kept.',
  },
  {
    name: 'o_bond_percent_as_euro',
    why: 'A bond at 98.75 percent of its nominal is answered as 98.75 euros.',
    critical: true,
  },
);

const events = coded(
  ['corporateAction', 'eventType', 'caev'],
  [
    ['DVCA', 'CASH_DIVIDEND'],
    ['DVSE', 'STOCK_DIVIDEND', 'CASH_DIVIDEND'],
    ['SPLF', 'FORWARD_SPLIT', 'REVERSE_SPLIT'],
    ['SPLR', 'REVERSE_SPLIT', 'FORWARD_SPLIT'],
    ['BONU', 'BONUS_ISSUE'],
  ],
  { name: 'o_corporate_action_names', why: 'The ISO 15022 event codes are spelled out.' },
  {
    name: 'o_split_direction_reversed',
    why: 'Forward and reverse splits are exchanged, or shares instead of cash are called a cash dividend.',
    critical: true,
  },
  2,
);

const positions = twins(
  {
    fields: ['positions', 'holdings', 'depot'],
    value(random) {
      const rows = Array.from({ length: random.int(2, 5) }, (_, at) => ({
        isin: isin(random),
        quantity: random.int(1, 90) * 10 + at,
      }));
      const modern = (shift: number) =>
        object(
          Object.fromEntries(
            rows.map((row, at) => [row.isin, String(rows[(at + shift) % rows.length]!.quantity)]),
          ),
        );
      const legacy = rows.map((row) => object({ ISIN: json(row.isin), STUECK: json(String(row.quantity)) }));
      return shown(list(legacy), modern(0), modern(1));
    },
  },
  {
    name: 'o_positions_by_isin',
    why: 'Each ISIN has the same number of pieces, as a map instead of a list.',
  },
  {
    name: 'o_positions_quantities_shifted',
    why: 'Every security carries the number of pieces of its neighbour.',
    critical: true,
  },
);

const allocation = twins(
  {
    fields: ['assetAllocation', 'weights', 'aufteilung'],
    value(random) {
      const shares = random.int(20, 60);
      const bonds = random.int(10, 35);
      const parts = { shares, bonds, cash: 100 - shares - bonds };
      const legacy = object(
        Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, json(`${part}%`)])),
      );
      const modern = (cash: number) =>
        list(
          Object.entries({ ...parts, cash }).map(([key, part]) =>
            object({ assetClass: json(key), percent: String(part) }),
          ),
        );
      return shown(legacy, modern(parts.cash), modern(0));
    },
  },
  { name: 'o_allocation_as_list', why: 'The same asset classes with the same percentages, as a list.' },
  {
    name: 'o_allocation_cash_left_out',
    why: 'The share of cash is zero and the parts no longer make a hundred.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...quantity,
  ...quotation,
  ...events,
  ...positions,
  ...allocation,
];
