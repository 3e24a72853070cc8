/** Families of a carrier: sizes, packages, temperatures and containers. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const dimensions = twins(
  {
    fields: ['dimensions', 'parcelSize', 'palletSize'],
    value(random) {
      const sides = [random.int(20, 240), random.int(20, 120), random.int(10, 220)];
      const modern = (factor: number) =>
        object({
          length: String((sides[0] ?? 0) * factor),
          width: String((sides[1] ?? 0) * factor),
          height: String((sides[2] ?? 0) * factor),
          unit: json('mm'),
        });
      return shown(json(`${sides.join('x')} cm`), modern(10), modern(1));
    },
  },
  { name: 'size_in_millimetres', why: 'The same three sides, ten millimetres to a centimetre.' },
  {
    name: 'size_labelled_millimetres',
    why: 'Centimetres were labelled millimetres: the goods shrink to a tenth.',
    critical: false,
  },
);

const packages = twins(
  {
    fields: ['quantity', 'shippedQuantity', 'orderLine'],
    least: 4,
    value(random) {
      const [cartons, each] = [random.int(2, 90), random.pick([6, 10, 12, 24, 48])];
      const modern = (count: number) => object({ quantity: String(count), unit: json('EA') });
      return shown(
        object({ QTY: json(String(cartons)), UOM: json('CT'), EACH_PER_CT: json(String(each)) }),
        modern(cartons * each),
        modern(cartons),
      );
    },
  },
  { name: 'cartons_in_pieces', why: 'Cartons times pieces a carton: the same goods, counted in pieces.' },
  {
    name: 'cartons_called_pieces',
    why: 'The number of cartons is answered as the number of pieces.',
    critical: true,
  },
);

const temperature = twins(
  {
    fields: ['temperature', 'coldChainMax', 'probe'],
    common: (random) => random.pick(['no offset', 'no sign'] as const),
    value(random, mistake) {
      const tenths = random.int(-300, 120);
      const modern = (value: number) => object({ value: value.toFixed(2), unit: json('degF') });
      const celsius = tenths / 10;
      return shown(
        json(`${decimal(tenths, 1)} C`),
        modern(celsius * 1.8 + 32),
        modern(mistake === 'no offset' ? celsius * 1.8 : Math.abs(celsius) * 1.8 + 32),
      );
    },
  },
  { name: 'celsius_as_fahrenheit', why: 'The same temperature: nine fifths of the Celsius figure plus 32.' },
  {
    name: 'celsius_misconverted',
    why: 'Fahrenheit figures lack the offset of 32 or the minus of legacy: another temperature of the goods.',
    critical: true,
  },
);

/** The check digit of a container (ISO 6346) for its four letters and six digits. */
function containerDigit(base: string): number {
  const weights = [...base].map((character) => {
    const value = Number.parseInt(character, 36);
    return value < 11 ? value : value + Math.floor((value - 1) / 10);
  });
  return (weights.reduce((sum, value, at) => sum + value * 2 ** at, 0) % 11) % 10;
}

const container = twins(
  {
    fields: ['containerNumber', 'unitNumber', 'equipment'],
    least: 3,
    value(random) {
      const owner = random.pick(['MSKU', 'HLXU', 'TGHU', 'CMAU']);
      const serial = random.chance(0.5) ? `00${random.digits(4)}` : `${random.int(1, 9)}${random.digits(5)}`;
      const check = containerDigit(owner + serial);
      return shown(
        json(`${owner} ${serial}-${check}`),
        json(`${owner}${serial}${check}`),
        json(`${owner}${Number(serial)}${check}`),
      );
    },
  },
  { name: 'container_compact', why: 'The same owner code, serial and check digit without blank and dash.' },
  {
    name: 'container_zeros_lost',
    why: 'The serial lost its leading zeros, so the number has too few digits and names no container.',
    critical: true,
  },
);

export const families: readonly Family[] = [...dimensions, ...packages, ...temperature, ...container];
