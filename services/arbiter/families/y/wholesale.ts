/** Orders and batches of a pharma wholesaler, once RPG: expiry, licences, batch numbers, quantities, prices. */
import { mixed, twins } from '../kit.ts';
import { Day, decimal, json, two } from '../kit-values.ts';

const zeroless = (text: string): string => text.replace(/\.?0+$/, '');

export const families = [
  ...twins(
    mixed({
      fields: ['expiry', 'bestBefore', 'batch.expires', 'VERFALL'],
      value(random) {
        const [year, month] = [random.int(2026, 2031), random.int(1, 12)];
        const before = month === 1 ? `${year - 1}-12` : `${year}-${two(month - 1)}`;
        return {
          legacy: json(`${two(month)}/${year}`),
          right: json(`${year}-${two(month)}`),
          wrong: json(before),
        };
      },
    }),
    {
      name: 'expiry-month-in-iso',
      why: 'Month and year of expiry are the same, with the year first instead of the month.',
    },
    {
      name: 'expiry-month-one-earlier',
      why: 'Midnight on the first fell back into the month before: batches expire a month too early.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['licenceValidUntil', 'gdpCertificate.until', 'LICDAT'],
      value(random) {
        const day = Day.any(random, 2021, 2032);
        return {
          legacy: `1${day.yyyy.slice(2)}${day.mm}${day.dd}`,
          right: json(day.iso),
          wrong: json(`19${day.iso.slice(2)}`),
        };
      },
      least: 2,
    },
    {
      name: 'licence-date-century-digit',
      why: 'The seven-digit date begins with the century digit 1 for 20xx; year, month and day are the same in ISO.',
    },
    {
      name: 'licence-date-century-lost',
      why: 'The century digit is ignored, so a licence of 20xx ended in 19xx and the customer may not be supplied.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['batchNumber', 'lot', 'charge', 'LOTNR'],
      once: true,
      value(random) {
        const exponent = random.int(2, 8);
        const head = random.int(11, 998);
        if (random.chance(0.55)) {
          const plain = `${random.text('ABCFGHKLM', 2)}${random.digits(4)}`;
          return { legacy: json(plain.padEnd(12)), right: json(plain) };
        }
        const lot = `${head}E${two(exponent)}`;
        return {
          legacy: json(lot.padEnd(12)),
          right: json(lot),
          wrong: json(`${head}${'0'.repeat(exponent)}`),
        };
      },
    }),
    {
      name: 'batch-number-unpadded',
      why: 'Only the blanks that fill the fixed column are gone; the batch numbers are unchanged.',
    },
    {
      name: 'batch-number-read-as-power-of-ten',
      why: 'Batch numbers such as 24E05 were read as a number in scientific notation, so a recall would miss them.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['orderedQuantity', 'qty', 'MENGE', 'line.quantity'],
      value(random) {
        const text = `${random.int(1, 240)}.${random.chance(0.15) ? '50' : '00'}`;
        return { legacy: json(text), right: zeroless(text), wrong: text.replace('.', '') };
      },
    }),
    {
      name: 'quantity-two-decimals-to-number',
      why: 'The ordered quantity with two decimals becomes the same number.',
    },
    {
      name: 'quantity-decimal-point-stripped',
      why: 'The decimal point was stripped like a thousands separator: a hundred times the ordered quantity.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['unitPrice', 'pricePerTablet', 'tariffPerUnit'],
      value(random) {
        const units = random.int(101, 9899);
        const text = decimal(units, 4);
        return {
          legacy: text.padEnd(text.length + 1, '0'),
          right: zeroless(text),
          ...(units % 100 === 0 ? {} : { wrong: decimal(Math.round(units / 100), 2) }),
        };
      },
    },
    {
      name: 'unit-price-fewer-zeros',
      why: 'The price of one tablet is the same number; only its trailing zeros are gone.',
    },
    {
      name: 'unit-price-rounded-to-cents',
      why: 'A unit price with four decimals was rounded to cents, which a large order multiplies.',
      critical: true,
    },
  ),
];
