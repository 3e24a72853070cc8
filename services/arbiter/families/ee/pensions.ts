/** A pension office replaces the batch interface of its mainframe by JSON. */
import type { Family } from '../kit.ts';
import { Day, decimal, givenNames, json, list, minorUnits, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both } from './mirrored.ts';

const caseRoutes = ['GET /pensioners/{nr}', 'GET /cases/{id}', 'POST /batch/records'];

const ordinalDate = both(
  {
    fields: ['entitledFrom', 'retirementDate', 'RENTE-BEGINN', 'decisionDate'],
    routes: caseRoutes,
    always: true,
    least: 12,
    alike: true,
    value(random) {
      const year = random.chance(0.4) ? random.pick([2012, 2016, 2020, 2024]) : random.int(2011, 2026);
      const day = Day.of(year, 1, 1).plus(random.int(0, 364));
      const ordinary = Day.of(2023, 1, 1).plus(day.ordinal - 1);
      return shownJson(
        `${day.yyyy}${String(day.ordinal).padStart(3, '0')}`,
        day.iso,
        `${day.yyyy}-${ordinary.mm}-${ordinary.dd}`,
      );
    },
  },
  {
    name: 'ee_day_of_year',
    why: 'The year and the number of the day in it are that calendar day, in leap years too.',
  },
  {
    name: 'ee_day_of_year_no_leap',
    critical: true,
    why: 'The 29th of February is not counted: in leap years, days after it come out a day late.',
  },
);

const blank = both(
  {
    fields: ['declaredIncome', 'otherIncome', 'NEBENEINKUNFT', 'spouseIncome'],
    clear: true,
    routes: caseRoutes,
    always: true,
    least: 10,
    alike: true,
    common: (random) => ({ unknown: random.pick([0.12, 0.25, 0.5]) }),
    value(random, { unknown }) {
      if (random.chance(unknown)) return { legacy: json(' '.repeat(11)), right: 'null', wrong: '0.00' };
      const units = random.chance(0.25) ? 0 : minorUnits(random, 4_000, 300_000);
      return { legacy: json(decimal(units, 2).padStart(11, '0')), right: decimal(units, 2) };
    },
  },
  {
    name: 'ee_blank_amount_is_null',
    why: 'A blank amount was never declared and is null; declared zeros stay zero.',
  },
  {
    name: 'ee_blank_amount_is_zero',
    critical: true,
    why: 'Income that was never declared counts as a declared zero, which decides on benefits.',
  },
);

const dependants = both(
  {
    fields: ['dependants', 'KIND-TAB', 'childrenNames', 'authorisedPersons'],
    routes: caseRoutes,
    always: true,
    alike: true,
    common: (random) => ({ gap: random.pick([0.15, 0.35]) }),
    value(random, { gap }) {
      const people = random.shuffled(givenNames).slice(0, random.int(0, 4));
      const gapAt =
        people.length > 1 && random.chance(gap) ? random.int(1, people.length - 1) : people.length;
      const slots = [...people.slice(0, gapAt), '', ...people.slice(gapAt), '', '', '', ''].slice(0, 5);
      const text = (names: readonly string[]) => list(names.map((name) => json(name)));
      return shown(text(slots.map((name) => name.padEnd(12))), text(people), text(people.slice(0, gapAt)));
    },
  },
  {
    name: 'ee_occurs_slots',
    why: 'The five fixed slots of the record without the empty ones: the same people in the same order.',
  },
  {
    name: 'ee_occurs_stops_at_gap',
    critical: true,
    why: 'Reading stops at the first empty slot, and the people after it are lost.',
  },
);

const birth = both(
  {
    fields: ['dateOfBirth', 'birthDate', 'GEB-DAT'],
    clear: true,
    routes: caseRoutes,
    always: true,
    least: 10,
    alike: true,
    value(random) {
      const day = Day.any(random, 1931, 1972);
      const late = day.year < 1950 ? `20${day.yyyy.slice(2)}` : day.yyyy;
      return shownJson(day.iso.slice(2).replaceAll('-', ''), day.iso, `${late}-${day.mm}-${day.dd}`);
    },
  },
  {
    name: 'ee_birth_century',
    why: 'Pensioners were born in the twentieth century, which the rewrite adds to the two digits.',
  },
  {
    name: 'ee_birth_in_future',
    critical: true,
    why: 'People born before 1950 get a birthday in the future, since years below 50 count as 20xx.',
  },
);

const overpunched = both(
  {
    fields: ['adjustment', 'KORR-BETRAG', 'arrears', 'repayment'],
    routes: caseRoutes,
    least: 12,
    always: true,
    common: (random) => ({ negative: random.pick([0.15, 0.3, 0.5]) }),
    value(random, { negative }) {
      const units = minorUnits(random, 100, 900_000);
      const minus = random.chance(negative);
      const digits = String(units).padStart(9, '0');
      const last = (minus ? '}JKLMNOPQR' : '{ABCDEFGHI')[Number(digits.at(-1))]!;
      return shown(
        json(`${digits.slice(0, -1)}${last}`),
        decimal(minus ? -units : units, 2),
        decimal(units, 2),
      );
    },
  },
  {
    name: 'ee_zoned_decimal',
    why: 'The last character of a zoned decimal carries the last digit and the sign, and both are decoded rightly.',
  },
  {
    name: 'ee_zoned_decimal_sign_lost',
    critical: true,
    why: 'Last characters } and J to R mean a negative amount, and the rewrite answers a positive one: repayments become payments.',
  },
);

const reference = both(
  {
    fields: ['insuranceNumber', 'VSNR', 'pensionNumber'],
    routes: caseRoutes,
    alike: true,
    value(random) {
      const [area, born, rest] = [
        String(random.int(2, 89)).padStart(2, '0'),
        Day.any(random, 1935, 1962),
        random.digits(3),
      ];
      const letter = random.pick(surnames).slice(0, 1);
      const parts = [area, `${born.dd}${born.mm}${born.yyyy.slice(2)}`, letter, rest];
      return shownJson(parts.join(' '), parts.join(''), parts.join('').replace(/^0/, ''));
    },
    always: true,
    least: 14,
  },
  {
    name: 'ee_insurance_number_blanks',
    why: 'The blanks only group the number for the eye; all its characters are there.',
  },
  {
    name: 'ee_insurance_number_zero_lost',
    critical: true,
    why: 'Numbers that begin with zero lose it, are a character short and belong to nobody.',
  },
);

export const families: Family[] = [
  ...ordinalDate,
  ...blank,
  ...dependants,
  ...birth,
  ...overpunched,
  ...reference,
];
