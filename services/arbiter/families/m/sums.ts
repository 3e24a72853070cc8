/** Amounts with the parts that they are made of: interest, installments, batches, bills, statements. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const money = (units: number) => decimal(units, 2);

const moneyText = (units: number) => json(money(units));

const euro = (units: number) => json(`${money(units)} EUR`);

const interest = twins(
  {
    fields: ['interest', 'accrual', 'interestCalculation'],
    value(random) {
      const principal = random.int(20, 900) * 50_000;
      const rate = random.int(10, 70) * 10;
      const days = random.int(28, 183);
      const over = (year: number) => Math.round((principal * rate * days) / (year * 10_000));
      const all = (write: (units: number) => string, earned: number) =>
        object({
          principal: write(principal),
          ratePercent: money(rate),
          days: `${days}`,
          interest: write(earned),
        });
      return shown(all(moneyText, over(360)), all(money, over(360)), all(money, over(365)));
    },
  },
  {
    name: 'interest_as_numbers',
    why: 'principal, rate, days and interest are the same, amounts are numbers now',
  },
  {
    name: 'interest_over_365_days',
    critical: true,
    why: 'for the same principal, rate and days the interest is smaller: 365 instead of 360 days a year',
  },
);

const closing = twins(
  {
    fields: ['statement', 'statementTotals', 'period'],
    value(random) {
      const [opening, credits, debits] = [
        minorUnits(random, 10_000, 900_000),
        minorUnits(random, 1_000, 500_000),
        minorUnits(random, 1_000, 300_000),
      ];
      const all = (write: (units: number) => string, end: number) => ({
        opening: write(opening),
        credits: write(credits),
        debits: write(debits),
        closing: write(end),
      });
      const right = opening + credits - debits;
      return shown(
        object(all(moneyText, right)),
        object(all(euro, right)),
        object(all(euro, opening + credits + debits)),
      );
    },
  },
  {
    name: 'statement_names_currency',
    why: 'the four amounts of the statement are the same; their currency is written behind them',
  },
  {
    name: 'debits_added_to_closing',
    critical: true,
    why: 'the closing balance adds the debits instead of subtracting them',
  },
);

const installments = twins(
  {
    fields: ['plan', 'installments', 'repayment'],
    value(random) {
      const total = minorUnits(random, 10_000, 900_000);
      const count = random.int(3, 6);
      const each = Math.floor(total / count);
      const parts = Array.from({ length: count }, (_, at) => (at === 0 ? total - each * (count - 1) : each));
      const all = (write: (units: number) => string, of: readonly number[]) =>
        object({ total: write(total), installments: list(of.map(write)) });
      return shown(all(moneyText, parts), all(money, parts), all(money, Array(count).fill(each)));
    },
  },
  { name: 'installments_as_numbers', why: 'total and installments are the same amounts as numbers' },
  {
    name: 'installments_lose_the_remainder',
    critical: true,
    why: 'the first installment lost the remainder, so the installments do not add up to the total any more',
  },
);

const credits = twins(
  {
    fields: ['invoice', 'billLines', 'bill'],
    least: 2,
    value(random) {
      const base = random.int(10, 60) * 100 + 95;
      const use = random.int(100, 4_000);
      const credit = random.int(2, 9) * 100;
      const all = (write: (units: number) => string, total: number) =>
        object({
          lines: list([
            object({ text: '"Basic fee"', amount: write(base) }),
            object({ text: '"Usage"', amount: write(use) }),
            object({ text: '"Credit note"', amount: write(-credit) }),
          ]),
          total: write(total),
        });
      const right = base + use - credit;
      return shown(all(moneyText, right), all(money, right), all(money, base + use + credit));
    },
  },
  {
    name: 'bill_lines_as_numbers',
    why: 'each line and the total keep their amounts, as numbers instead of texts',
  },
  {
    name: 'credit_note_added',
    critical: true,
    why: 'the credit note raises the total instead of lowering it',
  },
);

const batches = twins(
  {
    fields: ['batch', 'paymentFile', 'collection'],
    value(random) {
      const items = Array.from({ length: random.int(2, 5) }, () => ({
        units: minorUnits(random, 500, 200_000),
        state: random.chance(0.25) ? 'REJECTED' : 'ACCEPTED',
      }));
      const sum = (of: typeof items) => of.reduce((total, { units }) => total + units, 0);
      const all = (write: (units: number) => string, total: number) =>
        object({
          acceptedTotal: write(total),
          items: list(items.map(({ units, state }) => object({ amount: write(units), state: json(state) }))),
        });
      const accepted = sum(items.filter(({ state }) => state === 'ACCEPTED'));
      return shown(all(moneyText, accepted), all(money, accepted), all(money, sum(items)));
    },
  },
  {
    name: 'batch_amounts_as_numbers',
    why: 'items, their states and the accepted total are the same, amounts are numbers',
  },
  {
    name: 'rejected_counted_as_accepted',
    critical: true,
    why: 'the accepted total counts rejected items too',
  },
);

export const families: readonly Family[] = [...interest, ...closing, ...installments, ...credits, ...batches];
