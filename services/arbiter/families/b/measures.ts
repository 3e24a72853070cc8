/** Families of measurements in logistics, telecommunication and energy. */
import { type Family, faithful, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const gibibyte = 2 ** 30;

export const families: Family[] = [
  ...twins(
    {
      fields: ['dataUsed', 'allowance', 'volume', 'quota.used'],
      value(random) {
        const quarters = random.int(1, 256);
        const bytes = (each: number): string => object({ value: String((quarters * each) / 4), unit: '"B"' });
        const legacy = object({ value: decimal(quarters * 25, 2), unit: '"GiB"' });
        return shown(legacy, bytes(gibibyte), bytes(1e9));
      },
    },
    {
      name: 'b_gibibytes_as_bytes',
      why: 'One GiB is 2^30 bytes, and the number of bytes is exactly that many.',
    },
    {
      name: 'b_gibibytes_as_billions',
      critical: true,
      why: 'Binary gibibytes were turned into decimal billions of bytes: 7 % of a billed volume is lost.',
    },
  ),
  faithful(
    {
      fields: ['temperature', 'voltage', 'fillLevel', 'pressureBar', 'windSpeed'],
      least: 3,
      value(random) {
        const legacy = decimal(random.int(5, 4999), random.int(1, 2));
        return { legacy, right: String(Math.fround(Number(legacy))) };
      },
    },
    {
      name: 'b_float32_widened',
      why: 'The rewrite widens a single-precision reading to double: the digits behind the seventh are representation only.',
    },
  ),
  ...twins(
    {
      fields: ['meterReading', 'pulseCount', 'odometerMetres', 'registerTotal'],
      value(random) {
        const count = random.int(16_777_217, 99_999_999);
        return shown(String(count), `${count}.0`, `${Math.fround(count)}.0`);
      },
    },
    { name: 'b_counter_as_double', why: 'A whole reading with a .0 behind it is the same reading.' },
    {
      name: 'b_counter_through_float32',
      critical: true,
      why: 'Counters above 2^24 were carried in single precision and are off by units that are billed.',
    },
  ),
  ...twins(
    {
      fields: ['storageTemperature', 'coldChainMin', 'setpoint', 'reefer.temp'],
      value(random) {
        const tenths = random.int(-300, 90);
        const plain = `${decimal(tenths, 1)} °C`;
        return shown(json(plain.replace('-', '\u2212')), json(plain), json(plain.replace('-', '')));
      },
    },
    {
      name: 'b_typographic_minus',
      why: 'The typographic minus sign and the hyphen-minus both say that the temperature is below zero.',
    },
    {
      name: 'b_minus_not_understood',
      critical: true,
      why: 'The typographic minus was thrown away, so frozen goods are reported above zero.',
    },
  ),
  ...twins(
    {
      fields: ['loadProfile', 'axleLoads', 'hourlyPrices', 'weights'],
      value(random) {
        const items = Array.from({ length: random.int(2, 8) }, () => decimal(random.int(1, 9999), 2));
        const text = items.map((item) => item.replace('.', ',')).join(';');
        const split = text.split(/[,;]/).map((part) => String(Number(part)));
        return shown(json(text), `[${items.join(',')}]`, `[${split.join(',')}]`);
      },
    },
    {
      name: 'b_decimal_comma_list',
      why: 'Numbers with decimal commas between semicolons are the same numbers as in the array.',
    },
    {
      name: 'b_decimal_comma_splits',
      critical: true,
      why: 'Decimal commas were taken for separators, so twice as many other numbers came out.',
    },
  ),
  ...twins(
    {
      fields: ['parcelSize', 'dimensions', 'pallet.dims', 'lwh'],
      once: true,
      value(random) {
        const sides = [random.int(20, 240), random.int(20, 160), random.int(11, 220)];
        const metres = (height: string): string =>
          object({ length: decimal(sides[0]!, 2), width: decimal(sides[1]!, 2), height, unit: '"m"' });
        return shown(
          json(`${sides.join('x')} cm`),
          metres(decimal(sides[2]!, 2)),
          metres(decimal(sides[2]!, 1)),
        );
      },
    },
    {
      name: 'b_dimensions_in_metres',
      why: 'Length, width and height in centimetres are the same lengths in metres.',
    },
    {
      name: 'b_one_dimension_tenfold',
      critical: false,
      why: 'One of the three sides was divided by ten instead of a hundred.',
    },
  ),
];
