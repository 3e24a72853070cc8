/** Insurers, payroll and pension funds: terms, shares, classes, hours and periods. */
import { coded } from '../code-table.ts';
import { defect, type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const midnights = twins(
  {
    fields: ['coverEnds', 'validUntil', 'policyExpiry'],
    value(random: Random) {
      const day = Day.any(random, 2018, 2028);
      return shown(
        json(`${day.iso}T24:00:00`),
        json(`${day.plus(1).iso}T00:00:00`),
        json(`${day.iso}T00:00:00`),
      );
    },
  },
  { name: 'k_hour_24_is_next_midnight', why: 'ISO 8601 hour 24 of a day is hour 0 of the next day.' },
  {
    name: 'k_hour_24_as_same_midnight',
    why: 'Hour 24 became hour 0 of the same day, so the cover ends a whole day early.',
    critical: true,
  },
);

const terms = twins(
  {
    fields: ['term', 'waitingPeriod', 'noticePeriod'],
    value(random: Random) {
      const [years, months] = [random.int(1, 9), random.int(1, 11)];
      return shown(
        json(`P${years}Y${months}M`),
        json(`P${years * 12 + months}M`),
        json(`P${years * 10 + months}M`),
      );
    },
  },
  { name: 'k_term_in_months', why: 'A year has twelve months, so both durations are the same.' },
  {
    name: 'k_term_ten_months_a_year',
    why: 'The years were counted as ten months each, so the term is too short.',
    critical: true,
  },
);

const fractions = twins(
  {
    fields: ['shares', 'beneficiaryShares', 'inheritance'],
    value(random: Random) {
      const parts = random.pick([3, 6, 7, 9]);
      const first = random.int(1, parts - 1);
      const write = (text: (part: number) => string) => list([first, parts - first].map(text));
      return shown(
        write((part) => json(`${part}/${parts}`)),
        write((part) => object({ num: String(part), den: String(parts) })),
        write((part) => object({ num: String(Math.floor((part * 100) / parts)), den: '100' })),
      );
    },
  },
  { name: 'k_fraction_text_to_object', why: 'Numerators and denominators are the same on both sides.' },
  {
    name: 'k_fraction_cut_to_percent',
    why: 'The shares were cut to whole hundredths and no longer add up to one.',
    critical: true,
  },
);

const romans = coded(
  ['taxClass', 'wageTaxClass', 'Steuerklasse'],
  [
    ['I', '1'],
    ['II', '2'],
    ['III', '3'],
    ['IV', '4', '6'],
    ['V', '5'],
    ['VI', '6', '4'],
  ],
  { name: 'k_tax_class_arabic', why: 'The Roman numerals and the digits name the same tax classes.' },
  {
    name: 'k_tax_class_four_six_confused',
    why: 'IV is answered as 6 or VI as 4, so another wage tax is withheld.',
    critical: true,
  },
  3,
);

const hours = twins(
  {
    fields: ['decimalHours', 'hoursWorked', 'overtimeHours'],
    clear: true,
    least: 4,
    value(random: Random) {
      const [whole, quarter] = [random.int(4, 48), random.int(0, 3)];
      const fraction = two(quarter * 25);
      return shown(
        `${whole}.${fraction}`,
        json(`${whole}:${two(quarter * 15)}`),
        json(`${whole}:${fraction}`),
      );
    },
  },
  {
    name: 'k_decimal_hours_to_clock',
    why: 'A quarter of an hour is fifteen minutes; decimal hours and clock agree.',
  },
  {
    name: 'k_decimal_hours_as_minutes',
    why: 'The hundredths of an hour are written as minutes, so 7.25 hours became 7:25 and not 7:15.',
    critical: true,
  },
);

const quarters = twins(
  {
    fields: ['contributionPeriod', 'reportingPeriod', 'quarter'],
    value(random: Random) {
      const [year, quarter] = [random.int(2015, 2026), random.int(1, 4)];
      const span = (index: number) =>
        object({
          from: json(Day.of(year, index * 3 + 1, 1).iso),
          to: json(Day.of(year, index * 3 + 4, 1).plus(-1).iso),
        });
      return shown(json(`${year}-Q${quarter}`), span(quarter - 1), span(quarter));
    },
  },
  { name: 'k_quarter_to_dates', why: 'The first and last day are those of the quarter named.' },
  {
    name: 'k_quarter_one_later',
    why: 'The dates are those of the following quarter.',
    critical: true,
  },
);

const weeks = twins(
  {
    fields: ['payWeek', 'calendarWeek', 'rosterWeek'],
    clear: true,
    least: 2,
    value(random: Random) {
      const [year, week] = [random.int(2019, 2026), random.int(1, 52)];
      const fourth = Day.of(year, 1, 4);
      const monday = fourth.plus(-((fourth.date.getUTCDay() + 6) % 7) + (week - 1) * 7);
      const naive = Day.of(year, 1, 1).plus((week - 1) * 7);
      const span = (from: Day) => object({ from: json(from.iso), to: json(from.plus(6).iso) });
      return shown(json(`${year}-W${two(week)}`), span(monday), span(naive));
    },
  },
  { name: 'k_iso_week_to_dates', why: 'The dates run from Monday to Sunday of the ISO week named.' },
  {
    name: 'k_iso_week_from_new_year',
    why: 'Weeks were counted in sevens from 1 January, so they begin on the wrong weekday.',
    critical: false,
  },
);

const wages = defect(
  {
    fields: ['wageItems', 'payslipLines', 'allowances'],
    least: 2,
    value(random: Random) {
      const codes = random.shuffled(['1000', '1200', '2010', '3300', '4711']).slice(0, 3);
      const repeated = random.chance(0.5) ? [...codes, codes[0]!] : codes;
      const lines = repeated.map((code) => ({ code, amount: decimal(minorUnits(random, 500, 300_000), 2) }));
      const legacy = list(
        lines.map(({ code, amount }) => object({ code: json(code), amount: json(amount) })),
      );
      const number = (rows: typeof lines) =>
        list(rows.map(({ code, amount }) => object({ code: json(code), amount })));
      const last = lines.filter(({ code }, at) => !lines.slice(at + 1).some((later) => later.code === code));
      return shown(legacy, number(lines), number(last));
    },
  },
  {
    name: 'k_wage_lines_same_code_overwritten',
    why: 'Of two lines with the same wage code only the later one is left, so pay is missing.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...midnights,
  ...terms,
  ...fractions,
  ...romans,
  ...hours,
  ...quarters,
  ...weeks,
  wages,
];
