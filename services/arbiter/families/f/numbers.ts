/** Computed numbers beside what they are computed from: interest, averages, sums over joins, positions. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['monthInterest', 'accrual', 'loanCharge', 'creditCost'],
      value: (random) => {
        const [balance, rate] = [minorUnits(random, 500_00, 400_000_00), random.int(50, 990)];
        const interest = (share: number) => decimal(Math.round((balance * rate * share) / 10_000), 2);
        const charge = (write: (text: string) => string, amount: string) =>
          object({
            balance: write(decimal(balance, 2)),
            yearlyRatePercent: write(decimal(rate, 2)),
            interest: write(amount),
          });
        return shown(
          charge(json, interest(1 / 12)),
          charge(String, interest(1 / 12)),
          charge(String, interest(31 / 365)),
        );
      },
    },
    { name: 'f_month_interest_numbers', why: 'Balance, rate and interest are the same, as numbers.' },
    {
      name: 'f_month_interest_by_days',
      critical: true,
      why: 'The interest is that of 31 of 365 days where legacy charges a twelfth of a year.',
    },
  ),
  ...twins(
    {
      fields: ['rating', 'averages', 'claimStats', 'satisfaction'],
      value: (random) => {
        const count = random.int(2, 60);
        const sum = random.int(count, count * 5);
        const stats = (average: string) => object({ count: String(count), sum: String(sum), average });
        return shown(
          stats(json((sum / count).toFixed(2).replace('.', ','))),
          stats(json((sum / count).toFixed(2))),
          stats(json(Math.floor(sum / count).toFixed(2))),
        );
      },
    },
    { name: 'f_average_with_point', why: 'The same average with a decimal point instead of a comma.' },
    {
      name: 'f_average_integer_division',
      critical: false,
      why: 'The average lost its fraction: sum and count beside it were divided as integers.',
    },
  ),
  ...twins(
    {
      fields: ['income', 'sumInsured', 'turnover', 'assets'],
      value: (random) => {
        const tenths = random.int(15, 4_999);
        const thousands = Math.floor(tenths / 10);
        return shown(json(`${decimal(tenths, 1)}k`), json(`${tenths * 100}`), json(`${thousands * 1000}`));
      },
    },
    {
      name: 'f_thousands_written_out',
      why: 'The letter k stands for a thousand; the number is written out.',
    },
    {
      name: 'f_thousands_fraction_cut',
      critical: true,
      why: 'The fraction before the k was cut off, so hundreds are missing.',
    },
  ),
  ...twins(
    {
      fields: ['invoice', 'order', 'deal', 'bill'],
      value: (random) => {
        const lines = Array.from({ length: random.int(2, 4) }, () => minorUnits(random, 1_00, 700_00));
        const total = lines.reduce((sum, cents) => sum + cents, 0);
        const bill = (write: (text: string) => string, sum: number) =>
          object({
            lines: list(lines.map((cents) => write(decimal(cents, 2)))),
            total: write(decimal(sum, 2)),
          });
        return shown(bill(String, total), bill(json, total), bill(json, total * lines.length));
      },
    },
    { name: 'f_bill_as_texts', why: 'The same lines and the same total, as texts.' },
    {
      name: 'f_bill_join_multiplies',
      critical: true,
      why: 'The total is its lines times their count: a join repeated the row for each line.',
    },
  ),
  ...twins(
    {
      fields: ['instalment', 'part', 'progress', 'paymentNo'],
      value: (random) => {
        const of = random.pick([3, 6, 12, 24, 36]);
        const number = random.int(1, of);
        const part = (at: number) => object({ number: String(at), of: String(of) });
        return shown(json(`${number}/${of}`), part(number), part(number - 1));
      },
    },
    { name: 'f_instalment_number_split', why: 'The same number of the same count, as members of an object.' },
    {
      name: 'f_instalment_number_from_zero',
      critical: false,
      why: 'The number counts from zero, so each instalment is called by the one before.',
    },
  ),
];
