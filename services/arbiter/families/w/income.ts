/** Income of securities: its days, the tax on it, and what becomes of it. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** The day itself, or the Monday after a weekend. */
const working = (day: Day): Day => ([0, 6].includes(day.date.getUTCDay()) ? working(day.plus(1)) : day);

const dividendDates: Family[] = twins(
  {
    fields: ['dividendDates', 'keyDates', 'termine', 'incomeEvent'],
    value: (random) => {
      const ex = working(Day.any(random, 2020, 2024));
      const record = working(ex.plus(1));
      const pay = working(record.plus(random.int(2, 25)));
      const legacy = json({ ex: ex.iso, record: record.iso, pay: pay.iso });
      const written = (first: Day, last: Day) =>
        json({ exDate: first.iso, recordDate: record.iso, paymentDate: last.iso });
      return shown(legacy, written(ex, pay), written(pay, ex));
    },
  },
  {
    name: 'w_dividend_dates_renamed',
    why: 'The ex date, the record date and the day of payment are the same.',
  },
  {
    name: 'w_ex_date_and_payment_date_exchanged',
    critical: true,
    why: 'The dividend would be paid before anyone is known to have a right to it.',
  },
);

const withheld: Family[] = twins(
  {
    fields: ['income', 'dividendPayment', 'ertrag', 'couponPayment'],
    value: (random) => {
      const gross = minorUnits(random, 2_000, 3_000_000);
      const rate = random.pick([15, 26.375, 30]);
      const tax = Math.round((gross * rate) / 100);
      const legacy = json({ gross: decimal(gross, 2), tax: decimal(tax, 2), net: decimal(gross - tax, 2) });
      const written = (net: number) =>
        object({ gross: decimal(gross, 2), withholdingTax: decimal(tax, 2), net: decimal(net, 2) });
      return shown(legacy, written(gross - tax), written(gross));
    },
  },
  { name: 'w_income_texts_as_numbers', why: 'Gross income, tax and net income are the same amounts.' },
  {
    name: 'w_tax_not_taken_off',
    critical: true,
    why: 'The net income equals the gross one although a tax stands between them.',
  },
);

const shareClasses: Family[] = coded(
  ['incomeUse', 'distributionPolicy', 'ertragsverwendung'],
  [
    ['thesaurierend', 'accumulating', 'distributing'],
    ['ausschüttend', 'distributing', 'accumulating'],
    ['teilausschüttend', 'partly_distributing', 'distributing'],
  ],
  {
    name: 'w_distribution_policy_translated',
    why: 'Each German word for the use of income has its English one.',
  },
  {
    name: 'w_distribution_policy_confused',
    critical: false,
    why: 'A fund that keeps its income is shown as one that pays it out, or the other way round.',
  },
  3,
);

export const families: Family[] = [...dividendDates, ...withheld, ...shareClasses];
