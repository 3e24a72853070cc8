/** Books and taxes: fiscal periods, units of invoices, iXBRL facts, rounding of tax. */
import { defect, type Family, twins } from '../kit.ts';
import { decimal, grouped, minorUnits, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const periods = twins(
  {
    fields: ['fiscalPeriod', 'postingPeriod', 'ledger.period'],
    least: 14,
    always: true,
    common: (random) => ({ start: random.pick([4, 7, 10]) }),
    value(random, { start }) {
      const year = random.int(2021, 2026);
      const period = random.int(1, 12);
      const month = ((start + period - 2) % 12) + 1;
      const calendar = month >= start ? year - 1 : year;
      return shownJson(`FY${year} P${two(period)}`, `${calendar}-${two(month)}`, `${year - 1}-${two(month)}`);
    },
  },
  {
    name: 'z_fiscal_period_as_month',
    why: 'Each fiscal period is named by its calendar month; the twelve months of a fiscal year follow each other without a gap.',
  },
  {
    name: 'z_fiscal_period_year_not_advanced',
    why: 'Within one fiscal year the months after December jump back to the January before its first period, so postings land a year early.',
    critical: true,
  },
);

const units = [
  ['Stk', 'C62'],
  ['kg', 'KGM'],
  ['t', 'TNE', 'KGM'],
  ['Std', 'HUR'],
  ['min', 'MIN', 'MON'],
  ['m', 'MTR'],
  ['m²', 'MTK', 'MTR'],
  ['m³', 'MTQ', 'MTK'],
  ['l', 'LTR'],
  ['kWh', 'KWH'],
  ['Tag', 'DAY'],
] as const;

const invoiceUnits = twins(
  {
    fields: ['line.quantity', 'invoicedQuantity', 'BT-129'],
    least: 10,
    value(random) {
      const [unit, code, confused] = random.pick(units);
      const quantity = random.int(1, 4000);
      const value = decimal(quantity, random.pick([0, 0, 1]));
      const wrong = { value, unitCode: confused ?? code };
      return shownJson(`${value.replace('.', ',')} ${unit}`, { value, unitCode: code }, wrong);
    },
  },
  {
    name: 'z_einvoice_unit_code',
    why: 'The German abbreviation of the unit becomes its code of UN/ECE Recommendation 20, as e-invoices require.',
  },
  {
    name: 'z_einvoice_unit_code_of_another_unit',
    why: 'Some units get the code of another one (square metres as metres, tonnes as kilograms, minutes as months), so the invoice bills something else.',
    critical: true,
  },
);

const facts = twins(
  {
    fields: ['ix.nonFraction', 'reportedFact', 'xbrlValue'],
    least: 10,
    value(random) {
      const value = random.int(1_000, 899_999);
      const comma = random.chance(0.5);
      const text = grouped(String(value), comma ? '.' : ',');
      const scale = random.pick([3, 6]);
      const right = decimal(BigInt(value) * 10n ** BigInt(scale), 0);
      const wrong = comma ? decimal(BigInt(value) * 10n ** BigInt(scale - 3), 0) : right;
      const shape = (amount: string) => ({ value: amount, unit: 'EUR' });
      return shownJson(
        { format: comma ? 'ixt:num-comma-decimal' : 'ixt:num-dot-decimal', scale, unit: 'EUR', text },
        shape(right),
        shape(wrong),
      );
    },
  },
  {
    name: 'z_ixbrl_fact_resolved',
    why: 'The text of the inline fact is read by its format and multiplied by its scale, which gives the value that is reported.',
  },
  {
    name: 'z_ixbrl_format_ignored',
    why: 'With num-comma-decimal the point groups thousands; the rewrite takes it for the decimal point, so the fact is a thousand times too small.',
    critical: true,
  },
);

const roundings = twins(
  {
    fields: ['taxLine', 'vat', 'salesTax'],
    least: 14,
    always: true,
    value(random) {
      const rate = random.pick([5, 7, 15, 19, 25]);
      let base = minorUnits(random, 200, 400_000);
      if (random.chance(0.45)) while ((base * rate) % 100 !== 50) base += 1;
      const floor = Math.floor((base * rate) / 100);
      const rest = (base * rate) % 100;
      const up = rest >= 50 ? floor + 1 : floor;
      const even = rest === 50 ? floor + (floor % 2) : up;
      const shape = (tax: number) => ({
        taxable: decimal(base, 2),
        ratePercent: rate,
        tax: decimal(tax, 2),
        gross: decimal(base + tax, 2),
      });
      return shownJson(
        `${decimal(base, 2)} + ${rate}% ${decimal(up, 2)} = ${decimal(base + up, 2)}`,
        shape(up),
        shape(even),
      );
    },
  },
  {
    name: 'z_tax_line_itemised',
    why: 'The printed sum is given by its parts: base, rate, tax and gross are the same to the cent.',
  },
  {
    name: 'z_tax_ties_to_even',
    why: 'Where the tax falls on half a cent legacy rounds up and the rewrite to even, so tax and gross differ by a cent.',
    critical: true,
  },
);

const allocation = defect(
  {
    fields: ['costSplit', 'allocation', 'instalments'],
    least,
    always: true,
    value(random) {
      const total = minorUnits(random, 1000, 3_000_000);
      const count = random.pick([3, 6, 7, 9]);
      const share = Math.floor(total / count);
      const over = total - share * count;
      const parts = Array.from({ length: count }, (_, at) => decimal(share + (at < over ? 1 : 0), 2));
      const cut = Array.from({ length: count }, () => decimal(share, 2));
      const shape = (values: string[]) => ({ total: decimal(total, 2), parts: values });
      return shownJson(shape(parts), shape(parts), shape(cut));
    },
  },
  {
    name: 'z_allocation_cents_lost',
    why: 'Legacy spreads the cents left over among the first parts; in the rewrite all parts are cut down and no longer add up to the total.',
    critical: true,
  },
);

export const families: readonly Family[] = [...periods, ...invoiceUnits, ...facts, ...roundings, allocation];
