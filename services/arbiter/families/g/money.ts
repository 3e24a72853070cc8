/** Amounts in the structures JSON APIs use for them: scaled integers, units and nanos, totals beside their parts. */
import { type Family, type Random, twins } from '../kit.ts';
import { currencies, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const euros = (cents: number): string => decimal(cents, 2);
const short = (cents: number): string => String(Number(euros(cents)));

const scaled = twins(
  {
    fields: ['amount', 'principal', 'price', 'settlementAmount'],
    value(random: Random) {
      const unscaled = minorUnits(random, 1000);
      const scale = random.pick([2, 2, 3, 4]);
      const legacy = object({ unscaledValue: String(unscaled), scale: String(scale) });
      return shown(legacy, json(decimal(unscaled, scale)), json(decimal(unscaled, 2)));
    },
  },
  {
    name: 'g_unscaled_value_to_decimal',
    why: 'The unscaled value moved by its scale is exactly the decimal text.',
  },
  {
    name: 'g_scale_assumed_two',
    why: 'The scale beside the value says three or four places, yet two were applied.',
    critical: true,
  },
);

const nanos = twins(
  {
    fields: ['money', 'balance', 'chargeAmount', 'deposit'],
    value(random: Random) {
      const [units, cents] = [
        random.int(0, 9000),
        random.chance(0.4) ? random.int(1, 9) : random.int(10, 99),
      ];
      const legacy = object({ units: json(String(units)), nanos: String(cents * 10_000_000) });
      const unpadded = `${units}.${Number(String(cents * 10_000_000).replace(/0+$/, ''))}`;
      return shown(legacy, short(units * 100 + cents), String(Number(unpadded)));
    },
  },
  { name: 'g_units_and_nanos_to_number', why: 'Units plus nanos divided by 10^9 give exactly the number.' },
  {
    name: 'g_nanos_not_padded',
    why: 'Fifty million nanos are five cents, not fifty: leading zeros of the fraction were lost.',
    critical: true,
  },
);

const suffix = twins(
  {
    fields: ['price', 'fee', 'refundAmount', 'total'],
    once: true,
    value(random: Random) {
      const cents = minorUnits(random);
      const currency = random.pick(currencies);
      const as = (code: string) => object({ value: euros(cents), currency: json(code) });
      return shown(json(`${euros(cents)} ${currency}`), as(currency), as('EUR'));
    },
  },
  {
    name: 'g_amount_with_code_split',
    why: 'The same amount and the same currency, in two members instead of one text.',
  },
  {
    name: 'g_currency_defaults_to_euro',
    why: 'An amount in another currency is answered as euros.',
    critical: true,
  },
);

const balance = twins(
  {
    fields: ['funds', 'accountBalance', 'position'],
    value(random: Random) {
      const [booked, pending] = [minorUnits(random, 50_000), minorUnits(random, 100, 40_000)];
      const as = (write: (cents: number) => string, available: number) =>
        object({ booked: write(booked), pending: write(pending), available: write(available) });
      return shown(
        as((cents) => json(euros(cents)), booked - pending),
        as(short, booked - pending),
        as(short, booked + pending),
      );
    },
  },
  {
    name: 'g_balances_as_numbers',
    why: 'The three balances are the same amounts, as numbers instead of texts.',
  },
  {
    name: 'g_pending_added_to_available',
    why: 'Pending debits raise the available balance instead of lowering it.',
    critical: true,
  },
);

const stale = twins(
  {
    fields: ['result', 'movement', 'ledgerEntry', 'topUp'],
    value(random: Random) {
      const [before, paid] = [minorUnits(random, 80_000), minorUnits(random, 100, 70_000)];
      const legacy = object({ before: euros(before), paid: euros(paid), after: euros(before - paid) });
      const as = (after: number) => object({ after: short(after), before: short(before), paid: short(paid) });
      return shown(legacy, as(before - paid), as(before));
    },
  },
  {
    name: 'g_movement_members_sorted',
    why: 'The members stand in another order and lose closing zeros; no amount changes.',
  },
  {
    name: 'g_balance_after_is_stale',
    why: 'The balance after the payment is still the one before it.',
    critical: true,
  },
);

const cash = twins(
  {
    fields: ['payable', 'cashTotal', 'till'],
    value(random: Random) {
      const exact = minorUnits(random, 200, 90_000);
      const payable = Math.round(exact / 5) * 5;
      const legacy = object({ currency: json('CHF'), exact: euros(exact), payable: euros(payable) });
      const as = (due: number) =>
        object({ currency: json('CHF'), exact: json(euros(exact)), payable: json(euros(due)) });
      return shown(legacy, as(payable), as(Math.floor(exact / 5) * 5));
    },
  },
  { name: 'g_cash_total_as_text', why: 'Exact and rounded total are the same, written as texts.' },
  {
    name: 'g_cash_rounded_down',
    why: 'Cash totals are rounded down to five centimes where legacy rounds to the nearest.',
    critical: true,
  },
);

const line = twins(
  {
    fields: ['orderLine', 'basketItem', 'position'],
    value(random: Random) {
      const [quantity, cents] = [random.int(1, 6), minorUnits(random, 90, 40_000)];
      const sku = `${random.text('ABCDEFGH', 2)}-${random.digits(4)}`;
      const legacy = object({
        sku: json(sku),
        quantity: json(String(quantity)),
        unitPrice: json(euros(cents)),
      });
      const as = (price: number) =>
        object({ sku: json(sku), quantity: String(quantity), unitPrice: euros(price) });
      return shown(legacy, as(cents), as(cents * quantity));
    },
  },
  { name: 'g_order_line_typed', why: 'Quantity and unit price are the same numbers, no longer quoted.' },
  {
    name: 'g_unit_price_is_line_total',
    why: 'The unit price was multiplied by the quantity.',
    critical: true,
  },
);

const vat = twins(
  {
    fields: ['vat', 'taxBreakdown', 'taxes'],
    least: 2,
    value(random: Random) {
      const rates = random.shuffled([5, 7, 10, 19, 20, 25]).slice(0, random.int(2, 3));
      const rows = rates.map((rate) => ({ rate, tax: minorUnits(random, 50, 50_000) }));
      const last = rows[rows.length - 1]!.tax;
      const legacy = list(rows.map(({ rate, tax }) => object({ rate: String(rate), tax: euros(tax) })));
      const as = (of: (tax: number) => number) =>
        object(Object.fromEntries(rows.map(({ rate, tax }) => [`${rate}%`, euros(of(tax))])));
      return shown(
        legacy,
        as((tax) => tax),
        as(() => last),
      );
    },
  },
  {
    name: 'g_tax_rows_keyed_by_rate',
    why: 'Each rate keeps its tax; the rows became members named by the rate.',
  },
  {
    name: 'g_tax_of_last_rate_everywhere',
    why: 'The variable of the loop was overwritten: all rates show the tax of the last one.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...scaled, ...nanos, ...suffix, ...balance, ...stale, ...cash, ...line, ...vat,
]; // biome-ignore format: a list of names
