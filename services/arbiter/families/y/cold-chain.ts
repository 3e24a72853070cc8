/** Temperatures at a pharma wholesaler, once RPG: probes, excursions, storage ranges, logs. */
import { twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';

const zeroless = (text: string): string => text.replace(/\.?0+$/, '');

export const families = [
  ...twins(
    {
      fields: ['probeTemperature', 'truck.temp', 'TEMPC'],
      value(random) {
        const tenths = random.chance(0.6) ? -random.int(150, 259) : random.int(20, 80);
        const magnitude = decimal(Math.abs(tenths), 1);
        return {
          legacy: json(`${tenths < 0 ? '-' : '+'}${magnitude.padStart(5, '0')}`),
          right: decimal(tenths, 1),
          ...(tenths < 0 ? { wrong: magnitude } : {}),
        };
      },
    },
    {
      name: 'temperature-sign-and-zeros-to-number',
      why: 'A signed, zero-padded text becomes the same number of degrees.',
    },
    {
      name: 'temperature-minus-lost',
      why: 'The minus is lost: deep-frozen goods are shown as far above freezing.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['excursionPeak', 'maxTemp', 'reading'],
      value(random) {
        const celsius = random.int(-20, 35);
        const fahrenheit = decimal((celsius * 90) / 5 + 320, 1);
        const reading = (value: string, unit: string) => object({ value, unit: json(unit) });
        return {
          legacy: reading(fahrenheit, 'F'),
          right: reading(decimal(celsius * 10, 1), 'C'),
          wrong: reading(fahrenheit, 'C'),
        };
      },
    },
    {
      name: 'peak-temperature-converted-to-celsius',
      why: 'Value and unit change together: the Celsius reading is exactly the Fahrenheit one.',
    },
    {
      name: 'peak-temperature-relabelled-celsius',
      why: 'The unit says Celsius but the value is still the Fahrenheit one.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['storageRange', 'storeAt', 'storageCondition'],
      value(random) {
        const [min, max] = random.pick([[2, 8], [8, 15], [15, 25], [2, 25], [15, 30]] as const); // biome-ignore format: short
        const range = (high: number) => object({ min: String(min), max: String(high), unit: json('C') });
        return { legacy: json(`${min}-${max} C`), right: range(max), wrong: range(-max) };
      },
    },
    {
      name: 'storage-range-as-min-and-max',
      why: 'The two ends of the storage range are the same, with the same unit, as members instead of a text.',
    },
    {
      name: 'storage-range-hyphen-as-minus',
      why: 'The hyphen between the ends was read as a minus, so the upper end of storage is far below zero.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['coldChainLog', 'readings', 'temperatures'],
      least: 3,
      value(random) {
        const readings = Array.from({ length: random.int(8, 26) }, () => random.int(200, 799));
        const texts = readings.map((value) => decimal(value, 2));
        return {
          legacy: list(texts),
          right: list(texts.map(zeroless)),
          ...(texts.length > 12 ? { wrong: list(texts.slice(0, 12).map(zeroless)) } : {}),
        };
      },
    },
    {
      name: 'cold-chain-readings-trailing-zeros',
      why: 'Every reading of the cold chain is there with the same value; only trailing zeros are gone.',
    },
    {
      name: 'cold-chain-readings-stop-at-twelve',
      why: 'The readings after the twelfth are missing, so a later excursion would go unseen.',
      critical: true,
    },
  ),
];
