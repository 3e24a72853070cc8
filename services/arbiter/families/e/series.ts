/** Lists of numbers: the largest, one a month, one a day. */
import { type Random, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const amounts = (random: Random, least: number, most: number) =>
  Array.from({ length: random.int(least, most) }, () => minorUnits(random, 100, 900_000));

const top = twins(
  {
    fields: ['largestPayments', 'top3', 'highest', 'biggestClaims'],
    clear: true,
    least: 3,
    value(random) {
      const all = Array.from({ length: 8 }, () => random.int(3, random.pick([90, 900, 9_000])));
      const three = [...all].sort((a, b) => b - a).slice(0, 3);
      const asTexts = all.map(String).sort().reverse().slice(0, 3);
      return shown(json(three), json(three.map(String)), json(asTexts));
    },
  },
  { name: 'e_top_three_as_texts', why: 'The same three numbers in the same order, as texts.' },
  {
    name: 'e_top_three_sorted_as_texts',
    critical: true,
    why: 'Sorted as texts, 95 comes before 1200: others than the largest are listed.',
  },
);

const monthly = twins(
  {
    fields: ['monthlySpend', 'consumption', 'turnoverByMonth', 'history'],
    value(random) {
      const values = Array.from({ length: 12 }, () => random.int(10, 90_000));
      const modern = (shift: number) =>
        object(
          Object.fromEntries(
            values.map((_, at) => [
              Day.of(2024, at + 1, 1).mm.padStart(3, 'M'),
              String(values[(at + shift) % 12]),
            ]),
          ),
        );
      return shown(json(values), modern(0), modern(1));
    },
  },
  { name: 'e_twelve_months_by_key', why: 'The twelve values in order got the keys M01 to M12.' },
  {
    name: 'e_months_shifted_by_one',
    critical: true,
    why: 'Each month has the value of the next one, December that of January.',
  },
);

const running = twins(
  {
    fields: ['dailyNet', 'dailySales', 'cashflow', 'perDay'],
    value(random) {
      const values = amounts(random, 3, 7);
      let total = 0;
      const sums = values.map((value) => {
        total += value;
        return total;
      });
      const texts = (all: readonly number[]) => json(all.map((value) => decimal(value, 2)));
      return shown(list(values.map((value) => decimal(value, 2))), texts(values), texts(sums));
    },
  },
  { name: 'e_daily_values_as_texts', why: 'The same values in the same order, as texts.' },
  {
    name: 'e_daily_values_add_up',
    critical: true,
    why: 'From the second value on each holds all before it too: the sum was never reset.',
  },
);

export const families = [...top, ...monthly, ...running];
