/** Other shapes of the same facts: tables, trees, routes, XML, addresses on the web, grid references, heights. */
import { defect, type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const pivot = twins(
  {
    fields: ['claimsByRegion', 'statistics', 'reportTable', 'crosstab'],
    least: 8,
    value(random) {
      const regions = random.shuffled(['North', 'South', 'East', 'West', 'Islands']).slice(0, 3);
      const year = random.int(2017, 2021);
      const years = [year, year + 1, year + 2, year + 3];
      const cells = regions.map((region) => ({
        region,
        counts: years.map((of, at) => ({
          of,
          count: at < 3 && random.chance(0.25) ? undefined : random.int(3, 900),
        })),
      }));
      const known = cells.flatMap(({ region, counts }) =>
        counts.flatMap(({ of, count }) => (count === undefined ? [] : [{ region, year: of, count }])),
      );
      const table = (closed: boolean) => ({
        columns: ['region', ...years.map(String)],
        rows: cells.map(({ region, counts }) => {
          const all = counts.map(({ count }) => count ?? null);
          const kept = all.filter((count) => count !== null);
          return [region, ...(closed ? [...kept, ...all.slice(kept.length).map(() => null)] : all)];
        }),
      });
      return shownJson(known, table(false), table(true));
    },
  },
  {
    name: 'aa_table_long_to_wide',
    why: 'One row for each region and year became a table; where there was no row, the cell is empty.',
  },
  {
    name: 'aa_table_gaps_closed',
    why: 'Where a year is missing the later figures moved up: they stand under the wrong years.',
    critical: false,
  },
);

const units = ['Board', 'Lending', 'Claims', 'IT', 'Branches', 'Audit', 'Treasury', 'Legal'];
interface Node {
  readonly unit: string;
  readonly children: Node[];
}
const tree = twins(
  {
    fields: ['costCentres', 'orgUnits', 'hierarchy', 'approvalTree'],
    least: 8,
    value(random) {
      const names = ['Board', ...random.shuffled(units.slice(1)).slice(0, random.int(4, 6))];
      const parents = names.map((_, at) => (at === 0 ? -1 : random.int(Math.max(0, at - 3), at - 1)));
      const flat = names.map((unit, at) => ({ id: at + 1, unit, parent: parents[at]! + 1 || null }));
      const nested = (parentOf: (at: number) => number) => {
        const nodes: Node[] = names.map((unit) => ({ unit, children: [] }));
        for (let at = 1; at < nodes.length; at += 1) nodes[parentOf(at)]!.children.push(nodes[at]!);
        return nodes[0];
      };
      const depth = (at: number): number => (at === 0 ? 0 : 1 + depth(parents[at]!));
      return shownJson(
        flat,
        nested((at) => parents[at]!),
        nested((at) => (depth(at) > 2 ? parents[parents[at]!]! : parents[at]!)),
      );
    },
  },
  {
    name: 'aa_tree_parents_to_children',
    why: 'Each unit hangs below the same unit as before, by nesting instead of by the number of its parent.',
  },
  {
    name: 'aa_tree_lower_levels_lifted',
    why: 'Units three steps and more below the top hang one step too high: others answer for them.',
    critical: true,
  },
);

/** Google's encoded polyline: differences of hundred-thousandths of a degree, in groups of five bits. */
function polyline(points: readonly (readonly [number, number])[]): string {
  let text = '';
  let [lastLat, lastLon] = [0, 0];
  const write = (difference: number) => {
    let value = difference < 0 ? ~(difference << 1) : difference << 1;
    for (; value >= 0x20; value >>= 5) text += String.fromCharCode((0x20 | (value & 0x1f)) + 63);
    text += String.fromCharCode(value + 63);
  };
  for (const [lat, lon] of points) {
    write(lat - lastLat);
    write(lon - lastLon);
    [lastLat, lastLon] = [lat, lon];
  }
  return text;
}
const route = twins(
  {
    fields: ['routeGeometry', 'courierPath', 'polyline', 'track'],
    least: 8,
    value(random) {
      let [lat, lon] = random.pick([
        [5_252_000, 1_340_500],
        [4_885_600, 235_200],
        [5_150_700, -12_700],
        [4_137_900, 217_500],
      ]) as [number, number];
      const points = Array.from({ length: random.int(3, 6) }, () => {
        lat += random.int(-900, 900);
        lon += random.int(-900, 900);
        return [lat, lon] as [number, number];
      });
      const degrees = (value: number) => Number(decimal(value, 5));
      const modern = (list: readonly (readonly [number, number])[]) => ({
        points: list.map(([y, x]) => ({ lat: degrees(y), lon: degrees(x) })),
      });
      return shownJson(
        { encoding: 'polyline5', path: polyline(points) },
        modern(points),
        modern(points.map(([y, x]) => [x, y])),
      );
    },
  },
  {
    name: 'aa_polyline_decoded',
    why: 'The encoded polyline holds the same points, latitude first, with five decimals.',
  },
  {
    name: 'aa_polyline_lat_lon_swapped',
    why: 'Latitude and longitude of each point changed places: the route lies in another part of the world.',
    critical: false,
  },
);

const payees = [
  'Müller & Söhne',
  'Smith & Co <Leeds>',
  'Garcia',
  'AT&T',
  'Bäckerei Novak',
  'R&D "Delta"',
  'Rossi S.p.A.',
];
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const xml = twins(
  {
    fields: ['creditTransferXml', 'pain001', 'document', 'soapBody'],
    least: 10,
    value(random) {
      const name = random.pick(payees);
      const [amount, id] = [decimal(minorUnits(random), 2), random.digits(8)];
      const uri = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.03';
      const legacy = `<Document xmlns="${uri}"><EndToEndId>${id}</EndToEndId><InstdAmt Ccy="EUR">${amount}</InstdAmt><Nm>${escaped(name)}</Nm></Document>`;
      const modern = (text: string) =>
        `<p:Document xmlns:p='${uri}'>\n  <p:EndToEndId>${id}</p:EndToEndId>\n  <p:InstdAmt Ccy='EUR'>${amount}</p:InstdAmt>\n  <p:Nm>${text}</p:Nm>\n</p:Document>\n`;
      return shownJson(legacy, modern(escaped(name)), modern(escaped(escaped(name))));
    },
  },
  {
    name: 'aa_xml_prefix_and_indent',
    why: 'A prefix for the same namespace, other quotes and indentation: a parser finds the same document.',
  },
  {
    name: 'aa_xml_escaped_twice',
    why: 'Names with & or < are escaped twice: the payee is literally called "M&amp;amp;S" once the document is read.',
    critical: true,
  },
);

const query = twins(
  {
    fields: ['callbackUrl', 'deepLink', 'redirect', 'location'],
    least: 8,
    value(random) {
      const phone = `+49${random.pick(['151', '160', '172'])}${random.digits(7)}`;
      const name = `${random.pick(['Anna', 'José', 'Lars'])} ${random.pick(surnames)}`;
      const order = random.digits(7);
      const url = (parts: readonly string[]) => `https://app.example.com/confirm?${parts.join('&')}`;
      const percent = encodeURIComponent;
      return shownJson(
        url([`order=${order}`, `name=${percent(name)}`, `phone=${percent(phone)}`]),
        url([`name=${percent(name).replaceAll('%20', '+')}`, `order=${order}`, `phone=${percent(phone)}`]),
        url([`name=${percent(name).replaceAll('%20', '+')}`, `order=${order}`, `phone=${phone}`]),
      );
    },
  },
  {
    name: 'aa_query_blank_as_plus',
    why: 'In a query a blank is %20 or +, and named parameters have no order: the page receives the same values.',
  },
  {
    name: 'aa_query_plus_not_escaped',
    why: 'The bare + of the phone number is read as a blank: the number arrives without its sign for abroad.',
    critical: false,
  },
);

const squares = [
  ['TQ', 5, 1],
  ['SU', 4, 1],
  ['ST', 3, 1],
  ['SJ', 3, 3],
  ['SE', 4, 4],
  ['NZ', 4, 5],
  ['NT', 3, 6],
] as const;
const grid = twins(
  {
    fields: ['gridReference', 'siteLocation', 'assetPosition', 'hydrantAt'],
    least: 8,
    value(random) {
      const [letters, east, north] = random.pick(squares);
      const digits = random.pick([3, 4, 5]);
      const scale = 10 ** (5 - digits);
      const [x, y] = [random.int(0, 10 ** digits - 1), random.int(0, 10 ** digits - 1)];
      const text = (value: number) => String(value).padStart(digits, '0');
      const modern = (factor: number) => ({
        grid: 'OSGB',
        easting: east * 100_000 + x * factor,
        northing: north * 100_000 + y * factor,
        precisionMetres: scale,
      });
      return shownJson(`${letters} ${text(x)} ${text(y)}`, modern(scale), modern(1));
    },
  },
  {
    name: 'aa_grid_reference_in_metres',
    why: 'The letters name the 100 km square of the British grid; three figures count hundreds of metres, five single ones.',
  },
  {
    name: 'aa_grid_reference_short_ones_misplaced',
    why: 'Figures of short references are taken for single metres: the place lands kilometres away in its square.',
    critical: true,
  },
);

const height = twins(
  {
    fields: ['height', 'applicantHeight', 'bodyHeight', 'questionnaire.q4'],
    least: 8,
    value(random) {
      const [feet, inches] = [random.int(4, 6), random.int(0, 11)];
      const modern = (centimetres: string) => ({ value: centimetres, unit: 'cm' });
      return shownJson(
        `${feet}'${inches}"`,
        modern(decimal((feet * 12 + inches) * 254, 2)),
        modern((Number(`${feet}.${inches}`) * 30.48).toFixed(2)),
      );
    },
  },
  {
    name: 'aa_height_feet_inches_to_cm',
    why: 'A foot has twelve inches of 2.54 cm: exactly the same height.',
  },
  {
    name: 'aa_height_inches_as_decimals',
    why: `5'11" was taken for 5.11 feet: a tall applicant becomes a short one, with another body mass index and premium.`,
    critical: true,
  },
);

const returnWindow = twins(
  {
    fields: ['returnUntil', 'returnPolicy', 'rueckgabe', 'withdrawal'],
    least: 10,
    value(random) {
      const delivered = Day.any(random, 2021, 2026);
      const days = random.pick([14, 30, 30, 60]);
      const months = days / 30;
      const wrong =
        days === 14 ? delivered.plus(14) : Day.of(delivered.year, delivered.month + months, delivered.day);
      const modern = (until: Day) => ({ delivered: delivered.iso, windowDays: days, lastDay: until.iso });
      return shownJson(
        `delivered ${delivered.dd}/${delivered.mm}/${delivered.yyyy}, ${days} days, until ${delivered.plus(days).dd}/${delivered.plus(days).mm}/${delivered.plus(days).yyyy}`,
        modern(delivered.plus(days)),
        modern(wrong),
      );
    },
  },
  {
    name: 'aa_return_window_structured',
    why: 'The same day of delivery, number of days and last day, in named members.',
  },
  {
    name: 'aa_return_window_days_as_months',
    why: 'Thirty days became a month and sixty two of them: the last day to return is off by a day or two.',
    critical: true,
  },
);

const warnings = [
  'Warfarin + ibuprofen: risk of bleeding',
  'Simvastatin + clarithromycin: risk of muscle damage',
  'Metformin + contrast agent: pause',
  'Lithium + diuretic: check level',
] as const;
const silent = defect(
  {
    fields: ['interactions', 'safetyWarnings', 'alerts', 'prescriptionCheck'],
    least: 10,
    value(random) {
      const found = random.shuffled(warnings).slice(0, random.int(0, 2));
      const answer = json(found);
      return found.length === 0
        ? { legacy: answer, right: answer }
        : { legacy: answer, right: answer, wrong: undefined };
    },
  },
  {
    name: 'aa_interactions_absent_when_found',
    why: 'Just when there are interactions to warn of, the rewrite leaves the field out.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...pivot,
  ...tree,
  ...route,
  ...xml,
  ...query,
  ...grid,
  ...height,
  ...returnWindow,
  silent,
];
