/** An energy retailer: balances, instalments, fees (ABAP to Java). */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const compact = (day: Day): string => `${day.yyyy}${day.mm}${day.dd}`;

const credit = twins(
  {
    fields: ['balanceDue', 'amountPayable'],
    clear: true,
    value: (random) => {
      const amount = decimal(minorUnits(random, 500, 90_000), 2);
      const answer = (kind: string) => object({ amount, kind: json(kind) });
      if (random.chance(0.5))
        return { legacy: object({ amount: json(`${amount} `) }), right: answer('PAYABLE') };
      return shown(object({ amount: json(`${amount}-`) }), answer('CREDIT'), answer('PAYABLE'));
    },
  },
  {
    name: 'trailing_minus_as_credit',
    why: "A trailing minus is a balance in the customer's favour, which the rewrite calls a credit.",
  },
  {
    name: 'trailing_minus_as_payable',
    critical: true,
    why: "Balances in the customer's favour are answered as amounts the customer has to pay.",
  },
);

const instalments = twins(
  {
    fields: ['instalments', 'paymentPlan', 'x1', 'count'],
    value: (random) => {
      const amount = decimal(random.int(25, 380) * 100, 2);
      const year = random.int(2020, 2026);
      const count = random.int(4, 11);
      const rows = Array.from({ length: count }, (_, at) => ({ due: Day.of(year, at + 2, 1), amount }));
      const empty = object({ due: '"00000000"', amount: '"0.00"' });
      const legacy = [
        ...rows.map((row) => object({ due: json(compact(row.due)), amount: json(row.amount) })),
        ...Array.from({ length: 12 - count }, () => empty),
      ];
      const modern = rows.map((row) => object({ due: json(row.due.iso), amount: row.amount }));
      return shown(list(legacy), list(modern), list(modern.slice(0, -1)));
    },
  },
  {
    name: 'instalments_without_empty_rows',
    why: 'Only the empty rows of the table of twelve are left out; every instalment is there.',
  },
  {
    name: 'last_instalment_missing',
    critical: true,
    why: 'Besides the empty rows the last real instalment is missing, so that amount is never collected.',
  },
);

const baseFee = twins(
  {
    fields: ['baseFee', 'meterRental', 'data', 'p3'],
    value: (random) => {
      const net = random.int(40, 320) * 25;
      const gross = Math.round((net * 119) / 100);
      const answer = (write: (text: string) => string, total: number) =>
        object({ net: write(decimal(net, 2)), gross: write(decimal(total, 2)) });
      return shown(
        answer((text) => json(text.replace('.', ',')), gross),
        answer((text) => text, gross),
        answer((text) => text, net),
      );
    },
  },
  {
    name: 'base_fee_net_and_gross_as_numbers',
    why: 'Net and gross are the same amounts with a point for the comma.',
  },
  {
    name: 'base_fee_gross_without_tax',
    critical: true,
    why: 'The gross amount equals the net one: the tax of legacy is missing from it.',
  },
);

export const families: Family[] = [credit, instalments, baseFee].flat();
