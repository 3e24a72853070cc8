/** Places and ways between them. */
import { type Family, type Random, twins } from '../kit.ts';
import { cities, decimal, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const points = twins(
  {
    fields: ['meteringPoint', 'marketLocation', 'MaLo'],
    value(random: Random) {
      const mixed = `${random.text('ABCDEFGHKLMNPRSTUV', 2)}O${random.text('ABCDEFGHKLMNPRSTUV123456789', 9)}`;
      const [grid, zip] = [`00${random.digits(4)}`, random.digits(5)];
      return shown(
        json(`DE ${grid} ${zip} ${mixed}`),
        json(`DE${grid}${zip}${mixed}`),
        json(`DE${grid}${zip}${mixed.replace('O', '0')}`),
      );
    },
  },
  {
    name: 'k_metering_point_unspaced',
    why: 'The groups of a metering point are the same without the spaces between them.',
  },
  {
    name: 'k_metering_point_letter_to_zero',
    why: 'The letter O became the digit 0, which names another metering point.',
    critical: true,
  },
);

const places = twins(
  {
    fields: ['position', 'siteCoordinates', 'poleLocation'],
    value(random: Random) {
      const [lat, lon] = [random.int(36, 59), random.int(1, 9)];
      const [latMin, lonMin] = [random.int(1, 19) * 3, random.int(1, 19) * 3];
      const west = random.chance(0.5);
      const legacy = json(`${lat}° ${latMin}' N, ${lon}° ${lonMin}' ${west ? 'W' : 'E'}`);
      const at = (sign: number) =>
        object({
          lat: decimal(lat * 100 + (latMin / 3) * 5, 2),
          lon: decimal(sign * (lon * 100 + (lonMin / 3) * 5), 2),
        });
      return shown(legacy, at(west ? -1 : 1), at(1));
    },
  },
  {
    name: 'k_degrees_minutes_to_decimal',
    why: 'Three minutes are 0.05 degrees and west is negative, so both name the same place.',
  },
  {
    name: 'k_west_longitude_positive',
    why: 'Western longitudes lost their sign, so the place lies in the eastern hemisphere.',
    critical: true,
  },
);

const stops = twins(
  {
    fields: ['route', 'stops', 'itinerary'],
    value(random: Random) {
      const path = random.shuffled(cities).slice(0, random.int(3, 5));
      const rows = random.shuffled(path.map((city, at) => ({ seq: at + 1, city })));
      const legacy = list(rows.map(({ seq, city }) => object({ seq: String(seq), city: json(city) })));
      return shown(legacy, list(path.map((city) => json(city))), list(rows.map(({ city }) => json(city))));
    },
  },
  {
    name: 'k_stops_sorted_by_sequence',
    why: 'The list stands in the order that the sequence numbers of the old rows give.',
  },
  {
    name: 'k_stops_in_row_order',
    why: 'The list ignores the sequence numbers, so the lorry visits the stops in another order.',
    critical: true,
  },
);

export const families: readonly Family[] = [...points, ...places, ...stops];
