import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const bestBefore = twins(
  {
    fields: ['bestBefore', 'sellBy', 'p3'],
    least: 4,
    value: (random) => {
      const [week, year] = [random.int(1, 52), random.int(2024, 2027)];
      const right = `${year}-W${two(week)}`;
      return week <= 12
        ? shownJson(`WK ${two(week)}/${year}`, right, Day.of(year, week + 1, 1).plus(-1).iso)
        : { legacy: json(`WK ${two(week)}/${year}`), right: json(right) };
    },
  },
  { name: 'best_before_week_in_iso', why: 'The same week of the same year in the writing of ISO 8601.' },
  {
    name: 'best_before_week_as_month',
    critical: true,
    why: 'Weeks up to twelve were taken for months: week 10 is in March, the rewrite answers the last day of October.',
  },
);

const markdown = twins(
  {
    fields: ['markdown', 'clearance', 'val'],
    clear: true,
    value: (random) => {
      const percent = random.pick([5, 10, 15, 20, 25, 30, 40, 50, 70]);
      const answer = (fraction: string) => object({ fraction });
      return shown(
        object({ PERCENT: json(String(percent).padStart(3, '0')) }),
        answer(String(percent / 100)),
        answer(percent % 10 === 0 ? String(percent / 1000) : String(percent / 10)),
      );
    },
  },
  {
    name: 'markdown_percent_as_fraction',
    why: 'Percent under the name fraction divided by a hundred is the same markdown.',
  },
  {
    name: 'markdown_fraction_of_wrong_scale',
    critical: true,
    why: 'The fraction is not a hundredth of the percentage, so that the article is sold at another price.',
  },
);

const stockValue = twins(
  {
    fields: ['stockValue', 'inventoryValue', 'F0032'],
    least: 2,
    value: (random) => {
      const [mantissa, exponent] = [random.int(101, 989), random.int(3, 6)];
      const text = decimal(mantissa, 2);
      return shown(json(`${text}E+${two(exponent)}`), String((mantissa * 10 ** exponent) / 100), text);
    },
  },
  {
    name: 'stock_value_without_exponent',
    why: 'The number of the text with an exponent, written out in full.',
  },
  {
    name: 'stock_value_exponent_lost',
    critical: true,
    why: 'Only the digits before the E are left: the value is thousands of times too low.',
  },
);

const scaleWeight = twins(
  {
    fields: ['netWeight', 'scaleWeight', 'x1'],
    least: 2,
    value: (random) => {
      const grams = random.int(101, 4_890);
      const answer = (value: string, unit: string) => object({ value, unit: json(unit) });
      const kilos = decimal(grams, 3);
      return shown(
        answer(json(kilos.replace('.', ',').padStart(8, '0')), 'KG'),
        answer(String(grams), 'g'),
        answer(String(Math.floor(grams / 1000)), 'kg'),
      );
    },
  },
  {
    name: 'scale_weight_in_grams',
    why: 'Value and unit change together: 0001,250 kg are 1250 g.',
  },
  {
    name: 'scale_weight_cut_to_whole_kilograms',
    critical: true,
    why: 'The decimals after the comma are gone: 0001,890 kg became 1 kg.',
  },
);

export const families: Family[] = [bestBefore, markdown, stockValue, scaleWeight].flat();
