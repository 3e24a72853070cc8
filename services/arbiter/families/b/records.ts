/** Families of records in one string or array: fixed columns, EDIFACT, CSV, OCCURS tables, pages, ranges. */
import { defect, type Family, twins } from '../kit.ts';
import { cities, companies, decimal, givenNames, json, minorUnits, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** `[1, 2, 3, 7]` as `1-3,7`. */
function ranges(numbers: readonly number[], shorten: number): string {
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to - shorten}`)).join(',');
}

export const families: Family[] = [
  ...twins(
    {
      fields: ['record', 'RECORD-OUT', 'ledgerLine', 'line'],
      value(random) {
        const account = random.digits(10);
        const owner = `${random.pick(surnames)} ${random.pick(givenNames)}`.toUpperCase().padEnd(24);
        const right = `${account}${owner}${String(minorUnits(random)).padStart(11, '0')}`;
        return shown(json(right.padEnd(80)), json(right), json(right.replace(/ +/g, ' ')));
      },
    },
    {
      name: 'b_fixed_record_filler',
      why: 'Only the blank filler at the end of the fixed record is gone; every column keeps its place.',
    },
    {
      name: 'b_fixed_record_columns_shift',
      critical: true,
      why: 'Blanks inside the fixed record were collapsed, so the amount stands in other columns.',
    },
  ),
  ...twins(
    {
      fields: ['edifact', 'interchange', 'despatchAdvice', 'segments'],
      value(random) {
        const party = random.chance(0.6) ? `O?'${random.pick(surnames)}` : random.pick(companies);
        const segments = [
          `BGM+351+${random.digits(6)}+9`,
          `NAD+CN+${random.digits(13)}::9++${party}+${random.pick(cities)}`,
          `QTY+12:${random.int(1, 900)}:PCE`,
        ];
        const right = `${segments.join("'\n")}'`;
        return shown(json(`${segments.join("'")}'`), json(right), json(right.replaceAll("?'", "'")));
      },
    },
    {
      name: 'b_edifact_line_ends',
      why: 'A line end behind the segment terminator is not part of the EDIFACT message.',
    },
    {
      name: 'b_edifact_release_lost',
      critical: true,
      why: 'Without its release character the apostrophe in the name ends the segment and cuts the party in two.',
    },
  ),
  ...twins(
    {
      fields: ['csvRow', 'exportLine', 'importRecord', 'row'],
      value(random) {
        const owner = random.chance(0.7)
          ? `${random.pick(surnames)}; ${random.pick(givenNames)}`
          : random.pick(surnames);
        const cells = [random.digits(6), owner, decimal(minorUnits(random), 2), random.pick(cities)];
        const quoted = cells.map((cell) => `"${cell}"`).join(';');
        const spare = cells.map((cell) => (cell.includes(';') ? `"${cell}"` : cell)).join(';');
        return shown(json(spare), json(quoted), json(cells.join(';')));
      },
    },
    { name: 'b_csv_all_quoted', why: 'Quotes around every cell are notation; the four cells are the same.' },
    {
      name: 'b_csv_separator_unquoted',
      critical: true,
      why: 'A cell that holds the separator lost its quotes, so every later cell moves one column on.',
    },
  ),
  ...twins(
    {
      fields: ['dependants', 'coInsured', 'phoneNumbers', 'OCCURS-TAB'],
      common: (random) => random.pick([5, 6, 8, 10]),
      value(random, slots) {
        const filled = Array.from(
          { length: random.int(2, slots) },
          () => `${random.pick(givenNames)} ${random.pick(surnames)}`,
        );
        const padded = [...filled, ...Array.from({ length: slots - filled.length }, () => '')];
        return shown(json(padded), json(filled), json(filled.slice(0, -1)));
      },
    },
    {
      name: 'b_occurs_empty_slots',
      why: 'The empty strings at the end are unused slots of a table of fixed length, not entries.',
    },
    {
      name: 'b_occurs_last_entry_lost',
      critical: true,
      why: 'With the empty slots the last filled one was dropped: a person is no longer insured.',
    },
  ),
  ...twins(
    {
      fields: ['seats', 'pages', 'blockedPorts', 'meterSlots'],
      value(random) {
        const start = random.int(1, 200);
        const numbers = Array.from({ length: 14 }, (_, at) => start + at).filter(() => random.chance(0.75));
        return shown(json(numbers.join(',')), json(ranges(numbers, 0)), json(ranges(numbers, 1)));
      },
    },
    { name: 'b_number_ranges', why: 'Runs of whole numbers are written as ranges that include both ends.' },
    {
      name: 'b_number_ranges_end_open',
      critical: false,
      why: 'The ranges end one number early, so the last seat or page of each run is missing.',
    },
  ),
  defect(
    {
      fields: ['transactions', 'page', 'items', 'claims'],
      value(random) {
        const ids = Array.from({ length: random.int(4, 12) }, () => `T${random.digits(7)}`);
        const at = random.int(1, ids.length - 1);
        const repeated = ids.map((id, index) => (index === at ? ids[at - 1] : id));
        return { legacy: json(ids), right: json(ids), wrong: json(repeated) };
      },
    },
    {
      name: 'b_page_edge_repeated',
      critical: true,
      why: 'One transaction appears twice and another not at all, the length being right: a page edge was miscounted.',
    },
  ),
  defect(
    {
      fields: ['parcels', 'containers', 'roomGroups', 'packages'],
      value(random) {
        const groups = Array.from({ length: random.int(2, 4) }, () =>
          Array.from({ length: random.int(1, 4) }, () => `SKU-${random.digits(4)}`),
        );
        return { legacy: json(groups), right: json(groups), wrong: json(groups.flat()) };
      },
    },
    {
      name: 'b_groups_flattened',
      critical: false,
      why: 'Which items belong together is lost: the list of lists became one list.',
    },
  ),
];
