/** Consignments: goods, containers, places and routes of a carrier. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';

const cents = (value: number) => decimal(value, 2);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['dangerousGoods', 'adr', 'hazard'],
      once: true,
      least: 2,
      value(random) {
        const [un, hazard, group] = random.pick([
          ['1203', '3', 'II'],
          ['1263', '3', 'III'],
          ['1824', '8', 'II'],
          ['1993', '3', 'III'],
          ['1230', '3', 'II'],
          ['2014', '5.1', 'II'],
          ['1831', '8', 'I'],
        ] as const);
        const goods = (packingGroup: string) => json({ un, class: hazard, packingGroup });
        const right = { legacy: json(`UN${un}, ${hazard}, PG ${group}`), right: goods(group) };
        return group === 'I' ? right : { ...right, wrong: goods('I') };
      },
    },
    {
      name: 'l_dangerous_goods_parts',
      why: 'The number, class and packing group of the text stand in members.',
    },
    {
      name: 'l_packing_group_first_letter',
      critical: true,
      why: 'Of the packing groups II and III only the first letter is kept: another danger.',
    },
  ),
  ...twins(
    {
      fields: ['container', 'equipment', 'unitNumber'],
      value(random) {
        const owner = `${random.text('ABCHMST', 3)}U`;
        const zero = random.chance(0.6);
        const serial = zero ? `0${random.digits(5)}` : `${random.int(1, 9)}${random.digits(5)}`;
        const check = random.digits(1);
        const right = {
          legacy: json(`${owner} ${serial}-${check}`),
          right: json(`${owner}${serial}${check}`),
        };
        return zero ? { ...right, wrong: json(`${owner}${Number(serial)}${check}`) } : right;
      },
    },
    {
      name: 'l_container_compact',
      why: 'Owner, serial number and check digit are the same without separators.',
    },
    {
      name: 'l_container_zero_lost',
      critical: true,
      why: 'The leading zero of the serial number is lost: no valid container or another one.',
    },
  ),
  ...twins(
    {
      fields: ['dimensions', 'palletSize', 'packageSize'],
      value(random) {
        const sides = [random.int(40, 240), random.int(30, 120), random.int(20, 210)] as const;
        const size = (unit: string) =>
          object({
            length: cents(sides[0]),
            width: cents(sides[1]),
            height: cents(sides[2]),
            unit: json(unit),
          });
        return { legacy: json(`${sides.join('x')} cm`), right: size('m'), wrong: size('cm') };
      },
    },
    { name: 'l_dimensions_in_metres', why: 'Centimetres divided by 100 are metres, which the unit says.' },
    {
      name: 'l_dimensions_metres_called_cm',
      critical: false,
      why: 'The numbers are metres but the unit says centimetres, a parcel as small as a crumb.',
    },
  ),
  ...twins(
    {
      fields: ['temperatureRange', 'coldChain', 'transportTemp'],
      value(random) {
        const frozen = random.chance(0.6);
        const max = frozen ? -random.int(12, 20) : random.int(6, 25);
        const min = max - random.int(2, 6);
        const right = { legacy: json(`${min}..${max} C`), right: json({ min, max, unit: 'C' }) };
        return frozen ? { ...right, wrong: json({ min: -min, max: -max, unit: 'C' }) } : right;
      },
    },
    {
      name: 'l_temperature_range_bounds',
      why: 'Both bounds of the range are the same numbers with their signs.',
    },
    {
      name: 'l_temperature_range_minus_lost',
      critical: true,
      why: 'The minus signs of frozen goods are lost, so they would be carried warm.',
    },
  ),
  ...twins(
    {
      fields: ['position', 'location', 'deliveryPoint'],
      value(random) {
        const [latitude, longitude] = [random.int(40 * 60, 58 * 60), random.int(1, 9 * 60)];
        const dms = (minutes: number) => `${Math.floor(minutes / 60)}°${minutes % 60}'`;
        const degrees = (minutes: number) => Number((minutes / 60).toFixed(6));
        const west = random.chance(0.6);
        const place = (lon: number) => json({ lat: degrees(latitude), lon });
        const right = {
          legacy: json(`${dms(latitude)}N ${dms(longitude)}${west ? 'W' : 'E'}`),
          right: place(west ? -degrees(longitude) : degrees(longitude)),
        };
        return west ? { ...right, wrong: place(degrees(longitude)) } : right;
      },
    },
    {
      name: 'l_degrees_minutes_decimal',
      why: 'Sixtieths of a degree became decimals to the sixth place, west with a minus sign.',
    },
    {
      name: 'l_degrees_west_became_east',
      critical: true,
      why: 'A place west of Greenwich is returned as lying east of it.',
    },
  ),
  ...twins(
    {
      fields: ['loadingBays', 'pallets', 'positions'],
      value(random) {
        const start = random.int(1, 20);
        const end = start + random.int(2, 5);
        const single = end + random.int(2, 9);
        const all = Array.from({ length: end - start + 1 }, (_, at) => start + at);
        return {
          legacy: json(`${start}-${end},${single}`),
          right: json([...all, single]),
          wrong: json([start, end, single]),
        };
      },
    },
    {
      name: 'l_number_ranges_listed',
      why: 'The list names every number of the range and the single number.',
    },
    {
      name: 'l_number_ranges_ends_only',
      critical: false,
      why: 'Only the ends of the range are listed, the numbers between them are missing.',
    },
  ),
  ...twins(
    {
      fields: ['freightTree', 'packaging', 'nesting'],
      value(random) {
        const [outer, middle, inner] = ['C', 'P', 'B'].map((kind) => `${kind}${random.digits(5)}`);
        const flat = (parent: string | undefined) =>
          json([
            { id: outer, parent: null },
            { id: middle, parent: outer },
            { id: inner, parent },
          ]);
        return {
          legacy: json({ id: outer, contains: [{ id: middle, contains: [{ id: inner, contains: [] }] }] }),
          right: flat(middle),
          wrong: flat(outer),
        };
      },
    },
    {
      name: 'l_packing_tree_by_parent',
      why: 'Each unit names the unit that contains it, which is the same tree.',
    },
    {
      name: 'l_packing_tree_flattened',
      critical: false,
      why: 'The innermost unit names the outermost as its container, so the middle level is lost.',
    },
  ),
];
