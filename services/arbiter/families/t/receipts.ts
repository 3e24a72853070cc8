import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, list, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const cashRounding = twins(
  {
    fields: ['receiptTotal', 'payment', 'data', 'p3'],
    least: 3,
    value: (random) => {
      const total = random.int(210, 19_900);
      const cash = Math.round(total / 5) * 5;
      const text = (cents: number) => json(decimal(cents, 2).replace('.', ','));
      const legacy = object({ TOTAL: text(total), ROUNDING: text(cash - total), CASH_DUE: text(cash) });
      const answer = (due: number, rounding: number) =>
        object({ total: decimal(total, 2), rounding: decimal(rounding, 2), cashDue: decimal(due, 2) });
      const up = Math.ceil(total / 5) * 5;
      return shown(legacy, answer(cash, cash - total), answer(up, up - total));
    },
  },
  {
    name: 'cash_rounding_with_points',
    why: 'Total, rounding and cash due are the same amounts with a decimal point.',
  },
  {
    name: 'cash_always_rounded_up',
    critical: true,
    why: 'Where legacy rounds down to five cents the rewrite rounds up, so the customer pays up to five cents more.',
  },
);

const vat = twins(
  {
    fields: ['vatLines', 'taxSummary', 'x1', 'name'],
    value: (random) => {
      const rows = [
        ['A', 19, random.int(300, 9_000)],
        ['B', 7, random.int(300, 9_000)],
      ] as const;
      const legacy = list(
        rows.map(([code, rate, net]) =>
          object({
            CODE: json(code),
            RATE: json(`${rate},00`),
            NET: json(decimal(net, 2).replace('.', ',')),
          }),
        ),
      );
      const answer = (rates: readonly number[]) =>
        list(
          rows.map(([code, , net], at) =>
            object({ code: json(code), ratePercent: `${rates[at]}`, net: decimal(net, 2) }),
          ),
        );
      return shown(legacy, answer([19, 7]), answer(random.chance(0.5) ? [7, 19] : [19, 19]));
    },
  },
  { name: 'vat_lines_as_numbers', why: 'Each code keeps its rate and its net amount, as numbers.' },
  {
    name: 'vat_rates_of_receipt_confused',
    critical: true,
    why: 'A code carries the rate of the other one on the same net amount.',
  },
);

const points = twins(
  {
    fields: ['loyaltyPoints', 'pointsBalance'],
    clear: true,
    value: (random) => {
      const balance = random.int(1_001, 48_000);
      const text = grouped(String(balance), '.');
      return shown(json(`${text} P`), String(balance), String(Math.floor(balance / 1000)));
    },
  },
  {
    name: 'loyalty_points_without_group_point',
    why: 'The point groups thousands of points, of which there are whole ones only.',
  },
  {
    name: 'loyalty_points_cut_at_group_point',
    critical: true,
    why: 'The balance ends at the point that groups thousands: 12 points of 12,500 are left.',
  },
);

const card = twins(
  {
    fields: ['loyaltyCard', 'cardOnReceipt', 'FLD-014', 'id'],
    value: (random) => {
      const digits = `9276${random.digits(12)}`;
      const last = digits.slice(-4);
      return shownJson(
        `**** **** **** ${last}`,
        `************${last}`,
        `************${digits.slice(8, 12) === last ? '0000' : digits.slice(8, 12)}`,
      );
    },
  },
  {
    name: 'masked_card_ungrouped',
    why: 'The same four last digits are shown, the twelve before them stay hidden.',
  },
  {
    name: 'masked_card_of_other_digits',
    critical: true,
    why: 'The four digits shown are others, so the receipt names another card.',
  },
);

const singleLine = twins(
  {
    fields: ['lines', 'receiptLines', 'val', 'count'],
    least: 4,
    value: (random) => {
      const lines = Array.from({ length: random.int(1, 4) }, () =>
        object({
          sku: json(random.digits(6)),
          quantity: `${random.int(1, 6)}`,
          price: decimal(random.int(29, 5_999), 2),
        }),
      );
      return shown(lines.length === 1 ? lines[0]! : list(lines), list(lines), list(lines.slice(0, 1)));
    },
  },
  {
    name: 'single_receipt_line_as_list',
    why: 'Legacy writes a single line without a list around it; the lines are the same.',
  },
  {
    name: 'only_first_receipt_line',
    critical: true,
    why: 'Receipts of several lines have only their first in the rewrite.',
  },
);

export const families: Family[] = [cashRounding, vat, points, card, singleLine].flat();
