/** Codes that look like numbers or dates, and codes that hold several facts. */
import { coded } from '../code-table.ts';
import { defect, type Family, faithful, type Random, twins } from '../kit.ts';
import { Day, decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const partFields = ['partNumber', 'articleCode', 'binLocation'];

const exponents = [
  defect(
    {
      fields: partFields,
      clear: true,
      least: 5,
      value(random: Random) {
        const [head, power] = [random.int(1, 99), random.int(3, 6)];
        if (random.chance(0.5))
          return shown(
            json(`${head}E${power}   `),
            json(`${head}E${power}`),
            json(String(head * 10 ** power)),
          );
        const plain = `${random.int(10, 99)}${random.pick(['A', 'B', 'D', 'K'])}${random.int(1, 9)}`;
        return { legacy: json(`${plain}   `), right: json(plain) };
      },
    },
    {
      name: 'k_part_number_read_as_exponent',
      why: 'Codes such as 12E5 were read as numbers with an exponent, so another part is named.',
      critical: true,
    },
  ),
  faithful(
    {
      fields: ['sensorValue', 'volumeCm3', 'flow'],
      value(random: Random) {
        const head = random.int(101, 999);
        const power = random.int(3, 6);
        return { legacy: json(`0.${head}E+0${power}`), right: String((head * 10 ** power) / 1000) };
      },
    },
    {
      name: 'k_exponent_written_out',
      why: 'The number with an exponent and the number written out are equal.',
    },
  ),
  defect(
    {
      fields: ['houseNumber', 'shelf', 'lotRange'],
      clear: true,
      least: 3,
      value(random: Random) {
        const [day, month] = [random.int(1, 28), random.int(1, 12)];
        const date = `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        return shown(json(`${day}-${month} `), json(`${day}-${month}`), json(date));
      },
    },
    {
      name: 'k_house_number_became_date',
      why: 'A range such as 3-12 was taken for a day and month and answered as a date.',
      critical: true,
    },
  ),
];

const sides = coded(
  ['orderSide', 'side', 'direction'],
  [
    ['BUY', 'buy'],
    ['SELL', 'sell'],
    ['SELL SHORT', 'sell_short', 'sell'],
    ['BUY TO COVER', 'buy_to_cover', 'buy'],
  ],
  { name: 'k_order_side_snake_case', why: 'The sides of the order are the same words in another notation.' },
  {
    name: 'k_order_side_short_collapsed',
    why: 'Short sales and covering purchases are answered as ordinary sales and purchases.',
    critical: true,
  },
  5,
);

const options = twins(
  {
    fields: ['optionSymbol', 'contract', 'occSymbol'],
    value(random: Random) {
      const root = random.pick(['AAPL', 'IBM', 'MSFT', 'KO', 'GE']);
      const [day, type, strike] = [
        Day.any(random, 2024, 2027),
        random.pick(['C', 'P']),
        random.int(20, 900) * 500,
      ];
      const code = `${root.padEnd(6)}${day.yyyy.slice(2)}${day.mm}${day.dd}${type}${String(strike).padStart(8, '0')}`;
      const parts = (scale: number) =>
        object({
          root: json(root),
          expiry: json(day.iso),
          type: json(type === 'C' ? 'call' : 'put'),
          strike: decimal(strike, scale),
        });
      return shown(json(code), parts(3), parts(2));
    },
  },
  {
    name: 'k_option_symbol_split',
    why: 'The OCC symbol holds root, expiry, type and the strike in thousandths, as the members say.',
  },
  {
    name: 'k_option_strike_ten_times',
    why: 'The strike of the OCC symbol was divided by a hundred instead of a thousand.',
    critical: true,
  },
);

export const families: readonly Family[] = [...exponents, ...sides, ...options];
