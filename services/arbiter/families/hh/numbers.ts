/** Plain numbers: their spelling, precision and size. */
import type { Family } from '../kit.ts';
import { decimal, grouped, json, minorUnits } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { fine, pair, same } from './setting.ts';

const trailingZeros = pair(
  {
    fields: ['quantity', 'orderedQuantity', 'litres', 'kilometres'],
    routes: [
      'GET /orders/{id}/lines',
      'GET /purchase-orders/{id}',
      'GET /deliveries/{id}',
      'GET /trips/{id}',
    ],
    value: (random) => {
      const units = random.chance(0.4) ? random.int(1, 60) * 1000 : random.int(25, 90_000);
      const text = decimal(units, 2);
      const right = text.replace(/\.?0+$/, '');
      return shown(json(text), json(right), json(text.replace('.00', '').replace(/0+$/, '')));
    },
  },
  { name: 'hh_trailing_zeros', why: 'The same quantity without the zeros behind the point.' },
  {
    name: 'hh_zeros_of_whole_part_cut',
    why: 'Cutting trailing zeros also cuts those of whole numbers: 120 became 12.',
    critical: true,
  },
);

const groups = pair(
  {
    fields: ['sumInsured', 'meterReading', 'mileage', 'creditLimit'],
    routes: ['GET /policies/{id}', 'GET /meters/{id}/readings', 'GET /vehicles/{id}', 'GET /accounts/{id}'],
    common: (random) => random.pick([',', "'", ' ']),
    value: (random, separator) => {
      const value = minorUnits(random, 40, 900_000);
      const text = grouped(String(value), separator);
      return shown(json(text), String(value), text.split(separator)[0]!);
    },
  },
  {
    name: 'hh_grouped_text_is_number',
    why: 'The grouped text of the old screen is now the number it shows.',
  },
  {
    name: 'hh_parse_stops_at_group',
    why: 'Parsing stops at the thousands separator, so 12,480 became 12.',
    critical: true,
  },
);

const floats = pair(
  {
    fields: ['portfolioValue', 'outstandingTotal', 'annualTurnover', 'sumOfPositions'],
    routes: [
      'GET /portfolios/{id}',
      'GET /reports/receivables',
      'GET /merchants/{id}/totals',
      'GET /portfolios/{id}/sum',
    ],
    evidence: 3,
    value: (random) => {
      const cents = minorUnits(random, 60_000_000, 2_000_000_000);
      const exact = cents / 100;
      // The same sum as legacy builds it: instalments added up in doubles.
      const third = Math.floor(cents / 3) / 100;
      const legacy = third + third + Number(((cents - 2 * Math.floor(cents / 3)) / 100).toFixed(2));
      return shown(json(legacy), json(exact), json(Math.fround(exact)));
    },
  },
  {
    name: 'hh_binary_dust',
    why: 'Legacy adds in binary floating point and shows its dust far behind the cents; the rewrite adds exactly.',
  },
  {
    name: 'hh_single_precision',
    why: 'The rewrite stores the amount in single precision, so cents or even whole units are off.',
    critical: true,
  },
);

const minusZero = fine(
  {
    fields: ['balance', 'difference', 'correction', 'openAmount'],
    routes: [
      'GET /accounts/{id}',
      'GET /cashdesks/{id}/closing',
      'GET /bookings/{id}',
      'GET /invoices/{number}',
    ],
    value: (random) => {
      if (random.chance(0.35)) return { legacy: '"-0.00"', right: '"0.00"' };
      return same(json(decimal(minorUnits(random) * random.pick([1, 1, -1]), 2)));
    },
  },
  {
    name: 'hh_minus_zero',
    why: 'Legacy keeps the sign of a rounded nothing; minus zero and zero are the same balance.',
  },
);

export const families: readonly Family[] = [...trailingZeros, ...groups, ...floats, minusZero];
