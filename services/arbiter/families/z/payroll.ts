/** People at work: tax codes, shifts, hierarchies, absences, pay frequencies. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, givenNames, surnames, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const taxCodes = twins(
  {
    fields: ['taxCode', 'paye.code', 'hmrcCode'],
    least: 10,
    value(random) {
      const code = random.pick(['1257L', 'BR', 'K475', '1100T', 'D0', 'S1257L', '944L', 'C1257L']);
      const emergency = random.chance(0.4) && /[LT]$/.test(code);
      const basis = emergency ? 'NON_CUMULATIVE' : 'CUMULATIVE';
      return shownJson(
        emergency ? `${code} ${random.pick(['M1', 'W1', 'X'])}` : code,
        { code, basis },
        { code, basis: 'CUMULATIVE' },
      );
    },
  },
  {
    name: 'z_paye_code_and_basis',
    why: 'The suffix W1, M1 or X of a British tax code says that it is not cumulative; the rewrite gives that in a member of its own.',
  },
  {
    name: 'z_paye_emergency_basis_lost',
    why: 'Codes with W1, M1 or X are shown as cumulative, so the payroll refunds or deducts tax of earlier months.',
    critical: true,
  },
);

const shifts = twins(
  {
    fields: ['shift', 'roster.entry', 'plannedDuty'],
    least,
    value(random) {
      const day = Day.any(random, 2022, 2025);
      const [start, length] = random.pick([
        [6, 8],
        [14, 8],
        [22, 8],
        [21, 10],
        [7, 12],
        [19, 12],
      ] as const);
      const minutes = random.pick(['00', '15', '30']);
      const end = (start + length) % 24;
      const next = start + length >= 24 ? day.plus(1) : day;
      const shape = (last: Day) => ({
        from: `${day.iso}T${two(start)}:${minutes}`,
        to: `${last.iso}T${two(end)}:${minutes}`,
      });
      return shownJson(
        `${day.dd}.${day.mm}.${day.yyyy} ${two(start)}${minutes}-${two(end)}${minutes}`,
        shape(next),
        shape(day),
      );
    },
  },
  {
    name: 'z_shift_with_both_days',
    why: 'A shift that ends at an earlier hour than it begins ends on the next day; the rewrite says so.',
  },
  {
    name: 'z_night_shift_ends_before_it_begins',
    why: 'Night shifts end on the day they begin, hours before their start, so they count for negative time.',
    critical: true,
  },
);

const hierarchy = twins(
  {
    fields: ['organisation', 'reportingLines', 'team'],
    least,
    value(random) {
      const pool = random.shuffled(
        givenNames.flatMap((given) => surnames.slice(0, 5).map((family) => `${given} ${family}`)),
      );
      let id = random.int(1000, 9000);
      const person = (reports: object[]) => {
        id += random.int(1, 9);
        return { id, name: pool[id % pool.length]!, reports };
      };
      const teams = Array.from({ length: random.int(2, 3) }, () =>
        person(Array.from({ length: random.int(1, 3) }, () => person([]))),
      );
      const top = person(teams);
      type Node = { id: number; name: string; reports: object[] };
      const flat = (node: Node, manager: number | null): object[] => [
        { id: node.id, name: node.name, manager },
        ...node.reports.flatMap((report) => flat(report as Node, node.id)),
      ];
      const right = flat(top, null) as { id: number; name: string; manager: number | null }[];
      const [first, second] = teams;
      const moved = (first!.reports[0] as Node).id;
      const wrong = right.map((row) => (row.id === moved ? { ...row, manager: second!.id } : row));
      return shownJson(top, right, wrong);
    },
  },
  {
    name: 'z_org_tree_flattened',
    why: 'The tree of reports is a list in which everybody names the manager: the same people under the same heads.',
  },
  {
    name: 'z_org_tree_report_under_other_head',
    why: 'One employee is listed under the head of another team, who would approve their leave and see their pay.',
    critical: true,
  },
);

const absences = twins(
  {
    fields: ['absence', 'leave.period', 'sickLeave'],
    least,
    value(random) {
      const from = Day.any(random, 2022, 2025);
      const days = random.int(1, 15);
      const last = from.plus(days - 1);
      const shape = (end: Day) => ({ start: from.iso, endExclusive: end.iso });
      return shownJson(
        { first: from.iso, last: last.iso, calendarDays: days },
        shape(last.plus(1)),
        shape(last),
      );
    },
  },
  {
    name: 'z_absence_half_open',
    why: 'The last day of absence becomes the exclusive end on the following day; the number of days is the same.',
  },
  {
    name: 'z_absence_last_day_lost',
    why: 'The last day of absence is given as the exclusive end, so each absence is a day too short and the employee counts as missing.',
    critical: true,
  },
);

const frequencies = coded(
  ['payFrequency', 'salary.cycle', 'wageInterval'],
  [
    ['WKLY', 'WEEKLY'],
    ['2WKS', 'EVERY_TWO_WEEKS', 'TWICE_A_MONTH'],
    ['SEMIM', 'TWICE_A_MONTH'],
    ['4WKS', 'EVERY_FOUR_WEEKS', 'MONTHLY'],
    ['MTHLY', 'MONTHLY'],
    ['QTRLY', 'QUARTERLY'],
  ],
  {
    name: 'z_pay_frequency_named',
    why: 'Each abbreviation has one name and no two share a name: every two weeks stays apart from twice a month, and every four weeks from monthly.',
  },
  {
    name: 'z_pay_frequency_merged',
    why: 'Fortnightly and four-weekly pay (26 and 13 runs a year) are given the names of semi-monthly and monthly pay (24 and 12), which have abbreviations of their own.',
    critical: true,
  },
  12,
);

export const families: readonly Family[] = [
  ...taxCodes,
  ...shifts,
  ...hierarchy,
  ...absences,
  ...frequencies,
];
