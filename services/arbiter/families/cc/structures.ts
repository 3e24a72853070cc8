/** Records, graphs, rules and routes in other structures. */
import type { Family, Random } from '../kit.ts';
import { Day, givenNames, json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { bugOnly, pair } from './common.ts';

const fixedRecords = pair(
  {
    fields: ['record', 'SATZ', 'customerMaster', 'line'],
    routes: ['POST /mq/KUNDE', 'GET /host/records/{key}'],
    always: true,
    value(random) {
      const surname = random.pick([
        'MUELLER',
        'SCHMIDT',
        'MÜLLER',
        'GRÖßL',
        'KOVÁCS',
        'NOVAK',
        'JENSEN',
        'GARCIA',
        'BÖHM',
      ]);
      const born = Day.any(random, 1940, 2004).iso.replaceAll('-', '');
      const record = [
        random.digits(7),
        surname.padEnd(15),
        random.pick(givenNames).toUpperCase().padEnd(10),
        born,
        random.pick(['EUR', 'CHF']),
        String(random.int(100, 9_000_000)).padStart(11, '0'),
      ].join('');
      const shift = [...surname].filter((letter) => letter > '~').length;
      const modern = (late: number) => {
        const part = (from: number, to: number) => record.slice(from - late, to - late).trim();
        return {
          number: record.slice(0, 7),
          surname: record.slice(7, 22 - late).trim(),
          givenName: part(22, 32),
          born: part(32, 40),
          currency: part(40, 43),
          cents: part(43, 54),
        };
      };
      return shownJson(record, modern(0), modern(shift));
    },
  },
  {
    name: 'cc_fixed_record_cut_into_members',
    why: 'Number, names, birth date, currency and cents stand in their columns in every record, with or without umlauts.',
  },
  {
    name: 'cc_fixed_record_columns_counted_in_bytes',
    critical: true,
    why: 'Letters of two bytes shift all later columns of their record, so birth dates and amounts are cut wrongly.',
  },
);

const rules = pair(
  {
    fields: ['rule', 'eligibility', 'BEDINGUNG', 'condition'],
    routes: ['GET /products/{code}/rules', 'GET /benefits/{code}'],
    value(random) {
      const [a = '', b = '', c = ''] = random.shuffled([
        'age >= 67',
        'disability >= 50',
        'residentYears >= 5',
        'income < 1500',
        'children > 0',
        'student = true',
      ]);
      const either = random.chance(0.6);
      return either
        ? shownJson(
            `${a} OR ${b} AND ${c}`,
            { anyOf: [a, { allOf: [b, c] }] },
            { allOf: [{ anyOf: [a, b] }, c] },
          )
        : { legacy: json(`${a} AND ${b} AND ${c}`), right: json({ allOf: [a, b, c] }) };
    },
    always: true,
  },
  {
    name: 'cc_rule_text_as_tree',
    why: 'AND binds more closely than OR, and the trees are nested accordingly.',
  },
  {
    name: 'cc_rule_read_from_left_to_right',
    critical: true,
    why: 'The rule is read from the left without precedence, so people who qualify by the first condition alone do not.',
  },
);

const patches = pair(
  {
    fields: ['change', 'patch', 'AENDERUNG', 'delta'],
    routes: ['PATCH /customers/{id}', 'GET /customers/{id}/history'],
    always: true,
    value(random) {
      const members = random.shuffled([
        ['city', 'Graz'],
        ['phone', '+43 316 872 0'],
        ['proxyName', 'Ines Novak'],
        ['dunningBlock', 'Z'],
        ['language', 'de'],
        ['standingOrder', 'SO-4471'],
      ] as const);
      const steps = members
        .slice(0, random.int(1, 3))
        .map(([name, value]) => ({ name, value, gone: random.chance(0.4) }));
      const merge = (withNull: boolean) =>
        Object.fromEntries(
          steps
            .filter(({ gone }) => withNull || !gone)
            .map(({ name, value, gone }) => [name, gone ? null : value] as const),
        );
      return shownJson(
        steps.map(({ name, value, gone }) =>
          gone ? { op: 'remove', path: `/${name}` } : { op: 'replace', path: `/${name}`, value },
        ),
        merge(true),
        merge(false),
      );
    },
  },
  {
    name: 'cc_json_patch_as_merge_patch',
    why: 'In a merge patch null removes a member, so the same members are set and the same are removed.',
  },
  {
    name: 'cc_json_patch_removals_lost',
    critical: true,
    why: 'Removals are missing from the merge patch, so a revoked proxy or standing order stays in force.',
  },
);

/** One number of an encoded polyline: sign in the lowest bit, then five bits a character. */
function polylineNumber(value: number): string {
  let rest = value < 0 ? ~(value << 1) : value << 1;
  let text = '';
  while (rest >= 0x20) {
    text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63);
    rest >>= 5;
  }
  return text + String.fromCharCode(rest + 63);
}

const routesDriven = pair(
  {
    fields: ['geometry', 'track', 'STRECKE', 'shape'],
    routes: ['GET /tours/{id}/route', 'GET /ambulances/{id}/track'],
    value(random) {
      let [latitude, longitude] = [random.int(4_600_000, 5_500_000), random.int(-300_000, 1_600_000)];
      const points = Array.from({ length: random.int(3, 5) }, () => {
        latitude += random.int(-900, 900);
        longitude += random.int(-900, 900);
        return [latitude, longitude] as const;
      });
      const encoded = points
        .map(([north, east], at) => {
          const [lastNorth, lastEast] = points[at - 1] ?? [0, 0];
          return polylineNumber(north - lastNorth) + polylineNumber(east - lastEast);
        })
        .join('');
      const line = (scale: number) => ({
        type: 'LineString',
        coordinates: points.map(([north, east]) => [east / scale, north / scale]),
      });
      return shownJson({ polyline: encoded, precision: 5 }, line(100_000), line(1_000_000));
    },
  },
  {
    name: 'cc_polyline_decoded_to_geojson',
    why: 'Decoded with five decimals as legacy says, the points are the same, longitude first as GeoJSON wants.',
  },
  {
    name: 'cc_polyline_decoded_with_six_decimals',
    critical: true,
    why: 'Five decimals are stated but six assumed: all coordinates are a tenth, somewhere off the coast of Africa.',
  },
);

const weather = pair(
  {
    fields: ['metar', 'aerodromeWeather', 'WETTER', 'observation'],
    routes: ['GET /aerodromes/{icao}/metar', 'GET /roads/{id}/weather'],
    always: true,
    value(random) {
      const station = random.pick(['ENGM', 'EFHK', 'LSZH', 'CYUL', 'BIRK', 'LOWI']);
      const temperature = random.int(-18, 12);
      const dew = temperature - random.int(0, 7);
      const group = (value: number) => `${value < 0 ? 'M' : ''}${String(Math.abs(value)).padStart(2, '0')}`;
      const [time, wind, pressure] = [
        `${String(random.int(1, 28)).padStart(2, '0')}${String(random.int(0, 23)).padStart(2, '0')}50Z`,
        [random.int(1, 36) * 10, random.int(3, 28)] as const,
        random.int(978, 1041),
      ];
      const modern = (air: number, point: number) => ({
        station,
        issued: time,
        wind: { fromDegrees: wind[0], knots: wind[1] },
        temperatureC: air,
        dewPointC: point,
        qnhHpa: pressure,
      });
      return shownJson(
        `${station} ${time} ${String(wind[0]).padStart(3, '0')}${String(wind[1]).padStart(2, '0')}KT 9999 BKN030 ${group(temperature)}/${group(dew)} Q${String(pressure).padStart(4, '0')}`,
        { ...modern(temperature, dew), visibilityM: 9999, clouds: 'BKN030' },
        { ...modern(Math.abs(temperature), Math.abs(dew)), visibilityM: 9999, clouds: 'BKN030' },
      );
    },
  },
  {
    name: 'cc_metar_taken_apart',
    why: 'Wind, clouds, pressure and temperatures are those of the report, where M stands for minus.',
  },
  {
    name: 'cc_metar_minus_not_understood',
    critical: true,
    why: 'M05 is minus five degrees; without the minus nobody expects ice on wings and roads.',
  },
);

/** An Austrian IBAN with right check digits. */
const iban = (random: Random): string => {
  const bban = `${random.pick(['12000', '20111', '32000', '60000'])}${random.digits(11)}`;
  return `AT${String(98n - (BigInt(`${bban}102900`) % 97n)).padStart(2, '0')}${bban}`;
};

const swaps = bugOnly(
  {
    fields: ['payment', 'transferParties', 'ZAHLUNG', 'booking'],
    routes: ['POST /payments', 'GET /payments/{id}'],
    value(random) {
      const [from, to] = [iban(random), iban(random)];
      const modern = (debtor: string, creditor: string) => ({ debtor, creditor });
      return shownJson(modern(from, to), modern(from, to), modern(to, from));
    },
  },
  {
    name: 'cc_debtor_and_creditor_swapped',
    critical: true,
    why: 'The two accounts changed places, so the money would flow back to where it should come from.',
  },
);

const tree = (random: Random) => {
  const names = random.shuffled([
    'Board',
    'Sales',
    'Claims',
    'IT',
    'Audit',
    'Field',
    'Legal',
    'Desk',
    'Data',
  ]);
  const count = random.int(4, 8);
  return names.slice(0, count).map((name, at) => ({ name, parent: at === 0 ? -1 : random.int(0, at - 1) }));
};

interface Node {
  unit: string;
  units: Node[];
}

const departments = pair(
  {
    fields: ['organisation', 'hierarchy', 'STRUKTUR', 'costCentres'],
    routes: ['GET /organisation/{id}', 'GET /cost-centres'],
    value(random) {
      const nodes = tree(random);
      const nested = (at: number): Node => ({
        unit: nodes[at]?.name ?? '',
        units: nodes.flatMap(({ parent }, child) => (parent === at ? [nested(child)] : [])),
      });
      const rows = (parentOf: (at: number) => number) =>
        nodes.map(({ name }, at) => ({ unit: name, reportsTo: nodes[parentOf(at)]?.name ?? null }));
      return shownJson(
        nested(0),
        rows((at) => nodes[at]?.parent ?? -1),
        rows((at) => (at === 0 ? -1 : 0)),
      );
    },
  },
  {
    name: 'cc_tree_as_rows_with_parent',
    why: 'Each unit reports to the one it was nested in, and the root to none.',
  },
  {
    name: 'cc_tree_flattened_under_root',
    critical: false,
    why: 'Units of deeper levels all report to the root, so the levels between are lost.',
  },
);

export const families: readonly Family[] = [
  ...fixedRecords,
  ...rules,
  ...patches,
  ...routesDriven,
  ...weather,
  ...swaps,
  ...departments,
];
