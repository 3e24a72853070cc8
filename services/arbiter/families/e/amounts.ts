/** Amounts in JSON bodies of payments and shops: their currency, their columns, their sums. */
import { type Random, twins } from '../kit.ts';
import { currencies, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);
const several = (random: Random, least: number, most: number, value: () => number) =>
  Array.from({ length: random.int(least, most) }, value);

const textWithCurrency = twins(
  {
    fields: ['price', 'instructedAmount', 'orderTotal', 'creditLine'],
    value(random) {
      const amount = decimal(minorUnits(random, 5, 5_000_000), 2);
      const currency = random.pick(currencies);
      const legacy = object({ amount, currency: json(currency) });
      return shown(legacy, json(`${amount} ${currency}`), json(`${amount} EUR`));
    },
  },
  { name: 'e_money_object_as_text', why: 'Amount and currency stand in one text instead of two members.' },
  {
    name: 'e_money_text_default_currency',
    critical: true,
    why: 'The text always says EUR: an amount of another currency became as many euros.',
  },
);

const exponentOfCurrency = twins(
  {
    fields: ['amount', 'captured', 'refundable', 'authorizedAmount'],
    value(random) {
      const currency = random.pick(['EUR', 'GBP', 'JPY', 'JPY', 'KRW', 'USD']);
      const scale = currency === 'JPY' || currency === 'KRW' ? 0 : 2;
      const units = minorUnits(random, 100, 9_000_000);
      const modern = (exponent: number) =>
        object({ value: String(units), exponent: String(exponent), currency: json(currency) });
      const legacy = object({ amount: decimal(units, scale), currency: json(currency) });
      return shown(legacy, modern(scale), modern(2));
    },
  },
  {
    name: 'e_amount_with_exponent',
    why: 'Value times ten to minus the exponent is the amount legacy writes, in the same currency.',
  },
  {
    name: 'e_exponent_two_for_yen',
    critical: true,
    why: 'Yen and won have no decimals, yet the exponent says two: a hundredth of the amount.',
  },
);

const ledgerColumns = twins(
  {
    fields: ['entry', 'posting', 'ledgerLine', 'movement'],
    once: true,
    value(random) {
      const amount = json(decimal(minorUnits(random), 2));
      const [used, other] = random.chance(0.5) ? ['debit', 'credit'] : ['credit', 'debit'];
      const legacy =
        used === 'debit'
          ? object({ debit: amount, credit: 'null' })
          : object({ debit: 'null', credit: amount });
      return shown(legacy, object({ [used]: amount }), object({ [other]: amount }));
    },
  },
  {
    name: 'e_empty_ledger_column_left_out',
    why: 'The null column of an entry is left out, the other is equal.',
  },
  {
    name: 'e_ledger_column_swapped',
    critical: true,
    why: 'The amount stands in the opposite column: a debit became a credit or the reverse.',
  },
);

const instalments = twins(
  {
    fields: ['instalments', 'splits', 'parts', 'shares'],
    value(random) {
      const count = random.int(3, 7);
      const total = minorUnits(random, 1_000, 900_000);
      const share = Math.floor(total / count);
      const parts = Array.from({ length: count }, (_, at) => share + (at < total % count ? 1 : 0));
      const texts = (values: readonly number[]) => list(values.map((value) => json(decimal(value, 2))));
      return shown(list(parts.map((part) => decimal(part, 2))), texts(parts), texts(parts.map(() => share)));
    },
  },
  { name: 'e_instalments_as_texts', why: 'The same parts in the same order, as texts instead of numbers.' },
  {
    name: 'e_instalments_drop_rest',
    critical: true,
    why: 'Every part is rounded down and the rest is given to nobody: the parts no longer add up to the total.',
  },
);

const linesAndTotal = twins(
  {
    fields: ['basket', 'invoice', 'receipt', 'statement'],
    value(random) {
      const lines = several(random, 2, 6, () => minorUnits(random, 50, 80_000));
      const body = (total: number, write: (text: string) => string) =>
        object({
          lines: list(lines.map((line) => write(decimal(line, 2)))),
          total: write(decimal(total, 2)),
        });
      return shown(
        body(sum(lines), (text) => text),
        body(sum(lines), json),
        body(sum(lines.slice(0, -1)), json),
      );
    },
  },
  { name: 'e_lines_and_total_as_texts', why: 'Lines and total are equal, written as texts.' },
  {
    name: 'e_total_misses_last_line',
    critical: true,
    why: 'The lines are equal but the total leaves the last of them out.',
  },
);

const grossForgetsTax = twins(
  {
    fields: ['totals', 'charges', 'priceBreakdown', 'amounts'],
    value(random) {
      const net = minorUnits(random, 200, 900_000);
      const tax = Math.round((net * random.pick([7, 19, 20, 21, 25])) / 100);
      const body = (gross: number) =>
        object({ gross: decimal(gross, 2), net: decimal(net, 2), tax: decimal(tax, 2) });
      const legacy = object({ net: decimal(net, 2), tax: decimal(tax, 2), gross: decimal(net + tax, 2) });
      return shown(legacy, body(net + tax), tax === 0 ? body(net + tax) : body(net));
    },
  },
  {
    name: 'e_breakdown_in_other_member_order',
    why: 'The same three amounts; members of an object have no order.',
  },
  {
    name: 'e_gross_forgets_tax',
    critical: true,
    why: 'Gross equals net although a tax is stated beside it.',
  },
);

const balances = twins(
  {
    fields: ['balances', 'position', 'accountBalances', 'funds'],
    value(random) {
      const booked = minorUnits(random, 1_000);
      const available = Math.max(1, booked - minorUnits(random, 100, 90_000));
      const row = (type: string, units: number) => object({ type: json(type), amount: decimal(units, 2) });
      const legacy = object({ booked: decimal(booked, 2), available: decimal(available, 2) });
      return shown(
        legacy,
        list([row('BOOKED', booked), row('AVAILABLE', available)]),
        list([row('BOOKED', available), row('AVAILABLE', booked)]),
      );
    },
  },
  {
    name: 'e_balances_as_rows',
    why: 'Each balance became a row with its type; types and amounts are the same.',
  },
  {
    name: 'e_booked_and_available_swapped',
    critical: true,
    why: 'The booked balance is shown as available and the available one as booked.',
  },
);

const alwaysUp = twins(
  {
    fields: ['fee', 'commission', 'interestDue', 'serviceCharge'],
    clear: true,
    least: 8,
    value(random) {
      const exact = minorUnits(random, 2_000, 30_000_000);
      const half = Math.round(exact / 100);
      return shown(decimal(half, 2), decimal(half * 100, 4), decimal(Math.ceil(exact / 100) * 100, 4));
    },
  },
  { name: 'e_fee_with_four_places', why: 'Two zeros more after the cents; the amounts are the same.' },
  {
    name: 'e_fee_always_rounded_up',
    critical: true,
    why: 'Wherever a fee differs it is one cent higher, never lower: the rounding goes up always.',
  },
);

export const families = [
  ...textWithCurrency,
  ...exponentOfCurrency,
  ...ledgerColumns,
  ...instalments,
  ...linesAndTotal,
  ...grossForgetsTax,
  ...balances,
  ...alwaysUp,
];
