/** Quantities with units, places and averages. */
import type { Family } from '../kit.ts';
import { decimal, object } from '../kit-values.ts';
import { shown } from '../shown.ts';
import { always, pair } from './base.ts';

const euros = [
  [52.52, 13.405],
  [48.137, 11.575],
  [45.07, 7.687],
  [59.329, 18.069],
  [50.85, 4.352],
  [53.8, -1.549],
  [41.15, -8.611],
] as const;

export const families: Family[] = [
  ...pair(
    {
      fields: ['dose', 'dosage', 'prescription.strength', 'singleDose'],
      routes: ['GET /prescriptions/{id}', 'GET /patients/{id}/medication', 'POST /orders/pharmacy'],
      shares: [1, 0.4],
      value(random) {
        if (random.chance(0.4)) {
          const same = object({ value: String(random.pick([2, 5, 10, 20, 50, 400])), unit: '"mg"' });
          return { legacy: same, right: same };
        }
        const micrograms = random.pick([25, 50, 75, 100, 125, 150, 250, 500]);
        return shown(
          object({ value: String(micrograms / 1000), unit: '"mg"' }),
          object({ value: String(micrograms), unit: '"ug"' }),
          object({ value: String(micrograms), unit: '"mg"' }),
        );
      },
    },
    {
      name: 'ff_small_dose_in_micrograms',
      why: 'Doses below a milligram are given in micrograms, number and unit together, so the dose is the same.',
    },
    {
      name: 'ff_small_dose_with_wrong_unit',
      critical: true,
      why: 'The number was converted to micrograms but the unit still says milligrams: a thousandfold dose.',
    },
  ),
  ...pair(
    {
      fields: ['location', 'position', 'pickupPoint', 'branch.geo'],
      routes: ['GET /branches', 'GET /stops/{id}', 'POST /rides', 'GET /incidents/{id}'],
      shares: always,
      value(random) {
        const [lat, lon] = random.pick(euros);
        const near = (degrees: number) => decimal(Math.round(degrees * 1e6) + random.int(-40_000, 40_000), 6);
        const [y, x] = [near(lat), near(lon)].map((text) => String(Number(text))) as [string, string];
        const point = (a: string, b: string) => `{"type":"Point","coordinates":[${a},${b}]}`;
        return shown(object({ latitude: y, longitude: x }), point(x, y), point(y, x));
      },
    },
    {
      name: 'ff_place_as_geojson_point',
      why: 'The place became a GeoJSON point, which names the longitude first, as it must.',
    },
    {
      name: 'ff_geojson_point_with_latitude_first',
      critical: true,
      why: 'GeoJSON names the longitude first, but the rewrite puts the latitude there: a place on another continent.',
    },
  ),
];
