/** Quantities, their units and prices. */
import { twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const thousands = twins(
  {
    fields: ['coverage', 'sumInsured', 'facility', 'turnover'],
    value(random) {
      const amount = random.int(15, 9_000);
      const body = (value: number, unit: string) => object({ amount: String(value), unit: json(unit) });
      return shown(body(amount, 'TEUR'), body(amount * 1000, 'EUR'), body(amount, 'EUR'));
    },
  },
  {
    name: 'e_thousands_of_euros_in_euros',
    why: 'A thousand times the number in a thousandth of the unit is the same sum.',
  },
  {
    name: 'e_thousands_unit_relabelled',
    critical: true,
    why: 'The unit became EUR but the number was not multiplied: a thousandth of the sum.',
  },
);

const pricePer = twins(
  {
    fields: ['unitPrice', 'tariff', 'catalogPrice', 'rateCard'],
    value(random) {
      const units = random.int(101, 99_999);
      const per = random.pick([100, 1000]);
      const scale = per === 100 ? 4 : 5;
      const body = (price: string, count: number) => object({ price, per: String(count) });
      return shown(body(decimal(units, 2), per), body(decimal(units, scale), 1), body(decimal(units, 2), 1));
    },
  },
  {
    name: 'e_price_per_hundred_per_piece',
    why: 'The price of 100 or 1000 pieces was divided to that of one piece.',
  },
  {
    name: 'e_price_per_hundred_as_piece_price',
    critical: true,
    why: 'The price of 100 or 1000 pieces is now asked for one.',
  },
);

const quantityTimesPrice = twins(
  {
    fields: ['line', 'position', 'cartItem', 'orderLine'],
    value(random) {
      const quantity = random.int(2, 48);
      const price = decimal(minorUnits(random, 5_000, 90_000), 2);
      const body = (first: string, second: string) => object({ quantity: first, unitPrice: second });
      return shown(
        json(`${quantity} x ${price}`),
        body(String(quantity), price),
        body(price, String(quantity)),
      );
    },
  },
  { name: 'e_quantity_and_price_split', why: 'The text "3 x 2.50" was split into quantity and unit price.' },
  {
    name: 'e_quantity_and_price_swapped',
    critical: true,
    why: 'The number of pieces stands as unit price and the price as number of pieces.',
  },
);

const decimalHours = twins(
  {
    fields: ['workedHours', 'hoursBilled', 'overtimeHours'],
    clear: true,
    least: 3,
    value(random) {
      const hundredths = random.int(1, 38) * 25;
      const whole = Math.floor(hundredths / 100);
      const rest = hundredths % 100;
      const clock = (minutes: number) => json(`${whole}:${String(minutes).padStart(2, '0')}`);
      return shown(decimal(hundredths, 2), clock((rest * 60) / 100), clock(rest));
    },
  },
  { name: 'e_decimal_hours_on_the_clock', why: 'A quarter of an hour is fifteen minutes: 1.25 h is 1:15.' },
  {
    name: 'e_hour_hundredths_as_minutes',
    critical: true,
    why: 'Hundredths of an hour are written as minutes: 1.25 h became 1:25.',
  },
);

export const families = [...thousands, ...pricePer, ...quantityTimesPrice, ...decimalHours];
